"""Whether a file does something when it is run, and may be a script for that."""

from __future__ import annotations

import ast

from jobready.script.source.syntax import Syntax
from jobready.script.values.functions import root_of
from jobready.script.values.parser_classes import PARSE_METHODS

# What a file makes to be filled, and modules of Python's with settings for all files.
MADE = (ast.Dict, ast.DictComp, ast.List, ast.ListComp, ast.Set, ast.SetComp)
MAKES = frozenset(("dict", "list", "set"))
LOGS = frozenset(("debug", "info", "warning", "error"))
SETTINGS = frozenset(("logging", "os", "sys", "warnings"))


def does_something(syntax: Syntax) -> bool:
    """Whether a file does something when it is run: calls, or asks if it is the main."""
    if _may_be_main(syntax):
        return True
    calls = [
        s.value
        for s in syntax.of(ast.Expr)
        if isinstance(s.value, (ast.Call, ast.Await)) and syntax.scope(s) is syntax.module
    ]
    if any(not _sets_up(call, syntax) for call in calls):
        return True
    return bool(calls) and any(
        _may_parse_or_start(s.value, syntax)
        for s in syntax.of(ast.Assign)
        if isinstance(s.value, ast.Call) and syntax.scope(s) is syntax.module
    )


def _may_be_main(syntax: Syntax) -> bool:
    """Whether a file asks if it is the main one; a comment only says which file that is."""
    if not syntax.mentions("__main__"):
        return False
    return any(constant.value == "__main__" for constant in syntax.of(ast.Constant))


def _may_parse_or_start(call: ast.Call, syntax: Syntax) -> bool:
    """Whether a call gives arguments, or a run, to what a file does further down.

    A function of the file or of another may: ``args = get_args()``.
    """
    if isinstance(call.func, ast.Attribute):
        return call.func.attr in PARSE_METHODS or call.func.attr == "init"
    name = _called(call)
    return name[:1].islower() and bool(syntax.module.bindings.get(name))


def _sets_up(call: ast.expr, syntax: Syntax) -> bool:
    """Whether a call fills what the file has made, or changes a setting of Python's.

    ``optimizers.update(sgd=SGD)``, ``sys.path.append(…)``; ``sys.exit(main())`` does more.
    Or it tells a registry what the file defines.
    """
    if not isinstance(call, ast.Call) or not isinstance(call.func, ast.Attribute):
        return False
    inner = [n for n in ast.walk(call) if isinstance(n, ast.Call) and n is not call]
    if any(syntax.module.bindings.get(_called(n)) and not _is_python(n) for n in inner):
        return False
    if call.func.attr in LOGS or _registers(call, syntax):
        return True
    bindings = syntax.module.bindings.get(_called(call), ())
    made = bool(bindings) and all(_is_made(b.value) for b in bindings)
    return made or (_is_python(call) and call.func.attr != "exit")


def _registers(call: ast.Call, syntax: Syntax) -> bool:
    """Whether a call is ``registry.register_all(…)``, in a file that parses nothing itself.

    What is registered with atexit runs.
    """
    assert isinstance(call.func, ast.Attribute)
    if call.func.attr.partition("_")[0] != "register" or _called(call) == "atexit":
        return False
    return not any(method in syntax.named for method in PARSE_METHODS)


def _is_made(value: ast.expr | None) -> bool:
    """Whether a value is a list, a set or a dict that the file makes."""
    if isinstance(value, ast.Call):
        return isinstance(value.func, ast.Name) and value.func.id in MAKES
    return isinstance(value, MADE)


def _called(call: ast.Call) -> str:
    return root_of(call.func) or ""


def _is_python(call: ast.Call) -> bool:
    """Whether a call is one of a module of Python's with which nothing is started."""
    return _called(call) in SETTINGS
