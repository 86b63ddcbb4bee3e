"""Handing the arguments down to the function that starts a run, as a parameter of its own.

Where no name holds them at the init, but all calls that get there have them, or the calls
of the functions around those. The new parameter has a default: whoever else calls the
function, a test or another script, gets what it got.
"""

from __future__ import annotations

import ast
from dataclasses import replace

from jobready.edits.plan import ArgumentEdit, InitEdit, ParameterEdit, ShowEdit
from jobready.edits.shown.held_arguments import parse_stages
from jobready.edits.shown.init_config import (
    config_read,
    config_written,
    held_at,
    unclear_update,
)
from jobready.edits.shown.unshown import unshown
from jobready.project.environment import Environment
from jobready.script.model import Init, Script
from jobready.script.source.scopes import FUNCTIONS, Binding, Function
from jobready.script.source.syntax import Syntax
from jobready.script.values.absence import may_be_none
from jobready.script.values.flow import Flow
from jobready.script.values.functions import name_of, named_parameters
from jobready.script.values.never_given import waiting_in

HOPS = 3  # calls, from the name of the arguments down to the init
# What the parameter is called: the first that the function doesn't use.
NAMES = ("config", "run_config", "wandb_config")
# Bases whose objects are made as those of any class.
PLAIN_BASES = frozenset(("abc.ABC", "torch.nn.Module"))
# What sees the parameters of a function without naming them.
FRAMES = frozenset(("eval", "exec", "locals", "save_hyperparameters"))
TYPING = ("Optional", "Dict", "Any")
UNIONS = (3, 10)  # the Python that can evaluate ``dict | None``


def handed_down(
    init: Init, script: Script, environment: Environment
) -> tuple[ShowEdit, ...] | None:
    """The edits that bring the parameters to an init; None where they can't be sure."""
    if unclear_update(script) or config_read(script) or config_written(script):
        return None
    given = [k.value for k in init.call.keywords if k.arg == "config"]
    if init.extends is not None and given != [init.extends]:
        return None
    if init.file is not None and unshown(script):
        return None  # which is no key of a file that goes first
    descent = _Descent(init, script, environment)
    name = descent.to(init.call, HOPS)
    if name is None or not descent.edits:
        return None  # or it is held there already
    edits = (*descent.edits.values(),)
    if init.extends is not None and init.file is not None:
        read = script.syntax.part_of(init.extends).source(init.extends)
        return *edits, InitEdit(init.call, f"{{**{read}, **({name} or {{}})}}")
    if init.extends is not None:
        return *edits, InitEdit(init.call, f"({name} or {{}})", extends=True)
    if given and name_of(given[0]) == name:
        return edits
    if given and isinstance(given[0], ast.Name):
        return None  # which others give
    return *edits, InitEdit(init.call, name)


class _Descent:
    """The way of the parameters to an init: ``edits`` by the functions and calls on it."""

    def __init__(self, init: Init, script: Script, environment: Environment) -> None:
        self.init = init
        self.script = script
        self.environment = environment
        self.edits: dict[ast.AST, ParameterEdit | ArgumentEdit] = {}
        self._names: dict[Function, str | None] = {}

    def to(self, call: ast.Call, hops: int) -> str | None:
        """What holds the parameters where a call is, once they are brought there."""
        syntax: Syntax = self.script.syntax
        flow: Flow = self.script.flow
        here = replace(self.init, call=call, place=syntax.place(call))
        held = held_at(here, self.script, type_checked=True)
        if held is not None:
            names = [stage.owner for stage in parse_stages(here, self.script)]
            if any(may_be_none(flow.read_at(n, call), flow) for n in names):
                return None  # which has no dict
            return held if syntax.owner("vars", syntax.scope(call)) is None else None
        function = syntax.scope(call).node
        if not hops or not isinstance(function, FUNCTIONS):
            return None
        if function not in self._names:
            self._names[function] = None  # for a call of itself
            self._names[function] = self._into(function, call, hops - 1)
        return self._names[function]

    def _into(self, function: Function, inner: ast.Call, hops: int) -> str | None:
        """The parameter by which a function gets them from all that call it."""
        calls = _calls(function, self.script)
        values = [self.to(call, hops) for call in calls]
        if not calls or not all(values):
            return None
        name = waiting_in(inner, self.script.flow)
        if name is None:
            name = self._free_name(function, inner)
            if name is None:
                return None
            part = self.script.syntax.part_of(function)
            annotation = _annotation(function, part, self.environment)
            self.edits[function] = ParameterEdit(function, name, annotation)
        for call, value in zip(calls, values, strict=True):
            given = [ast.unparse(k.value) for k in call.keywords if k.arg == name]
            if value is not None and not given:
                self.edits[call] = ArgumentEdit(call, name, value)
            elif given != [value]:
                return None
        return name

    def _free_name(self, function: Function, inner: ast.Call) -> str | None:
        syntax: Syntax = self.script.syntax
        used = {n.id for n in ast.walk(function) if isinstance(n, ast.Name)}
        used |= {n.arg for n in ast.walk(function) if isinstance(n, ast.arg)}
        scope = syntax.scope(inner)
        free = (n for n in NAMES if n not in used and syntax.owner(n, scope) is None)
        return next(free, None)


