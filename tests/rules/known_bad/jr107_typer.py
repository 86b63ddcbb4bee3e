from typing import Annotated

import typer
import wandb

app = typer.Typer()


@app.command()
def train(
    lr: Annotated[float, typer.Option(help="learning rate")] = 1e-3,
    layers: int = 3,
):
    wandb.init(project="typed", config=dict(lr=lr, layers=layers))
    wandb.log({"score": lr * layers})


if __name__ == "__main__":
    app()
