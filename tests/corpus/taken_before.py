"""Parameters that are taken out of the arguments before the run starts, and after."""

import argparse

import wandb


def made():
    return dict(sorted({"kind": "cnn", "width": 4}.items()))


def start(args):
    wandb.init(project="taken", config=made())
    wandb.log({"depth": args.depth})


def finish(args):
    lr = args.lr
    for key in ("depth", "lr"):
        delattr(args, key)
    return lr


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--depth", type=int, default=2)
    parser.add_argument("--epochs", type=int, default=3)
    parser.add_argument("--lr", type=float, default=0.1)
    parser.add_argument("--tag", action="append", default=[])
    args = parser.parse_args()
    epochs, tags = args.epochs, args.tag
    del args.epochs
    del args.tag

    start(args)
    lr = finish(args)
    for epoch in range(epochs):
        wandb.log({"loss": epoch / lr, "tags": len(tags)})


if __name__ == "__main__":
    main()
