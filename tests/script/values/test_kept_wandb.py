"""Runs that a class starts by the module it keeps: ``self._wandb.init``."""

from __future__ import annotations

import pytest

from jobready.script.model import Script
from jobready.script.read import read

LOGGER = """\
import argparse

class Logger:
    def __init__(self, args):
{kept}
        self._wandb.init(config=args)

def main(args):
    if args.track:
        Logger(args)

p = argparse.ArgumentParser()
p.add_argument("--track", action="store_true")
main(p.parse_args())
"""


def script_of(*lines: str, more: str = "") -> Script:
    kept = "\n".join(f"        {line}" for line in lines)
    script = read(LOGGER.format(kept=kept) + more)
    assert isinstance(script, Script)
    return script


@pytest.mark.parametrize(
    "lines",
    [
        ("import wandb", "self._wandb = wandb"),
        ("self._wandb = None", "import wandb", "self._wandb = wandb"),
        (
            "try:",
            "    import wandb",
            "    self._wandb = wandb",
            "except ImportError:",
            "    raise ImportError('pip install wandb')",
        ),
        (
            "try:",
            "    import wandb",
            "except ImportError:",
            "    wandb = None",
            "self._wandb = wandb",
        ),
    ],
)
def test_a_module_that_an_object_keeps_starts_the_run(lines: tuple[str, ...]) -> None:
    script = script_of(*lines)
    (init,) = script.inits
    assert init.records
    assert not init.problems
    assert init.gate is not None
    assert init.gate.test == "args.track"


@pytest.mark.parametrize(
    "lines",
    [
        ("import wandb", "self._wandb = wandb if args.track else Silent()"),
        ("import wandb", "self._wandb = wandb", "self._wandb = Silent()"),
        ("from loggers import wandb", "self._wandb = wandb"),
        ("import wandb", "wandb = Silent()", "self._wandb = wandb"),
        ("import wandb", "self._wandb, self.args = wandb, args"),
        ("import wandb", "other._wandb = wandb"),
        ("import wandb", "setattr(self, '_wandb', wandb)"),
    ],
)
def test_what_may_be_another_thing_is_none(lines: tuple[str, ...]) -> None:
    assert not script_of(*lines).inits


def test_an_object_that_is_given_a_stand_in_from_outside_keeps_no_module() -> None:
    kept = ("import wandb", "self._wandb = wandb")
    assert not script_of(*kept, more="Logger(None)._wandb = Silent()\n").inits


GIVEN = """\
import argparse
try:
    import wandb
except ImportError:
    wandb = None

def train(args, n=1, wandb=None):
    if wandb and wandb.run is None:
        wandb.init(config=args)

p = argparse.ArgumentParser()
p.add_argument("--lr", type=float)
args = p.parse_args()
train(args, 2, wandb)
"""


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("", ""),
        ("2, wandb)", "wandb=wandb)\ntrain(args)\nmodel.train()"),
        ("2, wandb)", "wandb=wandb)\ntrain(args, wandb=None)"),
    ],
)
def test_a_module_that_a_function_gets_starts_the_run(old: str, new: str) -> None:
    script = read(GIVEN.replace(old, new))
    assert isinstance(script, Script)
    (init,) = script.inits
    assert init.records


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("2, wandb)", "2, Silent())"),
        ("2, wandb)", "2, wandb)\ntrain(args, 2, Silent())"),
        ("2, wandb)", "2, wandb)\nother.train(args, 2, Silent())"),
        ("2, wandb)", "*more)"),
        ("2, wandb)", "**more)"),
        ("2, wandb)", "2, wandb)\nspawn(train, args)"),
        ("2, wandb)", "2)"),
        ("    if wandb and", "    wandb = Silent()\n    if wandb and"),
        ("    import wandb", "    from loggers import wandb"),
    ],
)
def test_a_function_that_may_get_another_thing(old: str, new: str) -> None:
    script = read(GIVEN.replace(old, new))
    assert isinstance(script, Script)
    assert not script.inits


@pytest.mark.parametrize("given", ["_wandb = Silent()", "_wandb: object = Silent()"])
def test_a_class_that_has_a_stand_in_keeps_no_module(given: str) -> None:
    kept = ("import wandb", "self._wandb = wandb")
    assert not script_of(*kept, more=f"class Other:\n    {given}\n").inits


def test_the_config_of_a_kept_module_is_the_runs() -> None:
    update = ("import wandb", "self._wandb = wandb", "wandb.init(project='x')")
    script = script_of(*update, "self._wandb.config.update(vars(args))")
    assert all(init.records for init in script.inits)
