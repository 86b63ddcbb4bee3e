"""Where a value may get to, by the names alone: which expressions are worth a question.

`Flow` answers exactly what an expression stands for, and asking it of each of the ten
thousand expressions of a file takes longer than all else. A parser or a run's config gets
to few of them, and only by names: what is assigned, passed, returned or kept on an object
carries the value on under the name it gets there. This follows the names without looking
who else is called so, and finds some expressions too many and none too few.
"""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

from jobready.script.source.scopes import FUNCTIONS, Function
from jobready.script.source.syntax import HAVE_VARIABLES, Syntax
from jobready.script.values.call_results import LOGGERS
from jobready.script.values.dataclass_parts import named_parts
from jobready.script.values.flow import Flow
from jobready.script.values.functions import name_got, name_of, named_parameters
from jobready.script.values.meanings import HOLDER_NAMES
from jobready.script.values.parser_classes import PARSE_METHODS, is_super

# A name, and the function or comprehension that it is a variable of; None for one that
# others may have too: of an attribute, a module, a class.
Variable = tuple[str, ast.AST | None]
# Expressions whose value is never one of those inside them.
MAKES_ANOTHER = (
    ast.BinOp,
    ast.Compare,
    ast.FormattedValue,
    ast.JoinedStr,
    ast.UnaryOp,
)
# What a class is given to that keeps it for nobody.
ASKING = frozenset(("isinstance", "issubclass"))


@dataclass(frozen=True)
class Ways:
    """What hands a kind of value on, beside names.

    ``attributes`` are those that give it again, ``functions`` of elsewhere those that
    return what they are given; None for all. ``outside`` are the nodes that call, by a
    value, what is of elsewhere: argparse's own actions, in the function that we write.
    ``by_name`` goes on to the variables of functions that have the name of a module's.
    """

    attributes: frozenset[str] = frozenset()
    functions: frozenset[str] | None = frozenset()
    outside: Collection[ast.AST] = frozenset()
    by_name: bool = False


OF_PARSERS = Ways(
    frozenset(
        (
            "add_argument_group",
            "add_mutually_exclusive_group",
            "add_parser",
            "add_subparsers",
        )
    ),
    functions=None,
)
# Of a Namespace, its dict and a run's config alike.
OF_ARGUMENTS = Ways(
    frozenset(("__dict__", "as_dict", "config", "copy", "experiment", "items")),
    frozenset(("asdict", "vars", "dict", "dir", "copy", "deepcopy")) | HOLDER_NAMES,
)


def carriers(seeds: Iterable[ast.AST], syntax: Syntax, ways: Ways) -> set[ast.AST]:
    """The expressions that may stand for the value of one of the ``seeds``."""
    found: set[ast.AST] = set()
    carrying: set[Variable] = set()
    waiting = list(seeds)
    while waiting:
        for variable in _passes_on(waiting.pop(), syntax, ways, found):
            if variable not in carrying:
                carrying.add(variable)
                name, local_to = variable
                waiting += (
                    syntax.named.get(name, ())
                    if ways.by_name and local_to is None
                    else syntax.variable(name, local_to)
                )
    return found


def argument_carriers(syntax: Syntax) -> set[ast.AST]:
    """The expressions that may stand for parsed arguments, or the dict of them."""
    if "arguments" not in syntax.carried:
        syntax.carried["arguments"] = _argument_carriers(syntax, OF_ARGUMENTS)
    found: set[ast.AST] = syntax.carried["arguments"]
    return found


def namesakes_of_arguments(syntax: Syntax) -> set[str]:
    """The names of those, and of all that has the name of one of a module.

    A function that other files give arguments may call them the same.
    """
    found = _argument_carriers(syntax, replace(OF_ARGUMENTS, by_name=True))
    return {node.id for node in found if isinstance(node, ast.Name)}


def _argument_carriers(syntax: Syntax, ways: Ways) -> set[ast.AST]:
    methods = [n for method in PARSE_METHODS for n in syntax.named.get(method, ())]
    seeds = [syntax.parent[n] for n in methods]
    parts = named_parts(syntax)
    if syntax.mentions("tap") or parts:  # what their methods call self holds them
        seeds += syntax.named.get("self", ())
    ways = replace(ways, attributes=ways.attributes | parts)
    return carriers(seeds, syntax, ways)


def config_carriers(syntax: Syntax, flow: Flow) -> set[ast.AST]:
    """The expressions that may stand for the config of a run."""
    if "config" not in syntax.carried:
        starts = ("wandb.init", *LOGGERS)
        inits = [c for name in starts for c in flow.calls.get(name, ())]
        current = [n for n in syntax.named.get("run", ()) if _is(n, "wandb.run", flow)]
        runs = carriers([*inits, *current], syntax, OF_ARGUMENTS)
        named = syntax.named.get("config", ())
        attributes = [n for n in named if isinstance(n, ast.Attribute)]
        names = ("wandb.config", "wandb.run.config")
        seeds: list[ast.AST] = []
        seeds += [n for n in attributes if n.value in runs or flow.qualified(n) in names]
        for name in syntax.imported:  # from wandb import config
            seeds += [n for n in syntax.named.get(name, ()) if _is(n, names[0], flow)]
        syntax.carried["config"] = carriers(seeds, syntax, OF_ARGUMENTS)
    found: set[ast.AST] = syntax.carried["config"]
    return found


