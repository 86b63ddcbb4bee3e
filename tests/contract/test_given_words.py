"""Scripts whose words have a name, or go through other functions, keep the contract."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.contract.migrating import rewritten_copy
from tests.contract.running import run

pytestmark = pytest.mark.contract

PARSER = """\
import argparse
import json
import sys

import wandb


def made():
    parser = argparse.ArgumentParser(prog="words")
    parser.add_argument("--lr", type=float, default=0.1)
    parser.add_argument("--tags", nargs="*", default=[])
    parser.add_argument("--amp", action="store_true")
    return parser


def train(args):
    wandb.init(project="words", config=vars(args))
    print(json.dumps(vars(args)))


"""
STARTS = '\n\nif __name__ == "__main__":\n    '
HELP = """\
def main(argv=None):
    if argv is None:
        argv = sys.argv[1:]
    parser = made()
    if not argv:
        parser.print_help()
        sys.exit(3)
    train(parser.parse_args(argv))
"""
COUNTED = """\
def main(args):
    parser = made()
    if len(args) == 0:
        args = ["--help"]
    train(parser.parse_args(args))
"""
CONSTRUCTED = """\
class Cli:
    def __init__(self, argv):
        self.args = self.parse(argv=argv)

    def parse(self, argv):
        parser = made()
        if not sys.argv[1:]:
            parser.error("no words")
        return parser.parse_args(argv)
"""
CHOSEN = """\
def main(argv=None):
    argv = sys.argv[1:] if argv is None else argv
    parser = made()
    train(parser.parse_args(argv))
"""
KEPT = """\
def main(argv=None):
    if argv is None:
        argv = sys.argv[1:]
    args = made().parse_args(argv)
    values = dict(vars(args))
    finish(args, argv)
    wandb.init(project="words", config=vars(args))
    print(json.dumps(values))


def finish(args, argv):
    args.command_line = " ".join(argv)
"""
SCRIPTS = {
    "help": (HELP, "main()", 3),
    "counted": (COUNTED, "main(args=sys.argv[1:])", 0),
    "constructed": (CONSTRUCTED, "train(Cli(sys.argv[1:]).args)", 2),
    "chosen": (CHOSEN, "main()", 0),
    "kept": (KEPT, "main()", 0),
}
ARGV = ["--lr", "0.5", "--tags", "a", "b", "--amp"]
VALUES = {"lr": 0.5, "tags": ["a", "b"], "amp": True}


@pytest.mark.parametrize("name", SCRIPTS)
def test_a_job_without_words(name: str, tmp_path: Path) -> None:
    text, start, code = SCRIPTS[name]
    before, after = rewritten_copy(tmp_path, f"{PARSER}{text}{STARTS}{start}\n")
    expected = run(before, ARGV).trained_with
    plain = run(after, ARGV)
    assert plain.trained_with == expected
    assert run(after, launched=VALUES).trained_with == expected
    over = run(after, ["--lr", "9", "--tags"], launched=VALUES)
    assert over.trained_with == expected
    assert plain.config is not None
    assert run(after, ["--lr", "7"], launched=plain.config).trained_with == expected
    wordless = run(before)
    for ran in (run(after), run(after, launched={"other": 1})):
        assert (ran.exit_code, ran.stdout) == (code, wordless.stdout)
    assert wordless.exit_code == code
