"""Modules of the repository that may write to the config of a run that a script starts.

``wandb.config.update(…)``, or a Trainer that records values of its own in the run there is.
"""

from __future__ import annotations

import ast
import re
from pathlib import Path

from jobready.script.files.library import Library, encoded, shown_path
from jobready.script.files.program import Program
from jobready.script.source.syntax import Syntax

# How what records in a run that it finds is called, such as SFTTrainer.
RECORDING = (
    *("Accelerator", "Trainer", "TrainingArguments"),
    *("WandbCallback", "WandbLogger", "wandb_callback"),
)
CONFIG = re.compile(rb"\b(?:wandb|\w*run)\.config\b")
NAMED = re.compile(rb"(?:%b)\b" % "|".join(RECORDING).encode())


def written_elsewhere(program: Program, library: Library) -> tuple[str, ...]:
    """The modules that a script imports, as far as they may write to a run's config."""
    found = [
        str(m.file)
        for m in program.modules[1:]
        if m.file is not None
        if CONFIG.search(encoded(m.text)) or recording_names(m)
    ]
    others = {path for each in program.others.values() for path in each.values()}
    for path in sorted(others):
        if _may_write(path, library):
            found.append(shown_path(path))
    return tuple(found)


def _may_write(path: Path, library: Library) -> bool:
    """Whether a module names the config of a run, or what it has a Trainer from."""
    if library.tells(path, _names_config):
        return True
    syntax = library.syntax(path) if library.tells(path, _names_recording) else None
    return syntax is not None and bool(recording_names(syntax))


def _names_config(data: bytes) -> bool:
    return CONFIG.search(data) is not None


def _names_recording(data: bytes) -> bool:
    return NAMED.search(data) is not None


def recording_names(syntax: Syntax) -> list[tuple[str, ast.AST]]:
    """The names of other modules that stand for what records in a run."""
    imported = [(a.name, n) for n in syntax.of(ast.ImportFrom) for a in n.names]
    members = [(n.attr, n) for n in syntax.of(ast.Attribute)]
    return [(name, n) for name, n in (*imported, *members) if name.endswith(RECORDING)]
