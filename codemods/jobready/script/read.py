"""Reading one file: from its text to a `Script`."""

from __future__ import annotations

import ast
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from jobready.outcome import Failed, Reason
from jobready.script.arguments.argv_uses import argv_uses
from jobready.script.arguments.asked_words import read_asked_words
from jobready.script.arguments.file_branches import read_file_branches
from jobready.script.arguments.library_options import names_behind
from jobready.script.arguments.needed_words import read_needed_words
from jobready.script.arguments.other_values import read_other_values
from jobready.script.arguments.parsers import read_parsers
from jobready.script.arguments.word_branches import read_word_branches
from jobready.script.arguments.wordless import read_wordless_branches
from jobready.script.configs.reading_back import reads_back
from jobready.script.configs.removals import all_names
from jobready.script.model import Init, Parameter, Script
from jobready.script.source.place import Place
from jobready.script.source.syntax import Syntax
from jobready.script.source.tree import syntax_of
from jobready.script.starts.runs import read_inits, read_overwrites
from jobready.script.starts.strange_runs import read_strange_runs
from jobready.script.starts.trackers import read_trackers
from jobready.script.values.flow import Flow
from jobready.script.values.functions import root_of
from jobready.script.values.parser_classes import LIBRARY_NAMES, PARSE_METHODS

if TYPE_CHECKING:
    from jobready.script.files.library import Library
    from jobready.script.files.program import Program

# What a file makes to be filled, and modules of Python's with settings for all files.
MADE = (ast.Dict, ast.DictComp, ast.List, ast.ListComp, ast.Set, ast.SetComp)
MAKES = frozenset(("dict", "list", "set"))
LOGS = frozenset(("debug", "info", "warning", "error"))
SETTINGS = frozenset(("logging", "os", "sys", "warnings"))
# Imports, one after the other, that the objects which a run shows are looked for in.
TRAIL = 4
FOREIGN = {
    "click": "click",
    "absl": "absl",
    "tyro": "tyro",
    "typer": "typer",
    "fire": "fire",
    "hydra": "hydra",
    "simple_parsing": "simple_parsing",
    "jsonargparse": "jsonargparse",
    "configargparse": "ConfigArgParse",
    "tap": "Tap",
    "pyrallis": "pyrallis",
    "docopt": "docopt",
    "plac": "plac",
    "sacred": "sacred",
    "ml_collections": "ml_collections",
}


def read(text: str) -> Script | Failed:
    """What the script in ``text`` does with its parameters and its runs."""
    try:
        syntax = syntax_of(text)
        return syntax if isinstance(syntax, Failed) else _read(syntax, Flow(syntax))
    except RecursionError:
        return Failed(
            (Reason("nests too deeply to be read: split its longest expression"),)
        )


def read_linked(
    text: str,
    path: Path,
    library: Library,
    *,
    idle: bool = True,
    runs: frozenset[Path] = frozenset(),
) -> Script | Failed:
    """The same for the script at ``path``, with the modules of its repository it reaches.

    They count where the script itself leaves open what it parses, or which run it starts,
    and where they look at the command line beside it. Unless ``idle``, they don't count
    for a script that surely starts no run. ``runs`` are files that are known to start its
    run, on a way that needn't be seen.
    """
    alone = read(text)
    if isinstance(alone, Failed):
        return alone
    return linked(alone, path, library, idle=idle, runs=runs)


def starts_none(text: str, path: Path, library: Library) -> bool:
    """Whether a script that doesn't name W&B itself surely starts no run by others."""
    from jobready.script.files.link import link
    from jobready.script.files.reached_by_names import ReachedByNames

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
) -> Script | Failed:
    """The same for a script that was read alone."""
    if not does_something(alone.syntax):
        return alone
    try:
        # for the few scripts that other files complete
        from jobready.script.files.changed_elsewhere import with_changes
        from jobready.script.files.link import link
        from jobready.script.files.started_anew import started_anew

        program = link(alone.syntax, path, library, runs=runs)
        found = _completed(alone, program, path, library, idle=idle, runs=runs)
        found = with_changes(found, program, library)
        anew = started_anew(found, program, path, library)
        return replace(found, started_anew=anew) if anew else found
    except RecursionError:
        return Failed(
            (Reason("nests too deeply to be read: split its longest expression"),)
        )


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
    from jobready.script.files.reached_by_names import ReachedByNames

    is_open = bool(runs) or _leaves_open(alone)
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
    from jobready.script.files.reached import reach

    program.keep(reach(program, Flow(program)))
    return _read(program, Flow(program))


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
    from jobready.script.files.link import link
    from jobready.script.files.reached_by_names import ReachedByNames
    from jobready.script.files.trails import left_for

    asked: frozenset[Path] = frozenset()
    for _ in range(TRAIL):
        further = left_for(found, program, library)
        if not further:
            break
        asked |= further
        program = link(program.modules[0], path, library, asked, runs)
        program.keep(ReachedByNames(program).reach())
        found = _read_program(program)
    return found


def does_something(syntax: Syntax) -> bool:
    """Whether a file does something when it is run: calls, or asks if it is the main."""
    if syntax.mentions("__main__"):
        return True
    calls = [
        s.value
        for s in syntax.of(ast.Expr)
        if isinstance(s.value, (ast.Call, ast.Await)) and syntax.scope(s) is syntax.module
    ]
    if any(not _sets_up(call, syntax) for call in calls):
        return True
    return bool(calls) and any(
        _may_parse_or_start(s.value, syntax)
        for s in syntax.of(ast.Assign)
        if isinstance(s.value, ast.Call) and syntax.scope(s) is syntax.module
    )