def _calls(function: Function, script: Script) -> list[ast.Call]:
    """The calls that run a function; none where another may, or where one may differ."""
    syntax: Syntax = script.syntax
    flow: Flow = script.flow
    defined = _made_by(function, syntax)
    arguments = function.args
    if function.decorator_list or arguments.vararg or arguments.kwarg:
        return []
    if defined is None or not (defined is function or _is_plain(defined, flow)):
        return []
    if any(_sees_all(node, flow) for node in ast.walk(defined)):
        return []
    calls = flow.calls_for(function)
    if flow.uses.handed_over.get(defined):
        return []
    if any([b.node for b in _bound_to(c.func, flow)] != [defined] for c in calls):
        return []
    called = [c.func for c in calls]
    for node in syntax.named.get(defined.name, ()):
        if node not in called and defined in [b.node for b in _bound_to(node, flow)]:
            if not _is_of_types(node, syntax):
                return []
    return calls


def _made_by(function: Function, syntax: Syntax) -> Function | ast.ClassDef | None:
    """What is called to run a function: itself, or the class whose ``__init__`` it is."""
    around = syntax.parent.get(function)
    if isinstance(around, ast.ClassDef):
        return around if function.name == "__init__" else None
    return function if isinstance(around, ast.Module) else None


def _bound_to(node: ast.AST, flow: Flow) -> list[Binding]:
    """What binds a name, or the member of a module."""
    if isinstance(node, ast.Name):
        return flow.bindings_of(node)
    return (flow.members(node) or []) if isinstance(node, ast.Attribute) else []


def _is_plain(owner: ast.AST, flow: Flow) -> bool:
    """Whether objects of a class are made by its ``__init__`` alone, and by calls of it."""
    if not isinstance(owner, ast.ClassDef):
        return False
    strange = [b for b in owner.bases if flow.qualified(b) not in PLAIN_BASES]
    if owner.decorator_list or owner.keywords or flow.heirs(owner) != [owner]:
        return False
    methods = [m.name for m in owner.body if isinstance(m, FUNCTIONS)]
    if "__new__" in methods or methods.count("__init__") > 1:
        return False
    return all(isinstance(b, ast.Name) and b.id == "object" for b in strange)


def _sees_all(node: ast.AST, flow: Flow) -> bool:
    """Whether something reads the parameters of the function that it stands in as such."""
    if isinstance(node, ast.Call) and name_of(node.func) == "vars":
        return not node.args
    if not isinstance(node, (ast.Name, ast.Attribute)):
        return False
    if name_of(node) in FRAMES:
        return isinstance(node, ast.Name) or node.attr == "save_hyperparameters"
    return (flow.qualified(node) or "").startswith("inspect.")


def _is_of_types(node: ast.AST, syntax: Syntax) -> bool:
    """Whether a class is only named there to say what something is."""
    inside = node
    for around in syntax.ancestors(node):
        if inside is getattr(around, "annotation", None):
            return True
        if isinstance(around, FUNCTIONS):
            return inside is around.returns
        if isinstance(around, ast.Call):
            return name_of(around.func) == "isinstance"
        if isinstance(around, ast.stmt):
            return False
        inside = around
    return False


def _annotation(function: Function, part: Syntax, environment: Environment) -> str | None:
    """The type of the parameter, as the file writes such; None beside others without."""
    if not any(a.annotation for a in named_parameters(function.args)):
        return None
    bound = part.module.bindings
    if all(name in bound for name in TYPING):
        return "Optional[Dict[str, Any]]"
    for alias in (a for i in part.of(ast.Import) for a in i.names if a.name == "typing"):
        name = alias.asname or alias.name
        if any(isinstance(part.parent[n], ast.Attribute) for n in part.named.get(name, ())):
            optional, of, any_type = (f"{name}.{each}" for each in TYPING)
            return f"{optional}[{of}[str, {any_type}]]"
    text = "dict[str, object] | None"
    evaluates = environment.python >= UNIONS or part.defers_annotations
    return text if evaluates else f'"{text}"'
