"""The fields of a dataclass as the options that a parser of simple_parsing makes of them.

Read in simple_parsing 0.1.9 (``wrappers/dataclass_wrapper.py``), and held to it by running
it: ``parser.add_arguments(Config, "config")`` adds the option ``--lr`` for a field ``lr``,
whose dest is ``config.lr``, once the parser parses. A field that is a dataclass itself
brings options for the fields of that, and a union of dataclasses a command for each.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from jobready.script.parsers.fields.simple_dataclasses import FieldReader
from jobready.script.parsers.options.drafts import CommandsDraft, Draft
from jobready.script.parsers.options.surely_added import is_surely_added
from jobready.script.source.place import Place
from jobready.script.source.syntax import Syntax
from jobready.script.values.dataclass_parts import dest_of, parts_within
from jobready.script.values.flow import Flow
from jobready.script.values.meanings import Dataclasses, Parser
from jobready.script.values.nested_dataclasses import commands_in, names_of_fields

# What says of a parser no more than how it looks, and ends.
SETTINGS = frozenset(
    (
        *("add_help", "description", "epilog", "exit_on_error", "formatter_class", "prog"),
        "usage",
    )
)
# How it tells options of one name apart: what it does by itself, and with whole paths.
RESOLUTIONS = {
    f"simple_parsing.{module}ConflictResolution.{name}": name
    for module in ("", "conflicts.", "parsing.")
    for name in ("AUTO", "EXPLICIT", "NONE")
}


def read_added(draft: Draft, syntax: Syntax, flow: Flow) -> list[Draft]:
    """Add the fields of the dataclasses that a parser of simple_parsing gets.

    To be called when all that is added to it has been read. Returns the parsers of the
    commands that they bring.
    """
    resolution: str | None = "AUTO"
    for keyword in draft.call.keywords:
        if keyword.arg == "conflict_resolution" and draft.dataclasses:
            resolution = RESOLUTIONS.get(flow.qualified(keyword.value) or "")
        if keyword.arg not in SETTINGS and (
            keyword.arg != "conflict_resolution" or resolution is None
        ):
            text = f"the parser is made with {keyword.arg or '**keywords'}"
            place = syntax.place(keyword.value)
            draft.oddities.append((f"{text}, which may change its options", place))
    for call in draft.defaults if draft.dataclasses else ():
        text = "parser.set_defaults may change the fields of a dataclass"
        draft.unseen.append((text, syntax.place(call)))
    reader = FieldReader(draft, flow)
    commands: list[Draft] = []
    for call in draft.dataclasses:
        commands += _read_call(call, reader)
    reader.spell(explicit=resolution == "EXPLICIT", apart=resolution != "NONE")
    dests = [dest_of(call) for call in draft.dataclasses]
    for call, dest in zip(draft.dataclasses, dests, strict=True):
        if dests.count(dest) > 1:
            text = f"only a run tells which dataclass is called {dest}"
            draft.unseen.append((text, syntax.place(call)))
    if draft.dataclasses:
        draft.unseen += _maybe_lacking(draft, syntax, flow)
        draft.unseen += _shared_names(draft)
        draft.unseen += _set_anew(draft, syntax, flow)
    return commands


def _read_call(call: ast.Call, reader: FieldReader) -> list[Draft]:
    """Add what one ``add_arguments`` adds; the commands that it brings are returned."""
    draft, flow = reader.draft, reader.flow
    syntax = flow.syntax
    given = {k.arg: k.value for k in call.keywords}
    node = call.args[0] if call.args else given.get("dataclass", call)
    dest = dest_of(call)
    if len(call.args) > 2 or given.keys() - {"dataclass", "dest"} or dest is None:
        text = "only a run tells which options a dataclass adds"
        draft.unseen.append((text, syntax.place(call)))
        return []
    owner = flow.definition(node)
    if owner is None:
        text = f"the dataclass {ast.unparse(node)} is not in this file"
        if _is_made(node, flow):
            text = f"the dataclass {ast.unparse(node)} is made by make_dataclass"
        draft.unseen.append((text, syntax.place(node)))
        return []
    commands = commands_in(owner, flow)
    if commands is None:
        reader.read(owner, (dest,))
        return []
    return list(_commands(owner, *commands, dest, call, reader))


def _is_made(node: ast.expr, flow: Flow) -> bool:
    """Whether a name is that of a class that only a run makes."""
    bindings = flow.bindings_of(node) if isinstance(node, ast.Name) else []
    calls = [b.value for b in bindings if isinstance(b.value, ast.Call)]
    return any(flow.qualified(c.func) == "dataclasses.make_dataclass" for c in calls)


def _commands(
    owner: ast.ClassDef,
    field: ast.AnnAssign,
    classes: list[ast.ClassDef],
    dest: str,
    call: ast.Call,
    reader: FieldReader,
) -> Iterator[Draft]:
    """The parsers of commands, one for each class that the field of another names.

    That has no other fields: what a run shows may lack them, or hold the command's inside.
    """
    draft, syntax = reader.draft, reader.flow.syntax
    place, name = syntax.place(field), ast.unparse(field.target)
    others = [s for s in owner.body if isinstance(s, ast.AnnAssign) and s is not field]
    if others or field.value is not None or owner.bases or len(draft.dataclasses) > 1:
        text = f"{owner.name} has more than the command {name}"
        draft.unseen.append((text, syntax.place(others[0] if others else owner)))
    if draft.parameters or draft.commands is not None:
        text = f"the parser has more than the command {name}"
        draft.unseen.append((text, place))
    reader.fields(owner)  # which says what else it has
    draft.commands = CommandsDraft(place, name, of_dataclasses=True)
    for each in classes:
        word = ast.Constant(each.name.lower())
        made = syntax.put_at(ast.Call(draft.call.func, [word], []), call)
        draft.commands.parsers.append(made)
        inner = Draft(made, draft.made, dataclasses=[call])
        own = FieldReader(inner, reader.flow)
        own.read(each, (dest, name))
        own.spell()
        inner.unseen += _shared_names(inner)
        yield inner


def _shared_names(draft: Draft) -> Iterator[tuple[str, Place]]:
    """The parameters of which only a run tells the option, since others have the name.

    By the last part of their dest: those that ``add_argument`` adds may have dots in it. Of
    a dataclass inside another that has one name for all of them.
    """
    known = {dest_of(call) for call in draft.dataclasses}
    holders: dict[str, str] = {}
    for parameter in draft.parameters:
        name, dot, _ = parameter.name.partition(".")
        if parameter.within is None:
            name = parameter.name.rpartition(".")[2]
            known |= {name} if dot else set()
        inside = parameter.within if dot else None
        if name in known or (name in holders and holders[name] != inside):
            yield f"{name} may be the name of something else, too", parameter.place
        if inside is None:
            known.add(name)
        else:
            holders[name] = inside


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
    names = {dest for call in draft.dataclasses if (dest := dest_of(call))}
    for name in names | names_of_fields(syntax):
        for node in syntax.named.get(name, ()):
            if isinstance(node, ast.Attribute) and not isinstance(node.ctx, ast.Load):
                holders = flow.meanings(node.value)
                if any(isinstance(m, Dataclasses) for m in holders) or any(
                    parts_within(m, name, flow) for m in holders
                ):
                    yield f"{ast.unparse(node)} is set anew", syntax.place(node)
