"""A script whose command line and run are made in files beside it."""

from engine import train
from options import get_args

if __name__ == "__main__":
    train(get_args())
