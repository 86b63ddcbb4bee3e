"""Finding the parsers of a file, what is added to them, and where they parse."""

from __future__ import annotations

import ast
from dataclasses import dataclass, field, replace

from jobready.script.flow import PARSE_METHODS, Flow
from jobready.script.meanings import Group, Meaning, Parser
from jobready.script.model import Expression, Parameter, Parse, ParserModel, Place
from jobready.script.parameters import read_parameter
from jobready.script.syntax import FUNCTIONS, Syntax
from jobready.script.values import literal

# What may be done with a parser without adding a parameter to it.
HARMLESS = {
    "print_help",
    "print_usage",
    "format_help",
    "format_usage",
    "error",
    "exit",
    "get_default",
    "description",
    "epilog",
    "prog",
    "usage",
    "formatter_class",
    "_action_groups",
    "_optionals",
    "_positionals",
    "_get_kwargs",
}
HARMLESS_CALLS = {
    "argcomplete.autocomplete",
    "print",
    "isinstance",
    "id",
    "type",
    "vars",
}
LOOPS = (ast.For, ast.AsyncFor, ast.While, ast.ListComp, ast.GeneratorExp, ast.SetComp)


@dataclass
class _Draft:
    """A parser while its parts are being collected."""

    call: ast.Call
    parameters: list[Parameter] = field(default_factory=list)
    unseen: list[tuple[str, Place]] = field(default_factory=list)
    defaults: dict[str, object] = field(default_factory=dict)
    commands: Place | None = None
    parents: list[ast.Call] = field(default_factory=list)
    oddities: list[tuple[str, Place]] = field(default_factory=list)


def read_parsers(
    syntax: Syntax, flow: Flow
) -> tuple[list[ParserModel], list[Parse], list[tuple[str, Place]]]:
    """The parsers of a file, their parses, and the parses whose parser isn't known."""
    drafts: dict[ast.Call, _Draft] = {}
    for node in syntax.nodes:
        if (
            isinstance(node, ast.Call)
            and flow.qualified(node.func) == "argparse.ArgumentParser"
        ):
            drafts[node] = _begin(node, syntax, flow)
    parses: list[tuple[ast.Call, list[ast.Call]]] = []
    strange: list[tuple[str, Place]] = []
    written = {n for f in syntax.nodes if reads_launch(f) for n in ast.walk(f)}
    for node in syntax.nodes:
        if node in written:
            continue  # the function that jobready wrote
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            if node.func.attr in PARSE_METHODS:
                _read_parse(node, node.func, flow, syntax, parses, strange)
        if isinstance(node, (ast.Name, ast.Attribute, ast.Call)) and drafts:
            for meaning in _parser_meanings(node, flow):
                owner = meaning if isinstance(meaning, Parser) else meaning.parser
                kind = meaning.kind if isinstance(meaning, Group) else ""
                _read_use(node, kind, drafts[owner.call], syntax, flow)
    _inherit(drafts)
    models = {call: _finish(draft, syntax) for call, draft in drafts.items()}
    return (
        list(models.values()),
        [
            Parse(call, syntax.place(call), tuple(models[p] for p in owners), _words(call))
            for call, owners in parses
        ],
        strange,
    )


def reads_launch(node: ast.AST) -> bool:
    """Whether it is a function that takes the config of a launched job."""
    if not isinstance(node, FUNCTIONS):
        return False
    imports = (n for s in node.body for n in ast.walk(s) if isinstance(n, ast.ImportFrom))
    return any(a.name == "load_wandb_config" for i in imports for a in i.names)


def _begin(call: ast.Call, syntax: Syntax, flow: Flow) -> _Draft:
    """What the constructor call itself says."""
    draft = _Draft(call)
    for keyword in call.keywords:
        place = syntax.place(keyword.value)
        if keyword.arg is None:
            draft.unseen.append(("the parser is made with **keywords", place))
        elif keyword.arg == "parents":
            _read_parents(keyword.value, draft, syntax, flow)
        elif keyword.arg == "prefix_chars" and "-" not in str(literal(keyword.value)):
            draft.oddities.append(("the parser's options don't start with '-'", place))
        elif keyword.arg == "fromfile_prefix_chars":
            draft.oddities.append(("the parser reads words from files", place))
        elif keyword.arg == "argument_default" and literal(keyword.value) is not None:
            draft.oddities.append(("the parser sets argument_default", place))
    return draft


