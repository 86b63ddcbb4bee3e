import os

import wandb


def main():
    rank = int(os.environ.get("RANK", "0"))
    if rank == 0:
        wandb.init(project="ranks", config={"lr": 0.1, "epochs": 3})
    config = wandb.config
    for epoch in range(config.epochs):
        loss = config.lr * epoch
        if rank == 0:
            wandb.log({"loss": loss})


if __name__ == "__main__":
    main()
