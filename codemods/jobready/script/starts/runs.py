"""Finding the runs of a file and how the parameters get into their config."""

from __future__ import annotations

import ast
from collections.abc import Collection, Mapping

from jobready.script.configs.copied_defaults import copied_defaults
from jobready.script.configs.recorder import Recorder
from jobready.script.model import Init, Parameter
from jobready.script.source.literals import literal
from jobready.script.source.place import Place
from jobready.script.source.reaching import reaching
from jobready.script.source.syntax import Syntax
from jobready.script.starts.gates import read_gate
from jobready.script.starts.not_asked import is_not_asked_for
from jobready.script.values.flow import Flow

Problem = tuple[str, Place]


def read_inits(
    syntax: Syntax,
    flow: Flow,
    names: frozenset[str],
    parameters: Mapping[str, Parameter],
    every: Collection[str] | None,
) -> list[Init]:
    """The ``wandb.init`` calls; ``names`` are the dests of the ``parameters`` and more.

    ``every`` are those of all parameters, None where there may be more than are seen.
    """
    calls = flow.calls.get("wandb.init", [])
    calls = [c for c in calls if not _is_disabled(c)] or calls
    calls = [c for c in calls if not is_not_asked_for(c, syntax, flow)]
    if not calls:
        return []
    recorder = Recorder(syntax, flow, names, every)
    changes = [syntax.place(u) for u in recorder.updates]
    changes += [syntax.place(target) for target, _ in recorder.writes]
    found = []
    recordings = [recorder.recording(call) for call in calls]
    shown = any(recording.records for recording in recordings)
    for call, recording in zip(calls, recordings, strict=True):
        copied = copied_defaults(recording, parameters, call, syntax)
        found.append(
            Init(
                call=call,
                place=syntax.place(call),
                records=recording.records,
                renamed=tuple(sorted(recording.renamed.items())),
                problems=tuple(p for p in recording.problems if p not in copied),
                copied=tuple((name, node) for name, node in copied.values()),
                unclear=tuple(p for p in recording.unclear if p not in copied),
                otherwise=tuple(recording.otherwise),
                extends=recording.extends,
                file=recording.file,
                inside=tuple(recording.inside),
                whole=recording.whole,
                shown=frozenset(recording.shown).union(name for name, _ in copied.values()),
                taken_out=frozenset(recording.taken_out) - {*recording.renamed},
                replaced=recording.replaced,
                filtered=recording.filtered,
                changed=min(changes, key=lambda p: p.line, default=None),
                disabled=_is_disabled(call),
                resumed=_is_given(call, "resume", "must")
                or (shown and _goes_on(call, syntax, flow)),
                gate=None
                if _is_disabled(call)
                else read_gate(call, syntax, flow, parameters),
            )
        )
    return found


def _is_disabled(call: ast.Call) -> bool:
    """Whether it starts no run: another does, here or in a function of elsewhere."""
    return _is_given(call, "mode", "disabled")


def _goes_on(call: ast.Call, syntax: Syntax, flow: Flow) -> bool:
    """Whether it goes on with a run that another init of the script has begun.

    By its id and nothing else: it would change what that one has recorded. The run of an
    id that the script makes may begin here.
    """
    given = {k.arg: k.value for k in call.keywords}
    if "config" in given or "id" not in given:
        return False
    return _is_given(call, "resume", "allow") and not _is_made(given["id"], syntax, flow)


def _is_made(node: ast.expr, syntax: Syntax, flow: Flow, hops: int = 3) -> bool:
    """Whether a text is one that the script spells or makes: ``f"run-{args.name}"``."""
    if isinstance(node, ast.Name) and hops:
        values = [v for b in reaching(node, syntax) for v in flow.given(b)]
        return any(_is_made(v, syntax, flow, hops - 1) for v in values)
    return isinstance(node, (ast.JoinedStr, ast.BinOp, ast.Constant, ast.Call))


def _is_given(call: ast.Call, keyword: str, value: str) -> bool:
    return any(k.arg == keyword and literal(k.value) == value for k in call.keywords)
