"""The edits of a file that imports the function instead of having it."""

from __future__ import annotations

import ast
import tokenize
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from jobready.edits.job_args import OWN_COMMENTS, plain, recognise
from jobready.edits.job_args.config import ranks_of
from jobready.edits.launched.job_config import RANKS
from jobready.edits.launched.module_order import ModuleOrder
from jobready.edits.launched.modules import sys_of
from jobready.edits.launched.names import FUNCTION_NAMES, free_name
from jobready.edits.launched.parse_words import guard_edits, parse_edits
from jobready.edits.launched.present_function import edited_by_hand, imported_renewal
from jobready.edits.plan import JobArgs, Plan, SharedImport, ShowEdit
from jobready.edits.shared.importing import INLINE, way
from jobready.edits.shared.module import SharedModule
from jobready.edits.writing.style import style_of
from jobready.edits.writing.tokens import tokens_of
from jobready.outcome import Reason, Refused
from jobready.script.model import Parse, Script
from jobready.script.source.syntax import Syntax

NOT_KNOWN = "which a function for several scripts doesn't know"


@dataclass(frozen=True, eq=False)
class Importer:
    """A file whose parses are to get their values from the shared module.

    ``script`` is the whole of what is started at ``entry``, ``part`` the file, ``needed``
    the function that its parses need. ``own`` is the one that it has itself, if it does.
    """

    script: Script
    part: Syntax
    entry: Path
    needed: JobArgs
    to: SharedModule
    own: ast.FunctionDef | None = None


def by_import(
    file: Importer, missing: Sequence[Parse], inits: tuple[ShowEdit, ...]
) -> tuple[Plan, Plan | None] | Refused:
    """The edits of the file, and those of the module where it is there but not enough.

    ``missing`` are the parses that get no launched values yet.
    """
    problems = [*_not_for_several(file), *_lost(file)]
    present = file.to.function
    if isinstance(present, Reason):
        problems.append(present)
    if problems:
        return Refused(tuple(problems))
    assert not isinstance(present, Reason)
    script = file.script.within(file.part)
    modules = sys_of(script)
    if isinstance(modules, Refused):
        return modules
    line = _import(file, script, FUNCTION_NAMES[0] if present is None else present.name)
    if isinstance(line, Refused):
        return line
    edits = parse_edits(script, _local(line), modules.names["sys"], missing)
    if isinstance(edits, Refused):
        return edits
    renewed = None
    if present is not None:
        holder = file.to.syntax
        assert holder is not None, "the function was found in it"
        renewal = imported_renewal(present, holder, file.script, file.needed, file.to)
        if isinstance(renewal, Refused):
            return renewal
        renewed = renewal.plan
    text = f"the function moves to {file.to.shown}"
    moved = (Reason.at(text, file.part.place(file.own)),) if file.own is not None else ()
    plan = Plan(
        form="argv",
        reasons=moved,
        parses=edits,
        guards=guard_edits(script, _local(line)),
        inits=inits,
        modules=replace(modules, before=_left(modules.before, file)),
        shared=line,
        new_files=()
        if present is not None
        else (new_file(file.part, file.to, file.needed),),
    )
    return plan, renewed


def _import(file: Importer, script: Script, name: str) -> SharedImport | Refused:
    """The line, and where it goes."""
    order = ModuleOrder(script)
    above = [s for step in order.steps[: order.first_parse] for s in step]
    entry = file.script.syntax.part_of(file.script.syntax.tree)
    found = way(file.part, file.entry, entry, above, file.to)
    if isinstance(found, str):
        place = script.parses[0].place
        return Refused((Reason.at(found, place),))
    local = free_name(FUNCTION_NAMES, file.part) if file.own is None else file.own.name
    renamed = "" if local == name else f" as {local}"
    return SharedImport(
        dotted=found.dotted,
        line=f"from {found.dotted} import {name}{renamed}",
        beside=found.beside,
        above=order.start(order.import_step()),
        replaces=file.own,
        unused=() if file.own is None else tuple(_only_used_in(file.own, file.part)),
    )


def _local(line: SharedImport) -> str:
    """What the file calls the function."""
    return line.line.rpartition(" ")[2]


def _left(statement: ast.stmt | None, file: Importer) -> ast.stmt | None:
    """A statement of the file, or the next where it is the function that goes."""
    body = file.part.tree.body
    if statement is None or statement is not file.own:
        return statement
    return next(iter(body[body.index(file.own) + 1 :]), None)


def _not_for_several(file: Importer) -> list[Reason]:
    """What the function would have to know of this script alone."""
    found = []
    if file.needed.renamed:
        dest, key = file.needed.renamed[0]
        text = f"the run shows {dest!r} as {key!r}, {NOT_KNOWN}: {INLINE}"
        found.append(Reason.at(text, file.script.runs[0].place))
    if file.script.asked_words:
        text = f"a switch is looked for in sys.argv here, {NOT_KNOWN}: {INLINE}"
        found.append(Reason.at(text, file.script.asked_words[0]))
    own = () if file.own is None else ranks_of(file.own)
    alone = [n for n in (*file.needed.ranks, *own) if n not in RANKS]
    if alone:
        places = [p.place for p in file.script.parameters if p.name == alone[0]]
        text = f"{alone[0]} is no job's to set, {NOT_KNOWN}: {INLINE}"
        place = (*places, file.script.parses[0].place)[0]
        found.append(Reason.at(text, place))
    return found


def _lost(file: Importer) -> list[Reason]:
    """What would be lost with the function that the file has itself."""
    own = file.own
    if own is None:
        return []
    place = file.part.place(own)
    if recognise(own) is None:
        return [edited_by_hand(own, place)]
    _, renamed, opened = plain(own)
    if renamed or opened:
        what = "renames parameters" if renamed else "opens a gate in a job"
        text = f"{own.name} {what}, which no function for several scripts does: {INLINE}"
        return [Reason.at(text, place)]
    lines = file.part.text.split("\n")
    first = own.lineno
    while first > 1 and lines[first - 2].lstrip().startswith("#"):
        first -= 1
    for token in tokens_of(file.part.text):
        inside = first <= token.start[0] <= (own.end_lineno or first)
        if inside and token.type == tokenize.COMMENT:
            comment = token.string.rstrip()
            if comment not in OWN_COMMENTS:
                text = f"{own.name} goes, and {comment!r} with it: move the comment away"
                return [Reason(text, token.start[0], file=file.part.file)]
    return []


def _only_used_in(function: ast.FunctionDef, part: Syntax) -> list[ast.stmt]:
    """The imports of modules of the standard library that only the function uses."""
    inside = set(ast.walk(function))
    found: list[ast.stmt] = []
    for statement in part.tree.body:
        if not isinstance(statement, ast.Import) or len(statement.names) != 1:
            continue
        (alias,) = statement.names
        if alias.name not in ("argparse", "os"):
            continue
        name = alias.asname or alias.name
        used = part.named.get(name, [])
        commented = "#" in part.text.split("\n")[statement.lineno - 1]
        if used and all(n in inside for n in used) and not commented:
            found.append(statement)
    return found


def new_file(part: Syntax, to: SharedModule, needed: JobArgs) -> tuple[str, str]:
    """The name and the text of the module, in the style of a file that imports it."""
    tokens = (t.string for t in tokens_of(part.text) if t.type == tokenize.INDENT)
    style = style_of(part.text, next(tokens, "    "), 88)
    newline = "\r\n" if "\r\n" in part.text else "\n"
    text = to.new_text(needed.branches, style.quote, style.indent, newline)
    return to.shown, text
