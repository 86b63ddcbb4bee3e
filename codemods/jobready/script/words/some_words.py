"""Whether there surely are words of the command line, where some of them are taken.

A script that takes ``args[1:]`` for the parser of a command has asked for words before,
has read the first of them, which fails without one, or does so in the same breath:
``COMMANDS[args[0]](args[1:])``.
"""

from __future__ import annotations

import ast
from dataclasses import dataclass
from itertools import pairwise

from jobready.script.source.reaching import reaching, statements_above
from jobready.script.source.scopes import FUNCTIONS
from jobready.script.source.syntax import Syntax
from jobready.script.values.flow import Flow
from jobready.script.words.ending_branches import only_ends, only_prints
from jobready.script.words.first_word import fails_first, written

# What is asked of the number of words, and whether it holds where there are some.
COUNTS = {
    "== 0": False,
    "<= 0": False,
    "< 1": False,
    "!= 0": True,
    "> 0": True,
    ">= 1": True,
}
# The same with the program among them.
ALL_COUNTS = {
    "== 1": False,
    "<= 1": False,
    "< 2": False,
    "!= 1": True,
    "> 1": True,
    ">= 2": True,
}


def has_some(words: ast.expr, syntax: Syntax, flow: Flow) -> bool:
    """Whether a name for words, or ``sys.argv``, surely has one where it is read."""
    asked = _Asked(words, syntax, flow)
    return any(
        asked.is_needed(inside, around) for inside, around in _ways_up(words, syntax)
    )


def asked_for_some(words: ast.expr, syntax: Syntax, flow: Flow) -> ast.expr | None:
    """The test of whether there are words, made of this name for them, or ``sys.argv``."""
    parent = syntax.parent[words]
    test = syntax.parent[parent] if isinstance(parent, ast.Call) else words
    if isinstance(test, (ast.Compare, ast.Name)):
        if _Asked(words, syntax, flow).asks(test) is not None:
            return test if test is not words or _is_truth(words, syntax) else None
    return None


def _ways_up(node: ast.AST, syntax: Syntax) -> list[tuple[ast.AST, ast.AST]]:
    """Each node around one in its function, with the part of it that the node is in."""
    found = []
    for inside, around in pairwise((node, *syntax.ancestors(node))):
        found.append((inside, around))
        if isinstance(around, (*FUNCTIONS, ast.Lambda)):
            break
    return found


def _is_truth(node: ast.AST, syntax: Syntax) -> bool:
    """Whether only the truth of an expression counts, where it stands."""
    parent = syntax.parent[node]
    if isinstance(parent, ast.BoolOp):
        return _is_truth(parent, syntax)
    if isinstance(parent, (ast.If, ast.IfExp)):
        return parent.test is node
    return isinstance(parent, ast.UnaryOp) and isinstance(parent.op, ast.Not)


@dataclass(frozen=True)
class _Asked:
    """What a script knows of whether there are some of these words."""

    words: ast.expr
    syntax: Syntax
    flow: Flow

    def asks(self, test: ast.expr) -> bool | None:
        """Whether a test for words holds where there are some; None for any other."""
        if isinstance(test, ast.Name):
            return True if self._are_they(test) else None
        if not isinstance(test, ast.Compare) or not isinstance(test.left, ast.Call):
            return None
        counted = test.left
        if ast.unparse(counted.func) != "len" or len(counted.args) != 1:
            return None
        if not self._are_they(counted.args[0]):
            return None
        asked = ast.unparse(test).removeprefix(ast.unparse(counted)).strip()
        return (COUNTS if isinstance(self.words, ast.Name) else ALL_COUNTS).get(asked)

    def is_needed(self, inside: ast.AST, around: ast.AST) -> bool:
        """Whether a part of a statement, or a block, is only reached if there are words."""
        if any(map(self._stops, statements_above(inside, around))):
            return True
        match around:
            case ast.If(test=test) | ast.IfExp(test=test) if inside is not test:
                body = around.body if isinstance(around.body, list) else [around.body]
                return self._tells(test, holds=inside in body) or self._reads_first(test)
            case ast.Match(subject=subject) if inside is not subject:
                return self._is_first(subject)
            case ast.Call(func=ast.Subscript(slice=key)) if inside is not around.func:
                return self._is_first(key)
            case ast.Tuple(elts=elements):
                return inside in elements and self._is_first(elements[0])
        return False

    def _stops(self, statement: ast.stmt) -> bool:
        """Whether the script doesn't get past a statement without a word."""
        if any(fails_first(w, self.syntax) is statement for w in self._firsts(statement)):
            return True
        if not isinstance(statement, ast.If) or statement.orelse:
            return False
        return self._tells(statement.test, holds=False) and _ends(statement, self.flow)

    def _firsts(self, statement: ast.stmt) -> list[ast.expr]:
        """The reads of the first word in a statement, or in its test."""
        inside: ast.AST = statement
        if isinstance(statement, (ast.If, ast.Match)):
            inside = statement.test if isinstance(statement, ast.If) else statement.subject
        elif not isinstance(statement, (ast.Assign, ast.Expr)):
            return []
        return [
            n for n in ast.walk(inside) if isinstance(n, ast.Subscript) and self._is_read(n)
        ]

    def _tells(self, test: ast.expr, *, holds: bool) -> bool:
        """Whether there are words where a test holds, or where it doesn't."""
        match test:
            case ast.UnaryOp(op=ast.Not(), operand=operand):
                return self._tells(operand, holds=not holds)
            case ast.BoolOp(op=op, values=values):
                if isinstance(op, ast.And) is holds:
                    return any(self._tells(v, holds=holds) for v in values)
                return False
        return self.asks(test) is holds

    def _reads_first(self, test: ast.expr) -> bool:
        """Whether a test reads the first word before all else, which fails without one."""
        first = test.values[0] if isinstance(test, ast.BoolOp) else test
        return isinstance(first, ast.Compare) and self._is_first(first.left)

    def _is_first(self, node: ast.AST) -> bool:
        """Whether it is the first word, in whatever writing."""
        return any(
            written(n, self.syntax) is node
            for n in ast.walk(node)
            if isinstance(n, ast.Subscript) and self._is_read(n)
        )

    def _is_read(self, part: ast.Subscript) -> bool:
        index = "0" if isinstance(self.words, ast.Name) else "1"
        return ast.unparse(part.slice) == index and self._are_they(part.value)

    def _are_they(self, node: ast.expr) -> bool:
        """Whether an expression stands for the very same words."""
        if not isinstance(self.words, ast.Name):
            return self.flow.qualified(node) == "sys.argv"
        if not isinstance(node, ast.Name) or node.id != self.words.id:
            return False
        here, there = (set(reaching(n, self.syntax)) for n in (node, self.words))
        return bool(here) and here == there


def _ends(branch: ast.If, flow: Flow) -> bool:
    """Whether a branch only says something and ends, the script or its function."""
    *before, last = branch.body
    if isinstance(last, ast.Return):
        plain = last.value is None or isinstance(last.value, (ast.Constant, ast.UnaryOp))
        return plain and only_prints(before, flow)
    return only_ends(branch.body, flow)
