"""Scripts that parse arguments in a function which nothing calls."""

from __future__ import annotations

import pytest

from jobready.outcome import Rewritten
from tests.edits.tools import check_refused, migrated

OLD = """\
import argparse

import wandb
from own import command


def parse_args():
    parser = argparse.ArgumentParser()
    parser.add_argument("--lr", type=float, default=0.1)
    return parser.parse_args()


"""
AGAIN = OLD.partition("\n\n\n")[2].replace("def parse_args", "def parse_more")
MAIN = """\
@command("--lr", default=0.1)
def main(lr):
    wandb.init(project="p", config={"lr": lr})


"""
GUARD = 'if __name__ == "__main__":\n    main()\n'
WHY = "nothing calls parse_args, where the arguments are parsed"


@pytest.mark.parametrize(
    "rest",
    [
        MAIN + GUARD,
        MAIN + "main = command(main)\n" + GUARD,
        # methods of others, and other things of another name
        MAIN.replace("wandb.init", "parser.parse_argument()\n    wandb.init") + GUARD,
        MAIN.replace("main(lr)", "main(lr, parse=None)") + GUARD,
        MAIN.replace('config={"lr": lr}', "config=command.options()") + GUARD,
        # a run that shows arguments of its own
        "from own import args\nwandb.init(config=args)\n" + GUARD.replace("main()", "pass"),
    ],
)
def test_what_is_left_of_another_command_line(rest: str) -> None:
    check_refused(OLD + rest, WHY, 10)


def test_two_that_are_left() -> None:
    check_refused(OLD + AGAIN + MAIN + GUARD, WHY, 10)


USED = "def main():\n    args = parse_args()\n    wandb.init(config=args)\n\n\n"
ALIASED = USED.replace("parse_args()", "options()")


@pytest.mark.parametrize(
    "script",
    [
        OLD + USED + GUARD,
        OLD + "options = parse_args\n\n\n" + ALIASED + GUARD,
        OLD + USED,  # for whoever imports it
        OLD + "@command\n" + USED + GUARD,
        OLD + AGAIN.replace("def parse_more", "def old") + USED + GUARD,  # one of two is
    ],
)
def test_what_is_called(script: str) -> None:
    outcome = migrated(script)
    assert isinstance(outcome, Rewritten), outcome


@pytest.mark.parametrize(
    "script",
    [
        # another file is the main one, and this one only speaks of it
        "# see __main__.py\n" + OLD + MAIN + "command.done()\n",
        OLD + MAIN + 'COMMANDS = ["parse_args"]\n' + GUARD,
        OLD.replace("def parse", "@command\ndef parse") + MAIN + GUARD,
        OLD + MAIN,
        # by a name that is put together
        OLD + MAIN + GUARD.replace("main()", "globals()[f'parse_{kind}']()"),
        OLD + MAIN + GUARD.replace("main()", "eval(sys.argv[1])"),
    ],
)
def test_what_may_be_called(script: str) -> None:
    assert WHY not in str(migrated(script))
