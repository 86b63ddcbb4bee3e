"""The fields of dataclasses as the parameters that HfArgumentParser makes of them.

Read in transformers 5.24 (``hf_argparser.py``), and held to it by running it: a field is
the option ``--its_name``, and ``--its-name`` as of 4.42; a bool takes a value or none, and
one that is on by default has a ``--no_its_name`` beside it; ``metadata`` goes to argparse.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from dataclasses import replace

from jobready.script.model import Expression, Parameter, Value
from jobready.script.parsers.fields.given_dataclasses import given_dataclasses
from jobready.script.source.annotations import subscripted, without_quotes
from jobready.script.source.literals import literal
from jobready.script.source.place import Place
from jobready.script.source.syntax import Syntax
from jobready.script.values.flow import Flow
from jobready.script.values.functions import name_of

# Words of ``metadata`` that argparse shows and reads nothing by.
SHOWN = frozenset(("help", "metavar"))
NUMBERS = ("int", "float")
# How many words ``metadata`` may ask for, beside a field of one value.
SEVERAL = ("+", "*")
# Whose dataclasses of arguments give argparse no more than a text of help and choices
# (looked through in transformers 5.24, trl 1.16 and peft 0.18).
FRAMEWORKS = frozenset(("transformers", "trl", "peft"))
NO_TRAINERS = frozenset(("peft",))
Problem = tuple[str, Place]


def read_dataclasses(
    call: ast.Call, syntax: Syntax, flow: Flow
) -> tuple[list[Parameter], list[Problem]]:
    """The parameters of ``HfArgumentParser(dataclasses)``, and what can't be seen."""
    reader = _Reader(syntax, flow)
    for each in given_dataclasses(call, syntax, flow):
        reader.read_given(each)
    return reader.parameters, reader.problems


def read_added(
    call: ast.Call, syntax: Syntax, flow: Flow
) -> tuple[list[Parameter], list[Problem]]:
    """The parameters of ``parser._add_dataclass_arguments(dataclass)``.

    What is parsed for them comes behind the dataclasses, in a Namespace.
    """
    reader = _Reader(syntax, flow)
    (each,) = call.args
    reader.read(each)
    return reader.parameters, reader.problems


