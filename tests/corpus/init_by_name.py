import argparse

from wandb import init

parser = argparse.ArgumentParser()
parser.add_argument("--lr", type=float, default=0.05)
parser.add_argument("--epochs", type=int, default=2)
args = parser.parse_args()
run = init(config=args)
for epoch in range(args.epochs):
    run.log({"loss": args.lr})
