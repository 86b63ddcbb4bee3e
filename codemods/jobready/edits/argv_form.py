"""Form ``argv``: the job's config joins the command line, at each parse."""

from __future__ import annotations

import ast
import re
from collections.abc import Collection
from dataclasses import replace

from jobready.edits.job_args import branches, plain, recognise, unsupported
from jobready.edits.plan import InitEdit, JobArgs, ParseEdit, Plan
from jobready.outcome import Reason, Refused, Unchanged
from jobready.script.flow import Arguments, ArgumentsDict, Flow, Rest
from jobready.script.model import Expression, Init, Parse, Place, Script
from jobready.script.parsers import reads_launch
from jobready.script.reaching import is_above
from jobready.script.syntax import Scope, Syntax

FUNCTION_NAMES = ("job_args", "launched_args", "wandb_job_args")
PARSER_NAMES = ("parser", "arg_parser", "argument_parser")
# What the emitted function uses of Python's own names.
BUILTINS = frozenset(
    (
        *("Exception", "any", "bool", "dict", "float", "getattr", "int", "isinstance"),
        *("list", "map", "object", "reversed", "str", "tuple", "type"),
    )
)
# The types of a switch that True turns on.
GATES = ("none", "bool", "boolean")
RANKS = frozenset(("local_rank", "local-rank"))
RANK_VARIABLE = re.compile(
    r"""['"](?:LOCAL_|GROUP_|NODE_)?RANK['"]|SLURM_(?:LOCAL|PROC)ID"""
)
# A parameter with such a word in its name is kept out of a config that wasn't there.
SECRET_WORDS = frozenset(
    ["key", "apikey", "token", "password", "passwd", "secret", "credentials"]
)
NOT_SECRET = frozenset(["tokens", "num", "max", "n", "per", "special"])


def plan(script: Script, *, unsafe_fixes: bool = False) -> Plan | Unchanged | Refused:
    """The edits of form argv, or why there are none."""
    problems = list(_problems(script))
    if problems:
        return Refused(tuple(problems))
    renamed = _renamed(script)
    if isinstance(renamed, Reason):
        return Refused((renamed,))
    opened = _opened(script) if unsafe_fixes else ()
    needed = branches([p for m in script.parsers for p in m.parameters])
    ranks = _ranks(script)
    emitted = JobArgs(
        FUNCTION_NAMES[0], needed, renamed, opened, tuple(r for r, _ in ranks)
    )
    existing = [_existing(parse, script) for parse in script.parses]
    functions = {f for f in existing if f is not None}
    inits = [_init_edit(i, script) for i in script.inits if not i.records]
    unplaced = [r for r in inits if isinstance(r, Reason)]
    if unplaced:
        return Refused(tuple(unplaced))
    init_edits = tuple(e for e in inits if isinstance(e, InitEdit))
    if functions:
        return _again(script, functions, existing, emitted, init_edits)
    name = _free(FUNCTION_NAMES, script.syntax)
    edits = _parse_edits(script, name)
    if isinstance(edits, Refused):
        return edits
    imports = _imports(script)
    if isinstance(imports, Refused):
        return imports
    return Plan(
        form="argv",
        reasons=tuple(_notes(script, dict(opened))),
        parses=edits,
        inits=init_edits,
        job_args=replace(emitted, name=name),
        imports=imports,
    )


