"""The parameters that a script sets to other values after the parse.

What a run records of them is another value than the job was given, or than it trains with.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence

from jobready.script.arguments.parameter_reads import (
    names_copy,
    names_in,
    parameter_read,
    parameters_read,
)
from jobready.script.configs.recorder import Recorder
from jobready.script.model import Init, Overwrite, Parameter
from jobready.script.source.literals import literal
from jobready.script.source.syntax import Syntax
from jobready.script.starts.trainer_fields import TRAINER_FIELDS
from jobready.script.values.carriers import argument_carriers
from jobready.script.values.config_items import display
from jobready.script.values.flow import Flow
from jobready.script.values.meanings import Arguments, ArgumentsDict, Dataclasses, Part

# Methods that change a list or a dict in place.
MUTATIONS = frozenset(
    (
        "append",
        "extend",
        "insert",
        "remove",
        "pop",
        "clear",
        "sort",
        "reverse",
        "update",
        "add",
    )
)
# What a list grows by in place, also under another name.
LISTS = (ast.List, ast.ListComp, ast.Tuple)


def read_overwrites(
    syntax: Syntax,
    flow: Flow,
    names: frozenset[str],
    inits: Sequence[Init],
    unnamed: Sequence[Parameter] = (),
) -> list[Overwrite]:
    """The parameters that are set anew after the parse: ``args.lr *= world_size``.

    ``unnamed`` stand for fields of a framework's dataclass. Whatever is made of its own
    value is taken for one of these, ``args.output_dir = f"{args.output_dir}-2"``, and so is
    what transformers calls so: ``args.remove_unused_columns = False``.
    """
    records = Recorder(syntax, flow, names).places(i.call for i in inits)
    found = [
        Overwrite(name, syntax.place(node), not _follows(node, records, syntax), node)
        for name, node in _changed_in_place(syntax, flow)
        if name in names
    ]
    found += _made_defaults(syntax, flow, names)
    reached = argument_carriers(syntax)
    plain = syntax.of(ast.Assign, ast.AugAssign, ast.AnnAssign)
    for node in (*plain, *syntax.of(ast.For)):
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        for target in (part for t in targets for part in _parts(t)):
            if not isinstance(target, (ast.Attribute, ast.Subscript)):
                continue  # a name that gets the value leaves the parameter alone
            if target.value not in reached:
                continue
            if names_copy(target.value, flow):
                continue
            for name in parameters_read(target, flow):
                of_framework = name in TRAINER_FIELDS or _is_made_of_itself(node, target)
                if name in names or (unnamed and of_framework):
                    counts = not _repeats(node, target, name, syntax, flow)
                    counts = counts and not _follows(node, records, syntax)
                    tests = tests_around(node, syntax)
                    of_none = any(_tells_none(test, name, flow) for test in tests)
                    place = syntax.place(node)
                    found.append(Overwrite(name, place, counts, node, of_none))
    return found


def _is_made_of_itself(node: ast.stmt, target: ast.expr) -> bool:
    """Whether an assignment reads what it sets."""
    if isinstance(node, ast.AugAssign):
        return True
    value = node.value if isinstance(node, (ast.Assign, ast.AnnAssign)) else None
    text = ast.unparse(target)
    return value is not None and any(
        isinstance(n, ast.Attribute) and ast.unparse(n) == text for n in ast.walk(value)
    )


def _made_defaults(
    syntax: Syntax, flow: Flow, names: frozenset[str]
) -> Iterator[Overwrite]:
    """The defaults that are made of arguments: ``set_defaults(x=args.x.format(…))``.

    What an earlier parse gives for them is another value than the run shows.
    """
    for method in syntax.named.get("set_defaults", ()):
        call = syntax.parent[method]
        for keyword in call.keywords if isinstance(call, ast.Call) else ():
            if keyword.arg in names:
                read = (parameter_read(n, flow) for n in _expressions(keyword.value))
                if any(name is not None for name in read):
                    place = syntax.place(keyword.value)
                    yield Overwrite(str(keyword.arg), place, True, keyword.value)


def _changed_in_place(
    syntax: Syntax, flow: Flow
) -> Iterator[tuple[str, ast.expr | ast.stmt]]:
    """What isn't assigned: ``setattr(args, "x", 1)``, ``args.x.sort()``, ``x += [1]``."""
    reached = argument_carriers(syntax)
    for node in syntax.of(ast.AugAssign):
        if isinstance(node.target, ast.Name) and isinstance(node.value, LISTS):
            yield from ((read, node) for read in _named(node.target, syntax, flow))
    for call in syntax.of(ast.Call):
        method = call.func
        if isinstance(method, ast.Name) and method.id == "setattr" and len(call.args) == 3:
            reaches = call.args[0] in reached
            owners = flow.meanings(call.args[0]) if reaches else frozenset()
            for attribute in names_set(call.args[1], syntax):
                yield from ((name, call) for name in names_in(owners, attribute))
        elif not isinstance(method, ast.Attribute):
            continue
        elif method.attr == "update" and method.value in reached:
            owners = flow.meanings(method.value)
            if not names_copy(method.value, flow):
                if any(isinstance(m, ArgumentsDict) for m in owners):
                    yield from ((name, call) for name in _keys(call))
        elif method.attr in MUTATIONS:
            changed = method.value
            if isinstance(changed, ast.Name):
                yield from ((read, call) for read in _named(changed, syntax, flow))
            if not isinstance(changed, (ast.Attribute, ast.Subscript)):
                continue
            if changed.value in reached and not names_copy(changed.value, flow):
                yield from ((read, call) for read in parameters_read(changed, flow))


