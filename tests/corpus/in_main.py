from argparse import ArgumentParser

import wandb


def main():
    parser = ArgumentParser()
    parser.add_argument("--lr", type=float, default=0.05)
    parser.add_argument("--batch-size", type=int, default=32)
    parser.add_argument("--model", choices=["mlp", "cnn"], default="mlp")
    args = parser.parse_args()

    wandb.init(config=args)  # the page shows what we train with
    wandb.log({"loss": args.lr * args.batch_size})
    print(args.model)


main()
