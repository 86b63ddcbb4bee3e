from dataclasses import asdict, dataclass

import wandb


@dataclass
class TrainConfig:
    lr: float = 3e-4
    batch_size: int = 64
    steps: int = 1000


cfg = TrainConfig()
run = wandb.init(project="gpt", config=asdict(cfg))

for step in range(cfg.steps):
    loss = 1.0 / (step + 1) * cfg.lr
    if step % 100 == 0:
        run.log({"loss": loss, "batch": cfg.batch_size})
run.finish()
