"""JR207: a key of a sweep isn't an option of its program."""

from __future__ import annotations

from pathlib import Path

import pytest

from jobready.rules.rule import files_of
from tests.rules.tools import found_in_project, rule

SCRIPT = files_of(rule("JR207").bad)["train.py"]
SWEEP = files_of(rule("JR207").bad)["sweep.yaml"]


@pytest.mark.parametrize(
    ("key", "message"),
    [
        ("batch_size", "train.py has --batch-size, and not --batch_size"),
        ("epochs", "train.py has no option --epochs"),
        ("batch-size", "the run shows batch-size beside batch_size"),
    ],
)
def test_a_key_that_does_not_fit(tmp_path: Path, key: str, message: str) -> None:
    files = {"train.py": SCRIPT, "sweep.yaml": SWEEP.replace("batch_size", key)}
    ((name, finding),) = found_in_project("JR207", files, tmp_path)
    assert (name, finding.place.line) == ("sweep.yaml", 4)
    assert finding.message.startswith(message)


@pytest.mark.parametrize(
    ("script", "sweep"),
    [
        (SCRIPT.replace("--batch-size", "--batch_size"), SWEEP),
        (SCRIPT, SWEEP.replace("batch_size", "batch")),
        (SCRIPT.replace("parse_args()", "parse_known_args()[0]"), SWEEP),
        (SCRIPT.replace("args = p", "more(parser)\nargs = p"), SWEEP),
        (SCRIPT.replace("argparse", "click"), SWEEP),
        (SCRIPT, SWEEP + "command: ['${program}', '${args_no_hyphens}']\n"),
        (SCRIPT, SWEEP.replace("train.py", "gone.py")),
    ],
    ids=["fits", "shortened", "known", "unseen", "click", "no-hyphens", "gone"],
)
def test_a_key_that_is_taken(tmp_path: Path, script: str, sweep: str) -> None:
    files = {"train.py": script, "sweep.yaml": sweep}
    assert found_in_project("JR207", files, tmp_path) == []