def _again(
    script: Script,
    functions: set[ast.FunctionDef],
    existing: list[ast.FunctionDef | None],
    emitted: JobArgs,
    inits: tuple[InitEdit, ...],
) -> Plan | Unchanged | Refused:
    """A script that has the function already: up to date, to be renewed, or edited."""
    syntax: Syntax = script.syntax
    function = min(functions, key=lambda f: f.lineno)
    place = syntax.place(function)
    if len(functions) > 1:
        text = "there are two functions that read the job's config"
        return Refused((_reason(text, place),))
    found = recognise(function)
    if found is None:
        text = (
            f"{function.name} was edited by hand: delete it and its calls to have it anew"
        )
        return Refused((_reason(text, place),))
    missing = [p for p, f in zip(script.parses, existing, strict=True) if f is None]
    name = function.name
    edits: tuple[ParseEdit, ...] = ()
    if missing:
        made = _parse_edits(script, name, missing)
        if isinstance(made, Refused):
            return made
        edits = made
    _, renamed, opened = plain(function)
    same = found == emitted.branches and renamed == dict(emitted.renamed)
    # a gate that was opened once stays open
    gates = emitted.opened or tuple(opened.items())
    same = same and opened == dict(gates)
    if same and not edits and not inits:
        return Unchanged((_reason("takes launched values already", place),))
    renewed = None if same else replace(emitted, name=name, opened=gates, replaces=function)
    return Plan(
        form="argv",
        reasons=(_reason(f"{name} is renewed for the parser as it is now", place),)
        if renewed
        else (),
        parses=edits,
        inits=inits,
        job_args=renewed,
    )


def _renamed(script: Script) -> tuple[tuple[str, str], ...] | Reason:
    """The pairs of a dest and the key that every run shows it under."""
    found: dict[str, str] = {}
    for init in script.inits:
        for dest, key in init.renamed:
            if found.setdefault(dest, key) != key:
                return _reason(
                    f"two runs show the parameter {dest!r} differently", init.place
                )
    for init in script.inits:
        if init.records and len(init.renamed) != len(found):
            return _reason("two runs show the parameters differently", init.place)
    hidden = [d for d in found if d.startswith("_")]
    if hidden:
        place = script.inits[0].place
        return _reason(f"the run shows {hidden[0]!r} under another name", place)
    return tuple(sorted(found.items()))


def _ranks(script: Script) -> list[tuple[str, Place]]:
    """The parameters that torchrun and its like set for each process of a run."""
    found = {
        p.name: p.place
        for p in script.parameters
        if p.name in RANKS
        or (isinstance(p.default, Expression) and RANK_VARIABLE.search(p.default.source))
    }
    return sorted(found.items())


def _opened(script: Script) -> tuple[tuple[str, object], ...]:
    """The switches that keep a run from starting, where they are off by default."""
    switches = {i.switch for i in script.inits if i.switch}
    return tuple(
        (p.name, True)
        for p in script.parameters
        if p.name in switches and p.default is False and p.type_kind in GATES
    )


def _problems(script: Script) -> list[Reason]:
    """What form argv can't give rightly."""
    found: list[Reason] = []
    for parser in script.parsers:
        for text, place in (*parser.unseen, *parser.oddities):
            found.append(_reason(text, place))
        if parser.commands is not None:
            found.append(
                _reason("the parser has commands (add_subparsers)", parser.commands)
            )
        found += unsupported(parser.parameters)
    for parse in script.parses:
        found += _shared_stages(parse, script)
    found += _hidden_builtins(script)
    for place in script.argv_uses:
        found.append(_reason("the script itself looks at sys.argv", place))
    if not any(m.parameters for m in script.parsers):
        found.append(Reason("no parameters were found on the parser"))
    return list(dict.fromkeys(found))


def _shared_stages(parse: Parse, script: Script) -> list[Reason]:
    """A second stage whose parser has parameters that the first stage has taken."""
    flow: Flow = script.flow
    if parse.words is None:
        return []
    rests = {m.parse for m in flow.meanings(parse.words) if isinstance(m, Rest)}
    ours = {p.name for m in parse.parsers for p in m.parameters}
    return [
        _reason(f"the first stage of the parse takes {p.name!r} too", parse.place)
        for stage in script.parses
        if stage.call in rests and stage.parsers != parse.parsers
        for m in stage.parsers
        for p in m.parameters
        if p.name in ours
    ][:1]


def _hidden_builtins(script: Script) -> list[Reason]:
    """Names of the module that hide builtins which the emitted function uses."""
    module = script.syntax.module.bindings
    return [
        _reason(f"{name} no longer stands for the builtin", script.syntax.place(b[0].node))
        for name, b in module.items()
        if name in BUILTINS
    ]


