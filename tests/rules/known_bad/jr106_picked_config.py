import argparse

import wandb

parser = argparse.ArgumentParser()
parser.add_argument("--lr", type=float, default=0.1)
parser.add_argument("--batch-size", type=int, default=32)
parser.add_argument("--weight-decay", type=float, default=1e-4)
parser.add_argument("--dropout", type=float, default=0.5)
parser.add_argument("--data", default="data")
args = parser.parse_args()

wandb.init(
    project="cifar",
    config={"lr": args.lr, "batch_size": args.batch_size},
)

for step in range(100):
    noise = args.dropout * args.weight_decay
    wandb.log({"loss": args.lr * step + noise, "seen": step * args.batch_size})
