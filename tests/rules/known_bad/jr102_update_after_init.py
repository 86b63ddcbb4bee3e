import wandb

hyperparameters = {
    "lr": 0.01,
    "hidden": 128,
    "epochs": 20,
}


def build(hidden):
    return [0.0] * hidden


wandb.init(project="mlp", name="baseline")
wandb.config.update(hyperparameters)

model = build(hyperparameters["hidden"])
for epoch in range(hyperparameters["epochs"]):
    model = [w - hyperparameters["lr"] for w in model]
    wandb.log({"norm": sum(w * w for w in model)})
