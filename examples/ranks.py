"""Data-parallel training in the manner of torchrun: one process a rank.

    torchrun --nproc-per-node 2 examples/ranks.py --epochs 5

Without a launcher it is a world of one. torch itself is not needed: each rank fits its
share of the data, and the ranks don't talk.
"""

import argparse
import json
import os
import random

import wandb

RANK = int(os.environ.get("RANK", "0"))
WORLD_SIZE = int(os.environ.get("WORLD_SIZE", "1"))


def is_main_process():
    return RANK == 0


def setup_for_distributed(args):
    """Seed each rank on its own, and split the batch between the ranks."""
    random.seed(args.seed + RANK)
    if args.batch_size % WORLD_SIZE:
        raise SystemExit(f"--batch_size must be a multiple of {WORLD_SIZE} ranks")
    return args.batch_size // WORLD_SIZE


def parse_args():
    parser = argparse.ArgumentParser()
    parser.add_argument("--epochs", default=3, type=int)
    parser.add_argument("--steps_per_epoch", default=20, type=int)
    parser.add_argument("--batch_size", default=16, type=int, help="of all ranks")
    parser.add_argument("--lr", default=0.1, type=float)
    parser.add_argument("--momentum", default=0.9, type=float)
    parser.add_argument("--warmup_epochs", default=1, type=int)
    parser.add_argument("--no_warmup", dest="warmup", action="store_false")
    parser.add_argument("--schedule", default="constant", choices=["constant", "step"])
    parser.add_argument("--milestones", default=[2], type=int, nargs="+")
    parser.add_argument("--seed", default=0, type=int)
    parser.add_argument("--run_name", default=None, type=str)
    # torch.distributed.launch passes this one; torchrun sets LOCAL_RANK instead
    parser.add_argument("--local_rank", "--local-rank", default=0, type=int)
    return parser.parse_args()


def learning_rate(args, epoch):
    if args.warmup and epoch < args.warmup_epochs:
        return args.lr * (epoch + 1) / (args.warmup_epochs + 1)
    if args.schedule == "step":
        return args.lr * 0.1 ** sum(epoch >= m for m in args.milestones)
    return args.lr


def train_one_epoch(args, epoch, weights, velocity, batch_size):
    """Fit y = 2x - 1 with momentum; return the mean loss."""
    lr = learning_rate(args, epoch)
    losses = []
    for _ in range(args.steps_per_epoch):
        gradient = [0.0, 0.0]
        loss = 0.0
        for _ in range(batch_size):
            x = random.uniform(-1, 1)
            error = weights[0] * x + weights[1] - (2 * x - 1)
            gradient[0] += 2 * error * x / batch_size
            gradient[1] += 2 * error / batch_size
            loss += error**2 / batch_size
        for i in range(2):
            velocity[i] = args.momentum * velocity[i] - lr * gradient[i]
            weights[i] += velocity[i]
        losses.append(loss)
    return sum(losses) / len(losses)


def main():
    args = parse_args()
    batch_size = setup_for_distributed(args)

    if is_main_process():
        wandb.init(project="ranks", name=args.run_name, config=args)

    weights, velocity = [0.0, 0.0], [0.0, 0.0]
    for epoch in range(args.epochs):
        loss = train_one_epoch(args, epoch, weights, velocity, batch_size)
        if is_main_process():
            wandb.log({"train/loss": loss, "epoch": epoch})
        print(f"rank {RANK}: epoch {epoch}: loss {loss:.4f}")

    if is_main_process():
        wandb.finish()
    print(json.dumps({"rank": RANK, "world_size": WORLD_SIZE, **vars(args)}))


if __name__ == "__main__":
    main()
