"""What is done with a parser: which parameters are added to it, and what may add more."""

from __future__ import annotations

import ast
from dataclasses import replace

from jobready.script.model import Parameter
from jobready.script.parsers.command_uses import begin_commands
from jobready.script.parsers.fields.fields import read_added
from jobready.script.parsers.options.drafts import Draft
from jobready.script.parsers.options.forwarded import forwarded
from jobready.script.parsers.options.library_options import added_by, are_known
from jobready.script.parsers.options.looped_options import looped_options
from jobready.script.parsers.options.parameters import read_parameter
from jobready.script.parsers.options.spelled_keywords import Keywords, spelled_keywords
from jobready.script.parsers.options.surely_added import is_surely_added
from jobready.script.parsers.parser_settings import read_settings
from jobready.script.parsers.parser_ways import (
    is_copied,
    is_followed,
    is_held,
    passes_outside,
)
from jobready.script.source.syntax import Syntax
from jobready.script.values.dataclass_parts import ADDS
from jobready.script.values.flow import Flow
from jobready.script.values.functions import name_of
from jobready.script.values.meanings import Arguments
from jobready.script.values.nothing_given import NothingGiven
from jobready.script.values.parser_classes import (
    ARGPARSE,
    HF_PARSERS,
    LEAVING,
    PARSE_METHODS,
    READ_FILES,
    SIMPLE_PARSERS,
    argparse_members,
    members,
)

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
    # what stands in a file of words, which a job's are never in
    "convert_arg_line_to_args",
    # ConfigArgParse tells by these where each value is from
    "format_values",
    "print_values",
}
# Attributes of an action that change what is shown of it, not what it takes.
SHOWN_ONLY = {"completer", "help", "metavar"}
# What a script may look at of all actions, and by which functions.
LOOKED_AT = frozenset(("choices", "const", "default", "dest", "help", "metavar", "type"))
ACTIONS = frozenset(("_actions", "_group_actions"))
LOOKS = frozenset(("hasattr", "isinstance"))
# What adds one parameter; the last two are ConfigArgParse's.
ADDS_ONE = frozenset(("add_argument", "add", "add_arg"))
ADDS_FIELDS = "_add_dataclass_arguments"  # HfArgumentParser's, as it is in 4.0 to 5.24
CONFIG_FILE = frozenset(("is_config_file", "is_config_file_arg"))


def read_use(node: ast.expr, group: str, draft: Draft, syntax: Syntax, flow: Flow) -> None:
    """One place where a parser (or a group of it) is used."""
    parent = syntax.parent[node]
    if isinstance(parent, ast.Attribute) and parent.value is node:
        _read_member(parent, group, draft, syntax, flow)
    elif isinstance(parent, ast.Call) and node is not parent.func:
        if flow.qualified(parent.func) == f"{ARGPARSE}.__init__":
            read_settings(parent, draft, syntax, flow)
        else:
            _pass_on(node, parent, draft, syntax, flow)
    elif isinstance(parent, ast.keyword):
        call = syntax.parent[parent]
        if isinstance(call, ast.Call):
            _pass_on(node, call, draft, syntax, flow)
    elif not is_followed(node, parent, syntax):
        where = "the parser goes a way that isn't followed, where parameters may be added"
        _doubt(where, node, draft, syntax, flow)


def _doubt(text: str, node: ast.expr, draft: Draft, syntax: Syntax, flow: Flow) -> None:
    """Say that a parser may be another than the source shows.

    Once for all places where what looks so may be the arguments instead.
    """
    if any(isinstance(m, Arguments) for m in flow.meanings(node)):
        text = "this may be the parser, or what it has parsed"
        if any(told == text for told, _ in draft.unseen):
            return
    draft.unseen.append((text, syntax.place(node)))


def _pass_on(
    node: ast.expr, call: ast.Call, draft: Draft, syntax: Syntax, flow: Flow
) -> None:
    """A parser as argument of a call: what the called function is known to add to it."""
    name = flow.qualified(call.func)
    if name is not None and are_known(name):
        draft.parameters += added_by(name, syntax.place(call))
    elif is_copied(node, call, flow):
        pass  # what a copy gets is read where the copy is used
    elif NothingGiven(flow).excludes(call):
        pass  # ``if add_more is not None: add_more(parser)``, and nobody gives it
    elif passes_outside(call, flow):
        text = ast.unparse(call.func)
        where = f"the parser is passed to {text}(), which may add parameters"
        _doubt(where, node, draft, syntax, flow)
    elif isinstance(call.func, ast.Attribute) and is_held(call.func.value, flow):
        draft.by_objects = draft.by_objects or syntax.place(call)


