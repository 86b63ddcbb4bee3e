"""Parameters that two parses have in common: when one value of a job serves both."""

from __future__ import annotations

from jobready.script.model import Expression, Parameter, Parse
from jobready.script.values.flow import Flow
from jobready.script.values.meanings import Arguments

# What a launched value comes to without asking what was there before.
STORES = frozenset(("store", "store_true", "store_false"))
TYPES = frozenset(("none", "number", "str"))


def kind_of(p: Parameter) -> tuple[object, ...]:
    """What makes the same value of two parameters the same."""
    return p.action, p.type or "str", repr(p.nargs), repr(p.default)


def into_the_same(later: Parse, first: Parse, flow: Flow) -> bool:
    """Whether a parse is given the arguments of another: ``parse_args(rest, args)``.

    What they have is kept then, whatever default the later one has.
    """
    call = later.call
    given = [k.value for k in call.keywords if k.arg == "namespace"] + call.args[1:2]
    meanings = [m for value in given for m in flow.meanings(value)]
    return bool(meanings) and all(
        isinstance(m, Arguments) and m.parse is first.call for m in meanings
    )


def gives_the_same(one: Parameter, other: Parameter) -> bool:
    """Whether a parameter surely makes of each word and value what another does."""
    return all(
        p.named
        and p.action in STORES
        and p.type_kind in TYPES
        and p.nargs in (None, 0)
        and p.required is False
        and p.group is None
        and not p.positional
        and not isinstance(p.default, Expression)
        and not isinstance(p.choices, Expression)
        for p in (one, other)
    ) and (kind_of(one), one.flags, one.choices) == (
        kind_of(other),
        other.flags,
        other.choices,
    )
