"""Classes of the repository's own that are called as those of frameworks are."""

from __future__ import annotations

from pathlib import Path

import pytest

from jobready.edits.choose import choose
from jobready.edits.options import Options
from jobready.edits.plan import Plan
from jobready.outcome import Rewritten
from jobready.script.files.library import Library
from jobready.script.linked import read_linked
from jobready.script.model import Script
from tests.edits.tools import NEWEST, check_noop, migrated

ARGUMENTS = """\
from dataclasses import dataclass


@dataclass
class TrainingArguments:
    rate: float = 0.1
    report_to: str = "none"
"""
LOOP = """\
class Trainer:
    def __init__(self, args):
        self.args = args

    def train(self):
        print(self.args)
"""
RUN = LOOP.replace("        print", '        wandb.init(project="a")\n        print')
SCRIPT = """\
import argparse

import wandb

{classes}

parser = argparse.ArgumentParser()
parser.add_argument("--lr", type=float, default=0.1)
parser.add_argument("--report-to", default="wandb")
args = parser.parse_args()
own = {made}
own.rate *= 2
wandb.init(config=vars(args))
print(own)
"""
MADE = "TrainingArguments(rate=args.lr, lr=args.lr * 2, report_to=args.report_to)"
INTO = """\
from dataclasses import dataclass

from transformers import HfArgumentParser, TrainingArguments

{loop}

@dataclass
class Model:
    layers: int = 2


model, training = HfArgumentParser((Model, TrainingArguments)).parse_args_into_dataclasses()
Trainer(training).train()
"""


def shows_otherwise(classes: str, made: str = MADE) -> bool:
    """Whether the reader is told that the run shows other values of parameters."""
    outcome = migrated(SCRIPT.format(classes=classes, made=made))
    assert isinstance(outcome, Rewritten), outcome
    texts = ("the run shows", "the run may show")
    return any(t in r.message for r in outcome.reasons for t in texts)


PYDANTIC = ARGUMENTS.replace("dataclasses import dataclass", "pydantic import BaseModel")
PYDANTIC = PYDANTIC.replace("@dataclass\n", "").replace("uments:", "uments(BaseModel):")


@pytest.mark.parametrize("classes", [ARGUMENTS, PYDANTIC])
def test_the_own_arguments_start_no_run_where_the_script_does(classes: str) -> None:
    assert not shows_otherwise(classes)


@pytest.mark.parametrize(
    "classes",
    [
        "from transformers import TrainingArguments\n",
        "from elsewhere import *\n",
        "from transformers import TrainingArguments as Base\n\n\n"
        "class TrainingArguments(Base):\n    pass\n",
        "from elsewhere import Base\n\n\nclass TrainingArguments(Base):\n    pass\n",
    ],
)
def test_those_that_may_be_a_frameworks(classes: str) -> None:
    assert shows_otherwise(classes)


def test_an_own_accelerator_is_no_frameworks() -> None:
    own = "class Accelerator:\n    def __init__(self, log_with):\n        pass\n"
    script = SCRIPT.format(classes=own, made="Accelerator(log_with=args.report_to)")
    script = script.replace("wandb.init(config=vars(args))", "pass")
    outcome = migrated(script)
    assert isinstance(outcome, Rewritten), outcome
    assert not any("init_trackers" in r.message for r in outcome.reasons)
    outcome = migrated(script.replace(own, "from accelerate import Accelerator\n"))
    assert isinstance(outcome, Rewritten), outcome
    assert any("init_trackers" in r.message for r in outcome.reasons)


@pytest.mark.parametrize("base", ["", "(object)", "(ABC)", "(nn.Module)", "(Generic[T])"])
def test_an_own_trainer_starts_no_run(base: str) -> None:
    above = "from abc import ABC\nfrom typing import Generic\nfrom torch import nn\n\n\n"
    loop = LOOP.replace("class Trainer", f"class Trainer{base}")
    check_noop(INTO.format(loop=above + loop), "no run is seen")


@pytest.mark.parametrize(
    "loop",
    [
        "from transformers import Trainer\n",
        f"from elsewhere import Base\n\n\n{LOOP.replace('Trainer:', 'Trainer(Base):')}",
        "import transformers\n\n\nclass Trainer(transformers.Trainer):\n    pass\n",
        f"from trl import SFTTrainer\n\n\n{LOOP.replace('print(', 'SFTTrainer(')}",
    ],
)
def test_a_trainer_that_may_be_a_frameworks(loop: str) -> None:
    outcome = migrated(INTO.format(loop=loop))
    assert isinstance(outcome, Rewritten), outcome
    assert "Trainer) starts the run" in outcome.reasons[0].message


def read(folder: Path, text: str, **modules: str) -> Script:
    for name, module in modules.items():
        (folder / f"{name}.py").write_text(module)
    script = read_linked(text, folder / "train.py", Library())
    assert isinstance(script, Script)
    return script


def test_the_run_of_another_file_shows_the_parameters(tmp_path: Path) -> None:
    text = (
        "import argparse\nfrom mine import TrainingArguments\nfrom loop import Trainer\n"
        "parser = argparse.ArgumentParser()\n"
        'parser.add_argument("--lr", type=float, default=0.1)\n'
        'parser.add_argument("--report-to", default="wandb")\n'
        "args = parser.parse_args()\n"
        "own = TrainingArguments(rate=args.lr, report_to=args.report_to)\n"
        "Trainer(own).train()\n"
    )
    script = read(tmp_path, text, mine=ARGUMENTS, loop=f"import wandb\n\n\n{RUN}")
    assert [i.place.file for i in script.inits] == [str(tmp_path / "loop.py")]
    assert script.trackers == ()
    plan = choose(script, Options(), NEWEST)
    assert isinstance(plan, Plan), plan
    assert not any("Trainer" in r.message for r in plan.reasons)


def test_a_trainer_of_another_file_that_starts_no_run(tmp_path: Path) -> None:
    text = INTO.format(loop="from loop import Trainer\n")
    script = read(tmp_path, text, loop=LOOP)
    assert (script.inits, script.trackers) == ((), ())
    made = LOOP.replace("print(", "SFTTrainer(")
    script = read(tmp_path, text, loop=f"from trl import SFTTrainer\n\n\n{made}")
    (tracker,) = script.trackers
    assert tracker.name == "a Trainer (SFTTrainer)"
