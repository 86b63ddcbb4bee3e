"""Reading one file: from its text to a `Script`."""

from __future__ import annotations

import ast
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from jobready.outcome import Failed, Reason
from jobready.script.file_branches import file_parses, read_file_branches
from jobready.script.flow import PARSE_METHODS, Flow
from jobready.script.model import Init, Parameter, Place, Script
from jobready.script.parsers import calls_function, emitted_nodes, read_parsers
from jobready.script.reaching import reaching
from jobready.script.reading_back import reads_back
from jobready.script.runs import read_inits, read_overwrites
from jobready.script.strange_runs import read_strange_runs
from jobready.script.syntax import Syntax
from jobready.script.trackers import read_trackers
from jobready.script.tree import parse
from jobready.script.wordless import read_wordless_branches

if TYPE_CHECKING:
    from jobready.script.library import Library
    from jobready.script.program import Program

# The expressions in which words are put together for a parse.
WORDS = (
    ast.BinOp,
    ast.List,
    ast.Starred,
    ast.IfExp,
    ast.Subscript,
    ast.Slice,
    ast.keyword,
)
SHOWS = frozenset(
    ("print", "join", "str", "repr", "info", "debug", "warning", "format", "list2cmdline")
)
# Methods of a text by whose result something may be decided.
TESTS = frozenset(
    ("count", "endswith", "find", "index", "partition", "rfind", "split", "startswith")
)
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
    tree = parse(text)
    if isinstance(tree, Failed):
        return tree
    try:
        syntax = Syntax(text, tree)
        return _read(syntax, Flow(syntax))
    except RecursionError:
        return Failed(
            (Reason("nests too deeply to be read: split its longest expression"),)
        )


def read_linked(text: str, path: Path, library: Library) -> Script | Failed:
    """The same for the script at ``path``, with the modules of its repository it reaches.

    They count where the script itself leaves open what it parses, or which run it starts,
    and where they look at the command line beside it.
    """
    alone = read(text)
    if isinstance(alone, Failed):
        return alone
    return linked(alone, path, library)


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


def linked(alone: Script, path: Path, library: Library) -> Script | Failed:
    """The same for a script that was read alone."""
    if not _is_started(alone.syntax):
        return alone
    is_open = _leaves_open(alone)
    try:
        # for the few scripts that other files complete
        from jobready.script.link import link
        from jobready.script.reached import Reached

        program = link(alone.syntax, path, library)
        if program is None or not (is_open or _may_look(program)):
            return alone
        program.keep(Reached(program, Flow(program)))
        found = _read(program, Flow(program))
        return found if is_open or _looks_elsewhere(found) else alone
    except RecursionError:
        return Failed(
            (Reason("nests too deeply to be read: split its longest expression"),)
        )


def _is_started(syntax: Syntax) -> bool:
    """Whether a file does something when it is run: calls, or asks if it is the main."""
    if syntax.mentions("__main__"):
        return True
    return any(
        isinstance(s, ast.Expr)
        and isinstance(s.value, (ast.Call, ast.Await))
        and syntax.scope(s) is syntax.module
        for s in syntax.of(ast.Expr)
    )


def _leaves_open(script: Script) -> bool:
    """Whether other files may say what the script itself doesn't."""
    if any(m.unseen for m in script.parsers) or script.strange_parses:
        return True
    if any(init.problems for init in script.inits):
        return True
    starts = bool(script.inits or script.trackers)
    return starts is not bool(script.parses) or not starts


def _may_look(program: Program) -> bool:
    """Whether a module that a script imports may look at the command line too."""
    words = ("parse_args", "parse_known_args", "argv")
    return any(m.syntax.mentions(word) for m in program.modules[1:] for word in words)


def _looks_elsewhere(script: Script) -> bool:
    places = [parse.place for parse in script.parses] + list(script.argv_uses)
    places += [place for _, place in script.strange_parses]
    return any(place.file is not None for place in places)


