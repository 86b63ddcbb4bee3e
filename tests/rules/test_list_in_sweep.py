"""JR203: a sweep gives a list where its program takes several words."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from jobready.rules.rule import files_of
from tests.rules.tools import found_in_project, rule

SCRIPT = files_of(rule("JR203").bad)["train.py"]
SWEEP = files_of(rule("JR203").bad)["sweep.yaml"]


def test_a_list_of_the_sweep(tmp_path: Path) -> None:
    files = {"train.py": SCRIPT, "sweep.yaml": SWEEP}
    ((name, finding),) = found_in_project("JR203", files, tmp_path)
    assert (name, finding.place.line, finding.place.column) == ("sweep.yaml", 4, 3)
    assert "--hidden=[…]" in finding.message


def test_argparse_does_refuse_it(tmp_path: Path) -> None:
    script = tmp_path / "train.py"
    script.write_text(SCRIPT)
    ran = subprocess.run(
        [sys.executable, script, "--hidden=[64, 64]"],
        env={**os.environ, "WANDB_MODE": "disabled"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 2
    assert "invalid int value: '[64, 64]'" in ran.stderr


@pytest.mark.parametrize(
    ("script", "sweep"),
    [
        (SCRIPT, SWEEP.replace("[[64, 64], [128]]", "[64, 128]")),
        (SCRIPT, SWEEP.replace("hidden:", "lr:")),
        (SCRIPT.replace("type=int, ", "type=json.loads, "), SWEEP),
        (SCRIPT.replace('nargs="+", ', ""), SWEEP),
        (SCRIPT, SWEEP + "command: ['${program}', '${args_json_file}']\n"),
    ],
    ids=["numbers", "other-key", "own-type", "one-word", "json-file"],
)
def test_a_list_that_arrives(tmp_path: Path, script: str, sweep: str) -> None:
    files = {"train.py": script, "sweep.yaml": sweep}
    assert found_in_project("JR203", files, tmp_path) == []
