"""The commands by which a script starts its own file, and the options in them.

``[sys.executable, __file__, "--role", role]``, or a text:
``f"python train.py --role {x}"``.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path, PurePosixPath

from jobready.script.model import Script
from jobready.script.source.place import Place
from jobready.script.source.syntax import Syntax
from jobready.script.starts.own_start import BESIDE, STARTS, is_own_file, starts_itself
from jobready.script.values.flow import Flow
from jobready.script.values.functions import name_of
from jobready.script.values.meanings import ArgumentsDict

OWN = frozenset(("__file__", "argv"))
MODULE = frozenset(("-m", "--module"))
# What stands for options in a command that puts them together: ``f"--{name}"``.
PUT_TOGETHER = "--"
PUTS_TOGETHER = re.compile(r"(?:^|\s)--(?:$|[%{])")
# A command has the name of one of these, or `sys.executable`.
PROGRAMS = re.compile("python|executable|torchrun|accelerate|deepspeed|mpirun|srun")
# What is given texts that are no commands.
SAYS = frozenset(
    (
        *("ArgumentParser", "add_argument", "add_argument_group", "add_parser", "error"),
        *("print", "write", "exit", "log", "debug", "info", "warn", "warning", "critical"),
    )
)


@dataclass(frozen=True, eq=False)
class GivenWord:
    """An option that a file gives a script where it starts it: a word of a list, a text."""

    option: str
    node: ast.expr
    part: Syntax

    @property
    def place(self) -> Place:
        """Where it stands."""
        return self.part.place(self.node)


Found = Iterator[GivenWord]


def own_options(path: Path, options: set[str], entry: Syntax, flow: Flow) -> Found:
    """The options in the commands of a script that starts its own file."""
    in_list = _starts_file(entry)
    if in_list:
        yield from spelled(entry, options)
    if not any(_starts(call, flow) for call in entry.of(ast.Call)):
        return
    texts = [text for text in entry.of(ast.Constant) if _is_command(text, entry)]
    in_text = _holds_file(entry) or any(_names_file(t, path, entry) for t in texts)
    if not in_list and not in_text:
        return
    for text in texts:
        for word in str(text.value).split():
            if word.partition("=")[0] in options:
                yield GivenWord(word.partition("=")[0], text, entry)
        if _puts_together(text, entry, flow):
            yield GivenWord(PUT_TOGETHER, text, entry)


def own_starts(script: Script, path: Path, entry: Syntax) -> Found:
    """Where a script starts its own file, as a word of a list or in a text.

    Also without an option: what it doesn't say either is no value of the job's there.
    """
    flow: Flow = script.flow
    if not (script.parses and script.runs) or STARTS.isdisjoint(entry.named):
        return
    if starts_itself(script.syntax, flow) is not None:
        words = (w for node in entry.of(ast.List, ast.Tuple) for w in node.elts)
        held = [*words, *_put_into_texts(entry)]
        yield from (GivenWord("", word, entry) for word in held if _is_file(word, entry))
    if any(_starts(call, flow) for call in entry.of(ast.Call)):
        texts = [text for text in entry.of(ast.Constant) if _is_command(text, entry)]
        named = (text for text in texts if _names_file(text, path, entry))
        yield from (GivenWord("", text, entry) for text in named)


def spelled(part: Syntax, options: set[str]) -> Found:
    """The options that are words of the lists in a file."""
    for word in (w for node in part.of(ast.List, ast.Tuple) for w in node.elts):
        option = text_of(word).partition("=")[0]
        if option in options:
            yield GivenWord(option, word, part)


def is_module(dotted: str, module: tuple[str, ...]) -> bool:
    """Whether a module has the name, or is the ``__main__`` of a package that has it."""
    parts = tuple(dotted.split("."))
    if module[-1] == "__main__" and parts[-1] != "__main__":
        module = module[:-1]
    return module[-len(parts) :] == parts


def text_of(node: ast.expr) -> str:
    """A text, or how one begins that is put together; else nothing."""
    if isinstance(node, ast.JoinedStr) and node.values:
        node = node.values[0]
    text = node.value if isinstance(node, ast.Constant) else None
    return text if isinstance(text, str) else ""


def _starts_file(entry: Syntax) -> bool:
    """Whether a script may start a process with its own file as a word of a list."""
    if STARTS.isdisjoint(entry.named) or entry.named.keys().isdisjoint(OWN):
        return False
    words = (w for node in entry.of(ast.List, ast.Tuple) for w in node.elts)
    return any(_is_file(word, entry) for word in words)


def _starts(call: ast.Call, flow: Flow) -> bool:
    """Whether a call starts a program."""
    if name_of(call.func) not in STARTS:
        return False
    return (flow.qualified(call.func) or "").startswith(("subprocess.", "os.", "asyncio."))


def _is_command(text: ast.Constant, entry: Syntax) -> bool:
    """Whether a constant may be a part of a command, and not what the script says."""
    if not isinstance(text.value, str):
        return False
    holder = entry.parent[text]
    if isinstance(holder, ast.Expr):
        return False
    if "\n" in text.value and not isinstance(holder, ast.JoinedStr):
        return False  # of how to use it, say
    for around in entry.ancestors(text):
        called = name_of(around.func) if isinstance(around, ast.Call) else None
        if called in STARTS:
            return True
        if called in SAYS:
            return False
        if isinstance(around, (ast.Raise, ast.Assert, ast.Compare)):
            return False
        if isinstance(around, ast.stmt):
            return True
    return True


def _holds_file(entry: Syntax) -> bool:
    """Whether the script's own file is a part of a text that is put together."""
    if entry.named.keys().isdisjoint(OWN):
        return False
    return any(_is_file(part, entry) for part in _put_into_texts(entry))


