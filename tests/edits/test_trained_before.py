"""A run of the script's own that starts when a Trainer's run has trained."""

from __future__ import annotations

import pytest

from jobready.outcome import Rewritten
from tests.edits.tools import migrated

SCRIPT = """\
import argparse

import wandb
from trl import SFTConfig, SFTTrainer


def configure(out, epochs, tracked):
    kind = "wandb" if tracked else "none"
    return SFTConfig(output_dir=out, num_train_epochs=epochs, report_to=kind)


def train(model, settings):
    trainer = SFTTrainer(model=model, args=settings)
    trainer.train()


def export(project):
    run = wandb.run
    if run is None:
        run = wandb.init(project=project, job_type="export")
    run.log_artifact("adapter")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--output-dir", default="out")
    parser.add_argument("--epochs", type=int, default=1)
    parser.add_argument("--track", action="store_true")
    parser.add_argument("--export", action="store_true")
    args = parser.parse_args()
    settings = configure(args.output_dir, args.epochs, args.track)
    train(None, settings)
    if args.export:
        export("p")


if __name__ == "__main__":
    main()
"""
TRAINS = "a Trainer (SFTConfig) starts the run"
NAMED = 'names = {"num_train_epochs": "epochs"}'
OWN = 'run = wandb.init(project=project, job_type="export")'
GATED = "note: the run only starts where `args.export` holds; give it to the job"
MADE = "    trainer = SFTTrainer(model=model, args=settings)\n"
MADE_TWICE = (
    "    try:\n    " + MADE + "    except TypeError:\n        trainer = SFTTrainer(model)\n"
)
CALLED = "    train(None, settings)\n"
EXPORTED = '        export("p")\n'
ASKED = "    if args.export:\n"
PARSED = "    args = parser.parse_args()\n"


def told(old: str, new: str) -> tuple[bool, bool]:
    """Whether the run that trains counts, and whether the other one's gate is told."""
    assert old in SCRIPT
    outcome = migrated(SCRIPT.replace(old, new))
    assert isinstance(outcome, Rewritten), outcome
    said = [r.message for r in outcome.reasons]
    trains = TRAINS in said
    assert trains is (NAMED in outcome.text)
    assert trains is (OWN in outcome.text)
    return trains, GATED in said


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (CALLED, CALLED),
        (MADE + "    trainer.train()", "    SFTTrainer(model, args=settings).train()"),
        (MADE, MADE_TWICE),
        ("trainer.train()", "trainer.train(resume_from_checkpoint=None)"),
        (ASKED, "    if args.export and args.track:\n"),
    ],
)
def test_a_job_has_the_names_of_the_run_that_trains(old: str, new: str) -> None:
    assert told(old, new) == (True, False)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (CALLED + ASKED + EXPORTED, ASKED + EXPORTED + CALLED),
        (MADE + "    trainer.train()", "    model.train()\n    go(SFTTrainer(model))"),
        ("report_to=kind", 'report_to="none"'),
        (PARSED, PARSED + "    if args.track:\n        wandb.init()\n"),
        ("trainer.train()", "return trainer"),
    ],
)
def test_where_the_scripts_own_run_may_be_the_first(old: str, new: str) -> None:
    assert told(old, new) == (False, True)


def test_a_run_that_starts_while_the_trainer_trains() -> None:
    new = f"{CALLED}    export('p')\n    train(None, settings)\n"
    assert told(CALLED, new)[0] is False
