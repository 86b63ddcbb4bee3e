"""Functions and methods of a file: their parameters, their calls, their returns."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from jobready.script.source.children import children
from jobready.script.source.scopes import FUNCTIONS, Binding, Function, Scope
from jobready.script.source.syntax import Syntax

if TYPE_CHECKING:
    from jobready.script.values.flow import Flow


@dataclass(frozen=True)
class FunctionUses:
    """By function or class: its calls, the calls it is an argument of, its returns."""

    calls: dict[ast.AST, list[ast.Call]]
    handed_over: dict[ast.AST, list[ast.Call]]
    returns: dict[ast.AST, list[ast.Return]]


def uses_of_names(flow: Flow) -> FunctionUses:
    """The uses of the functions of a file by their plain names."""
    uses = FunctionUses({}, {}, {})
    ours = flow.syntax.functions  # what has another name is nobody's that is looked for
    for returned in flow.syntax.of(ast.Return):
        function = flow.syntax.scope(returned).node
        uses.returns.setdefault(function, []).append(returned)
    for node in flow.syntax.of(ast.Call):
        if isinstance(node.func, ast.Name) and node.func.id in ours:
            for each in _called(node.func, flow):
                uses.calls.setdefault(each, []).append(node)
        values = [k.value for k in node.keywords]
        for given in [*node.args, *values] if ours else ():
            if isinstance(given, (ast.Name, ast.Attribute)) and name_of(given) in ours:
                for handed in _handed(given, flow):
                    uses.handed_over.setdefault(handed, []).append(node)
    return uses


def _handed(node: ast.Name | ast.Attribute, flow: Flow) -> list[ast.AST]:
    """The function that a name stands for, or ``module.name``, or those it may be."""
    if isinstance(node, ast.Attribute) and flow.members(node) is None:
        return []
    function = flow.function(node)
    return [function] if function is not None else _either(node, flow)


def with_uses_of_methods(named: FunctionUses, flow: Flow) -> FunctionUses:
    """The same with the calls of attributes, in the order of the source."""
    from jobready.script.values.function_values import values_called, values_kept

    uses = FunctionUses({}, named.handed_over, named.returns)
    ours = flow.syntax.functions
    partials = {*flow.calls.get("functools.partial", ())}
    by_name: dict[ast.Call, list[ast.AST]] = {}
    for of, calls in named.calls.items():
        for call in calls:
            by_name.setdefault(call, []).append(of)
    for node in flow.syntax.of(ast.Call):
        targets = by_name.get(node, [])
        if isinstance(node.func, ast.Attribute) and node.func.attr in ours:
            targets = _called(node.func, flow)
        elif isinstance(node.func, ast.Name) and not targets:
            owner = flow.own_class(node.func)  # of a classmethod: cls(…)
            targets = [owner] if owner is not None else []
        for each in targets or flow.dispatched(node.func):
            uses.calls.setdefault(each, []).append(node)
        by_value: list[tuple[ast.AST | None, ast.Call]] = []
        if not (targets or _is_of_a_name(node.func, flow)):
            by_value += values_called(node, flow)
        if not targets and node in partials:
            by_value += values_kept(node, flow)
        for value, call in by_value:
            if value is not None:
                uses.calls.setdefault(value, []).append(call)
    return uses


def _is_of_a_name(node: ast.expr, flow: Flow) -> bool:
    """Whether it is ``name.method``, which no dict, condition or name of one chooses."""
    if isinstance(node, ast.Attribute) and flow.loaded_modules(node.value) is not None:
        return False
    while isinstance(node, ast.Attribute):
        node = node.value
        if isinstance(node, ast.Name):
            return True
    return False


def _called(node: ast.expr, flow: Flow) -> list[ast.AST]:
    """The functions that a call of ``node`` may get to, or the class."""
    owner = flow.definition(node)
    found: list[ast.AST] = [*flow.functions(node), *([owner] if owner is not None else [])]
    return found or _either(node, flow)


def _either(node: ast.expr, flow: Flow) -> list[ast.AST]:
    """The functions, and classes, that a name has in one branch or another.

    ``if fast: from fast import fit``, ``else: from slow import fit``.
    """
    bindings = flow.bindings_of(node) if isinstance(node, ast.Name) else []
    found: list[ast.AST] = []
    for binding in bindings if len(bindings) > 1 else ():
        if binding.kind == "definition":
            found.append(binding.node)
        elif binding.kind == "assign" and isinstance(binding.value, ast.Name):
            found += [] if binding.index is not None else flow.functions(binding.value)
    return list(dict.fromkeys(found))


def calls_from(
    scope: Scope, function: ast.AST, syntax: Syntax, uses: FunctionUses
) -> list[ast.Call]:
    """The calls in ``scope`` by which a function is reached, through others or at once.

    To be handed over counts as a call, and so does making an object of its class.
    """
    found: list[ast.Call] = []
    seen: set[ast.AST] = set()
    waiting = [function]
    while waiting:
        inner = waiting.pop()
        if inner in seen:
            continue
        seen.add(inner)
        owner = syntax.parent.get(inner)
        if isinstance(owner, ast.ClassDef):
            waiting.append(owner)  # a method runs where its object was made, or later
        for call in (*uses.calls.get(inner, []), *uses.handed_over.get(inner, [])):
            if syntax.scope(call) is scope:
                found.append(call)
            else:
                waiting.append(syntax.scope(call).node)
    return found


def name_of(node: ast.expr) -> str | None:
    """The name that an expression ends in: ``b`` of ``a.b``; None where it has none."""
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else None


def name_got(call: ast.Call) -> str | None:
    """The name that ``getattr(module, "name")`` asks for; None for any other call."""
    match call:
        case ast.Call(
            func=ast.Name(id="getattr"), args=[_, ast.Constant(value=str(name)), *_]
        ):
            return name
    return None


def root_of(node: ast.AST) -> str | None:
    """The name that a chain of attributes begins with; None where it is none."""
    while isinstance(node, ast.Attribute):
        node = node.value
    return node.id if isinstance(node, ast.Name) else None


def method_of(owner: ast.ClassDef, name: str) -> Function | None:
    """The method that a class itself defines under a name."""
    return next(
        (n for n in owner.body if isinstance(n, FUNCTIONS) and n.name == name), None
    )


def is_method(function: Function, syntax: Syntax) -> bool:
    """Whether a call through an object leaves the first parameter out."""
    if not isinstance(syntax.parent.get(function), ast.ClassDef):
        return False
    return not any(
        isinstance(d, ast.Name) and d.id == "staticmethod" for d in function.decorator_list
    )


def is_property(function: Function) -> bool:
    """Whether an attribute of an object is read by it, and nothing else is done to it."""
    decorators = [ast.unparse(d) for d in function.decorator_list]
    return decorators in (["property"], ["cached_property"], ["functools.cached_property"])


def class_of_self(binding: Binding, syntax: Syntax) -> ast.ClassDef | None:
    """The class whose method has this binding as its first parameter."""
    function = binding.scope.node
    if binding.kind != "parameter" or not isinstance(function, FUNCTIONS):
        return None
    owner = syntax.parent.get(function)
    first = [*function.args.posonlyargs, *function.args.args][:1]
    if isinstance(owner, ast.ClassDef) and is_method(function, syntax):
        return owner if first == [binding.node] else None
    return None


def named_parameters(arguments: ast.arguments) -> list[ast.arg]:
    """All that a function names: neither ``*args`` nor ``**kwargs``."""
    return [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs]


def default_of(function: Function, parameter: ast.arg) -> ast.expr | None:
    """The default of a parameter of a function; None where it has none."""
    arguments = function.args
    positional = [*arguments.posonlyargs, *arguments.args]
    if parameter in positional:
        index = positional.index(parameter) - len(positional)
        if -index <= len(arguments.defaults):
            return arguments.defaults[index]
        return None
    if parameter in arguments.kwonlyargs:
        return arguments.kw_defaults[arguments.kwonlyargs.index(parameter)]
    return None


def run_by(function: Function) -> Iterator[ast.AST]:
    """What a function runs itself: what is defined in it runs elsewhere."""
    waiting: list[ast.AST] = [*function.body]
    while waiting:
        node = waiting.pop()
        yield node
        if not isinstance(node, (*FUNCTIONS, ast.ClassDef, ast.Lambda)):
            waiting += children(node)


def unpacks(call: ast.Call) -> bool:
    """Whether a call gives what isn't spelled out: ``f(*some, **more)``."""
    starred = any(isinstance(a, ast.Starred) for a in call.args)
    return starred or any(k.arg is None for k in call.keywords)


def argument_for(
    call: ast.Call, parameter: ast.arg, positional: list[ast.arg], method: bool
) -> ast.expr | None:
    """What a call gives for a parameter; None where it gives nothing that is seen."""
    for keyword in call.keywords:
        if keyword.arg == parameter.arg:
            return keyword.value
    if parameter in positional:
        index = positional.index(parameter) - (1 if method else 0)
        if any(isinstance(a, ast.Starred) for a in call.args[: index + 1]):
            return None
        if 0 <= index < len(call.args):
            return call.args[index]
    return None
