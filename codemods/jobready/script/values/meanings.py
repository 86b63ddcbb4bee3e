"""What an expression can stand for, as far as a script's parameters and runs go."""

from __future__ import annotations

import ast
from dataclasses import dataclass


@dataclass(frozen=True, eq=True)
class Parser:
    """An ``argparse.ArgumentParser(…)``."""

    call: ast.Call


@dataclass(frozen=True)
class Group:
    """An argument group of a parser; ``kind`` is "", "exclusive", "required exclusive"."""

    parser: Parser
    kind: str


@dataclass(frozen=True)
class Commands:
    """What ``parser.add_subparsers(…)`` returns: the place where commands are added."""

    parser: Parser
    call: ast.Call


@dataclass(frozen=True)
class Arguments:
    """The Namespace that a parse returns."""

    parse: ast.Call


@dataclass(frozen=True)
class ArgumentsDict:
    """``vars()`` of a Namespace: the very dict, or a copy of it."""

    parse: ast.Call


@dataclass(frozen=True)
class KnownAndRest:
    """The pair that ``parse_known_args`` returns."""

    parse: ast.Call


@dataclass(frozen=True)
class Dataclasses:
    """The tuple of dataclasses that a parse returns, each part some arguments.

    Or a Namespace of simple_parsing, which holds each under a name.
    """

    parse: ast.Call


@dataclass(frozen=True)
class Part:
    """One of several dataclasses in a Namespace of simple_parsing: some arguments.

    ``owner`` is its class, None where the source doesn't show it. For one that is the
    value of a field, ``within`` is what comes before the names of its own: ``opt.``.
    """

    parse: ast.Call
    owner: ast.ClassDef | None
    within: str = ""


@dataclass(frozen=True)
class Rest:
    """The words that ``parse_known_args`` did not know."""

    parse: ast.Call


@dataclass(frozen=True)
class Run:
    """What ``wandb.init`` returns, or the logger of a framework that calls it.

    ``made`` is that call, or a read of ``wandb.run``.
    """

    made: ast.expr


@dataclass(frozen=True)
class RunConfig:
    """``wandb.config`` or the config of a run."""


@dataclass(frozen=True)
class Instance:
    """An object of a class of this file."""

    definition: ast.ClassDef


@dataclass(frozen=True)
class Foreign:
    """Anything else; ``node`` is the expression where the trail ends."""

    node: ast.AST


Meaning = (
    Parser
    | Group
    | Commands
    | Arguments
    | ArgumentsDict
    | KnownAndRest
    | Dataclasses
    | Part
    | Rest
    | Run
    | RunConfig
    | Instance
    | Foreign
)
Meanings = frozenset[Meaning]
OF_PARSES = (Arguments, ArgumentsDict, KnownAndRest, Dataclasses, Part, Rest)
NOTHING: Meanings = frozenset()


def node_of(meaning: Meaning) -> ast.AST | None:
    """The node of the source that a meaning is about; None for the config of any run."""
    if isinstance(meaning, Group):
        return meaning.parser.call
    if isinstance(meaning, (Parser, Commands)):
        return meaning.call
    if isinstance(meaning, OF_PARSES):
        return meaning.parse
    if isinstance(meaning, Run):
        return meaning.made
    if isinstance(meaning, Instance):
        return meaning.definition
    return meaning.node if isinstance(meaning, Foreign) else None


# Classes of elsewhere whose objects hold what they are made of under the same names: read
# as attributes, as keys, or as both. W&B records each as it records the dict.
AS_ATTRIBUTES = frozenset(("argparse.Namespace", "types.SimpleNamespace"))
AS_KEYS = frozenset(("collections.OrderedDict",))
AS_BOTH = frozenset(
    (
        "addict.Dict",
        "attrdict.AttrDict",
        "box.Box",
        "easydict.EasyDict",
        "munch.Munch",
        "munch.munchify",
    )
)
HOLDERS = AS_ATTRIBUTES | AS_KEYS | AS_BOTH
# What files call these.
HOLDER_NAMES = frozenset(h.rpartition(".")[2] for h in HOLDERS) | {"edict"}


def held_alone(call: ast.Call, made: str) -> ast.expr | None:
    """The one thing that such an object is made of, None where there are more or none.

    ``Namespace(**vars(args))``, ``EasyDict(vars(args))``.
    """
    given = [*call.args, *(k.value for k in call.keywords)]
    named = any(k.arg is not None for k in call.keywords)
    if len(given) != 1 or named or isinstance(given[0], ast.Starred):
        return None
    return None if call.args and made in AS_ATTRIBUTES else given[0]


def held_by(made: str, meanings: Meanings) -> Meanings:
    """What an object of such a class stands for, that is made of these."""
    found = NOTHING
    if made not in AS_KEYS:
        found |= as_namespace(meanings)
    if made not in AS_ATTRIBUTES:
        found |= as_dict(meanings)
    return found


def as_dict(meanings: Meanings) -> Meanings:
    """The same with the dict of each Namespace in place of it.

    What holds dataclasses under names has none of them there as a dict.
    """
    found: set[Meaning] = set()
    for meaning in meanings:
        if isinstance(meaning, (Arguments, ArgumentsDict)):
            found.add(ArgumentsDict(meaning.parse))
        else:
            found.add(
                Foreign(meaning.parse) if isinstance(meaning, Dataclasses) else meaning
            )
    return frozenset(found)


def as_namespace(meanings: Meanings) -> Meanings:
    """The same with a Namespace in place of each dict of one."""
    return frozenset(
        Arguments(m.parse) if isinstance(m, ArgumentsDict) else m for m in meanings
    )


def group_of(owner: Parser | Group, call: ast.Call, method: str) -> Group:
    """The group that a call of ``add_argument_group`` and its like makes."""
    parser = owner if isinstance(owner, Parser) else owner.parser
    if method == "add_argument_group":
        return Group(parser, owner.kind if isinstance(owner, Group) else "")
    required = any(
        k.arg == "required"
        and not (isinstance(k.value, ast.Constant) and not k.value.value)
        for k in call.keywords
    )
    return Group(parser, "required exclusive" if required else "exclusive")