def _may_parse_or_start(call: ast.Call, syntax: Syntax) -> bool:
    """Whether a call gives arguments, or a run, to what a file does further down.

    A function of the file or of another may: ``args = get_args()``.
    """
    if isinstance(call.func, ast.Attribute):
        return call.func.attr in PARSE_METHODS or call.func.attr == "init"
    name = _called(call)
    return name[:1].islower() and bool(syntax.module.bindings.get(name))


def _sets_up(call: ast.expr, syntax: Syntax) -> bool:
    """Whether a call fills what the file has made, or changes a setting of Python's.

    ``optimizers.update(sgd=SGD)``, ``sys.path.append(…)``; ``sys.exit(main())`` does more.
    """
    if not isinstance(call, ast.Call) or not isinstance(call.func, ast.Attribute):
        return False
    inner = [n for n in ast.walk(call) if isinstance(n, ast.Call) and n is not call]
    if any(syntax.module.bindings.get(_called(n)) and not _is_python(n) for n in inner):
        return False
    if call.func.attr in LOGS:
        return True
    bindings = syntax.module.bindings.get(_called(call), ())
    made = bool(bindings) and all(_is_made(b.value) for b in bindings)
    return made or (_is_python(call) and call.func.attr != "exit")


def _is_made(value: ast.expr | None) -> bool:
    """Whether a value is a list, a set or a dict that the file makes."""
    if isinstance(value, ast.Call):
        return isinstance(value.func, ast.Name) and value.func.id in MAKES
    return isinstance(value, MADE)


def _called(call: ast.Call) -> str:
    return root_of(call.func) or ""


def _is_python(call: ast.Call) -> bool:
    """Whether a call is one of a module of Python's with which nothing is started."""
    return _called(call) in SETTINGS


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


def _read(syntax: Syntax, flow: Flow) -> Script:
    parsers, parses, strange = read_parsers(syntax, flow)
    names = frozenset(p.name for m in parsers for p in m.parameters if p.named)
    names |= {m.commands.dest for m in parsers if m.commands and m.commands.dest}
    parameters = {p.name: p for m in parsers for p in m.parameters}
    names |= names_behind(parameters.values())
    every = all_names(parsers)
    inits = tuple(read_inits(syntax, flow, names, parameters, every))
    unnamed = [p for m in parsers for p in m.parameters if not p.named]
    if unnamed:
        inits = tuple(_with_unnamed(i, unnamed[0]) for i in inits)
    branches = read_file_branches(syntax, flow) + read_wordless_branches(syntax, flow)
    own = {node for _, inside in branches for node in inside}
    own |= read_word_branches(syntax, flow) | read_needed_words(parses, syntax, flow)
    own |= {node for p in parses if p.above is not None for node in ast.walk(p.above)}
    asked, inside = read_asked_words(parsers, parses, syntax, flow)
    own |= inside
    stops, past = read_other_values(syntax, flow, own, parses)
    trackers = tuple(read_trackers(syntax, flow, names, parameters, every))
    return Script(
        parsers=tuple(parsers),
        parses=tuple(parses),
        strange_parses=(*strange, *past),
        inits=inits,
        strange_inits=() if inits else tuple(read_strange_runs(syntax, flow)),
        trackers=trackers,
        foreign=tuple(_foreign(syntax)),
        argv_uses=tuple(argv_uses(syntax, flow, own)),
        asked_words=tuple(asked),
        count_branches=tuple(b for b, _ in branches),
        stop_branches=tuple(stops),
        overwrites=(
            tuple(read_overwrites(syntax, flow, names, inits, unnamed))
            if inits or trackers
            else ()
        ),
        reads_back=reads_back(syntax, flow, inits),
        agent=_agent(syntax, flow),
        syntax=syntax,
        flow=flow,
    )


def _with_unnamed(init: Init, parameter: Parameter) -> Init:
    """An init that spells out its config, where a parameter's name isn't known."""
    if init.whole or not init.records:
        return init
    text = f"can't tell under which name the run shows {parameter.name}"
    return replace(init, problems=(*init.problems, (text, parameter.place)))


def _foreign(syntax: Syntax) -> list[tuple[str, Place]]:
    """Imports of libraries that read a command line in another way than argparse."""
    found = []
    for node in syntax.of(ast.Import, ast.ImportFrom):
        if isinstance(node, ast.Import):
            modules = [a.name for a in node.names]
        elif isinstance(node, ast.ImportFrom) and not node.level:
            modules = [node.module or ""]
            if any(a.name == "HfArgumentParser" for a in node.names):
                found.append(("HfArgumentParser", syntax.place(node)))
        else:
            continue
        for module in modules:
            top = module.partition(".")[0]
            if top in FOREIGN and module != "absl.logging":
                found.append((FOREIGN[top], syntax.place(node)))
    return found


def _agent(syntax: Syntax, flow: Flow) -> Place | None:
    """Where ``wandb.agent`` runs a function of the script, whose values come after init."""
    calls = flow.calls.get("wandb.agent")
    return syntax.place(calls[0]) if calls else None
