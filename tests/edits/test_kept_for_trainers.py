"""An object of the script's own keeps what to track with, for what starts the run."""

from __future__ import annotations

from pathlib import Path

import pytest

from jobready.edits.choose import Decision, choose
from jobready.edits.options import Options
from jobready.edits.plan import Plan
from jobready.outcome import Refused, Rewritten
from jobready.script.files.library import Library
from jobready.script.linked import read_linked
from jobready.script.model import Script
from tests.edits.tools import NEWEST, check_refused, migrated

DATACLASS = """\
from dataclasses import dataclass


@dataclass
class Config:
    rate: float = 0.1
    length: int = 8
    report_to: str = "none"
"""
PLAIN = """\
class Config:
    def __init__(self, rate, length, report_to):
        self.rate = rate
        self.length = length
        self.report_to = report_to
"""
HEIR = f"from base import Base\n{DATACLASS.replace('Config', 'Config(Base)')}"
LOOP = """\
from trl import SFTConfig, SFTTrainer


def train(config):
    args = SFTConfig(
        learning_rate=config.rate,
        max_length=config.length,
        report_to=config.report_to,
    )
    SFTTrainer(args=args).train()
"""
IMPORTS = "from config import Config\nfrom loop import train\n"
SCRIPT = f"""\
import argparse

{IMPORTS}
parser = argparse.ArgumentParser()
parser.add_argument("--lr", type=float, default=0.1)
parser.add_argument("--length", type=int, default=8)
parser.add_argument("--report-to", default="wandb")
args = parser.parse_args()
train(Config(rate=args.lr, length=args.length, report_to=args.report_to))
"""
NAMES = {"learning_rate": "lr", "max_length": "length"}
TWO = "two runs show the parameter {!r} differently"


def one_file(config: str = DATACLASS, loop: str = LOOP) -> str:
    return SCRIPT.replace(IMPORTS, f"{config}\n\n{loop}\n\n")


def decided(folder: Path, **modules: str) -> tuple[Script, Decision]:
    """What becomes of the script with these modules beside it."""
    for name, text in modules.items():
        (folder / f"{name}.py").write_text(text)
    script = read_linked(SCRIPT, folder / "train.py", Library())
    assert isinstance(script, Script)
    return script, choose(script, Options(), NEWEST)


@pytest.mark.parametrize("config", [DATACLASS, PLAIN])
def test_the_run_shows_what_starts_it_is_given(config: str) -> None:
    outcome = migrated(one_file(config))
    assert isinstance(outcome, Rewritten), outcome
    for key, dest in NAMES.items():
        assert f'"{key}": "{dest}"' in outcome.text


@pytest.mark.parametrize("config", [DATACLASS, PLAIN])
def test_in_other_files(config: str, tmp_path: Path) -> None:
    script, plan = decided(tmp_path, config=config, loop=LOOP)
    assert isinstance(plan, Plan), plan
    (tracker,) = script.trackers
    assert tracker.name == "a Trainer (SFTConfig)"
    assert dict(tracker.run.renamed) == {dest: key for key, dest in NAMES.items()}


def test_what_is_told_by_way_of_a_condition() -> None:
    loop = LOOP.replace("=config.report_to", "=config.report_to if config.rate else 'none'")
    outcome = migrated(one_file(loop=loop))
    assert isinstance(outcome, Rewritten), outcome
    assert '"max_length": "length"' in outcome.text


OTHER = (
    LOOP
    + """\


def distill(config):
    SFTConfig(learning_rate=config.rate, max_seq_length=config.length, report_to={})
"""
)


@pytest.mark.parametrize("told", ["config.report_to", "'wandb'"])
def test_two_that_start_runs_of_other_names(told: str, tmp_path: Path) -> None:
    loop = OTHER.format(told).replace(
        "    SFTTrainer(", "    distill(config)\n    SFTTrainer("
    )
    _, refused = decided(tmp_path, config=DATACLASS, loop=loop)
    assert isinstance(refused, Refused)
    assert refused.reasons[0].message == TWO.format("length")


def test_another_word_is_none_that_is_kept() -> None:
    loop = LOOP.replace("=config.report_to", "='wandb'")
    check_refused(one_file(loop=loop), TWO.format("lr"), 31)


def test_a_class_that_is_made_of_a_trainers() -> None:
    above = "from transformers import TrainingArguments\n"
    config = DATACLASS.replace("class Config:", "class Config(TrainingArguments):")
    outcome = migrated(one_file(above + config, "def train(config):\n    pass\n"))
    assert isinstance(outcome, Rewritten), outcome
    assert 'names = {"rate": "lr"}' in outcome.text


def test_one_that_nothing_else_has_the_word_of(tmp_path: Path) -> None:
    # What it gives on as a whole is shown by the names that it has.
    loop = "from own import Trainer\n\n\ndef train(config):\n    Trainer(config).fit()\n"
    for config in (DATACLASS, PLAIN):
        script, plan = decided(tmp_path, config=config, loop=loop)
        assert isinstance(plan, Plan), plan
        (tracker,) = script.trackers
        assert tracker.name == "a Trainer (Config)"
        assert dict(tracker.run.renamed) == {"lr": "rate"}


PYDANTIC = f"from pydantic import BaseModel\n{DATACLASS}".replace("@dataclass\n", "")
PYDANTIC = PYDANTIC.replace("class Config:", "class Config(BaseModel):")
ATTRS = DATACLASS.replace("dataclasses import dataclass", "attrs import define")
ATTRS = ATTRS.replace("@dataclass", "@define")


@pytest.mark.parametrize("config", [HEIR, PYDANTIC, ATTRS])
def test_one_whose_fields_are_not_seen(config: str, tmp_path: Path) -> None:
    unknown = "can't tell by which names SFTConfig shows what Config keeps"
    line = one_file(config).split("SFTConfig(")[0].count("\n") + 1
    check_refused(one_file(config), unknown, line)
    _, refused = decided(tmp_path, config=config, loop=LOOP)
    assert isinstance(refused, Refused)
    assert (refused.reasons[0].message, refused.reasons[0].line) == (unknown, 5)
    loop = LOOP.replace("=config.report_to", "=config.other")
    _, plan = decided(tmp_path, config=config, loop=loop)
    assert isinstance(plan, Plan), plan


OTHER_FIELD = {"report_to: str": "tracker: str", "config.report_to": "config.tracker"}


def with_another_field(text: str) -> str:
    """The same where the class calls the word for the tracker otherwise."""
    for old, new in OTHER_FIELD.items():
        text = text.replace(old, new)
    return text.replace("report_to=args", "tracker=args")


def test_a_field_of_another_name_that_is_not_seen() -> None:
    script = with_another_field(one_file(PYDANTIC))
    line = script.split("SFTConfig(")[0].count("\n") + 1
    check_refused(
        script, "can't tell by which names SFTConfig shows what Config keeps", line
    )
    unused = script.replace("tracker=args.report_to", "tracker='none'")
    assert isinstance(migrated(unused), Rewritten)


def test_a_field_of_another_name_that_is_seen() -> None:
    outcome = migrated(with_another_field(one_file(DATACLASS)))
    assert isinstance(outcome, Rewritten), outcome
    for key, dest in NAMES.items():
        assert f'"{key}": "{dest}"' in outcome.text