def _read(syntax: Syntax, flow: Flow) -> Script:
    parsers, parses, strange = read_parsers(syntax, flow)
    names = frozenset(p.name for m in parsers for p in m.parameters if p.named)
    names |= {m.commands.dest for m in parsers if m.commands and m.commands.dest}
    parameters = {p.name: p for m in parsers for p in m.parameters}
    inits = tuple(read_inits(syntax, flow, names, parameters))
    unnamed = [p for m in parsers for p in m.parameters if not p.named]
    if unnamed:
        inits = tuple(_with_unnamed(i, unnamed[0]) for i in inits)
    branches = read_file_branches(syntax, flow) + read_wordless_branches(syntax, flow)
    own = {node for _, inside in branches for node in inside}
    strange += file_parses(syntax, flow, own)
    trackers = tuple(read_trackers(syntax, flow, names, parameters))
    return Script(
        parsers=tuple(parsers),
        parses=tuple(parses),
        strange_parses=tuple(strange),
        inits=inits,
        strange_inits=() if inits else tuple(read_strange_runs(syntax, flow)),
        trackers=trackers,
        foreign=tuple(_foreign(syntax)),
        argv_uses=tuple(_argv_uses(syntax, flow, own)),
        file_branches=tuple(b for b, _ in branches),
        overwrites=(
            tuple(read_overwrites(syntax, flow, names, inits)) if inits or trackers else ()
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


def _argv_uses(syntax: Syntax, flow: Flow, own: set[ast.AST]) -> list[Place]:
    """Where the script changes ``sys.argv`` or decides something by it.

    Showing it, joining it for a log and taking the program's name decide nothing; a parse
    that is given ``sys.argv[1:]`` is a parse. The nodes in ``own`` are
    dealt with elsewhere.
    """
    found = []
    written = emitted_nodes(syntax)
    names = {"argv"} | {
        alias.asname
        for node in syntax.of(ast.ImportFrom)
        if node.module == "sys"
        for alias in node.names
        if alias.asname
    }
    for node in (n for name in sorted(names) for n in syntax.named.get(name, ())):
        assert isinstance(node, (ast.Attribute, ast.Name))
        if node in written or node in own:
            continue
        if flow.qualified(node) != "sys.argv":
            continue
        read = isinstance(node.ctx, ast.Load)
        if not read or not (_is_shown(node, syntax) or _is_parsed(node, syntax, flow)):
            found.append(syntax.place(node))
    return sorted(found, key=lambda place: (place.line, place.column))


def _is_shown(node: ast.AST, syntax: Syntax) -> bool:
    """Whether the words only go into a text, or only the program's name is taken."""
    parent = syntax.parent[node]
    if isinstance(parent, ast.Subscript) and parent.value is node:
        if not isinstance(parent.ctx, ast.Load):
            return False
        if isinstance(parent.slice, ast.Constant) and parent.slice.value == 0:
            return True
        return isinstance(parent.slice, ast.Slice) and _is_shown(parent, syntax)
    if isinstance(parent, ast.FormattedValue):
        return True
    if isinstance(parent, ast.Call) and node in parent.args:
        name = ast.unparse(parent.func).rpartition(".")[2]
        if name == "map":
            return _is_shown(parent, syntax)
        return name in SHOWS and not _is_tested(parent, syntax)
    return False


def _is_tested(text: ast.expr, syntax: Syntax) -> bool:
    """Whether something is decided by a text that was made of the words."""
    parent = syntax.parent[text]
    if isinstance(parent, ast.Assign):
        names = [t.id for t in parent.targets if isinstance(t, ast.Name)]
        places = [n for name in names for n in syntax.named.get(name, ())]
        return any(_decides(n, syntax) for n in places)
    return _decides(text, syntax)


def _decides(node: ast.AST, syntax: Syntax) -> bool:
    parent = syntax.parent[node]
    if isinstance(parent, ast.Attribute):
        return parent.attr in TESTS
    return isinstance(parent, (ast.Compare, ast.BoolOp, ast.If, ast.IfExp, ast.While))


def _is_parsed(node: ast.AST, syntax: Syntax, flow: Flow) -> bool:
    """Whether it is (part of) the words given to a parse, or to a function that parses."""
    inside = node
    for ancestor in syntax.ancestors(node):
        if isinstance(ancestor, ast.Call):
            method = ancestor.func
            if isinstance(method, ast.Attribute) and method.attr in PARSE_METHODS:
                if not calls_function(method, flow):
                    return True
            return _only_parses(ancestor, inside, syntax, flow)
        if isinstance(ancestor, ast.Assign):
            return _only_words(ancestor, syntax, flow)
        if isinstance(ancestor, ast.BoolOp):  # given or sys.argv[1:]
            if inside is not ancestor.values[-1]:
                return False
        elif not isinstance(ancestor, WORDS):
            return False
        inside = ancestor
    return False


def _only_words(statement: ast.Assign, syntax: Syntax, flow: Flow) -> bool:
    """Whether what gets the words is a name for the words of parses: ``argv = …``."""
    name = statement.targets[0]
    if len(statement.targets) != 1 or not isinstance(name, ast.Name):
        return False
    if not isinstance(statement.value, ast.Subscript):
        return False  # words of the script's own may come behind
    owner = syntax.owner(name.id, syntax.scope(name))
    nodes = [n for n in syntax.named.get(name.id, ()) if isinstance(n, ast.Name)]
    own = [n for n in nodes if syntax.owner(n.id, syntax.scope(n)) is owner]
    reads = [
        n
        for n in own
        if isinstance(n.ctx, ast.Load)
        if any(b.value is statement.value for b in reaching(n, syntax))
    ]
    changed = (syntax.parent[n] for n in own if not isinstance(n.ctx, ast.Load))
    if not reads or any(isinstance(p, (ast.AugAssign, ast.Delete)) for p in changed):
        return False
    inside = set(ast.walk(statement))
    return all(
        n not in inside and (_asks_for_none(n, syntax) or _is_parsed(n, syntax, flow))
        for n in reads
    )


def _asks_for_none(node: ast.AST, syntax: Syntax) -> bool:
    """Whether only ``node is None`` is asked, or the other way round."""
    parent = syntax.parent[node]
    return isinstance(parent, ast.Compare) and ast.unparse(parent).endswith("None")


def _only_parses(call: ast.Call, given: ast.AST, syntax: Syntax, flow: Flow) -> bool:
    """Whether a function of this file does nothing with the words but parse them."""
    function = flow.function(call.func)
    if function is None or given not in call.args:
        return False
    positional = [*function.args.posonlyargs, *function.args.args]
    index = call.args.index(given)
    if isinstance(call.func, ast.Attribute) or index >= len(positional):
        return False
    name = positional[index].arg
    for node in ast.walk(function):
        if isinstance(node, ast.Name) and node.id == name:
            if isinstance(node.ctx, ast.Load) and not _asks_for_none(node, syntax):
                if not _is_parsed(node, syntax, flow):
                    return False
    return True


def _agent(syntax: Syntax, flow: Flow) -> Place | None:
    """Where ``wandb.agent`` runs a function of the script, whose values come after init."""
    calls = flow.calls.get("wandb.agent")
    return syntax.place(calls[0]) if calls else None
