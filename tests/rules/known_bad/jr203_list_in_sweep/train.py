import argparse

import wandb

parser = argparse.ArgumentParser()
parser.add_argument("--hidden", type=int, nargs="+", default=[64, 64])
parser.add_argument("--lr", type=float, default=0.1)
args = parser.parse_args()
wandb.init(config=args)
print(sum(args.hidden) * args.lr)
