"""A parser of the script's own: it adds parameters, and does something with the values."""

import argparse
import sys

import wandb


class CommonParser(argparse.ArgumentParser):
    """What all trainings take."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.optimisation = self.add_argument_group("optimisation")
        self.optimisation.add_argument("--lr", type=float, default=0.1)
        self.add_argument("--gpus", type=int, nargs="+", default=[])

    def error(self, message):
        self.print_usage(sys.stderr)
        print("try --help:", message, file=sys.stderr)
        sys.exit(2)

    def parse_args(self, args=None, namespace=None):
        parsed = super().parse_args(args, namespace)
        parsed.devices = len(parsed.gpus) or 1
        return parsed


class TrainParser(CommonParser):
    """What this one takes too."""

    def __init__(self):
        super().__init__(description="train")
        self.add_outputs()

    def add_outputs(self):
        self.add_argument("--tag", action="append", default=["base"])
        self.add_argument("--amp", action="store_true")


parser = TrainParser()
parser.add_argument("--epochs", type=int, default=2)
args = parser.parse_args()
wandb.init(project="shapes", config=vars(args))
for epoch in range(args.epochs):
    print(epoch, args.lr / args.devices, args.tag, args.amp)
    wandb.log({"epoch": epoch})
