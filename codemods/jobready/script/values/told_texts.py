"""The texts that an expression may come to, where the source tells its words.

``f"own.{name}.options"`` in ``for name in METHODS:``, where ``METHODS`` is a list of texts,
or a dict by them; ``f"own.{MODES[mode]}"`` of a dict that has them.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, product

from jobready.script.source.put_together import put_together
from jobready.script.source.scopes import Binding
from jobready.script.source.syntax import Syntax
from jobready.script.values.elements import LEAVES_IT, OVER_A_LIST
from jobready.script.values.functions import name_of

# What stands in a text for what only a run tells.
UNTOLD = "*"
MOST = 100  # texts of one expression
HOPS = 4  # names, one for the other
# What gives all that a list, or a dict by its keys, has.
GIVES_ALL = frozenset(("frozenset", "list", "reversed", "set", "sorted", "tuple"))
# Methods of a list or a dict that leave it as it is.
ONLY_READ = frozenset(("copy", "count", "get", "index", "items", "keys", "values"))


@dataclass(frozen=True)
class Words:
    """What is known of names: all that binds one, and whether a list is left as it is."""

    bound: Callable[[ast.Name | ast.Attribute], Sequence[Binding]]
    is_kept: Callable[[ast.Name | ast.Attribute], bool]

    def texts(self, node: ast.expr, hops: int = HOPS) -> list[str]:
        """All texts that an expression may come to, each once.

        There is a ``*`` for each part of one that isn't told.
        """
        parts = {
            ast.unparse(n): n
            for n in ast.walk(node)
            if isinstance(n, (ast.Name, ast.Subscript))
        }
        words = [self._words(part, hops) for part in parts.values()]
        ways = list(islice(product(*words), MOST + 1))
        if len(ways) > MOST:
            ways = [(UNTOLD,) * len(parts)]
        every = (dict(zip(parts, way, strict=True)) for way in ways)
        found = (put_together(node, names, UNTOLD) for names in every)
        return list(dict.fromkeys(text or UNTOLD for text in found))

    def _words(self, node: ast.Name | ast.Subscript, hops: int) -> list[str]:
        """What a name, or an item of a list or a dict, may be."""
        values: list[ast.expr] | None = None
        if hops and isinstance(node, ast.Subscript):
            values = self._items(node.value)
        elif hops and isinstance(node, ast.Name):
            values = self._values(node)
        if not values:
            return [UNTOLD]
        return list(dict.fromkeys(t for v in values for t in self.texts(v, hops - 1)))

    def _values(self, name: ast.Name) -> list[ast.expr] | None:
        """The expressions that a name gets its values from; None where not all are seen."""
        found: list[ast.expr] = []
        for binding in self.bound(name):
            loop = binding.node
            if binding.kind in ("assign", "walrus") and binding.value is not None:
                values = [binding.value] if binding.index is None else None
            elif isinstance(loop, OVER_A_LIST):
                values = self._looped(loop.iter, loop.target, name.id)
            else:
                values = None
            if values is None:
                return None
            found += values
        return found

    def _looped(
        self, through: ast.expr, target: ast.expr, name: str
    ) -> list[ast.expr] | None:
        """What the name of a loop stands for: an element, a key, or a value by one."""
        if isinstance(target, ast.Name):
            return self._elements(through)
        match through, target:
            case (
                ast.Call(func=ast.Attribute(value=held, attr="items"), args=[]),
                ast.Tuple(elts=[ast.Name(id=key), ast.Name(id=value)]),
            ) if key != value:
                return self._elements(held) if name == key else self._items(held)
            case (
                ast.Call(func=ast.Name(id="enumerate"), args=[held]),
                ast.Tuple(elts=[ast.Name(id=count), ast.Name(id=each)]),
            ) if each == name != count:
                return self._elements(held)
        return None

    def _elements(self, node: ast.expr) -> list[ast.expr] | None:
        """What a loop takes one after the other: of a dict the keys."""
        match node:
            case ast.Call(func=ast.Attribute(value=held, attr="keys"), args=[]):
                return self._of_displays(held, _keys)
            case ast.Call(func=ast.Attribute(value=held, attr="values"), args=[]):
                return self._of_displays(held, _dict_values)
            case ast.Call(func=ast.Name(id=name), args=[held]) if name in GIVES_ALL:
                return self._elements(held)
        return self._of_displays(node, lambda d: _keys(d) or _listed(d))

    def _items(self, node: ast.expr) -> list[ast.expr] | None:
        """What ``NAMES[which]`` may be."""
        return self._of_displays(node, lambda d: _dict_values(d) or _listed(d))

    def _of_displays(
        self, node: ast.expr, parts: Callable[[ast.expr], list[ast.expr] | None]
    ) -> list[ast.expr] | None:
        """The parts of each list or dict that an expression may be."""
        found: list[ast.expr] = []
        for display in self._displays(node):
            inside = None if display is None else parts(display)
            if inside is None:
                return None
            found += inside
        return found

    def _displays(self, node: ast.expr) -> Iterator[ast.expr | None]:
        """What spells out what is under a name; None for what isn't spelled out."""
        if not isinstance(node, (ast.Name, ast.Attribute)):
            yield node
        elif not self.is_kept(node):
            yield None
        else:
            bindings = self.bound(node)
            if not bindings:
                yield None
            for binding in bindings:
                alone = binding.kind == "assign" and binding.index is None
                yield binding.value if alone else None


def _keys(node: ast.expr) -> list[ast.expr] | None:
    keys = [k for k in node.keys if k is not None] if isinstance(node, ast.Dict) else []
    return keys if isinstance(node, ast.Dict) and len(keys) == len(node.keys) else None


def _dict_values(node: ast.expr) -> list[ast.expr] | None:
    return node.values if _keys(node) is not None and isinstance(node, ast.Dict) else None


def _listed(node: ast.expr) -> list[ast.expr] | None:
    if not isinstance(node, (ast.List, ast.Tuple, ast.Set)):
        return None
    return None if any(isinstance(e, ast.Starred) for e in node.elts) else node.elts


def keeps_its_words(node: ast.Name | ast.Attribute, syntax: Syntax) -> bool:
    """Whether a list of texts, wherever its name stands, is only assigned and read."""
    for named in syntax.named.get(name_of(node) or "", ()):
        if isinstance(getattr(named, "ctx", None), ast.Load):
            if not _only_reads(named, syntax.parent[named]):
                return False
        elif isinstance(named, ast.Attribute):
            return False  # options.METHODS = […]
    return True


def _only_reads(named: ast.AST, above: ast.AST) -> bool:
    """Whether what stands around a list puts nothing into it, and hands it on to nobody."""
    match above:
        case ast.For() | ast.AsyncFor() | ast.comprehension():
            return above.iter is named
        case ast.Call():
            return name_of(above.func) in LEAVES_IT | GIVES_ALL | {"join", "print"}
        case ast.Attribute(attr=method):
            return method in ONLY_READ
        case ast.Subscript():
            return above.value is not named or isinstance(above.ctx, ast.Load)
        case ast.keyword(arg="choices") | ast.Compare() | ast.FormattedValue():
            return True
    return False