def _existing(parse: Parse, script: Script) -> ast.FunctionDef | None:
    """The function that this parse gets launched values from already."""
    flow: Flow = script.flow
    if parse.words is None:
        return None
    for node in ast.walk(parse.words):
        if isinstance(node, ast.Call):
            function = flow.function(node.func)
            if isinstance(function, ast.FunctionDef) and reads_launch(function):
                return function
    return None


def _parse_edits(
    script: Script, name: str, parses: list[Parse] | None = None
) -> tuple[ParseEdit, ...] | Refused:
    syntax: Syntax = script.syntax
    edits: list[ParseEdit] = []
    for parse in script.parses if parses is None else parses:
        assert isinstance(parse.call.func, ast.Attribute)
        receiver = parse.call.func.value
        hoist = None
        text = ast.unparse(receiver)
        if not _is_plain(receiver):
            hoist = text = _free(PARSER_NAMES, syntax, syntax.scope(parse.call))
            beside = [
                e for e in edits if syntax.statement(e.call) is syntax.statement(parse.call)
            ]
            if beside or not _can_hoist(parse, syntax):
                why = "the parser has no name and the statement leaves no room for one"
                return Refused((_reason(why, parse.place),))
        words = _words(parse, f"{name}({text})", script)
        if words is None:
            given = ast.unparse(parse.words or parse.call)
            why = f"can't tell what words the parse is given: {given}"
            return Refused((_reason(why, parse.place),))
        hidden = _hidden_sys(parse, words, script)
        if hidden is not None:
            return Refused((hidden,))
        edits.append(ParseEdit(parse.call, words, hoist))
    return tuple(edits)


def _hidden_sys(parse: Parse, words: str, script: Script) -> Reason | None:
    """Where a name of the function hides the module that the new words need."""
    name = _module_name("sys", script) or "sys"
    if f"{name}.argv" not in words:
        return None
    syntax: Syntax = script.syntax
    owner = syntax.owner(name, syntax.scope(parse.call))
    if owner is None or owner is syntax.module:
        return None
    return _reason(f"the name {name} stands for something else here", parse.place)


def _is_plain(node: ast.expr) -> bool:
    """Whether naming it twice is the same as naming it once."""
    while isinstance(node, ast.Attribute):
        node = node.value
    return isinstance(node, ast.Name)


def _can_hoist(parse: Parse, syntax: Syntax) -> bool:
    """Whether a line before the statement can make the parser."""
    statement = syntax.statement(parse.call)
    if not isinstance(statement, (ast.Assign, ast.Return, ast.Expr)):
        return False
    holder = syntax.parent[statement]
    for block in ("body", "orelse", "finalbody"):
        beside = getattr(holder, block, None)
        if isinstance(beside, list) and statement in beside:
            index = beside.index(statement)
            if index and beside[index - 1].end_lineno == statement.lineno:
                return False
            if index + 1 < len(beside) and beside[index + 1].lineno == statement.end_lineno:
                return False
    if isinstance(holder, ast.stmt) and holder.lineno == statement.lineno:
        return False
    return _comes_first(parse.call, statement, syntax)


def _comes_first(call: ast.Call, statement: ast.stmt, syntax: Syntax) -> bool:
    """Whether nothing of the statement is evaluated before the call."""
    inside: ast.AST = call
    for ancestor in syntax.ancestors(call):
        if ancestor is statement:
            return True
        if isinstance(ancestor, ast.Call):
            first = ancestor.args[:1] == [inside] and isinstance(ancestor.func, ast.Name)
            if not first and ancestor.func is not inside:
                return False
        elif isinstance(ancestor, (ast.Attribute, ast.Subscript)):
            if ancestor.value is not inside:
                return False
        else:
            return False
        inside = ancestor
    return False


