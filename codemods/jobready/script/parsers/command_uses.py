"""What is done with the commands of a parser: the name they have, and what is added."""

from __future__ import annotations

import ast

from jobready.script.parsers.options.drafts import CommandsDraft, Draft
from jobready.script.parsers.parser_ways import is_followed, passes_outside
from jobready.script.source.literals import literal
from jobready.script.source.syntax import Syntax
from jobready.script.values.flow import Flow
from jobready.script.values.parser_classes import ARGPARSE


def begin_commands(call: ast.Call, draft: Draft, syntax: Syntax) -> None:
    """What ``add_subparsers`` itself says."""
    place = syntax.place(call.func)
    if draft.commands is not None and draft.commands.place != place:
        draft.unseen.append(("the parser gets commands twice", place))
    draft.commands = draft.commands or CommandsDraft(place)
    for keyword in call.keywords:
        if keyword.arg == "dest":
            _name_commands(keyword.value, draft, syntax)
        elif keyword.arg == "parser_class":
            if ast.unparse(keyword.value) != ARGPARSE:
                made = ast.unparse(keyword.value)
                text = f"the parsers of commands are made by {made}, which isn't followed"
                draft.unseen.append((text, syntax.place(keyword.value)))


def _name_commands(value: ast.expr, draft: Draft, syntax: Syntax) -> None:
    dest = literal(value)
    if draft.commands is not None and isinstance(dest, str):
        draft.commands.dest = dest
    elif not isinstance(value, ast.Constant):
        text = "only a run tells under which name the arguments hold the command"
        draft.unseen.append((text, syntax.place(value)))


def read_commands_use(
    node: ast.expr, made: ast.Call, draft: Draft, syntax: Syntax, flow: Flow
) -> None:
    """One place where the commands of a parser are used: one more, or their settings."""
    parent = syntax.parent[node]
    if draft.commands is None:
        begin_commands(made, draft, syntax)
    assert draft.commands is not None
    if not isinstance(parent, ast.Attribute) or parent.value is not node:
        passed = isinstance(parent, ast.Call) and not passes_outside(parent, flow)
        if not passed and not is_followed(node, parent, syntax):
            where = "the commands go a way that isn't followed, where more may be added"
            draft.unseen.append((where, syntax.place(node)))
        return
    holder = syntax.parent[parent]
    if parent.attr == "add_parser" and isinstance(holder, ast.Call):
        if holder not in draft.commands.parsers:
            draft.commands.parsers.append(holder)
    elif parent.attr == "dest" and isinstance(holder, ast.Assign):
        _name_commands(holder.value, draft, syntax)
    elif parent.attr not in ("required", "metavar", "choices", "title", "help"):
        text = f"{ast.unparse(parent)} may change which commands there are"
        draft.unseen.append((text, syntax.place(parent)))
