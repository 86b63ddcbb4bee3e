import argparse

import wandb

parser = argparse.ArgumentParser()
parser.add_argument("--batch-size", type=int, default=8)
args = parser.parse_args()
wandb.init(project="pipeline", config=args)
wandb.log({"accuracy": 1 / args.batch_size})
