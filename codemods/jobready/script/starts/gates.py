"""What decides whether a run starts: tests of parameters around ``wandb.init``."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping, Sequence
from itertools import product

from jobready.script.arguments.parameter_reads import parameter_read
from jobready.script.model import Gate, Parameter, Value
from jobready.script.source.literals import is_known, literal
from jobready.script.source.syntax import Syntax
from jobready.script.values.conditions import Condition, conditions_around
from jobready.script.values.flow import Flow
from jobready.script.values.functions import name_of
from jobready.script.words.asked_words import asked_word

# What asks whether a file or a folder is there, of `Path` and of `os.path`.
FILE_TESTS = frozenset(("exists", "is_dir", "is_file", "isdir", "isfile"))


def read_gate(
    init: ast.Call,
    syntax: Syntax,
    flow: Flow,
    parameters: Mapping[str, Parameter],
    also: Sequence[Condition] = (),
) -> Gate | None:
    """What must hold of the parameters for ``init`` to start a run; None for nothing.

    ``also`` are conditions that don't stand around it.
    """
    found = [
        condition
        for condition in (*_mode(init), *also, *conditions_around(init, syntax, flow))
        if any(name in parameters for name in _names(condition[0], flow))
    ]
    if not found:
        return None
    texts = [_text(test, wanted) for test, wanted in found]
    defaults = {n: p.default for n, p in parameters.items()}
    answers = [(_answer(test, flow, defaults), wanted) for test, wanted in found]
    names = (name for test, _ in found for name in _names(test, flow))
    return Gate(
        test=" and ".join(dict.fromkeys(texts)),
        place=syntax.place(found[0][0]),
        names=frozenset(n for n in names if n in parameters),
        switches=tuple(
            (name, value)
            for test, wanted in found
            for name, value in _switches(test, wanted, flow)
            if name in parameters
        ),
        opens_by_default=all(answer is wanted for answer, wanted in answers),
        closed_by_default=any(answer is (not wanted) for answer, wanted in answers),
        needs_values=any(w not in _possible(t, flow, defaults) for t, w in found),
    )


def _mode(init: ast.Call) -> Iterator[Condition]:
    """The test in ``mode="online" if args.track else "disabled"``."""
    for keyword in init.keywords:
        value = keyword.value
        if keyword.arg == "mode" and isinstance(value, ast.IfExp):
            if literal(value.orelse) == "disabled":
                yield value.test, True
            elif literal(value.body) == "disabled":
                yield value.test, False


def _names(test: ast.expr, flow: Flow) -> set[str]:
    """The names in ``args.name`` and ``args["name"]``, wherever in a test."""
    kinds = (ast.Attribute, ast.Subscript, ast.Name, ast.Compare)
    found = {_name(n, flow) for n in ast.walk(test) if isinstance(n, kinds)}
    return {name for name in found if name is not None}


def _name(node: ast.expr, flow: Flow) -> str | None:
    """The parameter that is read, or the switch that is looked for in ``sys.argv``."""
    word = asked_word(node, flow)
    if word is not None:
        return word.lstrip("-").replace("-", "_")
    return parameter_read(node, flow)


def _text(test: ast.expr, wanted: bool) -> str:
    """The condition as Python would write it."""
    if wanted:
        return ast.unparse(test)
    if isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
        return ast.unparse(test.operand)
    if isinstance(test, ast.Compare) and isinstance(test.ops[0], ast.NotIn):
        if len(test.ops) == 1:
            return ast.unparse(ast.Compare(test.left, [ast.In()], test.comparators))
    return ast.unparse(ast.UnaryOp(ast.Not(), test))


def _switches(test: ast.expr, wanted: bool, flow: Flow) -> Iterator[tuple[str, bool]]:
    """The parameters that decide by being true or false, and what lets a run start."""
    if isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
        yield from _switches(test.operand, not wanted, flow)
    elif isinstance(test, ast.BoolOp) and isinstance(test.op, ast.And) is wanted:
        for value in test.values:
            yield from _switches(value, wanted, flow)
    else:
        name = _name(test, flow)
        absent = isinstance(test, ast.Compare) and isinstance(test.ops[0], ast.NotIn)
        if name is not None:
            yield name, wanted is not absent


def _answer(test: ast.expr, flow: Flow, defaults: Mapping[str, Value]) -> bool | None:
    """What a test comes to with every parameter at its default; None if unknown."""
    if isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
        answer = _answer(test.operand, flow, defaults)
        return None if answer is None else not answer
    if isinstance(test, ast.BoolOp):
        answers = [_answer(v, flow, defaults) for v in test.values]
        return _together(answers, isinstance(test.op, ast.Or))
    if asked_word(test, flow) is not None:  # there are no words
        return isinstance(test, ast.Compare) and isinstance(test.ops[0], ast.NotIn)
    if isinstance(test, ast.Compare) and len(test.ops) == 1:
        return _comparison(test, flow, defaults)
    name = parameter_read(test, flow)
    if name in defaults and is_known(defaults[str(name)]):
        return bool(defaults[str(name)])
    return None


def _possible(
    test: ast.expr, flow: Flow, defaults: Mapping[str, Value]
) -> frozenset[bool | None]:
    """What a test may come to with every parameter at its default.

    What asks for no parameter may be either, and so may whether a file is there; None
    stands for what can't be told of a parameter.
    """
    if isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
        answers = _possible(test.operand, flow, defaults)
        return frozenset(None if answer is None else not answer for answer in answers)
    if isinstance(test, ast.BoolOp):
        decides = isinstance(test.op, ast.Or)
        found: frozenset[bool | None] = frozenset((not decides,))
        for value in test.values:
            pairs = product(found, _possible(value, flow, defaults))
            found = frozenset(_together(pair, decides) for pair in pairs)
        return found
    if not _asks_for_parameter(test, flow, defaults):
        return frozenset((True, False))
    return frozenset((_answer(test, flow, defaults),))


def _together(answers: Sequence[bool | None], decides: bool) -> bool | None:
    """What an ``or``, which True decides, or an ``and`` of some answers comes to."""
    if decides in answers:
        return decides
    return None if None in answers else not decides


def _asks_for_parameter(test: ast.expr, flow: Flow, defaults: Mapping[str, Value]) -> bool:
    """Whether a parameter's value decides, and not only which file is looked for."""
    if isinstance(test, ast.Call) and name_of(test.func) in FILE_TESTS:
        return False
    return any(name in defaults for name in _names(test, flow))


def _comparison(
    test: ast.Compare, flow: Flow, defaults: Mapping[str, Value]
) -> bool | None:
    name, other = parameter_read(test.left, flow), literal(test.comparators[0])
    if name not in defaults or not is_known(defaults[str(name)]) or not is_known(other):
        return None
    value, op = defaults[str(name)], test.ops[0]
    try:
        if isinstance(op, (ast.Is, ast.Eq)):
            return bool(value == other)
        if isinstance(op, (ast.IsNot, ast.NotEq)):
            return bool(value != other)
        if isinstance(op, ast.In):
            return value in other
        if isinstance(op, ast.NotIn):
            return value not in other
    except TypeError:
        pass
    return None
