"""Where the files of a script may hold its own file, or a command with it.

That is ``__file__``, ``sys.argv[0]``, and whatever may have got one of them: another name,
an attribute, a parameter, a list, a text. What makes the name of another file of it holds
it no longer.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from pathlib import Path

from jobready.script.files.own_names import (
    LISTS,
    by_name,
    of_entry,
    of_whatever,
    text_of,
)
from jobready.script.files.run_here import RunHere
from jobready.script.source.scopes import FUNCTIONS, Function
from jobready.script.source.syntax import Syntax
from jobready.script.starts.own_start import ADDS, BESIDE, SAYS, STARTS, TAKES_WORDS
from jobready.script.values.functions import name_of

# What is said of a file, and no file any more.
NO_FILE = frozenset(("exists", "getmtime", "getsize", "is_file", "isfile"))
# What is given a key first.
LOOKS_UP = frozenset(("get", "getenv", "pop", "setdefault"))
PUT_INTO = (*LISTS, ast.FormattedValue, ast.JoinedStr, ast.BinOp)
# The expressions that have what stands in them.
HAVE = (
    *(*LISTS, ast.Starred, ast.FormattedValue, ast.JoinedStr, ast.BinOp, ast.IfExp),
    *(ast.BoolOp, ast.Await),
)
Called = ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda


class OwnFile:
    """What may hold the file of the first of some files of a script.

    ``words`` are the words of lists, texts and commands that may be it, ``calls`` what is
    given it; both with their part. ``unseen`` are the names of calls that lead out of the
    parts. What counts is where they name it, or with ``here`` where the script may run
    what names it.
    """

    def __init__(
        self, path: Path, parts: Sequence[Syntax], here: RunHere | None = None
    ) -> None:
        self._parts = parts
        self._found: set[ast.AST] = set()
        self._known_keys: dict[Syntax, list[ast.Constant]] = {}
        self._waiting: list[tuple[ast.AST, Syntax]] = []
        self.words: dict[ast.expr, Syntax] = {}
        self.calls: dict[ast.Call, Syntax] = {}
        self.unseen: set[str] = set()
        for part in parts:
            own = of_entry(part) if part is parts[0] else ()
            named = by_name(path, part, whole=part is not parts[0])
            for node in (*own, *of_whatever(part), *named):
                if here is None or here.may_run(node, part):
                    self._reach(node, part)
        while self._waiting:
            self._follow(*self._waiting.pop())

    def __contains__(self, node: ast.AST) -> bool:
        return node in self._found

    def _reach(self, node: ast.AST, part: Syntax) -> None:
        if node not in self._found:
            self._found.add(node)
            self._waiting.append((node, part))

    def _follow(self, node: ast.AST, part: Syntax) -> None:
        """Go on to what has got what a node has."""
        parent = part.parent.get(node)
        if isinstance(node, ast.expr) and isinstance(parent, PUT_INTO):
            self.words[node] = part
        match parent:
            case ast.Attribute(attr=attr) if attr not in BESIDE or _gives_py(parent, part):
                self._reach(parent, part)
            case ast.Subscript(value=held) if held is node:
                if not (_is_call(node, "split") and ast.unparse(parent.slice) == "0"):
                    self._reach(parent, part)
            case ast.Lambda(body=body) if body is node:
                self._reach(parent, part)
            case ast.BinOp(op=ast.Div(), left=left) if left is node:
                pass  # what is found beside a folder
            case ast.IfExp(test=test) if test is node:
                pass
            case ast.Assign(targets=targets):
                for target in targets:
                    self._bind(target, node, part)
            case ast.AnnAssign(target=target) | ast.AugAssign(target=target):
                self._bind(target, node, part)
            case ast.NamedExpr(target=target):
                self._bind(target, node, part)
                self._reach(parent, part)
            case ast.For(target=target, iter=each) if each is node:
                self._bind(target, node, part)
            case ast.comprehension(target=target, iter=each) if each is node:
                self._bind(target, node, part)
            case ast.ListComp(elt=made) | ast.GeneratorExp(elt=made) if made is node:
                self._reach(parent, part)
            case ast.Dict(keys=keys, values=values):
                for key, value in zip(keys, values, strict=True):
                    if value is node and isinstance(key, ast.Constant):
                        self._held_as(str(key.value))
            case _ if isinstance(parent, FUNCTIONS):
                self._default(parent, node, part)
            case ast.Return():
                self._returned(node, part)
            case ast.Call(func=function):
                if function is node:
                    self._reach(parent, part)  # `path.resolve()`
                else:
                    self._given(node, parent, part)
            case ast.keyword():
                call = part.parent[parent]
                if isinstance(call, ast.Call):
                    self._given(node, call, part, parent.arg)
            case _ if isinstance(parent, HAVE):
                self._reach(parent, part)

    # -- names, attributes, keys

    def _bind(self, target: ast.expr, value: ast.AST, part: Syntax) -> None:
        """Go on to the reads of what is bound to a value."""
        match target, value:
            case (ast.Tuple(elts=names), ast.Tuple(elts=given)) if len(names) == len(given):
                for name, each in zip(names, given, strict=True):
                    if each in self._found:
                        self._bind(name, each, part)
            case ast.Tuple(elts=names) | ast.List(elts=names), _:
                for name in names:
                    self._bind(name, value, part)
            case ast.Name(id=name), _:
                self._named(name, target, part)
            case ast.Attribute(attr=name), _:
                self._held_as(name)
            case ast.Subscript(slice=ast.Constant(value=key)), _:
                self._held_as(str(key))

    def _named(self, name: str, at: ast.AST, part: Syntax) -> None:
        """Go on to the reads of a name, also where another part imports it."""
        owner = part.owner(name, part.scope(at))
        for node in part.named.get(name, ()):
            if isinstance(node, ast.Name) and part.owner(name, part.scope(node)) is owner:
                self._reach(node, part)
        if owner is not None and isinstance(owner.node, (ast.Module, ast.ClassDef)):
            self._held_as(name)
            for other in self._parts:
                for node in other.named.get(name, ()) if other is not part else ():
                    self._reach(node, other)

    def _held_as(self, name: str) -> None:
        """Go on to the reads of an attribute or a key, of whatever object."""
        for part in self._parts:
            for node in part.named.get(name, ()):
                if isinstance(node, ast.Attribute):
                    self._reach(node, part)
            for key in self._keys(part) if part.mentions(name) else ():
                holder = part.parent[key]
                if key.value != name:
                    if f"${name}" in str(key.value) or f"${{{name}}}" in str(key.value):
                        self._reach(key, part)  # of the environment
                elif (
                    isinstance(holder, ast.Subscript)
                    or _is_call(holder, "get")
                    or _is_call(holder, "pop")
                ):
                    self._reach(holder, part)

    def _keys(self, part: Syntax) -> list[ast.Constant]:
        """The constants of a file that may look something up, as few of them do."""
        if part not in self._known_keys:
            self._known_keys[part] = [
                key
                for key in part.of(ast.Constant)
                if isinstance(part.parent[key], (ast.Subscript, ast.Call))
                or "$" in str(key.value)
            ]
        return self._known_keys[part]

    # -- functions

    def _functions(self, name: str | None) -> Iterator[tuple[Called, Syntax]]:
        for part in self._parts:
            for function in part.functions.get(name, ()):
                if function.name in (name, "__init__", "__call__"):
                    yield function, part
            for node in part.named.get(name, ()) if name is not None else ():
                holder = part.parent[node]
                if isinstance(holder, ast.Assign) and isinstance(holder.value, ast.Lambda):
                    yield holder.value, part

    def _given(
        self, node: ast.AST, call: ast.Call, part: Syntax, keyword: str | None = None
    ) -> None:
        """Go on to what a call does with what it is given."""
        name = name_of(call.func)
        if name in BESIDE or name in NO_FILE:
            if name != "join" or call.args[-1:] != [node]:
                return
        if name in SAYS or (name in LOOKS_UP and call.args[:1] == [node]):
            return
        self.calls[call] = part
        functions = list(self._functions(name))
        for function, place in functions:
            for parameter in _taking(function, node, call, keyword):
                self._parameter(parameter, function, place)
        if functions and keyword is not None:
            self._held_as(keyword)  # of a dataclass
        for other in (*call.args, *(k.value for k in call.keywords)):
            if other is not node and isinstance(other, (ast.Name, ast.Attribute)):
                for function, place in self._functions(name_of(other)):
                    for parameter in _parameters(function):
                        self._parameter(parameter, function, place)
        if functions:
            return
        self.unseen.add(name or ast.unparse(call.func))
        is_word = name in ("format", *ADDS, *STARTS, *TAKES_WORDS) or _has_text(call)
        if isinstance(node, ast.expr) and (is_word or " " in text_of(node)):
            self.words[node] = part
        if name in ADDS and isinstance(call.func, ast.Attribute):
            self._bind(call.func.value, node, part)
        self._reach(call, part)

    def _parameter(self, parameter: ast.arg, function: Called, part: Syntax) -> None:
        for node in part.named.get(parameter.arg, ()):
            if isinstance(node, ast.Name):
                owner = part.owner(node.id, part.scope(node))
                if owner is not None and owner.node is function:
                    self._reach(node, part)

    def _default(self, function: Function, node: ast.AST, part: Syntax) -> None:
        """Go on to the parameter that has a default."""
        given = function.args
        positional = [*given.posonlyargs, *given.args]
        pairs = [
            *zip(reversed(positional), reversed(given.defaults), strict=False),
            *zip(given.kwonlyargs, given.kw_defaults, strict=False),
        ]
        for parameter, default in pairs:
            if default is node:
                self._parameter(parameter, function, part)

    def _returned(self, node: ast.AST, part: Syntax) -> None:
        """Go on to the calls of a function, or the reads of a property."""
        function = part.scope(node).node
        if not isinstance(function, FUNCTIONS):
            return
        for other in self._parts:
            for called in other.named.get(function.name, ()):
                call = other.parent[called]
                is_called = isinstance(call, ast.Call) and call.func is called
                self._reach(call if is_called else called, other)


def _parameters(function: Called) -> list[ast.arg]:
    given = function.args
    more = [p for p in (given.vararg, given.kwarg) if p is not None]
    return [*given.posonlyargs, *given.args, *given.kwonlyargs, *more]


def _taking(
    function: Called, node: ast.AST, call: ast.Call, keyword: str | None
) -> Iterator[ast.arg]:
    """The parameters that may take what a call is given."""
    if keyword is not None:
        named = [p for p in _parameters(function) if p.arg == keyword]
        yield from named or [p for p in (function.args.kwarg,) if p is not None]
        return
    if any(isinstance(a, ast.Starred) for a in call.args) or node not in call.args:
        yield from _parameters(function)
        return
    index = call.args.index(node)
    positional = [*function.args.posonlyargs, *function.args.args]
    takes_self = bool(positional) and positional[0].arg in ("self", "cls")
    index += takes_self
    if index < len(positional):
        yield positional[index]
    elif function.args.vararg is not None:
        yield function.args.vararg


def _gives_py(method: ast.Attribute, part: Syntax) -> bool:
    """Whether it is ``path.with_suffix(".py")``, which a script's file has already."""
    call = part.parent[method]
    return isinstance(call, ast.Call) and ast.unparse(call).endswith(".with_suffix('.py')")


def _is_call(node: ast.AST, name: str) -> bool:
    return isinstance(node, ast.Call) and name_of(node.func) == name


def _has_text(call: ast.Call) -> bool:
    """Whether a call is given a text that is an option."""
    return any(text_of(word).startswith("--") for word in call.args)
