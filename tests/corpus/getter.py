import argparse

import wandb


def get_args():
    parser = argparse.ArgumentParser()
    parser.add_argument("--lr", type=float, default=0.05)
    parser.add_argument("--depth", type=int, default=18)
    parser.add_argument("--name", type=str, default="resnet")
    return parser.parse_args()


def main():
    args = get_args()
    wandb.init(config=args)
    wandb.log({"loss": args.lr})
    print(args.name, args.depth)


if __name__ == "__main__":
    main()
