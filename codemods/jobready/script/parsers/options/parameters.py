"""Reading one ``add_argument`` call into a `Parameter`."""

from __future__ import annotations

import ast
from collections.abc import Mapping

from jobready.script.model import Expression, Parameter, Value
from jobready.script.parsers.options.json_types import gives_json
from jobready.script.parsers.options.object_defaults import held_default
from jobready.script.parsers.options.option_texts import makes_option
from jobready.script.source.literals import is_known, literal
from jobready.script.source.scopes import FUNCTIONS
from jobready.script.source.syntax import Syntax
from jobready.script.values.flow import Flow

# What argparse fills in for the actions that take no value: default, const, nargs.
SWITCHES: Mapping[str, tuple[Value, Value]] = {
    "store_true": (False, True),
    "store_false": (True, False),
    "store_const": (None, None),
    "append_const": (None, None),
    "count": (None, None),
    "help": ("==SUPPRESS==", None),
    "version": ("==SUPPRESS==", None),
}
OWN_DEST = {"argparse.BooleanOptionalAction": "BooleanOptionalAction"}
PATHS = frozenset(
    (
        *("pathlib.Path", "pathlib.PurePath", "pathlib.PosixPath", "os.fspath"),
        *(f"os.path.{f}" for f in ("abspath", "expanduser", "normpath", "realpath")),
    )
)
# What argparse calls by a name; the words are those of every version.
NAMED = {
    "argparse.SUPPRESS": "==SUPPRESS==",
    "argparse.OPTIONAL": "?",
    "argparse.ZERO_OR_MORE": "*",
    "argparse.ONE_OR_MORE": "+",
    "argparse.PARSER": "A...",
    "argparse.REMAINDER": "...",
}
BOOLEAN_WORDS = frozenset(("true", "false", "yes", "no", "y", "n", "t", "f", "on", "off"))
PARSED = {"json.loads", "ast.literal_eval", "yaml.safe_load", "eval"}
ENUMS = {"enum.Enum", "enum.IntEnum", "enum.StrEnum", "enum.Flag", "enum.IntFlag"}


def read_parameter(
    call: ast.Call, group: str, syntax: Syntax, flow: Flow
) -> Parameter | None:
    """The parameter that an ``add_argument`` call makes.

    None where the source doesn't tell whether it is an option or a positional.
    """
    words = [literal(a) for a in call.args]
    given = {k.arg: k.value for k in call.keywords if k.arg}
    if any(k.arg is None for k in call.keywords):
        return None
    named = all(isinstance(w, str) for w in words)
    if not named and not (call.args and all(makes_option(a, flow) for a in call.args)):
        return None
    if named:
        flags = tuple(w for w in words if w.startswith("-"))
        dest = literal(given["dest"]) if "dest" in given else _dest(words, flags)
    else:
        flags = tuple(map(ast.unparse, call.args))
        dest = ", ".join(flags)
    if not isinstance(dest, str) or (words and not flags and "dest" in given):
        return None
    action = _action(given.get("action"), flow)
    default, const, nargs = _defaults(action, given, flow)
    required: bool | Expression
    if flags:
        required = literal(given["required"]) if "required" in given else False
    else:
        required = nargs not in ("?", "*", "...") or (
            nargs == "*" and "default" not in given
        )
    if action == "BooleanOptionalAction":
        flags = _with_negations(flags)
    kind = type_kind(given.get("type"), syntax, flow)
    return Parameter(
        name=dest,
        flags=flags,
        type=ast.unparse(given["type"]) if "type" in given else None,
        default=default,
        required=required,
        choices=literal(given["choices"]) if "choices" in given else None,
        nargs=nargs,
        action=action,
        help=literal(given["help"]) if "help" in given else None,
        const=const,
        has_default="default" in given,
        place=syntax.place(call),
        group=group or None,
        type_kind=kind,
        gives_json=kind in ("own", "parsed")
        and gives_json(given["type"], syntax, flow, literals=kind == "own" and not default),
        named=named,
    )


