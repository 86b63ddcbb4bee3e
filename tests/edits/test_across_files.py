"""Parsers, arguments and trackers of which each stands in a file of its own."""

from __future__ import annotations

from pathlib import Path

import pytest

from jobready.edits.choose import Decision, choose
from jobready.edits.options import Options
from jobready.edits.plan import Plan
from jobready.outcome import Refused
from jobready.script.files.library import Library
from jobready.script.linked import read_linked
from jobready.script.model import Script
from tests.edits.tools import NEWEST

RUN = """\
import wandb


def run(args):
    wandb.init(config=vars(args))
    print(args.lr)
"""
OWN = """\
import argparse


class Parser(argparse.ArgumentParser):
    def __init__(self):
        super().__init__()
        self.add_argument("--lr", type=float, default=0.1)

    def parse_args(self, args=None):
        return super().parse_args(args)
"""
OWN_TRAIN = """\
from mine import Parser
from loop import run

run(Parser().parse_args())
"""
TAP = """\
from tap import Tap


class Args(Tap):
    lr: float = 0.1
    amp: bool = False


def get_args():
    return Args().parse_args()
"""
BASE = """\
import argparse


class BaseOptions:
    def initialize(self, parser):
        parser.add_argument("--name", default="x")
        return parser

    def parse(self):
        self.parser = self.initialize(argparse.ArgumentParser())
        return self.parser.parse_args()
"""
HEIR = """\
from mine import BaseOptions


class TrainOptions(BaseOptions):
    def initialize(self, parser):
        parser = super().initialize(parser)
        parser.add_argument("--lr", type=float, default=0.1)
        parser.add_argument("--amp", action="store_true")
        return parser
"""
GETTER = "from mine import get_args\nfrom loop import run\n\nrun(get_args())\n"
PLAIN = """\
import argparse


def get_args():
    parser = argparse.ArgumentParser()
    parser.add_argument("--lr", type=float, default=0.1)
    parser.add_argument("--report-to", default="wandb")
    return parser.parse_args()
"""
ACCELERATE = """\
from accelerate import Accelerator


def run(args):
    accelerator = Accelerator(log_with=args.report_to)
    accelerator.init_trackers("mine", config=vars(args))
"""
DATACLASSES = """\
from dataclasses import dataclass

from transformers import HfArgumentParser, TrainingArguments


@dataclass
class ModelArgs:
    layers: int = 2


def get_args():
    parser = HfArgumentParser((ModelArgs, TrainingArguments))
    return parser.parse_args_into_dataclasses()
"""
TRAINER = """\
from transformers import Trainer


def run(model_args, training_args):
    Trainer(args=training_args).train()
"""


def decided(tmp_path: Path, train: str, **modules: str) -> tuple[Script, Decision]:
    """What becomes of a script with these modules beside it."""
    for name, text in modules.items():
        (tmp_path / f"{name}.py").write_text(text)
    script = read_linked(train, tmp_path / "train.py", Library())
    assert isinstance(script, Script)
    return script, choose(script, Options(), NEWEST)


def check_planned(tmp_path: Path, train: str, names: str, **modules: str) -> None:
    """The parse in ``mine`` is rewritten for a parser with these parameters."""
    script, plan = decided(tmp_path, train, **modules)
    assert isinstance(plan, Plan), plan
    assert {p.name for p in script.parameters} == set(names.split())
    (also,) = (plan for part, plan in plan.also if str(part.file).endswith("mine.py"))
    assert len(also.parses) == 1


def test_a_class_of_parsers(tmp_path: Path) -> None:
    check_planned(tmp_path, OWN_TRAIN, "lr", mine=OWN, loop=RUN)


def test_a_class_that_changes_too_much(tmp_path: Path) -> None:
    changed = OWN + "\n    def add_argument(self, *names):\n        pass\n"
    _, refused = decided(tmp_path, OWN_TRAIN, mine=changed, loop=RUN)
    assert isinstance(refused, Refused)
    assert (
        refused.reasons[0].message
        == "the parser's class Parser has add_argument of its own"
    )
    assert str(refused.reasons[0].file).endswith("mine.py")


