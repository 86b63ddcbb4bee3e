"""JR303: the run only starts where a switch is on, and it is off by default."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from jobready.edits.job_args import plain
from jobready.edits.launched.job_config import opened_gates, rank_parameters
from jobready.edits.plan import Plan
from jobready.outcome import Refused
from jobready.project.mentions import CALLS_INIT
from jobready.rules.finding import Finding, Fix, Migration
from jobready.rules.rule import Rule
from jobready.rules.subject import Subject
from jobready.script.model import Expression, Gate, Init
from jobready.script.parsers.launch_function import reads_launch
from jobready.script.source.literals import literal
from jobready.script.source.scopes import FUNCTIONS
from jobready.script.source.syntax import Syntax


def find(subject: Subject) -> Iterator[Finding]:
    """One finding for each test that keeps a job from starting its run."""
    script = subject.script
    if script.agent is not None:
        return
    told = set()
    gates = [i.gate for i in script.inits if not _is_disabled(i)]
    if any(gate is None for gate in gates) and not all(gate is None for gate in gates):
        return  # another init starts the run
    for gate in gates:
        if gate is None or not gate.needs_values or gate.test in told:
            continue
        told.add(gate.test)
        if not _is_known(gate, subject):
            continue
        if _is_rank(gate, subject) or _opposite(gate.test) in {g.test for g in gates if g}:
            continue
        if gate.switches and set(dict(gate.switches)) <= _opened(subject):
            continue
        yield _finding(gate, subject)
    if all(gate is None for gate in gates):
        yield from _constants(subject)


def _finding(gate: Gate, subject: Subject) -> Finding:
    message = (
        f"a job starts its run only where `{gate.test}` holds, which is not by default"
    )
    if not gate.closed_by_default:
        message = f"whether a job starts its run depends on `{gate.test}`"
    switches = dict(gate.switches)
    opened = dict(opened_gates(subject.script))
    if gate.names <= set(opened) and not isinstance(subject.decision, Refused):
        names = ", ".join(sorted(switches))
        sentence = (
            f"lets {names} be {switches[min(switches)]} in a job that says nothing else"
        )
        if not subject.shares_function and (
            subject.is_migrated or isinstance(subject.decision, Plan)
        ):
            fix = Fix("unsafe", sentence, Migration())
            return Finding(RULE.code, message, gate.place, fix=fix)
    advice = "give it to each job, by its config or by an entry point of its own"
    return Finding(RULE.code, message, gate.place, no_fix=advice)


def _is_rank(gate: Gate, subject: Subject) -> bool:
    """Whether the test is which of several processes this is."""
    ranks = {name for name, _ in rank_parameters(subject.script)}
    return gate.names <= ranks or "rank" in gate.test.lower()


def _is_disabled(init: Init) -> bool:
    """Whether it stands for no run, where another function of elsewhere starts one."""
    modes = (k.value for k in init.call.keywords if k.arg == "mode")
    return any(literal(mode) == "disabled" for mode in modes)


def _is_known(gate: Gate, subject: Subject) -> bool:
    """Whether it surely stays closed: by defaults of the source that nobody sets anew."""
    script = subject.script
    overwritten = {overwrite.name for overwrite in script.overwrites}
    defaults = [p.default for p in script.parameters if p.name in gate.names]
    return not gate.names & overwritten and not any(
        isinstance(default, Expression) for default in defaults
    )


def _opposite(test: str) -> str:
    return test.removeprefix("not ") if test.startswith("not ") else f"not {test}"


def _opened(subject: Subject) -> set[str]:
    """The switches that the migrated script opens in a job already."""
    if not subject.is_migrated:
        return set()
    syntax: Syntax = subject.linked.syntax
    functions = syntax.of(ast.FunctionDef)
    return {name for f in functions if reads_launch(f) for name in plain(f)[2]}


def _constants(subject: Subject) -> Iterator[Finding]:
    """Inits under a test of a name that the module sets to False, and nothing else does."""
    syntax: Syntax = subject.script.syntax
    for init in subject.script.inits:
        inside: ast.AST = init.call
        for above in syntax.ancestors(init.call):
            if isinstance(above, FUNCTIONS):
                break
            if isinstance(above, ast.If) and inside in above.body:
                if _is_false(above.test, syntax):
                    name = ast.unparse(above.test)
                    message = f"no job starts a run while {name} is False"
                    advice = "set it to True, or make it a parameter"
                    yield subject.finding(RULE, above.test, message, no_fix=advice)
            inside = above


def _is_false(test: ast.expr, syntax: Syntax) -> bool:
    if not isinstance(test, ast.Name):
        return False
    bindings = syntax.bindings(test.id, syntax.scope(test))
    if len(bindings) != 1 or bindings[0].kind != "assign" or bindings[0].value is None:
        return False
    return bindings[0].index is None and literal(bindings[0].value) is False


RULE = Rule(
    code="JR303",
    name="init-guarded",
    summary="The run only starts where a switch is on that is off by default.",
    why=(
        "A job records its script without the arguments, so the switch is off unless the "
        "job's config turns it on. The script then trains and ends without wandb.init, "
        "and the job counts as failed."
    ),
    bad="""\
import argparse

import wandb

parser = argparse.ArgumentParser()
parser.add_argument("--lr", type=float, default=0.1)
parser.add_argument("--track", action="store_true")
args = parser.parse_args()
if args.track:
    wandb.init(config=args)
print("training with", args.lr)
""",
    good="""\
import argparse

import wandb

parser = argparse.ArgumentParser()
parser.add_argument("--lr", type=float, default=0.1)
parser.add_argument("--no-track", dest="track", action="store_false")
args = parser.parse_args()
if args.track:
    wandb.init(config=args)
print("training with", args.lr)
""",
    safety="unsafe",
    fix=(
        "Migrates the script so that the switch is on in a launched job whose config "
        "doesn't say otherwise; without a launch it stays off. Tests of the rank, and "
        "those that hold by default, are left alone."
    ),
    sources=(
        "https://github.com/wandb/wandb/issues/7444",
        "wandb 0.13.8 to 0.31.0: a job's entrypoint is recorded without arguments",
    ),
    find=find,
    words=CALLS_INIT,
)
