"""Migrates copies of scripts with the real command line."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any


def migrate(*arguments: str | Path) -> dict[str, Any]:
    """Run ``jobready migrate`` and return its report; the exit code is under "exit"."""
    ran = subprocess.run(
        [sys.executable, "-m", "jobready", "migrate", "--output-format=json"]
        + [str(argument) for argument in arguments],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    assert ran.stdout.strip(), f"no report, exit {ran.returncode}: {ran.stderr}"
    report: dict[str, Any] = json.loads(ran.stdout)
    return {**report, "exit": ran.returncode}


def two_copies(folder: Path, text: str, *changes: tuple[str, str]) -> tuple[Path, Path]:
    """A script with some of its text changed, and the same to be migrated."""
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    before, after = folder / "before.py", folder / "after.py"
    for script in (before, after):
        script.write_text(text)
    return before, after


def rewritten_copy(folder: Path, text: str) -> tuple[Path, Path]:
    """A script, and its migrated copy."""
    before, after = two_copies(folder, text)
    report = migrate(after)
    assert report["files"][0]["outcome"] == "rewritten", report
    return before, after


def beside(folder: Path, text: str, **others: str) -> tuple[Path, Path]:
    """A script and its migrated copy, each with the same other modules beside it."""
    script, copies = folder / "train.py", folder / "migrated"
    script.write_text(text)
    migrated_copies([script], copies)
    for place in (folder, copies):
        for name, other in others.items():
            (place / f"{name}.py").write_text(other)
    return script, copies / script.name


def migrated_copies(
    scripts: Iterable[Path], folder: Path, options: Sequence[str] = ()
) -> dict[str, Any]:
    """Copy scripts into ``folder`` and migrate them there.

    Returns the report's entries by the scripts' names.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for script in scripts:
        (folder / script.name).write_bytes(script.read_bytes())
    report = migrate(*options, folder)
    return {Path(entry["path"]).name: entry for entry in report["files"]}
