"""A run that starts in a function which is kept, and gets no arguments."""

import argparse
import json

import wandb

HOOKS = {}


def hook(function):
    HOOKS[function.__name__] = function
    return function


@hook
def start():
    wandb.init(project="far", config={"kind": "cnn"})


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--lr", type=float, default=0.1)
    parser.add_argument("--epochs", type=int, default=3)
    parser.add_argument("--layers", type=int, nargs="*", default=[8])
    parser.add_argument("--extra", type=json.loads, default={})
    args = parser.parse_args()

    HOOKS["start"]()
    for epoch in range(args.epochs):
        wandb.log({"loss": epoch * args.lr, "size": sum(args.layers), **args.extra})


if __name__ == "__main__":
    main()
