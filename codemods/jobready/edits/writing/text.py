"""Small edits as replacements of text: what a rule's own fix is made of.

Positions come from ``ast``, so that making them costs nothing; libcst is for the
migration, which moves more than a few words.
"""

from __future__ import annotations

import ast
import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from jobready.script.source.place import Place
from jobready.script.source.syntax import Syntax

# Where a line ends for `ast`; str.splitlines knows more.
LINE_END = re.compile(r"\r\n|\r|\n")


@dataclass(frozen=True)
class Edit:
    r"""The text from ``start`` up to ``end`` becomes ``text``; its newlines are ``\n``."""

    start: Place
    end: Place
    text: str


class Lines:
    """A text by lines and columns: the offset of each place, and back."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._starts = [0, *(m.end() for m in LINE_END.finditer(text))]

    def offset(self, place: Place) -> int:
        """The index of a place in the text."""
        return self._starts[place.line - 1] + place.column - 1

    def place(self, offset: int) -> Place:
        """The place of an index in the text."""
        line = bisect_right(self._starts, offset)
        return Place(line, offset - self._starts[line - 1] + 1)

    def line(self, number: int) -> str:
        """A line, 1-based, without its end."""
        start = self._starts[number - 1]
        found = LINE_END.search(self.text, start)
        return self.text[start : found.start() if found else len(self.text)]

    def below(self, number: int) -> Place:
        """Where the next line starts; the end of the text behind the last one."""
        if number < len(self._starts):
            return Place(number + 1, 1)
        return self.place(len(self.text))


def apply(text: str, edits: Iterable[Edit]) -> str:
    """The text with the edits made; they must not overlap."""
    lines = Lines(text)
    found = LINE_END.search(text)
    newline = found[0] if found else "\n"
    parts: list[str] = []
    done = 0
    for edit in sorted(edits, key=lambda edit: (_start(edit), _end(edit))):
        start, end = lines.offset(edit.start), lines.offset(edit.end)
        if start < done:
            raise ValueError(f"edits overlap at line {edit.start.line}")
        parts += [text[done:start], edit.text.replace("\n", newline)]
        done = end
    return "".join([*parts, text[done:]])


def overlap(first: Sequence[Edit], second: Sequence[Edit]) -> bool:
    """Whether two fixes touch the same text, or insert at the same place."""
    return any(_start(a) <= _end(b) and _start(b) <= _end(a) for a in first for b in second)


def replaced(node: ast.expr | ast.stmt, text: str, syntax: Syntax) -> tuple[Edit, ...]:
    """A node with another text in its place."""
    return (Edit(syntax.place(node), syntax.end(node), text),)


def with_argument(call: ast.Call, text: str, syntax: Syntax) -> tuple[Edit, ...] | None:
    """A call with one more argument behind the others; None where none can be added."""
    lines = Lines(syntax.text)
    arguments = _arguments(call)
    if not arguments:
        opening = lines.place(_opening(call, syntax, lines) + 1)
        return (Edit(opening, opening, text),)
    last = arguments[-1]
    if isinstance(last, ast.GeneratorExp) and len(arguments) == 1:
        return None  # f(x for x in y) takes no other argument
    start, end = syntax.place(last), _end_of(last, call, syntax, lines)
    before = lines.line(start.line)[: start.column - 1]
    if start.line == call.lineno or before.strip():
        return (Edit(end, end, f", {text}"),)
    rest = syntax.text[lines.offset(end) : _closing(call, syntax, lines)]
    if "#" not in rest:
        return (Edit(end, end, f",\n{before}{text}"),)
    # the comment behind the last argument stays beside it
    code = rest[: rest.index("#")]
    ends = LINE_END.search(rest, len(code))
    behind = lines.place(lines.offset(end) + (ends.start() if ends else len(rest)))
    comma = () if "," in code else (Edit(end, end, ","),)
    return (*comma, Edit(behind, behind, f"\n{before}{text},"))


def without_argument(
    call: ast.Call, argument: ast.expr | ast.keyword, syntax: Syntax
) -> tuple[Edit, ...] | None:
    """A call without one of its arguments; None where a comment would go with it."""
    lines = Lines(syntax.text)
    arguments = _arguments(call)
    index = arguments.index(argument)
    if len(arguments) == 1:
        start = lines.place(_opening(call, syntax, lines) + 1)
        end = lines.place(_closing(call, syntax, lines))
        gaps = [(start, syntax.place(argument)), (_after(argument, syntax), end)]
    elif index + 1 < len(arguments):
        start, end = syntax.place(argument), syntax.place(arguments[index + 1])
        gaps = [(_after(argument, syntax), end)]
    else:
        start = _end_of(arguments[index - 1], call, syntax, lines)
        end = _end_of(argument, call, syntax, lines)
        gaps = [(start, syntax.place(argument))]
    between = [syntax.text[lines.offset(a) : lines.offset(b)] for a, b in gaps]
    return None if "#" in "".join(between) else (Edit(start, end, ""),)


def without_statement(statement: ast.stmt, syntax: Syntax) -> tuple[Edit, ...]:
    """The file without a statement; ``pass`` stands where there must be one."""
    lines = Lines(syntax.text)
    start, end = syntax.place(statement), syntax.end(statement)
    before = lines.line(start.line)[: start.column - 1]
    after = lines.line(end.line)[end.column - 1 :]
    alone = not before.strip() and not after.strip()
    if _has_company(statement, syntax) and alone:
        return (Edit(Place(start.line, 1), lines.below(end.line), ""),)
    if _has_company(statement, syntax) and after.lstrip().startswith("#"):
        kept = len(after) - len(after.lstrip())
        return (Edit(start, Place(end.line, end.column + kept), ""),)
    return (Edit(start, end, "pass"),)


def _has_company(statement: ast.stmt, syntax: Syntax) -> bool:
    """Whether the block that a statement stands in has others."""
    for block in ("body", "orelse", "finalbody"):
        members = getattr(syntax.parent[statement], block, None)
        if isinstance(members, list) and statement in members:
            return len(members) > 1 or isinstance(syntax.parent[statement], ast.Module)
    return False


def _arguments(call: ast.Call) -> list[ast.expr | ast.keyword]:
    """The arguments of a call in the order of the source."""
    every: list[ast.expr | ast.keyword] = [*call.args, *call.keywords]
    return sorted(every, key=lambda a: (a.lineno, a.col_offset))


def _after(argument: ast.expr | ast.keyword, syntax: Syntax) -> Place:
    """The place behind an argument, parentheses around it left out."""
    return syntax.end(argument.value if isinstance(argument, ast.keyword) else argument)


def _end_of(
    argument: ast.expr | ast.keyword, call: ast.Call, syntax: Syntax, lines: Lines
) -> Place:
    """The place behind an argument and the parentheses around it."""
    start = lines.offset(_after(argument, syntax))
    end = start
    for found in re.finditer(r"\)|,|#[^\r\n]*|[^\s)#,]", syntax.text[start:]):
        if found[0] != ")" and found[0][0] != "#":
            break
        if start + found.end() > _closing(call, syntax, lines):
            break
        if found[0] == ")":
            end = start + found.end()
    return lines.place(end)


def _opening(call: ast.Call, syntax: Syntax, lines: Lines) -> int:
    """The index of the parenthesis that opens a call's arguments."""
    start = lines.offset(syntax.end(call.func))
    for found in re.finditer(r"\(|#[^\r\n]*", syntax.text[start:]):
        if found[0] == "(":
            return start + found.start()
    raise ValueError("a call without a parenthesis")


def _closing(call: ast.Call, syntax: Syntax, lines: Lines) -> int:
    """The index of the parenthesis that closes a call's arguments."""
    return lines.offset(syntax.end(call)) - 1


def _start(edit: Edit) -> tuple[int, int]:
    return edit.start.line, edit.start.column


def _end(edit: Edit) -> tuple[int, int]:
    return edit.end.line, edit.end.column
