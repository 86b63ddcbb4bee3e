"""Carrying out a plan on the concrete syntax tree: only the lines that must change."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence

import libcst as cst
from libcst.metadata import MetadataWrapper, PositionProvider

from jobready.edits.imports import with_import
from jobready.edits.layout import fit
from jobready.edits.plan import InitEdit, ParseEdit, Plan, source_of
from jobready.edits.style import Style, style_of
from jobready.outcome import Reason
from jobready.script.syntax import Syntax

Span = tuple[int, int, int, int]


def rewrite(
    text: str, plan: Plan, syntax: Syntax, names: dict[str, str], line_length: int
) -> str | Reason:
    """The text of the file with the plan carried out, or why it can't be edited."""
    module = _tree(text)
    if isinstance(module, Reason):
        return module
    style = style_of(text, module.default_indent, line_length)
    editor = _Editor(plan, syntax, style, module, names)
    body: list[cst.BaseStatement] = []
    for statement, first, last in _statements(module, syntax.tree):
        if any(first <= line <= last for line in editor.lines):
            body += editor.edited(statement, first)
        else:
            body.append(statement)
    module = module.with_changes(body=body)
    for name in plan.imports:
        module = with_import(module, name)
    if plan.job_args is not None and plan.job_args.replaces is None:
        function = _function(plan, names, style, module)
        module = _with_function(module, function)
    return module.code


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
    # libcst 1.8 drops a form feed that stands before a statement
    pairs = zip(text, tree.code, strict=False)
    index = next((i for i, (old, new) in enumerate(pairs) if old != new), 0)
    line = text.count("\n", 0, index) + 1
    return Reason(f"can't be edited without losing {text[index]!r}: take it out", line)


def span(node: ast.expr | ast.stmt, syntax: Syntax) -> Span:
    """Start and end of a node: 1-based lines, 0-based columns in code points."""
    start, end = syntax.place(node), syntax.end(node)
    return start.line, start.column - 1, end.line, end.column - 1


def _function(
    plan: Plan, names: dict[str, str], style: Style, module: cst.Module
) -> cst.FunctionDef:
    assert plan.job_args is not None
    source = source_of(
        plan.job_args, plan.job_args.name, names, indent=style.indent, quote=style.quote
    )
    parsed = cst.parse_module(source, config=module.config_for_parsing)
    function = parsed.body[0]
    assert isinstance(function, cst.FunctionDef)
    return function


def _statements(
    module: cst.Module, tree: ast.Module
) -> Iterator[tuple[cst.BaseStatement, int, int]]:
    """The statements of a module with the first and the last line of each."""
    parsed = iter(tree.body)
    for statement in module.body:
        count = 1
        if isinstance(statement, cst.SimpleStatementLine):
            count = len(statement.body)
        nodes = [next(parsed) for _ in range(count)]
        decorators = getattr(nodes[0], "decorator_list", [])
        first = min(n.lineno for n in (nodes[0], *decorators))
        yield statement, first, nodes[-1].end_lineno or first


class _Editor(cst.CSTTransformer):
    """Changes the calls and adds the lines that a plan names, found by their place."""

    METADATA_DEPENDENCIES = (PositionProvider,)

    def __init__(
        self,
        plan: Plan,
        syntax: Syntax,
        style: Style,
        module: cst.Module,
        names: dict[str, str],
    ) -> None:
        super().__init__()
        self.plan = plan
        self.style = style
        self.module = module
        self.parses = {span(e.call, syntax): e for e in plan.parses}
        self.inits = {span(e.call, syntax): e for e in plan.inits}
        self.before: dict[int, str] = {}
        self.after: dict[int, str] = {}
        self.into: dict[int, str] = {}
        self.long: set[int] = set()
        for edit in plan.parses:
            if edit.hoist is not None:
                assert isinstance(edit.call.func, ast.Attribute)
                line = f"{edit.hoist} = "
                self.before[syntax.statement(edit.call).lineno] = line
        if plan.read_back is not None:
            statement = syntax.statement(plan.read_back.after)
            place = self.into if isinstance(statement, ast.With) else self.after
            place[statement.lineno] = plan.read_back.line
        if plan.new_init is not None:
            line = plan.new_init.line.replace('"', style.quote)
            self.after[plan.new_init.after.lineno] = line
        self.replaced: dict[int, cst.FunctionDef] = {}
        if plan.job_args is not None and plan.job_args.replaces is not None:
            self.replaced[plan.job_args.replaces.lineno] = _function(
                plan, names, style, module
            )
        self.hoisted: dict[int, cst.BaseExpression] = {}
        spans = (*self.parses, *self.inits)
        marked = (*self.before, *self.after, *self.into, *self.replaced)
        self.lines = {where[0] for where in spans} | set(marked)
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
            changed = _with_words(changed, edit, self.module, self.style)
        elif where in self.inits:
            changed = _with_config(changed, self.inits[where], self.module, self.style)
        else:
            return changed
        self.long.add(where[0])
        return changed

    def leave_SimpleStatementLine(
        self,
        original_node: cst.SimpleStatementLine,
        updated_node: cst.SimpleStatementLine,
    ) -> cst.SimpleStatementLine | cst.FlattenSentinel[cst.BaseStatement]:
        first, _, last, _ = self._span(original_node)
        lines = range(first, last + 1)
        touched = [n for n in lines if n in self.long]
        statement = updated_node
        if touched:
            depth = self._span(original_node)[1]
            indent = " " * depth if "\t" not in self.style.indent else ""
            statement = fit(statement, self.module, indent, self.style)
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
        if first in self.after:
            added = self._statement(self.after[first])
            indent = " " * self._span(original_node)[1]
            result.append(fit(added, self.module, indent, self.style))
        return result[0] if len(result) == 1 else cst.FlattenSentinel(result)  # type: ignore[return-value]

    def leave_With(self, original_node: cst.With, updated_node: cst.With) -> cst.With:
        line = self._span(original_node)[0]
        if line not in self.into or not isinstance(updated_node.body, cst.IndentedBlock):
            return updated_node
        body = [self._statement(self.into[line]), *updated_node.body.body]
        return updated_node.with_deep_changes(updated_node.body, body=body)

    def leave_FunctionDef(
        self, original_node: cst.FunctionDef, updated_node: cst.FunctionDef
    ) -> cst.FunctionDef:
        line = self._span(original_node)[0]
        if line in self.replaced:
            return self.replaced[line].with_changes(
                leading_lines=updated_node.leading_lines
            )
        return updated_node

    def _statement(self, text: str) -> cst.SimpleStatementLine:
        return cst.ensure_type(
            cst.parse_statement(text, config=self.module.config_for_parsing),
            cst.SimpleStatementLine,
        )


