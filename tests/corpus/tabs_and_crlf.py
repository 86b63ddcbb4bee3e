import argparse

import wandb


def main():
	parser = argparse.ArgumentParser()
	parser.add_argument("--lr", type=float, default=0.05)
	parser.add_argument("--city", default="Zürich")
	args = parser.parse_args()
	wandb.init(config=args)
	wandb.log({"loss": args.lr})  # läuft
	print(args.city)


main()