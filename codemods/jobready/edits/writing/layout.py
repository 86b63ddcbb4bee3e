"""Breaking a statement that has become too long, as a formatter would."""

from __future__ import annotations

import libcst as cst

from jobready.edits.writing.style import Style
from jobready.edits.writing.text import LINE_END


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
        changed = statement.deep_replace(call, _opened(call, style, together=False))
    return changed  # type: ignore[return-value]


def _outermost_call(statement: cst.SimpleStatementLine) -> cst.Call | None:
    if len(statement.body) != 1:
        return None
    value = getattr(statement.body[0], "value", None)
    while isinstance(value, (cst.Attribute, cst.Subscript)):
        value = value.value  # `parse_known_args(…)[0]`
    return value if isinstance(value, cst.Call) else None


def _opened(call: cst.Call, style: Style, *, together: bool) -> cst.Call:
    inner = cst.ParenthesizedWhitespace(
        indent=True, last_line=cst.SimpleWhitespace(style.indent)
    )
    outer = cst.ParenthesizedWhitespace(indent=True, last_line=cst.SimpleWhitespace(""))
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
