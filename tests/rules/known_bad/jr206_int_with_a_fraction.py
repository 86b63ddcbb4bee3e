"""The example of an older documentation: --learning_rate can't be given at all."""

import argparse

import wandb

parser = argparse.ArgumentParser()
parser.add_argument("-b", "--batch_size", type=int, default=32)
parser.add_argument("-lr", "--learning_rate", type=int, default=0.001)
args = parser.parse_args()

run = wandb.init(project="config_example", config=args)
run.log({"loss": args.learning_rate * args.batch_size})
