import argparse
import copy
import json

import wandb

parser = argparse.ArgumentParser()
parser.add_argument("--lr", type=float, default=0.05)
parser.add_argument("--epochs", type=int, default=2)
args = parser.parse_args()
wandb.init(config=args)
print(json.dumps(vars(args), sort_keys=True))
teacher = copy.deepcopy(args)
print(teacher.lr, args)
wandb.log({"loss": args.lr * args.epochs})
