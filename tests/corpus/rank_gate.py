import argparse
import os

import wandb

parser = argparse.ArgumentParser()
parser.add_argument("--lr", type=float, default=0.05)
parser.add_argument("--epochs", type=int, default=2)
args = parser.parse_args()

rank = int(os.environ.get("RANK", 0))
if rank == 0:
    wandb.init(config=args)
for epoch in range(args.epochs):
    if rank == 0:
        wandb.log({"loss": args.lr})
