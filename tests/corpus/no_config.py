import argparse

import wandb

parser = argparse.ArgumentParser()
parser.add_argument("--lr", type=float, default=0.05)
parser.add_argument("--epochs", type=int, default=2)
args = parser.parse_args()

wandb.init(project="corpus")
for epoch in range(args.epochs):
    wandb.log({"loss": args.lr})
