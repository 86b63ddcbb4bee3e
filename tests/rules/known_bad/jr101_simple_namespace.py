from types import SimpleNamespace

import wandb

config = SimpleNamespace(
    bs=16,
    epochs=4,
    lr=1e-3,
    arch="resnet18",
)

wandb.init(project="fastai", config=config)
for epoch in range(config.epochs):
    wandb.log({"epoch": epoch, "lr": config.lr})
