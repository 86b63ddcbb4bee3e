import argparse

import wandb

parser = argparse.ArgumentParser()
parser.add_argument("--lr", type=float, default=0.1)
parser.add_argument("--use_wandb", action="store_true", help="log to W&B")
args = parser.parse_args()

if args.use_wandb:
    wandb.init(project="optional", config=args)

for step in range(10):
    loss = args.lr * step
    if args.use_wandb:
        wandb.log({"loss": loss})
