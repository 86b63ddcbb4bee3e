import argparse
import random

import wandb

parser = argparse.ArgumentParser()
parser.add_argument("--seed", type=int, default=0)
parser.add_argument("--lr", type=float, default=0.05)
parser.add_argument("--num-envs", type=int, default=4)
parser.add_argument("--num-steps", type=int, default=8)
parser.add_argument("--group", default=None)
args = parser.parse_args()

random.seed(args.seed)
BATCH = args.num_envs * args.num_steps
run_name = f"run-{args.seed}-{BATCH}"

wandb.init(name=run_name, group=args.group, config=vars(args))
wandb.log({"loss": args.lr * random.random() / BATCH})
print(run_name)
