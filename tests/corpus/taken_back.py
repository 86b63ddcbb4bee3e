"""Arguments that a function puts into a config, which the run gives back."""

import argparse

import wandb


def options(base, **given):
    config = dict(base)
    config.update(given)
    config["steps"] = config["epochs"] * 10
    return config


def train(config):
    print(config.lr, config.epochs, config.steps)


parser = argparse.ArgumentParser()
parser.add_argument("--lr", type=float, default=0.1)
parser.add_argument("--epochs", type=int, default=3)
args = parser.parse_args()
print(args.epochs)
config = options({"depth": 3}, **vars(args))
wandb.init(config=config)
config = argparse.Namespace(**wandb.config)
train(config)
