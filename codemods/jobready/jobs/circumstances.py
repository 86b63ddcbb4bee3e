"""What surrounds the scripts of one run of jobready, and decides about their jobs.

A script is taken as started in the folder of the project's settings, or at the top of its
repository: so that its job is the same wherever jobready is called.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from jobready.jobs.settings_files import settings_files
from jobready.jobs.versions import NEWEST, OFF_BY_DEFAULT, Version, parse_version
from jobready.outcome import Failed
from jobready.project.config import Config
from jobready.project.environment import Environment
from jobready.project.files import read_bytes
from jobready.project.upwards import exists, folder_of, folders_of_repository

if TYPE_CHECKING:
    from jobready.jobs.gather import Lookup
    from jobready.jobs.git import NoRepository, Repository
    from jobready.jobs.requirements import Requirements

# In the source of a script, and in a settings file, as a setting or as a variable.
ENABLES = (b"isable_job_creation", b"DISABLE_JOB_CREATION")


class Circumstances:
    """Looks up each thing once, when it is first asked for; to be kept for one run only.

    A run of jobready that meets no script whose run may make a job never calls git.
    """

    def __init__(self, environ: Mapping[str, str] | None = None) -> None:
        self.environ = os.environ if environ is None else environ
        self._starts: dict[tuple[Path, Path], Path] = {}
        self._settings: dict[Path, bytes] = {}
        self._digests: dict[Path, str] = {}
        self._requirements: dict[Path, Requirements | None] = {}
        self._without: set[Path] = set()
        self._enabled = "WANDB_DISABLE_JOB_CREATION" in self.environ

    @cached_property
    def lookup(self) -> Lookup:
        """What is asked of git, each folder once."""
        from jobready.jobs.gather import Lookup

        return Lookup()

    def repository(self, start: Path) -> Repository | NoRepository:
        """The repository of a folder that a script is started in."""
        from jobready.jobs.git import NoRepository

        if start in self._without:  # which needs no git to tell
            self.lookup.know(start, NoRepository("the script is in no git repository"))
        return self.lookup.repository(start)

    def start(self, path: Path, config: Config | None) -> Path:
        """The folder that a script is started in."""
        folder = folder_of(path.parent)
        root = folder if config is None else config.root
        if (folder, root) not in self._starts:
            self._starts[folder, root] = self._start(folder, root, config)
        return self._starts[folder, root]

    def _start(self, folder: Path, root: Path, config: Config | None) -> Path:
        top = folders_of_repository(folder)[-1]
        in_repository = exists(top / ".git")
        below = folder.is_relative_to(root)
        configured = config is not None and config.path is not None
        if below and (not in_repository or (configured and root.is_relative_to(top))):
            start = root
        else:
            start = top if in_repository else folder
        if not in_repository:
            self._without.add(start)
        return start

    def requirements(self, path: Path, config: Config | None) -> Requirements | None:
        """What an agent would install for a script; None where a Dockerfile.wandb says."""
        folder = folder_of(path.parent)
        root = folders_of_repository(folder)[-1]
        if not exists(root / ".git"):
            inside = config is not None and folder.is_relative_to(config.root)
            root = config.root if config is not None and inside else folder
        if root not in self._requirements:
            from jobready.jobs.requirements import read_requirements

            own = exists(root / "Dockerfile.wandb")
            self._requirements[root] = None if own else read_requirements(root)
        return self._requirements[root]

    def may_make_job(self, data: bytes, environment: Environment) -> bool:
        """Whether a run of the script may make a job, or the project expects one."""
        if self._enabled or are_made(data, environment):
            return True
        if environment.path is None:
            return False
        settings = self._settings_of(self.start(environment.path, environment.config))
        return any(word in settings for word in ENABLES)

    def digest(self, environment: Environment) -> str:
        """What tells these surroundings from others: a digest, which holds no secret."""
        if environment.path is None:
            return ""
        start = self.start(environment.path, environment.config)
        if start not in self._digests:
            self._digests[start] = self._digest(start)
        return self._digests[start]

    def _digest(self, start: Path) -> str:
        from hashlib import blake2b  # 3 ms, for those who keep what they know

        from jobready.jobs.git import Repository

        found = self.repository(start)
        git: object = found
        if isinstance(found, Repository):
            git = (found.root, found.commit is None, sorted(found.remotes.items()))
        variables = sorted(
            (name, value)
            for name, value in self.environ.items()
            if name.startswith("WANDB_") and name != "WANDB_API_KEY"
        )
        stated = repr((str(start), git, variables)).encode("utf-8", "surrogatepass")
        return blake2b(stated + self._settings_of(start), digest_size=16).hexdigest()

    def _settings_of(self, start: Path) -> bytes:
        """What stands in W&B's settings files for runs that are started in a folder."""
        if start not in self._settings:
            found = [read_bytes(p) for p in settings_files(start, self.environ)]
            parts = [b"" if isinstance(data, Failed) else data for data in found]
            self._settings[start] = b"\0".join(parts)
        return self._settings[start]


def surroundings(
    data: bytes, environment: Environment, circumstances: Circumstances
) -> str:
    """What surrounds a script, in short: for rules that depend on it at any rate."""
    return circumstances.digest(environment)


def may_make_job(
    data: bytes, environment: Environment, circumstances: Circumstances
) -> str | None:
    """The same where a run may make a job; for rules that say something of that."""
    if not circumstances.may_make_job(data, environment):
        return None
    return circumstances.digest(environment)


def are_made(data: bytes, environment: Environment) -> bool:
    """Whether source or settings say that runs make jobs, or that one is expected.

    Since wandb 0.19 that takes a setting, of which there is no trace in most projects.
    """
    config = environment.config
    return (
        version_of(environment) < OFF_BY_DEFAULT
        or (config is not None and any(job.source != "none" for job in config.jobs))
        or any(word in data for word in ENABLES)
    )


def version_of(environment: Environment) -> Version:
    """The wandb that a project has, as numbers."""
    stated = environment.wandb_version
    return (parse_version(stated) if stated else None) or NEWEST
