"""Train a bag-of-words classifier. Nobody has brought W&B here yet."""

import argparse
import enum
import json
import math
import random
from pathlib import Path

TEXTS = [
    ("what a fine and happy film", 1),
    ("a happy end and a fine cast", 1),
    ("fine jokes in a warm film", 1),
    ("a dull film with a sad end", 0),
    ("sad and dull from start to end", 0),
    ("the cast is dull and the jokes are sad", 0),
]


class Optimizer(enum.Enum):
    SGD = "sgd"
    ADAGRAD = "adagrad"

    def __str__(self):
        return self.value


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--texts", type=Path, default=None, help="lines of text, tab, label"
    )
    parser.add_argument("--output", type=Path, default=Path("model.json"))
    parser.add_argument(
        "--optimizer", type=Optimizer, choices=list(Optimizer), default=Optimizer.SGD
    )
    parser.add_argument("--lr", type=float, default=0.5)
    parser.add_argument("--epochs", type=int, default=5)
    parser.add_argument("--l2", type=float, default=0.001)
    parser.add_argument("--betas", type=float, nargs=2, default=(0.9, 0.999))
    parser.add_argument("--stop-words", nargs="*", default=["a", "the", "and"])
    parser.add_argument("--drop", action="append", default=[], help="leave a word out")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--dry-run", action="store_true", help="write no model")
    parser.add_argument("-v", "--verbose", action="count", default=0)
    args = parser.parse_args()

    random.seed(args.seed)
    examples = load(args.texts)
    ignored = {*args.stop_words, *args.drop}
    vocabulary = sorted({word for text, _ in examples for word in text.split()})
    weights = {word: 0.0 for word in vocabulary if word not in ignored}
    squares = dict.fromkeys(weights, 0.0)

    for epoch in range(args.epochs):
        random.shuffle(examples)
        loss = 0.0
        for text, label in examples:
            words = [word for word in text.split() if word in weights]
            probability = 1 / (1 + math.exp(-sum(weights[word] for word in words)))
            loss -= math.log(probability if label else 1 - probability)
            for word in words:
                gradient = probability - label + args.l2 * weights[word]
                step = args.lr
                if args.optimizer is Optimizer.ADAGRAD:
                    beta = args.betas[1]
                    squares[word] = beta * squares[word] + gradient**2
                    step /= math.sqrt(squares[word]) + 1e-8
                weights[word] -= step * gradient
        if args.verbose:
            print(f"epoch {epoch}: loss {loss / len(examples):.4f}")

    if not args.dry_run:
        args.output.parent.mkdir(parents=True, exist_ok=True)
        args.output.write_text(json.dumps(weights, indent=2, sort_keys=True))

    trained_with = {
        "texts": repr(args.texts),
        "output": args.output.as_posix(),
        "optimizer": args.optimizer.name,
        "lr": args.lr,
        "epochs": args.epochs,
        "l2": args.l2,
        "betas": args.betas,
        "stop_words": args.stop_words,
        "drop": args.drop,
        "seed": args.seed,
        "dry_run": args.dry_run,
        "verbose": args.verbose,
    }
    print(json.dumps(trained_with))


def load(path):
    """Return texts and their labels from a file, or those that come with the script."""
    if path is None:
        return list(TEXTS)
    parts = [line.rpartition("\t") for line in path.read_text().splitlines()]
    return [(text, int(label)) for text, _, label in parts]


if __name__ == "__main__":
    main()
