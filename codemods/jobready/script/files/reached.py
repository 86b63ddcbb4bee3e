"""Which functions of a program an entry script gets to, by the calls that are seen.

All of the script itself counts. Of another module what runs when it is imported, and the
functions and methods that are called, or handed over, from what counts.
"""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterator

from jobready.script.files.calls import starting
from jobready.script.files.program import Program
from jobready.script.files.reach import Reach
from jobready.script.source.scopes import FUNCTIONS, running
from jobready.script.values.flow import Flow
from jobready.script.values.functions import name_of
from jobready.script.values.parser_classes import EMPTY_BASES


def reach(program: Program, flow: Flow) -> Reach:
    """What the entry script gets to by the calls in what it runs."""
    callees = _callees(program, flow)
    found: set[ast.AST] = set()
    waiting: list[ast.AST] = [m.tree for m in program.modules]
    waiting += program.modules[0].of(*FUNCTIONS)
    for module in program.told:
        waiting += starting(module)
    inside: dict[ast.AST, list[ast.AST]] = defaultdict(list)
    while waiting:
        scope = waiting.pop()
        maker = _maker(scope, program)
        if maker is not None and maker not in found:
            inside[maker].append(scope)  # which is there only once that has run
        elif scope not in found:
            found.add(scope)
            waiting += [*callees.get(scope, ()), *inside.pop(scope, ())]
    return Reach(program.scopes, found, program.alone)


def _maker(function: ast.AST, program: Program) -> ast.AST | None:
    """The function that another one stands in; None where it stands in none."""
    return next((a for a in program.ancestors(function) if isinstance(a, FUNCTIONS)), None)


def reached_again(before: Program, program: Program) -> Reach | None:
    """What an entry script gets to once its own text was edited, where that is known.

    Our edits call no function of another module. So it gets to the same ones as
    ``before``, as long as the other modules are the same; None where they aren't.
    """
    if before.reach is None or before.modules[1:] != program.modules[1:]:
        return None
    gone = before.modules[0]
    found = {node for node in before.reach.found if node not in gone.scopes}
    entry = program.modules[0]
    found |= {entry.tree, *entry.of(*FUNCTIONS)}
    return Reach(program.scopes, found, program.alone)


def _callees(program: Program, flow: Flow) -> dict[ast.AST, list[ast.AST]]:
    """By the scope that holds the calls: what they call."""
    found: dict[ast.AST, list[ast.AST]] = {}
    for uses in (flow.uses.calls, flow.uses.handed_over):
        for target, places in uses.items():
            reached = list(with_methods(target))
            if isinstance(target, ast.ClassDef):
                made = flow.inherited(target, "__init__")
                reached += [made] if made is not None else []
            handed = uses is flow.uses.handed_over
            for call in places:
                if call in program.alone:
                    continue
                if handed or _names(call, target, flow):
                    caller = running(program.scopes[call])
                    if handed or _is_named(call, target) or _may_run(caller, program, flow):
                        found.setdefault(caller, []).extend(reached)
    for scope, owner in (*_made_by_settings(program, flow), *_kept(program, flow)):
        found.setdefault(scope, []).extend(with_methods(owner))
    for function, returns in flow.uses.returns.items():
        for value in (r.value for r in returns):  # a decorator, say, that it makes
            if isinstance(value, ast.Name) and value.id in program.functions:
                made = flow.function(value)
                if made is not None and program.parent[made] is function:
                    found.setdefault(function, []).append(made)
    return found


def _made_by_settings(program: Program, flow: Flow) -> Iterator[tuple[ast.AST, ast.AST]]:
    """The classes that ``logging.config.dictConfig`` is to make: ``{"()": Handler}``."""
    if not program.mentions('"()"') and not program.mentions("'()'"):
        return
    for settings in program.of(ast.Dict):
        for key, value in zip(settings.keys, settings.values, strict=True):
            if isinstance(key, ast.Constant) and key.value == "()":
                made = flow.definition(value)
                if made is not None and settings not in program.alone:
                    yield running(program.scopes[settings]), made


def _kept(program: Program, flow: Flow) -> Iterator[tuple[ast.AST, ast.AST]]:
    """The functions and classes that an object keeps, to call later: ``args.fit = fit``."""
    for statement in program.of(ast.Assign):
        value = statement.value
        if not isinstance(value, (ast.Name, ast.Attribute)):
            continue
        if name_of(value) not in program.functions or statement in program.alone:
            continue
        if any(isinstance(target, ast.Attribute) for target in statement.targets):
            kept = flow.definition(value) or flow.function(value)
            if kept is not None:
                yield running(program.scopes[statement]), kept


def _is_named(call: ast.AST, target: ast.AST) -> bool:
    """Whether a call has the name of what it gets to."""
    name = name_of(call.func) if isinstance(call, ast.Call) else None
    return name == getattr(target, "name", None)


def _may_run(target: ast.AST, program: Program, flow: Flow) -> bool:
    """Whether somebody may call a method: one that is named nowhere is for other scripts.

    What it picks out of a dict isn't followed: a library's class may start runs by any
    tracker. A framework calls those of classes that are made of its own, and Python those
    that have its own names.
    """
    owner = program.parent.get(target)
    if not isinstance(owner, ast.ClassDef) or not isinstance(target, FUNCTIONS):
        return True
    if target.name.startswith("__"):
        return True
    if any(flow.function(d) is None for d in target.decorator_list):
        return True  # which may give it to somebody
    if target.name in program.named or program.mentions(f'"{target.name}"'):
        return True
    lineage = flow.lineage(owner)
    return any(
        flow.definition(base) is None and ast.unparse(base) not in EMPTY_BASES
        for each in lineage
        for base in each.bases
    )


def _names(call: ast.AST, target: ast.AST, flow: Flow) -> bool:
    """Whether a call by attribute, ``module.init()``, leads to a function for sure.

    Those of methods count by their name alone, since objects are not followed.
    """
    if not isinstance(call, ast.Call) or not isinstance(call.func, ast.Attribute):
        return True
    if not isinstance(flow.syntax.parent[target], ast.Module):
        return True
    if isinstance(target, ast.ClassDef) or target in flow.functions(call.func):
        return True
    if isinstance(call.func.value, ast.Subscript):
        return True  # MODULES[name].train
    if flow.loaded_modules(call.func.value) is not None:
        return True
    return target in flow.dispatched(call.func)


def with_methods(target: ast.AST) -> Iterator[ast.AST]:
    """A function; of a class each method, since others may call them."""
    yield target
    if isinstance(target, ast.ClassDef):
        yield from (n for n in target.body if isinstance(n, FUNCTIONS))
