"""JR501: the job's name loses its middle."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.rules.tools import ON, found_beside, found_in_project, repository

TEXT = f"import wandb\n\nrun = wandb.init(project='p', {ON})\n"
DEEP = "/".join(["experiments-of-the-spring"] * 4) + "/train.py"


def test_a_deep_folder(tmp_path: Path) -> None:
    repository(tmp_path)
    ((line, message),) = found_beside("JR501", TEXT, tmp_path, DEEP)
    assert line == 3
    assert message == (
        "the job's name is cut to 128 characters,"
        " job-https___github.c..-the-spring_train.py"
    )


def test_the_fix_names_it_after_the_path(tmp_path: Path) -> None:
    repository(tmp_path)
    ((_, finding),) = found_in_project("JR501", {DEEP: TEXT}, tmp_path)
    assert finding.fix is not None
    assert finding.fix.safety == "unsafe"
    assert f"job-{DEEP.replace('/', '_')}" in finding.fix.sentence


def test_a_path_that_is_too_long_itself_gives_no_name(tmp_path: Path) -> None:
    repository(tmp_path)
    ((_, finding),) = found_in_project("JR501", {f"{DEEP[:-8]}{DEEP}": TEXT}, tmp_path)
    assert finding.no_fix == "set job_name, or log the code under a name="


@pytest.mark.parametrize(
    "text",
    [
        TEXT.replace("=False", "=False, job_name='trainer'"),
        TEXT.replace(f", {ON}", ""),
        TEXT.replace("=False", "=False, job_source='artifact'")
        + "run.log_code(name='trainer')\n",
    ],
    ids=["named", "no-job", "code"],
)
def test_a_name_of_its_own(tmp_path: Path, text: str) -> None:
    repository(tmp_path)
    assert found_beside("JR501", text, tmp_path, DEEP) == []


def test_a_name_that_is_just_short_enough(tmp_path: Path) -> None:
    repository(tmp_path)
    name = "x" * (128 - len("job-https___github.com_acme_repo.git_.py"))
    assert found_beside("JR501", TEXT, tmp_path, f"{name}.py") == []
    assert len(found_beside("JR501", TEXT, tmp_path, f"{name}x.py")) == 1
