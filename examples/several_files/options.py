"""The command line of the scripts beside it."""

import argparse


def get_args():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--lr", type=float, default=0.1)
    parser.add_argument("--steps", type=int, default=20)
    return parser.parse_args()
