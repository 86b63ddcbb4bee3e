"""Finding the runs of a file and how the parameters get into their config."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence

from jobready.script.flow import Flow
from jobready.script.meanings import ArgumentsDict, RunConfig
from jobready.script.model import Init, Overwrite, Place
from jobready.script.recording import Recorder, parameter_read
from jobready.script.syntax import Syntax

Problem = tuple[str, Place]
# Classes and keywords by which a framework starts a run of its own.
TRACKERS = {"WandbLogger", "WandbCallback", "WandbMetricsLogger", "init_trackers"}
TRACKER_KEYWORDS = {"report_to", "log_with"}


def read_inits(syntax: Syntax, flow: Flow, names: frozenset[str]) -> list[Init]:
    """The ``wandb.init`` calls; ``names`` are the dests of the parameters."""
    calls = [
        n
        for n in syntax.nodes
        if isinstance(n, ast.Call) and flow.qualified(n.func) == "wandb.init"
    ]
    if not calls:
        return []
    recorder = Recorder(syntax, flow, names)
    changes = [syntax.place(u) for u in recorder.updates]
    changes += [syntax.place(target) for target, _ in recorder.writes()]
    found = []
    for call in calls:
        recording = recorder.recording(call)
        found.append(
            Init(
                call=call,
                place=syntax.place(call),
                records=recording.records,
                renamed=tuple(sorted(recording.renamed.items())),
                problems=tuple(recording.problems),
                notes=tuple(recording.notes),
                changed=min(changes, key=lambda p: p.line, default=None),
                gate=_gate(call, syntax, flow),
                switch=_switch(call, syntax, flow),
            )
        )
    return found


def read_trackers(syntax: Syntax, flow: Flow) -> list[Problem]:
    """What starts a run without ``wandb.init`` in sight."""
    found: list[Problem] = []
    for node in syntax.nodes:
        if not isinstance(node, ast.Call):
            continue
        name = _last_name(node.func)
        if name in TRACKERS:
            found.append((name, syntax.place(node)))
        for keyword in node.keywords:
            if keyword.arg in TRACKER_KEYWORDS:
                found.append((f"{keyword.arg}=", syntax.place(keyword.value)))
    return found


def read_overwrites(
    syntax: Syntax, flow: Flow, names: frozenset[str], inits: Sequence[Init]
) -> list[Overwrite]:
    """The parameters that are set anew after the parse: ``args.lr *= world_size``."""
    found = []
    for node in syntax.nodes:
        if not isinstance(node, (ast.Assign, ast.AugAssign, ast.AnnAssign)):
            continue
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        for target in (part for t in targets for part in _parts(t)):
            name = parameter_read(target, flow)
            if name in names:
                counts = not _repeats(node, str(name), syntax, flow)
                counts = counts and not _follows(node, inits, syntax)
                found.append(Overwrite(str(name), syntax.place(node), counts))
    return found


def _parts(target: ast.expr) -> Iterator[ast.expr]:
    """The single targets of an assignment to several."""
    if isinstance(target, (ast.Tuple, ast.List)):
        for element in target.elts:
            yield from _parts(element)
    else:
        yield target


def reads_back(syntax: Syntax, flow: Flow) -> Place | None:
    """Where the script takes the run's config as its arguments, if it does.

    ``args = wandb.config``, ``vars(args).update(wandb.config)``,
    ``Namespace(**wandb.config)`` and the loops over its keys.
    """
    for node in syntax.nodes:
        if isinstance(node, ast.Assign) and _is_config(node.value, flow):
            return syntax.place(node)
        if isinstance(node, ast.Call):
            given = [*node.args, *(k.value for k in node.keywords if k.arg is None)]
            holder = isinstance(node.func, ast.Attribute) and node.func.attr == "update"
            target = node.func.value if isinstance(node.func, ast.Attribute) else None
            if holder and target is not None and any(_is_config(a, flow) for a in given):
                if any(isinstance(m, ArgumentsDict) for m in flow.meanings(target)):
                    return syntax.place(node)
            unpacked = [k.value for k in node.keywords if k.arg is None]
            if any(_is_config(u, flow) for u in unpacked):
                return syntax.place(node)
        if isinstance(node, ast.For) and _is_config(_looped(node.iter), flow):
            setters = [
                n
                for n in ast.walk(node)
                if isinstance(n, ast.Call) and _last_name(n.func) == "setattr"
            ]
            if setters:
                return syntax.place(node)
    return None


def _looped(node: ast.expr) -> ast.expr:
    """What a loop goes over: ``config.items()`` is a loop over ``config``."""
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        return node.func.value
    return node


def _is_config(node: ast.expr, flow: Flow) -> bool:
    if isinstance(node, ast.Call) and _last_name(node.func) == "dict" and node.args:
        node = node.args[0]
    return any(isinstance(m, RunConfig) for m in flow.meanings(node))


def _last_name(node: ast.expr) -> str:
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


def _repeats(
    node: ast.Assign | ast.AugAssign | ast.AnnAssign,
    name: str,
    syntax: Syntax,
    flow: Flow,
) -> bool:
    """Whether doing it again changes nothing: under ``if args.x is None`` and the like."""
    if isinstance(node, ast.AugAssign) or node.value is None:
        return False
    for ancestor in syntax.ancestors(node):
        if isinstance(ancestor, ast.If):
            tested = [parameter_read(n, flow) for n in _expressions(ancestor.test)]
            if name in tested:
                return True
    used = [parameter_read(n, flow) for n in _expressions(node.value)]
    return name not in used and any(u is not None for u in used)


def _follows(node: ast.stmt, inits: Sequence[Init], syntax: Syntax) -> bool:
    """Whether it comes after every ``wandb.init``, in the same function."""
    place = syntax.place(node)
    return bool(inits) and all(
        syntax.scope(i.call) is syntax.scope(node) and i.place.line < place.line
        for i in inits
    )


def _expressions(node: ast.expr) -> Iterator[ast.expr]:
    for inner in ast.walk(node):
        if isinstance(inner, (ast.Attribute, ast.Subscript)):
            yield inner


def _gate(init: ast.Call, syntax: Syntax, flow: Flow) -> Problem | None:
    """The test of a parameter that decides whether the run starts."""
    for ancestor in syntax.ancestors(init):
        if isinstance(ancestor, ast.If):
            for inner in _expressions(ancestor.test):
                name = parameter_read(inner, flow)
                if name is not None:
                    return ast.unparse(ancestor.test), syntax.place(ancestor)
    return None


def _switch(init: ast.Call, syntax: Syntax, flow: Flow) -> str | None:
    """The parameter that opens the gate where it is true: ``if args.track:``."""
    for ancestor in syntax.ancestors(init):
        if isinstance(ancestor, ast.If):
            test = ancestor.test
            parts = [test]
            if isinstance(test, ast.BoolOp) and isinstance(test.op, ast.And):
                parts = test.values
            for part in parts:
                name = parameter_read(part, flow)
                if name is not None:
                    return name
    return None
