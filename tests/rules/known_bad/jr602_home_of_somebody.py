import argparse

import wandb

parser = argparse.ArgumentParser()
parser.add_argument("--data", default="/home/jane/datasets/coco")
parser.add_argument("--lr", type=float, default=0.1)
args = parser.parse_args()
wandb.init(project="detector", config=args)
args = wandb.config
print("training on", args.data, "with", args.lr)
