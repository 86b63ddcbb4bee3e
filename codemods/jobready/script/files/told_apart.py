"""Whether the processes that a script starts of itself can be told from all others.

They have the words that it gives them, and no value of a job beside these: what they
inherit says that another process of the job has parsed. That holds where every process in
which the script parses anew has its words from it, once it has parsed itself.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from jobready.script.files.imported import not_followed
from jobready.script.files.imports import Import, entry_for, imports_of
from jobready.script.files.library import Library, encoded
from jobready.script.files.program import Program
from jobready.script.files.run_here import definition
from jobready.script.files.start_commands import GivenWord
from jobready.script.model import Script
from jobready.script.parsers.launch_function import emitted_nodes
from jobready.script.source.scopes import FUNCTIONS, Function
from jobready.script.source.syntax import Syntax
from jobready.script.values.flow import Flow
from jobready.script.values.only_called import is_only_called
from jobready.script.values.order import comes_later, positions, runs_behind
from jobready.script.words.handed_on import LAUNCH, handed_on

# What takes the place of a process, or makes another that goes on like it.
REPLACES = re.compile(
    rb"\b(?:exec[lv]p?e?\b|(?:fork|forkpty)\(|os\.fork)|\bimport\b.*\bfork"
)
# What takes the whole environment when a module is imported.
WHOLE = re.compile(
    rb"(?m)^(?!from|import)\w[^\n#]*(?<!\bin os\.)(?<!\bin )\benviron\b"
    rb"(?!\[|\.(?:get|keys|pop|setdefault|update)\b)"
)
# What starts each rank by the words of the command line: Lightning, what is made of it.
RANKS = re.compile(
    rb"(?m)^\s*(?:from|import)\s+(?:pytorch_lightning|lightning\w*|pl_bolts|flash|nemo"
    rb"|anomalib|super_gradients)\b"
)
# What may hand the words of the command line on, where it starts a program as well.
WORDS = re.compile(rb"\bsys\.argv\b|\bimport\b.*\bargv\b")
STARTS = re.compile(rb"\b(?:subprocess|Popen|popen|system|[Ss]pawn\w*)\b")
# Looks at the command line that take no word of it.
NO_WORDS = frozenset(("argv[0]", "len(argv)", "len(sys.argv)", "sys.argv[0]"))
# Methods of the environment that don't take it as a whole.
BY_KEY = frozenset(("get", "pop", "setdefault", "update", "keys"))
# The variable by which the function that we write tells processes apart.
TELLS = "WANDB_LAUNCH_PROCESS"


def are_told_apart(
    script: Script,
    words: Sequence[GivenWord],
    program: Program,
    path: Path,
    library: Library,
) -> bool:
    """Whether the processes to which a script gives words are told from all others."""
    if script.argv_uses or script.asked_words or script.command_word is not None:
        return False  # the words of the command line may go on to others
    parts = dict.fromkeys((*program.modules, *(word.part for word in words)))
    if any(map(_chooses_environment, parts)):
        return False
    if not all(_is_of_now(node, part, script) for part in parts for node in _whole(part)):
        return False
    if handed_on(script.syntax, script.flow) or not _are_only_its_own(words, script):
        return False
    functions = [p.function_place for p in script.parses if p.function_place is not None]
    if any(p.file is not None for p in (*functions, *(p.place for p in script.parses))):
        return False  # where other scripts parse too
    if not all(_parses_once(p.call, script) for p in script.parses):
        return False
    entry = program.modules[0]
    start = entry_for(entry, path)
    modules = imports_of(entry, path, start, library.planned).modules
    if not all(_is_given_later(word, script, entry, modules, library) for word in words):
        return False
    if any(_may_start(encoded(m.text), own=True) for m in program.modules):
        return False
    return not any(_may_start(data) for data, _ in not_followed(program, start, library))


def _is_given_later(
    word: GivenWord,
    script: Script,
    entry: Syntax,
    modules: Iterable[Import],
    library: Library,
) -> bool:
    """Whether a word surely comes to a process behind all parses of the script.

    That of a module which isn't followed by the names that the script imports of it.
    """
    if word.node in script.syntax.parent:
        return _come_later((word.node,), script)
    if _runs_when_imported(word):
        return False
    bound = {
        name
        for each in modules
        if library.syntax(each.real) is word.part
        for name, _ in each.brings
    }
    return _come_later([n for b in sorted(bound) for n in _reads(b, entry)], script)


def _chooses_environment(part: Syntax) -> bool:
    """Whether a process may get the config of a job, but not what tells it from others.

    That is where one of their variables is named, or a part of the name of one.
    """
    if part.mentions("orig_argv"):
        return True  # all that the script was started with goes on
    emitted = emitted_nodes(part)
    return any(
        any(name in text for name in LAUNCH)
        or (len(text) > 3 and text in TELLS and text not in LAUNCH[0])
        for node in part.of(ast.Constant)
        for text in (node.value,)
        if isinstance(text, str) and node not in emitted
    )


def _whole(part: Syntax) -> Iterator[ast.expr]:
    """Where a module takes the whole environment: to copy it, say."""
    emitted = emitted_nodes(part)
    for node in part.named.get("environ", ()):
        parent = part.parent[node]
        by_key = isinstance(parent, ast.Attribute) and parent.attr in BY_KEY
        if not by_key and not isinstance(parent, (ast.Subscript, ast.Compare)):
            if isinstance(node, ast.expr) and node not in emitted:
                yield node


def _is_of_now(node: ast.expr, part: Syntax, script: Script) -> bool:
    """Whether the environment is taken behind the parses, when it tells processes apart."""
    syntax: Syntax = script.syntax
    if part.file is not None and definition(node, part) is None:
        return False
    if node not in syntax.parent:
        return True
    parses = (parse.call for parse in script.parses)
    return not any(runs_behind(p, node, syntax, script.flow) for p in parses)


def _are_only_its_own(words: Sequence[GivenWord], script: Script) -> bool:
    """Whether no text of a command may have the words that the script was started with.

    ``f"python {__file__} {' '.join(sys.argv[1:])}"``: a text of them looks like any other.
    """
    if all(isinstance(w.part.parent[w.node], (ast.List, ast.Tuple)) for w in words):
        return True
    syntax: Syntax = script.syntax
    parses = {parse.call for parse in script.parses}
    emitted = emitted_nodes(syntax)
    return all(
        node in emitted
        or ast.unparse(syntax.parent[node]) in NO_WORDS
        or not parses.isdisjoint(syntax.ancestors(node))
        for node in syntax.named.get("argv", ())
        if isinstance(node, ast.expr) and script.flow.qualified(node) == "sys.argv"
    )


def _may_start(data: bytes, *, own: bool = False) -> bool:
    """Whether a module may start the script by the words that it was started with.

    What the script's ``own`` files do with these is known.
    """
    if REPLACES.search(data) or RANKS.search(data) or (not own and WHOLE.search(data)):
        return True
    return bool(not own and WORDS.search(data) and STARTS.search(data))


def _parses_once(parse: ast.Call, script: Script) -> bool:
    """Whether no process parses that a library makes of this one.

    Such a process imports the script's file, and runs a function that it was given.
    """
    syntax: Syntax = script.syntax
    entry = syntax.modules[0] if isinstance(syntax, Program) else syntax
    for scope, node in positions(parse, syntax, script.flow):
        function = scope.node
        if isinstance(function, ast.Module):
            if node not in entry.alone:
                return False
        elif not (isinstance(function, FUNCTIONS) and _is_plain(function, script.flow)):
            return False
    return True


def _is_plain(function: Function, flow: Flow) -> bool:
    """Whether all that runs a function is the calls of it that are seen."""
    return not function.decorator_list and is_only_called(function, flow)


def _come_later(places: Iterable[ast.AST], script: Script) -> bool:
    """Whether all that gives words, of which there is some, runs behind all parses."""
    found = [place for place in places if isinstance(place, ast.expr)]
    return bool(found) and all(
        comes_later(place, parse.call, script.syntax, script.flow)
        for place in found
        for parse in script.parses
    )


def _reads(name: str, entry: Syntax) -> Iterator[ast.AST]:
    """Where the script reads a name; also one that another scope may have."""
    for node in entry.named.get(name, ()):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
            yield node


def _runs_when_imported(word: GivenWord) -> bool:
    """Whether the module of a word may give it to a process when it is imported."""
    part = word.part
    names = {definition(word.node, part)}
    while True:
        nodes = [n for name in names if name for n in part.named.get(name, ())]
        more = {definition(node, part) for node in nodes}
        if more <= names:
            return None in names
        names |= more
