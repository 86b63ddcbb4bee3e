"""The fields of a dataclass as the options that a parser of simple_parsing makes of them.

Read in simple_parsing 0.1.9 (``wrappers/field_wrapper.py``), and held to it by running
it: ``parser.add_arguments(Config, "config")`` adds the option ``--lr`` for a field ``lr``,
whose dest is ``config.lr``, once the parser parses. A bool takes a word or none and has a
``--no`` beside it; what may be None takes one word or none; lists and tuples take several.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import replace

from jobready.script.arguments.drafts import Draft
from jobready.script.arguments.simple_defaults import Default, default_of
from jobready.script.arguments.surely_added import is_surely_added
from jobready.script.model import Expression, Parameter
from jobready.script.source.annotations import subscripted, without_quotes
from jobready.script.source.literals import literal
from jobready.script.source.place import Place
from jobready.script.source.scopes import FUNCTIONS, Function
from jobready.script.source.syntax import Syntax
from jobready.script.values.dataclass_parts import dest_of
from jobready.script.values.flow import Flow
from jobready.script.values.meanings import Dataclasses, Parser

# What says of a parser no more than how it looks, and ends.
SETTINGS = frozenset(
    (
        *("add_help", "description", "epilog", "exit_on_error", "formatter_class", "prog"),
        "usage",
    )
)
# What bases of elsewhere bring besides fields, which they don't.
BASES = frozenset(
    (
        *("ABC", "abc.ABC", "object", "typing.Protocol"),
        *(
            f"simple_parsing.{module}{name}"
            for module in ("", "helpers.", "helpers.serialization.")
            for name in ("FrozenSerializable", "JsonSerializable", "Serializable")
        ),
    )
)
# Methods by which an object may hold something else than what it is made with.
CHANGES = frozenset(
    """
    __init__ __new__ __setattr__ __getattribute__ __getattr__ __delattr__
    """.split()  # noqa: SIM905 - a list of them takes a page
)
# The keywords of ``@dataclass`` by which its objects hold no fields, or none of their own.
OTHER_OBJECTS = frozenset(("init", "slots"))
KINDS = {"bool": "boolean", "float": "number", "int": "number", "str": "str"}
ITEMS = {"List": "*", "list": "*", "Tuple": None, "tuple": None}


def read_added(draft: Draft, syntax: Syntax, flow: Flow) -> None:
    """Add the fields of the dataclass that a parser of simple_parsing gets.

    To be called when all that is added to it has been read.
    """
    for keyword in draft.call.keywords:
        if keyword.arg not in SETTINGS:
            text = f"the parser is made with {keyword.arg or '**keywords'}"
            place = syntax.place(keyword.value)
            draft.oddities.append((f"{text}, which may change its options", place))
    for call in draft.defaults if draft.dataclasses else ():
        text = "parser.set_defaults may change the fields of a dataclass"
        draft.unseen.append((text, syntax.place(call)))
    for call in draft.dataclasses:
        _read_call(call, draft, syntax, flow)
    dests = [dest_of(call) for call in draft.dataclasses]
    for call, dest in zip(draft.dataclasses, dests, strict=True):
        if dests.count(dest) > 1:
            text = f"only a run tells which dataclass is called {dest}"
            draft.unseen.append((text, syntax.place(call)))
    if draft.dataclasses:
        draft.unseen += _maybe_lacking(draft, syntax, flow)
        draft.unseen += _shared_names(draft)
        draft.unseen += _set_anew(draft, syntax, flow)


def _read_call(call: ast.Call, draft: Draft, syntax: Syntax, flow: Flow) -> None:
    """Add what one ``add_arguments`` adds."""
    given = {k.arg: k.value for k in call.keywords}
    owner = call.args[0] if call.args else given.get("dataclass")
    if len(call.args) > 2 or given.keys() - {"dataclass", "dest"} or dest_of(call) is None:
        text = "only a run tells which options a dataclass adds"
        draft.unseen.append((text, syntax.place(call)))
        return
    reader = _Reader(draft, syntax, flow)
    reader.read(owner or call)
    dest = dest_of(call)
    draft.parameters += [replace(p, within=dest) for p in reader.parameters.values()]


def _shared_names(draft: Draft) -> Iterator[tuple[str, Place]]:
    """The parameters of which only a run tells the option, since others have the name.

    By the last part of their dest: those that ``add_argument`` adds may have dots in it.
    """
    known = {dest_of(call) for call in draft.dataclasses}
    for parameter in draft.parameters:
        name = parameter.name.rpartition(".")[2]
        if name in known or name != parameter.name:
            yield f"{name} may be the name of something else, too", parameter.place
        known.add(name)


def _maybe_lacking(draft: Draft, syntax: Syntax, flow: Flow) -> Iterator[tuple[str, Place]]:
    """What the arguments may not hold: a dataclass, or an option beside them.

    Each is shown by its name there, and not, as those of argparse are, if it is there.
    """
    calls = [(call, dest_of(call) or "a dataclass") for call in draft.dataclasses]
    for method in syntax.named.get("add_argument", ()):
        call = syntax.parent[method]
        if isinstance(method, ast.Attribute) and isinstance(call, ast.Call):
            owners = [getattr(m, "parser", m) for m in flow.meanings(method.value)]
            if Parser(draft.call) in owners:
                calls.append((call, ast.unparse(call.args[0]) if call.args else "it"))
    for call, name in calls:
        if not is_surely_added(call, draft.call, syntax, flow):
            yield f"only a run tells whether the parser has {name}", syntax.place(call)
    for parameter in draft.parameters:
        if parameter.within is None and "SUPPRESS" in str(parameter.default):
            text = f"only a run tells whether the arguments hold {parameter.name}"
            yield text, parameter.place


def _set_anew(draft: Draft, syntax: Syntax, flow: Flow) -> Iterator[tuple[str, Place]]:
    """Where the arguments get another dataclass than the one that was filled."""
    for dest in {dest_of(call) for call in draft.dataclasses}:
        for node in syntax.named.get(dest or "", ()):
            if isinstance(node, ast.Attribute) and not isinstance(node.ctx, ast.Load):
                if any(isinstance(m, Dataclasses) for m in flow.meanings(node.value)):
                    yield f"{ast.unparse(node)} is set anew", syntax.place(node)


class _Reader:
    def __init__(self, draft: Draft, syntax: Syntax, flow: Flow) -> None:
        self.draft = draft
        self.syntax = syntax
        self.flow = flow
        self.parameters: dict[str, Parameter] = {}

    def read(self, node: ast.expr) -> None:
        """Add the fields of the dataclass that ``node`` names."""
        owner = self.flow.definition(node)
        if owner is None:
            text = f"the dataclass {ast.unparse(node)} is not in this file"
            self._doubt(text, node)
            return
        for base in reversed(owner.bases):  # the first has the last word
            if (self.flow.qualified(base) or ast.unparse(base)) not in BASES:
                self.read(base)
        fields = [s for s in owner.body if isinstance(s, ast.AnnAssign)]
        if fields and not self._is_dataclass(owner):
            self._doubt(f"{owner.name} is no plain dataclass", owner)
        for statement in owner.body:
            if isinstance(statement, FUNCTIONS):
                if self._may_change_fields(statement):
                    text = f"{owner.name}.{statement.name} may change the fields"
                    self._doubt(text, statement)
            elif isinstance(statement, ast.AnnAssign):
                self._add(statement)
            elif not self._is_no_field(statement):
                text = f"{owner.name} has more than fields and methods"
                self._doubt(text, statement)

    def _may_change_fields(self, method: Function) -> bool:
        """Whether a method hides a field, or sets one in a way that isn't followed."""
        if method.name in CHANGES or method.name in self.parameters:
            return True
        names = (n.attr for n in ast.walk(method) if isinstance(n, ast.Attribute))
        return any(name in ("__dict__", "__setattr__") for name in names)

    def _is_no_field(self, statement: ast.stmt) -> bool:
        """Whether it is a variable of the class alone, or nothing that its objects have."""
        if isinstance(statement, ast.Assign):
            names = [ast.unparse(target) for target in statement.targets]
            return all(n.isidentifier() and n not in self.parameters for n in names)
        return isinstance(statement, (ast.Expr, ast.Pass, ast.ClassDef))

    def _is_dataclass(self, owner: ast.ClassDef) -> bool:
        """Whether it is decorated as one, and its objects hold what they are made with."""
        if len(owner.decorator_list) != 1 or owner.keywords:
            return False
        (decorator,) = owner.decorator_list
        keywords = decorator.keywords if isinstance(decorator, ast.Call) else []
        made = decorator.func if isinstance(decorator, ast.Call) else decorator
        if self.flow.qualified(made) != "dataclasses.dataclass":
            return False
        return not any(k.arg is None or k.arg in OTHER_OBJECTS for k in keywords)

    def _doubt(self, text: str, node: ast.expr | ast.stmt) -> None:
        self.draft.unseen.append((text, self.syntax.place(node)))

    def _add(self, statement: ast.AnnAssign) -> None:
        name = ast.unparse(statement.target)
        annotation = without_quotes(statement.annotation)
        if ast.unparse(annotation).partition("[")[0].rpartition(".")[2] == "ClassVar":
            return
        default = default_of(statement.value, self.flow)
        if default is None:
            self._doubt(f"only a run tells how the field {name} is read", statement)
            return
        if not default.is_argument:
            self.parameters.pop(name, None)
            return
        made = self._parameter(name, annotation, default, statement)
        if made is None:
            text = f"the field {name} has a type that isn't followed"
            self._doubt(f"{text}: {ast.unparse(annotation)}", statement)
        else:
            self.parameters[name] = made

    def _parameter(
        self, name: str, annotation: ast.expr, default: Default, statement: ast.stmt
    ) -> Parameter | None:
        made = Parameter(
            name=name,
            flags=tuple(_flags(name, default.aliases)),
            type=None,
            default=default.value,
            required=not default.is_given,
            choices=None,
            nargs=None,
            action="store",
            help=None,
            const=None,
            has_default=default.is_given,
            place=self.syntax.place(statement),
        )
        inner = optional_of(annotation)
        if inner is None and default.value is None and default.is_given:
            inner = annotation  # ``seed: int = None`` is read as what may be None
        if inner is not None:
            made = replace(made, nargs="?", required=False, has_default=True)
        return self._typed(made, without_quotes(inner or annotation))

    def _typed(self, made: Parameter, node: ast.expr) -> Parameter | None:
        """The parameter with what its type makes of it; None for one of another type."""
        outer, text = subscripted(node), ast.unparse(node)
        maybe = made.nargs == "?"
        if outer == "Literal" and isinstance(node, ast.Subscript):
            spelled = node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]
            choices = [literal(each) for each in spelled]
            known = all(isinstance(choice, str) for choice in choices)
            typed = replace(made, type="str", type_kind="str")
            if not maybe:  # else a type that takes no other words
                typed = replace(typed, choices=choices)
            return typed if known else None
        if outer in ITEMS and isinstance(node, ast.Subscript):
            return self._several(made, node, outer)
        if isinstance(node, ast.Subscript):
            return None
        if text == "bool" and not maybe:
            flags = (*made.flags, *(f"--no{flag.lstrip('-')}" for flag in made.flags))
            return replace(made, flags=flags, action="BooleanOptionalAction")
        if node in self.syntax.scopes and self.flow.qualified(node) == "pathlib.Path":
            return replace(made, type=text, type_kind="path")
        if text not in KINDS:
            return None if maybe else self._enum(made, node)
        return replace(made, type=text, type_kind=KINDS[text])

    def _enum(self, made: Parameter, node: ast.expr) -> Parameter | None:
        """A member of an Enum, which is given by its name, and recorded by that."""
        owner = self.flow.definition(node) if node in self.syntax.scopes else None
        if owner is None or [self.flow.qualified(b) for b in owner.bases] != ["enum.Enum"]:
            return None
        members = [s for s in owner.body if isinstance(s, ast.Assign)]
        names = [ast.unparse(target) for s in members for target in s.targets]
        default = made.default
        if isinstance(default, Expression):
            member = default.source.removeprefix(f"{ast.unparse(node)}.")
            if member not in names:
                return None
            made = replace(made, default=member)
        elif made.has_default:
            return None
        return replace(made, type="str", type_kind="str", choices=names)

    def _several(
        self, made: Parameter, node: ast.Subscript, outer: str | None
    ) -> Parameter | None:
        """A list, or a tuple whose items are all of one type."""
        items = node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]
        texts = [ast.unparse(item) for item in items]
        nargs: str | int | None = ITEMS[outer or ""]
        if nargs is None:
            nargs = "*" if texts[1:] == ["..."] else len(texts)
            texts = texts[:1] if texts[1:] == ["..."] else texts
        if len(set(texts)) != 1 or texts[0] not in KINDS:
            return None
        if outer in ("List", "list") and len(texts) != 1:
            return None
        return replace(made, type=texts[0], type_kind=KINDS[texts[0]], nargs=nargs)


def _flags(name: str, aliases: tuple[str, ...]) -> Iterator[str]:
    """The options of a field, shortest first, as it sorts them."""
    found = {f"-{name}", f"--{name}"} if len(name) == 1 else {f"--{name}"}
    for alias in aliases:
        dashes = "" if alias.startswith("-") else "-" if len(alias) == 1 else "--"
        found.add(f"{dashes}{alias}")
    yield from sorted(sorted(found), key=len)


def optional_of(node: ast.expr) -> ast.expr | None:
    """The type in ``Optional[X]``, ``X | None`` and ``Union[X, None]``."""
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.BitOr):
        return node.left if ast.unparse(node.right) == "None" else None
    if not isinstance(node, ast.Subscript):
        return None
    if subscripted(node) == "Optional":
        return node.slice
    if subscripted(node) == "Union" and isinstance(node.slice, ast.Tuple):
        kept = [e for e in node.slice.elts if ast.unparse(e) != "None"]
        return kept[0] if len(kept) == 1 and len(node.slice.elts) == 2 else None
    return None
