import wandb
import yaml

with open("config.yaml") as file:
    config = yaml.safe_load(file)

wandb.init(project="yaml", config=config)

for epoch in range(config["epochs"]):
    wandb.log({"loss": config["lr"] * epoch})
