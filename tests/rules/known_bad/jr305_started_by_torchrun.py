import argparse
import os

import torch
import torch.distributed as dist
import wandb


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--lr", type=float, default=0.1)
    args = parser.parse_args()

    rank = int(os.environ["RANK"])
    local_rank = int(os.environ["LOCAL_RANK"])
    torch.cuda.set_device(local_rank)
    dist.init_process_group("nccl")

    if rank == 0:
        wandb.init(project="ddp", config=args)
    print(args.lr)


if __name__ == "__main__":
    main()
