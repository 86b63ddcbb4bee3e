import argparse

import wandb

parser = argparse.ArgumentParser()
parser.add_argument("--num-envs", type=int, default=4)
parser.add_argument("--num-steps", type=int, default=8)
parser.add_argument("--minibatches", type=int, default=2)
parser.add_argument("--lr", type=float, default=0.05)
args = parser.parse_args()
args.batch_size = int(args.num_envs * args.num_steps)
args.minibatch_size = args.batch_size // args.minibatches

wandb.init(config=vars(args))
wandb.log({"loss": args.lr / args.minibatch_size})
