"""What the call that makes a parser says of how it reads its words, beside parameters."""

from __future__ import annotations

import ast

from jobready.script.parsers.options.drafts import Draft
from jobready.script.source.literals import literal
from jobready.script.source.scopes import FUNCTIONS
from jobready.script.source.syntax import Syntax
from jobready.script.values.flow import Flow
from jobready.script.values.meanings import Parser

# Keywords that are looked at; what a class hands on to argparse's may hold them too.
SETTINGS = frozenset(
    ("parents", "prefix_chars", "fromfile_prefix_chars", "argument_default")
)


def read_settings(call: ast.Call, draft: Draft, syntax: Syntax, flow: Flow) -> None:
    """Add to a draft what the keywords of ``ArgumentParser(…)`` say.

    ``call`` may also be the one of ``super().__init__`` in a class of the script's own.
    """
    for keyword in call.keywords:
        place = syntax.place(keyword.value)
        if keyword.arg is None:
            if not _hands_on(keyword.value, call, syntax, flow):
                draft.unseen.append(("the parser is made with **keywords", place))
        elif keyword.arg == "parents":
            _read_parents(keyword.value, draft, syntax, flow)
        elif keyword.arg == "prefix_chars" and "-" not in str(literal(keyword.value)):
            draft.oddities.append(("the parser's options don't start with '-'", place))
        elif keyword.arg == "fromfile_prefix_chars" and literal(keyword.value) is not None:
            draft.from_files.append(place)
            if "-" in str(literal(keyword.value)):
                draft.oddities.append(("options are names of files with words", place))
        elif keyword.arg == "argument_default" and literal(keyword.value) is not None:
            draft.oddities.append(("the parser sets argument_default", place))


def _hands_on(value: ast.expr, call: ast.Call, syntax: Syntax, flow: Flow) -> bool:
    """Whether ``**kwargs`` are those of the function, and what gives them is read.

    The callers of a parser's ``__init__`` are read themselves, those of another function
    must not give what is looked at.
    """
    function = syntax.scope(call).node
    if not isinstance(function, FUNCTIONS):
        return False
    own = function.args.kwarg
    if own is None or ast.unparse(value) != own.arg:
        return False
    words = {n.value for n in ast.walk(function) if isinstance(n, ast.Constant)}
    if words & SETTINGS:
        return False
    if function.name == "__init__":
        return True
    calls = flow.calls_for(function)
    given = {k.arg for c in calls for k in c.keywords}
    handed = flow.uses.handed_over.get(function)
    return bool(calls) and not handed and not given & {None, *SETTINGS}


def _read_parents(node: ast.expr, draft: Draft, syntax: Syntax, flow: Flow) -> None:
    elements = node.elts if isinstance(node, (ast.List, ast.Tuple)) else [node]
    for element in elements:
        for meaning in flow.in_order(flow.meanings(element)):
            if isinstance(meaning, Parser):
                draft.parents.append(meaning.call)
            else:
                text = "a parent parser comes from elsewhere"
                draft.unseen.append((text, syntax.place(element)))
