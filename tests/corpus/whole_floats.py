import argparse

import wandb

parser = argparse.ArgumentParser()
parser.add_argument("--lr", type=float, default=1.0)
parser.add_argument("--dropout", type=float, default=0.0)
parser.add_argument("--temperature", type=float, default=2)
parser.add_argument("--limit", type=float, default=float("inf"))
args = parser.parse_args()
wandb.init(config=args)
wandb.log({"loss": args.lr + args.dropout})
print(args.temperature, args.limit)
