"""From the path that the user or the settings name to the shared module."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from jobready.edits.shared.module import SharedModule
from jobready.outcome import Failed, Reason
from jobready.project.config import Config
from jobready.project.environment import environment_of
from jobready.project.files import read_bytes
from jobready.project.upwards import exists, folders_of_repository
from jobready.script.files.library import Library, shown_path

Read = Callable[[Path], bytes | None]


def configured_module(
    config: Config | None, read: Read | None = None
) -> SharedModule | None:
    """The module that the settings name; None where they name none, or a wrong one."""
    if config is None or config.shared is None:
        return None
    found = shared_module(config.root / config.shared, config, Library(read))
    return None if isinstance(found, Reason) else found


def shared_module(path: Path, config: Config, library: Library) -> SharedModule | Reason:
    """The module at a path, or why the function can't be put there."""
    real, shown = Path(os.path.realpath(path)), shown_path(Path(os.path.realpath(path)))
    if path.is_dir():
        return Reason(f"{path} is a folder: name a file in it, such as launch.py")
    if path.suffix != ".py" or not path.stem.isidentifier() or path.stem.startswith("__"):
        text = "is no module's name: name a file that can be imported, such as launch.py"
        return Reason(f"{path} {text}")
    if not real.is_relative_to(_root(config)):
        return Reason(
            f"{path} is outside of the project: name a file below {_root(config)}"
        )
    if not real.parent.is_dir():
        return Reason(f"{path}: there is no folder {path.parent}: make it first")
    if exists(real.with_suffix("") / "__init__.py"):
        return Reason(f"{path}: the package {path.stem} beside it would hide it")
    if exists(real):
        data = read_bytes(real)
        if isinstance(data, Failed):
            return Reason(f"{path}: {data.reasons[0].message}")
    module = SharedModule(real, shown, environment_of(real, config), library)
    function = module.function
    if isinstance(function, Reason):
        return Reason(f"{shown}:{function.line}: {function.message}")
    return module


def _root(config: Config) -> Path:
    """The folder of the project: its repository, else that of its settings."""
    top = folders_of_repository(config.root)[-1]
    return top if exists(top / ".git") or exists(top / ".hg") else config.root
