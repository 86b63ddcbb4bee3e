"""How the config of a job maps to the parameters: names, gates, ranks."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from jobready.outcome import Reason
from jobready.script.arguments.parameter_reads import parameter_read
from jobready.script.model import Expression, Parameter, Script
from jobready.script.source.place import Place
from jobready.script.source.syntax import Syntax
from jobready.script.values.flow import Flow

# The types of a switch that True turns on.
GATES = ("none", "bool", "boolean")
RANKS = frozenset(("local_rank", "local-rank"))
RANKS_IN = re.compile(r"(?:LOCAL_|GROUP_|NODE_)?RANK|SLURM_(?:LOCAL|PROC)ID")
RANKS_END = ("RANK", "PROCID", "LOCALID")
RANK_VARIABLE = re.compile(rf"""['"](?:{RANKS_IN.pattern})['"]""")


def renamed_keys(script: Script) -> tuple[tuple[str, str], ...] | Reason:
    """The pairs of a dest and the key that every run shows it under."""
    found: dict[str, str] = {}
    for init in script.runs:
        for dest, key in init.renamed:
            if found.setdefault(dest, key) != key:
                return _reason(
                    f"two runs show the parameter {dest!r} differently", init.place
                )
    for init in script.runs:
        if init.records and len(init.renamed) != len(found):
            return _reason("two runs show the parameters differently", init.place)
    return tuple(sorted(found.items()))


def rank_parameters(script: Script) -> list[tuple[str, Place]]:
    """The parameters that torchrun and its like set for each process of a run."""
    found = {
        p.name: p.place
        for p in script.parameters
        if p.name in RANKS
        or (isinstance(p.default, Expression) and RANK_VARIABLE.search(p.default.source))
    }
    unset = set(_set_where_unset(script))
    found |= {p.name: p.place for p in script.parameters if p.name in unset}
    found.update(("local_rank", p.place) for p in script.parameters if _has_fields(p))
    return sorted(found.items())


def _set_where_unset(script: Script) -> Iterator[str]:
    """The parameters that get a rank only where they have none yet.

    ``if args.rank == -1: args.rank = int(os.environ["RANK"])``: the rank that the config
    of one process shows would keep every other from its own.
    """
    syntax: Syntax = script.syntax
    flow: Flow = script.flow
    if not any(map(syntax.mentions, RANKS_END)):
        return
    for constant in syntax.of(ast.Constant):
        if not isinstance(constant.value, str) or not RANKS_IN.fullmatch(constant.value):
            continue
        statement = syntax.statement(constant)
        if not isinstance(statement, ast.Assign):
            continue
        names = {parameter_read(t, flow) for t in statement.targets}
        for above in syntax.ancestors(statement):
            if isinstance(above, ast.If):
                parts = (n for n in ast.walk(above.test) if isinstance(n, ast.expr))
                yield from (
                    n for n in names & {parameter_read(p, flow) for p in parts} if n
                )


def masked_at(script: Script) -> Place | None:
    """The fields of TrainingArguments, some of which a run shows as ``<HUB_TOKEN>``.

    ``to_dict`` masks whatever ends in ``_token``, given or not (transformers 4.57, 5.24):
    the fields of transformers, those of trl such as ``eos_token``, and a script's own.
    """
    places = [p.place for p in script.parameters if _has_fields(p)]
    return places[-1] if places else None


def _has_fields(parameter: Parameter) -> bool:
    """Whether it stands for the fields of a framework's TrainingArguments."""
    return parameter.type_kind == "fields"


def opened_gates(script: Script) -> tuple[tuple[str, object], ...]:
    """The switches that keep a run from starting, where they are off by default."""
    wanted = {s for i in script.runs if i.gate for s in i.gate.switches}
    # where one run starts if it holds and another if it doesn't, none is kept
    switches = {name: value for name, value in wanted if (name, not value) not in wanted}
    return tuple(
        (p.name, switches[p.name])
        for p in script.parameters
        if p.default is (not switches.get(p.name)) and p.name in switches
        if p.type_kind in GATES
    )


def _reason(text: str, place: Place) -> Reason:
    return Reason.at(text, place)
