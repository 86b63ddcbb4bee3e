#!/usr/bin/env python
"""Train a multi-layer perceptron of our own on two interleaved spirals."""

import argparse
import json
import math
import random

import wandb

ACTIVATIONS = {
    "tanh": (math.tanh, lambda y: 1 - y * y),
    "relu": (lambda x: max(x, 0.0), lambda y: float(y > 0)),
}


def get_args():
    parser = argparse.ArgumentParser(description=__doc__)
    # data
    parser.add_argument("--data", required=True, help="name of the spirals to draw")
    parser.add_argument("--num-points", type=int, default=60)
    parser.add_argument("--noise", type=float, default=0.05)
    # model
    parser.add_argument("--hidden", type=int, nargs="+", default=[8, 8])
    parser.add_argument("--activation", choices=sorted(ACTIVATIONS), default="tanh")
    # optimisation
    parser.add_argument("--epochs", type=int, default=3)
    parser.add_argument("--lr", type=float, default=1e-2)
    parser.add_argument("--weight-decay", type=float, default=0.0)
    parser.add_argument("--shuffle", action="store_true")
    parser.add_argument("--seed", type=int, default=0)
    # tracking
    parser.add_argument("--project", default="spirals")
    parser.add_argument("--tags", nargs="*", default=["baseline"])
    return parser.parse_args()


def spirals(name, num_points, noise):
    """Return points of two spirals, with the label 0 or 1 each."""
    rng = random.Random(name)
    points = []
    for i in range(num_points):
        label = i % 2
        angle = 3 * math.pi * i / num_points
        turn = angle + label * math.pi
        x = angle * math.cos(turn) / 10 + rng.gauss(0, noise)
        y = angle * math.sin(turn) / 10 + rng.gauss(0, noise)
        points.append(([x, y], label))
    return points


class Network:
    """Dense layers with one activation, and a sigmoid at the end."""

    def __init__(self, hidden, activation):
        self.forward, self.derivative = ACTIVATIONS[activation]
        sizes = [2, *hidden, 1]
        self.layers = [
            [[random.gauss(0, 0.5) for _ in range(n + 1)] for _ in range(m)]
            for n, m in zip(sizes, sizes[1:])
        ]

    def predict(self, inputs):
        outputs = [inputs]
        for layer in self.layers:
            last = layer is self.layers[-1]
            sums = [sum(w * x for w, x in zip(unit, [*outputs[-1], 1.0])) for unit in layer]
            squash = (lambda x: 1 / (1 + math.exp(-x))) if last else self.forward
            outputs.append([squash(s) for s in sums])
        return outputs

    def step(self, inputs, label, lr, weight_decay):
        """Take one step of gradient descent; return the loss before it."""
        outputs = self.predict(inputs)
        probability = min(max(outputs[-1][0], 1e-7), 1 - 1e-7)
        deltas = [probability - label]
        for layer, below in zip(reversed(self.layers), reversed(outputs[:-1])):
            back = [
                sum(d * unit[j] for d, unit in zip(deltas, layer))
                * self.derivative(below[j])
                for j in range(len(below))
            ]
            for delta, unit in zip(deltas, layer):
                for j, x in enumerate([*below, 1.0]):
                    unit[j] -= lr * (delta * x + weight_decay * unit[j])
            deltas = back
        return -math.log(probability if label else 1 - probability)


def main(args):
    random.seed(args.seed)
    wandb.init(project=args.project, tags=args.tags, config=vars(args))

    points = spirals(args.data, args.num_points, args.noise)
    network = Network(args.hidden, args.activation)
    for epoch in range(args.epochs):
        if args.shuffle:
            random.shuffle(points)
        losses = [
            network.step(inputs, label, args.lr, args.weight_decay)
            for inputs, label in points
        ]
        loss = sum(losses) / len(losses)
        wandb.log({"epoch": epoch, "loss": loss})
        print(f"epoch {epoch}: loss {loss:.4f}")

    trained_with = {
        "data": args.data,
        "num_points": args.num_points,
        "noise": args.noise,
        "hidden": args.hidden,
        "activation": args.activation,
        "epochs": args.epochs,
        "lr": args.lr,
        "weight_decay": args.weight_decay,
        "shuffle": args.shuffle,
        "seed": args.seed,
        "project": args.project,
        "tags": args.tags,
    }
    print(json.dumps(trained_with))


if __name__ == "__main__":
    main(get_args())
