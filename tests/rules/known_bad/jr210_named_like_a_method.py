import argparse

import wandb

parser = argparse.ArgumentParser()
parser.add_argument("--update", type=int, default=10, help="steps between updates")
parser.add_argument("--lr", type=float, default=0.1)
args = parser.parse_args()
wandb.init(project="members", config=args)
args = wandb.config

for step in range(100):
    if step % args.update == 0:
        wandb.log({"loss": args.lr * step})
