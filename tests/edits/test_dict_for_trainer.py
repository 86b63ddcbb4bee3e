"""``dict(report_to="wandb", …)``, which a class may get as its keywords."""

from __future__ import annotations

import pytest

from jobready.outcome import Refused, Rewritten
from tests.edits.tools import migrated

SCRIPT = """\
import argparse

from transformers import Trainer, TrainingArguments


def settings(epochs, seed):
    return dict(num_train_epochs=epochs, output_dir="out", report_to=["wandb"])


def fit(epochs=1, seed=0):
    arguments = TrainingArguments(**settings(epochs, seed))
    Trainer(model=None, args=arguments).train()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--epochs", type=int, default=1)
    parser.add_argument("--seed", type=int, default=0)
    args = parser.parse_args()
    keywords = dict(epochs=args.epochs, seed=args.seed)
    fit(**keywords)


if __name__ == "__main__":
    main()
"""
NAMED = "num_train_epochs=epochs"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (NAMED, NAMED),
        (NAMED, "num_train_epochs=3, data_seed=seed"),
        ("settings(epochs, seed))", "settings(epochs, seed), logging_steps=3)"),
        ("TrainingArguments(**", "SFTConfig(**"),
        ('["wandb"]', '"all"'),
    ],
)
def test_names_that_a_trainer_may_show_otherwise(old: str, new: str) -> None:
    assert old in SCRIPT
    outcome = migrated(SCRIPT.replace(old, new))
    assert isinstance(outcome, Refused), outcome
    assert "which names a Trainer shows what dict() holds" in outcome.reasons[0].message


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (NAMED, "num_train_epochs=3"),
        (NAMED, "seed=seed"),
        (NAMED, "num_train_epochs=count()"),
    ],
)
def test_names_that_are_the_parameters_own(old: str, new: str) -> None:
    assert old in SCRIPT
    assert isinstance(migrated(SCRIPT.replace(old, new)), Rewritten)


def test_a_dict_that_no_class_gets() -> None:
    handed = "arguments = TrainingArguments(**settings(epochs, seed))"
    outcome = migrated(SCRIPT.replace(handed, "arguments = made(settings(epochs, seed))"))
    assert not isinstance(outcome, Refused), outcome