def _dest(words: list[str], flags: tuple[str, ...]) -> str | None:
    """The name argparse makes of the flags, or of the positional."""
    if not flags:
        return words[0] if len(words) == 1 else None
    long = next((f for f in flags if f.startswith("--")), flags[0])
    return long.lstrip("-").replace("-", "_") or None


def _action(node: ast.expr | None, flow: Flow) -> str:
    if node is None:
        return "store"
    word = literal(node)
    if isinstance(word, str):
        return word
    name = flow.qualified(node)
    return OWN_DEST.get(name or "", ast.unparse(node))


def _named(node: ast.expr, flow: Flow) -> Value:
    """The literal, or what the constant of argparse stands for that is named."""
    return NAMED.get(flow.qualified(node) or "", literal(node))


def _defaults(
    action: str, given: Mapping[str, ast.expr], flow: Flow
) -> tuple[Value, Value, Value]:
    """Default, const and nargs as argparse's own action object has them."""
    default: Value = None
    const: Value = None
    nargs: Value = _named(given["nargs"], flow) if "nargs" in given else None
    if action in SWITCHES:
        default, const = SWITCHES[action]
        nargs = 0
    elif action == "BooleanOptionalAction":
        nargs = 0
    if "default" in given:
        default = _named(given["default"], flow)
        if not is_known(default):
            default = held_default(given["default"], flow)
    if "const" in given:
        const = literal(given["const"])
    return default, const, nargs


def _with_negations(flags: tuple[str, ...]) -> tuple[str, ...]:
    every: list[str] = []
    for flag in flags:
        every.append(flag)
        if flag.startswith("--"):
            every.append("--no-" + flag[2:])
    return tuple(every)


def type_kind(node: ast.expr | None, syntax: Syntax, flow: Flow) -> str:
    """How a ``type=`` turns words into values: one of `model.TYPE_KINDS`."""
    if node is None:
        return "none"
    if isinstance(node, ast.Name) and not syntax.bindings(node.id, syntax.scope(node)):
        builtin = {"int": "number", "float": "number", "str": "str", "bool": "bool"}
        return builtin.get(node.id, "parsed" if node.id == "eval" else "own")
    if _is_made_at_run_time(node, syntax):
        return "any"
    name = flow.qualified(node) or ""
    if name in PATHS:
        return "path"
    if name in PARSED:
        return "parsed"
    if isinstance(node, ast.Call) and flow.qualified(node.func) == "argparse.FileType":
        return "file"
    if _is_enum(node, flow):
        return "mixed enum" if _mixes_names(node, flow) else "enum"
    return "boolean" if _reads_booleans(node, syntax, flow) else "own"


def _is_made_at_run_time(node: ast.expr, syntax: Syntax) -> bool:
    """Whether it is any type at all: ``type(value)``, an item of a table, a loop's name."""
    if isinstance(node, ast.Call):
        return isinstance(node.func, ast.Name) and node.func.id == "type"
    if isinstance(node, ast.Name):
        kinds = {b.kind for b in syntax.bindings(node.id, syntax.scope(node))}
        return bool(kinds & {"loop", "parameter", "other"})
    if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
        name = node.value
        kinds = {b.kind for b in syntax.bindings(name.id, syntax.scope(name))}
        return "loop" in kinds and not _is_no_bool(node, syntax)  # each field's type
    return isinstance(node, ast.Subscript)


def _is_no_bool(node: ast.Attribute, syntax: Syntax) -> bool:
    """Whether a type stands in the ``else`` of ``if item.type is bool``.

    What any other type makes of a word, the function can ask it when it runs.
    """
    test = f"{ast.unparse(node)} is bool"
    inside: ast.AST = node
    for above in syntax.ancestors(node):
        if isinstance(above, ast.If) and ast.unparse(above.test) == test:
            return inside in above.orelse and not syntax.bindings(
                "bool", syntax.scope(node)
            )
        inside = above
    return False


