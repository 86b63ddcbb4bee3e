"""Values that a script takes back from a run's config, which shows others than were given.

``args.lr *= 2``, ``wandb.init(config=args)``, ``lr = wandb.config.lr``. What a job launches
stands in the config as it is, and W&B lets nothing change it there. So the script would
take back the launched value, and not what it makes of that value on a command line. So it
is with a ``type=`` that makes another value of a text, and with an action of its own.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass

from jobready.edits.job_args.needs import BUILT_IN
from jobready.edits.shown.init_config import config_reads
from jobready.outcome import Reason
from jobready.script.model import Script
from jobready.script.source.literals import literal
from jobready.script.source.place import Place
from jobready.script.source.syntax import Syntax
from jobready.script.values.config_items import key_of
from jobready.script.values.flow import Flow
from jobready.script.values.functions import name_of
from jobready.script.values.meanings import RunConfig
from jobready.script.values.order import Part, running_scope, runs_behind

# Kinds of types by which a text isn't the value that is recorded.
MAKES_ANOTHER = frozenset(("any", "enum", "file", "mixed enum", "own", "parsed", "path"))
# In a test, what leaves open whether it holds only where the thing it names is there.
DOUBTS = (ast.Not, ast.Or, ast.Is, ast.Eq, ast.NotEq)
ALL = ""  # in place of the one key that is read
# What is given the config and takes no value out of it, or only writes them all down.
LOOKS = frozenset(("bool", "hasattr", "id", "isinstance", "print", "type"))
DUMPS = frozenset(("json.dump", "json.dumps", "pprint.pprint", "yaml.dump"))


@dataclass(frozen=True)
class Altered:
    """A parameter of which a run shows another value than it is given: what alters it.

    ``node`` is where the script sets it, None where that is no statement of its own.
    """

    name: str
    how: str
    place: Place
    node: Part | None = None

    def told_from(self, place: Place) -> str:
        """What alters it, and where, as a reader of another place is told."""
        where = f"line {self.place.line}"
        if self.place.file != place.file:
            where = f"{self.place.file or 'the script'}, {where}"
        return f"{self.name} {self.how} ({where})"


def read_back(script: Script) -> Iterator[Reason]:
    """The first read of the run's config that gives another value in a job, if any does."""
    altered = [each for each in _altered(script) if _is_shown(each.name, script)]
    if not altered:
        return
    shown = {key: name for run in script.runs for name, key in run.renamed}
    for read, key in config_reads(script):
        if _of_earlier_run(read, script.syntax):
            continue
        taken = key_taken(read, key, script)
        name = shown.get(taken or "", taken)
        for each in altered:
            if name in (each.name, ALL) and not _comes_first(read, each.node, script):
                place = script.syntax.place(read)
                text = f"{each.told_from(place)}, and is here taken back from the run's"
                yield Reason.at(f"{text} config, where a launched value stays", place)
                return


def _altered(script: Script) -> Iterator[Altered]:
    """What a run shows otherwise than it is given.

    Where a parameter is only set if it is None, a job has what a clone starts with.
    """
    updated = any(run.changed is not None for run in script.runs)
    for each in script.overwrites:
        if not each.of_none and (updated or _is_recorded(each.node, script)):
            yield Altered(each.name, "is set to another value", each.place, each.node)
    for name, place in (pair for run in script.runs for pair in run.otherwise):
        yield Altered(name, "is shown as another value", place)
    for p in script.parameters:
        if p.type_kind in MAKES_ANOTHER:
            yield Altered(p.name, f"has type={p.type}", p.place)
        elif p.action not in BUILT_IN:
            yield Altered(p.name, f"has action={p.action}", p.place)


def _is_shown(name: str, script: Script) -> bool:
    """Whether a run shows a parameter under a key that the script reads."""
    return any(run.records and (run.whole or name in run.shown) for run in script.runs)


def _is_recorded(node: Part, script: Script) -> bool:
    """Whether a run may start behind a node."""
    syntax: Syntax = script.syntax
    return any(runs_behind(run.call, node, syntax, script.flow) for run in script.runs)


def _of_earlier_run(read: ast.expr, syntax: Syntax) -> bool:
    """Whether a value is only taken back where a run is resumed: ``if args.resume:``.

    The config is then what that run recorded. A job has a run of its own.
    """
    inside: ast.AST = read
    for above in syntax.ancestors(read):
        if isinstance(above, ast.If) and inside in above.body:
            parts = [n for n in ast.walk(above.test) if isinstance(n, ast.expr)]
            if any("resume" in (name_of(part) or "").lower() for part in parts):
                return not any(isinstance(n, DOUBTS) for n in ast.walk(above.test))
        inside = above
    return False


def _comes_first(read: ast.expr, node: Part | None, script: Script) -> bool:
    """Whether a value is taken back before a parameter is set, or is what it is set to."""
    syntax: Syntax = script.syntax
    if node is None or running_scope(read, syntax) is not running_scope(node, syntax):
        return False
    if any(above is node for above in syntax.ancestors(read)):
        return True
    return not runs_behind(read, node, syntax, script.flow)


def key_taken(read: ast.expr, key: str | None, script: Script) -> str | None:
    """The key whose value is taken out of a config here, or ALL; None where none is.

    Not where the config only gets another name, by which it is read then.
    """
    syntax: Syntax = script.syntax
    flow: Flow = script.flow
    above = syntax.parent[read]
    call = syntax.parent[above]
    if isinstance(call, ast.Call) and call.func is above:
        if key == "keys":
            return None
        first = literal(call.args[0]) if key == "get" and call.args else None
        return first if isinstance(first, str) else ALL
    if isinstance(above, (ast.Attribute, ast.Subscript)) and key is not None:
        return ALL if key.startswith("_") else key
    if isinstance(above, ast.Compare) and above.left is not read:
        return None
    if isinstance(above, ast.keyword) and isinstance(call, ast.Call):
        above = call
    if isinstance(above, ast.Call):
        if RunConfig() in flow.meanings(above):
            return _taken_from(above, script)
        return _given_to(above, flow)
    return ALL


def _taken_from(made: ast.Call, script: Script) -> str | None:
    """The same for what is made of a config: ``dict(config)["lr"]``."""
    above = script.syntax.parent[made]
    if isinstance(above, (ast.Assign, ast.Expr)):
        return None  # a name for it, by which it is read then
    key = key_of(above) if isinstance(above, (ast.Attribute, ast.Subscript)) else None
    return key_taken(made, key, script)


def _given_to(call: ast.Call, flow: Flow) -> str | None:
    """What a call takes out of a config that it is given."""
    name = flow.qualified(call.func) or ast.unparse(call.func)
    if name in LOOKS | DUMPS:
        return None
    if name == "getattr" and len(call.args) > 1:
        key = literal(call.args[1])
        return key if isinstance(key, str) else ALL
    function = flow.function(call.func)
    if function is None or function.args.vararg or function.args.kwarg:
        return ALL
    return None  # what the function does with it is seen there
