import sys

import wandb

dataset = sys.argv[1]
wandb.init(project="words", config={"dataset": dataset})
with open(dataset) as file:
    wandb.log({"lines": len(file.readlines())})
