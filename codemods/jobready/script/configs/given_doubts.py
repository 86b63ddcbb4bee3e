"""Why a clone may differ, of a script that tells what stands on its command line.

What is given is laid over settings that are loaded. A run that shows what comes of that
has the values on its page that it trains with, and a clone gives all of them: it trains
with the same, whether or not there are settings to load. A run that shows the arguments
doesn't: there a default isn't given, and a clone gives it.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence

from jobready.script.arguments.given_uses import GivenUses, LaidOver
from jobready.script.configs.config_objects import is_config_object
from jobready.script.model import Init, KeptName, Parse
from jobready.script.source.place import Place
from jobready.script.source.reaching import reaching
from jobready.script.source.syntax import Syntax
from jobready.script.values.flow import Flow
from jobready.script.values.functions import method_of, name_of
from jobready.script.values.meanings import HOLDERS, Instance
from jobready.script.values.object_attributes import set_otherwise
from jobready.script.values.order import passes
from jobready.script.values.set_anew import is_ours

UNTOLD = "a clone gives all values, and here it counts which are given"
UNSHOWN = "what is given is laid over settings here that the run doesn't surely show"
HOPS = 12  # names, attributes and functions, from a run back to the settings
# Methods by which a dict may keep less than it is given, or show it otherwise.
DICT_METHODS = frozenset(
    ("__init__", "__iter__", "__new__", "__setitem__", "items", "keys", "update", "values")
)


def given_doubts(
    parses: Sequence[Parse], inits: Sequence[Init], syntax: Syntax, flow: Flow
) -> tuple[list[KeptName], list[tuple[str, Place]]]:
    """What the arguments keep of what is given, and why a clone may differ."""
    uses = GivenUses(syntax, flow)
    uses.all_of(p.call for p in parses if any(m.given_only for m in p.parsers))
    doubts = [(UNTOLD, syntax.place(node)) for node in uses.strange]
    for laid in uses.laid:
        if not inits or not all(_shows(init, laid, syntax, flow) for init in inits):
            doubts.append((UNSHOWN, syntax.place(laid.statement)))
    names = [KeptName(kept.attr, syntax.place(kept), UNTOLD) for kept in uses.kept]
    return names, list(dict.fromkeys(doubts))


def _shows(init: Init, laid: LaidOver, syntax: Syntax, flow: Flow) -> bool:
    """Whether a run shows all parameters, of what is laid over where there is such."""
    if not init.whole or init.unclear or init.problems or init.taken_out or init.filtered:
        return False
    shown = [k.value for k in init.call.keywords if k.arg == "config"]
    shown += _updates(syntax, flow)
    found = [_Shown(laid, syntax, flow).of(value, HOPS) for value in shown]
    return True in found and None not in found


def _updates(syntax: Syntax, flow: Flow) -> Iterator[ast.expr]:
    """What is given to ``wandb.config.update``."""
    for method in syntax.named.get("update", ()):
        call = syntax.parent[method]
        if isinstance(method, ast.Attribute) and isinstance(call, ast.Call):
            if is_config_object(method.value, syntax, flow):
                yield from call.args


class _Shown:
    """Goes back from what a run shows to the settings that something is laid over."""

    def __init__(self, laid: LaidOver, syntax: Syntax, flow: Flow) -> None:
        self._laid = laid
        self._syntax = syntax
        self._flow = flow

    def of(self, node: ast.expr, hops: int) -> bool | None:
        """Whether it may be the settings; None where it may be other than the arguments."""
        if isinstance(node, ast.Name) and self._is_laid(node):
            return True
        if is_ours(node, self._flow):
            return False
        found = [self.of(value, hops - 1) for value in self._sources(node)] if hops else []
        return None if None in found or not found else True in found

    def _is_laid(self, node: ast.Name) -> bool:
        """Whether a name stands for the settings, behind what is laid over them."""
        target = self._laid.target
        if node.id != target.id or not passes(self._laid.statement, node, self._syntax):
            return False
        return reaching(node, self._syntax) == reaching(target, self._syntax)

    def _sources(self, node: ast.expr) -> list[ast.expr]:
        """What a value is, or has all that it has from; none where not all is seen."""
        flow = self._flow
        if isinstance(node, ast.Name):
            given = [flow.given(b) for b in reaching(node, self._syntax)]
            return [v for values in given for v in values] if all(given) else []
        if isinstance(node, ast.Attribute):
            owners = flow.meanings(node.value)
            classes = [m.definition for m in owners if isinstance(m, Instance)]
            kept = [flow.kept(owner, node) for owner in classes]
            seen = len(classes) == len(owners) and all(kept)
            seen = seen and not any(self._is_set(node, owner) for owner in classes)
            return [v for values in kept for v in values] if seen else []
        if isinstance(node, ast.Call):
            return self._of_call(node)
        return [node.body, node.orelse] if isinstance(node, ast.IfExp) else []

    def _is_set(self, node: ast.Attribute, owner: ast.ClassDef) -> bool:
        """Whether an attribute may be set otherwise than by an assignment."""
        family, classes_of = self._flow.family(owner), self._flow.classes
        return set_otherwise(node.attr, family, self._syntax, classes_of) is not None

    def _of_call(self, call: ast.Call) -> list[ast.expr]:
        held = [*call.args, *(k.value for k in call.keywords if k.arg is None)]
        alone = len(held) == len(call.args) + len(call.keywords) == 1
        if alone and self._holds(call):
            return held
        functions = self._flow.functions(call.func)
        returned = [r.value for f in functions for r in self._flow.returns(f)]
        values = [value for value in returned if value is not None]
        return values if len(values) == len(returned) else []

    def _holds(self, call: ast.Call) -> bool:
        """Whether a call makes an object that has all that it is given."""
        name = self._flow.qualified(call.func)
        if name in HOLDERS:
            return True
        owner = self._flow.definition(call.func)
        if owner is not None:
            bases = [ast.unparse(base) for base in owner.bases]
            own = any(method_of(owner, method) for method in DICT_METHODS)
            return bases == ["dict"] and not (own or owner.decorator_list)
        builtin = self._syntax.owner(name_of(call.func) or "", self._syntax.scope(call))
        return builtin is None and ast.unparse(call.func) in ("dict", "vars")
