"""What a call may get to, where what it calls is no function's own name.

``MODES[args.mode](args)``, ``(train if args.train else test)(args)``, a name for one of
these, a parameter that functions are handed over for, ``partial(train, args)``, what
decorators put into a dict, ``getattr(module, name)(args)``, ``globals()[name](args)``,
``module.train(args)`` of a module whose name is put together, and each of those that a loop
goes through.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from jobready.script.source.scopes import FUNCTIONS, Binding, Function, module_of
from jobready.script.values.functions import name_of

if TYPE_CHECKING:
    from jobready.script.values.given_values import GivenValues

Called = Function | ast.ClassDef
# Methods by which a dict gets items that no line names one by one.
PUTS = frozenset(("setdefault", "update"))
# How a name is bound where it may hold a function of another name.
HOLDS = frozenset(("assign", "loop", "parameter", "walrus"))
# How many names, parameters and dicts may lie between a call and the function.
HOPS = 4


def values_called(
    call: ast.Call, flow: GivenValues
) -> list[tuple[Called | None, ast.Call]]:
    """The functions and classes that a call may get to by a value, and the call of each.

    That is ``call`` itself, or what it comes to with the arguments of a ``partial``. None
    stands for what can't be told; there is nothing where no value is seen at all.
    """
    found: list[tuple[Called | None, ast.Call]] = []
    if not _is_value(call.func, flow):
        return found
    for value, target in _values(call.func, flow, HOPS):
        if target is not None and isinstance(value, ast.Call):
            found.append((target, _completed(value, call.args, call.keywords, call, flow)))
        else:
            found.append((target, call))
    return found if any(target is not None for target, _ in found) else []


def _is_value(node: ast.expr, flow: GivenValues) -> bool:
    """Whether it is neither a name of its own nor a method: worth a look, as few are."""
    if isinstance(node, ast.Name):
        if not flow.syntax.bindings(node.id, flow.syntax.scope(node)):
            return False
        bindings = flow.bindings_of(node)
        return bool(bindings) and all(b.kind in HOLDS for b in bindings)
    if isinstance(node, ast.Attribute):
        if isinstance(node.value, ast.Subscript):
            return True
        return flow.loaded_modules(node.value) is not None
    return True


def values_kept(call: ast.Call, flow: GivenValues) -> list[tuple[Called, ast.Call]]:
    """What ``partial(train, args)`` is for, and the call as if it was made there.

    What is given later is left to a starred argument, which nobody looks into.
    """
    if not _is_partial(call, flow):
        return []
    more = ast.copy_location(ast.Name("more", ast.Load()), call)
    later = [ast.copy_location(ast.Starred(more, ast.Load()), call)]
    named = _named(call.args[0], flow)
    return [(each, _completed(call, later, [], call, flow)) for each in named]


def _is_partial(call: ast.Call, flow: GivenValues) -> bool:
    return bool(call.args) and flow.qualified(call.func) == "functools.partial"


def _completed(
    partial: ast.Call,
    args: Sequence[ast.expr],
    keywords: Sequence[ast.keyword],
    at: ast.Call,
    flow: GivenValues,
) -> ast.Call:
    """The call of a partial, with what is given to it later, as if it stood there.

    By name that goes before what it was made with.
    """
    later = {k.arg for k in keywords}
    first = [k for k in partial.keywords if k.arg is None or k.arg not in later]
    all_args, all_keywords = [*partial.args[1:], *args], [*first, *keywords]
    return flow.syntax.put_at(ast.Call(partial.args[0], all_args, all_keywords), at)


def _values(
    node: ast.expr, flow: GivenValues, hops: int
) -> Iterator[tuple[ast.expr, Called | None]]:
    """What an expression may stand for, each with the expression that names it."""
    named = _of_modules(node, flow) or _named(node, flow)
    parts = None if named else _parts(node, flow)
    if named:
        yield from ((node, each) for each in named)
    elif isinstance(node, ast.Call) and _is_partial(node, flow):
        yield from ((node, each) for each in _named(node.args[0], flow))
    elif parts and hops:
        for part in parts:
            yield from _values(part, flow, hops - 1)
    elif not isinstance(node, ast.Constant):  # None, for nothing was found
        yield node, None


def _of_modules(node: ast.expr, flow: GivenValues) -> list[Called | None]:
    """The functions and classes of modules that are loaded by a put-together name."""
    if not isinstance(node, ast.Attribute) or node.attr not in flow.syntax.functions:
        return []
    return flow.defined_in(node) or []


def _named(node: ast.expr, flow: GivenValues) -> list[Called]:
    """The functions, or the class, that an expression names."""
    if not isinstance(node, (ast.Name, ast.Attribute)):
        return []
    if name_of(node) not in flow.syntax.functions:
        return []  # most calls: not worth a look at what binds the name
    if isinstance(node, ast.Attribute) and flow.members(node) is None:
        return []  # a method: those are followed by their objects
    owner = flow.definition(node)
    if owner is not None and flow.parser_class_of(owner) is not None:
        return []  # a parser is known by the name of what makes it
    return [*flow.functions(node), *([owner] if owner is not None else [])]


def _parts(node: ast.expr, flow: GivenValues) -> list[ast.expr]:
    """The expressions of which ``node`` is one when it runs; none where that isn't seen."""
    match node:
        case ast.Name():
            bindings = flow.bindings_of(node)
            if not all(b.kind in HOLDS for b in bindings):
                return []
            bound = [_bound(b, flow) for b in bindings]
            return [v for values in bound for v in values] if all(bound) else []
        case ast.IfExp():
            return [node.body, node.orelse]
        case ast.BoolOp():
            return node.values
        case ast.Subscript():
            return _items(node.value, flow)
        case ast.Attribute(value=ast.Subscript(value=holder)):
            return [_member(item, node, flow) for item in _items(holder, flow)]
        case ast.Call(func=ast.Attribute(value=holder, attr="get")):
            items = _items(holder, flow)
            return [*items, *node.args[1:2]] if items else []
        case ast.Call(func=ast.Name(id="getattr"), args=[module, name, *other]):
            return [*_attributes(module, name, flow), *other]
        case ast.Call(func=ast.Name(id="eval"), args=[_]):
            return list(_globals(node, flow))
    return []


