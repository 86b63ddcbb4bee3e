"""What decides about a job, and what becomes of it: frozen values."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from jobready.jobs.git import NoRepository, Repository
from jobready.jobs.program import Program
from jobready.jobs.settings import Settings, Unknown
from jobready.jobs.versions import Version

Source = Literal["repo", "artifact", "image"]


@dataclass(frozen=True)
class LoggedCode:
    """One ``run.log_code(…)`` of a script.

    ``name`` is None where the call gives none. ``root`` is the folder that it logs, None
    where it logs none. ``include`` and ``exclude`` are the source of the functions that
    choose the files. ``found`` says whether any file is logged, as far as is known.
    ``line`` is None where a setting has the SDK call it.
    """

    name: str | Unknown | None
    root: str | Unknown | None
    line: int | None
    include: str | None = None
    exclude: str | None = None
    guarded: bool = False
    found: bool = True


@dataclass(frozen=True)
class Interpreter:
    """The Python that runs the script; ``version`` like ``3.11.7``."""

    version: str
    implementation: str = "CPython"
    executable: str = "python"


@dataclass(frozen=True)
class Surroundings:
    """All that decides about the job of one script.

    ``repository`` is the one of the folder where it is started, which the path of the
    script is relative to; ``recorded_repository`` is the one that is recorded, another
    one only where the settings name it.
    """

    version: Version
    program: Program
    interpreter: Interpreter
    settings: Settings
    repository: Repository | NoRepository
    recorded_repository: Repository | NoRepository
    code: tuple[LoggedCode, ...] = ()


@dataclass(frozen=True)
class Job:
    """A job as the SDK would make it.

    ``name`` is exact, and may hold what the SDK leaves of a credential, so people see
    ``shown``; it is None where it can't be known, and ``shown`` then says as much of it as
    is. ``how`` says how the name came about.
    """

    source: Source
    name: str | None = field(repr=False)
    shown: str
    aliases: tuple[str, ...]
    entrypoint: tuple[str, ...]
    how: str


@dataclass(frozen=True)
class NoJob:
    """The run makes no job; ``code`` names the cause, ``reason`` says it.

    ``source`` is the source that was chosen, where one was.
    """

    code: str
    reason: str
    source: Source | None = None


@dataclass(frozen=True)
class Prediction:
    """What a script becomes.

    ``outcome`` is the job of a run that makes jobs. ``created`` says whether a run does:
    since wandb 0.19 none does unless told to; ``switch`` is what told it, if anything did.
    """

    outcome: Job | NoJob
    created: bool
    switch: str | None = None

    @property
    def job(self) -> Job | None:
        """The job, None where there is none."""
        return self.outcome if isinstance(self.outcome, Job) else None
