import torch
import wandb

run = wandb.init(project="checkpoints", config={"lr": 0.1, "dim": 8})
config = wandb.config

model = torch.nn.Linear(config.dim, config.dim)
torch.save(
    {"model": model.state_dict(), "config": config},
    "checkpoint.pt",
)
