import argparse
import json
from enum import Enum
from pathlib import Path

import wandb


class Mode(str, Enum):
    train = "train"
    eval = "eval"


def str2bool(v):
    if isinstance(v, bool):
        return v
    if v.lower() in ("yes", "true", "t", "y", "1"):
        return True
    if v.lower() in ("no", "false", "f", "n", "0"):
        return False
    raise argparse.ArgumentTypeError("a truth value is expected")


def positive(text):
    number = int(text)
    if number <= 0:
        raise argparse.ArgumentTypeError(f"{text} is not positive")
    return number


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", type=Path, default=Path("data") / "train")
    parser.add_argument("--mode", type=Mode, default=Mode.train)
    parser.add_argument("--ema", type=str2bool, default=False)
    parser.add_argument("--width", type=positive, default=64)
    parser.add_argument("--extra", type=json.loads, default={"dropout": 0.1})
    args = parser.parse_args()
    wandb.init(config=args)
    wandb.log({"loss": 1})
    print(args.data / "x", args.mode, args.ema, args.width, args.extra)
