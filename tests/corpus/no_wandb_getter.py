#!/usr/bin/env python3
import argparse


def get_args():
    parser = argparse.ArgumentParser()
    parser.add_argument("--lr", type=float, default=0.05)
    parser.add_argument("--epochs", type=int, default=2)
    return parser.parse_args()


if __name__ == "__main__":
    args = get_args()
    for epoch in range(args.epochs):
        print(epoch, args.lr)
