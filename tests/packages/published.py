"""Packages that ship real training scripts: fetched as wheels, never built or run."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Package:
    """One release on the registry; ``python`` is the version that its wheel is for."""

    name: str
    version: str
    python: str = ""

    def __str__(self) -> str:
        return f"{self.name} {self.version}"


PACKAGES = (
    Package("accelerate", "1.15.0"),
    Package("cleanrl", "1.2.0", python="3.10"),
    Package("espnet", "202511"),
    Package("fedml", "0.9.6"),
    Package("lm_eval", "0.4.13"),
    Package("rl_zoo3", "2.9.2"),
)


def download(package: Package, folder: Path) -> Path:
    """The wheel of a package in ``folder``; fetched with pip if it isn't there yet."""
    pattern = f"{package.name}-{package.version}-*.whl"
    if not list(folder.glob(pattern)):
        command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps"]
        command += ["--only-binary", ":all:", "--dest", str(folder)]
        if package.python:
            command += ["--python-version", package.python]
        command.append(f"{package.name}=={package.version}")
        subprocess.run(command, check=True, stdin=subprocess.DEVNULL)
    (wheel,) = folder.glob(pattern)
    return wheel


def unpack(wheel: Path, folder: Path) -> None:
    """Put the files of a wheel into ``folder``."""
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder)
