"""Scripts that offer a sweep beside the run that they start without one."""

from __future__ import annotations

import ast
from dataclasses import replace

from jobready.edits.forms.agent_form import takes_from_config
from jobready.script.model import Script
from jobready.script.source.scopes import FUNCTIONS
from jobready.script.values.order import running_scope


def beside_sweep(script: Script) -> Script | None:
    """The script as it is without its sweep, where a framework starts a run then.

    The sweep must take its values from the run's config, and have all of ``wandb.init`` to
    itself: ``wandb.agent(sweep, function=swept) if args.sweep else main(args)``.
    """
    if script.agent is None or not script.inits or takes_from_config(script) is None:
        return None
    swept = _swept(script)
    if any(_running(i.call, script) is not swept for i in script.inits):
        return None
    if not any(_runs_without(swept, t.run.call, script) for t in script.trackers):
        return None
    return replace(script, agent=None, inits=())


def _swept(script: Script) -> ast.AST | None:
    """The function that ``wandb.agent`` runs, where it has no other caller."""
    agents = script.flow.calls["wandb.agent"]
    given = [*agents[0].args[1:2], *(k.value for k in agents[0].keywords)]
    functions = [f for g in given if (f := script.flow.function(g)) is not None]
    if len(functions) != 1 or script.flow.uses.calls.get(functions[0]):
        return None
    handed = script.flow.uses.handed_over.get(functions[0], [])
    return functions[0] if handed == agents else None


def _running(node: ast.AST, script: Script) -> ast.AST:
    return running_scope(node, script.syntax).node


def _runs_without(function: ast.AST | None, node: ast.AST, script: Script) -> bool:
    """Whether a node is reached in another way than through the function."""
    seen = {function}
    waiting = [node]
    while waiting:
        inside = _running(waiting.pop(), script)
        if not isinstance(inside, FUNCTIONS):
            return True
        if inside not in seen:
            seen.add(inside)
            waiting += script.flow.uses.calls.get(inside, [])
    return False
