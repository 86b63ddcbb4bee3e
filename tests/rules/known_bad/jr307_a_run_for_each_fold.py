import argparse

import wandb


def train_fold(fold, args):
    run = wandb.init(
        project="folds", name=f"fold-{fold}", config=vars(args), reinit=True
    )
    run.log({"loss": fold * args.lr})
    run.finish()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--folds", type=int, default=5)
    parser.add_argument("--lr", type=float, default=0.1)
    args = parser.parse_args()
    for fold in range(args.folds):
        train_fold(fold, args)


if __name__ == "__main__":
    main()
