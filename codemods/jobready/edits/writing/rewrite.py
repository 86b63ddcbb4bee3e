"""Carrying out a plan on the concrete syntax tree: only the lines that must change."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TypeVar

import libcst as cst
from libcst.metadata import MetadataWrapper, PositionProvider

from jobready.edits.plan import (
    ArgumentEdit,
    GuardEdit,
    InitEdit,
    LinesBehind,
    ParameterEdit,
    Plan,
    StopEdit,
    ValueEdit,
    source_of,
)
from jobready.edits.shared.import_line import with_shared
from jobready.edits.writing.call_arguments import with_argument, with_config, with_words
from jobready.edits.writing.function_place import with_function
from jobready.edits.writing.imports import with_import
from jobready.edits.writing.kept_comments import with_comments
from jobready.edits.writing.layout import fit, fit_argument
from jobready.edits.writing.returned import bound
from jobready.edits.writing.signature import with_parameter
from jobready.edits.writing.style import Style, style_of
from jobready.edits.writing.text import LINE_END, Lines
from jobready.outcome import Reason
from jobready.script.source.syntax import Syntax

Span = tuple[int, int, int, int]
# What stands before the value of an argument that has a line of its own.
OWN_LINE = re.compile(r"\s*(\w+ ?= ?)?")
Valued = TypeVar("Valued", cst.DictElement, cst.Arg)


def rewrite(text: str, plan: Plan, syntax: Syntax, line_length: int) -> str | Reason:
    """The text of the file with the plan carried out, or why it can't be edited."""
    module = _tree(text)
    if isinstance(module, Reason):
        return module
    style = style_of(text, module.default_indent, line_length)
    editor = _Editor(plan, syntax, style, module)
    done: list[tuple[cst.BaseStatement, Sequence[ast.stmt]]] = []
    for statement, nodes in _statements(module, syntax.tree):
        decorators = getattr(nodes[0], "decorator_list", [])
        first = min(n.lineno for n in (nodes[0], *decorators))
        last = nodes[-1].end_lineno or first
        if any(first <= line <= last for line in editor.lines):
            edited = editor.edited(statement, first)
            done += [(s, nodes if n == 0 else ()) for n, s in enumerate(edited)]
        else:
            done.append((statement, nodes))
    if plan.shared is not None:
        done = with_shared(done, plan.shared, module)
    body = [statement for statement, _ in done]
    # of what is added to the module itself
    places = (
        i for i, (_, nodes) in enumerate(done) if nodes and nodes[0] is plan.modules.before
    )
    place = next(places, len(body))
    for name in plan.modules.missing:
        with_import(body, name, place)
        place += 1
    if plan.job_args is not None and plan.job_args.replaces is None:
        with_function(body, _function(plan, style, module, text), place)
    return module.with_changes(body=body).code


def _tree(text: str) -> cst.Module | Reason:
    """The concrete syntax tree, where it gives the text back as it was."""
    try:
        tree = cst.parse_module(text)
    except cst.ParserSyntaxError as error:
        return Reason(f"can't be edited: {error.message}", error.raw_line)
    ends = text.endswith(("\n", "\r"))  # libcst doesn't see a lone \r at the end
    tree = tree.with_changes(has_trailing_newline=ends)
    if tree.code == text:
        return tree
    pairs = zip(text, tree.code, strict=False)
    index = next((i for i, (old, new) in enumerate(pairs) if old != new), 0)
    place = Lines(text).place(index)
    return Reason("can't be edited: libcst doesn't give back what stands here", place.line)


def span(node: ast.expr | ast.stmt, syntax: Syntax) -> Span:
    """Start and end of a node: 1-based lines, 0-based columns in code points."""
    start, end = syntax.place(node), syntax.end(node)
    return start.line, start.column - 1, end.line, end.column - 1


