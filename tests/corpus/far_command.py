"""A command that is taken out of the arguments, and whose trainer starts the run."""

import argparse
from dataclasses import dataclass

import wandb


@dataclass
class Options:
    lr: float = 0.1
    layers: int = 2
    amp: bool = False

    @classmethod
    def add_arguments(cls, parser):
        defaults = cls()

        def int_or_float(text):
            try:
                return int(text)
            except ValueError:
                return float(text)

        parser.add_argument("--lr", type=float, default=defaults.lr)
        parser.add_argument("--layers", type=int_or_float, default=defaults.layers)
        parser.add_argument("--amp", action="store_true", default=defaults.amp)


class Trainer:
    def __init__(self, options):
        self.options = options

    def log(self, values):
        if not hasattr(self, "started"):
            self.started = True
            wandb.init(project="far", config=self.options.__dict__)
        wandb.log(values)


class Train:
    def run(self, args):
        options = Options(args.lr, args.layers, args.amp)
        size = args.layers * (args.lr if args.amp else 1)
        Trainer(options).log({"size": size})


def main():
    parser = argparse.ArgumentParser()
    Options.add_arguments(parser)
    parser.set_defaults(func=Train())
    args = parser.parse_args()

    func = args.func
    del args.func
    func.run(args)


if __name__ == "__main__":
    main()
