"""Defaults in an object of their own, which gets every argument before the run starts."""

import argparse
from pathlib import Path
from types import SimpleNamespace

import wandb

defaults = SimpleNamespace(lr=0.25, epochs=3, name="base", shape=(1, 2), data=Path("data"))


def parse_args(config):
    parser = argparse.ArgumentParser()
    parser.add_argument("--lr", type=float, default=config.lr)
    parser.add_argument("--epochs", type=int, default=config.epochs)
    parser.add_argument("--name", default=config.name)
    parser.add_argument("--data", type=str, default=config.data)
    args = vars(parser.parse_args())
    for key, value in args.items():
        setattr(config, key, value)


def train(config):
    steps = 10 * config.epochs
    with wandb.init(config=config) as run:
        print(config.lr, config.epochs, config.name, repr(config.data), steps)
        run.log({"loss": config.lr})


if __name__ == "__main__":
    parse_args(defaults)
    train(defaults)
