"""Frameworks whose trackers are known, where the repository itself holds them."""

from __future__ import annotations

from pathlib import Path

import pytest

from jobready.script.files.library import Library
from jobready.script.linked import read_linked
from jobready.script.model import Script

TRAIN = """\
import argparse
from {package} import Accelerator

parser = argparse.ArgumentParser()
parser.add_argument("--lr", type=float, default=0.1)
args = parser.parse_args()
accelerator = Accelerator(log_with="wandb")
accelerator.init_trackers("x", config=vars(args))
print(args.lr)
"""
OWN = """\
import argparse
import sys
import wandb

class Accelerator:
    def __init__(self, **kwargs):
        self.asked = "--lr" in sys.argv

    def init_trackers(self, name, config, **kwargs):
        wandb.init(**kwargs)
"""


def script_of(folder: Path, package: str) -> Script:
    (folder / package).mkdir()
    (folder / package / "__init__.py").write_text(OWN)
    path = folder / "train.py"
    path.write_text(TRAIN.format(package=package))
    script = read_linked(path.read_text(), path, Library())
    assert isinstance(script, Script)
    return script


@pytest.mark.parametrize("package", ["accelerate", "transformers", "trl"])
def test_a_framework_of_the_repository_is_not_read(tmp_path: Path, package: str) -> None:
    script = script_of(tmp_path, package)
    assert not script.inits
    assert not script.argv_uses


def test_a_class_of_that_name_in_another_package_is(tmp_path: Path) -> None:
    script = script_of(tmp_path, "mine")
    assert [init.place.file is not None for init in script.inits] == [True]
    assert script.argv_uses
