"""Rewrites in which the handling of one trap is switched off, each with its trap.

A trap names the shape of the scripts that it catches, and the feature by which generated
scripts tell that they have it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, replace
from typing import Any
from unittest import mock

from jobready.edits.job_args import Branch, parser_branches
from jobready.edits.launched.parse_words import launched_parses
from jobready.outcome import Outcome, Rewritten
from jobready.script.model import Parse
from jobready.script.model import Script as Model
from tests.generated.laws import migrated
from tests.generated.scripts import Script
from tests.generated.wanted import ANYTHING, Wanted

Sabotage = Callable[[Script], Outcome]
ARGV = "jobready.edits.forms.argv_form."
PROBLEMS = "jobready.edits.forms.argv_problems."
WORDS = "jobready.edits.launched.parse_words."
CONFIG_FORM = "jobready.edits.forms.config_form."


@dataclass(frozen=True)
class Trap:
    """A sabotage, and the scripts by which it is found out.

    ``feature`` is None where every script may do.
    """

    sabotage: Sabotage
    wanted: Wanted = ANYTHING
    feature: str | None = None


def patched(names: Mapping[str, object]) -> Sabotage:
    """A rewrite in which names of the package stand for something else.

    The second look at a new text is off: it would find some traps in its own way.
    """
    seen_again = {"jobready.edits.migrate._seen_again": lambda outcome, *_: outcome}

    def rewrite(script: Script) -> Outcome:
        with ExitStack() as stack:
            for name, value in {**seen_again, **names}.items():
                stack.enter_context(mock.patch(name, value))
            return migrated(script)

    return rewrite


def edited(*pairs: tuple[str, str]) -> Sabotage:
    """A rewrite whose text is changed afterwards: patterns, and what comes instead."""

    def rewrite(script: Script) -> Outcome:
        found = migrated(script)
        if not isinstance(found, Rewritten):
            return found
        text = found.text
        for pattern, by in pairs:
            text = re.sub(pattern, by, text, flags=re.DOTALL)
        return replace(found, text=text)

    return rewrite


def without(branch: Branch) -> Sabotage:
    """A rewrite whose function lacks a branch."""

    def fewer(parsers: Any) -> frozenset[Branch]:
        return parser_branches(parsers) - {branch}

    return patched({f"{ARGV}parser_branches": fewer})


def nothing(*_: object) -> tuple[()]:
    """No obstacle, no note, no name."""
    return ()


def only(number: int) -> Callable[[Model], list[Parse]]:
    """The first parse alone, or with -1 the last."""

    def chosen(script: Model) -> list[Parse]:
        found = launched_parses(script)
        return [found[number]] if found else []

    return chosen


def spelled_out_too(script: Model) -> list[Parse]:
    """All parses, also those that only show the defaults."""
    return list(script.parses)


def not_spelled_out(script: Model) -> list[Parse]:
    """The parses that the command line gets to."""
    return [p for p in script.parses if p.words is None]


def first_name(names: tuple[str, ...], *_: object) -> str:
    """The usual name, free or not."""
    return names[0]


TAKES_CONFIG = r"(    config = load_wandb_config\(\)\n)"
# As `parser.set_defaults(**config)` does, and leaves the values out of the words or not.
AS_DEFAULTS = r"""\1    for a in parser._actions:
        a.default = config.get(a.dest, a.default)
"""
# The words win, but who asks for the defaults gets what is launched.
ENDS = r"\n    return args\n"
ASKED_FOR = r"""
    for a in parser._actions:
        a.default = config.get(a.dest, a.default)
    return args
"""
OWN_DEFAULTS = r"""\1    parser.set_defaults(
        **{k: v for k, v in config.items() if k not in ("help", "self")}
    )
