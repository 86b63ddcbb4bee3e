"""Form ``argv``: the job's config joins the command line, at each parse."""

from __future__ import annotations

import ast
from collections.abc import Collection
from dataclasses import replace

from jobready.edits.job_args import branches, plain, recognise, unsupported
from jobready.edits.plan import InitEdit, JobArgs, ParseEdit, Plan
from jobready.outcome import Reason, Refused, Unchanged
from jobready.script.flow import Arguments, ArgumentsDict, Flow, Rest
from jobready.script.model import Init, Parse, Place, Script
from jobready.script.parsers import reads_launch
from jobready.script.syntax import Scope, Syntax

FUNCTION_NAMES = ("job_args", "launched_args", "wandb_job_args")
PARSER_NAMES = ("parser", "arg_parser", "argument_parser")
# The types of a switch that True turns on.
GATES = ("none", "bool", "boolean")
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
    emitted = JobArgs(FUNCTION_NAMES[0], needed, renamed, opened)
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
    for place in script.argv_uses:
        found.append(_reason("the script itself looks at sys.argv", place))
    if not any(m.parameters for m in script.parsers):
        found.append(Reason("no parameters were found on the parser"))
    return list(dict.fromkeys(found))


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
            if not _can_hoist(parse, syntax):
                why = "the parser has no name and the statement leaves no room for one"
                return Refused((_reason(why, parse.place),))
        words = _words(parse, f"{name}({text})", script)
        if words is None:
            given = ast.unparse(parse.words or parse.call)
            why = f"can't tell what words the parse is given: {given}"
            return Refused((_reason(why, parse.place),))
        edits.append(ParseEdit(parse.call, words, hoist))
    return tuple(edits)


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
    return all(
        not isinstance(
            a, (ast.Lambda, ast.ListComp, ast.GeneratorExp, ast.IfExp, ast.BoolOp)
        )
        for a in syntax.ancestors(parse.call)
        if isinstance(a, ast.expr)
    )


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
                if pure and _is_bound_by(name, here, init, syntax):
                    return name, kinds == {ArgumentsDict}
        here = here.parent
    return None


def _is_bound_by(name: str, scope: Scope, init: Init, syntax: Syntax) -> bool:
    """Whether a name of the init's own scope is bound above it."""
    if syntax.scope(init.call) is not scope:
        return True
    first = min(syntax.place(b.node).line for b in scope.bindings[name])
    return first < init.place.line


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
    told: set[str] = set()
    for overwrite in script.overwrites:
        if overwrite.counts and overwrite.name not in told:
            told.add(overwrite.name)
            text = f"note: {overwrite.name} is overwritten; a clone overwrites it again"
            notes.append(_reason(text, overwrite.place))
    return notes


def _reason(text: str, place: Place) -> Reason:
    return Reason(text, place.line, place.column)
