"""Training, for the scripts beside it."""

import wandb


def train(args):
    """Find the minimum of (x - 3)**2."""
    run = wandb.init(project="several-files", config=vars(args))
    x = 0.0
    for _ in range(args.steps):
        x -= args.lr * 2 * (x - 3)
        run.log({"distance": abs(x - 3)})
    print(f"lr {args.lr}, {args.steps} steps: x = {x:.3f}")
    run.finish()
