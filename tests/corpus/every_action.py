import argparse

import wandb


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--on", action="store_true")
    parser.add_argument("--no-off", dest="off", action="store_false")
    parser.add_argument("--was-on", action="store_true", default=True)
    parser.add_argument("--both", action=argparse.BooleanOptionalAction, default=True)
    parser.add_argument("-v", "--verbose", action="count", default=0)
    parser.add_argument("--tag", action="append", default=["base"])
    parser.add_argument("--note", action="append")
    parser.add_argument("--gpus", type=int, nargs="*", default=None)
    parser.add_argument("--betas", type=float, nargs=2, default=(0.9, 0.999))
    parser.add_argument("--debug", nargs="?", const="all", default=None)
    parser.add_argument("--clip", type=float, default=None)
    args = parser.parse_args()
    wandb.init(config=vars(args))
    wandb.log({"done": 1})
    print(args.on, args.off, args.was_on, args.both, args.verbose)
    print(args.tag, args.note, args.gpus, args.betas, args.debug, args.clip)


if __name__ == "__main__":
    main()
