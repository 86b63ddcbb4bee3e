"""What must hold of the parameters for a run to start."""

from __future__ import annotations

import pytest

from jobready.script.model import Gate, Script
from jobready.script.read import read

TRACK, QUIET = {"track": True}, {"no_wandb": False}
START = """\
import argparse
import wandb
p = argparse.ArgumentParser()
p.add_argument("--track", action="store_true")
p.add_argument("--no-wandb", action="store_true")
p.add_argument("--logger", default="wandb")
p.add_argument("--local_rank", type=int, default=-1)
args = p.parse_args()
"""


def gate_of(lines: str) -> Gate | None:
    script = read(START + lines)
    assert isinstance(script, Script)
    (init,) = script.inits
    return init.gate


@pytest.mark.parametrize(
    ("lines", "test", "switches", "opens"),
    [
        ("if args.track:\n    wandb.init()", "args.track", TRACK, False),
        (
            "if not args.no_wandb:\n    wandb.init()",
            "not args.no_wandb",
            QUIET,
            True,
        ),
        (
            "if args.no_wandb:\n    pass\nelse:\n    wandb.init()",
            "not args.no_wandb",
            QUIET,
            True,
        ),
        (
            "if not args.track:\n    pass\nelse:\n    wandb.init()",
            "args.track",
            TRACK,
            False,
        ),
        (
            "if args.track and rank == 0:\n    wandb.init()",
            "args.track and rank == 0",
            TRACK,
            False,
        ),
        (
            "if args.track or args.no_wandb:\n    wandb.init()",
            "args.track or args.no_wandb",
            {},
            False,
        ),
        (
            "def f():\n    if not args.track:\n        return\n    wandb.init()\nf()",
            "args.track",
            TRACK,
            False,
        ),
        (
            "def f():\n    wandb.init()\nif args.track:\n    f()",
            "args.track",
            TRACK,
            False,
        ),
        (
            'wandb.init(mode="online" if args.track else "disabled")',
            "args.track",
            TRACK,
            False,
        ),
        (
            'wandb.init(mode="disabled" if args.no_wandb else None)',
            "not args.no_wandb",
            QUIET,
            True,
        ),
        ("args.track and wandb.init()", "args.track", TRACK, False),
        ("args.no_wandb or wandb.init()", "not args.no_wandb", QUIET, True),
        (
            'if args.logger == "wandb":\n    wandb.init()',
            "args.logger == 'wandb'",
            {},
            True,
        ),
        (
            'if args.logger in ("tb", "csv"):\n    pass\nelse:\n    wandb.init()',
            "not args.logger in ('tb', 'csv')",
            {},
            True,
        ),
        (
            "if args.local_rank in [-1, 0]:\n    wandb.init()",
            "args.local_rank in [-1, 0]",
            {},
            True,
        ),
        (
            "run = wandb.init() if args.track else None",
            "args.track",
            TRACK,
            False,
        ),
        (
            'if vars(args)["track"]:\n    wandb.init()',
            "vars(args)['track']",
            TRACK,
            False,
        ),
    ],
)
def test_a_gate(lines: str, test: str, switches: dict[str, bool], opens: bool) -> None:
    gate = gate_of(lines)
    assert gate is not None
    assert (gate.test, dict(gate.switches), gate.opens_by_default) == (
        test,
        switches,
        opens,
    )


@pytest.mark.parametrize(
    "lines",
    [
        "wandb.init()",
        "if rank == 0:\n    wandb.init()",
        "if args.track:\n    print(1)\nwandb.init()",
        "wandb.init()\nif not args.track:\n    exit()",
        "if args.track:\n    print(1)\nelse:\n    exit\nwandb.init()",
        "def f():\n    if args.track:\n        return\nf()\nwandb.init()",
        "wandb.init(mode=args.logger)",
        "def f():\n    wandb.init()\nif args.track:\n    f()\nelse:\n    f()",
    ],
)
def test_no_gate(lines: str) -> None:
    assert gate_of(lines) is None


@pytest.mark.parametrize(
    ("lines", "closed"),
    [
        ("if args.track:\n    wandb.init()", True),
        ("if args.track and rank == 0:\n    wandb.init()", True),
        ("if args.no_wandb:\n    pass\nelse:\n    wandb.init()", False),
        ("if args.local_rank > 0:\n    wandb.init()", False),
        ("if check(args.logger):\n    wandb.init()", False),
    ],
)
def test_what_is_surely_closed_by_default(lines: str, closed: bool) -> None:
    gate = gate_of(lines)
    assert gate is not None
    assert gate.closed_by_default is closed


SPAWNED = """\
def run():
    wandb.init()

if args.track:
    {}
else:
    run()
"""


@pytest.mark.parametrize("spawns", ["mp.spawn(run)", "Process(target=run).start()"])
def test_a_function_that_the_other_branch_spawns(spawns: str) -> None:
    assert gate_of(SPAWNED.format(spawns)) is None


def test_a_function_that_the_other_branch_leaves_alone() -> None:
    gate = gate_of(SPAWNED.format("print(args.track)"))
    assert gate is not None
    assert gate.test == "not args.track"


@pytest.mark.parametrize(
    ("test", "needs"),
    [
        ("args.track and is_main()", True),
        ("is_main() and not args.no_wandb", False),
        ("args.track or is_main()", False),
        ("args.logger in LOGGERS", True),
        ("os.path.isdir(args.logger)", False),
        ("not args.track and args.logger.upper() == FIRST", True),
        (" and ".join(["not args.no_wandb", *["a()"] * 40]), False),
    ],
)
def test_what_keeps_it_from_holding(test: str, needs: bool) -> None:
    gate = gate_of(f"if {test}:\n    wandb.init()")
    assert gate is not None
    assert gate.needs_values is needs
