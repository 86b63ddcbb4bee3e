"""JR211: a sweep gives its program None."""

from __future__ import annotations

from pathlib import Path

import pytest

from jobready.rules.rule import files_of
from tests.rules.tools import found_in_project, rule

SCRIPT = files_of(rule("JR211").bad)["train.py"]
SWEEP = files_of(rule("JR211").bad)["sweep.yaml"]


@pytest.mark.parametrize("values", ["values: [1, null]", "values: [~, 2]", "value: null"])
def test_a_null_of_the_sweep(tmp_path: Path, values: str) -> None:
    sweep = SWEEP.replace("values: [1, 2, null]", values)
    files = {"train.py": SCRIPT, "sweep.yaml": sweep}
    ((name, finding),) = found_in_project("JR211", files, tmp_path)
    assert (name, finding.place.line) == ("sweep.yaml", 4)
    assert "--seed=None" in finding.message


@pytest.mark.parametrize(
    ("script", "sweep"),
    [
        (SCRIPT, SWEEP.replace("null", "3")),
        (SCRIPT, SWEEP.replace("seed:", "other:")),
        (SCRIPT.replace("type=int", "type=number_or_none"), SWEEP),
        (SCRIPT, SWEEP + "command: ['${program}', '${args_json}']\n"),
    ],
    ids=["numbers", "other-key", "own-type", "json"],
)
def test_what_arrives_as_it_is(tmp_path: Path, script: str, sweep: str) -> None:
    files = {"train.py": script, "sweep.yaml": sweep}
    assert found_in_project("JR211", files, tmp_path) == []
