import argparse

import wandb


def train(args):
    wandb.init(project="toolbox", config=args)
    wandb.log({"loss": args.lr})


def evaluate(args):
    print("evaluating", args.checkpoint)


def main():
    parser = argparse.ArgumentParser()
    commands = parser.add_subparsers(dest="command", required=True)
    training = commands.add_parser("train")
    training.add_argument("--lr", type=float, default=0.1)
    evaluation = commands.add_parser("evaluate")
    evaluation.add_argument("--checkpoint", default="last.pt")
    args = parser.parse_args()
    {"train": train, "evaluate": evaluate}[args.command](args)


if __name__ == "__main__":
    main()