def _attributes(module: ast.expr, name: ast.expr, flow: GivenValues) -> Iterator[ast.expr]:
    """What ``getattr(module, name)`` may be: one of its functions, or of its classes."""
    loaded = flow.loaded_modules(module)
    modules: Sequence[tuple[str, ast.AST]] = () if loaded is None else loaded.each
    dotted = flow.qualified(module) if loaded is None else None
    if dotted is not None:
        modules = [(dotted, module)]
    known = [each for dotted, at in modules for each in flow.syntax.names_in(dotted, at)]
    if isinstance(name, ast.Constant):
        known = [each for each in known if each == name.value]
    for each in dict.fromkeys(known):
        if each in flow.syntax.functions:
            yield _attribute(module, each, flow)


def _member(module: ast.expr, node: ast.Attribute, flow: GivenValues) -> ast.expr:
    """What ``MODULES[name].parse`` is for one of the modules."""
    return _attribute(module, node.attr, flow)


def _attribute(module: ast.expr, name: str, flow: GivenValues) -> ast.expr:
    """``module.name`` as if it stood where the module does."""
    return flow.syntax.put_at(ast.Attribute(module, name, ast.Load()), module)


def _bound(binding: Binding, flow: GivenValues) -> list[ast.expr]:
    """The expressions that a name may get its value from."""
    if binding.kind == "loop":
        return _looped(binding.node, flow)
    if binding.kind in ("assign", "walrus") and binding.value is not None:
        if binding.index is None:
            return [binding.value]
        parts = binding.value.elts if isinstance(binding.value, ast.Tuple) else []
        starred = any(isinstance(part, ast.Starred) for part in parts)
        return [] if starred else parts[binding.index : binding.index + 1]
    function = binding.scope.node
    if binding.kind != "parameter" or not isinstance(function, FUNCTIONS):
        return []
    if not isinstance(binding.node, ast.arg):
        return []
    return [*_given(function, binding.node, flow), *_decorated(function, flow)]


