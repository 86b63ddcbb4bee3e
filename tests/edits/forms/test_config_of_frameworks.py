"""Form config beside a framework that records values of its own in the run."""

from __future__ import annotations

import pytest

from jobready.outcome import Rewritten
from tests.edits.tools import migrated

SCRIPT = """\
import argparse

import wandb
from {0} import {1}
{2}

parser = argparse.ArgumentParser()
parser.add_argument("--lr", type=float, default=0.05)
parser.add_argument("--seed", type=int, default=1)
args = parser.parse_args()
run = wandb.init(config=args)
{3}
print(args.lr, args.seed)
"""


def outcome_of(package: str, imported: str, made: str, own: str = "") -> Rewritten:
    outcome = migrated(SCRIPT.format(package, imported, own, made))
    assert isinstance(outcome, Rewritten), outcome
    return outcome


@pytest.mark.parametrize(
    ("package", "imported", "made"),
    [
        ("transformers", "Trainer", "Trainer(model).train()"),
        ("transformers", "TrainingArguments", "TrainingArguments('out', lr=args.lr)"),
        ("trl", "SFTTrainer", "SFTTrainer(model).train()"),
        ("accelerate", "Accelerator", "Accelerator(log_with='wandb')"),
        ("pytorch_lightning.loggers", "WandbLogger", "WandbLogger(experiment=run)"),
        ("pytorch_lightning", "pl", "pl.Trainer().fit(net)"),
        ("transformers", "Trainer as Loop", "Loop(model).train()"),
        ("transformers", "Trainer", "partial(Trainer, model)().train()"),
        ("wandb.lightgbm", "wandb_callback", "fit(callbacks=[wandb_callback()])"),
    ],
)
def test_what_a_framework_records_is_no_argument(
    package: str, imported: str, made: str
) -> None:
    outcome = outcome_of(package, imported, made)
    assert outcome.forms == ("argv",)
    assert any("may write to the run's config" in r.message for r in outcome.reasons)


def test_a_class_of_the_script_that_is_made_of_a_frameworks() -> None:
    own = "\n\nclass Own(Trainer):\n    pass\n"
    outcome = outcome_of("transformers", "Trainer", "Own(model).train()", own)
    assert outcome.forms == ("argv",)


@pytest.mark.parametrize(
    ("own", "made"),
    [
        ("", "fit(net, args.lr)"),
        ("\n\nclass Trainer:\n    pass\n", "Trainer().fit(args.lr)"),
        ("\n\nclass TextTrainer(Loop):\n    pass\n", "TextTrainer().fit(args.lr)"),
        ("", "Train(args.lr)"),
        ("", "print('Trainer')"),
        ("", "run.log({'loss': 1})"),
    ],
)
def test_what_records_nothing_of_its_own(own: str, made: str) -> None:
    assert outcome_of("training_kit", "fit, net, Loop, Train", made, own).forms == (
        "config",
    )


def test_a_trainer_shows_other_values_in_a_run_that_the_script_starts() -> None:
    made = "TrainingArguments(report_to='wandb', learning_rate=args.lr, seed=args.seed + 1)"
    outcome = outcome_of("transformers", "TrainingArguments", made)
    told = [r.message for r in outcome.reasons]
    assert "note: the run may show another value as seed" in told


def test_a_trainer_may_be_handed_what_the_arguments_hold() -> None:
    own = "\n\ndef fit(**more):\n    TrainingArguments(report_to='wandb', **more)\n"
    own += "\n\ndef train(lr, seed):\n    fit(learning_rate=lr, seed=seed)\n"
    made = "train(lr=args.lr, seed=args.seed)"
    outcome = outcome_of("transformers", "TrainingArguments", made, own)
    told = [r.message for r in outcome.reasons]
    assert "note: the run shows another value as seed" not in told


def test_what_the_script_shows_otherwise_beside_a_trainer_is_sure() -> None:
    script = SCRIPT.replace("config=args", 'config={{**vars(args), "seed": 2}}')
    made = "TrainingArguments(report_to='wandb', learning_rate=args.lr)"
    outcome = migrated(script.format("transformers", "TrainingArguments", "", made))
    assert isinstance(outcome, Rewritten), outcome
    told = [r.message for r in outcome.reasons]
    assert "note: the run shows another value as seed" in told
