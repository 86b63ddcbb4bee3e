"""Which files ``run.log_code()`` logs, and which it leaves out."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from jobready.jobs.versions import LOGS_DOCKERFILE, LOGS_REQUIREMENTS, Version


def is_logged(name: str, version: Version) -> bool:
    """Whether log_code takes a file of this name, unless it is given ``include_fn``.

    Python files always, ``Dockerfile*`` since 0.15.10 (#6104), requirements.txt since
    0.18.1 (#7864); `wandb.util._is_py_requirements_or_dockerfile`.
    """
    return (
        name.endswith(".py")
        or (name.startswith("Dockerfile") and version >= LOGS_DOCKERFILE)
        or (name == "requirements.txt" and version >= LOGS_REQUIREMENTS)
    )


def files_below(root: Path) -> Iterator[Path]:
    """The files that log_code goes over: all but those of W&B's own folders."""
    for folder, folders, names in os.walk(root):
        if Path(folder) == root:
            folders[:] = [name for name in folders if name not in ("wandb", ".wandb")]
        folders.sort()
        for name in sorted(names):
            yield Path(folder, name)
