"""The function by which a script takes the config of a launched job: ours, or its own."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from jobready.script.source.place import Place
from jobready.script.source.reaching import statements_above
from jobready.script.source.scopes import FUNCTIONS
from jobready.script.source.syntax import Syntax
from jobready.script.values.functions import name_of
from jobready.script.values.parser_classes import PARSE_METHODS

if TYPE_CHECKING:
    from jobready.script.values.flow import Flow

# The docstring of the function that form argv writes.
DOCSTRING = "Return the config of a launched W&B job as arguments for the parser."
# How a function takes the config of a launched job.
LAUNCH_CONFIG = ("load_wandb_config", "WANDB_CONFIG")


def emitted_nodes(syntax: Syntax) -> set[ast.AST]:
    """What stands inside a function that jobready wrote into the file."""
    functions = _functions_that_launch(syntax)
    ours = [f for f in functions if ast.get_docstring(f) == DOCSTRING]
    if len(ours) < len(functions):  # one that was edited by hand still gives words
        called = _called_for_words(syntax)
        ours = [f for f in functions if f in ours or f.name in called]
    return {n for f in ours for n in ast.walk(f)}


def _functions_that_launch(syntax: Syntax) -> list[ast.FunctionDef]:
    """The functions that take the config of a launched job, in the order of the source."""
    if not any(map(syntax.mentions, LAUNCH_CONFIG)):
        return []
    around = {
        each
        for node in syntax.of(ast.ImportFrom, ast.Constant)
        if _takes_config(node)
        for each in syntax.ancestors(node)
    }
    return [f for f in syntax.of(ast.FunctionDef) if f in around and reads_launch(f)]


def _called_for_words(syntax: Syntax) -> set[str]:
    """The names of the functions that are called for the words of a parse."""
    methods = [n for name in PARSE_METHODS for n in syntax.named.get(name, ())]
    parses = [p for p in map(syntax.parent.get, methods) if isinstance(p, ast.Call)]
    given = [a for p in parses for a in (*p.args, *(k.value for k in p.keywords))]
    inside = [n for a in given for n in ast.walk(a) if isinstance(n, ast.Call)]
    return {n.func.id for n in inside if isinstance(n.func, ast.Name)}


def own_launch_config(syntax: Syntax) -> Place | None:
    """Where the script takes the config of a launched job by itself."""
    if not any(map(syntax.mentions, LAUNCH_CONFIG)):
        return None
    written = emitted_nodes(syntax)
    for node in syntax.of(ast.Call, ast.Subscript):
        if node in written:
            continue
        if isinstance(node, ast.Call) and name_of(node.func) == "load_wandb_config":
            return syntax.place(node)
        key = node.slice if isinstance(node, ast.Subscript) else [*node.args, None][0]
        if isinstance(key, ast.Constant) and key.value == "WANDB_CONFIG":
            if isinstance(getattr(node, "ctx", ast.Load()), ast.Load):
                return syntax.place(node)
    return None


def reads_launch(node: ast.AST) -> bool:
    """Whether it is a function that takes the config of a launched job."""
    if not isinstance(node, FUNCTIONS):
        return False
    return any(_takes_config(inner) for s in node.body for inner in ast.walk(s))


def _takes_config(node: ast.AST) -> bool:
    if isinstance(node, ast.ImportFrom):
        return any(a.name == "load_wandb_config" for a in node.names)
    return isinstance(node, ast.Constant) and node.value == "WANDB_CONFIG"


def launching_function(words: ast.expr, flow: Flow) -> ast.FunctionDef | None:
    """The function that is called for words and takes the config of a launched job."""
    for node in ast.walk(words):
        if isinstance(node, ast.Call):
            function = flow.function(node.func)
            if isinstance(function, ast.FunctionDef) and reads_launch(function):
                return function
    return None


def launched_above(call: ast.Call, syntax: Syntax, flow: Flow) -> ast.AugAssign | None:
    """The statement ``sys.argv += job_args(parser)`` above a parse that reads them."""
    statement = syntax.statement(call)
    for above in statements_above(statement, syntax.parent[statement]):
        if isinstance(above, ast.AugAssign) and flow.qualified(above.target) == "sys.argv":
            if launching_function(above.value, flow) is not None:
                return above
    return None