def test_a_tap(tmp_path: Path) -> None:
    loop = RUN.replace("vars(args)", "args.as_dict()")
    check_planned(tmp_path, GETTER, "lr amp", mine=TAP, loop=loop)


def test_options_that_an_heir_adds_to(tmp_path: Path) -> None:
    train = "from heir import TrainOptions\nfrom loop import run\n\n"
    train += "run(TrainOptions().parse())\n"
    modules = {"mine": BASE, "heir": HEIR, "loop": RUN}
    check_planned(tmp_path, train, "name lr amp", **modules)


def test_a_tracker_of_accelerate(tmp_path: Path) -> None:
    modules = {"mine": PLAIN, "loop": ACCELERATE}
    check_planned(tmp_path, GETTER, "lr report_to", **modules)


def test_a_tracker_that_shows_something_else(tmp_path: Path) -> None:
    loop = ACCELERATE.replace("config=vars(args)", "config={'rate': args.lr}")
    script, _ = decided(tmp_path, GETTER, mine=PLAIN, loop=loop)
    (tracker,) = script.trackers
    assert tracker.run.renamed == (("lr", "rate"),)


@pytest.mark.parametrize("report", ["'tensorboard'", "None"])
def test_a_tracker_that_is_not_wandbs(report: str, tmp_path: Path) -> None:
    loop = ACCELERATE.replace("args.report_to", report)
    script, _ = decided(tmp_path, GETTER, mine=PLAIN, loop=loop)
    assert not script.trackers


def test_a_trainer(tmp_path: Path) -> None:
    train = "from mine import get_args\nfrom loop import run\n\n"
    train += "model_args, training_args = get_args()\nrun(model_args, training_args)\n"
    modules = {"mine": DATACLASSES, "loop": TRAINER}
    check_planned(tmp_path, train, "layers TrainingArguments", **modules)


GIVEN = """\
from transformers import HfArgumentParser


def parse(types, config=None):
    parser = HfArgumentParser(types)
    if config:
        return parser.parse_dict(config)
    return parser.parse_args_into_dataclasses()
"""
RECORDED = """\
from dataclasses import dataclass

from transformers import TrainingArguments

from torch.distributed.elastic.multiprocessing.errors import record
from mine import parse
from loop import run


@dataclass
class ModelArgs:
    layers: int = 2


@record
def main(**kwargs):
    model_args, training_args = parse([ModelArgs, TrainingArguments], kwargs)
    run(model_args, training_args)


main()
"""
RECORD = """\
def record(function):
    try:
        from torch.distributed.elastic.multiprocessing.errors import record
    except ImportError:
        return function
    return record(function)
"""


def test_dataclasses_and_a_dict_that_a_module_is_given(tmp_path: Path) -> None:
    modules = {"mine": GIVEN, "loop": TRAINER}
    train = RECORDED.replace("main(**kwargs)", "main()").replace(", kwargs", "")
    check_planned(tmp_path, train, "layers TrainingArguments", **modules)
    check_planned(tmp_path, RECORDED, "layers TrainingArguments", **modules)


def test_a_decorator_of_a_module_that_hands_on_what_it_is_called_with(
    tmp_path: Path,
) -> None:
    mine = GIVEN.partition("def parse")[0] + (
        "from transformers import Trainer, TrainingArguments\n"
        "from errors import record\n\n\n"
        "@record\ndef main(**kwargs):\n"
        "    parser = HfArgumentParser(TrainingArguments)\n    if kwargs:\n"
        "        (args,) = parser.parse_dict(kwargs)\n    else:\n"
        "        (args,) = parser.parse_args_into_dataclasses()\n"
        "    Trainer(args=args).train()\n"
    )
    train = "from mine import main\n\nmain()\n"
    check_planned(tmp_path, train, "TrainingArguments", mine=mine, errors=RECORD)
    reads = RECORD.replace("return function\n", "return lambda: function(**read())\n")
    _, refused = decided(tmp_path, train, mine=mine, errors=reads)
    assert isinstance(refused, Refused)


