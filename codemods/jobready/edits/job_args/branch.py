"""The parts that the function can have, and which of them come together."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum


class Branch(Enum):
    """What brings lines into the function; the value says it in words.

    None at all: every parameter is a number with a default of its own type, or required.
    """

    TEXT = "plain valued options with text among them"
    DEFAULT = "defaults and options that words alone can't give"
    REQUIRED = "a required parameter"
    VERSION = "a version action"
    RECORDED = "a default that W&B records as something else: a tuple, a Path, a name"
    WHOLE = "a whole float as default that the type doesn't make again"
    TYPED_TEXT = "a text as default, for the type to convert"
    CONVERTED = "the same, to something that words can't give"
    SWITCH = "store_true, store_false"
    ODD_SWITCH = "a switch whose default is not its opposite"
    BOOLEAN_OPTIONAL = "argparse.BooleanOptionalAction"
    CONST = "store_const, or nargs='?' with a const"
    SHARED = "several options with one dest"
    COUNT = "count"
    APPEND = "append, extend"
    LISTS = "append with nargs"
    LIST = "nargs"
    VALUE = "a list or a dict as the default of one value"
    BOOL = "type=bool"
    BOOLEAN = "a type that reads true and false"
    ENUM = "an Enum as type"
    OWN = "a type of the script's own"
    ACTION = "an action of the script's own"
    POSITIONAL = "a positional"
    REST = "a parse by which words behind -- are lost, or a positional that takes them"
    COMMANDS = "commands, each with a parser of its own"
    SUBCOMMANDS = "commands of a command"
    CHOICES = "choices that an earlier parse of the same option doesn't look at"
    LOOKED = "a switch that is looked for in sys.argv"
    APART = "parameters that a run shows as args/…"
    FILES = "values from files and the environment, as ConfigArgParse takes them"
    DATACLASSES = "fields of dataclasses, as simple_parsing takes them"
    INNER = "dataclasses that are fields of others"
    ANEW = "a script that starts itself anew, with words of its own"
    OLDER = "a wandb before 0.16.1, which has no load_wandb_config"


_BRINGS = {
    Branch.CONST: (Branch.WHOLE, Branch.RECORDED, Branch.SWITCH),
    Branch.WHOLE: (Branch.RECORDED,),
    Branch.CONVERTED: (Branch.RECORDED,),
    Branch.OWN: (Branch.RECORDED, Branch.BOOLEAN),
    Branch.ACTION: (Branch.OWN, Branch.RECORDED, Branch.BOOLEAN, Branch.LIST),
    Branch.ODD_SWITCH: (Branch.SWITCH,),
    Branch.SHARED: (Branch.SWITCH,),
    Branch.SUBCOMMANDS: (Branch.COMMANDS,),
    Branch.LISTS: (Branch.APPEND,),
    Branch.LOOKED: (Branch.SWITCH,),
    Branch.FILES: (Branch.REQUIRED,),
    Branch.DATACLASSES: (Branch.DEFAULT,),
    Branch.INNER: (Branch.DATACLASSES, Branch.DEFAULT),
}


def complete(branches: Iterable[Branch]) -> frozenset[Branch]:
    """The branches with those that they bring, without those that others make needless."""
    found = set(branches)
    for branch, brought in _BRINGS.items():
        if branch in found:
            found.update(brought)
    if found - {Branch.ANEW, Branch.APART, Branch.TEXT, Branch.OLDER, Branch.REST}:
        found.add(Branch.DEFAULT)
        found.discard(Branch.TEXT)
    if Branch.CONVERTED in found:
        found.discard(Branch.TYPED_TEXT)
    return frozenset(found)


# All that a parser of argparse can bring; what surrounds it is another matter.
EVERY_BRANCH = complete(
    set(Branch)
    - {
        Branch.ANEW,
        Branch.APART,
        Branch.CHOICES,
        Branch.DATACLASSES,
        Branch.FILES,
        Branch.INNER,
        Branch.LOOKED,
        Branch.OLDER,
        Branch.REST,
    }
)
# The same of a parser that takes no commands.
WITHOUT_COMMANDS = EVERY_BRANCH - {Branch.COMMANDS, Branch.SUBCOMMANDS}
