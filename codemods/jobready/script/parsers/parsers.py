"""Finding the parsers of a file, what is added to them, and where they parse."""

from __future__ import annotations

import ast
from dataclasses import replace

from jobready.script.model import Parse, ParserModel
from jobready.script.parsers.command_uses import read_commands_use
from jobready.script.parsers.fields.fields import read_dataclasses
from jobready.script.parsers.fields.simple_fields import read_added
from jobready.script.parsers.fields.tap_fields import read_fields
from jobready.script.parsers.launch_function import (
    emitted_nodes,
    launched_above,
    launching_function,
)
from jobready.script.parsers.nested_commands import read_nested_commands
from jobready.script.parsers.options.drafts import Draft, finish, inherit
from jobready.script.parsers.parser_copies import originals, read_copies
from jobready.script.parsers.parser_settings import read_settings
from jobready.script.parsers.parser_uses import asks_for_names, read_use
from jobready.script.source.place import Place
from jobready.script.source.scopes import FUNCTIONS, Function
from jobready.script.source.syntax import Syntax
from jobready.script.values.carriers import OF_PARSERS, carriers
from jobready.script.values.file_readers import only_reads_files
from jobready.script.values.flow import Flow
from jobready.script.values.function_values import values_called
from jobready.script.values.meanings import Commands, Foreign, Group, Instance, Parser
from jobready.script.values.parse_overrides import INNER, OUTER
from jobready.script.values.parser_classes import (
    ARGPARSE,
    HF_PARSERS,
    PARSE_METHODS,
    SIMPLE_PARSERS,
    TAPS,
    ParserClass,
    has_own,
    is_super,
    self_nodes,
    strange_members,
)

# Methods whose result adds to the parser they are called on.
ADDS = (
    "add_argument_group",
    "add_mutually_exclusive_group",
    "add_subparsers",
    "add_parser",
)


def read_parsers(
    syntax: Syntax, flow: Flow
) -> tuple[list[ParserModel], list[Parse], list[tuple[str, Place]]]:
    """The parsers of a file, their parses, and the parses whose parser isn't known."""
    drafts: dict[ast.Call, Draft] = {}
    for call in syntax.of(ast.Call):
        made = _made(call, flow)
        if made is not None:
            drafts[call] = _begin(call, made, syntax, flow)
    parses: list[tuple[ast.Call, list[ast.Call]]] = []
    inside: list[ast.Call] = []
    strange: list[tuple[str, Place]] = []
    written = emitted_nodes(syntax)
    ways = replace(OF_PARSERS, outside=written)
    reached = carriers([*drafts, *self_nodes(syntax, flow)], syntax, ways)
    parsing = [n for method in PARSE_METHODS for n in syntax.named.get(method, ())]
    every = reached.union(parsing, (syntax.parent[n] for n in parsing))
    for node in (n for n in syntax.nodes if n in every):
        if node in written or not isinstance(node, (ast.Name, ast.Attribute, ast.Call)):
            continue  # the function that jobready wrote, or what is around a parser
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            if node.func.attr in PARSE_METHODS and not calls_function(node.func, flow):
                _read_parse(node, node.func, flow, syntax, parses, inside, strange)
        elif isinstance(node, ast.Attribute) and node.attr in PARSE_METHODS:
            holder = syntax.parent[node]
            if not (isinstance(holder, ast.Call) and holder.func is node):
                where = f"the parse is handed on, to be called elsewhere: {node.attr}"
                strange.append((where, syntax.place(node)))
        if node in reached:
            for meaning in _parser_meanings(node, flow):
                owner = meaning if isinstance(meaning, Parser) else meaning.parser
                if isinstance(meaning, Commands):
                    read_commands_use(node, meaning.call, drafts[owner.call], syntax, flow)
                else:
                    kind = meaning.kind if isinstance(meaning, Group) else ""
                    read_use(node, kind, drafts[owner.call], syntax, flow)
    for draft in [*drafts.values()]:
        if draft.made.library in TAPS:
            read_fields(draft, syntax, flow)
        elif draft.made.library in SIMPLE_PARSERS:
            drafts |= {each.call: each for each in read_added(draft, syntax, flow)}
    strange += _dropped(parses, drafts, syntax)
    if inside and not parses and not strange:
        text = f"{ast.unparse(inside[0].func)} parses in a way that isn't followed"
        strange.append((text, syntax.place(inside[0])))
    for draft in drafts.values():
        if draft.commands is not None and _remakes(draft.made):
            text = f"the parsers of commands are made by {draft.made.own[0].name} too"
            draft.oddities.append((text, draft.commands.place))
    read_nested_commands(drafts.values(), syntax, flow)
    inherit(drafts, syntax)
    read_copies(drafts, parses, syntax, flow)
    models = finish(drafts, syntax)
    return (
        list(models.values()),
        [
            _parse(call, tuple(models[p] for p in owners), syntax, flow)
            for call, owners in parses
        ],
        strange,
    )


def _parse(
    call: ast.Call, parsers: tuple[ParserModel, ...], syntax: Syntax, flow: Flow
) -> Parse:
    """A parse, with the function that its words come from in a job."""
    words = _words(call)
    above = launched_above(call, syntax, flow) if words is None else None
    given = words if above is None else above.value
    function = None if given is None else launching_function(given, flow)
    place = None if function is None else syntax.place(function)
    return Parse(call, syntax.place(call), parsers, words, function, place, above)


