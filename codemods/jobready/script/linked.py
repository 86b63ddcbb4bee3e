"""Reading a script with the modules of its repository that it reaches."""

from __future__ import annotations

import ast
from dataclasses import replace
from pathlib import Path

from jobready.outcome import Failed
from jobready.script.files.between import between
from jobready.script.files.changed_elsewhere import with_changes
from jobready.script.files.library import Library
from jobready.script.files.link import NONE, link
from jobready.script.files.program import Program
from jobready.script.files.reached import reach, reached_again
from jobready.script.files.reached_by_names import ReachedByNames
from jobready.script.files.said_elsewhere import with_sayings
from jobready.script.files.started_anew import started_anew, without_its_own
from jobready.script.files.told_apart import are_told_apart
from jobready.script.files.trails import imported_from_others, left_for
from jobready.script.files.written_elsewhere import written_elsewhere
from jobready.script.model import Script
from jobready.script.read import TOO_DEEP, read, read_syntax
from jobready.script.source.tree import syntax_of
from jobready.script.values.flow import Flow
from jobready.script.values.parser_classes import LIBRARY_NAMES, PARSE_METHODS
from jobready.script.when_run import does_something

# Imports, one after the other, that the objects which a run shows are looked for in.
TRAIL = 4


def read_linked(
    text: str,
    path: Path,
    library: Library,
    *,
    idle: bool = True,
    runs: frozenset[Path] = frozenset(),
    before: Script | None = None,
) -> Script | Failed:
    """What the script at ``path`` does, with the modules of its repository it reaches.

    They count where the script itself leaves open what it parses, or which run it starts,
    and where they look at the command line beside it. Unless ``idle``, they don't count
    for a script that surely starts no run. ``runs`` are files that are known to start its
    run, on a way that needn't be seen. ``before`` is what it was before we edited it.
    """
    alone = read(text)
    if isinstance(alone, Failed):
        return alone
    return linked(alone, path, library, idle=idle, runs=runs, before=before)


def starts_none(text: str, path: Path, library: Library) -> bool:
    """Whether a script that doesn't name W&B itself surely starts no run by others."""
    try:
        syntax = syntax_of(text)
        if isinstance(syntax, Failed) or "wandb" in text.lower():
            return False
        return not (
            does_something(syntax) and ReachedByNames(link(syntax, path, library)).starts
        )
    except RecursionError:
        return False


def read_launched(text: str, path: Path, library: Library) -> Script | Failed:
    """The script in ``text`` alone, but for the function that it has its words from.

    Where that is imported from the repository, it is known for what it is.
    """
    alone = read(text)
    if isinstance(alone, Failed) or not any(m.unseen for m in alone.parsers):
        return alone
    whole = linked(alone, path, library)
    if isinstance(whole, Failed) or not any(p.function_place for p in whole.parses):
        return alone
    places = [*(m.place for m in whole.parsers), *(p.place for p in whole.parses)]
    return alone if any(place.file for place in places) else whole


def linked(
    alone: Script,
    path: Path,
    library: Library,
    *,
    idle: bool = True,
    runs: frozenset[Path] = frozenset(),
    before: Script | None = None,
) -> Script | Failed:
    """The same as `read_linked`, for a script that was read alone."""
    if not (does_something(alone.syntax) or _is_whole(alone)):
        return alone
    try:
        asked = between(alone.syntax, path, library, runs) if runs else NONE
        program = link(alone.syntax, path, library, asked, runs)
        again = None if before is None else _again(alone, before, path, library, runs)
        found = again or _completed(alone, program, path, library, idle=idle, runs=runs)
        found = with_changes(found, program, library)
        found = with_sayings(found, program, path, library)
        if len(found.parses) == len(found.inits) == 1:
            written = written_elsewhere(program, library)
            found = replace(found, written_elsewhere=written) if written else found
        started = started_anew(found, program, path, library)
        words = started.words
        others = tuple(word.place for word in started.by_others)
        found = replace(found, started_by_others=others) if others else found
        if not words:
            return found
        apart = are_told_apart(found, words, program, path, library)
        anew = words if apart else tuple(without_its_own(words, found))
        return replace(
            found,
            started_anew=tuple((word.option, word.place) for word in anew),
            own_words=tuple(word.place for word in words) if apart else (),
        )
    except RecursionError:
        return TOO_DEEP


def _is_whole(alone: Script) -> bool:
    """Whether a file parses and starts a run by itself, as the one of a console script."""
    parses = bool(alone.parses or alone.strange_parses)
    return parses and bool(alone.inits or alone.trackers)


