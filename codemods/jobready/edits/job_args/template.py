"""The function with every line that it can have.

A line stands where all the terms after its ``#:`` hold: a branch (``SWITCH``), one of
a group (``WORD``), or the lack of one (``!WORD``). The other lines always stand.

How it works, measured on Python 3.10 to 3.13 and wandb 0.31.0. A value goes to argparse
as the words that would stand on the command line, last, so that it beats argv, and
argparse converts, checks and reports it. What has no words (a default such as None, a
switch that is off, the whole list of an ``append``) goes as an option of its own,
``--WANDB_LAUNCH:dest``, known to ``_option_string_actions`` only: no default, no help and
no ``get_default`` changes. A positional keeps its place and is launched by such an option.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from jobready.edits.job_args.branch import Branch

# Names for several branches at once, as the template's terms use them.
_GIVE = {Branch.ODD_SWITCH, Branch.BOOLEAN_OPTIONAL, Branch.COUNT, Branch.VALUE}
_WORD = {Branch.LIST, Branch.APPEND, Branch.ENUM, Branch.OWN}
_GROUPS = {
    "GIVEN": _GIVE,
    "GIVE": {*_GIVE, Branch.ACTION, Branch.APPEND, Branch.FILES},
    "SAME": {Branch.WHOLE},
    "CHANGED": {Branch.APART, Branch.DATACLASSES},
    "SUPPRESS": {Branch.CONVERTED, Branch.OWN},
    "WORD": _WORD,
    "NESTED": {*_GIVE, *_WORD, Branch.FILES, Branch.WHOLE},
    "NAMED": {Branch.COMMANDS, Branch.POSITIONAL},
    "SKIPS": {Branch.COMMANDS, Branch.VERSION},
    "ARGLESS": {Branch.SWITCH, Branch.COUNT, Branch.BOOLEAN_OPTIONAL},
}

TEMPLATE = '''\
def job_args(parser: argparse.ArgumentParser) -> list[str]:
    """Return the config of a launched W&B job as arguments for the parser."""
    if os.environ.get("WANDB_LAUNCH") not in ("True", "true", "1"):
        return []
    process = str(os.getpid())  #: ANEW
    if os.environ.setdefault("WANDB_LAUNCH_PROCESS", process) != process:  #: ANEW
        os.environ["WANDB_CONFIG"] = "{}"  # the run shows what its process is given  #: ANEW
        return []  # the job's process has started this one, with words of its own  #: ANEW
    import json  #: OLDER
    import json  #: VALUE OWN !OLDER
    from contextlib import suppress  #: SUPPRESS
    from copy import deepcopy  #: ACTION
  #: SUPPRESS !OLDER
  #: OLDER RECORDED
    from wandb.sdk.launch import load_wandb_config  #: !OLDER
    from wandb.util import json_friendly_val  #: RECORDED

    config = load_wandb_config()  #: !OLDER !CHANGED
    config = dict(load_wandb_config())  #: !OLDER CHANGED
    config = json.loads(os.environ["WANDB_CONFIG"])  #: OLDER
    config.update({k[5:]: v for k, v in config.items() if k.startswith("args/")})  #: APART
    if hasattr(parser, "_preprocessing"):  # it adds the fields of dataclasses there  #: DATACLASSES
        parser._preprocessing()  #: DATACLASSES
        dests = {a.dest.rpartition(".")[2]: a.dest for a in parser._actions}  #: DATACLASSES !INNER
        dests = {a.dest.split(".", 1)[-1]: a.dest for a in parser._actions}  #: INNER
        taking = [  #: DATACLASSES COMMANDS
            a for a in parser._actions if isinstance(a, argparse._SubParsersAction)  #: DATACLASSES COMMANDS
        ]  #: DATACLASSES COMMANDS
        for each in [p for a in taking for p in a.choices.values()]:  #: DATACLASSES COMMANDS
            each._preprocessing()  #: DATACLASSES COMMANDS
            dests.update({a.dest.split(".", 2)[-1]: a.dest for a in each._actions})  #: DATACLASSES COMMANDS
        items = list(config.items())  #: INNER
        for key, value in items:  # with those of the dataclasses inside  #: INNER
            if isinstance(value, dict):  #: INNER
                items += [(f"{key}.{k}", v) for k, v in value.items()]  #: INNER
        config = {dests[k]: v for k, v in config.items() if k in dests}  #: DATACLASSES !INNER
        config = {dests[k]: v for k, v in reversed(items) if k in dests}  #: INNER
    known = [a for a in parser._actions if a.dest in config and a.dest != "help"]  #: !DEFAULT
    odd = [a.dest for a in known if a.nargs is not None]  #: !DEFAULT
    odd += [a.dest for a in known if type(config[a.dest]) not in (int, float, str)]  #: TEXT
    if odd:  #: !DEFAULT
        parser.error(f"argument {odd[0]}: invalid W&B config: {config[odd[0]]!r}")  #: !DEFAULT
    if known and "--" in sys.argv:  # it makes positionals of them  #: REST !DEFAULT
        parser.error(  #: REST !DEFAULT
            f"argument {known[0].dest}: launched behind --, which ends options"  #: REST !DEFAULT
        )  #: REST !DEFAULT
    return [f"{a.option_strings[-1]}={config[a.dest]}" for a in known]  #: !DEFAULT
    args: list[str] = []  #: DEFAULT
    no_values = (argparse._HelpAction, argparse._VersionAction)  #: VERSION !COMMANDS
    no_values = (argparse._HelpAction, argparse._SubParsersAction)  #: COMMANDS !VERSION
    no_values = (  #: COMMANDS VERSION
        argparse._HelpAction,  #: COMMANDS VERSION
        argparse._VersionAction,  #: COMMANDS VERSION
        argparse._SubParsersAction,  #: COMMANDS VERSION
    )  #: COMMANDS VERSION
    actions = list(parser._actions)  #: COMMANDS
    words = sys.argv  #: SUBCOMMANDS
    for commands in [a for a in actions if isinstance(a, argparse._SubParsersAction)]:  #: COMMANDS !SUBCOMMANDS
    for commands in actions:  # with those of the command, once it is known  #: SUBCOMMANDS
        if not isinstance(commands, argparse._SubParsersAction):  #: SUBCOMMANDS
            continue  #: SUBCOMMANDS
        options = parser._option_string_actions  #: COMMANDS
        given = next(  #: COMMANDS !SUBCOMMANDS
            (  #: COMMANDS !SUBCOMMANDS
                word  #: COMMANDS !SUBCOMMANDS
                for i, word in enumerate(sys.argv[1:])  #: COMMANDS !SUBCOMMANDS
                if word in commands.choices  # and no value of the option before it  #: COMMANDS !SUBCOMMANDS
                and getattr(options.get(sys.argv[i]), "nargs", 0) == 0  #: COMMANDS !SUBCOMMANDS
            ),  #: COMMANDS !SUBCOMMANDS
            None,  #: COMMANDS !SUBCOMMANDS
        )  #: COMMANDS !SUBCOMMANDS
        at = next(  #: SUBCOMMANDS
            (  #: SUBCOMMANDS
                i  #: SUBCOMMANDS
                for i in range(1, len(words))  #: SUBCOMMANDS
                if words[i] in commands.choices  # and no value of the option before it  #: SUBCOMMANDS
                and getattr(options.get(words[i - 1]), "nargs", 0) == 0  #: SUBCOMMANDS
            ),  #: SUBCOMMANDS
            len(words),  #: SUBCOMMANDS
        )  #: SUBCOMMANDS
        words = words[at:]  # its own commands stand behind it  #: SUBCOMMANDS
        given = words[0] if words else None  #: SUBCOMMANDS
        launched = commands.dest in config and config[commands.dest]  #: COMMANDS
        command = str(launched or given or "")  #: COMMANDS
        if not command:  #: COMMANDS
            inner = [a.dest for p in commands.choices.values() for a in p._actions]  #: COMMANDS !SUBCOMMANDS
            lost = {d for d in inner if d in config} - {a.dest for a in actions}  #: COMMANDS !SUBCOMMANDS
            inner = [a for p in commands.choices.values() for a in p._actions]  #: SUBCOMMANDS
            for action in inner:  # with those of its commands  #: SUBCOMMANDS
                if isinstance(action, argparse._SubParsersAction):  #: SUBCOMMANDS
                    inner += [a for p in action.choices.values() for a in p._actions]  #: SUBCOMMANDS
            lost = {a.dest for a in inner if a.dest in config}  #: SUBCOMMANDS
            lost -= {a.dest for a in actions}  #: SUBCOMMANDS
            if lost:  #: COMMANDS
                parser.error(f"argument {min(lost)}: the job names no command")  #: COMMANDS
            continue  #: COMMANDS
        if command not in commands.choices or given not in (None, command):  #: COMMANDS
            parser.error(f"argument {commands.dest}: invalid W&B config: {command!r}")  #: COMMANDS
        if given is None:  #: COMMANDS
            args.append(command)  #: COMMANDS
        commands.required = True  #: COMMANDS
        parser = commands.choices[command]  # the words stand behind the command  #: COMMANDS
        actions += parser._actions  #: COMMANDS
    first = {action.dest: action for action in reversed(parser._actions)}  #: SHARED !COMMANDS
    first = {action.dest: action for action in reversed(actions)}  #: SHARED COMMANDS
  #: GIVE
    def give(action: argparse.Action, value: object) -> None:  #: GIVE
        """Give a value that has no words, by an option of its own."""  #: GIVE
        if getattr(action, "is_config_file_arg", False):  # where the file is looked for  #: FILES
            args.append(f"{action.option_strings[-1]}={value or ''}")  #: FILES
        elif action.option_strings:  # so that no file or variable sets it too  #: FILES
            names = [f"--WANDB_LAUNCH:{action.dest}", *action.option_strings]  #: FILES
            action.option_strings = names  #: FILES
        args.append(f"--WANDB_LAUNCH:{action.dest}")  #: GIVE
        own = argparse._StoreConstAction(args[-1:], action.dest, value)  #: GIVE
        parser._option_string_actions[args[-1]] = own  #: GIVE
        action.required = False  #: GIVE REQUIRED
  #: SAME
    def same(value: object, known: object) -> bool:  #: SAME
        """Tell whether W&B records the known value as this one."""  #: SAME
        recorded = json_friendly_val(known)  #: SAME
        if type(value) is int and type(recorded) is float:  #: SAME
            return bool(value == recorded)  # 1.0 is recorded as 1  #: SAME
        return (type(value), value) == (type(recorded), recorded)  #: SAME
  #: OWN
    def built_in(action: argparse.Action) -> bool:  #: ACTION
        """Tell argparse's actions from the script's own."""  #: ACTION
        return type(action).__module__ == "argparse"  #: ACTION
  #: ACTION
    def read(action: argparse.Action, option: str, over: object, *words: str) -> object:  #: ACTION
        """Return what an action makes of words, as W&B records it."""  #: ACTION
        if built_in(action):  #: ACTION
            return json_friendly_val(parser._get_value(action, words[0]))  #: ACTION
        space = argparse.Namespace(**{action.dest: over})  #: ACTION
        action(parser, space, parser._get_values(action, list(words)), option)  #: ACTION
        return json_friendly_val(getattr(space, action.dest))  #: ACTION
  #: ACTION
    def lasts(action: argparse.Action, value: object) -> bool:  #: OWN
        """Tell whether a clone, launched with the result, gives the same again."""  #: OWN
        made = None  #: OWN
        with suppress(Exception):  #: OWN
            made = json_friendly_val(parser._get_value(action, str(value)))  #: OWN !ACTION
            if isinstance(value, (list, dict)):  # into what is there already  #: ACTION
                over = deepcopy(action.default)  #: ACTION
                option = ["", *action.option_strings][-1]  #: ACTION
                made = read(action, option, over, str(value))  #: ACTION
                return bool(made == value)  #: ACTION
            made = read(action, "", None, str(value))  #: ACTION
            if isinstance(value, str) and isinstance(made, str):  #: OWN
                return bool(made == json_friendly_val(parser._get_value(action, made)))  #: OWN !ACTION
                return bool(made == read(action, "", None, made))  #: ACTION
            return isinstance(value, str) or made in (value, str(value))  #: OWN
        return made is not None  # it reads no record: a name that it looks up  #: OWN
  #: WORD
    def word(action: argparse.Action, value: object) -> str:  #: WORD
        """Return a value as it would stand on the command line."""  #: WORD
        if isinstance(value, bool) and action.type is bool:  #: WORD BOOL
            return "True" if value else ""  # bool("False") is True  #: WORD BOOL
        members = getattr(action.type, "__members__", {})  #: ENUM
        if isinstance(value, str) and value in members:  #: ENUM
            return str(members[value].value)  # recorded by name  #: ENUM
        good = type(value) in (int, float, str) and action.nargs != 0  #: WORD !BOOLEAN
        good = isinstance(value, (int, float, str)) and action.nargs != 0  #: WORD BOOLEAN
        if isinstance(value, bool) and action.type in (None, str):  #: WORD BOOLEAN
            good = False  #: WORD BOOLEAN
        good = good or (isinstance(value, (list, dict)) and not built_in(action))  #: ACTION
        if not good:  #: WORD !OWN
        if not good or not lasts(action, value):  #: OWN !ENUM
        if not good or not (members or lasts(action, value)):  #: OWN ENUM
            parser.error(f"argument {action.dest}: invalid W&B config: {value!r}")  #: WORD
        return str(value)  #: WORD
  #: NESTED
    # What an action of the script's own sets beside its value must not count last.  #: ACTION
    for action in sorted(parser._actions, key=built_in):  #: ACTION !SHARED !COMMANDS
    for action in sorted(actions, key=built_in):  #: ACTION COMMANDS !SHARED
    for action in sorted(first.values(), key=built_in):  #: ACTION SHARED
    for action in parser._actions:  #: DEFAULT !SHARED !COMMANDS !ACTION
    for action in actions:  #: COMMANDS !SHARED !ACTION
    for action in first.values():  #: SHARED !ACTION
        if action.dest not in config or isinstance(action, argparse._HelpAction):  #: DEFAULT !SKIPS
        if action.dest not in config or isinstance(action, no_values):  #: SKIPS
            continue  #: DEFAULT
        value, default = config[action.dest], action.default  #: DEFAULT
        if action.required:  #: REQUIRED
            default = ...  # it has none  #: REQUIRED
        if isinstance(default, str) and default != argparse.SUPPRESS:  #: CONVERTED
            text, default = default, ...  # nothing is like one that can't be had  #: CONVERTED
            with suppress(Exception):  #: CONVERTED
                default = parser._get_value(action, text)  #: CONVERTED
        chosen = action.choices or [default]  #: CHOICES
        if type(default) in (int, float, str) and default not in chosen:  #: CHOICES
            default = ...  # a word that an earlier parse took for its default  #: CHOICES
        kind = type(value)  #: DEFAULT !KINDLESS
        boolean = kind is bool and action.type not in (None, str)  #: BOOLEAN !WORD
        recorded = json_friendly_val(default)  #: RECORDED !SAME
        option = action.option_strings[-1]  #: DEFAULT !NAMED !DATACLASSES
        option = action.option_strings[0]  # no --no…  #: DEFAULT !NAMED DATACLASSES
        option = [f"--WANDB_CONFIG:{action.dest}", *action.option_strings][-1]  #: NAMED !DATACLASSES
        option = [f"--WANDB_CONFIG:{action.dest}", *action.option_strings[:1]][-1]  #: NAMED DATACLASSES
        if action not in parser._actions:  # an option before the command  #: COMMANDS
            option = f"--WANDB_CONFIG:{action.dest}"  #: COMMANDS
            action.required = False  #: COMMANDS REQUIRED
        parser._option_string_actions[option] = action  #: COMMANDS
        if action.nargs == 0:  # what looks for it there finds what is launched  #: LOOKED
            sys.argv[:] = [w for w in sys.argv if w not in action.option_strings]  #: LOOKED
        if not action.option_strings:  #: POSITIONAL
            parser._option_string_actions[option] = action  #: POSITIONAL !COMMANDS
            if action.nargs == "?":  # else it ends by storing its default  #: POSITIONAL
                action.nargs = None  #: POSITIONAL
            elif action.nargs == "*" and value != []:  #: POSITIONAL
                action.nargs = "+"  #: POSITIONAL
        twins = [a for a in parser._actions if a.dest == action.dest]  #: SHARED !COMMANDS
        twins = [a for a in actions if a.dest == action.dest]  #: SHARED COMMANDS
        flags = [t for t in twins if kind is bool and value is t.const]  #: SHARED !CONST
        flags = [t for t in twins if value is not None and same(value, t.const)]  #: SHARED CONST
        odd = kind is bool and isinstance(action.const, bool) and action.nargs == 0  #: ODD_SWITCH
        either = kind is bool and isinstance(action, argparse.BooleanOptionalAction)  #: BOOLEAN_OPTIONAL !DATACLASSES
        either = kind is bool and type(action).__name__ == "BooleanOptionalAction"  #: BOOLEAN_OPTIONAL DATACLASSES
        count = kind is int and isinstance(action, argparse._CountAction)  #: COUNT
        whole = kind in (list, dict) and kind is type(default)  #: VALUE
        whole = whole and json_friendly_val(default) == default  #: VALUE RECORDED
        whole = whole and built_in(action)  #: VALUE ACTION
        plain = action.type in (None, str, int, float, list, dict)  #: VALUE OWN
        if whole and not (default or plain):  # which shows no items  #: VALUE OWN
            whole, text = False, json.dumps(value)  #: VALUE OWN
            with suppress(Exception):  #: VALUE OWN
                whole = json_friendly_val(parser._get_value(action, text)) == value  #: VALUE OWN
        if (kind, value) == (type(default), default):  #: DEFAULT !RECORDED !TYPED_TEXT
        if kind is not str and (kind, value) == (type(default), default):  #: !RECORDED TYPED_TEXT
        if (kind, value) == (type(recorded), recorded):  #: RECORDED !SAME !TYPED_TEXT
        if type(default) is not str and (kind, value) == (type(recorded), recorded):  #: RECORDED !SAME TYPED_TEXT
        if same(value, default):  #: SAME !TYPED_TEXT
        if type(default) is not str and same(value, default):  #: SAME TYPED_TEXT
            # No words surely give this default, so an option of its own does.  #: DEFAULT !GIVE
            args.append(f"--WANDB_LAUNCH:{action.dest}")  #: DEFAULT !GIVE
            own = argparse._StoreConstAction(args[-1:], action.dest, default)  #: DEFAULT !GIVE
            parser._option_string_actions[args[-1]] = own  #: DEFAULT !GIVE
            give(action, default)  #: GIVE
        elif kind is bool and value is action.const:  #: SWITCH !SHARED !CONST
        elif value is not None and same(value, action.const):  #: CONST !SHARED
            args.append(option)  #: SWITCH !SHARED
        elif flags:  #: SHARED
            args.append(flags[0].option_strings[-1])  #: SHARED !COMMANDS
            args.append(option)  #: SHARED COMMANDS
            parser._option_string_actions[option] = flags[0]  #: SHARED COMMANDS
        elif action.nargs == 0 and not built_in(action):  #: ACTION
            made = {repr(read(action, o, None)): o for o in action.option_strings}  #: ACTION
            known = dict.fromkeys(action.option_strings, action)  #: ACTION COMMANDS
            parser._option_string_actions.update(known)  #: ACTION COMMANDS
            args.append(made.get(repr(value), f"{option}={value}"))  #: ACTION
        elif kind is list and type(action) is argparse._AppendAction and action.nargs:  #: LISTS
            give(action, [])  # the launched list is the whole value  #: LISTS
            for item in value:  #: LISTS
                items = item if isinstance(item, list) else [value]  #: LISTS
                words = [word(action, item) for item in items]  #: LISTS
                if any(map(parser._parse_optional, words)):  #: LISTS
                    parser.error(f"argument {action.dest}: invalid W&B config: {value}")  #: LISTS
                args += [option, *words]  #: LISTS
        elif isinstance(action, argparse._AppendAction):  #: APPEND
            # The launched list is the whole value, a text the one item of it.  #: APPEND
            give(action, [] if kind is list else action.default)  #: APPEND
            items = value if kind is list else [value]  #: APPEND
            args += [f"{option}={word(action, item)}" for item in items]  #: APPEND
        elif kind is list and action.nargs not in (None, 0, "?"):  #: LIST
            words = [word(action, item) for item in value]  #: LIST
            if any(map(parser._parse_optional, words)):  # "-x" would be an option  #: LIST
                parser.error(f"argument {action.dest}: invalid W&B config: {value}")  #: LIST
            args += [option, *words]  #: LIST
        elif kind in (list, dict) and not built_in(action):  #: ACTION
            words = [f"{option}={word(action, value)}"]  #: ACTION
            give(action, deepcopy(action.default))  # not what it made of argv  #: ACTION
            args += words  #: ACTION
        elif @GIVEN:  #: GIVEN
            give(action, value)  #: GIVEN
        elif kind is bool and action.type is bool:  #: BOOL !WORD
            args.append(f"{option}={value or ''}")  # bool("False") is True  #: BOOL !WORD
        elif kind in (int, float, str):  #: DEFAULT !WORD !ARGLESS !BOOLEAN
        elif kind in (int, float, str) and action.nargs != 0:  #: ARGLESS !WORD !BOOLEAN
        elif boolean or kind in (int, float, str):  #: BOOLEAN !WORD !ARGLESS
        elif boolean or (kind in (int, float, str) and action.nargs != 0):  #: BOOLEAN !WORD ARGLESS
            args.append(f"{option}={value}")  #: DEFAULT !WORD
        else:  #: DEFAULT
            parser.error(f"argument {action.dest}: invalid W&B config: {value!r}")  #: DEFAULT !WORD
            args.append(f"{option}={word(action, value)}")  #: WORD
    if args and "--" in sys.argv:  # it makes positionals of them  #: REST DEFAULT
        parser.error(f"argument {args[0]}: launched behind --, which ends options")  #: REST DEFAULT
    return args  #: DEFAULT
'''


# The comments of the function itself.
OWN_COMMENTS = frozenset(re.findall(r"  (# [^#\n]*?)  #: ", TEMPLATE))
# What asks for the kind of a value beside `same` and `word`.
_KINDS = {"APPEND", "GIVEN", "LIST", "SWITCH"}
_GIVEN = {
    Branch.ODD_SWITCH: "odd",
    Branch.BOOLEAN_OPTIONAL: "either",
    Branch.COUNT: "count",
    Branch.VALUE: "whole",
}


def lines(branches: frozenset[Branch]) -> Iterator[str]:
    """The template's lines that stand with these branches, without their terms."""
    given = " or ".join(name for branch, name in _GIVEN.items() if branch in branches)
    names = {b.name for b in branches} | {g for g, of in _GROUPS.items() if of & branches}
    asking = _KINDS - ({"SWITCH"} if "CONST" in names else set())
    if {"SAME", "WORD"} <= names and not names & asking:
        names.add("KINDLESS")
    for line in TEMPLATE.splitlines():
        text, _, terms = line.partition("  #: ")
        if all(
            (t.removeprefix("!") in names) is not t.startswith("!") for t in terms.split()
        ):
            yield text.replace("@GIVEN", given)
