import argparse

import wandb

parser = argparse.ArgumentParser()
parser.add_argument("--optimizer", choices=["sgd", "adam"], default="sgd")
parser.add_argument("--lr", type=float, default=0.1)
args = parser.parse_args()
wandb.init(project="choices", config=args)
args = wandb.config

step = args.lr if args.optimizer == "sgd" else args.lr / 10
wandb.log({"step": step})
