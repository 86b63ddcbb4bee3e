import wandb

sweep = {
    "method": "grid",
    "metric": {"name": "accuracy", "goal": "maximize"},
    "parameters": {"a": {"values": [1, 2, 3, 4]}},
}


def train(data):
    with wandb.init() as run:
        run.log({"accuracy": run.config.a * len(data)})


def main():
    sweep_id = wandb.sweep(sweep, project="agents")
    wandb.agent(sweep_id, function=train)


if __name__ == "__main__":
    main()
