import os

import wandb

wandb.init(
    project="imagenet",
    config={"lr": 0.1, "batch_size": 256, "epochs": 90},
)
config = wandb.config

world_size = int(os.environ.get("WORLD_SIZE", "1"))
config.lr *= world_size
config.batch_size = config.batch_size // world_size

for epoch in range(config.epochs):
    wandb.log({"lr": config.lr})
