"""Methods of a script's own parsers that fill dataclasses from a file.

``def parse_yaml_and_args(self, …): self.parse_yaml_file(…)`` reads one where it is called,
and not where it stands.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from jobready.script.source.scopes import FUNCTIONS, Function, running
from jobready.script.source.syntax import Syntax
from jobready.script.values.flow import Flow
from jobready.script.values.meanings import Parser
from jobready.script.values.parser_classes import (
    HF_PARSERS,
    READ_FILES,
    argparse_members,
    members,
)


def parser_members(name: str, syntax: Syntax, flow: Flow) -> Iterator[ast.Attribute]:
    """Where a member of that name is taken of a parser."""
    for node in syntax.named.get(name, ()):
        if isinstance(node, ast.Attribute):
            if any(isinstance(m, Parser) for m in flow.meanings(node.value)):
                yield node


def own_method(node: ast.AST, syntax: Syntax, flow: Flow) -> Function | None:
    """The method of a parser's own class that a node is run by; None where others may be.

    Only one that HfArgumentParser doesn't know, so that nobody calls it but by its name.
    """
    function = running(syntax.scope(node))
    owner = syntax.parent.get(function)
    if not isinstance(function, FUNCTIONS) or not isinstance(owner, ast.ClassDef):
        return None
    made = flow.parser_class_of(owner)
    if made is None or made.library not in HF_PARSERS or function.decorator_list:
        return None
    known = argparse_members() | members(made.library)
    return None if function.name in known or function.name.startswith("_") else function


def own_readers(syntax: Syntax, flow: Flow) -> frozenset[str]:
    """The names of such methods."""
    nodes = (n for name in READ_FILES for n in syntax.named.get(name, ()))
    found = (own_method(node, syntax, flow) for node in nodes)
    return frozenset(function.name for function in found if function is not None)
