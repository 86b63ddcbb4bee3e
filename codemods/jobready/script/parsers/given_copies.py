"""Deep copies of parsers that tell what stands on the command line.

``copied.set_defaults(**{name: None})`` for the name of every value that the parser has
given: what isn't None then was said. A job's values are said by words, so they count; a
clone says all that the page of a run shows, each default too. For that a copy has to give
the same by words as the parser has by itself.
"""

from __future__ import annotations

import ast
from collections.abc import Sequence
from dataclasses import replace

from jobready.script.model import Expression, Parameter
from jobready.script.parsers.options.drafts import Draft
from jobready.script.source.syntax import Syntax
from jobready.script.values.flow import Flow
from jobready.script.values.functions import name_of
from jobready.script.values.meanings import ArgumentsDict
from jobready.script.values.order import passes, runs_behind

Parses = Sequence[tuple[ast.Call, list[ast.Call]]]  # each with the parsers it may be of
ACTIONS = frozenset(("store", "store_true", "store_false"))
# The types of which JSON has the values, as settings that are loaded have them.
KINDS = frozenset(("none", "number", "str", "bool", "boolean"))
LISTS = frozenset(("list", "set", "sorted", "tuple"))
# What makes a text, or has one.
TEXTS = frozenset(
    """
    abspath dirname expanduser format getcwd getenv getuser join lower replace str strip
    upper
    """.split()  # noqa: SIM905 - a list of them takes a page
)
# The types of defaults that the words of an option give as well.
BY_WORDS: dict[str | None, tuple[type, ...]] = {
    "int": (int,),
    "float": (int, float),
    "str": (str,),
    None: (str,),
}


def tells_given(
    copy: Draft, first: Draft, parses: Parses, syntax: Syntax, flow: Flow
) -> bool:
    """Whether a copy has no default any more where it parses, and else is the same."""
    if len(copy.defaults) != 1 or not _is_parsed_behind(copy, parses, syntax):
        return False
    names = _names_set(copy.defaults[0], syntax)
    if names is None or not _are_all(names, first, parses, syntax, flow):
        return False
    ours = {p.place for p in first.parameters}
    return all(p.place in ours and _gives_default(p) for p in copy.parameters)


def without_defaults(copy: Draft) -> None:
    """Take the defaults off a copy that tells what is given."""
    copy.defaults = []
    copy.parameters = [replace(p, default=None, has_default=True) for p in copy.parameters]


def _is_parsed_behind(copy: Draft, parses: Parses, syntax: Syntax) -> bool:
    """Whether the copy parses once, behind the statement that sets the defaults."""
    ours = [(call, owners) for call, owners in parses if copy.call in owners]
    if len(ours) != 1 or ours[0][1] != [copy.call]:
        return False
    (parse, _), (setting,) = ours[0], copy.defaults
    if not isinstance(parse.func, ast.Attribute) or parse.func.attr != "parse_args":
        return False
    statement = _loop_of(setting, syntax) or syntax.statement(setting)
    alone = all(k.arg == "args" for k in parse.keywords) and len(parse.args) < 2
    return alone and passes(statement, parse, syntax)


def _loop_of(setting: ast.Call, syntax: Syntax) -> ast.For | None:
    """The loop that does nothing but set a default."""
    statement = syntax.statement(setting)
    loop = syntax.parent[statement]
    alone = isinstance(loop, ast.For) and loop.body == [statement] and not loop.orelse
    return loop if alone and isinstance(loop, ast.For) else None


def _names_set(setting: ast.Call, syntax: Syntax) -> ast.expr | None:
    """The names that are given None as their default, as they are gone through."""
    statement = syntax.statement(setting)
    if not isinstance(statement, ast.Expr) or statement.value is not setting:
        return None
    match setting:
        case ast.Call(args=[], keywords=[ast.keyword(arg=None, value=given)]):
            pass
        case _:
            return None
    match given:
        case ast.Dict(keys=[ast.Name(id=key)], values=[ast.Constant(value=None)]):
            loop = _loop_of(setting, syntax)
            return loop.iter if loop is not None and _names(loop.target) == key else None
        case ast.DictComp(key=ast.Name(id=key), value=ast.Constant(value=None)):
            (each, *others) = given.generators
            alone = not (others or each.ifs) and _names(each.target) == key
            return each.iter if alone else None
        case ast.Call(func=ast.Attribute(value=ast.Name(id="dict"), attr="fromkeys")):
            return given.args[0] if len(given.args) == 1 and not given.keywords else None
    return None


def _names(target: ast.expr) -> str | None:
    """What holds the key: ``name``, or the first of ``name, value``."""
    if isinstance(target, ast.Tuple) and len(target.elts) == 2:
        target = target.elts[0]
    return target.id if isinstance(target, ast.Name) else None


def _are_all(
    names: ast.expr, first: Draft, parses: Parses, syntax: Syntax, flow: Flow
) -> bool:
    """Whether they are those of all that the copied parser has given: ``vars(args)``."""
    while isinstance(names, ast.Call):
        if isinstance(names.func, ast.Attribute) and names.func.attr in ("keys", "items"):
            names = names.func.value
        elif name_of(names.func) in LISTS and len(names.args) == 1:
            names = names.args[0]
        else:
            break
    owners = dict(parses)
    found = flow.meanings(names)
    if not found or not all(isinstance(m, ArgumentsDict) for m in found):
        return False
    given = [m.parse for m in found if isinstance(m, ArgumentsDict)]
    return all(
        owners.get(parse) == [first.call]
        and not any(runs_behind(a, parse, syntax, flow) for a in first.added.values())
        for parse in given
    )


def _gives_default(p: Parameter) -> bool:
    """Whether the words by which a clone says the default give the same again."""
    if p.action == "help":
        return True
    if p.action not in ACTIONS or p.group is not None or not p.named:
        return False
    if p.type_kind not in KINDS:
        return False
    if p.default is None:
        return True
    if p.action != "store":
        return isinstance(p.default, bool)
    several = p.nargs not in (None, "?")
    if several and not isinstance(p.default, list):
        return False
    return all(_by_words(each, p) for each in (p.default if several else [p.default]))


def _by_words(default: object, p: Parameter) -> bool:
    """The same for one value."""
    if isinstance(default, Expression):
        return p.type_kind in ("number", "boolean") or _is_text(default)
    if p.choices is not None and not isinstance(p.choices, Expression):
        if default not in p.choices:
            return False  # which stops a clone
    if p.type_kind in ("bool", "boolean"):
        return isinstance(default, bool)
    kinds = BY_WORDS.get(p.type, ())
    if isinstance(default, float) and default.is_integer() and p.type == "int":
        return True  # which W&B records as an int
    return isinstance(default, kinds) and not isinstance(default, bool)


def _is_text(default: Expression) -> bool:
    """Whether an expression surely comes to a text, or to None."""
    made = ast.parse(default.source, mode="eval").body
    if isinstance(made, ast.Call):
        of_system = ast.unparse(made.func) in ("os.environ.get", "environ.get")
        return of_system or name_of(made.func) in TEXTS
    return isinstance(made, ast.JoinedStr)
