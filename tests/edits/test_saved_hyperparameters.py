"""What modules of Lightning save, which their run shows by the names of parameters."""

from __future__ import annotations

import pytest

from jobready.outcome import Rewritten
from tests.edits.tools import migrated

SCRIPT = """\
import argparse

import pytorch_lightning as pl
from pytorch_lightning.loggers import WandbLogger


class Net(pl.LightningModule):
    def __init__(self, lr, width=8, *, name="net"):
        super().__init__()
        {}


parser = argparse.ArgumentParser()
parser.add_argument("--lr", type=float, default=0.1)
parser.add_argument("--width", type=int, default=8)
args = parser.parse_args()
net = {}
pl.Trainer(logger=WandbLogger(project="own")).fit(net)
"""
SAVES = "self.save_hyperparameters()"


def notes_of(saves: str, made: str) -> list[str]:
    """The notes on what the run may show otherwise."""
    outcome = migrated(SCRIPT.format(saves, made))
    assert isinstance(outcome, Rewritten), outcome
    return [r.message for r in outcome.reasons if "may show" in r.message]


@pytest.mark.parametrize(
    ("saves", "made", "names"),
    [
        (SAVES, "Net(args.lr * 2, args.width)", "another value as lr"),
        (SAVES, "Net(args.lr)", "another value as width"),
        (SAVES, "Net(lr=0.1, width=args.lr)", "other values as lr and width"),
        ("self.save_hyperparameters('lr')", "Net(lr=1, width=1)", "another value as lr"),
        ("self.save_hyperparameters(ignore=['lr'])", "Net(1)", "another value as width"),
    ],
)
def test_a_module_saves_something_else_by_a_name(saves: str, made: str, names: str) -> None:
    assert notes_of(saves, made) == [f"note: the run may show {names}"]


@pytest.mark.parametrize(
    ("saves", "made"),
    [
        (SAVES, "Net(args.lr, args.width)"),
        (SAVES, "Net(width=args.width, lr=args.lr, name='other')"),
        (SAVES, "Net(**vars(args))"),
        (SAVES, "Other(args.lr * 2)"),
        ("self.lr = lr", "Net(args.lr * 2, 7)"),
        ("self.save_hyperparameters(logger=False)", "Net(args.lr * 2, 7)"),
        ("self.save_hyperparameters(ignore='width')", "Net(args.lr, 7)"),
        ("self.save_hyperparameters(vars(lr))", "Net(args, 7)"),
    ],
)
def test_what_it_saves_is_the_parameter_or_nothing(saves: str, made: str) -> None:
    assert notes_of(saves, made) == []
