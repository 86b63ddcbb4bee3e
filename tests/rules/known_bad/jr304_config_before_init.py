import wandb

batch_size = wandb.config.batch_size

run = wandb.init(project="early", config={"batch_size": 32, "lr": 0.1})
for step in range(10):
    run.log({"seen": step * batch_size})
