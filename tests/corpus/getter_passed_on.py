import argparse

import wandb


def parse():
    parser = argparse.ArgumentParser()
    parser.add_argument("--lr", type=float, default=0.05)
    parser.add_argument("--weight-decay", type=float, default=0.0)
    parser.add_argument("--layers", type=int, nargs="+", default=[64, 64])
    args = parser.parse_args()
    return args


def train(args):
    for width in args.layers:
        wandb.log({"loss": args.lr * width + args.weight_decay})


def main(args):
    wandb.init(config=args)
    train(args)


if __name__ == "__main__":
    main(parse())
