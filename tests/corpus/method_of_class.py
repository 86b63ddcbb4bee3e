import argparse

import wandb


class Trainer:
    def __init__(self, args):
        self.args = args
        self.run = wandb.init(config=vars(args))

    def fit(self):
        for _ in range(self.args.epochs):
            self.run.log({"loss": self.args.lr})


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--lr", type=float, default=0.05)
    parser.add_argument("--epochs", type=int, default=2)
    Trainer(parser.parse_args()).fit()
