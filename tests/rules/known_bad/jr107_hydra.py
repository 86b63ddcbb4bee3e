import hydra
import wandb
from omegaconf import DictConfig, OmegaConf


@hydra.main(version_base=None, config_path="conf", config_name="config")
def my_app(cfg: DictConfig) -> None:
    wandb.init(
        project=cfg.project,
        config=OmegaConf.to_container(cfg, resolve=True),
    )
    for step in range(cfg.train.steps):
        wandb.log({"loss": cfg.train.lr * step})


if __name__ == "__main__":
    my_app()