def _looped(loop: ast.AST, flow: GivenValues) -> list[ast.expr]:
    """What a loop goes through: ``for fit in (one, two)``, or the values of a dict.

    More may be put into it where `elements` gives up: what is seen may be called all the
    same.
    """
    if not isinstance(loop, (ast.For, ast.comprehension)):
        return []
    match loop.iter:
        case ast.List(elts=parts) | ast.Tuple(elts=parts) | ast.Set(elts=parts):
            return parts
        case ast.Call(func=ast.Attribute(value=holder, attr="values"), args=[]):
            return _items(holder, flow)
        case ast.Name():
            bindings = flow.bindings_of(loop.iter)
            value = bindings[0].value if len(bindings) == 1 else None
            return value.elts if isinstance(value, (ast.List, ast.Tuple, ast.Set)) else []
    return []


def _given(function: Function, parameter: ast.arg, flow: GivenValues) -> Iterator[ast.expr]:
    yield from flow.given_by_calls(function, parameter)
    yield from flow.handed_values(function, parameter)


def _decorated(function: Function, flow: GivenValues) -> Iterator[ast.expr]:
    """The functions and classes that get to a decorator, by their own names.

    It may be made by a function: ``@register("train")``.
    """
    if len(function.args.args) != 1:
        return
    maker = flow.syntax.parent.get(function)
    makers = {function, maker} if isinstance(maker, FUNCTIONS) else {function}
    for node in flow.syntax.of(ast.FunctionDef, ast.ClassDef):
        for decorator in node.decorator_list:
            made = decorator.func if isinstance(decorator, ast.Call) else decorator
            if makers.intersection(_named(made, flow)):
                name = ast.copy_location(ast.Name(node.name, ast.Load()), node)
                flow.syntax.parent[name] = node
                flow.syntax.scopes[name] = flow.syntax.scope(node)
                yield name


def _items(node: ast.expr, flow: GivenValues) -> list[ast.expr]:
    """The items of a dict that is spelled out, and those that are put into it by name."""
    if isinstance(node, ast.Dict):
        return node.values
    if isinstance(node, ast.Call) and name_of(node.func) == "globals":
        return list(_globals(node, flow))
    bindings: list[Binding] = []
    if isinstance(node, ast.Name):
        bindings = flow.bindings_of(node)
    elif isinstance(node, ast.Attribute):
        bindings = flow.members(node) or []
    if len(bindings) != 1 or not isinstance(bindings[0].value, (ast.Dict, ast.Call)):
        return []
    kept = bindings[0]
    spelled = kept.value.values if isinstance(kept.value, ast.Dict) else []
    return [*spelled, *_put_into(kept, flow)]


def _globals(at: ast.expr, flow: GivenValues) -> Iterator[ast.expr]:
    """The functions and classes of a file, by their names there: ``globals()[name]``."""
    module = module_of(flow.syntax.scope(at))
    for each in module.bindings:
        if each in flow.syntax.functions:
            name = flow.syntax.put_at(ast.Name(each, ast.Load()), at)
            flow.syntax.scopes[name] = module  # no variable of a function is meant
            yield name


def _put_into(kept: Binding, flow: GivenValues) -> Iterator[ast.expr]:
    """The values of ``MODES["train"] = train`` for the dict of a name.

    ``MODES.update`` stands for those that it puts there, which aren't told.
    """
    for name in flow.syntax.named.get(kept.name, ()):
        above = flow.syntax.parent[name]
        if not isinstance(name, ast.Name) or kept not in flow.bindings_of(name):
            continue
        if isinstance(above, ast.Attribute) and above.attr in PUTS:
            yield above
        elif isinstance(above, ast.Subscript) and above.value is name:
            holder = flow.syntax.parent[above]
            if isinstance(holder, ast.Assign) and above in holder.targets:
                yield holder.value
