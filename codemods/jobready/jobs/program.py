"""The path of a script as the SDK records it: which program, relative to which folder."""

from __future__ import annotations

import os
from dataclasses import dataclass


@dataclass(frozen=True)
class Program:
    """What Python was started with.

    ``path`` is a file, absolute or relative to ``cwd``, or ``-m pkg.mod``; ``exists`` says
    whether there is such a file.
    """

    path: str
    cwd: str
    exists: bool

    @property
    def is_module(self) -> bool:
        """Whether it is started as ``python -m``, which the SDK can't find the file of."""
        return self.path.startswith("-m ") and not self.exists

    def relative_to(self, root: str) -> str | None:
        """The path from a folder as the SDK has it (`Settings._get_program_relpath`).

        None where there is no such file, and where the SDK takes it for one outside of
        the folder: that is so for any path with ``../`` in it, be it the end of a name.
        """
        if not self.exists or not _on_one_drive(root, self.path):
            return None
        full = os.path.join(root, os.path.relpath(self.cwd, root), self.path)
        relative = os.path.relpath(full, start=root)
        return None if "../" in relative else relative


def _on_one_drive(first: str, second: str) -> bool:
    """Whether two paths can be relative to each other, which not all can on Windows."""
    drives = {os.path.splitdrive(first)[0].lower(), os.path.splitdrive(second)[0].lower()}
    return len(drives - {""}) <= 1


def project_of(root: str | None, program: Program) -> str:
    """The project of a run that names none (`wandb.util.auto_project_name`).

    The name of the repository's folder, with the script's folder behind it.
    """
    if root is None:
        return "uncategorized"
    root = root.replace("/", os.sep)
    name = os.path.basename(root)
    if not program.path:
        return name
    path = os.path.join(program.cwd, os.curdir, program.path)
    folder = os.path.dirname(os.path.abspath(path))
    if not folder.startswith(root):
        return name
    below = os.path.relpath(folder, root)
    return (name if below == "." else f"{name}-{below}").replace(os.sep, "_")
