"""What a Trainer's arguments are given by dicts: ``TrainingArguments(**keywords)``."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from jobready.script.arguments.parameter_reads import parameter_read
from jobready.script.source.place import Place
from jobready.script.source.syntax import Syntax
from jobready.script.starts.unpacked_keywords import Unpacked
from jobready.script.values.flow import Flow

# The keywords by which a framework is told what to record with.
WHAT_TO_USE = ("log_with", "report_to")


def named_as_keys(syntax: Syntax) -> list[ast.Constant]:
    """Where a text says what to use: ``"report_to"``."""
    if not any(map(syntax.mentions, WHAT_TO_USE)):
        return []
    return [node for node in syntax.of(ast.Constant) if node.value in WHAT_TO_USE]


def chosen_by_key(syntax: Syntax) -> Iterator[ast.expr]:
    """What dicts are given under such a key: ``keywords["report_to"] = "wandb"``."""
    for key in named_as_keys(syntax):
        value = _kept_by(key, syntax)
        if value is not None:
            yield value


def renamed_in(
    unpacked: ast.expr, known: Unpacked | None, syntax: Syntax, flow: Flow
) -> tuple[str, Place] | None:
    """Why keywords that are unpacked may show a parameter by another name.

    Where all of them are ``known``, by one that they have on some ways only.
    """
    name = ast.unparse(unpacked)
    found = []
    sometimes = None if known is None else [node for _, node, _ in known.sometimes]
    for key in syntax.of(ast.Constant):
        if sometimes is not None and key not in sometimes:
            continue
        value = _kept_by(key, syntax) if isinstance(key.value, str) else None
        read = None if value is None else parameter_read(value, flow)
        holder = _holder(key, syntax)
        if read in (None, key.value) or (holder and flow.qualified(holder) == "os.environ"):
            continue
        text = f"a Trainer is given **{name}, and {read} is kept as {key.value!r},"
        text += " which may be a name that its run shows"
        other = holder is None or name != ast.unparse(holder)
        found.append((other, text, syntax.place(key)))
    found.sort(key=lambda each: each[0])  # what has the very name says it best
    return found[0][1:] if found else None


def _holder(key: ast.Constant, syntax: Syntax) -> ast.expr | None:
    item = syntax.parent[key]
    return item.value if isinstance(item, ast.Subscript) else None


def _kept_by(key: ast.Constant, syntax: Syntax) -> ast.expr | None:
    """What a dict is given under a key: where it is made, or later."""
    item = syntax.parent[key]
    if isinstance(item, ast.Dict):
        return item.values[item.keys.index(key)] if key in item.keys else None
    holder = syntax.parent[item]
    if isinstance(item, ast.Subscript) and isinstance(holder, ast.Assign):
        return holder.value if item in holder.targets else None
    return None