def _is(node: ast.AST, dotted: str, flow: Flow) -> bool:
    """Whether it is what is imported under that dotted name."""
    return isinstance(node, (ast.Name, ast.Attribute)) and flow.qualified(node) == dotted


def _passes_on(
    node: ast.AST, syntax: Syntax, ways: Ways, found: set[ast.AST]
) -> set[Variable]:
    """What gets a value from where ``node`` is; all around it joins ``found``."""
    names: set[Variable] = set()
    while node not in found:
        found.add(node)
        above = syntax.parent.get(node)
        if isinstance(above, ast.keyword):
            found.add(above)
            above = syntax.parent[above]
        if above is None or isinstance(above, MAKES_ANOTHER):
            break
        if isinstance(above, ast.Attribute):
            if above.attr not in ways.attributes:
                break
        elif isinstance(above, ast.Call):
            if above.func is not node:
                names |= _parameters(above, node, syntax, ways)
                if not _returns_it(above, syntax, ways):
                    break
        elif isinstance(above, ast.stmt):
            names |= _set_by(above, syntax)
            break
        elif isinstance(above, (ast.NamedExpr, ast.comprehension)):
            names |= _targets(above.target, syntax)
        elif isinstance(above, ast.withitem) and above.optional_vars is not None:
            names |= _targets(above.optional_vars, syntax)
        node = above
    return names


def _set_by(statement: ast.stmt, syntax: Syntax) -> set[Variable]:
    """What a statement gives the value of an expression in it."""
    if isinstance(statement, ast.Assign):
        return set().union(*(_targets(t, syntax) for t in statement.targets))
    if isinstance(statement, (ast.AnnAssign, ast.AugAssign, ast.For, ast.AsyncFor)):
        return _targets(statement.target, syntax)
    if isinstance(statement, ast.Return):
        function = syntax.scope(statement).node
        return {(function.name, None)} if isinstance(function, FUNCTIONS) else set()
    if isinstance(statement, FUNCTIONS):  # it stands in a default, or in a decorator
        return {(statement.name, None), *_parameters_of(statement)}
    return set()


def _returns_it(call: ast.Call, syntax: Syntax, ways: Ways) -> bool:
    """Whether a function of elsewhere may return what it is given.

    What those of this file return is found at their ``return``; a method of such a name
    may be one of another class.
    """
    name = name_of(call.func)
    if name in syntax.functions and isinstance(call.func, ast.Name):
        return _calls_a_value(call.func, syntax)
    return ways.functions is None or name in ways.functions


def _parameters(
    call: ast.Call, given: ast.AST, syntax: Syntax, ways: Ways
) -> set[Variable]:
    """The parameters that get what is given to a call, of each function it may be.

    Functions that the call is given may get it from whoever calls them.
    """
    found: set[Variable] = set()
    name = name_of(call.func)
    for function in _called(call, syntax):
        found |= _gets(call, given, function, syntax)
    others = (name_of(a) for a in (*call.args, *(k.value for k in call.keywords)))
    for other in (*others, *map(name_of, _dispatched(name, syntax))):
        for function in syntax.functions.get(other, ()):
            found |= _parameters_of(function)
    if call not in ways.outside and _calls_a_value(call.func, syntax):
        found |= _of_kept_functions(syntax)
    return found


def _called(call: ast.Call, syntax: Syntax) -> list[Function]:
    """The functions that a call runs, by its name; of an ``__init__`` that of the class."""
    name = name_of(call.func)
    if name == "__init__" and isinstance(call.func, ast.Attribute):
        owner = call.func.value
        if is_super(owner):
            around = (a for a in syntax.ancestors(call) if isinstance(a, ast.ClassDef))
            return [f for each in around for f in _inherited(each.name, syntax)]
        if name_of(owner) in _bases(syntax):
            return _run_by(name_of(owner), syntax)
    return _run_by(name, syntax)


def _run_by(name: str | None, syntax: Syntax) -> list[Function]:
    """The functions that a call of a name runs: of a class its ``__init__``.

    Which it may have from another class.
    """
    found = syntax.functions.get(name, [])
    made = [f for f in found if f.name == "__init__"]
    if made:
        return [f for f in found if f.name in (name, "__init__")]
    return [*found, *_inherited(name, syntax)]


def _inherited(name: str | None, syntax: Syntax) -> list[Function]:
    """The ``__init__`` of classes that one of that name is made of."""
    bases, seen, waiting = _bases(syntax), {name}, [name]
    for each in waiting:  # which grows
        new = bases.get(each, set()) - seen
        seen |= new
        waiting += new
    functions = (f for each in waiting[1:] for f in syntax.functions.get(each, ()))
    return [f for f in functions if f.name == "__init__"]


