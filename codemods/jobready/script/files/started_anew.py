"""Where a script, or a module that it imports, starts it anew.

``[sys.executable, "-m", "package.train", "--role", role]``, or its own file in place of the
module: such a process inherits the config of a job, which counts before its words. What
they say of an option is its own, and so is what they don't say; so that where such
processes can't be told from others, the config must not count.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from jobready.script.files.library import Library, encoded
from jobready.script.files.own_file import OwnFile
from jobready.script.files.program import Program
from jobready.script.files.run_here import RunHere
from jobready.script.files.start_commands import (
    Commands,
    GivenWord,
    gives_all,
    may_start,
)
from jobready.script.model import Script
from jobready.script.source.syntax import Syntax
from jobready.script.values.flow import Flow
from jobready.script.words.handed_on import handed_on

# What may start a program, or say how: a list may be made elsewhere.
STARTING = (
    r"""subprocess|[pP]open|\bsystem\b|\bspawn|\bexec[lv]|run_process|pexpect|distributed"""
    r"""|executable|["']python|python\S* \S|["']-m["']|__spec__|\b(?:sh|plumbum|invoke)\b"""
)
MAY_START = re.compile(STARTING)
MAY_START_BYTES = re.compile(STARTING.encode())
PROGRAM = re.compile(rb"argv\s*\[\s*0\s*\]")


@dataclass(frozen=True)
class Started:
    """The words that a script is given by its files where they start it.

    ``by_others`` are those in what only other programs run that import these files.
    """

    words: tuple[GivenWord, ...] = ()
    by_others: tuple[GivenWord, ...] = ()


def started_anew(script: Script, program: Program, path: Path, library: Library) -> Started:
    """What a script is given by its files where they start it: options, and its name."""
    if not (script.parses and script.runs):
        return Started()
    options = {f for p in script.parameters for f in p.flags if f.startswith("--")}
    parts = program.modules
    others = {p for each in program.others.values() for p in each.values()}
    starting = [p for p in sorted(others) if library.tells(p, _may_start)]
    if not (starting or any(MAY_START.search(part.text) for part in parts)):
        return Started()
    own = OwnFile(path, parts)
    parts += tuple(_naming(starting, path, own, library))
    own = OwnFile(path, parts) if len(parts) > len(program.modules) else own
    if not may_start(own, parts):
        return Started()
    found = _words(own, script, options)
    here = RunHere(program, path, library)
    if all(here.may_run(word.node, word.part) for word in found):
        return Started(found)
    own = OwnFile(path, parts, here)
    words = tuple(
        word for word in _words(own, script, options) if here.may_run(word.node, word.part)
    )
    nodes = {word.node for word in words}
    return Started(words, tuple(w for w in found if w.option and w.node not in nodes))


def _words(own: OwnFile, script: Script, options: set[str]) -> tuple[GivenWord, ...]:
    """The words of commands that have the file of a script, where it may get to them."""
    words: dict[Syntax, list[ast.expr]] = {}
    for word, part in own.words.items():
        words.setdefault(part, []).append(word)
    commands = [
        Commands(part, words.get(part, []), own, _flow_of(part, script), options)
        for part in dict.fromkeys((*words, *own.calls.values()))
    ]
    is_run = any(each.runs_it() for each in commands)
    given = [word for each in commands for word in each.given()]
    started = [word for each in commands for word in each.started(is_run=is_run)]
    return (*given, *(word for word in started if _is_reached(word, script)))


def without_its_own(words: Sequence[GivenWord], script: Script) -> Iterator[GivenWord]:
    """The words by which a process may get other values than the job launches.

    Not the name of the script where all it was started with goes on beside it, or all the
    arguments that it has; nor beside words that a launcher sets for each rank.
    """
    all_goes_on = handed_on(script.syntax, script.flow) or gives_all(
        script.syntax, script.flow
    )
    yield from (w for w in words if w.option or not all_goes_on)


def _is_reached(word: GivenWord, script: Script) -> bool:
    """Whether the script may get to a word of another module, as far as calls are seen."""
    syntax: Syntax = script.syntax
    if not isinstance(syntax, Program) or word.part not in syntax.modules[1:]:
        return True
    return syntax.reach is None or bool(syntax.reach.among([word.node]))


def _may_start(data: bytes) -> bool:
    """Whether a module may start a program."""
    return MAY_START_BYTES.search(data) is not None


def _naming(
    modules: Iterable[Path], path: Path, own: OwnFile, library: Library
) -> Iterator[Syntax]:
    """The modules that name the script, or are called by what is given its name."""
    module = path.resolve().with_suffix("").parts
    name = module[-2] if module[-1] == "__main__" else module[-1]
    names = [encoded(f"{name}{end}") for end in (".py", '"', "'")]
    for made in map(encoded, own.unseen):
        names += [b"def " + made, b"class " + made, made + b" =", b"as " + made]
    for each in modules:
        data = library.bytes_of(each)
        if data is not None and (_names_started(data) or any(n in data for n in names)):
            syntax = library.syntax(each)
            if syntax is not None:
                yield syntax


def _names_started(data: bytes) -> bool:
    """Whether a module may name the script that was started, whatever it is."""
    return PROGRAM.search(data) is not None or (b"__main__" in data and b"__file__" in data)


def _flow_of(part: Syntax, script: Script) -> Flow:
    known = part.tree in script.syntax.scopes or part.tree is script.syntax.tree
    return script.flow if known else Flow(part)
