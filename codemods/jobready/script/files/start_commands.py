"""The commands by which the files of a script start it, and the options in them.

``[sys.executable, __file__, "--role", role]``, or a text:
``f"python train.py --role {x}"``.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from jobready.script.files.own_file import LOOKS_UP, OwnFile
from jobready.script.files.own_names import LISTS, MODULE, text_of
from jobready.script.source.place import Place
from jobready.script.source.syntax import Syntax
from jobready.script.starts.own_start import ADDS, SAYS, STARTERS, STARTS, TAKES_WORDS
from jobready.script.values.flow import Flow
from jobready.script.values.functions import name_of
from jobready.script.values.meanings import ArgumentsDict

# What stands for options in a command that puts them together: ``f"--{name}"``.
PUT_TOGETHER = "--"
PUTS_TOGETHER = re.compile(r"(?:^|\s)--(?:$|[%{])")
# A command has the name of one of these, or `sys.executable`.
PROGRAMS = re.compile("python|executable|torchrun|accelerate|deepspeed|mpirun|srun")
# What may be given a command and starts none.
ONLY_TELLS = SAYS | {"append", "extend", "format", "join", "len", "list", "str", "tuple"}


@dataclass(frozen=True, eq=False)
class GivenWord:
    """What a file gives a script where it starts it: an option, or none, but its name.

    ``node`` is a word of a list, or a text.
    """

    option: str
    node: ast.expr
    part: Syntax

    @property
    def place(self) -> Place:
        """Where it stands."""
        return self.part.place(self.node)


Found = Iterator[GivenWord]


@dataclass(frozen=True)
class Commands:
    """What a part does with the file of the script.

    ``words`` are what may be that file in its lists, texts and calls, ``flow`` is that of
    the script where the part is followed, else one of its own.
    """

    part: Syntax
    words: list[ast.expr]
    own: OwnFile
    flow: Flow
    options: set[str]

    def given(self) -> Found:
        """The options in commands that may start the script."""
        words = list(self._commanding())
        listed = [w for w in words if not _is_of_text(w, self.part)]
        starts = not (STARTS | TAKES_WORDS).isdisjoint(self.part.named)
        if listed and (starts or any(self._is_command(w) for w in listed)):
            yield from spelled(self.part, self.options)
        if words and any(map(self._starts, self._starters())):
            yield from self._in_texts()

    def runs_it(self) -> bool:
        """Whether a program may be started here that is given the file."""
        return any(self._runs(call) for call in self.own.calls)

    def started(self, *, is_run: bool) -> Found:
        """Where the script seems to be started, whatever it is given.

        It ``is_run`` where one of the parts gives it to what starts programs.
        """
        for word in (w for w in self._commanding() if is_run or self._is_command(w)):
            if not _is_of_text(word, self.part) or any(map(self._starts, self._starters())):
                yield GivenWord("", word, self.part)

    # -- words

    def _commanding(self) -> Iterator[ast.expr]:
        """The words but for those of what is only said, and of another program."""
        for word in self.words:
            if _may_start(word, self.part) and not _is_of_another(word, self.part):
                yield word

    def _is_command(self, word: ast.expr) -> bool:
        """Whether a word stands beside what makes a command of it."""
        around = self.part.parent[word]
        if isinstance(around, LISTS):
            if any(text_of(a) in MODULE and b is word for a, b in pairwise(around.elts)):
                return True
            if any(text_of(each).partition("=")[0] in self.options for each in around.elts):
                return True
        if isinstance(around, ast.Call) and name_of(around.func) in TAKES_WORDS:
            return True
        if isinstance(around, ast.Call) and any(
            text_of(each).partition("=")[0] in self.options for each in around.args
        ):
            return True
        statement = self.part.statement(word)
        return not _is_block(statement) and bool(PROGRAMS.search(ast.unparse(statement)))

    def _runs(self, call: ast.Call) -> bool:
        """Whether a call starts a program that is no other than Python, as far as seen."""
        if call not in self.part.parent or not self._starts(call.func):
            return False
        return not any(_is_other_program(_made(c, self.part)) for c in call.args[:1])

    # -- what starts programs

    def _starters(self) -> list[ast.AST]:
        names = (STARTS | TAKES_WORDS) & self.part.named.keys()
        return [node for name in names for node in self.part.named[name]]

    def _starts(self, function: ast.AST) -> bool:
        if not isinstance(function, (ast.Name, ast.Attribute)):
            return False
        if name_of(function) not in STARTS | TAKES_WORDS:
            return False
        return (self.flow.qualified(function) or "").partition(".")[0] in STARTERS

    # -- texts

    def _in_texts(self) -> Found:
        """The options in the texts that may be parts of commands."""
        for text in self.part.of(ast.Constant):
            if not isinstance(text.value, str) or not _may_start(text, self.part):
                continue
            for word in text.value.split():
                if word.partition("=")[0] in self.options:
                    yield GivenWord(word.partition("=")[0], text, self.part)
            if _puts_together(text, self.part, self.flow):
                yield GivenWord(PUT_TOGETHER, text, self.part)


def may_start(own: OwnFile, parts: Iterable[Syntax]) -> bool:
    """Whether anything may start a program, or be a function of a library that does."""
    names = STARTS | TAKES_WORDS
    return not own.unseen <= ONLY_TELLS or any(names & part.named.keys() for part in parts)


def spelled(part: Syntax, options: set[str]) -> Found:
    """The options that are words of the lists in a file, or of what gets one by one."""
    for word in _words_of(part):
        option = text_of(word).partition("=")[0]
        if option in options:
            yield GivenWord(option, word, part)


def gives_all(syntax: Syntax, flow: Flow) -> bool:
    """Whether a script puts words together of all its arguments: ``vars(args).items()``."""
    loops = syntax.of(ast.For, ast.comprehension)
    return any(_are_arguments(loop.iter, flow) for loop in loops)


def _words_of(part: Syntax) -> Iterator[ast.expr]:
    """What may be a word of a command in a file."""
    for node in part.of(ast.List, ast.Tuple):
        yield from node.elts
    for call in part.of(ast.Call):
        if name_of(call.func) in ADDS | TAKES_WORDS:
            yield from call.args


def _made(command: ast.expr, part: Syntax) -> ast.expr:
    """What a name for a command was given, what is added to others at its beginning."""
    if isinstance(command, ast.Name):
        bindings = part.bindings(command.id, part.scope(command))
        values = [b.value for b in bindings if b.value is not None]
        command = values[0] if len(values) == 1 else command
    while isinstance(command, ast.BinOp):
        command = command.left
    return command


def _is_of_text(word: ast.expr, part: Syntax) -> bool:
    """Whether a word is a part of a text, and of no list."""
    around = part.parent[word]
    if isinstance(around, (*LISTS, ast.Starred)):
        holder = part.parent[around]
        return isinstance(holder, ast.BinOp) and isinstance(holder.op, ast.Mod)
    if isinstance(around, ast.BinOp):
        sides = (_made(around.left, part), around.right)
        return not any(isinstance(side, LISTS) for side in sides)
    if isinstance(around, ast.Call):
        return name_of(around.func) not in ADDS | TAKES_WORDS
    return True


def _is_of_another(word: ast.expr, part: Syntax) -> bool:
    """Whether a word stands in a command that another program begins: ``["cp", …]``."""
    around = part.parent[word]
    if isinstance(around, ast.FormattedValue):
        around = part.parent[around]
    elif isinstance(around, ast.Call):
        around = _made(word, part)
    return isinstance(around, ast.expr) and _is_other_program(around, word)


def _is_other_program(command: ast.expr, word: ast.expr | None = None) -> bool:
    """Whether a command begins with the name of a program that starts no Python.

    Not where the first of it is the ``word``.
    """
    first = command
    if isinstance(command, LISTS) and command.elts:
        first = command.elts[0]
        if first is word:
            return False
    named = text_of(first).strip() and not text_of(first).startswith("-")
    return bool(named) and PROGRAMS.search(ast.unparse(command)) is None


def _is_block(statement: ast.stmt) -> bool:
    return hasattr(statement, "body")


def _may_start(text: ast.expr, part: Syntax) -> bool:
    """Whether a text may be a part of a command, and not what the script says."""
    holder = part.parent[text]
    if isinstance(holder, ast.Expr):
        return False
    if isinstance(text, ast.Constant) and "\n" in str(text.value):
        if not isinstance(holder, ast.JoinedStr):
            return False  # of how to use it, say
    inside: ast.AST = text
    for around in part.ancestors(text):
        if isinstance(around, ast.Call):
            called = name_of(around.func)
            if called in STARTS:
                return True
            if called in SAYS or (called in LOOKS_UP and around.args[:1] == [inside]):
                return False
        if isinstance(around, (ast.Raise, ast.Assert, ast.Compare)):
            return False
        if isinstance(around, ast.Subscript) and around.slice is inside:
            return False
        inside = around
        if isinstance(around, ast.stmt):
            return True
    return True


def _puts_together(text: ast.Constant, part: Syntax, flow: Flow) -> bool:
    """Whether a text makes options of other names than those of the arguments."""
    if not PUTS_TOGETHER.search(str(text.value)):
        return False
    holder = part.parent[text]
    if not isinstance(holder, (ast.JoinedStr, ast.BinOp, ast.Attribute)):
        return False
    sources: list[ast.expr] = []
    for around in part.ancestors(text):
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