"""

TRAPS: dict[str, Trap] = {
    # -- the words
    "the command line wins": Trap(
        edited((r"sys\.argv\[1:\] \+ (job_args\(\w+\))", r"\1 + sys.argv[1:]"))
    ),
    "a spelled-out command line wins": Trap(
        edited((r'(\["--spelled"\]) \+ (job_args\(\w+\))', r"\2 + \1")),
        Wanted(parse="spelled out", layout="at module level"),
        "parse spelled out",
    ),
    "nothing is launched": Trap(edited((r"sys\.argv\[1:\] \+ job_args\(\w+\)", ""))),
    "the config becomes the defaults": Trap(
        edited((TAKES_CONFIG, AS_DEFAULTS + "    return []\n"))
    ),
    # -- defaults that are asked for
    "get_default gives what is launched": Trap(
        edited((ENDS, ASKED_FOR)),
        Wanted(use="compared with its default", layout="at module level"),
        "compared with its default",
    ),
    "what differs from the defaults is what differs from the job": Trap(
        edited((ENDS, ASKED_FOR)),
        Wanted(use="what differs from the defaults", layout="at module level"),
        "what differs from the defaults",
    ),
    "a parent's options keep what is launched": Trap(
        edited((ENDS, ASKED_FOR)),
        Wanted(parser="base", parse="beside", layout="at module level"),
        "parse beside",
    ),
    # -- parses
    "a namespace that is given wins": Trap(
        edited((TAKES_CONFIG, AS_DEFAULTS + "    return []\n")),
        Wanted(parse="namespace", layout="at module level"),
        "parse namespace",
    ),
    "a parse that shows the defaults is launched": Trap(
        patched({f"{ARGV}launched_parses": spelled_out_too}),
        Wanted(parse="defaults", layout="at module level"),
        "parse defaults",
    ),
    "only the first of two parses is launched": Trap(
        patched({f"{ARGV}launched_parses": only(0)}),
        Wanted(parse="more between", layout="at module level"),
        "parse more between",
    ),
    "only the last of two parses is launched": Trap(
        patched({f"{ARGV}launched_parses": only(-1)}),
        Wanted(parse="more between", layout="at module level"),
        "parse more between",
    ),
    "a config file wins": Trap(
        patched({f"{ARGV}launched_parses": only(0)}),
        Wanted(parse="two stages", layout="at module level"),
        "parse two stages",
    ),
    "a second stage gets what the first has taken": Trap(
        patched(
            {
                f"{PROBLEMS}_shared_stages": nothing,
                f"{PROBLEMS}_other_parameters": nothing,
            }
        ),
        Wanted(parse="shared stages", kind="a float", layout="at module level"),
        "parse shared stages",
    ),
    "words in sys.argv are asked for": Trap(
        patched({"jobready.script.read.argv_uses": nothing}),
        Wanted(parse="asks argv", layout="at module level"),
        "parse asks argv",
    ),
    "words in sys.argv are counted": Trap(
        patched({"jobready.script.read.argv_uses": nothing}),
        Wanted(parse="counts argv", layout="at module level"),
        "parse counts argv",
    ),
    # -- unknown keys
    **{
        f"unknown keys reach {what}": Trap(
            edited((TAKES_CONFIG, OWN_DEFAULTS)), Wanted(use=use), use
        )
        for use, what in (
            ("splatted", "a function"),
            ("looped", "a loop"),
            ("a dataclass", "a dataclass"),
        )
    },
    # -- values
    "a launched list comes behind the default": Trap(
        edited((r"give\(action, \[\] if kind is list else action\.default\)", "()")),
        Wanted(kind="words added to a first"),
        "words added to a first",
    ),
    "a class that a switch stores goes by its name": Trap(
        without(Branch.CONST), Wanted(kind="a class by a switch"), "a class by a switch"
    ),
    "an Enum is taken for its value": Trap(
        without(Branch.ENUM), Wanted(kind="an enum"), "an enum"
    ),
    "an Enum's name is another's value": Trap(
        patched({f"{PROBLEMS}unsupported": nothing}),
        Wanted(kind="a mixed enum"),
        "a mixed enum",
    ),
    "the job names no command": Trap(
        without(Branch.COMMANDS), Wanted(parser="commands"), "commands"
    ),
    # -- names, and what the project has
    "a wandb that has no load_wandb_config": Trap(
        patched({"jobready.edits.job_args.surroundings.LOADS_CONFIG": (0,)}),
        Wanted(older=True),
        "older",
    ),
    "the module sys is hidden": Trap(
        patched({f"{WORDS}hidden": lambda *_: None}),
        Wanted(layout="in main", inside="sys = 2"),
        "inside sys = 2",
    ),
    "the function's name is taken": Trap(
        edited((r"\blaunched_args\b", "job_args")),
        Wanted(taken="job_args = []"),
        "binds job_args = []",
    ),
    "the name of a parser is taken": Trap(
        patched({f"{WORDS}free_name": first_name}),
        Wanted(layout="a function that makes the parser", taken="parser = 1"),
        "binds parser = 1",
    ),
    "builtins are hidden": Trap(
        patched({"jobready.edits.forms.argv_files.hidden_builtins": nothing}),
        Wanted(taken="list = sorted", kind="several numbers"),
        "binds list = sorted",
    ),
    # -- what the run shows, and what is said
    "an overwritten parameter isn't told of": Trap(
        patched({f"{ARGV}notes": nothing}), Wanted(use="scaled"), "overwritten"
    ),
    "renamed keys are not": Trap(
        patched({f"{ARGV}renamed_keys": nothing}),
        Wanted(config="other names"),
        "config: other names",
    ),
    # -- form config where it doesn't fit
    "config: any parameter will do": Trap(
        patched({f"{CONFIG_FORM}_parameter_obstacles": nothing}),
        Wanted(kind="required text", clean=True),
        "required text",
    ),
    "config: any use will do": Trap(
        patched({f"{CONFIG_FORM}_use_obstacles": nothing}), Wanted(use="read", clean=True)
    ),
}

# Other branches of the function, each with the kind of parameter that needs it.
BRANCHES: dict[str, Trap] = {
    **{
        f"no branch {branch.name}": Trap(without(branch), Wanted(kind=kind), kind)
        for branch, kind in (
            (Branch.REQUIRED, "required text"),
            (Branch.RECORDED, "two numbers"),
            (Branch.CONVERTED, "a class that is looked up"),
            (Branch.SWITCH, "a switch"),
            (Branch.BOOLEAN_OPTIONAL, "on or off"),
            (Branch.COUNT, "a count"),
            (Branch.APPEND, "words one by one"),
            (Branch.LISTS, "pairs one by one"),
            (Branch.LIST, "several numbers"),
            (Branch.VALUE, "no type, a list"),
            (Branch.BOOL, "type=bool"),
            (Branch.POSITIONAL, "a positional"),
        )
    },
    **{
        f"no branch {branch.name}": Trap(
            without(branch), Wanted(kind=kind, use="read", clean=True), kind
        )
        for branch, kind in (
            (Branch.DEFAULT, "text or None"),
            (Branch.TEXT, "text"),
        )
    },
    "no branch VERSION": Trap(
        without(Branch.VERSION), Wanted(parser="a version"), "a version"
    ),
}