def _is_enum(node: ast.expr, flow: Flow) -> bool:
    owner = flow.definition(node)
    return owner is not None and any(flow.qualified(b) in ENUMS for b in owner.bases)


def _mixes_names(node: ast.expr, flow: Flow) -> bool:
    """Whether a member has the name that is another's value: W&B records names."""
    owner = flow.definition(node)
    members = [s for s in owner.body if isinstance(s, ast.Assign)] if owner else []
    values = {
        target.id: literal(s.value)
        for s in members
        for target in s.targets
        if isinstance(target, ast.Name)
    }
    return any(v in values and v != n for n, v in values.items() if isinstance(v, str))


def _reads_booleans(node: ast.expr, syntax: Syntax, flow: Flow) -> bool:
    """Whether it is a callable for true and false that ignores the case of letters."""
    body: ast.AST | None = flow.function(node)
    if isinstance(node, ast.Lambda):
        body = node.body
    if body is None:
        name = flow.qualified(node) or ""
        return name.rpartition(".")[2] == "strtobool"
    inside = list(ast.walk(body))
    if any(isinstance(n, ast.Call) and _called(n) == "strtobool" for n in inside):
        return True
    lowers = any(
        isinstance(n, ast.Call) and _called(n) in ("lower", "casefold") for n in inside
    )
    words = {n.value for n in inside if isinstance(n, ast.Constant)}
    if not lowers or "true" not in words:
        return False
    if not all(_compares_lowered(n, inside) for n in inside if isinstance(n, ast.Compare)):
        return False
    if isinstance(body, FUNCTIONS):
        results = [n.value for n in inside if isinstance(n, ast.Return) and n.value]
    else:
        assert isinstance(body, ast.expr)
        results = [body]
    return bool(results) and all(_is_boolean(r, body) for r in results)


def _compares_lowered(node: ast.Compare, inside: list[ast.AST]) -> bool:
    """Whether a comparison with a word for true or false ignores the case of letters."""
    words = {n.value for n in ast.walk(node) if isinstance(n, ast.Constant)}
    if not any(isinstance(w, str) and w.lower() in BOOLEAN_WORDS for w in words):
        return True
    lowered = [
        target.id
        for n in inside
        if isinstance(n, ast.Assign) and _lowers(n.value)
        for target in n.targets
        if isinstance(target, ast.Name)
    ]
    sides = (node.left, *node.comparators)
    return any(_lowers(s) or (isinstance(s, ast.Name) and s.id in lowered) for s in sides)


def _lowers(node: ast.expr) -> bool:
    calls = (n for n in ast.walk(node) if isinstance(n, ast.Call))
    return any(_called(c) in ("lower", "casefold") for c in calls)


def _called(node: ast.Call) -> str:
    if isinstance(node.func, ast.Attribute):
        return node.func.attr
    return node.func.id if isinstance(node.func, ast.Name) else ""


def _is_boolean(node: ast.expr, function: ast.AST) -> bool:
    if isinstance(node, ast.Constant):
        return isinstance(node.value, bool)
    if isinstance(node, (ast.Compare,)):
        return True
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        return True
    if isinstance(node, ast.IfExp):
        return _is_boolean(node.body, function) and _is_boolean(node.orelse, function)
    # `if isinstance(v, bool): return v`, the first lines of the str2bool everybody copies
    first = getattr(getattr(function, "args", None), "args", [])
    return isinstance(node, ast.Name) and bool(first) and node.id == first[0].arg


def knows_all(parameter: Parameter) -> bool:
    """Whether the source spells out all that decides how values are read."""
    parts = (parameter.default, parameter.required, parameter.nargs, parameter.const)
    return all(is_known(p) for p in parts)
