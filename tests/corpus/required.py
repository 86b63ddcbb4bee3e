import argparse

import wandb

parser = argparse.ArgumentParser()
parser.add_argument("data")
parser.add_argument("--output", required=True)
source = parser.add_mutually_exclusive_group(required=True)
source.add_argument("--resume")
source.add_argument("--scratch", action="store_true")
parser.add_argument("--lr", type=float, default=0.05)
args = parser.parse_args()
wandb.init(config=args)
wandb.log({"loss": args.lr})
print(args.data, args.output, args.resume, args.scratch)
