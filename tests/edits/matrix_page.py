"""docs/argparse.md: the matrix as a page, which the tests hold to the rows.

``python -m tests.edits.matrix_page`` writes it anew.
"""

from __future__ import annotations

import json
import shlex
from argparse import FileType
from pathlib import Path
from typing import Any

from jobready.edits.forms.handed_back import parameter_obstacle
from tests.edits import matrix
from tests.edits.matrix import ROWS, Row
from tests.edits.matrix_laws import Option, parameters

PAGE = Path(__file__).parents[2] / "docs" / "argparse.md"
HEAD = """\
# What a launched value does to a parser

Made from the rows that the tests run with the real argparse and the real wandb, through the
function that `jobready migrate` writes; don't edit it by hand. Each row is a parser with a
job's config: in form `argv` the script gets what the command line in the third column gives
it, or argparse stops it and names the parameter. A job's fixed command line, where there is
one, stands in front of that, and launched values win. The last column says whether form
`config` (`args = wandb.config`) is offered for such a parameter, or what is against it.

An artifact as a value (`wandb-artifact://…`) is not among the rows: W&B replaces it by an
object in the run's config only, and no command line stands for that.

| what | parameter | launched | as on the command line | form `config` |
|---|---|---|---|---|
"""


def page() -> str:
    """The text of the page."""
    return HEAD + "".join(f"| {' | '.join(_cells(row))} |\n" for row in shown_rows())


def shown_rows() -> list[Row]:
    """All rows but those with a stream as default, whose text each process has anew."""
    return [
        row
        for row in ROWS
        if not any(hasattr(o.keywords.get("default"), "read") for o in row.options)
    ]


def _cells(row: Row) -> tuple[str, ...]:
    options = "<br>".join(_code(_shown(o)) for o in row.options)
    launched = _code(json.dumps(row.config))
    if row.argv:
        launched += f"<br>and {_code(shlex.join(row.argv))}"
    if row.result is not None:
        gives = f"gives {_code(repr(row.result))}"
    elif row.cli is None:
        gives = "stops by name"
    else:
        gives = _code(shlex.join(row.cli)) if row.cli else "as without it"
    facts = [f for p in parameters(row.options) if (f := parameter_obstacle(p))]
    if any(isinstance(o.keywords.get("type"), FileType) for o in row.options):
        facts = ["has type FileType"]
    return row.name, options, launched, gives, facts[0] if facts else "yes"


def _shown(option: Option) -> str:
    """The arguments of an ``add_argument`` call."""
    flags = [json.dumps(flag) for flag in option.flags]
    keywords = [f"{key}={_value(value)}" for key, value in option.keywords.items()]
    group = [f"in a group: {option.group}"] if option.group else []
    return ", ".join([*flags, *keywords, *group])


def _value(value: Any) -> str:
    if isinstance(value, str | int | float | list | tuple | dict | None):
        return repr(value)
    return str(getattr(value, "__qualname__", None) or type(value).__name__)


def _code(text: str) -> str:
    shown = (
        text.replace(str(matrix.__file__), "file.txt")
        .replace("|", r"\|")
        .replace("\n", r"\n")
    )
    return f"`{shown}`"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
