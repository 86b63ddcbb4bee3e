"""Classes of parsers: argparse's, those of libraries that build on it, the script's own.

What a class of the script's own may change without the launched words meaning something
else is little: it adds parameters, shows its help in another way, leaves by ``error`` as
argparse does, or does something with what ``super().parse_args()`` has returned.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from jobready.script.source.place import Place
from jobready.script.source.scopes import FUNCTIONS, Function
from jobready.script.source.syntax import Syntax
from jobready.script.values.functions import method_of
from jobready.script.values.parse_overrides import hands_on, parses_again

if TYPE_CHECKING:
    from jobready.script.values.flow import Flow

# What parses, and whether it passes over what it doesn't know.
PARSE_METHODS = {
    "parse_args": False,
    "parse_intermixed_args": False,
    "parse_known_args": True,
    "parse_known_intermixed_args": True,
    "parse_args_into_dataclasses": False,
    "parse_args_and_config": False,
}
# Methods of HfArgumentParser that take no words: what they return is no launch's matter.
READ_FILES = frozenset(("parse_json_file", "parse_yaml_file", "parse_dict"))
ARGPARSE = "argparse.ArgumentParser"
# TrlParser takes defaults from a file that ``--config`` names, and that is no parameter;
# words beat them (trl 0.13 to 1.16; those before take no words, and are none of these).
HF_PARSERS = frozenset(
    (
        *("transformers.HfArgumentParser", "transformers.hf_argparser.HfArgumentParser"),
        *("trl.HfArgumentParser", "trl.TrlParser", "trl.scripts.utils.TrlParser"),
    )
)
# What their class has beside argparse's (transformers 4.0 to 5.24, trl 0.13 to 1.16).
HF_MEMBERS = frozenset(
    (
        *("dataclass_types", "parse_args_and_config", "parse_args_into_dataclasses"),
        *READ_FILES,
    )
)
# ConfigArgParse's, which takes values from files and the environment too.
CONFIG_FILE_PARSERS = frozenset(
    f"configargparse.{name}" for name in ("ArgParser", "ArgumentParser", "Parser")
)
# typed-argument-parser's, whose fields are the parameters and then hold the values.
TAPS = frozenset(("tap.Tap", "tap.tap.Tap"))
# simple_parsing's, which has options for the fields of dataclasses once it parses.
SIMPLE_PARSERS = frozenset(
    ("simple_parsing.ArgumentParser", "simple_parsing.parsing.ArgumentParser")
)
LIBRARIES = frozenset((ARGPARSE, *HF_PARSERS, *CONFIG_FILE_PARSERS, *TAPS, *SIMPLE_PARSERS))
LIBRARY_NAMES = frozenset(dotted.rpartition(".")[2] for dotted in LIBRARIES)
# What a class of the script's own is to define for Tap to call.
TAP_HOOKS = frozenset(("configure", "process_args"))
# What Tap has beside argparse's class (typed-argument-parser 1.12).
TAP_MEMBERS = frozenset(
    """
    add_subparser args_from_configs argument_buffer as_dict class_variables extra_args
    from_dict get_reproducibility_info load save
    """.split()  # noqa: SIM905 - a list of them takes a page
)
# What simple_parsing's class has beside argparse's (0.1.9).
SIMPLE_MEMBERS = frozenset(
    """
    add_arguments add_config_path_arg add_option_string_dash_variants
    argument_generation_mode config_path confilct_resolver_max_attempts
    conflict_resolution constructor_arguments equivalent_argparse_code nested_mode
    """.split()  # noqa: SIM905 - a list of them takes a page
)
# What their class has beside argparse's (ConfigArgParse 1.9).
CONFIG_FILE_MEMBERS = frozenset(
    """
    add add_arg convert_item_to_command_line_arg format_values get_possible_config_keys
    get_command_line_key_for_unknown_config_file_setting get_items_for_config_file_output
    get_source_to_settings_dict original_add_argument_method parse parse_known print_values
    write_config_file
    """.split()  # noqa: SIM905 - a list of them takes a page
)
# What a class may define for itself of what argparse's class has.
OWN = frozenset(
    (
        *("__doc__", "__init__", "__module__", "__repr__", "__str__", "parse_args"),
        *("format_help", "format_usage", "print_help", "print_usage"),
        "convert_arg_line_to_args",
    )
)
# The same, where it surely leaves the script.
LEAVING = frozenset(("error", "exit"))
# Bases that bring nothing.
EMPTY_BASES = frozenset(("object", "ABC", "abc.ABC"))


@dataclass(frozen=True)
class ParserClass:
    """What a parser is an object of.

    ``library`` is the dotted name of the class of a library, ``own`` are the classes of
    the script's own that are made of it, that of the object first.
    """

    library: str
    own: tuple[ast.ClassDef, ...] = ()


@cache
def argparse_members() -> frozenset[str]:
    """The names of all methods and attributes that a parser of argparse has."""
    import argparse  # for scripts only with a class of their own

    return frozenset(dir(argparse.ArgumentParser()))


def members(library: str) -> frozenset[str]:
    """What the class of a library has beside argparse's, by which it reads its words."""
    if library in CONFIG_FILE_PARSERS:
        return CONFIG_FILE_MEMBERS
    if library in SIMPLE_PARSERS:
        return SIMPLE_MEMBERS
    if library in HF_PARSERS:
        return HF_MEMBERS
    return TAP_MEMBERS if library in TAPS else frozenset()


