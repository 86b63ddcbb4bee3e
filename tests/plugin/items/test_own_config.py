"""Scripts without a command line, whose parameters are what they put into their config."""

from __future__ import annotations

from pathlib import Path

import pytest

from pytest_jobready.verdicts.verdict import Good
from tests.plugin.items.rehearsing import facts, red, rehearsals

pytestmark = pytest.mark.rehearsals
INIT = (
    "import wandb\n"
    "config = dict(lr=0.1, epochs=2, name='base')\n"
    "wandb.init(config=config)\n"
)
USES = "wandb.log({'loss': config['lr'] * config['epochs'], 'name': config['name']})\n"


def test_values_that_are_read_from_the_run_are_good(tmp_path: Path) -> None:
    takes = rehearsals(tmp_path, INIT + "config = wandb.config\n" + USES)
    assert takes.cloned() == Good()
    verdict = takes.overridden()
    assert isinstance(verdict, Good)
    assert facts(verdict)["jobready_proven"] == "3"


def test_what_goes_on_reading_its_own_dict_is_named(tmp_path: Path) -> None:
    found = red(rehearsals(tmp_path, INIT + USES).overridden())
    assert "train.py: launched values don't arrive: lr, epochs, name" in found
    said = "lr is 0.1, epochs is 2, name is 'base' here, whatever is launched"
    assert f"train.py:4: {said}: read it from the run's config\n  4 | wandb.log" in found


def test_a_dict_that_is_passed_on_is_named_for_all(tmp_path: Path) -> None:
    text = INIT + "def train(c):\n    wandb.log({'loss': c['lr']})\ntrain(config)\n"
    found = red(rehearsals(tmp_path, text).overridden())
    assert "train.py:6: lr is 0.1, epochs is 2, name is 'base' here" in found


def test_a_value_that_was_derived_before_the_run_is_named(tmp_path: Path) -> None:
    text = INIT.replace("wandb.init", "steps = config['epochs'] * 10\nwandb.init")
    text += "config = wandb.config\n" + USES.replace("'name'", "'steps': steps, 'name'", 1)
    found = red(rehearsals(tmp_path, text).overridden())
    assert "launched values don't arrive: epochs" in found
    assert "train.py:3: epochs is 2 here, whatever is launched" in found


def test_a_dict_that_is_only_shown_is_no_failure(tmp_path: Path) -> None:
    text = INIT + "print(config)\nconfig = wandb.config\n" + USES
    assert isinstance(rehearsals(tmp_path, text).overridden(), Good)


def test_values_that_are_taken_back_into_the_dict_are_no_failure(tmp_path: Path) -> None:
    text = INIT + "config.update(wandb.config)\n" + USES
    verdict = rehearsals(tmp_path, text).overridden()
    assert isinstance(verdict, Good), verdict
