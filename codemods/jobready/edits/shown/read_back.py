"""Values that a script takes back from a run's config, where it had set them anew before.

``args.lr *= 2``, ``wandb.init(config=args)``, ``lr = wandb.config.lr``. What a job launches
stands in the config as it is, and W&B lets nothing change it there. So the script would
take back the launched value, and not what it makes of that value on a command line.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from jobready.edits.shown.init_config import config_reads
from jobready.outcome import Reason
from jobready.script.model import Overwrite, Script
from jobready.script.source.literals import literal
from jobready.script.source.syntax import Syntax
from jobready.script.values.flow import Flow
from jobready.script.values.meanings import RunConfig
from jobready.script.values.order import Part, running_scope, runs_behind

ALL = ""  # in place of the one key that is read
# What is given the config and takes no value out of it, or only writes them all down.
LOOKS = frozenset(("bool", "hasattr", "id", "isinstance", "type"))
DUMPS = frozenset(("json.dump", "json.dumps", "pprint.pprint", "yaml.dump"))


def read_back(script: Script) -> Iterator[Reason]:
    """The first read of the run's config that gives another value in a job, if any does."""
    altered = [*_altered(script)]
    if not altered:
        return
    shown = {key: name for run in script.runs for name, key in run.renamed}
    for read, key in config_reads(script):
        taken = key_taken(read, key, script)
        name = shown.get(taken or "", taken)
        for each in altered:
            if name in (each.name, ALL) and not _comes_first(read, each.node, script):
                text = f"{each.name} is set to another value (line {each.place.line}), and"
                text += " here taken back from the run's config, where a launched one stays"
                yield Reason.at(text, script.syntax.place(read))
                return


def _altered(script: Script) -> Iterator[Overwrite]:
    """Where the script gives the parameters other values, which a run then shows.

    Where one is only set if it is None, a job has what a clone starts with.
    """
    updated = any(run.changed is not None for run in script.runs)
    for each in script.overwrites:
        if not each.of_none and (updated or _is_recorded(each, script)):
            yield each
    for name, place in (pair for run in script.runs for pair in run.otherwise):
        yield Overwrite(name, place, counts=True, node=None)


def _is_recorded(overwrite: Overwrite, script: Script) -> bool:
    """Whether a run may start behind it."""
    node, syntax = overwrite.node, script.syntax
    return node is None or any(
        runs_behind(run.call, node, syntax, script.flow) for run in script.runs
    )


def _comes_first(read: ast.expr, node: Part | None, script: Script) -> bool:
    """Whether a value is taken back before a parameter is set, or is what it is set to."""
    syntax: Syntax = script.syntax
    if node is None or running_scope(read, syntax) is not running_scope(node, syntax):
        return False
    if any(above is node for above in syntax.ancestors(read)):
        return True
    return not runs_behind(read, node, syntax, script.flow)


def key_taken(
    read: ast.Name | ast.Attribute, key: str | None, script: Script
) -> str | None:
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
        return key
    if isinstance(above, ast.Compare) and above.left is not read:
        return None
    if isinstance(above, ast.keyword) and isinstance(call, ast.Call):
        above = call
    if isinstance(above, ast.Call):
        return _given_to(above, flow)
    return ALL


def _given_to(call: ast.Call, flow: Flow) -> str | None:
    """What a call takes out of a config that it is given."""
    name = flow.qualified(call.func) or ast.unparse(call.func)
    if name in LOOKS | DUMPS or RunConfig() in flow.meanings(call):
        return None
    if name == "getattr" and len(call.args) > 1:
        key = literal(call.args[1])
        return key if isinstance(key, str) else ALL
    function = flow.function(call.func)
    if function is None or function.args.vararg or function.args.kwarg:
        return ALL
    return None  # what the function does with it is seen there
