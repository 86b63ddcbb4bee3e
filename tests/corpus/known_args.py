import argparse

import wandb

parser = argparse.ArgumentParser()
parser.add_argument("--lr", type=float, default=0.05)
parser.add_argument("--workers", type=int, default=4)
args, unknown = parser.parse_known_args()
print("not ours:", unknown)
wandb.init(config=args)
wandb.log({"loss": args.lr, "workers": args.workers})
