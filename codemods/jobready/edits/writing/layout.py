"""Breaking a statement that has become too long, as a formatter would."""

from __future__ import annotations

import libcst as cst

from jobready.edits.writing.style import Style
from jobready.edits.writing.text import LINE_END

_NONE = cst.SimpleWhitespace("")


def fit(
    statement: cst.SimpleStatementLine, module: cst.Module, indent: str, style: Style
) -> cst.SimpleStatementLine:
    """The statement on lines that fit, where it was changed and stood on one line.

    Its outermost call is opened: the arguments on a line of their own or, where that is
    too long still, one on each line.
    """
    bare = statement.with_changes(
        leading_lines=(), trailing_whitespace=cst.TrailingWhitespace()
    )
    code = module.code_for_node(bare).rstrip()
    if LINE_END.search(code) or len(indent) + len(code) <= style.line_length:
        return statement
    call = _outermost_call(statement)
    if call is None or not call.args:
        return statement
    opened = _opened(call, style, together=True)
    changed = statement.deep_replace(call, opened)
    lines = module.code_for_node(changed.with_changes(leading_lines=())).splitlines()
    longest = max(len(indent) + len(style.indent) + len(line.strip()) for line in lines)
    if longest > style.line_length:
        room = style.line_length - len(indent) - len(style.indent)
        arguments = [_fitting(a, module, room, style) for a in call.args]
        fitting = call.with_changes(args=arguments)
        changed = statement.deep_replace(call, _opened(fitting, style, together=False))
    return changed  # type: ignore[return-value]


def fit_argument(
    argument: cst.Arg, module: cst.Module, before: str, style: Style
) -> cst.Arg:
    """An argument that has a line of its own, on more of them where it doesn't fit.

    ``before`` is what stands before its value on the line: the indent, and its keyword.
    """
    indent = before[: len(before) - len(before.lstrip())]
    code = module.code_for_node(argument.value)
    if len(before.expandtabs(4)) + len(code) < style.line_length:
        return argument
    space = cst.SimpleWhitespace(indent)
    line = cst.ParenthesizedWhitespace(indent=False, last_line=space)
    return argument.with_changes(value=_at_operators(argument.value, line))


def _at_operators(
    value: cst.BaseExpression, line: cst.ParenthesizedWhitespace
) -> cst.BaseExpression:
    """``a | b | c`` with each operator on a new line; anything else as it is."""
    if not isinstance(value, cst.BinaryOperation) or value.lpar:
        return value
    if not isinstance(value.operator, cst.BitOr):
        return value
    operator = value.operator.with_changes(whitespace_before=line)
    return value.with_changes(left=_at_operators(value.left, line), operator=operator)


def _outermost_call(statement: cst.SimpleStatementLine) -> cst.Call | None:
    if len(statement.body) != 1:
        return None
    value = getattr(statement.body[0], "value", None)
    while isinstance(value, (cst.Attribute, cst.Subscript)):
        value = value.value  # `parse_known_args(…)[0]`
    return value if isinstance(value, cst.Call) else None


def _fitting(argument: cst.Arg, module: cst.Module, room: int, style: Style) -> cst.Arg:
    """An argument for a line of its own, opened or broken where it is too long for one."""
    made = argument.value
    code = module.code_for_node(argument).strip()
    if isinstance(made, cst.BinaryOperation) and len(code) > room:
        return argument.with_changes(value=_at_operators(made, _line(1, style)))
    if not isinstance(made, cst.DictComp) or len(code) <= room:
        return argument
    opened = _opened_dict(made, module, room - len(style.indent), style)
    return argument.with_changes(value=opened)


def _opened_dict(
    made: cst.DictComp, module: cst.Module, room: int, style: Style
) -> cst.DictComp:
    """A comprehension with its braces, its item, its loop and its test on own lines."""
    line = _line(2, style)
    loop = made.for_in.with_changes(
        whitespace_before=line,
        ifs=[test.with_changes(whitespace_before=line) for test in made.for_in.ifs],
    )
    items = loop.iter
    head = module.code_for_node(loop.with_changes(whitespace_before=_NONE, ifs=()))
    if isinstance(items, cst.Call) and isinstance(items.func, cst.Attribute):
        call = items.func.value  # of ``json.loads(…).items()``
        if isinstance(call, cst.Call) and len(head) > room:
            opened = _opened(call, style, together=True, depth=2)
            loop = loop.with_deep_changes(items.func, value=opened)
    return made.with_changes(
        lbrace=cst.LeftCurlyBrace(whitespace_after=line),
        for_in=loop,
        rbrace=cst.RightCurlyBrace(whitespace_before=_line(1, style)),
    )


def _line(depth: int, style: Style) -> cst.ParenthesizedWhitespace:
    """A new line, so many levels deeper than the statement."""
    indent = cst.SimpleWhitespace(style.indent * depth)
    return cst.ParenthesizedWhitespace(indent=True, last_line=indent)


def _opened(call: cst.Call, style: Style, *, together: bool, depth: int = 0) -> cst.Call:
    inner, outer = _line(depth + 1, style), _line(depth, style)
    arguments = []
    for index, argument in enumerate(call.args):
        last = index == len(call.args) - 1
        clean = argument.with_changes(whitespace_after_arg=cst.SimpleWhitespace(""))
        if last and together:
            clean = clean.with_changes(
                comma=cst.MaybeSentinel.DEFAULT, whitespace_after_arg=outer
            )
        elif last:
            clean = clean.with_changes(comma=cst.Comma(whitespace_after=outer))
        elif together:
            clean = clean.with_changes(
                comma=cst.Comma(whitespace_after=cst.SimpleWhitespace(" "))
            )
        else:
            clean = clean.with_changes(comma=cst.Comma(whitespace_after=inner))
        arguments.append(clean)
    return call.with_changes(args=arguments, whitespace_before_args=inner)