def _function(plan: Plan, style: Style, module: cst.Module, text: str) -> cst.FunctionDef:
    function = plan.job_args
    assert function is not None
    source = source_of(
        function, function.name, plan.modules.names, indent=style.indent, quote=style.quote
    )
    if function.replaces is not None:
        kept = with_comments(source, function.replaces, text)
        assert isinstance(kept, str), "the plan was made for comments that can stay"
        source = kept
    parsed = cst.parse_module(source, config=module.config_for_parsing)
    return cst.ensure_type(parsed.body[0], cst.FunctionDef)


def _statements(
    module: cst.Module, tree: ast.Module
) -> Iterator[tuple[cst.BaseStatement, list[ast.stmt]]]:
    """The statements of a module with the nodes of each: several where `;` joins them."""
    parsed = iter(tree.body)
    for statement in module.body:
        count = 1
        if isinstance(statement, cst.SimpleStatementLine):
            count = len(statement.body)
        yield statement, [next(parsed) for _ in range(count)]


class _Editor(cst.CSTTransformer):
    """Changes the calls and adds the lines that a plan names, found by their place."""

    METADATA_DEPENDENCIES = (PositionProvider,)

    def __init__(
        self,
        plan: Plan,
        syntax: Syntax,
        style: Style,
        module: cst.Module,
    ) -> None:
        super().__init__()
        self.plan = plan
        self.style = style
        self.module = module
        self.parses = {span(e.call, syntax): e for e in plan.parses if e.above is None}
        self.inits = {
            span(e.call, syntax): e for e in plan.inits if isinstance(e, InitEdit)
        }
        self.arguments = {
            span(e.call, syntax): e for e in plan.inits if isinstance(e, ArgumentEdit)
        }
        self.values = {
            span(e.node, syntax): e.text for e in plan.inits if isinstance(e, ValueEdit)
        }
        self.guards = {
            span(e.test, syntax): e for e in plan.guards if isinstance(e, GuardEdit)
        }
        self.stops = {e.statement.lineno: e for e in plan.guards if isinstance(e, StopEdit)}
        self.parameters = {
            e.node.lineno: e for e in plan.inits if isinstance(e, ParameterEdit)
        }
        self.leading = {
            syntax.statement(e.call).lineno: e.above for e in plan.parses if e.above
        }
        self.before: dict[int, str] = {}
        self.after: dict[int, tuple[str, ...]] = {}
        self.into: dict[int, tuple[str, ...]] = {}
        self.returned: dict[int, str] = {}
        self.long: set[int] = set()
        for edit in plan.parses:
            if edit.hoist is not None:
                assert isinstance(edit.call.func, ast.Attribute)
                line = f"{edit.hoist} = "
                self.before[syntax.statement(edit.call).lineno] = line
        for each in (*plan.inits, plan.read_back):
            if isinstance(each, LinesBehind):
                statement = syntax.statement(each.call)
                place = self.into if isinstance(statement, ast.With) else self.after
                known = place.get(statement.lineno, ())
                more = (line for line in each.lines if line not in known)
                place[statement.lineno] = (*known, *more)
                if each.named is not None:
                    self.returned[statement.lineno] = each.named
        if plan.new_init is not None:
            self.after[plan.new_init.after.lineno] = (plan.new_init.line,)
        self.replaced: dict[int, cst.FunctionDef] = {}
        if plan.job_args is not None and plan.job_args.replaces is not None:
            replaced = _function(plan, style, module, syntax.text)
            self.replaced[plan.job_args.replaces.lineno] = replaced
        self.hoisted: dict[int, cst.BaseExpression] = {}
        spans = (*self.parses, *self.inits, *self.arguments, *self.values, *self.guards)
        marked = (
            *self.leading,
            *self.stops,
            *self.before,
            *self.after,
            *self.into,
            *self.replaced,
            *self.parameters,
        )
        self.lines = {where[0] for where in spans} | set(marked)
        self.texts = LINE_END.split(syntax.text)
        self.above = 0  # how many lines of the file stand above the statement at hand

    def edited(self, statement: cst.BaseStatement, first: int) -> list[cst.BaseStatement]:
        """One statement of the module, which starts on line ``first``, edited.

        Finding places is what costs, so only the statements with an edit are gone through.
        """
        alone = self.module.with_changes(body=[statement], header=(), footer=())
        wrapper = MetadataWrapper(alone, unsafe_skip_copy=True)
        self.above = first - len(getattr(statement, "leading_lines", ())) - 1
        return list(wrapper.visit(self).body)

    def _span(self, node: cst.CSTNode) -> Span:
        found = self.get_metadata(PositionProvider, node)
        start, end = found.start, found.end
        return start.line + self.above, start.column, end.line + self.above, end.column

    def leave_Call(self, original_node: cst.Call, updated_node: cst.Call) -> cst.Call:
        where = self._span(original_node)
        changed = updated_node
        if where in self.parses:
            edit = self.parses[where]
            if edit.hoist is not None:
                assert isinstance(changed.func, cst.Attribute)
                self.hoisted[where[0]] = changed.func.value
                changed = changed.with_deep_changes(
                    changed.func, value=cst.Name(edit.hoist)
                )
            changed = with_words(changed, edit, self.module, self.style)
        elif where in self.inits:
            changed = with_config(changed, self.inits[where], self.module, self.style)
        elif where in self.arguments:
            edit_of_call = self.arguments[where]
            changed = with_argument(changed, edit_of_call, self.module, self.style)
        else:
            return changed
        self.long.add(where[0])
        return changed

    def leave_DictElement(
        self, original_node: cst.DictElement, updated_node: cst.DictElement
    ) -> cst.DictElement:
        text = self.values.get(self._span(original_node.value))
        return updated_node if text is None else self._with_value(updated_node, text)

    def leave_Arg(self, original_node: cst.Arg, updated_node: cst.Arg) -> cst.Arg:
        line, column, *_ = where = self._span(original_node.value)
        if where not in self.values:
            return updated_node
        changed = self._with_value(updated_node, self.values[where])
        before = self.texts[line - 1][:column]
        if OWN_LINE.fullmatch(before):
            return fit_argument(changed, self.module, before, self.style)
        self.long.add(line)
        return changed

    def _with_value(self, node: Valued, text: str) -> Valued:
        value = cst.parse_expression(text.replace('"', self.style.quote))
        return node.with_changes(value=value)

    def leave_Comparison(
        self, original_node: cst.Comparison, updated_node: cst.Comparison
    ) -> cst.BaseExpression:
        return self._guarded(original_node, updated_node)

    def leave_UnaryOperation(
        self, original_node: cst.UnaryOperation, updated_node: cst.UnaryOperation
    ) -> cst.BaseExpression:
        return self._guarded(original_node, updated_node)

    def _guarded(
        self, original_node: cst.BaseExpression, updated_node: cst.BaseExpression
    ) -> cst.BaseExpression:
        edit = self.guards.get(self._span(original_node))
        if edit is None:
            return updated_node
        config = self.module.config_for_parsing
        condition = cst.parse_expression(edit.condition, config=config)
        return cst.BooleanOperation(updated_node, cst.And(), condition)

    def leave_SimpleStatementLine(
        self,
        original_node: cst.SimpleStatementLine,
        updated_node: cst.SimpleStatementLine,
    ) -> cst.SimpleStatementLine | cst.FlattenSentinel[cst.BaseStatement]:
        first, _, last, _ = self._span(original_node)
        lines = range(first, last + 1)
        touched = [n for n in lines if n in self.long]
        returned = self.returned.get(first)
        statement = updated_node if returned is None else bound(updated_node, returned)
        indent, style = self._indented(first)
        if touched:
            statement = fit(statement, self.module, indent, style)
        result: list[cst.BaseStatement] = [statement]
        if first in self.before:
            parser = next(v for n, v in self.hoisted.items() if n in lines)
            text = self.before[first] + "x"
            made = cst.ensure_type(
                cst.parse_statement(text, config=self.module.config_for_parsing),
                cst.SimpleStatementLine,
            )
            assign = cst.ensure_type(made.body[0], cst.Assign).with_changes(value=parser)
            line = made.with_changes(body=[assign], leading_lines=statement.leading_lines)
            result = [line, statement.with_changes(leading_lines=())]
        if first in self.leading:
            line = self._statement(self.leading[first])
            line = line.with_changes(leading_lines=statement.leading_lines)
            result = [line, statement.with_changes(leading_lines=())]
        if first in self.stops:
            stop = self._stop(self.stops[first], indent, style)
            stop = stop.with_changes(leading_lines=statement.leading_lines)
            result = [stop, statement.with_changes(leading_lines=())]
        if first in self.after:
            added = self._lines(self.after[first])
            result += [fit(each, self.module, indent, style) for each in added]
        if returned is not None:
            result.append(self._statement(f"return {returned}"))
        return result[0] if len(result) == 1 else cst.FlattenSentinel(result)  # type: ignore[return-value]

    def leave_With(self, original_node: cst.With, updated_node: cst.With) -> cst.With:
        line = self._span(original_node)[0]
        if line not in self.into or not isinstance(updated_node.body, cst.IndentedBlock):
            return updated_node
        inner, style = self._indented(line)
        inner += style.indent
        added = [
            fit(each, self.module, inner, style) for each in self._lines(self.into[line])
        ]
        body = [*added, *updated_node.body.body]
        return updated_node.with_deep_changes(updated_node.body, body=body)

    def leave_For(
        self, original_node: cst.For, updated_node: cst.For
    ) -> cst.For | cst.FlattenSentinel[cst.BaseStatement]:
        line = self._span(original_node)[0]
        if line not in self.after:
            return updated_node
        added = self._lines(self.after[line])
        return cst.FlattenSentinel([updated_node, *added])

    def leave_FunctionDef(
        self, original_node: cst.FunctionDef, updated_node: cst.FunctionDef
    ) -> cst.FunctionDef:
        line = self._span(original_node)[0]
        if line in self.replaced:
            return self.replaced[line].with_changes(
                leading_lines=updated_node.leading_lines
            )
        if line in self.parameters:
            indent = " " * self._span(original_node)[1]
            edit = self.parameters[line]
            return with_parameter(updated_node, edit, self.module, indent, self.style)
        return updated_node

    def _indented(self, number: int) -> tuple[str, Style]:
        """The indent of a line of the file, and the style that goes with it."""
        line = self.texts[number - 1]
        indent = line[: len(line) - len(line.lstrip())]
        if "\t" not in indent:
            return indent, self.style
        return indent.expandtabs(4), replace(self.style, indent="\t")

    def _lines(self, texts: Iterable[str]) -> list[cst.SimpleStatementLine]:
        """Lines of our own, with the quotes of the file."""
        return [self._statement(t.replace('"', self.style.quote)) for t in texts]

    def _stop(self, edit: StopEdit, indent: str, style: Style) -> cst.If:
        """The test above a statement, with what it does on a line of its own."""
        stop = cst.ensure_type(
            cst.parse_statement(
                f"if {edit.test}:\n{style.indent}pass\n",
                config=self.module.config_for_parsing,
            ),
            cst.If,
        )
        (line,) = self._lines([edit.line])
        line = fit(line, self.module, indent + style.indent, style)
        return stop.with_deep_changes(stop.body, body=[line])

    def _statement(self, text: str) -> cst.SimpleStatementLine:
        return cst.ensure_type(
            cst.parse_statement(text, config=self.module.config_for_parsing),
            cst.SimpleStatementLine,
        )
