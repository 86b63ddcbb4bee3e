"""Fine-tunes a classifier; all settings are in one dict."""

import random

import wandb

CONFIG = {
    "learning_rate": 0.003,
    "epochs": 3,
    "optimizer": "sgd",
}


def train(run, config):
    weight = random.random()
    for epoch in range(config["epochs"]):
        weight -= config["learning_rate"] * weight
        run.log({"loss": weight**2, "epoch": epoch})


def main():
    with wandb.init(project="classifier", config=CONFIG) as run:
        train(run, CONFIG)


if __name__ == "__main__":
    main()
