"""JR202: a sweep gives a switch a value."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from jobready.rules.rule import files_of
from tests.rules.tools import found_in_project, rule

SCRIPT = files_of(rule("JR202").bad)["train.py"]
SWEEP = files_of(rule("JR202").bad)["sweep.yaml"]


def test_a_boolean_of_the_sweep_is_found_in_its_file(tmp_path: Path) -> None:
    files = {"train.py": SCRIPT, "conf/sweep_small.yml": SWEEP}
    ((name, finding),) = found_in_project("JR202", files, tmp_path)
    assert name == "conf/sweep_small.yml"
    assert (finding.place.line, finding.place.column) == (4, 3)
    assert "--amp=True" in finding.message


def test_argparse_does_refuse_it(tmp_path: Path) -> None:
    script = tmp_path / "train.py"
    script.write_text(SCRIPT)
    ran = subprocess.run(
        [sys.executable, script, "--amp=True"],
        env={**os.environ, "WANDB_MODE": "disabled"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 2
    assert "ignored explicit argument 'True'" in ran.stderr


def test_a_folder_of_sweeps_is_looked_at(tmp_path: Path) -> None:
    files = {"train.py": SCRIPT, "sweeps/small.yaml": SWEEP}
    assert len(found_in_project("JR202", files, tmp_path)) == 1


@pytest.mark.parametrize(
    ("script", "sweep"),
    [
        (SCRIPT, SWEEP.replace("[true, false]", "[1, 2]")),
        (SCRIPT, SWEEP.replace("amp:", "lr:")),
        (SCRIPT, SWEEP.replace("train.py", "other.py")),
        (SCRIPT, SWEEP + "command: ['${program}', '${args_no_boolean_flags}']\n"),
        (SCRIPT.replace('action="store_true"', "type=str2bool"), SWEEP),
        (SCRIPT, "program: [\n"),
        (SCRIPT, "- program\n- parameters\n"),
        (SCRIPT, "program: train.py\nparameters: none\n"),
    ],
    ids=["numbers", "other-name", "gone", "command", "valued", "broken", "list", "text"],
)
def test_a_sweep_that_runs(tmp_path: Path, script: str, sweep: str) -> None:
    files = {"train.py": script, "sweep.yaml": sweep}
    assert found_in_project("JR202", files, tmp_path) == []
