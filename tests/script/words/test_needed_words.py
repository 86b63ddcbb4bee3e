"""Scripts that end without words, where a command must be among them."""

from __future__ import annotations

import pytest

from jobready.script.model import Script
from jobready.script.read import read

SCRIPT = """\
import argparse
import sys


def train(args):
    pass


def main():
    parser = argparse.ArgumentParser()
    if len(sys.argv) < 2:
        parser.error("which command?")
    parser.add_argument("--debug", action="store_true")
    commands = parser.add_subparsers()
    command = commands.add_parser("train")
    command.add_argument("--lr", type=float)
    command.set_defaults(func=train)
    args = parser.parse_args()
    args.func(args)


main()
"""
ERROR = 'parser.error("which command?")'
CALL = "    args.func(args)\n"


def looks(old: str, new: str) -> bool:
    """Whether the script still looks at its words."""
    assert old in SCRIPT
    script = read(SCRIPT.replace(old, new, 1))
    assert isinstance(script, Script)
    return bool(script.argv_uses)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("", ""),
        (ERROR, "parser.print_help()\n        sys.exit(1)"),
        (ERROR, "print(parser.format_help())\n        exit()"),
        (ERROR, "parser.exit(2)"),
        ("< 2", "== 1"),
        (CALL, "    func = args.func\n"),
        (CALL, "    func = vars(args).pop('func')\n"),
        (CALL, "    func = args.__dict__['func']\n"),
        ("add_subparsers()\n", "add_subparsers(required=True)\n    print(3)\n"),
    ],
)
def test_a_job_without_a_command_ends_anyway(old: str, new: str) -> None:
    assert not looks(old, new)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        # the script goes on
        (ERROR, "parser.print_help()"),
        (ERROR, "sys.argv.append('train')\n        sys.exit()"),
        (ERROR, "main.error()"),
        (ERROR, f"{ERROR}\n    else:\n        print(3)"),
        ("< 2", "< 3"),
        ("len(sys.argv) < 2", "len(sys.argv) < 2 and sys.argv[0]"),
        ("import sys\n", "import sys\nfrom own import exit\nfrom own import parser\n"),
        # a command isn't needed, or a job may name it
        ("add_subparsers()", "add_subparsers(dest='command')"),
        ("add_subparsers()", "add_subparsers(dest='command', required=True)"),
        (CALL, ""),
        (CALL, "    print(args.debug)\n" + CALL),
        (CALL, "    func = vars(args).pop('func', None)\n"),
        (CALL, "    func = vars(args).get('func')\n"),
        (CALL, "    if args.debug:\n        args.func(args)\n"),
        (CALL, "    print(args.lr)\n"),
        (CALL, "    func = args.debug\n"),
        ("command.set_defaults(", "parser.set_defaults("),
        ("    args = parser", "    parser.set_defaults(func=print)\n    args = parser"),
        ("    args = parser", "    parser.set_defaults(**vars(main))\n    args = parser"),
        ("parse_args()", "parse_args(['train'])"),
        ("parse_args()", "parse_args(namespace=main)"),
        ("parser.add_argument(", "parser.add_argument('--func')\n    parser.add_argument("),
        ("    args = parser", "    other = parser.parse_known_args()\n    args = parser"),
    ],
)
def test_a_number_of_words_that_decides(old: str, new: str) -> None:
    if "own import" in new:
        changed = SCRIPT.replace(old, new, 1).replace(ERROR, "exit()")
        script = read(changed)
        assert isinstance(script, Script)
        assert script.argv_uses
    else:
        assert looks(old, new)
