import wandb
from wandb.sdk import launch

schema = {
    "type": "object",
    "properties": {
        "lr": {"type": "number", "minimum": 0, "default": 0.1},
        "layers": {"type": ["integer", "null"], "minimum": 1},
    },
}

run = wandb.init(project="schemas", config={"lr": 0.1, "layers": 3})
launch.manage_wandb_config(include=["lr", "layer"], schema=schema)
run.log({"loss": run.config.lr / run.config.layers})
