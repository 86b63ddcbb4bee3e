"""The modules that emitted lines use: what a file calls them, and which it lacks."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Sequence
from dataclasses import replace

from jobready.edits.job_args import Branch
from jobready.edits.launched.module_order import ModuleOrder
from jobready.edits.launched.parse_words import needs_sys, words_need_sys
from jobready.edits.plan import Modules, Plan
from jobready.outcome import Reason, Refused
from jobready.script.model import Script
from jobready.script.source.syntax import Syntax


def modules_of(
    script: Script, function: ast.FunctionDef | None = None
) -> Modules | Refused:
    """What form argv uses; ``function`` is the emitted one, if it is there already."""
    order = ModuleOrder(script)
    step = order.function_step() if function is None else order.step(function)
    needed = ["argparse", "os", *(["sys"] if needs_sys(script) else ())]
    return _modules(script, order, needed, min(step, order.first_parse))


def modules_beside(
    function: ast.FunctionDef, holder: Syntax, script: Script, branches: Iterable[Branch]
) -> Modules | Refused:
    """What the emitted function uses in the file that it stands in already."""
    order = ModuleOrder(script.within(holder))
    uses_sys = {Branch.COMMANDS, Branch.LOOKED, Branch.REST} & {*branches}
    needed = ["argparse", "os", *(["sys"] if uses_sys else ())]
    step = min(order.step(function), order.first_parse)
    return _modules(script.within(holder), order, needed, step)


def sys_of(script: Script) -> Modules | Refused:
    """What the words of the parses use, where the function comes from elsewhere."""
    order = ModuleOrder(script)
    needed = ["sys"] if words_need_sys(script) else []
    return _modules(script, order, needed, order.import_step())


def with_modules(plan: Plan, script: Script, needed: Sequence[str]) -> Plan | Refused:
    """The plan of a file whose new lines use more modules, by their own names."""
    order = ModuleOrder(script)
    more = _modules(script, order, needed, min(order.import_step(), order.first_parse))
    if isinstance(more, Refused):
        return more
    for module in needed:
        if more.names[module] != module:
            text = f"the file calls {module} {more.names[module]}"
            return Refused((Reason(text, file=script.syntax.file),))
    own = plan.modules
    missing = (*own.missing, *(m for m in more.missing if m not in own.missing))
    before = own.before if own.missing or plan.parses else more.before
    modules = Modules({**own.names, **more.names}, missing, before)
    return replace(plan, modules=modules)


def wandb_of(script: Script) -> Modules | Refused:
    """What a ``wandb.init`` uses that comes behind a parse."""
    order = ModuleOrder(script)
    return _modules(script, order, ["wandb"], order.first_parse)


def _modules(
    script: Script, order: ModuleOrder, needed: Sequence[str], step: int
) -> Modules | Refused:
    names = {"sys": "sys"}
    missing = []
    for module in needed:
        bound = order.bound(module)
        names[module] = bound.name if bound is not None else module
        if bound is not None:
            continue
        if not order.stands_only_for(module, module):
            first = script.syntax.module.bindings[module][0].node
            text = f"the name {module} stands for something else than the module"
            return _refused(text, first, script)
        missing.append(module)
    if order.first_parse < order.top:
        text = "the file parses where it begins: no line can be put before that"
        return _refused(text, script.parses[0].call, script)
    return Modules(names, tuple(missing), order.start(step))


def _refused(text: str, node: ast.AST, script: Script) -> Refused:
    place = script.syntax.place(node)
    return Refused((Reason.at(text, place),))