def _put_into_texts(entry: Syntax) -> list[ast.expr]:
    """What the texts of a script are put together of."""
    parts: list[ast.expr] = []
    for node in entry.of(ast.JoinedStr, ast.BinOp, ast.Call):
        match node:
            case ast.JoinedStr(values=values):
                parts += [v.value for v in values if isinstance(v, ast.FormattedValue)]
            case ast.BinOp(op=ast.Mod(), right=ast.Tuple(elts=given)):
                parts += given
            case ast.BinOp(op=ast.Add(), left=left, right=right):
                parts += [left, right]
            case ast.BinOp(op=ast.Mod(), right=right):
                parts.append(right)
            case ast.Call(func=ast.Attribute(attr="format"), args=given):
                parts += given
    return [part for part in parts if not isinstance(part, ast.BinOp)]


def _names_file(text: ast.Constant, path: Path, entry: Syntax) -> bool:
    """Whether a part of a command names the script's file, or its module."""
    words = str(text.value).split()
    module = path.resolve().with_suffix("").parts
    return (
        any(PurePosixPath(word).name == path.name for word in words)
        or any(a in MODULE and is_module(b, module) for a, b in pairwise(words))
    ) and PROGRAMS.search(ast.unparse(entry.statement(text))) is not None


def _is_file(word: ast.expr, entry: Syntax) -> bool:
    return _is_program(word) or is_own_file(word, entry)


def _is_program(word: ast.expr) -> bool:
    """Whether it is ``sys.argv[0]``, or a call that is given that."""
    if isinstance(word, ast.Call):
        return name_of(word.func) not in BESIDE and any(map(_is_program, word.args))
    return ast.unparse(word) in ("sys.argv[0]", "argv[0]")


def _puts_together(text: ast.Constant, entry: Syntax, flow: Flow) -> bool:
    """Whether a text makes options of other names than those of the arguments."""
    if not PUTS_TOGETHER.search(str(text.value)):
        return False
    holder = entry.parent[text]
    if not isinstance(holder, (ast.JoinedStr, ast.BinOp, ast.Attribute)):
        return False
    sources: list[ast.expr] = []
    for around in entry.ancestors(text):
        if isinstance(around, ast.For):
            sources.append(around.iter)
        elif isinstance(around, (ast.ListComp, ast.GeneratorExp, ast.SetComp)):
            sources += [each.iter for each in around.generators]
    return not any(_are_arguments(source, flow) for source in sources)


def _are_arguments(source: ast.expr, flow: Flow) -> bool:
    """Whether a loop goes over the parsed arguments: ``vars(args).items()``."""
    match source:
        case ast.Call(func=ast.Attribute(value=held, attr="items"), args=[]):
            meanings = flow.meanings(held)
            direct = not isinstance(held, ast.Name)  # what has a name may be changed
            return direct and all(isinstance(m, ArgumentsDict) for m in meanings)
    return False
