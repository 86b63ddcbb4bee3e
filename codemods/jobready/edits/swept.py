"""Scripts that offer a sweep beside the run that they start without one."""

from __future__ import annotations

import ast
from dataclasses import replace

from jobready.edits.forms.agent_form import takes_from_config
from jobready.edits.swept_values import lays_over
from jobready.script.model import Init, Script
from jobready.script.source.reaching import LOOPS
from jobready.script.source.scopes import FUNCTIONS
from jobready.script.values.order import positions, running_scope, runs_behind


def beside_sweep(script: Script) -> Script | None:
    """The script as it is without its sweeps, where it starts a run then.

    A sweep must take its values from the run's config, and have a function to itself:
    ``wandb.agent(sweep, function=swept) if args.sweep else main(args)``.
    """
    if script.agent is None or not script.inits:
        return None
    agents: dict[ast.AST, ast.Call] = {}
    for agent in script.flow.calls["wandb.agent"]:
        function = _swept(agent, script)
        if function is None:
            return None
        agents[function] = agent
    inits = tuple(i for i in script.inits if _running(i.call, script) not in agents)
    if inits:
        return _started(inits, agents, script)
    if takes_from_config(script) is None or len(agents) != 1:
        return None
    (swept,) = agents
    if not any(_runs_without(swept, t.run.call, script) for t in script.trackers):
        return None
    return replace(script, agent=None, inits=())


def _started(
    inits: tuple[Init, ...], agents: dict[ast.AST, ast.Call], script: Script
) -> Script | None:
    """The script whose runs are these alone, where a sweep leaves them alone.

    Either they are started or a sweep is, so that no config is that of both; and a sweep
    lays all of its values over a copy of the arguments, as they are.
    """
    begun = {_running(i.call, script) for i in script.inits}
    if not all(f in begun and lays_over(f, script) for f in agents):
        return None
    if any(i.problems or i.renamed or i.otherwise or i.copied for i in inits):
        return None
    runs = [*(i.call for i in inits), *(t.run.call for t in script.trackers)]
    for agent in agents.values():
        if not all(_either(agent, run, script) for run in runs):
            return None
    return replace(script, agent=None, inits=inits, aside=frozenset(agents))


def _swept(agent: ast.Call, script: Script) -> ast.AST | None:
    """The function that ``wandb.agent`` runs, where nothing else does."""
    given = [*agent.args[1:2], *(k.value for k in agent.keywords)]
    functions = [f for g in given if (f := script.flow.function(g)) is not None]
    if len(functions) != 1 or script.flow.uses.calls.get(functions[0]):
        return None
    (function,) = functions
    for node in script.syntax.named.get(function.name, ()):
        if node not in given and script.flow.function(node) is function:
            return None
    handed = script.flow.uses.handed_over.get(function, [])
    return function if handed == [agent] else None


def _running(node: ast.AST, script: Script) -> ast.AST:
    return running_scope(node, script.syntax).node


def _either(agent: ast.Call, run: ast.Call, script: Script) -> bool:
    """Whether surely one of both is reached, and never the other behind it."""
    ways, others = [list(positions(n, script.syntax, script.flow)) for n in (agent, run)]
    shared = {scope for scope, _ in ways} & {scope for scope, _ in others}
    for scope, here in (*ways, *others):
        around = list(script.syntax.ancestors(here))
        if scope in shared and scope.node in around:
            around = around[: around.index(scope.node)]
            if any(isinstance(above, LOOPS) for above in around):
                return False
    apart = any(s is o and n is not m for s, n in ways for o, m in others)
    behind = any(
        runs_behind(one, other, script.syntax, script.flow)
        for one, other in ((agent, run), (run, agent))
    )
    return apart and not behind


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
