"""A name of the arguments that may still be None where the run starts."""

from __future__ import annotations

import pytest

from jobready.outcome import Refused, Rewritten
from tests.edits.tools import NEEDY, migrated

FUNCTION = """
def start(args=None):
    wandb.init(config={"kind": 1})


def main():
    parsed = parser.parse_args()
    start(parsed)
    print(parsed.data)


main()
"""
METHOD = """
class Trainer:
    def __init__(self, args=None):
        self.args = args

    def fit(self):
        wandb.init(config={"kind": 1})


def main():
    parsed = parser.parse_args()
    Trainer(parsed).fit()
    print(parsed.data)


main()
"""
GLOBAL = """
ARGS = None


def start():
    wandb.init(config={"kind": 1})


def main():
    global ARGS
    ARGS = parser.parse_args()
    start()
    print(ARGS.data)


main()
"""
SWEPT = """
def train(args=None):
    wandb.init(config=args)
    print(args.data)


args = parser.parse_args()
wandb.agent("id", function=train)
"""
START = "    start(parsed)\n"


def changed(script: str, *changes: tuple[str, str]) -> str:
    for old, new in changes:
        assert old in script, old
        script = script.replace(old, new)
    return NEEDY + script


def shown(script: str) -> str:
    """What the run of a migrated script is given as its config."""
    outcome = migrated(script)
    assert isinstance(outcome, Rewritten), outcome
    return outcome.text.partition("wandb.init(config=")[2].partition(")\n")[0]


@pytest.mark.parametrize(
    "script",
    [
        changed(FUNCTION, (START, f"    start()\n{START}")),
        changed(FUNCTION, (START, f"    start(None)\n{START}")),
        changed(FUNCTION, (START, "    start(parsed if parsed.data else None)\n")),
        changed(FUNCTION, (START, f"    Thread(target=start).start()\n{START}")),
        changed(
            METHOD, ("    Trainer(parsed)", "    Trainer().fit()\n    Trainer(parsed)")
        ),
        changed(GLOBAL, ("    ARGS =", "    start()\n    ARGS =")),
    ],
)
def test_one_that_may_be_none_is_not_taken(script: str) -> None:
    outcome = migrated(script)
    if isinstance(outcome, Rewritten):
        behind = outcome.text.partition("wandb.init(")[2].partition("\n\n\n")[0]
        assert "vars(args)" not in behind
        assert "self.args" not in behind
        assert "vars(ARGS)" not in behind
    else:
        assert isinstance(outcome, Refused)


INIT = '    wandb.init(config={"kind": 1})'


@pytest.mark.parametrize(
    ("script", "name"),
    [
        (changed(FUNCTION), "args"),
        (changed(METHOD), "self.args"),
        (changed(GLOBAL), "ARGS"),
        # what keeps None from the run
        (
            changed(
                FUNCTION,
                (START, f"    start()\n{START}"),
                (INIT, f"    if args:\n    {INIT}"),
            ),
            "args",
        ),
        (
            changed(
                FUNCTION,
                (START, f"    start()\n{START}"),
                (INIT, f"    if args is None:\n        return\n{INIT}"),
            ),
            "args",
        ),
        (
            changed(
                FUNCTION,
                (START, f"    start()\n{START}"),
                (INIT, f"    if args is None:\n        args = parser.parse_args()\n{INIT}"),
            ),
            "args",
        ),
        (
            changed(
                FUNCTION,
                (START, f"    start()\n{START}"),
                (INIT, f"    if args is not None and args.data:\n    {INIT}"),
            ),
            "args",
        ),
    ],
)
def test_one_that_surely_holds_them_is_taken(script: str, name: str) -> None:
    assert shown(script) == f'{{**vars({name}), "kind": 1}}'


def test_a_sweep_that_starts_a_function_without_them() -> None:
    outcome = migrated(changed(SWEPT))
    assert isinstance(outcome, Refused), outcome


def test_a_function_that_completes_them_for_a_sweep() -> None:
    script = changed(
        SWEPT,
        (
            "    wandb.init",
            "    if args is None:\n        args = parser.parse_args()\n    wandb.init",
        ),
    ).replace("required=True", 'default="a"')
    outcome = migrated(script)
    assert isinstance(outcome, Rewritten), outcome
    assert "vars(args).update(" in outcome.text
