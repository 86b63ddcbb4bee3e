"""The libraries beside argparse that give a script its parameters."""

from __future__ import annotations

import ast

from jobready.script.values.flow import Flow
from jobready.script.values.functions import name_of

# By the module that is imported what is called to take parameters.
CALLS: dict[str, frozenset[str]] = {
    "absl": frozenset(
        """
        DEFINE_alias DEFINE_bool DEFINE_boolean DEFINE_enum DEFINE_enum_class DEFINE_flag
        DEFINE_float DEFINE_integer DEFINE_list DEFINE_multi_enum DEFINE_multi_float
        DEFINE_multi_integer DEFINE_multi_string DEFINE_spaceseplist DEFINE_string
        """.split()  # noqa: SIM905 - a list of them takes a page
    ),
    "click": frozenset(("option", "argument")),
    "configargparse": frozenset(("ArgParser", "ArgumentParser", "get_argument_parser")),
    "docopt": frozenset(("docopt",)),
    "fire": frozenset(("Fire",)),
    "hydra": frozenset(("main", "compose")),
    "jsonargparse": frozenset(("CLI", "ArgumentParser", "auto_cli")),
    "ml_collections": frozenset(("DEFINE_config_file", "DEFINE_config_dict")),
    "plac": frozenset(("call", "begin")),
    "pyrallis": frozenset(("parse", "wrap")),
    "sacred": frozenset(("Experiment",)),
    "simple_parsing": frozenset(("ArgumentParser", "parse", "parse_known_args")),
    "transformers": frozenset(("HfArgumentParser",)),
    "trl": frozenset(("TrlParser",)),
    "typer": frozenset(("run", "Typer", "Option", "Argument")),
    "tyro": frozenset(("cli",)),
}
# Those of which jobready migrates the plain uses, under the names that are shown.
MIGRATED = frozenset(("HfArgumentParser", "configargparse", "trl"))
# Those that are imported for that alone.
OWN = tuple(name for name in CALLS if name not in ("transformers", "trl"))
_LAST = frozenset().union(*CALLS.values())


def library_of(function: ast.expr, flow: Flow) -> str | None:
    """The library whose function takes parameters; None for any other function."""
    if (
        not isinstance(function, (ast.Name, ast.Attribute))
        or name_of(function) not in _LAST
    ):
        return None
    name: str | None = flow.qualified(function)
    top = (name or "").partition(".")[0]
    if top not in CALLS or (name or "").rpartition(".")[2] not in CALLS[top]:
        return None
    return "HfArgumentParser" if top == "transformers" else top
