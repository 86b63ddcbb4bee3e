"""Help, and an end, for a command line without words that was parsed already."""

import argparse
import sys

import wandb


def get_args():
    parser = argparse.ArgumentParser()
    parser.add_argument("--lr", type=float, default=0.1)
    parser.add_argument("--no-shuffle", dest="shuffle", action="store_false")
    parser.add_argument("--gpus", type=int, nargs="*", default=[0])
    parser.add_argument("data", nargs="?", default="here")
    args, unknown = parser.parse_known_args()
    if len(sys.argv) == 1:
        parser.print_help(sys.stderr)
        sys.exit(1)
    return args


def main():
    args = get_args()
    wandb.init(config=args)
    wandb.log({"loss": args.lr, "gpus": len(args.gpus)})
    print(args.data, args.shuffle)


if __name__ == "__main__":
    main()
