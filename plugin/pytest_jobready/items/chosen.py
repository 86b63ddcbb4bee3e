"""Which scripts a run of pytest is about, and what the project says of each."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from jobready.outcome import Failed
from jobready.project.config import Config, load_config
from jobready.project.expected import ExpectedJob


@dataclass(frozen=True)
class Chosen:
    """The settings of the project, and the scripts as absolute paths."""

    settings: Config
    scripts: tuple[Path, ...]

    def job_of(self, script: Path) -> ExpectedJob:
        """What the project says of one script."""
        for each in self.settings.jobs:
            if (self.settings.root / each.script).resolve() == script:
                return each
        return ExpectedJob(script.name)

    def is_rehearsed(self, script: Path, asked: bool) -> bool:
        """Whether a script is rehearsed; a script's own setting has the last word."""
        own = self.job_of(script).rehearsal.rehearse
        return (asked or self.settings.rehearse) if own is None else own


def chosen_scripts(config: pytest.Config) -> Chosen:
    """The scripts that the command line names, else those of the project.

    Raises pytest.UsageError where there is none, or the settings are wrong.
    """
    settings = load_config(config.rootpath)
    if isinstance(settings, Failed):
        said = "\n".join(reason.message for reason in settings.reasons)
        raise pytest.UsageError(f"jobready: {said}")
    named = config.getoption("jobready_scripts")
    if named:
        return Chosen(settings, tuple(_named(config, text) for text in named))
    if not settings.scripts:
        raise pytest.UsageError(
            "jobready: no scripts: name them in [tool.jobready], as in"
            ' scripts = ["train.py"], or with --jobready-script'
        )
    found: set[Path] = set()
    for pattern in settings.scripts:
        matched = [p.resolve() for p in settings.root.glob(pattern) if p.is_file()]
        if not matched:
            raise pytest.UsageError(
                f"jobready: no file matches {pattern!r} of [tool.jobready] scripts"
            )
        found.update(matched)
    _reject_strangers(settings)
    return Chosen(settings, tuple(sorted(found)))


def _named(config: pytest.Config, text: str) -> Path:
    path = (config.invocation_params.dir / text).resolve()
    if not path.is_file():
        raise pytest.UsageError(f"jobready: --jobready-script: there is no file {text}")
    return path


def _reject_strangers(settings: Config) -> None:
    """A table for a script that isn't there is most likely a typo."""
    for job in settings.jobs:
        if not (settings.root / job.script).is_file():
            raise pytest.UsageError(
                f'jobready: {settings.path}: jobs."{job.script}": there is no such file'
            )
