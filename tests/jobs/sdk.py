"""Real runs of the real SDK against the loopback backend: what job does it make?"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import venv
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pytest_jobready.backend import Backend, Job

DRIVER = Path(__file__).with_name("driver.py")
# Errors of an SDK whose service a busy machine was too slow for.
LOST = ("ManagerConnectionRefusedError", "ServiceStartTimeoutError", "took too long")


@dataclass(frozen=True)
class Started:
    """A script as it is started: in a folder, as a file or as a module."""

    case: str
    cwd: Path
    path: Path | None = None
    module: str | None = None
    env: Mapping[str, str | None] = field(default_factory=dict)


@dataclass(frozen=True)
class Captured:
    """What came of it: the job, if there is one, and the error that ended the script."""

    job: Job | None = field(repr=False)
    error: str | None

    @property
    def outcome(self) -> dict[str, Any]:
        """The job as plain values, for comparison; empty where there is none."""
        if self.job is None:
            return {}
        return {
            "name": self.job.name,
            "aliases": list(self.job.aliases),
            "source": self.job.source_type,
            "entrypoint": list(self.job.entrypoint),
        }


def python_with(version: str, folder: Path) -> str:
    """The Python of a new environment at ``folder``, with an older wandb in it."""
    venv.create(folder, with_pip=True)
    python = str(folder / "bin" / "python")
    # What they were made for: newer ones of these have dropped what they import.
    wanted = [f"wandb=={version}", "setuptools<70", "numpy<2"]
    subprocess.run([python, "-m", "pip", "install", "--quiet", *wanted], check=True)
    return python


def environment_of(home: Path, own: Mapping[str, str | None]) -> dict[str, str]:
    """The environment of a run, but for the backend; what is None in ``own`` isn't set."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("WANDB", "GIT_", "PYTHON", "XDG_"))
    }
    given: dict[str, str | None] = {
        **kept,
        "HOME": str(home),
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_CONFIG_GLOBAL": str(home / ".gitconfig"),
        "PYTHONDONTWRITEBYTECODE": "1",
        "WANDB_CONFIG_DIR": str(home / "config"),
        "WANDB_CONSOLE": "off",
        "WANDB_DISABLE_JOB_CREATION": "false",
        "WANDB_SILENT": "true",
        "WANDB__DISABLE_STATS": "true",
        **own,
    }
    return {name: value for name, value in given.items() if value is not None}


def reaching(backend: Backend) -> dict[str, str]:
    """The variables with which a run reaches the backend, and nothing else."""
    return {
        "WANDB_API_KEY": "0" * 40,
        "WANDB_BASE_URL": backend.url,
        "WANDB_ERROR_REPORTING": "false",
    }


def capture(
    started: Sequence[Started],
    home: Path,
    python: str = sys.executable,
    processes: int = 2,
    seconds: float = 900,
) -> dict[str, Captured]:
    """Run all of them with one Python's wandb, several one after the other in a process.

    Each logs to an entity of its own, by which its job is known.
    """
    entities = {s.case: f"case-{number}" for number, s in enumerate(started)}
    with Backend() as backend, ThreadPoolExecutor(processes) as pool:

        def drive(share: Sequence[Started]) -> dict[str, str | None]:
            lines = [
                json.dumps(
                    {
                        "case": s.case,
                        "cwd": str(s.cwd),
                        "path": str(s.path or ""),
                        "module": s.module,
                        "path_entry": str(s.cwd if s.path is None else s.path.parent),
                        "env": {
                            **environment_of(home, s.env),
                            **reaching(backend),
                            "WANDB_ENTITY": entities[s.case],
                        },
                    }
                )
                for s in share
            ]
            return _drive(lines, environment_of(home, {}), python, seconds)

        shares = [list(started[i::processes]) for i in range(processes)]
        errors = {case: e for found in pool.map(drive, shares) for case, e in found.items()}
    jobs = {job.entity: job for job in backend.jobs}
    return {
        case: Captured(jobs.get(entity), errors[case]) for case, entity in entities.items()
    }


def _drive(
    lines: list[str], env: Mapping[str, str], python: str, seconds: float
) -> dict[str, str | None]:
    ran = subprocess.run(
        [python, str(DRIVER)],
        input="\n".join(lines),
        env=env,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        timeout=seconds,
        check=True,
    )
    # What the scripts print may stand before.
    found = [
        line[line.index('{"case"') :]
        for line in ran.stdout.splitlines()
        if '{"case"' in line
    ]
    return {each["case"]: each["error"] for each in map(json.loads, found)}
