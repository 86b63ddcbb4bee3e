"""What jobready predicts is what the installed SDK makes: the SDK is the judge.

Each case is a real run against the loopback backend. ``-m jobs_sdk`` has the rarer ones
too, and older SDKs, each in an environment of its own; ``--all-cases`` tries every case
with each of those.
"""

from __future__ import annotations

import platform
import sys
from collections.abc import Sequence
from importlib.metadata import version as installed
from pathlib import Path

import pytest

from jobready.jobs.model import Interpreter
from jobready.jobs.versions import parse_version
from tests.jobs.case import Case, build, template
from tests.jobs.cases import CASES, OFTEN, SELDOM, TELLING
from tests.jobs.predicting import difference, predicted
from tests.jobs.sdk import LOST, capture, environment_of, python_with

# The first that made jobs of runs, and one of each way in which they were made since.
FEW = ("images", "paths")  # the topics of the ordinary suite
OLDER = ["0.13.8", "0.16.6", "0.18.7", "0.22.3"]


def differences(
    cases: Sequence[Case],
    base: Path,
    version: str,
    python: str = sys.executable,
    processes: int = 1,
) -> list[str]:
    """Run the cases with a Python's wandb, and say what is not as it was predicted."""
    number = parse_version(version)
    assert number is not None
    base = base.resolve()
    repository = template(base / "template")
    home = base / "home"
    home.mkdir()
    started = [build(case, i, base, repository) for i, case in enumerate(cases)]
    captured = capture(started, home, python, processes)
    lost = [s for s in started if captured[s.case].error in LOST]
    if lost:  # an old SDK's service that a busy machine was too slow for
        captured |= capture(lost, home, python, 2)
    interpreter = Interpreter(
        platform.python_version(), platform.python_implementation(), Path(python).name
    )
    found = []
    for case, each in zip(cases, started, strict=True):
        prediction = predicted(
            each, case.text, number, interpreter, environment_of(home, each.env)
        )
        differs = difference(prediction, captured[case.name])
        if differs:
            found.append(f"{version}, {case.name}: {differs}")
    return found


@pytest.mark.parametrize(
    "topic",
    [pytest.param(t, marks=() if t in FEW else pytest.mark.jobs_sdk) for t in OFTEN],
)
def test_predicted_is_captured(topic: str, tmp_path: Path) -> None:
    assert differences(OFTEN[topic], tmp_path, installed("wandb")) == []


@pytest.mark.jobs_sdk
@pytest.mark.parametrize("topic", SELDOM)
def test_predicted_is_captured_in_the_other_cases(topic: str, tmp_path: Path) -> None:
    assert differences(SELDOM[topic], tmp_path, installed("wandb")) == []


@pytest.fixture(params=OLDER)
def older(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[str, str]:
    """An older wandb in an environment of its own: the version, and its Python."""
    version: str = request.param
    if sys.version_info >= (3, 12):
        pytest.skip(f"wandb {version} knows no Python as new as this one")
    return version, python_with(version, tmp_path / "venv")


@pytest.mark.jobs_sdk
def test_predicted_is_captured_by_older_sdks(
    older: tuple[str, str], tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    version, python = older
    every = request.config.getoption("--all-cases", False)
    cases = [case for case in CASES if every or case.name in TELLING]
    assert len(cases) >= len(TELLING)  # each of the names is one of a case
    # Each run of the oldest waits for seconds, which costs nobody anything.
    assert differences(cases, tmp_path, version, python, processes=8) == []
