"""Options of a model in a file, whose name is a parameter, and the file as the config."""

import argparse
import json
import os
import tempfile

import wandb

FOLDER = tempfile.gettempdir()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--options", default=os.path.join(FOLDER, "options.json"))
    parser.add_argument("--depth", type=int, default=2)
    parser.add_argument("--epochs", type=int, default=3)
    args = parser.parse_args()

    with open(args.options, "a+") as file:
        file.seek(0)
        if not file.read():
            json.dump({"width": 4, "kernel": [3, 3]}, file)
    with open(args.options) as file:
        options = json.load(file)
    options["kernel"].append(args.depth)
    wandb.init(config=options, name=args.options)
    for epoch in range(args.epochs):
        wandb.log({"loss": epoch / options["width"] / args.depth})


if __name__ == "__main__":
    main()
