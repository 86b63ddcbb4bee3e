"""The function of form ``argv`` where it is there already, in the script or in a module."""

from __future__ import annotations

import ast
from dataclasses import dataclass, replace

from jobready.edits.job_args import Branch, complete, is_written, plain, recognise
from jobready.edits.job_args.config import ranks_of
from jobready.edits.launched.modules import modules_beside
from jobready.edits.plan import JobArgs, Modules, Plan, source_of
from jobready.edits.shared.module import SharedModule
from jobready.edits.writing.kept_comments import with_comments
from jobready.outcome import Reason, Refused
from jobready.script.model import Script
from jobready.script.source.place import Place
from jobready.script.source.syntax import Syntax


@dataclass(frozen=True, eq=False)
class Renewal:
    """What a function becomes: None for ``job_args`` where it is up to date."""

    job_args: JobArgs | None
    modules: Modules

    @property
    def plan(self) -> Plan | None:
        """The edits of a file in which nothing else changes."""
        if self.job_args is None:
            return None
        return Plan("argv", (), job_args=self.job_args, modules=self.modules)


def renewal(
    function: ast.FunctionDef, holder: Syntax, script: Script, needed: JobArgs
) -> Renewal | Refused:
    """Bring the function in a file of its parse up to what the parse needs.

    ``holder`` is that file. What other scripts made it for stays: it may serve them too.
    """
    place = holder.place(function)
    found = recognise(function)
    if found is None:
        return Refused((edited_by_hand(function, place),))
    if place.file is not None and Branch.ANEW in found:
        return Refused((for_its_own_processes(function, place),))
    _, renamed, opened = plain(function)
    if place.file is not None and renamed != dict(needed.renamed):
        text = "the function here serves a script whose run names the parameters otherwise"
        return Refused((Reason.at(text, place),))
    current = replace(
        needed,
        branches=complete(needed.branches | (found - {Branch.ANEW, Branch.OLDER})),
        opened=needed.opened or tuple(opened.items()),
    )
    return _renewed(function, holder, script, current)


def edited_by_hand(function: ast.FunctionDef, place: Place) -> Reason:
    """Why a function in a file of its parse is neither kept nor renewed."""
    text = f"{function.name} was edited by hand: delete it and its calls to have it anew"
    return Reason.at(text, place)


def for_its_own_processes(function: ast.FunctionDef, place: Place) -> Reason:
    """Why a function that serves a script which starts itself serves no other."""
    text = f"{function.name} gives the processes that its script starts no values of a job"
    return Reason.at(text, place)


def imported_renewal(
    function: ast.FunctionDef,
    holder: Syntax,
    script: Script,
    needed: JobArgs,
    shared: SharedModule | None,
) -> Renewal | Refused:
    """Bring a function that scripts import up to what one of them needs."""
    place = holder.place(function)
    found = recognise(function)
    if found is None:
        again = f"delete it, and migrate with --shared {place.file} to have it anew"
        text = f"{function.name} was edited by hand: {again}"
        return Refused((Reason.at(text, place),))
    if Branch.ANEW in found:
        return Refused((for_its_own_processes(function, place),))
    _, renamed, opened = plain(function)
    ranks = ranks_of(function)
    if renamed != dict(needed.renamed):
        text = "the function here serves scripts whose runs name the parameters otherwise"
        return Refused((Reason.at(text, place),))
    if missing := [name for name in needed.ranks if name not in ranks]:
        text = f"the function here would give {missing[0]} of one process to all"
        return Refused((Reason.at(text, place),))
    is_shared = shared is not None and shared.shown == place.file
    wanted = shared.wanted(found) if shared is not None and is_shared else needed
    current = replace(
        wanted,
        branches=complete(wanted.branches | needed.branches | found),
        renamed=needed.renamed,
        opened=tuple(opened.items()),
        ranks=ranks if not is_shared else tuple(dict.fromkeys((*wanted.ranks, *ranks))),
    )
    return _renewed(function, holder, script, current)


def _renewed(
    function: ast.FunctionDef, holder: Syntax, script: Script, current: JobArgs
) -> Renewal | Refused:
    modules = modules_beside(function, holder, script, current.branches)
    if isinstance(modules, Refused):
        return modules
    source = source_of(current, function.name, modules.names)
    if is_written(function, source):
        return Renewal(None, modules)
    kept = with_comments(source, function, holder.text)
    if isinstance(kept, Reason):
        return Refused((replace(kept, file=holder.file),))
    return Renewal(replace(current, name=function.name, replaces=function), modules)
