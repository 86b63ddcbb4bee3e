"""Parameters that a run shows as their defaults, whatever was given for them.

``config={"lr": args.lr, "epochs": 100}``, copied from where it was true. A clone of the run
would take 100 for ``--epochs``, so that the run has to show the parameter.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from jobready.edits.plan import ValueEdit
from jobready.edits.shown.held_arguments import arguments_name
from jobready.edits.shown.init_config import config_read
from jobready.outcome import Reason
from jobready.script.model import Init, Script


def copied_defaults(init: Init, script: Script) -> Iterator[ValueEdit | Reason]:
    """The edits that show the parameters in their place, or why they can't be shown."""
    held = arguments_name(init, script) if init.copied else None
    read = config_read(script) if init.copied else None
    for name, value in init.copied:
        shown = f"the run shows {ast.unparse(value)!r} as {name!r}, and not the parameter"
        if held is None:
            text = f"{shown}: no name there holds the parsed arguments"
            yield Reason.at(text, script.syntax.place(value))
        elif read is not None:
            text = f"{shown}, and its config is read: take another name, or read that"
            yield Reason.at(text, read)
        else:
            arguments, is_dict = held
            text = f'{arguments}["{name}"]' if is_dict else f"{arguments}.{name}"
            yield ValueEdit(value, text)