def _with_words(
    call: cst.Call, edit: ParseEdit, module: cst.Module, style: Style
) -> cst.Call:
    """Give a parse its new words: in place of the old ones, or as first argument."""
    value = cst.parse_expression(edit.words, config=module.config_for_parsing)
    arguments = list(call.args)
    for index, argument in enumerate(arguments):
        keyword = argument.keyword.value if argument.keyword is not None else None
        if (keyword is None and index == 0) or keyword == "args":
            arguments[index] = argument.with_changes(value=value)
            return call.with_changes(args=arguments)
    first = cst.Arg(value)
    if not arguments:
        return _with_only(call, first, style)
    comma = cst.Comma(whitespace_after=cst.SimpleWhitespace(" "))
    return call.with_changes(args=[first.with_changes(comma=comma), *arguments])


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


def _with_config(
    call: cst.Call, edit: InitEdit, module: cst.Module, style: Style
) -> cst.Call:
    """Give an init ``config=``, written as its other arguments are."""
    text = edit.config.replace('"', style.quote)
    value = cst.parse_expression(text, config=module.config_for_parsing)
    arguments = list(call.args)
    for index, argument in enumerate(arguments):
        if argument.keyword is not None and argument.keyword.value == "config":
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


def _with_function(module: cst.Module, function: cst.FunctionDef) -> cst.Module:
    """Put the emitted function where the module's own functions begin."""
    body = list(module.body)
    index = _function_index(body)
    blank = cst.EmptyLine(indent=False, whitespace=cst.SimpleWhitespace(""))
    function = function.with_changes(leading_lines=[blank, blank])
    if index < len(body):
        following = body[index]
        lines = list(getattr(following, "leading_lines", []))
        empty = 0
        while empty < len(lines) and lines[empty].comment is None:
            empty += 1
        lines = [blank] * max(0, 2 - empty) + lines
        body[index] = following.with_changes(leading_lines=lines)
    body.insert(index, function)
    return module.with_changes(body=body)


def _function_index(body: Sequence[cst.CSTNode]) -> int:
    """Where the function goes: above the first definition, or behind the imports.

    Behind the imports where the module itself may parse before its first definition.
    """
    behind = 0
    for number, statement in enumerate(body):
        if isinstance(statement, (cst.FunctionDef, cst.ClassDef)):
            return number
        if _imports(statement) or (number == 0 and _is_docstring(statement)):
            behind = number + 1
        elif _uses_parser(statement):
            return behind
    return behind


def _imports(statement: cst.CSTNode) -> bool:
    """Whether a statement does nothing but import, guarded or not."""
    if isinstance(statement, cst.SimpleStatementLine):
        return all(isinstance(s, (cst.Import, cst.ImportFrom)) for s in statement.body)
    if isinstance(statement, cst.Try):
        return any(_imports(s) for s in statement.body.body)
    if isinstance(statement, cst.If) and isinstance(statement.body, cst.IndentedBlock):
        return all(_imports(s) for s in statement.body.body)
    return False


def _is_docstring(statement: cst.CSTNode) -> bool:
    return (
        isinstance(statement, cst.SimpleStatementLine)
        and isinstance(statement.body[0], cst.Expr)
        and isinstance(statement.body[0].value, (cst.SimpleString, cst.ConcatenatedString))
    )


def _uses_parser(statement: cst.CSTNode) -> bool:
    """Whether a statement of the module may parse already."""
    code = cst.Module([]).code_for_node(statement)
    return "parse_" in code or "ArgumentParser" in code or "__main__" in code
