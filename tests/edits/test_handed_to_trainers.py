"""Keywords of what makes a Trainer: which of them its run surely shows, by which name."""

from __future__ import annotations

import pytest

from jobready.outcome import Rewritten
from tests.edits.tools import migrated

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
