"""JR303: the run only starts where a switch is on that is off by default."""

from __future__ import annotations

import pytest

from tests.rules.tools import assert_clean, fixed, found

SCRIPT = """\
import argparse

import wandb

parser = argparse.ArgumentParser()
parser.add_argument("--lr", type=float, default=0.1)
parser.add_argument("--track", action="store_true")
args = parser.parse_args()
if args.track:
    wandb.init(config=args)
print(args.lr)
"""


def test_a_switch_that_is_off() -> None:
    ((line, _, message),) = found("JR303", SCRIPT)
    assert line == 9
    assert "`args.track`" in message


def test_the_fix_opens_it_in_a_job() -> None:
    after = fixed("JR303", SCRIPT, unsafe=True)
    assert "job_args" in after or "WANDB_LAUNCH" in after
    assert_clean("JR303", after)


def test_a_constant_that_is_false() -> None:
    text = "import wandb\n\nTRACK = False\nif TRACK:\n    wandb.init()\nprint(wandb.run)\n"
    ((line, column, message),) = found("JR303", text)
    assert (line, column) == (4, 4)
    assert message == "no job starts a run while TRACK is False"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("if args.track:\n    wandb", "wandb"),
        ('"store_true"', '"store_true", default=True'),
        ("if args.track:", "if args.lr:"),
        ('"store_true"', '"store_true", default=TRACK'),
        ("if args.track:", "args.track = find()\nif args.track:"),
        ("if args.track:\n    ", "if args.track:\n    start()\nelse:\n    "),
        ("if args.track:", "if RANK == 0:"),
        ("print(", "else:\n    wandb.init(mode='online', config=args)\nprint("),
        ("print(", "wandb.init(config=args)\nprint("),
        ("if args.track:", "if __name__ == '__main__':"),
    ],
    ids=[
        "plain",
        "on",
        "number",
        "unknown",
        "set",
        "disabled",
        "rank",
        "either",
        "another",
        "main",
    ],
)
def test_a_run_that_a_job_starts(before: str, after: str) -> None:
    text = SCRIPT.replace(before, after)
    if "start()" in text:
        text = text.replace("init(config=args)", "init(mode='disabled')")
    assert_clean("JR303", text)


@pytest.mark.parametrize(
    "test",
    ["args.track and is_main()", "is_main() and args.track", "args.track and args.x.y()"],
)
def test_what_else_it_depends_on_does_not_open_it(test: str) -> None:
    text = SCRIPT.replace("if args.track:", f"if {test}:")
    ((line, _, message),) = found("JR303", text)
    assert line == 9
    assert message.startswith("a job starts its run only where")


def test_a_parameter_of_which_nothing_is_known() -> None:
    text = SCRIPT.replace("if args.track:", "if args.lr > LIMIT:")
    ((_, _, message),) = found("JR303", text)
    assert message == "whether a job starts its run depends on `args.lr > LIMIT`"


@pytest.mark.parametrize(
    "test",
    [
        "not args.track and is_main()",
        "is_main() or args.track",
        "not (args.track or done is None)",
        "os.path.exists(args.data)",
        "args.data.is_dir() and not args.track",
    ],
)
def test_a_test_that_no_parameter_keeps_from_holding(test: str) -> None:
    data = 'parser.add_argument("--data", required=True)\nargs = parser'
    text = SCRIPT.replace("args = parser", data).replace("if args.track:", f"if {test}:")
    assert_clean("JR303", text)


def test_a_function_that_is_called_here_and_spawned_there() -> None:
    text = SCRIPT.replace("args = p", "def run():\n    wandb.init(config=args)\nargs = p")
    body = "if not args.track:\n    mp.spawn(run, nprocs=4)\nelse:\n    run()"
    text = text.replace("if args.track:\n    wandb.init(config=args)", body)
    assert_clean("JR303", text)
    alone = text.replace("mp.spawn(run, nprocs=4)", "pass")
    assert len(found("JR303", alone)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "TRACK = True\nif TRACK:\n    wandb.init()\n",
        "TRACK = False\nTRACK = find()\nif TRACK:\n    wandb.init()\n",
        "TRACK = False\nif not TRACK:\n    wandb.init()\n",
    ],
    ids=["true", "set-later", "opposite"],
)
def test_a_constant_that_does_not_forbid_it(text: str) -> None:
    assert_clean("JR303", "import wandb\n" + text)
