"""Which state of the repository is rehearsed: the working tree, or its last commit."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from pytest_jobready.verdicts.verdict import Good
from tests.plugin.items.rehearsing import red, rehearsals
from tests.plugin.items.test_rehearsals import GOOD

pytestmark = pytest.mark.rehearsals
STALE = GOOD.replace("args = wandb.config\n", "")


def test_a_mend_that_is_not_committed_is_no_part_of_the_commit(tmp_path: Path) -> None:
    takes = rehearsals(tmp_path, STALE)
    takes.original.write_text("# mended\n" + GOOD)
    assert isinstance(takes.overridden(), Good)
    of_commit = rehearsals(tmp_path / "commit", STALE, checkout="HEAD")
    of_commit.original.write_text("# mended\n" + GOOD)
    found = red(of_commit.overridden())
    assert "train.py:9: lr is 0.1 here, and should be 0.05\n  9 | wandb.log" in found


def test_the_project_says_it_for_all_its_scripts(tmp_path: Path) -> None:
    takes = rehearsals(tmp_path, GOOD)
    takes.given = replace(takes.given, checkout="HEAD")
    takes.original.write_text(STALE)
    assert isinstance(takes.overridden(), Good)


def test_a_script_may_say_otherwise(tmp_path: Path) -> None:
    takes = rehearsals(tmp_path, STALE, checkout="working-tree")
    takes.given = replace(takes.given, checkout="HEAD")
    takes.original.write_text(GOOD)
    assert isinstance(takes.overridden(), Good)


def test_a_module_that_was_never_added_is_missed(tmp_path: Path) -> None:
    takes = rehearsals(tmp_path, "import helpers\n" + GOOD, checkout="HEAD")
    takes.original.with_name("helpers.py").write_text("")
    found = red(takes.as_it_is())
    assert "train.py:1: ModuleNotFoundError: No module named 'helpers'" in found
    assert str(takes.shared) not in found


def test_a_script_that_was_never_added_is_named(tmp_path: Path) -> None:
    takes = rehearsals(tmp_path, GOOD, checkout="HEAD")
    takes.original = takes.original.with_name("new.py")
    takes.original.write_text(GOOD)
    assert (
        red(takes.as_it_is()) == "train.py: it is not in the commit: git add, and commit it"
    )
