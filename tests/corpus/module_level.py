import argparse

import wandb

parser = argparse.ArgumentParser(description="everything at module level")
parser.add_argument("--lr", type=float, default=0.05, help="learning rate")
parser.add_argument("--epochs", type=int, default=2)
parser.add_argument("--amp", action="store_true")
args = parser.parse_args()

wandb.init(project="corpus", config=args)
for epoch in range(args.epochs):
    wandb.log({"loss": args.lr / (epoch + 1)})
print(args.amp)
