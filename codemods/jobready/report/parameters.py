"""The parameters of a script as a table and as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from jobready.script.model import Expression, Parameter, Script, Value
from jobready.script.source.place import Place

KEYS = ("name", "type", "default", "required", "choices", "nargs", "action", "help")
HEADS = ("name", "flags", "type", "default", "required", "choices", "line")
WIDEST = 32


def as_records(parameters: Sequence[Parameter], source: str) -> list[dict[str, Any]]:
    """One JSON object a parameter; what isn't spelled out is ``{"expression": text}``.

    ``source`` is the script; of a parameter that another file adds, its own says so.
    """
    return [
        {
            "name": p.name if p.named else None,
            "flags": list(p.flags) if p.named else [{"expression": f} for f in p.flags],
            "type": p.type,
            "default": _json(p.default),
            "required": _json(p.required),
            "choices": _json(p.choices),
            "nargs": _json(p.nargs),
            "action": p.action,
            "help": _json(p.help),
            "line": p.place.line,
            "source": p.place.file or source,
        }
        for p in parameters
    ]


def unknown_records(script: Script, source: str) -> list[dict[str, Any]]:
    """Objects like those of `as_records` for what the source doesn't show.

    They have no name, and say under ``unknown`` why parameters may be missing.
    """
    empty: dict[str, Any] = dict.fromkeys(KEYS)
    return [
        {
            **empty,
            "flags": [],
            "line": place.line,
            "source": place.file or source,
            "unknown": message,
        }
        for message, place in hidden_parameters(script)
    ]


def hidden_parameters(script: Script) -> Iterator[tuple[str, Place]]:
    """Where the script may take parameters that its source doesn't show, and why."""
    for parser in script.parsers:
        yield from parser.unseen
    yield from script.strange_parses


def as_table(parameters: Sequence[Parameter]) -> Iterator[str]:
    """The lines of a table, columns as wide as they need to be."""
    if not parameters:
        return
    rows = [HEADS, *(_row(p) for p in parameters)]
    widths = [max(len(row[i]) for row in rows) for i in range(len(HEADS))]
    for row in rows:
        cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        yield "  ".join(cells).rstrip()


def _row(parameter: Parameter) -> tuple[str, ...]:
    switch = parameter.type is None and parameter.action != "store"
    cells = (
        parameter.name if parameter.named else "",
        " ".join(parameter.flags) or "(positional)",
        parameter.action if switch else parameter.type or "",
        _text(parameter.default) if parameter.has_default or switch else "",
        {True: "yes", False: ""}.get(parameter.required is True, ""),
        _text(parameter.choices) if parameter.choices is not None else "",
    )
    file, line = parameter.place.file, parameter.place.line
    return (*map(_short, cells), f"{line}" if file is None else f"{file}:{line}")


def _short(text: str) -> str:
    return text if len(text) <= WIDEST else text[: WIDEST - 1] + "…"


def _text(value: Value) -> str:
    return f"<{value.source}>" if isinstance(value, Expression) else repr(value)


def _json(value: Value) -> Any:
    """A literal as JSON has it; what JSON lacks, and expressions, as their text."""
    if isinstance(value, Expression):
        return {"expression": value.source}
    if value is None or isinstance(value, (bool, int, str)):
        return value
    if isinstance(value, float):
        finite = value == value and value not in (float("inf"), float("-inf"))
        return value if finite else {"expression": f"float('{value}')"}
    if isinstance(value, (list, tuple)):
        items = [_json(v) for v in value]
        if isinstance(value, list) or not any(isinstance(i, dict) for i in items):
            return items
    if isinstance(value, dict) and all(isinstance(k, str) for k in value):
        return {k: _json(v) for k, v in value.items()}
    return {"expression": repr(value)}
