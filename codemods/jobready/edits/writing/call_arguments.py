"""Giving a call one more argument, written as its others are."""

from __future__ import annotations

from typing import TypeGuard

import libcst as cst

from jobready.edits.plan import GIVEN, ArgumentEdit, InitEdit, ParseEdit
from jobready.edits.writing.style import Style

EQUAL = cst.AssignEqual(cst.SimpleWhitespace(""), cst.SimpleWhitespace(""))
# Parses whose words are not the first argument in each version: trl's before 0.13.
BY_NAME = frozenset(("parse_args_and_config",))
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
    if cst.ensure_type(call.func, cst.Attribute).attr.value in BY_NAME:
        first = cst.Arg(value, keyword=cst.Name("args"), equal=EQUAL)
    if not arguments:
        return _with_only(call, first, style)
    comma = cst.Comma(whitespace_after=cst.SimpleWhitespace(" "))
    return call.with_changes(args=[first.with_changes(comma=comma), *arguments])


def _with_given(words: cst.CSTNode, given: cst.BaseExpression) -> cst.CSTNode:
    """New words with those that a parse was given where they are named."""
    if isinstance(words, cst.Name) and words.value == GIVEN:
        if isinstance(given, ATOMS) or given.lpar:
            return given
        return given.with_changes(lpar=[cst.LeftParen()], rpar=[cst.RightParen()])
    for child in words.children:
        made = _with_given(child, given)
        if made is not child:
            found = words.deep_replace(child, made)
            assert isinstance(found, cst.CSTNode)
            return found
    return words


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
    """Give an init ``config=``, written as its other arguments are.

    Of ``config.update(…)`` the first argument is the config, where none has that name.
    """
    text = edit.config.replace('"', style.quote)
    value = cst.parse_expression(text, config=module.config_for_parsing)
    arguments = list(call.args)
    named = any(a.keyword is not None and a.keyword.value == "config" for a in arguments)
    for index, argument in enumerate(arguments):
        keyword = argument.keyword.value if argument.keyword is not None else None
        of_update = not named and index == 0 and keyword is None and not argument.star
        if of_update or keyword == "config":
            old = argument.value
            if edit.extends:
                value = _extended(old, value)
            elif old.lpar:  # a comment may stand in the parentheses
                value = value.with_changes(lpar=old.lpar, rpar=old.rpar)
            arguments[index] = argument.with_changes(value=value)
            return call.with_changes(args=arguments)
    return _with_keyword(call, "config", value, style)


def with_argument(
    call: cst.Call, edit: ArgumentEdit, module: cst.Module, style: Style
) -> cst.Call:
    """Give a call the argument for a parameter that its function has got."""
    text = edit.value.replace('"', style.quote)
    value = cst.parse_expression(text, config=module.config_for_parsing)
    return _with_keyword(call, edit.name, value, style)


def _with_keyword(
    call: cst.Call, name: str, value: cst.BaseExpression, style: Style
) -> cst.Call:
    added = cst.Arg(value, keyword=cst.Name(name), equal=EQUAL)
    if not call.args:
        return _with_only(call, added, style)
    return call.with_changes(args=[*call.args[:-1], *_joined(call, added, style)])


def _joined(call: cst.Call, added: cst.Arg, style: Style) -> tuple[cst.Arg, cst.Arg]:
    """The last argument of a call and the one that follows it now.

    What stands behind the last, a comment or a comma, stays beside it.
    """
    last = call.args[-1]
    comma = last.comma if isinstance(last.comma, cst.Comma) else None
    behind = last.whitespace_after_arg if comma is None else comma.whitespace_after
    between = _between(call)
    closing = behind
    if isinstance(behind, cst.ParenthesizedWhitespace):
        closing = _line_break(behind)
        if between is None and (behind.first_line.comment or behind.empty_lines):
            deeper = cst.SimpleWhitespace(behind.last_line.value + style.indent)
            between = closing.with_changes(last_line=deeper)
        if between is not None:
            between = behind.with_changes(
                indent=between.indent, last_line=between.last_line
            )
    space = between or cst.SimpleWhitespace(" ")
    last = last.with_changes(
        comma=(comma or cst.Comma()).with_changes(whitespace_after=space),
        whitespace_after_arg=cst.SimpleWhitespace("")
        if comma is None
        else last.whitespace_after_arg,
    )
    if comma is None:
        return last, added.with_changes(whitespace_after_arg=closing)
    if isinstance(closing, cst.ParenthesizedWhitespace):
        added = added.with_changes(comma=cst.Comma(whitespace_after=closing))
    return last, added


def _between(call: cst.Call) -> cst.ParenthesizedWhitespace | None:
    """The line break between the arguments of a call; None where they share a line."""
    if isinstance(call.whitespace_before_args, cst.ParenthesizedWhitespace):
        return _line_break(call.whitespace_before_args)
    first = call.args[0].comma
    if len(call.args) > 1 and isinstance(first, cst.Comma):
        if isinstance(first.whitespace_after, cst.ParenthesizedWhitespace):
            return _line_break(first.whitespace_after)
    return None


def _line_break(whitespace: cst.ParenthesizedWhitespace) -> cst.ParenthesizedWhitespace:
    """The same indentation without the comments and empty lines."""
    return cst.ParenthesizedWhitespace(
        indent=whitespace.indent, last_line=whitespace.last_line
    )


def _extended(config: cst.BaseExpression, added: cst.BaseExpression) -> cst.BaseExpression:
    """A dict with all items of another before its own."""
    if _is_of_keywords(config):
        comma = cst.Comma(whitespace_after=_gap(config.whitespace_before_args))
        return config.with_changes(args=[cst.Arg(added, comma=comma), *config.args])
    if isinstance(config, cst.Dict):
        comma = cst.Comma(whitespace_after=_gap(config.lbrace.whitespace_after))
        return config.with_changes(elements=[*_items(added, comma), *config.elements])
    space = cst.Comma(whitespace_after=cst.SimpleWhitespace(" "))
    return cst.Dict([*_items(added, space), cst.StarredDictElement(config)])


def _items(added: cst.BaseExpression, comma: cst.Comma) -> list[cst.BaseDictElement]:
    """What brings the items of a dict into another; those of a display are taken over."""
    if isinstance(added, cst.Dict):
        return [element.with_changes(comma=comma) for element in added.elements]
    return [cst.StarredDictElement(added, comma=comma)]


def _is_of_keywords(config: cst.BaseExpression) -> TypeGuard[cst.Call]:
    """Whether it is ``dict(a=1)``, to which one more dict can be given."""
    if not isinstance(config, cst.Call) or not isinstance(config.func, cst.Name):
        return False
    given = (a for a in config.args if a.keyword is None and a.star != "**")
    return config.func.value == "dict" and not any(given)


def _gap(before: cst.BaseParenthesizableWhitespace) -> cst.BaseParenthesizableWhitespace:
    """What separates two items where this stands before the first."""
    if isinstance(before, cst.ParenthesizedWhitespace):
        return _line_break(before)
    return cst.SimpleWhitespace(" ")
