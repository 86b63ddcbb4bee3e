"""What each function of a module calls or hands over, as far as names tell."""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from weakref import WeakKeyDictionary

from jobready.script.model import INTO_DATACLASSES
from jobready.script.source.scopes import FUNCTIONS, Binding, running
from jobready.script.source.syntax import LOADERS, Syntax
from jobready.script.starts.tracker_classes import CALLED
from jobready.script.starts.trainer_keywords import WHAT_TO_USE, named_as_keys
from jobready.script.values.functions import method_of, name_got, name_of, root_of
from jobready.script.values.parser_classes import PARSE_METHODS, READ_FILES

# What starts a run beside `wandb.init`; with parameters from dataclasses, which may be
# those of a Trainer, nothing else need stand in the source.
STARTING = (*CALLED, *INTO_DATACLASSES)


@dataclass
class Calls:
    """What one function calls or hands over, or a module where it is imported.

    ``definitions`` are functions and classes of the module itself, ``imports`` what binds
    the names of others, ``unbound`` names that only a star import can have brought.
    ``methods`` are the names in ``it.name()``, ``members`` those of them where ``it`` may
    be a module. ``starts`` and ``parses`` tell whether it may start a run, or parse.
    """

    definitions: set[ast.AST] = field(default_factory=set)
    imports: set[Binding] = field(default_factory=set)
    unbound: set[str] = field(default_factory=set)
    methods: set[str] = field(default_factory=set)
    members: set[str] = field(default_factory=set)
    starts: bool = False
    parses: bool = False


# By file, as long as there is one: what it calls where it is imported.
_KNOWN: WeakKeyDictionary[Syntax, dict[ast.AST, Calls]] = WeakKeyDictionary()


def calls_when_imported(syntax: Syntax) -> dict[ast.AST, Calls]:
    """The same as `calls_in` without what a file only does where it is the script."""
    if syntax not in _KNOWN:
        _KNOWN[syntax] = calls_in(syntax, syntax.alone)
    return _KNOWN[syntax]


def starting(syntax: Syntax) -> list[ast.AST]:
    """The functions of a file, or the file itself, that may start a run when imported.

    With those that they stand in, which make them, or by which a class keeps what its
    methods use. A Trainer needs no word of it.
    """
    found = [node for node, calls in calls_when_imported(syntax).items() if calls.starts]
    trainers = (c for c in syntax.of(ast.Call) if c not in syntax.alone)
    trainers = (c for c in trainers if (name_of(c.func) or "").endswith("Trainer"))
    found += [running(syntax.scopes[call]) for call in trainers]
    around = [a for node in found for a in syntax.ancestors(node)]
    made = (method_of(a, "__init__") for a in around if isinstance(a, ast.ClassDef))
    return [
        *found,
        *(a for a in around if isinstance(a, FUNCTIONS)),
        *(method for method in made if method is not None),
    ]


def calls_in(syntax: Syntax, without: Collection[ast.AST] = ()) -> dict[ast.AST, Calls]:
    """By function, and for the module: what it calls, less what stands in some nodes."""
    found: dict[ast.AST, Calls] = defaultdict(Calls)
    for node in _starting(syntax):
        if node not in without:
            found[running(syntax.scopes[node])].starts = True
    for name in (*PARSE_METHODS, *READ_FILES):
        for node in syntax.named.get(name, ()):
            if node not in without:
                found[running(syntax.scopes[node])].parses = True
    for call in syntax.of(ast.Call):
        if call in without:
            continue
        calls = found[running(syntax.scopes[call])]
        for node in (call.func, *call.args, *(k.value for k in call.keywords)):
            _add_value(node, calls, syntax)
            if isinstance(node, ast.Attribute) and node is call.func:
                calls.methods.add(node.attr)
                # MODULES[name].train, import_module(name).train
                if isinstance(node.value, ast.Subscript) or _is_loaded(node.value):
                    calls.members.add(node.attr)
        got = name_got(call)
        if got is not None:
            module = call.args[0]
            if _is_loaded(module) or root_of(module) in syntax.imported:
                calls.members.add(got)
    for value in _values(syntax):
        if value not in without:
            _add_value(value, found[running(syntax.scopes[value])], syntax)
    for node in syntax.tree.body:  # a decorator may keep it for a call by another name
        if isinstance(node, (*FUNCTIONS, ast.ClassDef)) and node.decorator_list:
            found[syntax.tree].definitions.add(node)
    return found


def _values(syntax: Syntax) -> Iterator[ast.expr]:
    """What may be called by another name: an item of a dict, what a name or caller gets."""
    for node in syntax.of(ast.Dict, ast.IfExp):
        parts = node.values if isinstance(node, ast.Dict) else [node.body, node.orelse]
        yield from parts
    for statement in syntax.of(ast.Assign, ast.Return):
        if statement.value is not None:
            yield statement.value


def _starting(syntax: Syntax) -> Iterator[ast.AST]:
    """The nodes without which a file starts no run."""
    names = [*STARTING, "init"] if syntax.mentions("wandb") else STARTING
    for name in names:
        yield from syntax.named.get(name, ())
    for statement in syntax.of(ast.ImportFrom):
        if any(a.asname and a.name in (*names, "init") for a in statement.names):
            yield statement  # by whatever name it is called
    imported = syntax.imported
    for node in syntax.named.get("init", ()):  # of wandb, which another file imports
        call = syntax.parent[node]
        if isinstance(call, ast.Call) and call.func is node and root_of(node) in imported:
            yield node
    if any(map(syntax.mentions, WHAT_TO_USE)):
        yield from (k for k in syntax.of(ast.keyword) if k.arg in WHAT_TO_USE)
        yield from named_as_keys(syntax)


def _add_value(node: ast.expr, calls: Calls, syntax: Syntax) -> None:
    if isinstance(node, ast.Name):
        _add_name(node, calls, syntax)
    elif isinstance(node, ast.Attribute) and root_of(node) in syntax.imported:
        calls.members.add(node.attr)


def _is_loaded(node: ast.expr) -> bool:
    """Whether it is what ``import_module(name)`` gives."""
    return isinstance(node, ast.Call) and name_of(node.func) in LOADERS


def _add_name(node: ast.Name, calls: Calls, syntax: Syntax) -> None:
    bindings = syntax.bindings(node.id, syntax.scopes[node])
    if not bindings:
        calls.unbound.add(node.id)
    for binding in bindings:
        if binding.kind == "import":
            calls.imports.add(binding)
        elif binding.kind == "definition" and isinstance(
            binding.node, (*FUNCTIONS, ast.ClassDef)
        ):
            calls.definitions.add(binding.node)
