import argparse


def parse_args():
    parser = argparse.ArgumentParser()
    parser.add_argument("--lr", type=float, default=0.05)
    parser.add_argument("--epochs", type=int, default=2)
    parser.add_argument("--wandb", action="store_true", help="track the run")
    return parser.parse_args()


def main():
    args = parse_args()
    if args.wandb:
        import wandb

        wandb.init(config=args)
    for epoch in range(args.epochs):
        if args.wandb:
            wandb.log({"loss": args.lr})


if __name__ == "__main__":
    main()
