"""Options that are gathered by a class, whose heirs add to them: as CycleGAN does it."""

import argparse

import wandb


class BaseOptions:
    """Options of training and test."""

    def __init__(self):
        self.initialized = False

    def initialize(self, parser):
        parser.add_argument("--name", type=str, default="experiment")
        parser.add_argument("--gpu_ids", type=str, default="0")
        self.initialized = True
        return parser

    def gather_options(self):
        if not self.initialized:
            parser = argparse.ArgumentParser()
            parser = self.initialize(parser)
        known, _ = parser.parse_known_args()
        parser.set_defaults(out=f"runs/{known.name}")
        self.parser = parser
        return parser.parse_args()

    def parse(self):
        opt = self.gather_options()
        opt.is_train = self.is_train
        self.opt = opt
        return self.opt


class TrainOptions(BaseOptions):
    """Options of the training alone."""

    def initialize(self, parser):
        parser = BaseOptions.initialize(self, parser)
        parser.add_argument("--lr", type=float, default=0.1)
        parser.add_argument("--no_flip", action="store_true")
        parser.add_argument("--sizes", type=int, nargs="+", default=[1])
        self.is_train = True
        return parser


opt = TrainOptions().parse()
wandb.init(project="shapes", config=opt)
print(opt.name, opt.gpu_ids, opt.lr, opt.no_flip, opt.sizes)
wandb.log({"lr": opt.lr})
