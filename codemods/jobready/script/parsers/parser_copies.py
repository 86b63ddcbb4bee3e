"""Parsers that are deep copies of others.

A copy has the parameters that its original has by then, and what is done with it stays off
that. One that gets other defaults isn't followed: no record of a run tells a clone whether
a value that is the default was given. One that has none any more is, for it tells just
that, and what is done with it then shows whether it matters.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping

from jobready.script.parsers.given_copies import (
    Parses,
    tells_given,
    without_defaults,
)
from jobready.script.parsers.options.drafts import Draft
from jobready.script.source.place import Place
from jobready.script.source.reaching import LOOPS
from jobready.script.source.syntax import Syntax
from jobready.script.values.call_results import is_deep_copy
from jobready.script.values.flow import Flow
from jobready.script.values.meanings import Parser
from jobready.script.values.order import runs_behind
from jobready.script.values.parser_classes import ARGPARSE


def originals(call: ast.Call, flow: Flow) -> list[ast.Call]:
    """The parsers of which a call makes a deep copy."""
    if not is_deep_copy(call, flow):
        return []
    found = flow.in_order(flow.meanings(call.args[0]))
    return [m.call for m in found if isinstance(m, Parser)]


def read_copies(
    drafts: Mapping[ast.Call, Draft], parses: Parses, syntax: Syntax, flow: Flow
) -> None:
    """Say of each copy what it has of its original beside parameters."""
    for draft in (d for d in drafts.values() if d.copied):
        first = drafts[draft.parents[0]]
        if tells_given(draft, first, parses, syntax, flow):
            draft.given_only = True
            without_defaults(draft)
        draft.from_files += first.from_files
        draft.oddities += [
            *first.oddities,
            *_of_original(draft, drafts, syntax),
            *_later(draft, first, syntax, flow),
            *_of_defaults(draft, first, drafts, syntax),
        ]


def _of_original(
    draft: Draft, drafts: Mapping[ast.Call, Draft], syntax: Syntax
) -> Iterator[tuple[str, Place]]:
    """Why it can't be told what a copy has of what it is made of."""
    place = syntax.place(draft.call)
    first = drafts[draft.parents[0]]
    inner = {c for d in drafts.values() if d.commands for c in d.commands.parsers}
    if len(draft.parents) > 1:
        yield "the copy may be one of several parsers", place
    elif first.copied:
        yield "the copy is made of a copy of a parser", place
    elif first.made.library != ARGPARSE or first.made.own:
        yield "the copy is made of a parser that is more than argparse's", place
    elif first.by_objects is not None:
        yield "objects add parameters to a parser that is copied", first.by_objects
    elif first.commands is not None or first.call in inner:
        yield "the copy is made of a parser with commands, or of one of them", place


def _later(
    draft: Draft, first: Draft, syntax: Syntax, flow: Flow
) -> Iterator[tuple[str, Place]]:
    """Parameters that a copy may not have, since its original gets them later."""
    for p in first.parameters:
        added = first.added.get(p.place)
        if added is None or runs_behind(added, draft.call, syntax, flow):
            yield f"{p.name} may be added to a parser once it is copied", p.place


def _of_defaults(
    draft: Draft, first: Draft, drafts: Mapping[ast.Call, Draft], syntax: Syntax
) -> Iterator[tuple[str, Place]]:
    """Defaults by which a copy may differ from its original."""
    for setting in draft.defaults:
        text = "a copy of the parser gets other defaults, and a clone can't tell"
        yield f"{text} whether they were given", syntax.place(setting)
    for each in (first, *(drafts[parent] for parent in first.parents)):
        for setting in each.defaults:
            above = setting.lineno < draft.call.lineno
            beside = syntax.scope(setting) is syntax.scope(draft.call)
            around = (*syntax.ancestors(setting), *syntax.ancestors(draft.call))
            if not (above and beside) or any(isinstance(a, LOOPS) for a in around):
                text = "the defaults of a copied parser are set elsewhere"
                yield text, syntax.place(setting)
