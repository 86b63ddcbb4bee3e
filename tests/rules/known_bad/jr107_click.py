import click
import wandb


@click.command()
@click.option("--lr", default=0.01, help="learning rate")
@click.option("--epochs", default=10)
def main(lr, epochs):
    run = wandb.init(project="click", config={"lr": lr, "epochs": epochs})
    for epoch in range(epochs):
        run.log({"loss": lr / (epoch + 1)})


if __name__ == "__main__":
    main()
