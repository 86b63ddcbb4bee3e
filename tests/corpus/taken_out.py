"""A function of the parser's defaults, taken out of the arguments before they are recorded."""

import argparse

import wandb


def train(lr, epochs):
    for epoch in range(epochs):
        wandb.log({"loss": epoch * lr})


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--lr", type=float, default=0.1)
    parser.add_argument("--epochs", type=int, default=3)
    parser.set_defaults(func=train)
    args = parser.parse_args()
    func = args.__dict__.pop("func")

    wandb.init(project="commands", config=args)
    func(args.lr, args.epochs)


if __name__ == "__main__":
    main()
