import argparse

try:
    import wandb
except ImportError:
    wandb = None


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--lr", type=float, default=0.05)
    parser.add_argument("--epochs", type=int, default=2)
    args = parser.parse_args()
    if wandb is not None:
        wandb.init(config=args)
    for epoch in range(args.epochs):
        if wandb is not None:
            wandb.log({"loss": args.lr})


if __name__ == "__main__":
    main()
