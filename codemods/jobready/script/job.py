"""The job that a script becomes, as it is known from its source and its surroundings."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from pathlib import Path

from jobready.jobs.answer import expectation
from jobready.jobs.circumstances import Circumstances, version_of
from jobready.jobs.gather import Question
from jobready.jobs.git import State
from jobready.jobs.model import Job, NoJob, Prediction, Surroundings
from jobready.jobs.predict import predict
from jobready.jobs.recording import remote_name, script_path
from jobready.project.environment import Environment
from jobready.project.expected import ExpectedJob
from jobready.script.model import Script
from jobready.script.starts.captures import read_captures


@dataclass(frozen=True)
class ScriptJob:
    """The job of a run that is started in the folder ``start``, and what decides about it.

    ``expected`` is what the project expects of it, if anything.
    """

    around: Surroundings
    prediction: Prediction
    start: Path
    expected: ExpectedJob | None
    circumstances: Circumstances

    @property
    def is_wanted(self) -> bool:
        """Whether a run makes it, or the project expects it."""
        expected = self.expected is not None and self.expected.source != "none"
        return self.prediction.created or expected

    @property
    def job(self) -> Job | None:
        """The job; None where there is none."""
        return self.prediction.job

    @property
    def digest(self) -> str | None:
        """What tells the job's name from others, and holds nothing of it."""
        from hashlib import blake2b

        name = self.job.name if self.job is not None else None
        if name is None:
            return None
        return blake2b(name.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()

    @property
    def missing(self) -> NoJob | None:
        """Why there is none; None where there is a job."""
        outcome = self.prediction.outcome
        return outcome if isinstance(outcome, NoJob) else None

    def state(self) -> State | None:
        """What of the checkout the job would not have; None for jobs of other sources."""
        from jobready.jobs.git import Repository

        repository = self.around.recorded_repository
        if self.job is None or self.job.source != "repo":
            return None
        if not isinstance(repository, Repository):
            return None
        lookup, path = self.circumstances.lookup, script_path(self.around)
        return lookup.state(repository, remote_name(self.around), path)


def job_of(
    script: Script, environment: Environment, circumstances: Circumstances
) -> ScriptJob | None:
    """The job of a script; None for text that is in no file."""
    if environment.path is None:
        return None
    config = environment.config
    start = circumstances.start(environment.path, config)
    captures = read_captures(script)
    question = Question(
        cwd=start,
        path=environment.path.absolute(),
        environ=circumstances.environ,
        version=version_of(environment),
    )
    circumstances.repository(start)
    around = circumstances.lookup.surroundings(question, captures.settings, captures.code)
    expected = None if config is None else expectation(question, config)
    return ScriptJob(around, predict(around), start, expected, circumstances)


def is_started(script: Script) -> bool:
    """Whether the file is a program, and not a module whose functions start runs.

    It asks whether it is the main program, or starts its run when it is loaded.
    """
    syntax = script.syntax
    if "__main__" in syntax.text:
        return True
    places = [init.place for init in script.inits]
    places += [tracker.place for tracker in script.trackers]
    return any(
        syntax.scope(node) is syntax.module
        for node in syntax.of(ast.Call)
        if syntax.place(node) in places
    )
