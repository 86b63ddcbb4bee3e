import argparse

import wandb

parser = argparse.ArgumentParser()
parser.add_argument("--batch-size", type=int, default=8)
parser.add_argument("--lr", type=float, default=0.1)
args = parser.parse_args()
wandb.init(config=args)
print(args.batch_size * args.lr)
