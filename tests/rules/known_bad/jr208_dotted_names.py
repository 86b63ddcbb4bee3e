import argparse

import wandb

parser = argparse.ArgumentParser()
parser.add_argument("--optim.lr", type=float, default=0.1)
parser.add_argument("--optim.momentum", type=float, default=0.9)
args = vars(parser.parse_args())
wandb.init(project="dots", config=args)
wandb.log({"lr": args["optim.lr"], "momentum": args["optim.momentum"]})
