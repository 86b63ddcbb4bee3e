import wandb

wandb.login(key="0123456789abcdef0123456789abcdef01234567")
run = wandb.init(project="notebooks", config={"lr": 0.1})
run.log({"loss": run.config.lr})