def _again(
    alone: Script, before: Script, path: Path, library: Library, runs: frozenset[Path]
) -> Script | None:
    """An edited script with the modules that it was read with; None where others count."""
    if not isinstance(before.syntax, Program) or not _leaves_open(alone):
        return None
    program = link(alone.syntax, path, library, before.syntax.asked, runs)
    reached = reached_again(before.syntax, program)
    if reached is None:
        return None
    program.keep(reached)
    found = read_syntax(program, Flow(program))
    return _with_trails(found, program, path, library, runs)


def _completed(
    alone: Script,
    program: Program,
    path: Path,
    library: Library,
    *,
    idle: bool,
    runs: frozenset[Path],
) -> Script:
    """A script with what its other files say of it; alone where they say nothing."""
    is_open = bool(runs) or _leaves_open(alone)
    if not is_open:
        kept = _kept_by_others(alone, program, path, library)
        if kept is not None:
            return kept
    if len(program.modules) == 1:
        return _with_trails(alone, program, path, library, runs) if is_open else alone
    if not (is_open or _may_look(program)):
        return alone
    named = ReachedByNames(program)
    if not (idle or named.starts or _may_say_more(alone, parsed=named.parses)):
        return alone
    program.keep(named.reach())
    if not (is_open or _looks_by_name(program)):
        return alone
    found = _read_program(program)
    found = _with_trails(found, program, path, library, runs) if is_open else found
    return found if is_open or _looks_elsewhere(found) else alone


def _read_program(program: Program) -> Script:
    """What a script does with the modules that it reaches, of those that names lead to."""
    program.keep(reach(program, Flow(program)))
    return read_syntax(program, Flow(program))


def _with_trails(
    found: Script,
    program: Program,
    path: Path,
    library: Library,
    runs: frozenset[Path],
) -> Script:
    """The same with the modules, too, in which the objects are made that its runs show."""
    if not found.runs:
        return found
    asked = program.asked
    for _ in range(TRAIL):
        further = left_for(found, program, library)
        if not further:
            break
        asked |= further
        program = link(program.modules[0], path, library, asked, runs)
        program.keep(ReachedByNames(program).reach())
        found = _read_program(program)
    return found


def _kept_by_others(
    alone: Script, program: Program, path: Path, library: Library
) -> Script | None:
    """The script with its run in another file, for which it keeps what to track with.

    It gives that to an object of the repository's own, which may be called as what a
    framework has. None where that is all that starts one.
    """
    calls = [] if alone.inits else [tracker.run.call for tracker in alone.trackers]
    flow = Flow(program)
    others = [imported_from_others(call.func, program, flow) for call in calls]
    if not any(others) and all(flow.definition(call.func) is None for call in calls):
        return None
    whole = link(alone.syntax, path, library, program.asked.union(*others))
    whole.keep(ReachedByNames(whole).reach())
    found = _read_program(whole)
    started = {tracker.run.call for tracker in found.trackers}
    return found if found.inits or started != {*calls} else None


def _leaves_open(script: Script) -> bool:
    """Whether other files may say what the script itself doesn't."""
    if any(m.unseen for m in script.parsers) or script.strange_parses:
        return True
    if any(init.problems for init in script.inits):
        return True
    starts = bool(script.inits or script.trackers)
    return starts is not bool(script.parses) or not starts


def _may_say_more(alone: Script, *, parsed: bool) -> bool:
    """Whether what other files parse changes what is said of a script without a run."""
    parses = alone.parses or alone.strange_parses
    return (parsed and not parses) or "wandb" in alone.syntax.text.lower()


def _may_look(program: Program) -> bool:
    """Whether a module that a script imports may look at the command line too."""
    words = ("parse_args", "parse_known_args", "argv")
    return any(m.mentions(word) for m in program.modules[1:] for word in words)


def _looks_by_name(program: Program) -> bool:
    """Whether code of another module may look at the command line, if it runs at all.

    The parser of a library, where that is what is read, parses for those that call it.
    """
    named = (n for word in (*PARSE_METHODS, "argv") for n in program.named.get(word, ()))
    others = (n for n in named if program.part_of(n) is not program.modules[0])
    return any(not _is_of_library(node, program) for node in others)


def _is_of_library(node: ast.AST, program: Program) -> bool:
    classes = (a for a in program.ancestors(node) if isinstance(a, ast.ClassDef))
    return any(each.name in LIBRARY_NAMES for each in classes)


def _looks_elsewhere(script: Script) -> bool:
    places = [parse.place for parse in script.parses] + list(script.argv_uses)
    places += [place for _, place in script.strange_parses]
    return any(place.file is not None for place in places)
