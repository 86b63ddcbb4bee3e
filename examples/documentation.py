"""The argparse example of W&B's documentation, and a training loop that uses it."""

import argparse
import json
import random

import wandb

parser = argparse.ArgumentParser()
parser.add_argument("--learning_rate", type=float, default=0.01)
parser.add_argument("--batch_size", type=int, default=32)
args = parser.parse_args()

# Pass the arguments to wandb.init to store them in
# wandb.config and allow the launch agent to modify them.
wandb.init(config=args)

# Fit y = 2x + 1 by stochastic gradient descent.
random.seed(0)
slope, offset = 0.0, 0.0
for step in range(100):
    loss = slope_gradient = offset_gradient = 0.0
    for _ in range(args.batch_size):
        x = random.uniform(-1, 1)
        error = slope * x + offset - (2 * x + 1)
        loss += error**2 / args.batch_size
        slope_gradient += 2 * error * x / args.batch_size
        offset_gradient += 2 * error / args.batch_size
    slope -= args.learning_rate * slope_gradient
    offset -= args.learning_rate * offset_gradient
    wandb.log({"loss": loss})

trained_with = {
    "learning_rate": args.learning_rate,
    "batch_size": args.batch_size,
}
print(json.dumps(trained_with))