def _bases(syntax: Syntax) -> dict[str | None, set[str | None]]:
    """By the name of a class: the names of its bases.

    One that an import gives a class counts as a class that is made of it.
    """
    known = "bases" in syntax.carried
    found: dict[str | None, set[str | None]] = syntax.carried.setdefault("bases", {})
    if not known:
        for owner in syntax.of(ast.ClassDef):
            found.setdefault(owner.name, set()).update(map(name_of, owner.bases))
        for statement in syntax.of(ast.ImportFrom):
            for alias in (a for a in statement.names if a.asname):
                found.setdefault(alias.asname, set()).add(alias.name)
    return found


def _gets(
    call: ast.Call, given: ast.AST, function: Function, syntax: Syntax
) -> set[Variable]:
    """The parameters of a function that may get what a call is given."""
    keyword = next((k for k in call.keywords if k.value is given), None)
    every = _parameters_of(function)
    if keyword is not None:
        return {v for v in every if keyword.arg in (v[0], None)}
    at = next((i for i, a in enumerate(call.args) if a is given), len(call.args))
    if any(isinstance(a, ast.Starred) for a in call.args[: at + 1]):
        return every
    arguments = function.args
    names = [a.arg for a in (*arguments.posonlyargs, *arguments.args)]
    decorators = [ast.unparse(d) for d in function.decorator_list]
    first, last = at, at  # of a method: what follows the object, if that isn't given too
    if "classmethod" in decorators:
        first, last = at + 1, at + 1
    elif isinstance(syntax.parent.get(function), ast.ClassDef):
        first, last = (at, at) if "staticmethod" in decorators else (max(at, 1), at + 1)
    return {(name, function) for name in names[first : last + 1]}


def _calls_a_value(node: ast.expr, syntax: Syntax) -> bool:
    """Whether it is no function's own name, nor a method's: ``MODES[mode]``, ``run``."""
    if isinstance(node, ast.Name):
        bindings = syntax.bindings(node.id, syntax.scope(node))
        return any(b.kind in ("assign", "parameter", "walrus") for b in bindings)
    return not isinstance(node, ast.Attribute)


def _of_kept_functions(syntax: Syntax) -> set[Variable]:
    """The parameters of the functions that may be called by another name than their own."""
    known = "kept" in syntax.carried
    found: set[Variable] = syntax.carried.setdefault("kept", set())
    if not known:
        got = {name_got(call) for call in syntax.of(ast.Call)}
        methods = {m for c in syntax.of(ast.ClassDef) for m in c.body}
        for name in syntax.functions:
            every = _run_by(name, syntax)
            functions = [f for f in every if f not in methods or f.name == "__init__"]
            named = syntax.named.get(name or "", ()) if functions else ()
            decorated = any(f.decorator_list for f in functions)
            if (decorated or name in got) or any(
                _is_kept(node, syntax.parent[node]) for node in named
            ):
                every_one = set().union(*map(_parameters_of, functions))
                found |= {v for v in every_one if v[0] != "self"}
    return found


def _is_kept(node: ast.AST, above: ast.AST) -> bool:
    """Whether what has a name may get another where it stands: it isn't just called."""
    match above:
        case ast.Call():
            return above.func is not node and name_of(above.func) not in ASKING
        case ast.ClassDef():
            return node not in above.bases
        case ast.FunctionDef() | ast.AsyncFunctionDef():
            return node is not above.returns
        case ast.AnnAssign():
            return node is not above.annotation
        case ast.Attribute() | ast.arg() | ast.ExceptHandler():
            return False  # of a class: what it has is looked for by its own name
    return True


def _dispatched(name: str | None, syntax: Syntax) -> list[ast.expr]:
    """What ``args.func`` may be called for: ``set_defaults(func=train)`` names it."""
    found = []
    for method in syntax.named.get("set_defaults", ()):
        call = syntax.parent[method]
        if isinstance(call, ast.Call):
            found += [k.value for k in call.keywords if k.arg == name]
    return found


def _parameters_of(function: Function) -> set[Variable]:
    return {(argument.arg, function) for argument in named_parameters(function.args)}


def _targets(node: ast.expr, syntax: Syntax) -> set[Variable]:
    """What an assignment sets, also of attributes."""
    if isinstance(node, ast.Name):
        owner = syntax.owner(node.id, syntax.scope(node))
        local = owner is not None and isinstance(owner.node, HAVE_VARIABLES)
        return {(node.id, owner.node if owner is not None and local else None)}
    if isinstance(node, ast.Attribute):
        return {(node.attr, None)}
    if isinstance(node, ast.Starred):
        return _targets(node.value, syntax)
    if isinstance(node, (ast.Tuple, ast.List)):
        return set().union(*(_targets(e, syntax) for e in node.elts))
    return set()
