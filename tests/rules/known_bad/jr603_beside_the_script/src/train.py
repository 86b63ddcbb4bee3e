import wandb

run = wandb.init(project="nested", config={"lr": 0.1})
with open("labels.txt") as file:
    labels = file.read().split()
run.log({"labels": len(labels), "lr": run.config.lr})