def _read_parents(node: ast.expr, draft: _Draft, syntax: Syntax, flow: Flow) -> None:
    elements = node.elts if isinstance(node, (ast.List, ast.Tuple)) else [node]
    for element in elements:
        for meaning in flow.meanings(element):
            if isinstance(meaning, Parser):
                draft.parents.append(meaning.call)
            else:
                text = "a parent parser comes from elsewhere"
                draft.unseen.append((text, syntax.place(element)))


def _parser_meanings(node: ast.expr, flow: Flow) -> list[Parser | Group]:
    if isinstance(getattr(node, "ctx", None), (ast.Store, ast.Del)):
        return []
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        if node.func.attr not in ("add_argument_group", "add_mutually_exclusive_group"):
            if not flow.function(node.func) and flow.qualified(node.func) is None:
                return []
    found: list[Meaning] = list(flow.meanings(node))
    return [m for m in found if isinstance(m, (Parser, Group))]


def _read_parse(
    call: ast.Call,
    method: ast.Attribute,
    flow: Flow,
    syntax: Syntax,
    parses: list[tuple[ast.Call, list[ast.Call]]],
    strange: list[tuple[str, Place]],
) -> None:
    meanings = flow.meanings(method.value)
    owners = [m.call for m in meanings if isinstance(m, Parser)]
    unpacked = [k.value for k in call.keywords if k.arg is None]
    if owners and unpacked:
        where = f"the parse is given **{ast.unparse(unpacked[0])}, which may hold its words"
        strange.append((where, syntax.place(unpacked[0])))
        return
    if owners and len(owners) == len(meanings):
        parses.append((call, owners))
        return
    text = ast.unparse(method.value)
    if len(text) > 40:
        text = text[:37] + "…"
    where = f"the parser {text!r} is not made in this file by argparse.ArgumentParser"
    strange.append((where, syntax.place(call)))


def _words(call: ast.Call) -> ast.expr | None:
    """The words a parse is given; None where it takes those of the command line."""
    words = call.args[0] if call.args else None
    for keyword in call.keywords:
        if keyword.arg == "args":
            words = keyword.value
    if isinstance(words, ast.Constant) and words.value is None:
        return None
    return words


def _read_use(
    node: ast.expr, group: str, draft: _Draft, syntax: Syntax, flow: Flow
) -> None:
    """One place where a parser (or a group of it) is used."""
    parent = syntax.parent[node]
    if isinstance(parent, ast.Attribute) and parent.value is node:
        _read_member(parent, group, draft, syntax, flow)
    elif isinstance(parent, ast.Call) and node is not parent.func:
        if _passes_outside(parent, flow):
            text = ast.unparse(parent.func)
            where = f"the parser is passed to {text}(), which may add parameters"
            draft.unseen.append((where, syntax.place(node)))
    elif isinstance(parent, ast.keyword):
        call = syntax.parent[parent]
        if isinstance(call, ast.Call) and _passes_outside(call, flow):
            text = ast.unparse(call.func)
            where = f"the parser is passed to {text}(), which may add parameters"
            draft.unseen.append((where, syntax.place(node)))
    elif not _is_followed(node, parent, syntax):
        where = "the parser goes a way that isn't followed, where parameters may be added"
        draft.unseen.append((where, syntax.place(node)))


