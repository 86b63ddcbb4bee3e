import random

import wandb
from metrics import accuracy


def main():
    for epoch in range(10):
        wandb.log({"accuracy": accuracy(random.random())})


if __name__ == "__main__":
    main()