def _read_member(
    member: ast.Attribute, group: str, draft: Draft, syntax: Syntax, flow: Flow
) -> None:
    call = syntax.parent[member]
    place = syntax.place(member)
    called = isinstance(call, ast.Call) and call.func is member
    if member.attr in ADDS_ONE and isinstance(call, ast.Call) and called:
        for each in forwarded(call, syntax, flow) or [call]:
            _add(each, each.func, group, draft, syntax, flow)
            _read_file(each, draft, syntax)
    elif member.attr in ADDS_ONE and (calls := _calls_by_name(member, syntax, flow)):
        for each in calls:
            _add(each, each.func, group, draft, syntax, flow)
    elif member.attr == ADDS and draft.made.library in SIMPLE_PARSERS and called:
        if isinstance(call, ast.Call):
            draft.dataclasses.append(call)
    elif member.attr == ADDS_FIELDS and draft.made.library in HF_PARSERS and called:
        if isinstance(call, ast.Call):
            _add_fields(call, draft, syntax, flow)
    elif member.attr == "set_defaults" and isinstance(call, ast.Call) and called:
        draft.defaults.append(call)
    elif member.attr in (PARSE_METHODS.keys() | READ_FILES | HARMLESS):
        if member.attr in LEAVING and isinstance(member.ctx, ast.Store):
            text = f"parser.{member.attr} is replaced, and may not leave the script"
            draft.oddities.append((text, place))
    elif member.attr in ("add_argument_group", "add_mutually_exclusive_group"):
        pass  # what is added to the group is read where the group is used
    elif member.attr == "add_subparsers" and isinstance(call, ast.Call) and called:
        begin_commands(call, draft, syntax)
    elif member.attr == "__init__" and isinstance(call, ast.Call) and called:
        read_settings(call, draft, syntax, flow)
    elif member.attr in ACTIONS and _only_looks(call, syntax):
        pass  # {a.dest: a.default for a in parser._actions}
    elif member.attr == "dataclass_types" and _is_gone_through(member, syntax):
        pass  # zip(values, self.dataclass_types)
    elif draft.made.own and member.attr not in (
        argparse_members() | members(draft.made.library)
    ):
        pass  # a method or an attribute of the script's own
    else:
        text = f"parser.{member.attr} may change what the parser takes"
        _doubt(text, member.value, draft, syntax, flow)


def _only_looks(loop: ast.AST, syntax: Syntax) -> bool:
    """Whether a loop takes of actions only what a launch leaves as it is."""
    if not isinstance(loop, (ast.comprehension, ast.For)):
        return False
    if not isinstance(loop.target, ast.Name):
        return False
    for node in ast.walk(loop if isinstance(loop, ast.For) else syntax.parent[loop]):
        if isinstance(node, ast.Name) and node.id == loop.target.id:
            above = syntax.parent[node]
            asks = isinstance(above, ast.Call) and ast.unparse(above.func) in LOOKS
            takes = isinstance(above, ast.Attribute) and _leaves(above, syntax)
            if node is not loop.target and not (asks or takes):
                return False
    return True


def _is_gone_through(member: ast.Attribute, syntax: Syntax) -> bool:
    """Whether all that is done with a tuple of the parser is to go through it."""
    holder = syntax.parent[member]
    if isinstance(holder, (ast.For, ast.comprehension)):
        return holder.iter is member
    if not isinstance(holder, ast.Call) or member not in holder.args:
        return False
    return ast.unparse(holder.func) in ("enumerate", "len", "zip")


def _leaves(attribute: ast.Attribute, syntax: Syntax) -> bool:
    """Whether an attribute of an action is only read, or is one that is only shown."""
    read = isinstance(attribute.ctx, ast.Load)
    if attribute.attr == "option_strings":  # ", ".join(action.option_strings)
        call = syntax.parent[attribute]
        return isinstance(call, ast.Call) and name_of(call.func) == "join"
    return attribute.attr in (LOOKED_AT if read else SHOWN_ONLY)


def _read_file(call: ast.Call, draft: Draft, syntax: Syntax) -> None:
    """A parameter of ConfigArgParse that names a file: by its text, for any other fails."""
    given = {k.arg: k.value for k in call.keywords}
    type_ = given.get("type")
    if not given.keys() & CONFIG_FILE or type_ is None or ast.unparse(type_) == "str":
        return
    text = f"the file of settings is given by another type, {ast.unparse(type_)}"
    draft.oddities.append((text, syntax.place(call)))


def _add(
    call: ast.Call, at: ast.expr, group: str, draft: Draft, syntax: Syntax, flow: Flow
) -> None:
    calls = looped_options(call, syntax, flow) or [call]
    every = [_each_way(each, group, syntax, flow) for each in calls]
    if not all(every):
        text = "a parameter is added of which only a run tells what it is"
        draft.unseen.append((text, syntax.place(at)))
        return
    for index, parameter in enumerate(p for ways in every for p in ways):
        column = parameter.place.column + index  # they are told apart by their places
        place = replace(parameter.place, column=column)
        if place in draft.added and draft.added[place].func is not call.func:
            text = "more options are added here than can be told apart"
            draft.unseen.append((text, place))
        draft.parameters.append(replace(parameter, place=place))
        draft.added[place] = call
    _read_action(call, draft, syntax)


