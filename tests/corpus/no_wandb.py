import argparse
from pathlib import Path


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--lr", type=float, default=0.05)
    parser.add_argument("--epochs", type=int, default=2)
    parser.add_argument("--out", type=Path, default=Path("out"))
    args = parser.parse_args()
    for epoch in range(args.epochs):
        print(epoch, args.lr)
    print(args.out.name)


if __name__ == "__main__":
    main()
