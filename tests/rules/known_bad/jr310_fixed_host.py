import wandb

wandb.login(host="https://wandb.mycompany.example")
run = wandb.init(project="private", config={"lr": 0.1})
run.log({"loss": run.config.lr})
