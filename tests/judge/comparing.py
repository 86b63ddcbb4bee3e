"""Whether two runs read the same values of the same parameters, in the same order."""

from __future__ import annotations

import ast
import difflib
import re
import shlex
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from jobready.edits.shown.handed_down import NAMES
from jobready.script.values.handed_over import VARIABLE
from jobready.script.values.shown_apart import shown_apart
from pytest_jobready.recording import Read, Recording

CUT_SHORT = ("time", "settled")  # ends that say nothing about the script
# A parameter, the file and line that read it in the original (None for a line that only
# the migrated copy has), and whether it was read with all others.
Key = tuple[str, tuple[str, int] | None, bool]


@dataclass(frozen=True)
class Pair:
    """A script and its migrated copy, and how their lines go together.

    Both are files, or the folders of their repositories. ``unstable`` are reads of the
    original that differ from run to run by themselves.
    """

    original: Path
    migrated: Path
    form: str | None = None
    unstable: frozenset[Key] = frozenset()

    def key(self, read: Read) -> Key:
        """What a read has in common with the same one of the other script."""
        file = _below(read.file, self.migrated)
        if file is None or self.migrated == self.original:
            inside = _below(read.file, self.original)
            where = read.file if inside is None else inside
            return read.name, (where, read.line), read.whole
        lines = shared_lines(self.original / file, self.migrated / file)
        line = read.line if lines is None else lines.get(read.line)
        return read.name, None if line is None else (file, line), read.whole

    def place(self, read: Read) -> str:
        """Where a read stands, for people."""
        files = (_below(read.file, base) for base in (self.migrated, self.original))
        file = next((f for f in files if f not in (None, ".")), "")
        return f"{file} line {read.line}".strip()

    def back(self, key: Key) -> Key:
        """The same read of the original where it stands in the migrated copy."""
        name, place, whole = key
        if place is None:
            return key
        lines = shared_lines(self.original / place[0], self.migrated / place[0]) or {}
        own = {theirs: ours for ours, theirs in lines.items()}
        return name, (place[0], own.get(place[1], place[1])), whole

    def differences(
        self,
        expected: Recording,
        got: Recording,
        *,
        excused: Iterable[str] = (),
        where: frozenset[Key] = frozenset(),
        ends: bool = True,
    ) -> list[str]:
        """What ``got``, a run of the migrated copy, does otherwise; empty if nothing.

        Where parameters are ``excused``, all reads of them or those ``where`` it says, the
        script may take another way because of them: then what counts are the reads that
        both runs have. ``ends`` says whether they must end alike.
        """
        found = value_differences(self, expected, got, frozenset(excused), where)
        return found + end_differences(expected, got) if ends else found


def unstable(pair: Pair, first: Recording, second: Recording) -> frozenset[Key]:
    """The reads that differ between two runs of the same script."""
    seen: list[dict[Key, list[tuple[str, str]]]] = []
    for recording in (first, second):
        values: dict[Key, list[tuple[str, str]]] = defaultdict(list)
        for read in recording.reads:
            values[pair.key(read)].append((read.type, read.value))
        seen.append(values)
    cut = any(r.ended in CUT_SHORT for r in (first, second))
    return frozenset(
        key
        for key in (seen[0].keys() | seen[1].keys())
        if seen[0].get(key) != seen[1].get(key)
        and not (cut and (key not in seen[0] or key not in seen[1]))
    )


def value_differences(
    pair: Pair,
    expected: Recording,
    got: Recording,
    excused: frozenset[str],
    where: frozenset[Key],
) -> list[str]:
    """The first read of each process that differs."""
    found = []
    theirs, ours = (by_process(pair, ran, excused, where) for ran in (expected, got))
    if excused or where:
        theirs, ours = _common(pair, theirs, ours), _common(pair, ours, theirs)
    cut = expected.ended in CUT_SHORT or got.ended in CUT_SHORT
    for process in sorted(theirs.keys() | ours.keys()):
        before, after = theirs.get(process, []), ours.get(process, [])
        for their, our in zip(before, after):  # noqa: B905 (lengths come next)
            if says_words(their, expected) and says_words(our, got):
                continue
            if shown(pair, their) != shown(pair, our):
                found.append(
                    f"{our.name} is {our.value} ({our.type}) in {pair.place(our)}, where "
                    f"{their.name} was {their.value} ({their.type}) "
                    f"in {pair.place(their)}"
                )
                break
        else:
            if len(before) != len(after) and not cut:
                longer = before if len(before) > len(after) else after
                odd = longer[min(len(before), len(after))]
                what = "is missing" if longer is before else "is new"
                found.append(f"a read of {odd.name} {what} ({pair.place(odd)})")
    return found


def end_differences(expected: Recording, got: Recording) -> list[str]:
    """What differs about how the runs ended."""
    found = []
    if expected.ended not in CUT_SHORT and got.ended not in CUT_SHORT:
        for what in ("ended", "error", "reached_init"):
            their_end, our_end = getattr(expected, what), getattr(got, what)
            if their_end != our_end:
                found.append(f"{what} {our_end}, not {their_end}: {tail(got)}")
        if expected.ended == "exit" and expected.exit_code != got.exit_code:
            found.append(f"exit code {got.exit_code}, not {expected.exit_code}")
    elif expected.reached_init and not got.reached_init:
        found.append(f"never reaches wandb.init: {tail(got)}")
    return found


def _common(
    pair: Pair, reads: Mapping[str, list[Read]], others: Mapping[str, list[Read]]
) -> dict[str, list[Read]]:
    """The first read of each place that the other run reads too."""
    found: dict[str, list[Read]] = {}
    for process, listed in reads.items():
        known = {pair.key(r) for r in others.get(process, ())}
        first = {pair.key(r): r for r in reversed(listed)}
        found[process] = [first[key] for key in sorted(first, key=str) if key in known]
    return found


