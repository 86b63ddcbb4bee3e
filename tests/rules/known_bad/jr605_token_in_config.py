import argparse

import wandb

parser = argparse.ArgumentParser()
parser.add_argument("--hf_token", default=None, help="token of the hub")
parser.add_argument("--max_tokens", type=int, default=512)
parser.add_argument("--lr", type=float, default=0.1)
args = parser.parse_args()
wandb.init(project="hub", config=vars(args))
print(args.lr, args.max_tokens, args.hf_token is None)
