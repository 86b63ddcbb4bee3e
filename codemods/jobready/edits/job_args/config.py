"""The line of the function that takes the job's config, where it isn't the plain one.

A run may show a parameter under another name than its dest; the launched value comes
under that name. A gate that keeps the run from starting may be opened under a launch.
"""

from __future__ import annotations

import ast
from collections.abc import Mapping, Sequence

# How the function takes the config: by the SDK, or itself where the SDK is too old.
SOURCES = ("load_wandb_config()", 'json.loads(os.environ["WANDB_CONFIG"])')
WIDTH = 88
# Stands among the ranks for whatever a Trainer records masked: as ``<HUB_TOKEN>``.
MASKED = "*_token"


def config_lines(
    renamed: Mapping[str, str],
    opened: Mapping[str, object],
    quote: str,
    ranks: Sequence[str] = (),
    source: str = SOURCES[0],
) -> list[str]:
    """The lines, without indent, that come in place of the plain ``config = source``.

    ``renamed`` maps a dest to the key that the run shows, ``opened`` a dest to the value
    that it has in a job whose config doesn't give it; ``ranks`` are dests that a launcher
    sets for each process, so that the config of one of them holds for no other, and
    `MASKED` where the config may have masks for values.
    """
    lines = []
    taken = f"dict({source})" if source == SOURCES[0] else source
    test = ""
    if ranks:
        test = f" if {_kept(ranks, quote)}"
        source = f"{{k: v for k, v in {taken}.items(){test}}}"
    if renamed:
        names = {key: dest for dest, key in renamed.items()}
        lines += _display("names", names, quote)
        source = f"{{names.get(k, k): v for k, v in {taken}.items(){test}}}"
    start, end = ("config.update(", ")") if opened else ("config = ", "")
    if 4 + len(start) + len(source) + len(end) > WIDTH:
        if not opened:
            source = _opened(source)
        else:  # the call is broken first, then the comprehension in it
            source = source if len(source) + 8 <= WIDTH else _opened(source, 12)
            source = "\n    " + source.replace("\n", "\n    ") + "\n"
    if opened:
        lines += _display("config", opened, quote)
    return [*lines, *f"{start}{source}{end}".splitlines()]


def _kept(ranks: Sequence[str], quote: str) -> str:
    """The test that an item of the config is for the parser."""
    left = [_text(r, quote) for r in ranks if r != MASKED]
    names = f"k not in ({', '.join(left)})" if len(left) > 1 else "".join(left)
    tests = [names if len(left) > 1 else f"k != {names}"] if left else []
    if MASKED in ranks:
        tests.append(f"v != f{quote}<{{k.upper()}}>{quote}")
    return " and ".join(tests)


def _opened(source: str, indent: int = 8) -> str:
    """A comprehension on lines that fit behind an indent, as black breaks it."""
    inner = source[1:-1]
    if len(inner) + indent <= WIDTH:
        return f"{{\n    {inner}\n}}"
    head, _, tail = inner.partition(" for k, v in ")
    loop, _, condition = tail.partition(" if ")
    return f"{{\n    {head}\n    for k, v in {loop}\n    if {condition}\n}}"


def _display(name: str, items: Mapping[str, object], quote: str) -> list[str]:
    """A dict as black lays it out: on one line, or one item on each."""
    pairs = [f"{_text(k, quote)}: {_text(v, quote)}" for k, v in items.items()]
    line = f"{name} = {{{', '.join(pairs)}}}"
    if len(line) + 4 <= WIDTH:
        return [line]
    return [f"{name} = {{", *(f"    {pair}," for pair in pairs), "}"]


def _text(value: object, quote: str) -> str:
    text = repr(value)
    if isinstance(value, str) and "'" not in value and '"' not in value:
        return f"{quote}{value}{quote}"
    return text


def plain(
    function: ast.FunctionDef,
) -> tuple[ast.FunctionDef, dict[str, str], dict[str, object]]:
    """The function with the plain line; then what was renamed and what opened."""
    try:
        return _plain(function)
    except ValueError:  # a dict that somebody filled by hand
        return function, {}, {}


def ranks_of(function: ast.FunctionDef) -> tuple[str, ...]:
    """The dests that the function leaves out of the config."""
    for node in ast.walk(function):
        if isinstance(node, ast.DictComp) and node.generators[0].ifs:
            test = node.generators[0].ifs[0]
            tests = test.values if isinstance(test, ast.BoolOp) else [test]
            return tuple(name for each in tests for name in _left_by(each))
    return ()


def _left_by(test: ast.expr) -> tuple[str, ...]:
    """The names that one test of `_kept` leaves out."""
    if not isinstance(test, ast.Compare):
        return ()
    if ast.unparse(test.left) == "v":
        return (MASKED,)
    if ast.unparse(test.left) != "k":
        return ()
    left = ast.literal_eval(test.comparators[0])
    return (left,) if isinstance(left, str) else tuple(left)


def _taking(statement: ast.stmt) -> list[ast.stmt]:
    """The plain line for one that takes the config in its own way."""
    for call in ast.walk(statement):
        if isinstance(call, ast.Call):
            if ast.unparse(call.func) in ("load_wandb_config", "json.loads"):
                return ast.parse(f"config = {ast.unparse(call)}").body
    return [statement]


def _plain(
    function: ast.FunctionDef,
) -> tuple[ast.FunctionDef, dict[str, str], dict[str, object]]:
    renamed: dict[str, str] = {}
    opened: dict[str, object] = {}
    body: list[ast.stmt] = []
    for statement in function.body:
        match statement:
            case ast.Assign(targets=[ast.Name(id="names")], value=ast.Dict() as items):
                renamed = {dest: key for key, dest in ast.literal_eval(items).items()}
            case ast.Assign(targets=[ast.Name(id="config")], value=ast.Dict() as items):
                opened = ast.literal_eval(items)
            case ast.Assign(targets=[ast.Name(id="config")]):
                body += _taking(statement)
            case ast.Expr(value=ast.Call(func=ast.Attribute(value=ast.Name(id="config")))):
                body += _taking(statement)
            case _:
                body.append(statement)
    copy = ast.FunctionDef(
        name=function.name,
        args=function.args,
        body=body,
        decorator_list=function.decorator_list,
        returns=function.returns,
    )
    return ast.fix_missing_locations(ast.copy_location(copy, function)), renamed, opened
