"""The fields of a Tap (typed-argument-parser) as the parameters that it makes of them.

Read in typed-argument-parser 1.12 (``Tap._add_argument``), and held to it by running it: a
class variable, annotated or not, is the option ``--its_name``; a bool is a switch, or takes
a word with ``explicit_bool``; lists and sets take several words; ``configure`` may add to
what a field says, or parameters without one.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass, replace

from jobready.script.model import Expression, Parameter, Value
from jobready.script.parsers.options.drafts import Draft
from jobready.script.parsers.options.parameters import type_kind
from jobready.script.source.annotations import subscripted, without_quotes
from jobready.script.source.literals import literal
from jobready.script.source.place import Place
from jobready.script.source.syntax import Syntax
from jobready.script.values.flow import Flow

COLLECTIONS = frozenset(("List", "list", "Set", "set"))
TUPLES = frozenset(("Tuple", "tuple"))


@dataclass
class _Field:
    """A class variable, of the class that says it last."""

    place: Place
    annotation: ast.expr | None = None
    value: ast.expr | None = None


def read_fields(draft: Draft, syntax: Syntax, flow: Flow) -> None:
    """Add the fields of the class that a Tap is made of, with what ``configure`` says.

    To be called when all that ``add_argument`` adds has been read.
    """
    explicit: Value = False
    for keyword in draft.call.keywords:
        if keyword.arg == "explicit_bool":
            explicit = literal(keyword.value)
    if not isinstance(explicit, bool):
        text = "only a run tells whether a bool takes a word (explicit_bool)"
        draft.unseen.append((text, syntax.place(draft.call)))
        return
    reader = _Reader(explicit, syntax, flow)
    fields: dict[str, Parameter] = {}
    for name, field in _fields(draft, syntax).items():
        parameter = reader.parameter(name, field)
        if isinstance(parameter, str):
            draft.unseen.append((f"the field {name} {parameter}", field.place))
        elif parameter is not None:
            fields[name] = parameter
    added = [_completed(p, fields.pop(p.name, None), draft) for p in draft.parameters]
    draft.parameters = [*fields.values(), *added]


def _fields(draft: Draft, syntax: Syntax) -> dict[str, _Field]:
    """All class variables; those of a class count before those of its bases."""
    found: dict[str, _Field] = {}
    for owner in draft.made.own:
        for statement in owner.body:
            for name, annotation, value in _variables(statement):
                field = found.setdefault(name, _Field(syntax.place(statement)))
                field.annotation = field.annotation or annotation
                field.value = field.value or value
    return found


def _variables(
    statement: ast.stmt,
) -> Iterator[tuple[str, ast.expr | None, ast.expr | None]]:
    if isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name):
        yield statement.target.id, statement.annotation, statement.value
    elif isinstance(statement, ast.Assign):
        for target in statement.targets:
            if isinstance(target, ast.Name):
                yield target.id, None, statement.value


def _completed(p: Parameter, field: Parameter | None, draft: Draft) -> Parameter:
    """What ``configure`` adds, with what a field of the same name says beside it."""
    given = {k.arg for k in draft.added[p.place].keywords}
    if field is None:
        has_none = "default" not in given and "required" not in given
        return replace(p, required=True) if has_none and p.flags else p
    if "default" not in given:
        required = p.required if "required" in given else field.required
        p = replace(
            p, default=field.default, has_default=field.has_default, required=required
        )
    if "type" in given or (field.type_kind == "none" and field.action == "store"):
        return p
    choices = p.choices if field.choices is None else field.choices
    if "action" in given:
        several = p.action in ("append", "extend")
        typed = several or p.action not in ("count", "store_true", "store_false")
        return replace(p, type=field.type, type_kind=field.type_kind) if typed else p
    nargs = p.nargs if "nargs" in given else field.nargs
    return replace(
        p,
        action=field.action,
        const=field.const,
        nargs=nargs,
        type=field.type,
        type_kind=field.type_kind,
        choices=choices,
    )


class _Reader:
    def __init__(self, explicit: bool, syntax: Syntax, flow: Flow) -> None:
        self.explicit = explicit
        self.syntax = syntax
        self.flow = flow

    def parameter(self, name: str, field: _Field) -> Parameter | str | None:
        """The parameter of a field; None where it is none, or what can't be told."""
        made = Parameter(
            name=name,
            flags=(f"--{name}",),
            type=None,
            default=None if field.value is None else literal(field.value),
            required=field.value is None,
            choices=None,
            nargs=None,
            action="store",
            help=None,
            const=None,
            has_default=field.value is not None,
            place=field.place,
        )
        if field.annotation is None:
            return made
        node, explicit = without_quotes(field.annotation), self.explicit
        marked = subscripted(node)
        if marked == "TapIgnore":
            return None
        if marked in ("Annotated", "ClassVar", "Positional", "Final"):
            return f"is marked as {marked}, which isn't followed"
        inner = _optional(node)
        if inner is not None:
            node, explicit = inner, True
        return self._typed(made, node, explicit)

    def _typed(self, made: Parameter, node: ast.expr, explicit: bool) -> Parameter | str:
        outer = subscripted(node) or ast.unparse(node).rpartition(".")[2]
        if outer in TUPLES:
            return self._tuple(made, node)
        if outer in COLLECTIONS:
            made = replace(made, nargs="*")
            if not isinstance(node, ast.Subscript):
                return replace(made, type="str", type_kind="str")
            items = node.slice
            if ast.unparse(items) == "bool":
                return replace(made, type="bool", type_kind="boolean")
            return self._value(made, items)
        if ast.unparse(node) != "bool":
            return self._value(made, node)
        if explicit:
            return replace(made, type="bool", type_kind="boolean", choices=[True, False])
        off = made.required or not made.default or isinstance(made.default, Expression)
        return replace(
            made,
            action="store_true" if off else "store_false",
            const=bool(off),
            nargs=0,
            default=made.default if made.has_default else False,
        )

    def _tuple(self, made: Parameter, node: ast.expr) -> Parameter | str:
        """A tuple: its items are converted in turn, so only alike ones keep count."""
        if not isinstance(node, ast.Subscript):
            return replace(made, nargs="*", type="str", type_kind="str")
        items = node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]
        if len(items) == 2 and ast.unparse(items[1]) == "...":
            return replace(made, nargs="*", type=ast.unparse(node), type_kind="own")
        return "is a tuple whose items are converted in turn, so it is given once only"

    def _value(self, made: Parameter, node: ast.expr) -> Parameter | str:
        """A field of one value, or the items of one of several."""
        if subscripted(node) == "Literal":
            assert isinstance(node, ast.Subscript)
            spelled = node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]
            choices = [literal(e) for e in spelled]
            texts = all(isinstance(c, str) for c in choices)
            kind = "str" if texts else "own"
            return replace(made, type=ast.unparse(node), type_kind=kind, choices=choices)
        if isinstance(node, (ast.Subscript, ast.BinOp)):
            return f"has a type that isn't followed: {ast.unparse(node)}"
        kind = type_kind(node, self.syntax, self.flow)
        return replace(made, type=ast.unparse(node), type_kind=kind)


def _optional(node: ast.expr) -> ast.expr | None:
    """The type in ``Optional[X]``, ``X | None`` and ``Union[X, None]``."""
    if subscripted(node) == "Optional":
        assert isinstance(node, ast.Subscript)
        return node.slice
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.BitOr):
        return node.left if ast.unparse(node.right) == "None" else None
    if subscripted(node) == "Union":
        assert isinstance(node, ast.Subscript)
        parts = node.slice.elts if isinstance(node.slice, ast.Tuple) else []
        if len(parts) == 2 and ast.unparse(parts[1]) == "None":
            return parts[0]
    return None
