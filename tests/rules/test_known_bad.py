"""Scripts that no good job can be made of, each found by the rule it is named after.

They were written down before the rules, after what users reported and what was measured
of wandb.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from jobready.lint.run import Files, check_files
from jobready.lint.selection import Selection
from jobready.project.config import Config
from jobready.project.discover import discover
from jobready.rules import all_rules

EVERY = sorted((Path(__file__).parent / "known_bad").iterdir())


def test_there_are_thirty_of_them() -> None:
    assert len(EVERY) >= 30


@pytest.mark.parametrize("example", EVERY, ids=lambda path: path.stem)
def test_a_bad_script_is_found(tmp_path: Path, example: Path) -> None:
    (tmp_path / ".git").mkdir()
    if example.is_dir():
        shutil.copytree(example, tmp_path, dirs_exist_ok=True)
    else:
        shutil.copy(example, tmp_path / "train.py")
    config = Config(root=tmp_path)
    there = discover([tmp_path], config)
    rules = tuple(r for r in all_rules() if r.default and not r.uses_git)
    verdicts = check_files(
        Files(there.names, frozenset(), there.others),
        config,
        cached=False,
        selection=Selection(rules, tmp_path),
    )
    codes = {finding.code for v in verdicts for finding in v.findings}
    assert example.stem[:5].upper() in codes
