import os

import wandb

os.environ["WANDB_PROJECT"] = "my-awesome-project"
os.environ["WANDB_WATCH"] = "false"

run = wandb.init(config={"lr": 0.1})
run.log({"loss": run.config.lr})
