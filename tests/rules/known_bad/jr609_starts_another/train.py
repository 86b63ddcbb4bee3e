import argparse
import subprocess
import sys

import wandb

parser = argparse.ArgumentParser()
parser.add_argument("--batch-size", type=int, default=32)
args = parser.parse_args()
run = wandb.init(project="pipeline", config=args)
run.log({"seen": args.batch_size})
run.finish()
subprocess.run([sys.executable, "evaluate.py", "--batch-size", "1"], check=True)
