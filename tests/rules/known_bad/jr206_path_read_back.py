import argparse
from pathlib import Path

import wandb

parser = argparse.ArgumentParser()
parser.add_argument("--out", type=Path, default=Path("out"))
parser.add_argument("--lr", type=float, default=0.1)
args = parser.parse_args()
wandb.init(project="paths", config=args)
args = wandb.config
(args.out / "model.txt").write_text(str(args.lr))