def names_set(node: ast.expr, syntax: Syntax) -> list[str]:
    """The names that ``setattr`` is given: one, or those that a loop spells out."""
    found = literal(node)
    if isinstance(node, ast.Name):
        bindings = syntax.bindings(node.id, syntax.scope(node))
        loops = [syntax.statement(b.node) for b in bindings]
        if len(loops) == 1 and isinstance(loops[0], ast.For):
            found = literal(loops[0].iter)
    names = found if isinstance(found, (list, tuple)) else [found]
    return [name for name in names if isinstance(name, str)]


def _named(name: ast.Name, syntax: Syntax, flow: Flow) -> set[str]:
    """The parameters that a name is given as they are: ``layers = args.layers``."""
    bindings = syntax.bindings(name.id, syntax.scope(name))
    values = [v for b in bindings for v in flow.given(b)]
    reads = {parameter_read(v, flow) for v in values}
    return {read for read in reads if read is not None}


def _keys(update: ast.Call) -> Iterator[str]:
    """The keys that ``update({"lr": 1}, n=2)`` spells out."""
    for keyword in update.keywords:
        if keyword.arg is not None:
            yield keyword.arg
    for key, _ in (display(update.args[0]) or []) if update.args else []:
        name = literal(key) if key is not None else None
        if isinstance(name, str):
            yield name


def _parts(target: ast.expr) -> Iterator[ast.expr]:
    """The single targets of an assignment to several."""
    if isinstance(target, (ast.Tuple, ast.List)):
        for element in target.elts:
            yield from _parts(element)
    else:
        yield target


def _repeats(
    node: ast.Assign | ast.AugAssign | ast.AnnAssign | ast.For,
    target: ast.expr,
    name: str,
    syntax: Syntax,
    flow: Flow,
) -> bool:
    """Whether doing it again changes nothing: under ``if args.x is None`` and the like."""
    if isinstance(node, (ast.AugAssign, ast.For)) or node.value is None:
        return False
    if isinstance(node, ast.Assign) and target not in node.targets:
        return False  # one of several
    if any(_tells_unset(test, name, flow) for test in tests_around(node, syntax)):
        return True
    if _hands_on(node.value, syntax, flow):
        return False
    used = [parameter_read(n, flow) for n in _expressions(node.value)]
    return name not in used and any(u is not None for u in used)


def tests_around(node: ast.AST, syntax: Syntax) -> Iterator[ast.expr]:
    """What must hold for a node to be reached: the parts of each ``if`` around it."""
    inside = node
    for ancestor in syntax.ancestors(node):
        if isinstance(ancestor, ast.If) and inside in ancestor.body:
            yield from _parts_of_test(ancestor.test)
        inside = ancestor


def _hands_on(value: ast.expr, syntax: Syntax, flow: Flow) -> bool:
    """Whether an expression gives all arguments to a call, which may read any of them."""
    given = (n for n in ast.walk(value) if isinstance(n, (ast.Name, ast.Attribute)))
    calls = (n for n in given if isinstance(syntax.parent[n], (ast.Call, ast.keyword)))
    kinds = (Arguments, ArgumentsDict, Dataclasses, Part)
    return any(isinstance(m, kinds) for n in calls for m in flow.meanings(n))


def _parts_of_test(test: ast.expr) -> list[ast.expr]:
    """What must hold all together for a test to hold."""
    if isinstance(test, ast.BoolOp) and isinstance(test.op, ast.And):
        return [part for value in test.values for part in _parts_of_test(value)]
    return [test]


def _tells_none(test: ast.expr, name: str, flow: Flow) -> bool:
    """Whether a test says that a parameter is None."""
    match test:
        case ast.Compare(ops=[ast.Is()], comparators=[ast.Constant(value=None)]):
            return parameter_read(test.left, flow) == name
    return False


def _tells_unset(test: ast.expr, name: str, flow: Flow) -> bool:
    """Whether a test says that a parameter has no value yet, or one to be replaced.

    ``args.x is None``, ``not args.x``, ``args.x == -1``: once it is set, it holds no more.
    """
    if isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
        return parameter_read(test.operand, flow) == name
    if isinstance(test, ast.Compare) and len(test.ops) == 1:
        if isinstance(test.ops[0], (ast.Is, ast.Eq, ast.In)):
            return parameter_read(test.left, flow) == name
    return False


def _follows(node: ast.AST, records: Sequence[ast.expr], syntax: Syntax) -> bool:
    """Whether it comes after all that records parameters, in the same function."""
    line = syntax.place(node).line
    return bool(records) and all(
        syntax.scope(r) is syntax.scope(node) and syntax.place(r).line < line
        for r in records
    )


def _expressions(node: ast.expr) -> Iterator[ast.expr]:
    for inner in ast.walk(node):
        if isinstance(inner, (ast.Name, ast.Attribute, ast.Subscript)):
            yield inner
