"""Finding the runs of a file and how the parameters get into their config."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping, Sequence

from jobready.script.carriers import argument_carriers
from jobready.script.flow import Flow
from jobready.script.gates import read_gate
from jobready.script.model import Init, Overwrite, Parameter, Place
from jobready.script.recording import Recorder, names_copy, parameter_read
from jobready.script.syntax import Syntax

Problem = tuple[str, Place]


def read_inits(
    syntax: Syntax,
    flow: Flow,
    names: frozenset[str],
    parameters: Mapping[str, Parameter],
) -> list[Init]:
    """The ``wandb.init`` calls; ``names`` are the dests of the ``parameters`` and more."""
    calls = [c for c in syntax.of(ast.Call) if flow.qualified(c.func) == "wandb.init"]
    calls = [c for c in calls if not _is_disabled(c)] or calls
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
                otherwise=tuple(recording.otherwise),
                extends=recording.extends,
                whole=recording.whole,
                shown=frozenset(recording.shown),
                replaced=recording.replaced,
                changed=min(changes, key=lambda p: p.line, default=None),
                gate=read_gate(call, syntax, flow, parameters),
            )
        )
    return found


def _is_disabled(call: ast.Call) -> bool:
    """Whether it starts no run: the call beside the one that does."""
    return any(
        k.arg == "mode"
        and isinstance(k.value, ast.Constant)
        and k.value.value == "disabled"
        for k in call.keywords
    )


def read_overwrites(
    syntax: Syntax, flow: Flow, names: frozenset[str], inits: Sequence[Init]
) -> list[Overwrite]:
    """The parameters that are set anew after the parse: ``args.lr *= world_size``."""
    found = []
    reached = argument_carriers(syntax)
    for node in syntax.of(ast.Assign, ast.AugAssign, ast.AnnAssign):
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        for target in (part for t in targets for part in _parts(t)):
            if not isinstance(target, (ast.Attribute, ast.Subscript)):
                continue  # a name that gets the value leaves the parameter alone
            if target.value not in reached:
                continue
            if names_copy(target.value, syntax):
                continue
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