def _each_way(call: ast.Call, group: str, syntax: Syntax, flow: Flow) -> list[Parameter]:
    """What a call adds, by each way to ``**kwargs`` where it has them; none if unsure.

    An option that the source names is the same on all of them, but for what is shown of it.
    """
    if all(k.arg is not None for k in call.keywords):
        parameter = read_parameter(call, group, syntax, flow)
        return [] if parameter is None else [parameter]
    found: list[Parameter] = []
    for way in spelled_keywords(call, syntax):
        parameter = read_parameter(_given(call, way, syntax), group, syntax, flow)
        if parameter is None:
            return []
        if replace(parameter, help=None) not in [replace(p, help=None) for p in found]:
            found.append(parameter)
    return [] if len(found) > 1 and found[0].named else found


def _given(call: ast.Call, keywords: Keywords, syntax: Syntax) -> ast.Call:
    """The call as if it gave the keywords of a dict itself."""
    own = [k for k in call.keywords if k.arg is not None]
    more = [ast.keyword(name, value) for name, value in keywords.items()]
    return syntax.put_at(ast.Call(call.func, call.args, own + more), call)


def _add_fields(call: ast.Call, draft: Draft, syntax: Syntax, flow: Flow) -> None:
    """A dataclass more of HfArgumentParser, which gets it in any case."""
    plain = len(call.args) == 1 and not call.keywords
    if not plain or not is_surely_added(call, draft.call, syntax, flow):
        text = "only a run tells whether the parser gets this dataclass"
        draft.unseen.append((text, syntax.place(call)))
        return
    parameters, problems = read_added(call, syntax, flow)
    draft.parameters += parameters
    draft.unseen += problems


def _calls_by_name(member: ast.Attribute, syntax: Syntax, flow: Flow) -> list[ast.Call]:
    """The calls of ``add``, where ``add = parser.add_argument`` is only called.

    Also of ``partial(parser.add_argument, type=float)``, with what that gives to each.
    """
    holder = syntax.parent[member]
    always: list[ast.keyword] = []
    if isinstance(holder, ast.Call) and holder.args == [member]:
        if flow.qualified(holder.func) == "functools.partial":
            always, holder = holder.keywords, syntax.parent[holder]
    if not isinstance(holder, ast.Assign) or len(holder.targets) != 1:
        return []
    name = holder.targets[0]
    if not isinstance(name, ast.Name):
        return []
    scope = syntax.owner(name.id, syntax.scope(name))
    if len(syntax.bindings(name.id, syntax.scope(name))) != 1:
        return []
    calls = []
    for node in syntax.named.get(name.id, ()):
        if node is name or not isinstance(node, ast.Name):
            continue
        if syntax.owner(node.id, syntax.scope(node)) is scope:
            call = syntax.parent[node]
            if not isinstance(call, ast.Call) or call.func is not node:
                return []
            calls.append(_with_keywords(call, always, syntax))
    return calls


def _with_keywords(call: ast.Call, always: list[ast.keyword], syntax: Syntax) -> ast.Call:
    """The call as if it gave these keywords too, where it doesn't give its own."""
    given = {k.arg for k in call.keywords}
    more = [k for k in always if k.arg not in given]
    if not more:
        return call
    return syntax.put_at(ast.Call(call.func, call.args, more + call.keywords), call)


def _read_action(call: ast.Call, draft: Draft, syntax: Syntax) -> None:
    """What is set on the action that ``add_argument`` returns."""
    holder = syntax.parent[call]
    held: list[ast.AST] = [call]
    if isinstance(holder, (ast.Assign, ast.AnnAssign, ast.NamedExpr)):
        targets = holder.targets if isinstance(holder, ast.Assign) else [holder.target]
        names = [t.id if isinstance(t, ast.Name) else ast.unparse(t) for t in targets]
        held += [n for name in names for n in syntax.named.get(name.split(".")[-1], ())]
    for node in held:
        above = syntax.parent[node]
        if not isinstance(above, ast.Attribute) or above.value is not node:
            continue
        if isinstance(above.ctx, ast.Store) and above.attr not in SHOWN_ONLY:
            text = f"{ast.unparse(above)} changes a parameter that was added"
            draft.unseen.append((text, syntax.place(above)))


# What is made of a dict's keys alone.
_OF_KEYS = ("set", "frozenset", "list", "tuple", "sorted", "len")


def asks_for_names(call: ast.Call, syntax: Syntax) -> bool:
    """Whether a parse of no words is only made to see which parameters there are.

    ``known = set(vars(parser.parse_args([])))`` has none of their values, so that no job's
    can count in it.
    """
    words = call.args[0] if len(call.args) == 1 and not call.keywords else None
    if not isinstance(words, ast.List) or words.elts:
        return False
    shown = syntax.parent[call]
    if not (isinstance(shown, ast.Call) and ast.unparse(shown.func) == "vars"):
        return False
    user = syntax.parent[shown]
    if isinstance(user, ast.Attribute):
        return user.attr == "keys"
    return (
        isinstance(user, ast.Call)
        and isinstance(user.func, ast.Name)
        and user.func.id in _OF_KEYS
        and user.args == [shown]
        and not user.keywords
    )
