"""Runs in files that the user names, ``--run-in FILE``: whether they start in time."""

from __future__ import annotations

import ast
from collections.abc import Iterable
from pathlib import Path

from jobready.outcome import Reason
from jobready.script.files.library import shown_path
from jobready.script.model import Script
from jobready.script.source.scopes import running
from jobready.script.when_run import does_something


def unfit_run(files: Iterable[Path], script: Script) -> Reason | None:
    """Why a file that is to start a script's run doesn't, or may do so too early."""
    if not (script.parses or script.strange_parses):
        return None
    if not does_something(script.syntax):  # a module of the scripts that start it
        return None
    for file in map(shown_path, sorted(files)):
        starts = [run for run in script.runs if run.place.file == file]
        if not starts:
            return Reason("--run-in names the file, and no run is seen in it", file=file)
        for run in starts:
            if _runs_when_imported(run.call, script):
                text = "the run starts when the file is imported: call it in a function"
                return Reason.at(text, run.place)
    return None


def _runs_when_imported(call: ast.Call, script: Script) -> bool:
    """Whether a call of a file is made by importing it, also through its functions."""
    syntax, calls = script.syntax, script.flow.uses.calls
    part, seen, waiting = syntax.part_of(call), set(), [call]
    while waiting:
        here = waiting.pop()
        function = running(syntax.scope(here))
        if isinstance(function, ast.Module):
            if here in part.parent and here not in part.alone:
                return True
        elif function not in seen:
            seen.add(function)
            owner = syntax.parent[function]
            made = getattr(function, "name", "") == "__init__"
            waiting += [*calls.get(function, ()), *(calls.get(owner, ()) if made else ())]
    return False
