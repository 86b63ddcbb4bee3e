"""What a project expects of a script's job, against what it becomes."""

from __future__ import annotations

import pytest

from jobready.jobs.expectations import meets, unmet
from jobready.jobs.model import Job, NoJob, Prediction
from jobready.project.expected import ExpectedJob

NAME = "job-https___github.com_acme_repo.git_train.py"
JOB = Prediction(Job("repo", NAME, NAME, ("latest",), ("python", "train.py"), ""), True)
NONE = Prediction(NoJob("no-remote", "there is no remote"), True)


def said(expected: ExpectedJob, prediction: Prediction) -> list[str]:
    return [problem.message for problem in unmet(expected, prediction)]


@pytest.mark.parametrize(
    "expected",
    [
        ExpectedJob("train.py"),
        ExpectedJob("train.py", "repo"),
        ExpectedJob("train.py", "repo", NAME),
        ExpectedJob("train.py", None, "job-*_train.py"),
        ExpectedJob("train.py", None, "job-https___github.com_acme_repo.gi?_train.py"),
    ],
)
def test_an_expectation_that_is_met(expected: ExpectedJob) -> None:
    assert said(expected, JOB) == []


@pytest.mark.parametrize(
    ("expected", "message"),
    [
        (ExpectedJob("t", "image"), "the job's source is repo, not image"),
        (ExpectedJob("t", "none"), "the job's source is repo, not none"),
        (ExpectedJob("t", None, "other"), f"the job is called {NAME}, not other"),
    ],
)
def test_an_expectation_that_is_not_met(expected: ExpectedJob, message: str) -> None:
    assert said(expected, JOB) == [message]


def test_no_job_where_one_is_expected_says_why() -> None:
    expected = ExpectedJob("train.py", "repo", NAME)
    assert said(expected, NONE) == [
        "the job's source is none, not repo: there is no remote"
    ]
    (message,) = said(ExpectedJob("train.py", None, "x"), NONE)
    assert message == "there is no job to be called x"


def test_no_job_where_none_is_expected() -> None:
    assert said(ExpectedJob("train.py", "none"), NONE) == []


def test_a_name_that_can_not_be_told() -> None:
    unknown = Prediction(Job("artifact", None, "job-a-??????", (), (), ""), True)
    (message,) = said(ExpectedJob("train.py", None, "job-a"), unknown)
    assert (
        message == "the job's name can't be told: it should be job-a, and is job-a-??????"
    )


def test_a_credential_is_not_shown() -> None:
    secret = Prediction(Job("repo", "job-hunter2_x", "job-***_x", (), (), ""), True)
    (message,) = said(ExpectedJob("train.py", None, "other"), secret)
    assert "hunter2" not in message


@pytest.mark.parametrize(
    ("pattern", "name", "yes"),
    [
        ("job-a", "job-a", True),
        ("job-a", "job-A", False),
        ("job-*", "job-", True),
        ("*", "", True),
        ("job-?", "job-ab", False),
        ("job-[ab]", "job-a", False),
        ("job.a", "job-a", False),
    ],
)
def test_patterns(pattern: str, name: str, yes: bool) -> None:
    assert meets(pattern, name) == yes