def test_a_dict_of_a_module_that_the_script_sets(tmp_path: Path) -> None:
    mine = GIVEN.replace("def parse(types, config=None)", "config = None\n\n\ndef parse()")
    mine = mine.replace("Parser(types)", "Parser(TrainingArguments)")
    mine = mine.replace("import Hf", "import TrainingArguments, Hf")
    train = "import mine\nfrom loop import run\n\n<set>run(None, mine.parse()[0])\n"
    modules = {"mine": mine, "loop": TRAINER}
    check_planned(tmp_path, train.replace("<set>", ""), "TrainingArguments", **modules)
    changed = train.replace("<set>", "mine.config = load()\n")
    _, refused = decided(tmp_path, changed, **modules)
    assert isinstance(refused, Refused)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("\n\nmain()", "\n\nmain(layers=3)"),
        ("    model_args,", "    kwargs['layers'] = 3\n    model_args,"),
        (
            "[ModelArgs, TrainingArguments], kwargs",
            "[ModelArgs, TrainingArguments], {1: 2}",
        ),
        ("torch.distributed.elastic.multiprocessing.errors", "elsewhere"),
    ],
)
def test_a_dict_that_the_script_gives_a_module(old: str, new: str, tmp_path: Path) -> None:
    modules = {"mine": GIVEN, "loop": TRAINER}
    changed = RECORDED.replace(old, new)
    assert changed != RECORDED
    _, refused = decided(tmp_path, changed, **modules)
    assert isinstance(refused, Refused)
    assert "parse_dict takes the values past" in refused.reasons[0].message


FORMATS = """\
import mine

FORMATS = {"mine": mine}


def parse(name, parser, args):
    return FORMATS[name].parse_args(parser, args)
"""
BASE_FORMAT = """\
def parse_args(parser, args):
    parser.add_argument("--lr", type=float, default=0.1)
    return parser.parse_args(args)
"""
FORMATS_TRAIN = """\
import argparse
import formats
from loop import run

parser = argparse.ArgumentParser()
parser.add_argument("--form", default="mine")
first, rest = parser.parse_known_args()
run(formats.parse(first.form, parser, rest))
"""


def test_a_parse_of_a_module_that_is_taken_out_of_a_dict(tmp_path: Path) -> None:
    modules = {"formats": FORMATS, "mine": BASE_FORMAT, "loop": RUN}
    check_planned(tmp_path, FORMATS_TRAIN, "form lr", **modules)


def test_a_module_of_elsewhere_that_may_parse_as_well(tmp_path: Path) -> None:
    formats = "import far\n" + FORMATS.replace("mine}", "mine, 'far': far}")
    modules = {"formats": formats, "mine": BASE_FORMAT, "loop": RUN}
    _, refused = decided(tmp_path, FORMATS_TRAIN, **modules)
    assert isinstance(refused, Refused)


def test_dataclasses_of_commands_in_other_modules(tmp_path: Path) -> None:
    options = """\
from dataclasses import dataclass


@dataclass
class Optimizer:
    lr: float = 0.1
"""
    loop = """\
from dataclasses import asdict, dataclass

import wandb

import options


@dataclass
class Train:
    optimizer: options.Optimizer
    seed: int = 1

    def run(self):
        wandb.init(config=asdict(self))


@dataclass
class Evaluate:
    seed: int = 1
"""
    train = """\
from dataclasses import dataclass
from typing import Union

from simple_parsing import ArgumentParser

from loop import Evaluate, Train


@dataclass
class Main:
    command: Union[Train, Evaluate]


parser = ArgumentParser()
parser.add_arguments(Main, "main")
parser.parse_args().main.command.run()
"""
    script, decision = decided(tmp_path, train, loop=loop, options=options)
    assert isinstance(decision, Plan), decision
    (parser, *_) = [m for m in script.parsers if m.commands is not None]
    assert parser.commands is not None
    names = [{p.name: p.flags for p in m.parameters} for m in parser.commands.parsers]
    assert names == [
        {"seed": ("--seed",), "optimizer.lr": ("--lr",)},
        {"seed": ("--seed",)},
    ]
