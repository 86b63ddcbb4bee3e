"""Keywords of what makes a Trainer: which of them its run surely shows, by which name."""

from __future__ import annotations

import pytest

from jobready.outcome import Rewritten
from tests.edits.tools import check_refused, migrated

SCRIPT = """\
import argparse

from {0} import {1}

parser = argparse.ArgumentParser()
parser.add_argument("--epochs", type=float, default=1.0)
parser.add_argument("--seed", type=int, default=1)
args = parser.parse_args()
trainer = {2}(report_to="wandb", num_train_epochs=args.epochs, seed=args.seed)
trainer.train()
"""
RENAMED = 'names = {"num_train_epochs": "epochs"}'
DOUBT = "note: can't tell what the run shows of the parameters that {} is given"


def rewritten(package: str, imported: str, called: str) -> Rewritten:
    outcome = migrated(SCRIPT.format(package, imported, called))
    assert isinstance(outcome, Rewritten), outcome
    assert "parser.parse_args(sys.argv[1:] + job_args(parser))" in outcome.text
    return outcome


@pytest.mark.parametrize(
    ("package", "imported", "called"),
    [
        ("transformers", "TrainingArguments", "TrainingArguments"),
        ("trl", "SFTConfig", "SFTConfig"),
        ("trl", "SFTConfig as Config", "Config"),
        ("own.arguments", "OwnTrainingArguments", "OwnTrainingArguments"),
        ("functools", "partial", "partial"),
        ("os", "path", "dict"),
    ],
)
def test_what_keeps_its_keywords_shows_them_by_these_names(
    package: str, imported: str, called: str
) -> None:
    outcome = rewritten(package, imported, called)
    assert RENAMED in outcome.text
    assert DOUBT.format(called) not in [r.message for r in outcome.reasons]


@pytest.mark.parametrize(
    ("package", "imported", "called"),
    [
        ("own.training", "make_trainer", "make_trainer"),
        ("own.training", "make_trainer as make", "make"),
        ("own", "training", "training.make_trainer"),
        ("own.training", "Finetuning", "Finetuning"),
        ("own.training", "TextTrainer", "TextTrainer"),
    ],
)
def test_what_else_makes_a_trainer_may_give_it_other_values(
    package: str, imported: str, called: str
) -> None:
    outcome = rewritten(package, imported, called)
    assert "names = " not in outcome.text
    name = called.rpartition(".")[2]
    assert DOUBT.format(name) in [r.message for r in outcome.reasons]


CHANGED = """\
import argparse
import dataclasses

from transformers import Trainer, TrainingArguments

parser = argparse.ArgumentParser()
parser.add_argument("--epochs", type=float, default=1.0)
parser.add_argument("--seed", type=int, default=1)
args = parser.parse_args()
own = TrainingArguments(report_to="wandb", num_train_epochs=args.epochs, seed=args.seed)
{}
trainer = Trainer(args=own)
{}
trainer.train()
"""
CHANGE = "num_train_epochs is set to another value, which the run shows for epochs"


@pytest.mark.parametrize(
    ("above", "below", "line"),
    [
        ("own.num_train_epochs *= 2", "", 11),
        ("own.num_train_epochs = 7 if args.seed else 8", "", 11),
        ("", "trainer.args.num_train_epochs = 7", 13),
        ("setattr(own, 'num_train_epochs', 7)", "", 11),
        ("own = dataclasses.replace(own, num_train_epochs=7)", "", 11),
        ("def more(to):\n    to.num_train_epochs = 7\nmore(own)", "", 12),
        ("def more(to):\n    to.num_train_epochs = 7\nmore(to=own)", "", 12),
        ("vars(own).update(num_train_epochs=7)", "", 11),
        ("own.__dict__.update(fields)", "", 11),
        ("same = own\nsame.num_train_epochs = 7", "", 12),
        ("for name in ('num_train_epochs',):\n    setattr(own, name, 7)", "", 12),
        ("model.options = own\nmodel.options.num_train_epochs = 7", "", 12),
        ("def more(training_args):\n    training_args.num_train_epochs = 7", "", 12),
    ],
)
def test_what_a_run_shows_for_a_parameter_is_set_anew(
    above: str, below: str, line: int
) -> None:
    check_refused(CHANGED.format(above, below), CHANGE, line)


