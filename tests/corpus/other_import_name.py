import argparse

import wandb as wb

parser = argparse.ArgumentParser()
parser.add_argument("--lr", type=float, default=0.05)
parser.add_argument("--epochs", type=int, default=2)
args = parser.parse_args()
wb.init(config=args)
for epoch in range(args.epochs):
    wb.log({"loss": args.lr})
