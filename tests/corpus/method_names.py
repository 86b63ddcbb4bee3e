import argparse

import wandb

parser = argparse.ArgumentParser()
parser.add_argument("--update", type=int, default=10)
parser.add_argument("--items", default="all")
args = parser.parse_args()
wandb.init(config=args)
wandb.log({"updates": args.update})
print(args.items)