def self_nodes(syntax: Syntax, flow: Flow) -> Iterator[ast.AST]:
    """Where the methods of the script's own parsers name the parser: self, super()."""
    for owner in syntax.of(ast.ClassDef):
        if flow.parser_class_of(owner) is None:
            continue
        for method in (n for n in owner.body if isinstance(n, FUNCTIONS)):
            first = first_parameter(method)
            for node in ast.walk(method):
                if (isinstance(node, ast.Name) and node.id == first) or is_super(node):
                    yield node


def is_super(node: ast.AST) -> bool:
    """Whether it is ``super()``."""
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "super"
    )


def first_parameter(method: Function) -> str | None:
    """What a method calls its object."""
    every = [*method.args.posonlyargs, *method.args.args]
    return every[0].arg if every else None


def strange_members(
    made: ParserClass, syntax: Syntax, flow: Flow
) -> Iterator[tuple[str, Place]]:
    """What classes of the script's own change of how a parser reads its words."""
    for owner in made.own:
        name, place = owner.name, syntax.place(owner)
        if owner.decorator_list or owner.keywords:
            yield f"the parser's class {name} is made in a way that isn't followed", place
        for base in owner.bases:
            text = ast.unparse(base)
            known = flow.definition(base) is not None or flow.qualified(base) in LIBRARIES
            if not known and text not in EMPTY_BASES:
                yield f"the parser's class {name} is made of {text} too", place
        for statement in owner.body:
            for member in _defined(statement):
                if not _is_harmless(member, statement, made):
                    text = f"the parser's class {name} has {member} of its own"
                    yield text, syntax.place(statement)


def _defined(statement: ast.stmt) -> list[str]:
    """The names that a statement of a class gives its objects."""
    if isinstance(statement, (*FUNCTIONS, ast.ClassDef)):
        return [statement.name]
    if isinstance(statement, ast.Assign):
        inside = (n for t in statement.targets for n in ast.walk(t))
        return [n.id for n in inside if isinstance(n, ast.Name)]
    if isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name):
        return [statement.target.id]
    if isinstance(statement, (ast.Expr, ast.Pass)):
        return []
    return ["a member that only a run tells"]


def _is_harmless(member: str, statement: ast.stmt, made: ParserClass) -> bool:
    """Whether a member of that name leaves alone how words are read."""
    plain = made.library == ARGPARSE
    if member in TAP_HOOKS and made.library in TAPS:
        return isinstance(statement, ast.FunctionDef)
    if member not in argparse_members():
        hooks = " " in member or member.startswith(_hooks(made.library))
        return not hooks and member not in members(made.library)
    if not isinstance(statement, ast.FunctionDef) or statement.decorator_list:
        return False
    if plain and (hands_on(statement) or parses_again(statement)):
        return True
    if member in LEAVING:
        return _leaves(statement)
    # those of libraries take more than words, when they are made and to parse
    return member in OWN and (plain or member not in ("__init__", "parse_args"))


def _hooks(library: str) -> tuple[str, ...]:
    """How the names begin of what the class of a library may call."""
    if library == ARGPARSE:
        return ("__",)
    return ("_",) if library in HF_PARSERS else ("_", "parse")


def _leaves(method: ast.FunctionDef) -> bool:
    """Whether a method ends the script on every way."""
    if any(isinstance(n, (ast.Return, ast.Try)) for n in ast.walk(method)):
        return False
    last = method.body[-1]
    if isinstance(last, ast.Raise):
        return True
    if not isinstance(last, ast.Expr) or not isinstance(last.value, ast.Call):
        return False
    called = ast.unparse(last.value.func)
    return called in ("sys.exit", "self.exit", "super().error", "super().exit")


def has_own(made: ParserClass, name: str) -> bool:
    """Whether one of the script's own classes defines a method."""
    return any(method_of(owner, name) is not None for owner in made.own)