def test_a_class_of_the_script_sets_it_anew() -> None:
    source = CHANGED.replace("= TrainingArguments(", "= Own(").replace(
        "parser = argparse",
        "class Own(TrainingArguments):\n"
        "    def __post_init__(self):\n"
        "        self.num_train_epochs *= 2\n\n"
        "parser = argparse",
    )
    check_refused(source.format("", ""), CHANGE, 8)


def test_one_that_is_shown_by_its_own_name_is_noted() -> None:
    outcome = migrated(CHANGED.format("own.seed += 1", ""))
    assert isinstance(outcome, Rewritten), outcome
    assert RENAMED in outcome.text
    assert "note: the run may show another value as seed" in [
        r.message for r in outcome.reasons
    ]


@pytest.mark.parametrize(
    "above",
    [
        "own.output_dir = 'out'",  # another field
        "model.num_train_epochs = 7",  # of something else
        "setattr(model, 'num_train_epochs', 7)",
        "print(own.num_train_epochs)",
        "def more(to):\n    to.num_train_epochs = 7\nmore(model)",
        "def more(to):\n    print(to)\nmore(own)",
        "vars(own).update(output_dir='out')",
        "vars(model).update(num_train_epochs=7)",
        "fields.update(num_train_epochs=7)",
        "other = model\nother.num_train_epochs = 7",
        "for name in names:\n    setattr(model, name, 7)",
        "model.options = other\nmodel.options.num_train_epochs = 7",
        "class Model:\n    def __init__(self):\n        self.num_train_epochs = 7",
        "text = text.replace('num_train_epochs', '7')",
    ],
)
def test_what_leaves_it_as_it_was_made(above: str) -> None:
    outcome = migrated(CHANGED.format(above, ""))
    assert isinstance(outcome, Rewritten), outcome
    assert RENAMED in outcome.text
    assert not any("another value" in r.message for r in outcome.reasons)


FIELDS = """\
import argparse

from transformers import Trainer, TrainingArguments
from training_kit import make_trainer

parser = argparse.ArgumentParser()
parser.add_argument("--lr", type=float, default=1.0)
parser.add_argument("--max_steps", type=int, default=100)
parser.add_argument("--width", type=int, default=8)
args = parser.parse_args()
train(args.max_steps, args.width)
own = {}
"""
MAY = "note: the run may show {} as {}"


def notes_of(made: str) -> tuple[str, list[str]]:
    outcome = migrated(FIELDS.format(made))
    assert isinstance(outcome, Rewritten), outcome
    return outcome.text, [r.message for r in outcome.reasons if "may show" in r.message]


def test_a_trainer_has_values_of_its_own_for_its_fields() -> None:
    made = 'TrainingArguments(report_to="wandb", learning_rate=args.lr)'
    text, notes = notes_of(made)
    assert 'names = {"learning_rate": "lr"}' in text
    assert notes == [MAY.format("another value", "max_steps")]


def test_a_field_that_shows_a_parameter_of_another_fields_name() -> None:
    made = 'TrainingArguments(report_to="wandb", save_steps=args.max_steps)'
    text, notes = notes_of(made)
    assert "names = " not in text  # the run has a max_steps too
    assert notes == [MAY.format("another value", "max_steps")]


def test_what_something_else_is_given_may_be_shown_otherwise() -> None:
    made = 'make_trainer(report_to="wandb", lr=args.lr, width=args.width)'
    assert notes_of(made)[1] == [MAY.format("other values", "lr, max_steps and width")]


@pytest.mark.parametrize(
    "made",
    [
        'TrainingArguments(report_to="wandb", max_steps=args.max_steps)',
        'SFTConfig(report_to="wandb", max_steps=args.max_steps, lr=args.lr)',
        'TrainingArguments(report_to="wandb", **{"max_steps": args.max_steps})',
    ],
)
def test_a_field_that_is_given_the_parameter_of_its_name(made: str) -> None:
    assert notes_of(made)[1] == []
