"""Help, and an end, for a command line without words."""

import argparse
import sys

import wandb


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("data")
    parser.add_argument("--lr", type=float, default=0.1)
    parser.add_argument("--no-shuffle", dest="shuffle", action="store_false")
    parser.add_argument("--gpus", type=int, nargs="+", default=[0])
    parser.add_argument("--name", required=True)
    if len(sys.argv) == 1:
        parser.print_help()
        sys.exit(2)
    args = parser.parse_args()
    wandb.init(config=args)
    wandb.log({"loss": args.lr, "gpus": len(args.gpus)})
    print(args.data, args.name, args.shuffle)


if __name__ == "__main__":
    main()
