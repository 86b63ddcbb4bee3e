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
