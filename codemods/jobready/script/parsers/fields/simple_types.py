"""What the type of a dataclass's field makes of its option, as simple_parsing has it.

Read in simple_parsing 0.1.9 (``wrappers/field_wrapper.py``), and held to it by running
it. A bool takes a word or none and has a ``--no`` beside it; what may be None takes one
word or none; lists and tuples take several.
"""

from __future__ import annotations

import ast
from dataclasses import replace

from jobready.script.model import Expression, Parameter
from jobready.script.parsers.fields.simple_defaults import Default
from jobready.script.source.annotations import subscripted, without_quotes
from jobready.script.source.literals import literal
from jobready.script.values.flow import Flow

KINDS = {"bool": "boolean", "float": "number", "int": "number", "str": "str"}
ITEMS = {"List": "*", "list": "*", "Tuple": None, "tuple": None}
SWITCHES = frozenset(("store_true", "store_false"))


def parameter_of(
    name: str, default: Default, field: ast.AnnAssign, flow: Flow
) -> Parameter | None:
    """The parameter of a field, but for its options; None if the type isn't followed."""
    made = Parameter(
        name=name,
        flags=(),
        type=None,
        default=default.value,
        required=not default.is_given,
        choices=None,
        nargs=None,
        action="store",
        help=None,
        const=None,
        has_default=default.is_given,
        place=flow.syntax.place(field),
    )
    annotation = without_quotes(field.annotation)
    inner = optional_of(annotation)
    if default.action in SWITCHES:
        known = ast.unparse(inner or annotation) == "bool"
        return replace(made, action=default.action) if known else None
    if default.choices:
        known = ast.unparse(annotation) == "str"
        typed = replace(made, type="str", type_kind="str", choices=[*default.choices])
        return typed if known else None
    if inner is None and default.value is None and default.is_given:
        inner = annotation  # ``seed: int = None`` is read as what may be None
    if inner is not None:
        made = replace(made, nargs="?", required=False, has_default=True)
    typed_or_none = _typed(made, without_quotes(inner or annotation), flow)
    if default.several and typed_or_none is not None and typed_or_none.nargs != "*":
        return None
    return typed_or_none


def _typed(made: Parameter, node: ast.expr, flow: Flow) -> Parameter | None:
    """The parameter with what its type makes of it; None for one of another type."""
    node = _behind_name(node, flow)
    outer, text = subscripted(node), ast.unparse(node)
    maybe = made.nargs == "?"
    choices = _texts_of_literal(node)
    if choices is not None:
        typed = replace(made, type="str", type_kind="str")
        if not maybe:  # else a type that takes no other words
            typed = replace(typed, choices=choices)
        return typed if choices else None
    if outer in ITEMS and isinstance(node, ast.Subscript):
        return _several(made, node, outer, flow)
    if isinstance(node, ast.Subscript):
        return None
    if text == "bool" and not maybe:
        return replace(made, action="BooleanOptionalAction")
    if node in flow.syntax.scopes and flow.qualified(node) == "pathlib.Path":
        return replace(made, type=text, type_kind="path")
    if text not in KINDS:
        return None if maybe else _enum(made, node, flow)
    return replace(made, type=text, type_kind=KINDS[text])


def _behind_name(node: ast.expr, flow: Flow) -> ast.expr:
    """What a name stands for that a type is given: ``Kind = Literal["a", "b"]``."""
    if not isinstance(node, ast.Name) or node not in flow.syntax.scopes:
        return node
    bindings = flow.bindings_of(node)
    value = bindings[0].value if len(bindings) == 1 else None
    is_type = value is not None and subscripted(value) == "Literal"
    return value if is_type and value is not None else node


def _texts_of_literal(node: ast.expr) -> list[str] | None:
    """The texts of ``Literal["a", "b"]``, none for others; None for another type."""
    if not isinstance(node, ast.Subscript) or subscripted(node) != "Literal":
        return None
    spelled = node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]
    texts = [literal(each) for each in spelled]
    return texts if all(isinstance(text, str) for text in texts) else []


def _enum(made: Parameter, node: ast.expr, flow: Flow) -> Parameter | None:
    """A member of an Enum, which is given by its name, and recorded by that."""
    owner = flow.definition(node) if node in flow.syntax.scopes else None
    if owner is None or [flow.qualified(b) for b in owner.bases] != ["enum.Enum"]:
        return None
    members = [s for s in owner.body if isinstance(s, ast.Assign)]
    names = [ast.unparse(target) for s in members for target in s.targets]
    default = made.default
    if isinstance(default, Expression):
        member = default.source.rpartition(f"{owner.name}.")[2]
        if member not in names:
            return None
        made = replace(made, default=member)
    elif made.has_default:
        return None
    return replace(made, type="str", type_kind="str", choices=names)


def _several(
    made: Parameter, node: ast.Subscript, outer: str | None, flow: Flow
) -> Parameter | None:
    """A list, or a tuple whose items are all of one type."""
    items = node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]
    texts = [ast.unparse(item) for item in items]
    nargs: str | int | None = ITEMS[outer or ""]
    if nargs is None:
        nargs = "*" if texts[1:] == ["..."] else len(texts)
        texts = texts[:1] if texts[1:] == ["..."] else texts
    elif len(texts) == 1 and _texts_of_literal(_behind_name(items[0], flow)):
        texts = ["str"]  # of which it takes none from the command line
    if len(set(texts)) != 1 or texts[0] not in KINDS:
        return None
    if outer in ("List", "list") and len(texts) != 1:
        return None
    return replace(made, type=texts[0], type_kind=KINDS[texts[0]], nargs=nargs)


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
