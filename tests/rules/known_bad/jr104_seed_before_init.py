import argparse
import random

import wandb


def get_args():
    parser = argparse.ArgumentParser()
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--lr", type=float, default=0.001)
    parser.add_argument("--epochs", type=int, default=10)
    return parser.parse_args()


def main():
    args = get_args()
    random.seed(args.seed)
    weight = random.gauss(0, 1)

    wandb.init(project="seeded", config=args)
    args = wandb.config

    for epoch in range(args.epochs):
        weight -= args.lr * weight
        wandb.log({"weight": weight})


if __name__ == "__main__":
    main()
