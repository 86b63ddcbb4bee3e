import argparse

import wandb

parser = argparse.ArgumentParser()
parser.add_argument("--lr", type=float, default=0.05)
parser.add_argument("--gamma", type=float, default=1.0)
parser.add_argument("--epochs", type=int, default=2)


def train():
    lr = args.lr
    for _ in range(args.epochs):
        wandb.log({"loss": lr})
        lr *= args.gamma


if __name__ == "__main__":
    args = parser.parse_args()
    wandb.init(config=args)
    train()
