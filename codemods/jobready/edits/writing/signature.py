"""Giving a function one more parameter, written as its others are."""

from __future__ import annotations

import libcst as cst

from jobready.edits.plan import ParameterEdit
from jobready.edits.writing.style import Style

SPACE = cst.SimpleWhitespace(" ")
NONE = cst.SimpleWhitespace("")


def with_parameter(
    function: cst.FunctionDef,
    edit: ParameterEdit,
    module: cst.Module,
    indent: str,
    style: Style,
) -> cst.FunctionDef:
    """The function with a parameter behind its others, which is None by default.

    Where the line gets too long, each has one of its own.
    """
    new = _new(edit, module, style)
    parameters = function.params
    kind = "kwonly_params" if parameters.kwonly_params else "params"
    names: tuple[cst.Param, ...] = getattr(parameters, kind)
    if not names:
        return function.with_changes(params=parameters.with_changes(**{kind: [new]}))
    last = names[-1]
    comma = last.comma if isinstance(last.comma, cst.Comma) else None
    behind = last.whitespace_after_param if comma is None else comma.whitespace_after
    between = _between(function, names)
    space = between or SPACE
    if comma is not None and isinstance(behind, cst.ParenthesizedWhitespace):
        # a comment there says something about the last one
        end = cst.ParenthesizedWhitespace(indent=behind.indent, last_line=behind.last_line)
        new = new.with_changes(comma=cst.Comma(whitespace_after=end))
        if isinstance(space, cst.ParenthesizedWhitespace):
            space = behind.with_changes(last_line=space.last_line)
    elif isinstance(behind, cst.ParenthesizedWhitespace):
        new = new.with_changes(whitespace_after_param=behind)
    last = last.with_changes(
        comma=(comma or cst.Comma()).with_changes(whitespace_after=space),
        whitespace_after_param=last.whitespace_after_param if comma is not None else NONE,
    )
    params = parameters.with_changes(**{kind: [*names[:-1], last, new]})
    changed = function.with_changes(params=params)
    if between is None and not _fits(changed, module, indent, style):
        return _opened(changed, style)
    return changed


def _new(edit: ParameterEdit, module: cst.Module, style: Style) -> cst.Param:
    if edit.annotation is None:
        equal = cst.AssignEqual(NONE, NONE)
        return cst.Param(cst.Name(edit.name), equal=equal, default=cst.Name("None"))
    text = edit.annotation.replace('"', style.quote)
    config = module.config_for_parsing
    annotation = cst.Annotation(cst.parse_expression(text, config=config))
    return cst.Param(cst.Name(edit.name), annotation, default=cst.Name("None"))


def _between(
    function: cst.FunctionDef, names: tuple[cst.Param, ...]
) -> cst.ParenthesizedWhitespace | None:
    """The line break between the parameters; None where they share a line."""
    comma = names[0].comma
    if not isinstance(comma, cst.Comma):
        return None
    alone = len(names) == 1  # with a comma behind it, as if another were to come
    inner = function.whitespace_before_params if alone else comma.whitespace_after
    if not isinstance(inner, cst.ParenthesizedWhitespace):
        return None
    return cst.ParenthesizedWhitespace(indent=inner.indent, last_line=inner.last_line)


def _fits(function: cst.FunctionDef, module: cst.Module, indent: str, style: Style) -> bool:
    """Whether no line of a function's head is too long."""
    bare = function.with_changes(leading_lines=(), body=cst.SimpleStatementSuite([]))
    lines = module.code_for_node(bare).rstrip().splitlines()
    return all(len(indent) + len(line) <= style.line_length for line in lines)


def _opened(function: cst.FunctionDef, style: Style) -> cst.FunctionDef:
    """The function with each parameter on a line of its own."""
    deeper = cst.SimpleWhitespace(style.indent)
    inner = cst.ParenthesizedWhitespace(indent=True, last_line=deeper)
    outer = cst.ParenthesizedWhitespace(indent=True, last_line=NONE)
    parameters = function.params
    every = ("posonly_params", "params", "kwonly_params")
    last = next(p for kind in reversed(every) for p in reversed(getattr(parameters, kind)))
    changed = {
        kind: [
            p.with_changes(
                comma=cst.Comma(whitespace_after=outer if p is last else inner),
                whitespace_after_param=NONE,
            )
            for p in getattr(parameters, kind)
        ]
        for kind in every
    }
    params = parameters.with_changes(**changed)
    if isinstance(params.star_arg, cst.ParamStar):
        star = cst.ParamStar(cst.Comma(whitespace_after=inner))
        params = params.with_changes(star_arg=star)
    if isinstance(params.posonly_ind, cst.ParamSlash):
        slash = cst.ParamSlash(comma=cst.Comma(whitespace_after=inner))
        params = params.with_changes(posonly_ind=slash)
    return function.with_changes(params=params, whitespace_before_params=inner)
