"""The whole answer about one script: its job, its problems, and what was expected."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from jobready.jobs.expectations import unmet
from jobready.jobs.gather import Lookup, Question
from jobready.jobs.git import NoRepository, Repository
from jobready.jobs.model import LoggedCode, NoJob, Prediction, Surroundings
from jobready.jobs.predict import predict
from jobready.jobs.problem import Problem
from jobready.jobs.problems import Found, problems_of
from jobready.jobs.recording import path_root, remote_name, script_path
from jobready.jobs.requirements import read_requirements
from jobready.jobs.settings import SourceSettings
from jobready.project.config import Config
from jobready.project.expected import ExpectedJob

# Where one of these is the reason, there is nothing to answer about.
NO_ANSWER = frozenset(("no-repository", "outside"))


@dataclass(frozen=True)
class Answer:
    """What is known of the job of one script.

    ``expected`` is what the project expects of it, if anything, and ``unmet`` what of that
    it doesn't meet; ``failure`` says why nothing can be told, where that is so.
    """

    prediction: Prediction
    problems: tuple[Problem, ...] = ()
    expected: ExpectedJob | None = None
    unmet: tuple[Problem, ...] = ()
    failure: str | None = None

    @property
    def is_good(self) -> bool:
        """Whether there is the job that is expected; unasked, any will do."""
        wanted = self.expected is None or self.expected.source != "none"
        return not self.unmet and (self.prediction.job is not None or not wanted)


def answer(
    question: Question,
    source: SourceSettings,
    code: tuple[LoggedCode, ...],
    lookup: Lookup,
    config: Config,
    opaque: tuple[tuple[str, int], ...] = (),
) -> Answer:
    """Look up what decides, predict, and look for what is wrong.

    ``opaque`` says what of the script's settings can't be told from its source, with lines.
    """
    around = lookup.surroundings(question, source, code)
    prediction = predict(around)
    expected = expectation(question, config)
    missed = unmet(expected, prediction) if expected is not None else ()
    outcome = prediction.outcome
    if isinstance(outcome, NoJob) and outcome.code in NO_ANSWER:
        if expected is None or expected.source != "none":
            said = outcome.reason + _elsewhere(question, lookup)
            return Answer(prediction, expected=expected, failure=said)
    found = _found(around, prediction, lookup)
    problems = problems_of(around, prediction, found)
    problems += tuple(Problem("settings-unknown", *each) for each in opaque)
    return Answer(prediction, problems, expected, missed)


def _elsewhere(question: Question, lookup: Lookup) -> str:
    """The hint that a script's own folder is in a repository, where that is so."""
    if question.path is None:
        return ""
    own = lookup.repository((question.cwd / question.path).parent)
    if not isinstance(own, Repository):
        return ""
    return f"; the script is in that of {own.root}: ask there, and start it there"


def expectation(question: Question, config: Config) -> ExpectedJob | None:
    """What the project expects of a script, if anything."""
    if question.path is None:
        return None
    script = (question.cwd / question.path).resolve()
    for each in config.jobs:
        if (config.root / each.script).resolve() == script:
            return each
    return None


def _found(around: Surroundings, prediction: Prediction, lookup: Lookup) -> Found:
    """What stands beside a job of a repository or of logged code."""
    job = prediction.job
    if job is None or job.source == "image":
        return Found()
    root = Path(path_root(around)) if job.source == "repo" else Path(around.program.cwd)
    requirements = read_requirements(root)
    repository = around.recorded_repository
    path = script_path(around)
    if job.source != "repo" or isinstance(repository, NoRepository):
        return Found(requirements=requirements)
    state = lookup.state(repository, remote_name(around), path)
    return Found(state, requirements)
