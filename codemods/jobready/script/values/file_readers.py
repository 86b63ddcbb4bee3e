"""Parsers that take no words, but only read files: no command line of the script.

``HfArgumentParser(Training).parse_yaml_file(args.config)`` fills dataclasses from a file
that is named on the command line of another parser. A job launches what that one takes.
"""

from __future__ import annotations

import ast

from jobready.script.source.reaching import passed_before
from jobready.script.source.syntax import Syntax
from jobready.script.values.parser_classes import (
    HF_PARSERS,
    PARSE_METHODS,
    READ_FILES,
    ParserClass,
)


def only_reads_files(made: ParserClass, call: ast.Call, syntax: Syntax) -> bool:
    """Whether all that is done with a new parser is to have it read files, or dicts.

    Each time behind a parse, which has what a job launches. Else the file may stand in
    for the words.
    """
    if made.library not in HF_PARSERS or not PARSE_METHODS.keys() & syntax.named.keys():
        return False
    holder = syntax.parent[call]
    if isinstance(holder, ast.Attribute):
        return _reads_a_file(call, syntax)
    name = holder.targets[0] if isinstance(holder, ast.Assign) else None
    if not isinstance(name, ast.Name):
        return False
    owner = syntax.owner(name.id, syntax.scope(name))
    if owner is None or len(syntax.bindings(name.id, syntax.scope(name))) != 1:
        return False
    if owner.parent is None and syntax.place(call).file is not None:
        return False  # of a module, from which others may take it
    reads = [
        n
        for n in syntax.named.get(name.id, ())
        if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Load)
        if syntax.owner(n.id, syntax.scope(n)) is owner
    ]
    return bool(reads) and all(_reads_a_file(n, syntax) for n in reads)


def _reads_a_file(parser: ast.expr, syntax: Syntax) -> bool:
    """Whether a parser reads a file there, below a parse of the same function."""
    member = syntax.parent[parser]
    if not isinstance(member, ast.Attribute) or member.attr not in READ_FILES:
        return False
    return any(
        isinstance(above, (ast.Assign, ast.AnnAssign))
        and isinstance(above.value, ast.Call)
        and isinstance(above.value.func, ast.Attribute)
        and above.value.func.attr in PARSE_METHODS
        and syntax.scope(above) is syntax.scope(parser)
        for above in passed_before(member, syntax)
    )