def by_process(
    pair: Pair,
    recording: Recording,
    excused: frozenset[str],
    where: frozenset[Key] = frozenset(),
) -> dict[str, list[Read]]:
    """The reads that must agree, by process (without its id)."""
    found: dict[str, list[Read]] = defaultdict(list)
    for read in recording.reads:
        out = read.name in excused or (bool(where) and pair.key(read) in where)
        if not out and _counts(pair, read):
            found[re.sub(r":\d+$", "", read.process)].append(read)
    return found


def _counts(pair: Pair, read: Read) -> bool:
    if read.whole and (
        # What config=vars(args) hands to the run is no use of a value yet.
        pair.form == "config" or read.line in _recording_lines(read.file)
    ):
        return False
    if read.source == "config" and read.line in _taking_lines(read.file):
        return False  # what the arguments get from there counts where they are read
    key = pair.key(read)
    if key[1] is None and read.line in _lines_of_config(read.file):
        return False  # a parameter that the run shows, as in place of a literal
    if key[1] is None:
        return read.name not in {name for name, _, _ in pair.unstable}
    return key not in pair.unstable


def shown(pair: Pair, read: Read) -> tuple[object, ...]:
    """What of a read must agree. A run's config has numbers as W&B records them."""
    recorded = pair.form == "config" or read.source == "config"
    if recorded and read.type in ("int", "float"):
        return (read.name, "number", float(read.value), read.whole)
    value = read.value.replace(str(pair.migrated), str(pair.original))
    return (read.name, read.type, value, read.whole)


def says_words(read: Read, recording: Recording) -> bool:
    """Whether what is read is the text of the command line that this run was given.

    It says how the run was started, which is another way where a job launches the values.
    """
    texts = (" ".join(recording.words), shlex.join(recording.words))
    return read.type == "str" and read.value in map(repr, texts)


def tail(recording: Recording) -> str:
    """The last line that a run left on stderr."""
    lines = [line for line in recording.stderr.splitlines() if line.strip()]
    return lines[-1][:300] if lines else "(nothing on stderr)"


@cache
def shared_lines(original: Path, migrated: Path) -> Mapping[int, int] | None:
    """The lines of a migrated file that the original has too; None where it has all."""
    before, after = original.read_bytes(), migrated.read_bytes()
    if before == after:
        return None
    matcher = difflib.SequenceMatcher(
        None, before.splitlines(), after.splitlines(), autojunk=False
    )
    return {
        block.b + i + 1: block.a + i + 1
        for block in matcher.get_matching_blocks()
        for i in range(block.size)
    }


def _below(file: str, base: Path) -> str | None:
    """The path of a file from its repository, None for one that isn't part of it."""
    path = Path(file)
    return path.relative_to(base).as_posix() if path.is_relative_to(base) else None


@cache
def _recording_lines(file: str) -> frozenset[int]:
    """The lines of a file that give a run its config, at once or on some way."""
    path = Path(file)
    if not path.is_file():
        return frozenset()
    found: set[int] = set()
    for node in ast.walk(ast.parse(path.read_bytes())):
        if isinstance(node, ast.Assign) and VARIABLE in ast.unparse(node):
            found.update(range(node.lineno, (node.end_lineno or node.lineno) + 1))
        elif isinstance(node, ast.Call):
            name = node.func
            text = name.attr if isinstance(name, ast.Attribute) else ""
            text = name.id if isinstance(name, ast.Name) else text
            if text == "init" or ast.unparse(name).endswith(".config.update"):
                found.update(range(node.lineno, (node.end_lineno or node.lineno) + 1))
        elif isinstance(node, ast.keyword) and node.arg in NAMES:
            # what is handed down to the init: ``start(config=vars(args))``
            end = node.value.end_lineno or node.value.lineno
            found.update(range(node.value.lineno, end + 1))
        elif isinstance(node, ast.DictComp) and shown_apart(node) is not None:
            # the dict that shows them beside what isn't known, wherever it stands
            found.update(range(node.lineno, (node.end_lineno or node.lineno) + 1))
    return frozenset(found)


@cache
def _lines_of_config(file: str) -> frozenset[int]:
    """The lines of a file that only show values: of an init a part of its ``config=``.

    Or an update of a run's config.
    """
    path = Path(file)
    if not path.is_file():
        return frozenset()
    found: set[int] = set()
    for node in ast.walk(ast.parse(path.read_bytes())):
        if not isinstance(node, ast.Call):
            continue
        called = ast.unparse(node.func)
        if called.endswith("wandb.init"):
            values = {k.arg: k.value for k in node.keywords}
            config = values.pop("config", None)
            if config is not None:
                inside = range(config.lineno, (config.end_lineno or config.lineno) + 1)
                others = (*node.args, *values.values())
                found.update(set(inside) - {n.end_lineno for n in others})
        elif called.endswith(".config.update"):
            found.update(range(node.lineno, (node.end_lineno or node.lineno) + 1))
    return frozenset(found)


@cache
def _taking_lines(file: str) -> frozenset[int]:
    """The lines of a file that give the arguments what a run's config has."""
    path = Path(file)
    if not path.is_file():
        return frozenset()
    found: set[int] = set()
    for node in ast.walk(ast.parse(path.read_bytes())):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            holder = ast.unparse(node.func.value)
            if node.func.attr == "update" and holder.endswith((".__dict__", ")")):
                found.update(range(node.lineno, (node.end_lineno or node.lineno) + 1))
        elif isinstance(node, ast.For) and "setattr(" in ast.unparse(node):
            found.add(node.iter.lineno)
    return frozenset(found)
