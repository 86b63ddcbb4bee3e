"""Looking up what decides about a script's job, for the pure functions to decide."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from itertools import chain
from pathlib import Path

from jobready.jobs.code_problems import is_left_out
from jobready.jobs.files import files_below
from jobready.jobs.git import (
    NoRepository,
    Repository,
    State,
    is_committed,
    read_repository,
    read_state,
)
from jobready.jobs.model import Interpreter, LoggedCode, Surroundings
from jobready.jobs.program import Program
from jobready.jobs.settings import (
    Given,
    Settings,
    SettingsFile,
    SourceSettings,
    Unknown,
    merge,
)
from jobready.jobs.settings_files import settings_files
from jobready.jobs.versions import FILES_MAY_BE_WRONG, GIT_OF_RUNS, NEWEST, Version
from jobready.project.upwards import exists


@dataclass(frozen=True)
class Question:
    """What is asked about: how a script is started, and what of it is only supposed.

    ``path`` is the script, relative to ``cwd`` or absolute; ``module`` is given where it is
    started as ``python -m``. The other values win over what is found.
    """

    cwd: Path
    path: Path | None = None
    module: str | None = None
    environ: Mapping[str, str] = field(default_factory=dict, repr=False)
    version: Version = NEWEST
    source: str | None = None
    project: str | None = None
    image: str | None = None
    interpreter: Interpreter | None = None


class Lookup:
    """Looks up surroundings; each folder's repository is asked for once."""

    def __init__(self) -> None:
        self._repositories: dict[Path, Repository | NoRepository] = {}
        self._states: dict[tuple[str, str], State] = {}

    def surroundings(
        self, question: Question, source: SourceSettings, code: tuple[LoggedCode, ...]
    ) -> Surroundings:
        """All that decides about the job; the script says ``source`` and ``code``."""
        cwd = question.cwd
        settings = _settings(question, source)
        repository = self.repository(cwd)
        program = _program(question, settings)
        if settings.on("save_code") and settings.text("code_dir") is not None:
            code = (*code, LoggedCode(None, settings.text("code_dir"), None))
        if question.source == "artifact" and not code:
            code = (LoggedCode(None, ".", None),)  # as if the script called it
        return Surroundings(
            version=question.version,
            program=program,
            interpreter=question.interpreter or this_interpreter(),
            settings=settings,
            repository=repository,
            recorded_repository=self._recorded(question, settings, repository),
            code=tuple(_looked_for(each, question) for each in code),
        )

    def repository(self, folder: Path) -> Repository | NoRepository:
        """The repository that a folder is in."""
        if folder not in self._repositories:
            self._repositories[folder] = read_repository(folder)
        return self._repositories[folder]

    def know(self, folder: Path, repository: Repository | NoRepository) -> None:
        """Take over what is known of a folder, so that git isn't asked."""
        self._repositories.setdefault(folder, repository)

    def state(self, repository: Repository, remote: str, path: str | None) -> State:
        """What of a checkout the job of the script at ``path`` would not have."""
        key = (repository.root, remote)
        if key not in self._states:
            self._states[key] = read_state(repository, remote, path)
            return self._states[key]
        committed = None if path is None else is_committed(repository, path)
        return replace(self._states[key], committed=committed)

    def _recorded(
        self, question: Question, settings: Settings, own: Repository | NoRepository
    ) -> Repository | NoRepository:
        """The repository whose remote and commit are recorded."""
        root = settings.text("git_root")
        if root is not None:
            return self.repository(question.cwd / root)
        folder = settings.text("root_dir")
        if folder is not None and question.version >= GIT_OF_RUNS:
            found = self.repository(question.cwd / folder)
            return own if isinstance(found, NoRepository) else found
        return own


def this_interpreter() -> Interpreter:
    """The Python that runs jobready, for want of knowing which one runs the script."""
    import platform

    return Interpreter(
        platform.python_version(),
        platform.python_implementation(),
        Path(sys.executable).name if sys.executable else "python",
    )


def _settings(question: Question, source: SourceSettings) -> Settings:
    settings = merge(question.version, source, question.environ, _files(question))
    for key, value, option in (
        ("job_source", question.source, "--source"),
        ("project", question.project, "--project"),
        ("docker", question.image, "--image"),
    ):
        if value is not None:
            settings = settings.with_value(key, value, option)
    return settings


def _program(question: Question, settings: Settings) -> Program:
    """What Python was started with, as the SDK sees it."""
    cwd = str(question.cwd)
    given = settings.text("program")
    if given is not None and settings.origin("program") == "WANDB_PROGRAM":
        path = given
    elif question.module is not None:
        path = f"-m {question.module}"
    else:
        # Python makes the path absolute, and leaves the dots in it.
        path = str(Path(cwd, question.path or ""))
    return Program(path, cwd, exists(Path(cwd, path)))


def _looked_for(code: LoggedCode, question: Question) -> LoggedCode:
    """The same, with whether there is any file to log."""
    if code.root is None:
        return replace(code, found=False)
    if isinstance(code.root, Unknown):
        return code
    root = question.cwd / code.root
    script = question.cwd / (question.path or "")
    # Most log the script itself, and need no look through all the folders.
    files = chain([script] if script.is_relative_to(root) else [], files_below(root))
    kept = (is_left_out(code, str(file), question.version) for file in files)
    return replace(code, found=not all(kept))


def _files(question: Question) -> tuple[SettingsFile, ...]:
    paths = settings_files(question.cwd, question.environ)
    return tuple(_file(path, question.version) for path in paths)


def _file(path: Path, version: Version) -> SettingsFile:
    """The settings of one file, or how it ends `wandb.init`."""
    if not exists(path):
        return {}
    import configparser  # for those only who have such a file

    parser = configparser.ConfigParser()
    try:
        parser.read(path, encoding="utf-8")
        items = parser.items("default") if parser.has_section("default") else []
    except configparser.InterpolationError:
        return f"a % in {path} must be written as %%"
    except (OSError, configparser.Error, UnicodeDecodeError) as error:
        if version >= FILES_MAY_BE_WRONG:
            return {}
        return f"{path} can't be read: {type(error).__name__}"
    return {key: Given(value, str(path)) for key, value in items}
