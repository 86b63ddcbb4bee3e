"""What stands at a line of a script, for telling a use of a value from handing it on."""

from __future__ import annotations

import ast
from functools import lru_cache
from pathlib import Path

# Calls that show what they are given, and calls within them that only make a text of it.
SHOWS = frozenset(
    ("critical", "debug", "error", "info", "pp", "pprint", "print", "warning")
)
TEXTS = frozenset(
    """
    as_dict asdict dict dumps format items join list pformat repr sorted str
    to_dict vars
    """.split()  # noqa: SIM905 - as they are read
)


@lru_cache(maxsize=64)
def handing_on(file: Path) -> frozenset[int]:
    """The lines on which a script hands its parameters to a run, or takes them back.

    Those are the calls of ``init`` (``config=vars(args)``) and of ``config.update``: what
    is read there isn't used yet. ``vars(args).update(…)`` reads what it is to replace.
    """
    return frozenset(
        line for node in _calls(file) if _gives(node) for line in _lines(node)
    ) | taking_back(file)


@lru_cache(maxsize=64)
def taking_back(file: Path) -> frozenset[int]:
    """The lines of statements that write a run's config into the arguments."""
    return frozenset(line for node in _calls(file) if _takes(node) for line in _lines(node))


@lru_cache(maxsize=64)
def showing(file: Path) -> frozenset[int]:
    """The lines of calls that print values or give them to a logger, and nothing else."""
    return frozenset(line for node in _calls(file) if _shows(node) for line in _lines(node))


def _calls(file: Path) -> list[ast.Call]:
    try:
        tree = ast.parse(file.read_bytes())
    except (OSError, SyntaxError, ValueError, RecursionError, MemoryError):
        return []
    return [node for node in ast.walk(tree) if isinstance(node, ast.Call)]


def _lines(node: ast.expr) -> range:
    return range(node.lineno, (node.end_lineno or node.lineno) + 1)


def _gives(call: ast.Call) -> bool:
    name = call.func
    if isinstance(name, ast.Name):
        return name.id == "init"
    if not isinstance(name, ast.Attribute):
        return False
    if name.attr in ("update", "setdefaults"):
        owner = name.value
        return (owner.attr if isinstance(owner, ast.Attribute) else "") == "config"
    return name.attr in ("init", "init_trackers")


def _takes(call: ast.Call) -> bool:
    name = call.func
    if not isinstance(name, ast.Attribute) or name.attr != "update":
        return False
    owner = name.value
    if isinstance(owner, ast.Call):
        return isinstance(owner.func, ast.Name) and owner.func.id == "vars"
    return isinstance(owner, ast.Attribute) and owner.attr == "__dict__"


def _shows(call: ast.Call) -> bool:
    within = (n for n in ast.walk(call) if isinstance(n, ast.Call) and n is not call)
    return _last_name(call) in SHOWS and all(_last_name(n) in TEXTS for n in within)


def _last_name(call: ast.Call) -> str:
    name = call.func
    return name.attr if isinstance(name, ast.Attribute) else getattr(name, "id", "")
