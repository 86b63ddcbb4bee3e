import argparse
import os

import wandb


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--lr", type=float, default=5e-4)
    parser.add_argument("--batch-size", type=int, default=64)
    parser.add_argument("--output-dir", default="output")
    parser.add_argument("--name", default="run")
    args = parser.parse_args()

    world_size = int(os.environ.get("WORLD_SIZE", "1"))
    args.lr *= args.batch_size * world_size / 512
    args.output_dir = os.path.join(args.output_dir, args.name)
    os.makedirs(args.output_dir, exist_ok=True)

    wandb.init(project="deit", config=args)
    for step in range(10):
        wandb.log({"lr": args.lr})


if __name__ == "__main__":
    main()
