"""A config that a function makes, with a name of a parameter for something else."""

import argparse

import wandb


def complete(options, args):
    options["depth"] = [2 * args.depth]
    options.setdefault("width", 4)
    return dict(sorted(options.items()))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--depth", type=int, default=2)
    parser.add_argument("--epochs", type=int, default=3)
    parser.add_argument("--note", default="")
    args = parser.parse_args()

    options = complete({"kernel": 3}, args)
    wandb.init(config=options, notes=args.note)
    for epoch in range(args.epochs):
        wandb.log({"loss": epoch / options["width"] / args.depth})


if __name__ == "__main__":
    main()
