"""The branch that ends a script without words, where a command must be among them.

``if len(sys.argv) < 2: parser.error("which command?")``: a job's entry point names the
command, for no value of a job does where the arguments don't hold it. A job without it
would end too, since what is read of the arguments comes with a command.
"""

from __future__ import annotations

import ast
from collections.abc import Sequence

from jobready.script.model import CommandsModel, Parse, ParserModel
from jobready.script.source.literals import literal
from jobready.script.source.scopes import FUNCTIONS
from jobready.script.source.syntax import Syntax
from jobready.script.values.flow import Flow
from jobready.script.values.handed_over import left_there
from jobready.script.values.meanings import Arguments, ArgumentsDict, Parser
from jobready.script.values.parser_classes import ARGPARSE
from jobready.script.words.count_branches import asked_of_count
from jobready.script.words.ending_branches import only_ends
from jobready.script.words.wordless import NO_WORDS


def read_needed_words(parses: Sequence[Parse], syntax: Syntax, flow: Flow) -> set[ast.AST]:
    """The nodes of the tests of all such branches."""
    found: set[ast.AST] = set()
    if "argv" not in syntax.named or len(parses) != 1:
        return found
    if not _needs_command(parses[0], flow):
        return found
    for node in syntax.of(ast.If):
        if asked_of_count(node.test, flow) in NO_WORDS and not node.orelse:
            if only_ends(node.body, flow):
                found.update(ast.walk(node.test))
    return found


def _needs_command(parse: Parse, flow: Flow) -> bool:
    """Whether a parse of the command line comes to nothing without a command."""
    given = parse.words is not None and parse.function is None
    if len(parse.parsers) != 1 or given or parse.call.keywords:
        return False
    (parser,) = parse.parsers
    commands = parser.commands
    if commands is None or commands.dest is not None or parser.unseen:
        return False
    if parser.own or parser.library != ARGPARSE:
        return False
    return _is_required(commands, flow) or _reads_default(parse, parser, commands, flow)


def _is_required(commands: CommandsModel, flow: Flow) -> bool:
    """Whether ``add_subparsers(required=True)`` says so."""
    for method in flow.syntax.named.get("add_subparsers", ()):
        call = flow.syntax.parent[method]
        if isinstance(call, ast.Call) and flow.syntax.place(method) == commands.place:
            given = {k.arg: literal(k.value) for k in call.keywords}
            return given.get("required") is True
    return False


def _reads_default(
    parse: Parse, parser: ParserModel, commands: CommandsModel, flow: Flow
) -> bool:
    """Whether the statement behind a parse reads what only commands give: ``args.func``."""
    syntax = flow.syntax
    statement = syntax.statement(parse.call)
    holder = syntax.parent[statement]
    block = getattr(holder, "body", [])
    if not isinstance(statement, ast.Assign) or statement.value is not parse.call:
        return False
    if not isinstance(holder, (*FUNCTIONS, ast.Module)) or statement not in block:
        return False
    behind = (s for s in block[block.index(statement) + 1 :] if left_there(s) is None)
    name = _read(next(behind, None), flow)
    if name is None or name in {p.name for p in parser.parameters}:
        return False
    inner = {each.call for each in commands.parsers}
    givers = [
        (call, method.value)
        for method in syntax.named.get("set_defaults", ())
        if isinstance(method, ast.Attribute)
        and isinstance(call := syntax.parent[method], ast.Call)
        and any(k.arg in (name, None) for k in call.keywords)
    ]
    return bool(givers) and all(
        isinstance(m, Parser) and m.call in inner
        for _, owner in givers
        for m in flow.meanings(owner) or {None}
    )


def _read(statement: ast.stmt | None, flow: Flow) -> str | None:
    """What a statement surely reads of the arguments, first of all."""
    node = statement.value if isinstance(statement, (ast.Assign, ast.Expr)) else None
    held: type[Arguments] | type[ArgumentsDict] = ArgumentsDict
    match node:
        case (
            ast.Attribute(value=holder, attr=name)
            | ast.Call(func=ast.Attribute(value=ast.Name() as holder, attr=name))
        ) if name != "pop":
            held = Arguments
        case ast.Subscript(value=holder, slice=ast.Constant(value=str(name))):
            pass
        case ast.Call(
            func=ast.Attribute(value=holder, attr="pop"),
            args=[ast.Constant(value=str(name))],
            keywords=[],
        ):
            pass
        case _:
            return None
    meanings = flow.meanings(holder)
    return name if meanings and all(isinstance(m, held) for m in meanings) else None
