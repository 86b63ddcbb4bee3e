"""What a test of the number of words asks, and whether a launched job passes it by."""

from __future__ import annotations

import ast

from jobready.script.parsers.launch_function import reads_launch
from jobready.script.values.flow import Flow


def parts_of(test: ast.expr) -> list[ast.expr]:
    """What must all hold for a test to."""
    if isinstance(test, ast.BoolOp):
        return test.values if isinstance(test.op, ast.And) else []
    return [test]


def asked_of_count(part: ast.expr, flow: Flow) -> str | None:
    """What is asked of the number of words: ``== 2`` in ``len(sys.argv) == 2``."""
    if not isinstance(part, ast.Compare) or not isinstance(part.left, ast.Call):
        return None
    counted, method = part.left, part.left.func
    given = counted.args
    if isinstance(method, ast.Attribute) and method.attr == "__len__" and not given:
        given = [method.value]
    elif ast.unparse(method) != "len":
        return None
    if len(given) != 1 or flow.qualified(given[0]) != "sys.argv":
        return None
    return ast.unparse(part).removeprefix(ast.unparse(counted)).strip()


def excludes_launch(part: ast.expr, flow: Flow) -> bool:
    """Whether it is ``not job_args(parser)``."""
    if not isinstance(part, ast.UnaryOp) or not isinstance(part.operand, ast.Call):
        return False
    function = flow.function(part.operand.func)
    return function is not None and reads_launch(function)
