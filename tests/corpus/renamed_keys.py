import argparse

import wandb


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--lr", type=float, default=0.1)
    parser.add_argument("--bs", type=int, default=8)
    parser.add_argument("--debug", action="store_true")
    args = parser.parse_args()
    wandb.init(config={"learning_rate": args.lr, "batch_size": args.bs, "arch": "cnn"})
    print(args.lr, args.bs, args.debug)


if __name__ == "__main__":
    main()