def _words(parse: Parse, launched: str, script: Script) -> str | None:
    """The text of the words with the launched ones behind them."""
    syntax: Syntax = script.syntax
    flow: Flow = script.flow
    words = parse.words
    if words is None:
        return f"{_module_name('sys', script) or 'sys'}.argv[1:] + {launched}"
    text = ast.get_source_segment(_lf(syntax.text), words) or ast.unparse(words)
    if isinstance(words, ast.List):
        return f"{text} + {launched}" if words.elts else launched
    if isinstance(words, ast.Subscript) and flow.qualified(words.value) == "sys.argv":
        return f"{text} + {launched}"
    meanings = flow.meanings(words)
    if meanings and all(isinstance(m, Rest) for m in meanings):
        return f"{text} + {launched}"
    if isinstance(words, ast.Call) and _makes_list(words):
        return f"{text} + {launched}"
    if _may_be_none(words):
        argv = f"{_module_name('sys', script) or 'sys'}.argv[1:]"
        return f"[*({argv} if {text} is None else {text}), *{launched}]"
    return None


def _lf(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _makes_list(call: ast.Call) -> bool:
    """Whether the call returns a list for sure: ``text.split()``, ``shlex.split(text)``."""
    name = ast.unparse(call.func)
    return name in ("list", "sorted") or name.rpartition(".")[2] == "split"


def _may_be_none(words: ast.expr) -> bool:
    """Whether it is a name that costs nothing to look at twice; None means sys.argv."""
    return _is_plain(words)


def _init_edit(init: Init, script: Script) -> InitEdit | Reason:
    """``config=args`` for an init that has none: by a name that is seen there."""
    syntax: Syntax = script.syntax
    found = _arguments_name(init, script)
    if found is None:
        text = "wandb.init gets no config, and no name there holds the parsed arguments"
        return _reason(text, init.place)
    name, is_dict = found
    secrets = sorted(
        {p.name for m in script.parsers for p in m.parameters if looks_secret(p.name)}
    )
    if not secrets:
        return InitEdit(init.call, name)
    items = f"{name}.items()" if is_dict else f"vars({name}).items()"
    kept = ", ".join(f'"{s}"' for s in secrets)
    test = f"k != {kept}" if len(secrets) == 1 else f"k not in ({kept})"
    del syntax
    return InitEdit(init.call, f"{{k: v for k, v in {items} if {test}}}")


def looks_secret(name: str) -> bool:
    """Whether a parameter's name says that it holds a key, a token or a password."""
    parts = set(name.lower().replace("-", "_").split("_"))
    return bool(parts & SECRET_WORDS) and not parts & NOT_SECRET


def _arguments_name(init: Init, script: Script) -> tuple[str, bool] | None:
    """The innermost name of the arguments at the init; with True it is their dict."""
    syntax: Syntax = script.syntax
    here: Scope | None = syntax.scope(init.call)
    while here is not None:
        for name in here.bindings if not here.is_class else ():
            if syntax.owner(name, syntax.scope(init.call)) is here:
                kinds = {type(m) for m in script.flow.named_at(name, init.call)}
                pure = kinds in ({Arguments}, {ArgumentsDict})
                if pure and _is_bound_by(name, here, init, script):
                    return name, kinds == {ArgumentsDict}
        here = here.parent
    return None


def _is_bound_by(name: str, scope: Scope, init: Init, script: Script) -> bool:
    """Whether a name is bound whenever the init is reached."""
    bindings = scope.bindings[name]
    syntax: Syntax = script.syntax
    if syntax.scope(init.call) is scope:
        return any(is_above(b, init.call, syntax) for b in bindings)
    starts = _starts(init.call, scope, script)
    return bool(starts) and all(
        any(is_above(b, start, syntax) for b in bindings) for start in starts
    )


def _starts(init: ast.Call, scope: Scope, script: Script) -> list[ast.Call]:
    """The calls in ``scope`` by which the function that holds the init is reached."""
    syntax: Syntax = script.syntax
    uses = script.flow.uses
    found: list[ast.Call] = []
    seen: set[ast.AST] = set()
    waiting = [syntax.scope(init).node]
    while waiting:
        function = waiting.pop()
        if function in seen:
            continue
        seen.add(function)
        calls = [*uses.calls.get(function, []), *uses.handed_over.get(function, [])]
        owner = syntax.parent.get(function)
        if isinstance(owner, ast.ClassDef):
            waiting.append(owner)  # a method runs where its object was made, or later
        for call in calls:
            if syntax.scope(call) is scope:
                found.append(call)
            else:
                waiting.append(syntax.scope(call).node)
    return found


def _imports(script: Script) -> tuple[str, ...] | Refused:
    """The modules that the emitted lines use and the file doesn't import yet."""
    missing = []
    for module in ("argparse", "os", "sys"):
        if module == "sys" and not any(_needs_sys(p, script) for p in script.parses):
            continue
        if _module_name(module, script) is not None:
            continue
        taken = script.syntax.module.bindings.get(module, [])
        if any(b.kind != "import" for b in taken):
            place = script.syntax.place(taken[0].node)
            text = f"the name {module} stands for something else than the module"
            return Refused((_reason(text, place),))
        missing.append(module)
    return tuple(missing)


def _needs_sys(parse: Parse, script: Script) -> bool:
    if parse.words is None:
        return True
    flow: Flow = script.flow
    meanings = flow.meanings(parse.words)
    if meanings and all(isinstance(m, Rest) for m in meanings):
        return False
    return _may_be_none(parse.words)


def _module_name(module: str, script: Script) -> str | None:
    """The name under which the whole file can use a module; None where it can't yet."""
    syntax: Syntax = script.syntax
    first = min((p.place.line for p in script.parses), default=1)
    for name, bindings in syntax.module.bindings.items():
        for binding in bindings:
            node = binding.node
            plain = isinstance(node, ast.Import) and syntax.parent[node] is syntax.tree
            if not plain or len(bindings) != len(
                [b for b in bindings if b.kind == "import"]
            ):
                continue
            assert isinstance(node, ast.Import)
            for alias in node.names:
                bound = alias.asname or alias.name.partition(".")[0]
                whole = alias.name if alias.asname else alias.name.partition(".")[0]
                if bound == name and whole == module and node.lineno <= first:
                    return name
    return None


def module_names(script: Script) -> dict[str, str]:
    """The names of the modules that the emitted lines use."""
    return {m: _module_name(m, script) or m for m in ("argparse", "os", "sys")}


def _free(names: tuple[str, ...], syntax: Syntax, scope: Scope | None = None) -> str:
    """The first name that the file doesn't use."""
    used = syntax.names()
    if scope is not None:
        # a name of another function is free here
        used = {n for n in used if syntax.owner(n, scope) is not None}
    for name in names:
        if name not in used:
            return name
    number = 2
    while f"{names[0]}_{number}" in used:
        number += 1
    return f"{names[0]}_{number}"


def _notes(script: Script, opened: Collection[str]) -> list[Reason]:
    """What a reader of the diff should know beside it."""
    notes = []
    for init in script.inits:
        if init.gate is not None:
            test, place = init.gate
            text = f"note: the run only starts where `{test}` holds; give it to the job"
            if init.switch in opened:
                text = (
                    f"note: in a job `{test}` holds unless the job's config says otherwise"
                )
            notes.append(_reason(text, place))
        for text, place in init.notes:
            notes.append(_reason(f"note: {text}", place))
    for name, place in _ranks(script):
        notes.append(
            _reason(f"note: {name} is left to the launcher of each process", place)
        )
    told: set[str] = set()
    for overwrite in script.overwrites:
        if overwrite.counts and overwrite.name not in told:
            told.add(overwrite.name)
            text = f"note: {overwrite.name} is overwritten; a clone overwrites it again"
            notes.append(_reason(text, overwrite.place))
    return notes


def _reason(text: str, place: Place) -> Reason:
    return Reason(text, place.line, place.column)
