"""Giving a call one more argument, written as its others are."""

from __future__ import annotations

import libcst as cst

from jobready.edits.plan import GIVEN, InitEdit, ParseEdit
from jobready.edits.style import Style

# Expressions that stand beside an operator without parentheses.
ATOMS = (cst.Attribute, cst.Call, cst.List, cst.Name, cst.Subscript)


def with_words(
    call: cst.Call, edit: ParseEdit, module: cst.Module, style: Style
) -> cst.Call:
    """Give a parse its new words: made of the old ones, or as first argument."""
    value = cst.parse_expression(edit.words, config=module.config_for_parsing)
    arguments = list(call.args)
    for index, argument in enumerate(arguments):
        keyword = argument.keyword.value if argument.keyword is not None else None
        if (keyword is None and index == 0) or keyword == "args":
            given = _with_given(value, argument.value)
            arguments[index] = argument.with_changes(value=given)
            return call.with_changes(args=arguments)
    first = cst.Arg(value)
    if not arguments:
        return _with_only(call, first, style)
    comma = cst.Comma(whitespace_after=cst.SimpleWhitespace(" "))
    return call.with_changes(args=[first.with_changes(comma=comma), *arguments])


def _with_given(words: cst.CSTNode, given: cst.BaseExpression) -> cst.CSTNode:
    """New words with those that a parse was given wherever they are named."""
    if isinstance(words, cst.Name) and words.value == GIVEN:
        bare = isinstance(given, ATOMS) or given.lpar
        parts = {} if bare else {"lpar": [cst.LeftParen()], "rpar": [cst.RightParen()]}
        return given.deep_clone().with_changes(**parts)
    for child in words.children:
        made = _with_given(child, given)
        if made is not child:
            # deep_replace makes each node anew, and the next one is looked for there
            return _with_given(_replaced(words, child, made), given)
    return words


def _replaced(node: cst.CSTNode, child: cst.CSTNode, new: cst.CSTNode) -> cst.CSTNode:
    found = node.deep_replace(child, new)
    assert isinstance(found, cst.CSTNode)
    return found


def _with_only(call: cst.Call, argument: cst.Arg, style: Style) -> cst.Call:
    """Give a call its first argument: below the comment that its ``()`` may hold."""
    inside = call.whitespace_before_args
    if isinstance(inside, cst.ParenthesizedWhitespace):
        end = cst.ParenthesizedWhitespace(indent=inside.indent, last_line=inside.last_line)
        argument = argument.with_changes(comma=cst.Comma(whitespace_after=end))
        deeper = cst.SimpleWhitespace(inside.last_line.value + style.indent)
        before = inside.with_changes(last_line=deeper)
        call = call.with_changes(whitespace_before_args=before)
    return call.with_changes(args=[argument])


def with_config(
    call: cst.Call, edit: InitEdit, module: cst.Module, style: Style
) -> cst.Call:
    """Give an init ``config=``, written as its other arguments are."""
    text = edit.config.replace('"', style.quote)
    value = cst.parse_expression(text, config=module.config_for_parsing)
    arguments = list(call.args)
    for index, argument in enumerate(arguments):
        if argument.keyword is not None and argument.keyword.value == "config":
            if edit.extends:
                value = _extended(argument.value, value)
            arguments[index] = argument.with_changes(value=value)
            return call.with_changes(args=arguments)
    added = cst.Arg(
        value,
        keyword=cst.Name("config"),
        equal=cst.AssignEqual(cst.SimpleWhitespace(""), cst.SimpleWhitespace("")),
    )
    if not arguments:
        return _with_only(call, added, style)
    last = arguments[-1]
    between: cst.BaseParenthesizableWhitespace = cst.SimpleWhitespace(" ")
    if isinstance(call.whitespace_before_args, cst.ParenthesizedWhitespace):
        between = _line_break(call.whitespace_before_args)
    elif len(arguments) > 1 and isinstance(arguments[0].comma, cst.Comma):
        after = arguments[0].comma.whitespace_after
        if isinstance(after, cst.ParenthesizedWhitespace):
            between = _line_break(after)
    if isinstance(last.comma, cst.Comma):
        # `last,  # comment` keeps its comment: it stands in the comma's whitespace
        comma = last.comma
        behind = comma.whitespace_after
        if isinstance(behind, cst.ParenthesizedWhitespace) and isinstance(
            between, cst.ParenthesizedWhitespace
        ):
            comma = comma.with_changes(
                whitespace_after=behind.with_changes(
                    indent=between.indent, last_line=between.last_line
                )
            )
            closing = cst.ParenthesizedWhitespace(
                indent=behind.indent, last_line=behind.last_line
            )
            added = added.with_changes(comma=cst.Comma(whitespace_after=closing))
        else:
            comma = comma.with_changes(whitespace_after=between)
        arguments[-1] = last.with_changes(comma=comma)
    else:
        added = added.with_changes(whitespace_after_arg=last.whitespace_after_arg)
        arguments[-1] = last.with_changes(
            comma=cst.Comma(whitespace_after=between),
            whitespace_after_arg=cst.SimpleWhitespace(""),
        )
        behind = last.whitespace_after_arg
        if isinstance(behind, cst.ParenthesizedWhitespace) and behind.first_line.comment:
            # a comment behind the last argument stays beside it
            kept = behind.with_changes(
                indent=between.indent
                if isinstance(between, cst.ParenthesizedWhitespace)
                else True,
                last_line=between.last_line
                if isinstance(between, cst.ParenthesizedWhitespace)
                else behind.last_line,
            )
            arguments[-1] = last.with_changes(
                comma=cst.Comma(whitespace_after=kept),
                whitespace_after_arg=cst.SimpleWhitespace(""),
            )
            added = added.with_changes(
                whitespace_after_arg=cst.ParenthesizedWhitespace(
                    indent=behind.indent, last_line=behind.last_line
                )
            )
    return call.with_changes(args=[*arguments, added])


def _line_break(whitespace: cst.ParenthesizedWhitespace) -> cst.ParenthesizedWhitespace:
    """The same indentation without the comments and empty lines."""
    return cst.ParenthesizedWhitespace(
        indent=whitespace.indent, last_line=whitespace.last_line
    )


def _extended(config: cst.BaseExpression, added: cst.BaseExpression) -> cst.BaseExpression:
    """A dict with all items of another before its own."""
    if isinstance(config, cst.Call):  # dict(a=1)
        comma = cst.Comma(whitespace_after=_gap(config.whitespace_before_args))
        return config.with_changes(args=[cst.Arg(added, comma=comma), *config.args])
    if isinstance(config, cst.Dict):
        comma = cst.Comma(whitespace_after=_gap(config.lbrace.whitespace_after))
        first = cst.StarredDictElement(added, comma=comma)
        return config.with_changes(elements=[first, *config.elements])
    space = cst.Comma(whitespace_after=cst.SimpleWhitespace(" "))
    return cst.Dict(
        [cst.StarredDictElement(added, comma=space), cst.StarredDictElement(config)]
    )


def _gap(before: cst.BaseParenthesizableWhitespace) -> cst.BaseParenthesizableWhitespace:
    """What separates two items where this stands before the first."""
    if isinstance(before, cst.ParenthesizedWhitespace):
        return _line_break(before)
    return cst.SimpleWhitespace(" ")
