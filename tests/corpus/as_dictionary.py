import argparse

import wandb

parser = argparse.ArgumentParser()
parser.add_argument("--lr", type=float, default=0.05)
parser.add_argument("--epochs", type=int, default=2)
parser.add_argument("--run-name", default=None)
args = vars(parser.parse_args())

wandb.init(name=args["run_name"], config=args)
for epoch in range(args["epochs"]):
    wandb.log({"loss": args["lr"] / (epoch + 1)})
print({key: args[key] for key in sorted(args)})