def _is_followed(node: ast.expr, parent: ast.AST, syntax: Syntax) -> bool:
    """Whether `Flow` knows where the value goes from here, or it goes nowhere."""
    if isinstance(
        parent, (ast.Return, ast.Expr, ast.Compare, ast.If, ast.IfExp, ast.BoolOp)
    ):
        return True
    if isinstance(parent, ast.NamedExpr):
        return parent.value is node
    if isinstance(parent, (ast.Assign, ast.AnnAssign)):
        targets = parent.targets if isinstance(parent, ast.Assign) else [parent.target]
        return all(
            isinstance(t, ast.Name)
            or (isinstance(t, ast.Attribute) and ast.unparse(t.value) in ("self", "cls"))
            for t in targets
        )
    if isinstance(parent, (ast.List, ast.Tuple)):
        holder = syntax.parent[parent]
        if isinstance(holder, ast.keyword) and holder.arg == "parents":
            return True
        if isinstance(holder, ast.Assign):
            return all(isinstance(t, (ast.Tuple, ast.List)) for t in holder.targets)
        return isinstance(holder, ast.Return)
    return isinstance(parent, (ast.withitem, ast.FormattedValue, ast.keyword))


def _passes_outside(call: ast.Call, flow: Flow) -> bool:
    """Whether what is passed to ``call`` leaves what this file shows."""
    if flow.function(call.func) is not None or flow.definition(call.func) is not None:
        return False
    name = flow.qualified(call.func) or ast.unparse(call.func)
    return name not in HARMLESS_CALLS


def _read_member(
    member: ast.Attribute, group: str, draft: _Draft, syntax: Syntax, flow: Flow
) -> None:
    call = syntax.parent[member]
    place = syntax.place(member)
    called = isinstance(call, ast.Call) and call.func is member
    if member.attr == "add_argument" and isinstance(call, ast.Call) and called:
        parameter = read_parameter(call, group, syntax, flow)
        looped = any(isinstance(a, LOOPS) for a in syntax.ancestors(call))
        if parameter is None or (looped and parameter.name == ""):
            draft.unseen.append(
                ("parameters are added whose names are made at run time", place)
            )
        else:
            draft.parameters.append(parameter)
    elif member.attr == "set_defaults" and isinstance(call, ast.Call) and called:
        _read_defaults(call, draft, place)
    elif member.attr == "add_subparsers":
        draft.commands = place
    elif member.attr in PARSE_METHODS or member.attr in HARMLESS:
        pass
    elif member.attr in ("add_argument_group", "add_mutually_exclusive_group"):
        pass  # what is added to the group is read where the group is used
    else:
        text = f"parser.{member.attr} may change what the parser takes"
        draft.unseen.append((text, place))


def _read_defaults(call: ast.Call, draft: _Draft, place: Place) -> None:
    for keyword in call.keywords:
        if keyword.arg is None:
            draft.defaults["*"] = Expression(ast.unparse(keyword.value))
        else:
            draft.defaults[keyword.arg] = literal(keyword.value)
    del place


def _inherit(drafts: dict[ast.Call, _Draft]) -> None:
    """Give each parser the parameters of its parents."""
    done: set[ast.Call] = set()

    def visit(call: ast.Call) -> None:
        if call in done:
            return
        done.add(call)
        draft = drafts[call]
        for parent in draft.parents:
            visit(parent)
            draft.parameters = drafts[parent].parameters + draft.parameters
            draft.unseen += drafts[parent].unseen
            draft.commands = draft.commands or drafts[parent].commands

    for call in list(drafts):
        visit(call)


def _finish(draft: _Draft, syntax: Syntax) -> ParserModel:
    parameters = {p.place: p for p in draft.parameters}
    ordered = sorted(parameters.values(), key=lambda p: (p.place.line, p.place.column))
    return ParserModel(
        call=draft.call,
        place=syntax.place(draft.call),
        parameters=tuple(_with_default(p, draft.defaults) for p in ordered),
        unseen=tuple(dict.fromkeys(draft.unseen)),
        commands=draft.commands,
        parents=tuple(draft.parents),
        oddities=tuple(draft.oddities),
    )


def _with_default(parameter: Parameter, defaults: dict[str, object]) -> Parameter:
    if "*" in defaults:
        return replace(parameter, default=defaults["*"], has_default=True)
    if parameter.name in defaults:
        return replace(parameter, default=defaults[parameter.name], has_default=True)
    return parameter
