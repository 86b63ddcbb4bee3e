import argparse

import wandb


def train(lr, epochs, optimizer):
    for epoch in range(epochs):
        wandb.log({"loss": lr / (epoch + 1)})
    print(optimizer)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--lr", type=float, default=0.05)
    parser.add_argument("--epochs", type=int, default=2)
    parser.add_argument("--optimizer", default="sgd")
    args = parser.parse_args()
    wandb.init(config=vars(args))
    train(args.lr, args.epochs, args.optimizer)
