import wandb

run = wandb.init(
    project="resumed",
    id="1a2b3c4d",
    resume="must",
    config={"lr": 0.1},
)
run.log({"loss": run.config.lr})