class _Reader:
    def __init__(self, syntax: Syntax, flow: Flow) -> None:
        self.syntax = syntax
        self.flow = flow
        self.parameters: list[Parameter] = []
        self.problems: list[Problem] = []

    def read_given(self, node: ast.expr) -> None:
        """Add the fields of a dataclass that the parser is given."""
        before = set(map(id, self.parameters))
        self.read(node)
        own = [p for p in self.parameters if id(p) not in before]
        if any(p.type_kind == "fields" for p in own):
            self.parameters = [
                p if id(p) in before else replace(p, beside_fields=True)
                for p in self.parameters
            ]

    def read(self, node: ast.expr) -> None:
        """Add the fields of the dataclass that ``node`` names."""
        owner = self.flow.definition(node)
        package = (self.flow.qualified(node) or "").partition(".")[0]
        if owner is not None:
            self._read_class(owner)
        elif package in FRAMEWORKS:
            kind = "other fields" if package in NO_TRAINERS else "fields"
            self.parameters.append(self._foreign(node, kind))
        else:
            text = f"the dataclass {ast.unparse(node)} is not in this file"
            self.problems.append((text, self.syntax.place(node)))

    def _read_class(self, owner: ast.ClassDef) -> None:
        for base in owner.bases:
            if ast.unparse(base) not in ("object", "ABC"):
                self.read(base)
        known = {p.name: p for p in self.parameters}
        for statement in owner.body:
            if isinstance(statement, ast.AnnAssign) and isinstance(
                statement.target, ast.Name
            ):
                again = known.get(statement.target.id)
                if again is not None:  # a field of a base, given anew
                    self.parameters = [p for p in self.parameters if p.name != again.name]
                self.parameters += self._field(statement, statement.target.id)

    def _foreign(self, node: ast.expr, kind: str) -> Parameter:
        """What stands for the fields of a dataclass that the source doesn't show."""
        return Parameter(
            name=ast.unparse(node),
            flags=(ast.unparse(node),),
            type=None,
            default=Expression(ast.unparse(node)),
            required=False,
            choices=None,
            nargs=None,
            action="store",
            help=None,
            const=None,
            has_default=True,
            place=self.syntax.place(node),
            type_kind=kind,
            named=False,
        )

    def _field(self, statement: ast.AnnAssign, name: str) -> Iterator[Parameter]:
        place = self.syntax.place(statement)
        annotation = without_quotes(statement.annotation)
        if ast.unparse(annotation).partition("[")[0].endswith("ClassVar"):
            return
        if _is_no_argument(statement.value):
            return
        options = self._options(statement.value)
        if options is None:
            text = f"only a run tells how the field {name} is read"
            self.problems.append((text, place))
            return
        default, has_default, metadata = options
        flags = (f"--{name}", *_dashed(name), *_aliases(metadata))
        kind, type_, several = self._type(annotation)
        known = {"choices", "aliases"}
        if metadata.get("nargs") in SEVERAL and not several and kind in ("str", "number"):
            known.add("nargs")
        if metadata.keys() - SHOWN - known:
            self.problems.append((f"the field {name} has settings for argparse", place))
            return
        parameter = Parameter(
            name=name,
            flags=flags,
            type=type_,
            default=default,
            required=not has_default,
            choices=metadata.get("choices"),
            nargs="+" if several else metadata.get("nargs"),
            action="store",
            help=metadata.get("help"),
            const=None,
            has_default=has_default,
            place=place,
            type_kind=kind,
        )
        optional = type_ == "Optional[bool]"
        if kind != "boolean" or (optional and (not has_default or default is None)):
            yield parameter
            return
        yield replace(
            parameter,
            default=default if has_default else False,
            required=False,
            nargs="?",
            const=True,
            has_default=True,
        )
        if default is not False and has_default:
            shown = _dashed(name)
            yield replace(
                parameter,
                flags=(f"--no_{name}", *(f"--no-{d[2:]}" for d in shown)),
                type=None,
                type_kind="none",
                default=True,
                const=False,
                nargs=0,
                action="store_false",
                has_default=True,
                required=False,
                place=replace(place, column=place.column + 1),
            )

    def _options(
        self, value: ast.expr | None
    ) -> tuple[Value, bool, Mapping[str, Value]] | None:
        """Default, whether there is one, and metadata; None where they can't be told."""
        if value is None:
            return None, False, {}
        if not isinstance(value, ast.Call):
            return literal(value), True, {}
        name = self.flow.qualified(value.func)
        made_by_transformers = name is not None and name.endswith(".HfArg")
        if name not in ("dataclasses.field",) and not made_by_transformers:
            return Expression(ast.unparse(value)), True, {}
        given = {k.arg: k.value for k in value.keywords}
        if None in given or value.args or "init" in given:
            return None
        metadata = {} if made_by_transformers else literal(given.get("metadata", _NOTHING))
        spelled = given.get("metadata")
        if isinstance(spelled, ast.Dict):
            metadata = _items(spelled)
        for word in ("help", "aliases") if made_by_transformers else ():
            if word in given:
                metadata[word] = literal(given[word])
        if not isinstance(metadata, dict) or not all(isinstance(k, str) for k in metadata):
            return None
        if "default" in given:
            return literal(given["default"]), True, metadata
        if "default_factory" in given:
            return _made(given["default_factory"]), True, metadata
        return None, False, metadata

    def _type(self, node: ast.expr) -> tuple[str, str | None, bool]:
        """Kind and text of the type of one value, and whether the field has several."""
        node = without_quotes(node)
        optional = False
        args = _members(node)
        if args is not None:
            kept = [a for a in args if ast.unparse(a) != "None"]
            optional = len(kept) < len(args)
            texts = [k for k in kept if ast.unparse(k) == "str"]
            if len(kept) == 1:
                node = kept[0]
            elif len(args) == 2 and texts:  # Union[X, str] is read as X
                node = next(k for k in kept if ast.unparse(k) != "str")
            else:
                return "own", ast.unparse(node), False
        if isinstance(node, ast.Subscript):
            if subscripted(node) in ("List", "list"):
                kind, type_, _ = self._type(node.slice)
                return kind, type_, True
            return "own", ast.unparse(node), False
        text = ast.unparse(node)
        if text == "bool":
            return "boolean", "Optional[bool]" if optional else "bool", False
        if text == "str":
            return "str", "str", False
        if text in NUMBERS:
            return "number", text, False
        return "own", text, False


_NOTHING = ast.Dict([], [])


def _is_no_argument(value: ast.expr | None) -> bool:
    """Whether it is ``field(init=False)``, which HfArgumentParser passes over."""
    if not isinstance(value, ast.Call) or name_of(value.func) != "field":
        return False
    return any(k.arg == "init" and literal(k.value) is False for k in value.keywords)


def _members(node: ast.expr) -> list[ast.expr] | None:
    """The types that ``Union``, ``Optional`` and ``|`` name; None for another type."""
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.BitOr):
        left = _members(node.left) or [node.left]
        return [*left, *(_members(node.right) or [node.right])]
    if not isinstance(node, ast.Subscript):
        return None
    name = subscripted(node)
    if name == "Optional":
        inner = _members(node.slice) or [node.slice]
        return [*inner, ast.Constant(None)]
    if name == "Union" and isinstance(node.slice, ast.Tuple):
        return [m for e in node.slice.elts for m in (_members(e) or [e])]
    return None


def _dashed(name: str) -> tuple[str, ...]:
    return (f"--{name.replace('_', '-')}",) if "_" in name else ()


def _aliases(metadata: Mapping[str, Value]) -> tuple[str, ...]:
    aliases = metadata.get("aliases", ())
    if isinstance(aliases, str):
        return (aliases,)
    return tuple(aliases) if isinstance(aliases, (list, tuple)) else ()


def _items(node: ast.Dict) -> Value:
    """A dict by the keys that are spelled out."""
    keys = [literal(k) if k is not None else None for k in node.keys]
    return {k: literal(v) for k, v in zip(keys, node.values, strict=True)}


def _made(factory: ast.expr) -> Value:
    """What ``default_factory`` makes."""
    if isinstance(factory, ast.Lambda):
        return literal(factory.body)
    empty: dict[str, Value] = {"list": [], "dict": {}}
    text = ast.unparse(factory)
    return empty[text] if text in empty else Expression(f"{text}()")