def _made(call: ast.Call, flow: Flow) -> ParserClass | None:
    """What ``argparse.ArgumentParser(…)``, or a call for a command's parser, makes."""
    made = flow.parser_class(call.func)
    if made is not None:
        return None if only_reads_files(made, call, flow.syntax) else made
    if originals(call, flow):
        return ParserClass(ARGPARSE)
    if not isinstance(call.func, ast.Attribute) or call.func.attr != "add_parser":
        return None
    commands = [m for m in flow.meanings(call.func.value) if isinstance(m, Commands)]
    if not commands:
        return None
    # argparse makes the parsers of commands of the class of the parser that has them
    return flow.parser_class(commands[0].parser.call.func) or ParserClass(ARGPARSE)


def _begin(call: ast.Call, made: ParserClass, syntax: Syntax, flow: Flow) -> Draft:
    """What the constructor call itself says."""
    draft = Draft(call, made)
    draft.parents += originals(call, flow)
    draft.copied = bool(draft.parents)
    if made.library in HF_PARSERS:
        draft.parameters, draft.unseen = read_dataclasses(call, syntax, flow)
    draft.oddities += strange_members(made, syntax, flow)
    read_settings(call, draft, syntax, flow)
    return draft


def _dropped(
    parses: list[tuple[ast.Call, list[ast.Call]]],
    drafts: dict[ast.Call, Draft],
    syntax: Syntax,
) -> list[tuple[str, Place]]:
    """The parses of a Tap whose values are read from the parser, by another name."""
    return [
        ("the values are read from the parser itself, which isn't followed", place)
        for call, owners in parses
        if isinstance(syntax.parent[call], ast.Expr)
        if any(drafts[owner].made.library in TAPS for owner in owners)
        for place in [syntax.place(call)]
    ]


def _remakes(made: ParserClass) -> bool:
    """Whether a parser of a command does something that the source shows for another."""
    return any(has_own(made, name) for name in ("__init__", *OUTER, *INNER))


def _parser_meanings(node: ast.expr, flow: Flow) -> list[Parser | Group | Commands]:
    if isinstance(getattr(node, "ctx", None), (ast.Store, ast.Del)):
        return []
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        if node.func.attr not in ADDS:
            if not flow.functions(node.func) and flow.qualified(node.func) is None:
                return []
    found = flow.in_order(flow.meanings(node))
    return [m for m in found if isinstance(m, (Parser, Group, Commands))]


def calls_function(method: ast.Attribute, flow: Flow) -> bool:
    """Whether ``options.parse_args`` is surely a function of the source, none of argparse.

    One of a module, or a method that a class of the source has.
    """
    call = flow.syntax.parent[method]
    if isinstance(method.value, ast.Subscript) and isinstance(call, ast.Call):
        values = values_called(call, flow)
        return bool(values) and all(target is not None for target, _ in values)
    if flow.function(method) is None:
        return False
    if flow.qualified(method.value) is not None:
        return True
    meanings = flow.meanings(method.value)
    return len(meanings) == 1 and all(isinstance(m, Instance) for m in meanings)


def _read_parse(
    call: ast.Call,
    method: ast.Attribute,
    flow: Flow,
    syntax: Syntax,
    parses: list[tuple[ast.Call, list[ast.Call]]],
    inside: list[ast.Call],
    strange: list[tuple[str, Place]],
) -> None:
    if asks_for_names(call, syntax):
        return
    if is_super(method.value) and flow.hands_on(_method_around(call, syntax)):
        return  # its words are those of the call that it answers
    meanings = flow.meanings(method.value)
    owners = [m.call for m in flow.in_order(meanings) if isinstance(m, Parser)]
    shown, every = flow.own_methods(method)
    if shown and flow.hands_on(flow.functions(method)):
        shown = 0  # it is called as argparse's own
    if shown and shown == every:
        inside.append(call)  # a method of the script's own, in which the parse stands
        return
    if not is_super(method.value) and any(
        flow.parsing_again(m) for m in meanings if isinstance(m, Parser)
    ):
        inside.append(call)
        words = _words(call)
        if words is not None and not any(isinstance(n, ast.Name) for n in ast.walk(words)):
            text = f"a parse of the words {ast.unparse(words)} would get a job's values too"
            strange.append((text, syntax.place(words)))
        return
    unpacked = [k.value for k in call.keywords if k.arg is None]
    if owners and unpacked:
        where = f"the parse is given **{ast.unparse(unpacked[0])}, which may hold its words"
        strange.append((where, syntax.place(unpacked[0])))
        return
    if owners and len(owners) == len(meanings) and not shown:
        parses.append((call, owners))
        return
    strange.append((_strange(method.value, flow), syntax.place(call)))


def _method_around(call: ast.Call, syntax: Syntax) -> list[Function]:
    """The function that a call stands in."""
    function = syntax.scope(call).node
    return [function] if isinstance(function, FUNCTIONS) else []


def _strange(receiver: ast.expr, flow: Flow) -> str:
    """Why it can't be told what a parser takes."""
    text = ast.unparse(receiver)
    if len(text) > 40:
        text = text[:37] + "…"
    for meaning in flow.in_order(flow.meanings(receiver)):
        node = meaning.node if isinstance(meaning, Foreign) else None
        made = node.func if isinstance(node, ast.Call) else node
        name = flow.qualified(made) if isinstance(made, ast.expr) else None
        if name is not None:
            return f"the parser {text!r} is made in another file, by {name}"
    return f"the parser {text!r} is not made in this file by argparse.ArgumentParser"


def _words(call: ast.Call) -> ast.expr | None:
    """The words a parse is given; None where it takes those of the command line."""
    words = call.args[0] if call.args else None
    for keyword in call.keywords:
        if keyword.arg == "args":
            words = keyword.value
    if isinstance(words, ast.Constant) and words.value is None:
        return None
    return words
