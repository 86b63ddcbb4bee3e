"""The contract of a migrated script, held to a generated one run both ways."""

from __future__ import annotations

import re
import symtable
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from hypothesis import strategies as st

from jobready.edits.migrate import migrate_text
from jobready.edits.options import Options
from jobready.outcome import Outcome, Refused, Rewritten, Unchanged
from jobready.project.environment import Environment
from jobready.script.values.handed_over import VARIABLE
from tests.edits.matrix_laws import alike, recorded
from tests.generated.parsers import Parameter
from tests.generated.parses import SPELLED
from tests.generated.process import Ran, Seen, run
from tests.generated.scripts import Script

WHOLE = re.compile(r"\.0\b")
UNKNOWN = {
    "n_params": 12345,
    "self": 1,
    "_wandb": {"x": 1},
    "made": "no",
    "help": None,
    "version": "9",
}
OLD, NEW = (Environment(88, type_checked=False, wandb_version=v) for v in ("0.15.12", None))


def migrated(script: Script, **options: Any) -> Outcome:
    """The outcome of a script, in a project with its wandb."""
    environment = OLD if script.older else NEW
    return migrate_text(script.text, Options(**options), environment)


@dataclass
class Case:
    """A script with its outcome, and the words that its runs need."""

    script: Script
    outcome: Outcome
    violations: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        return getattr(self.outcome, "text", self.script.text)

    @property
    def form(self) -> str | None:
        return self.outcome.forms[0] if isinstance(self.outcome, Rewritten) else None

    def before(self, given: Mapping[str, Sequence[str]]) -> Ran:
        """A run of the original with words for some parameters, and all that it needs."""
        return self.run(self.script.text, self.words(given))

    def after(
        self,
        given: Mapping[str, Sequence[str]],
        launched: Mapping[str, Any] | None = None,
    ) -> Ran:
        """A run of the migrated script, in a job if a config is launched."""
        return self.run(self.text, self.words(given), launched)

    def run(
        self, text: str, words: Sequence[str], launched: Mapping[str, Any] | None = None
    ) -> Ran:
        """A run of a text; the words stand in it where the script spells them out."""
        if self.script.spelled:
            text, words = text.replace(SPELLED, repr(list(words))), ()
        return run(text, words, launched, older=self.script.older)

    def words(self, given: Mapping[str, Sequence[str]]) -> list[str]:
        return self.script.parser.command_line(given)

    def key(self, p: Parameter) -> str:
        return self.script.keys.get(p.dest, p.dest)

    def differ(self, what: str, theirs: Ran, ours: Ran) -> None:
        """Write down a violation where two runs didn't see the same."""
        if self.form == "config":
            before, after = _as_recorded(theirs.seen), _as_recorded(ours.seen)
        else:
            before = [(s.name, s.value) for s in theirs.seen]
            after = [(s.name, s.value) for s in ours.seen]
        if before != after:
            pairs = zip([*before, None], [*after, None], strict=False)
            first = next(((b, a) for b, a in pairs if b != a), (before[-1:], after[-1:]))
            self.violations.append(f"{what}: saw {first[1]}, not {first[0]}; {ours.error}")
        elif theirs.exit != ours.exit:
            ended = f"{ours.exit!r} ({ours.error}), not {theirs.exit!r} ({theirs.error})"
            self.violations.append(f"{what}: ended {ended}")
        elif theirs.stdout != ours.stdout and self.form != "config":
            self.violations.append(
                f"{what}: printed {ours.stdout!r}, not {theirs.stdout!r}"
            )

    def stops_by_name(self, ran: Ran, names: Sequence[Parameter]) -> bool:
        """Whether it stopped as argparse does, with the name of a parameter."""
        known = [n for p in names for n in (p.dest, *p.flags, *_own_flags(p))]
        return ran.exit == 2 and any(n in ran.error for n in known)


def _own_flags(p: Parameter) -> list[str]:
    return [c.partition(",")[0].strip('"') for c in p.calls()]


def _as_recorded(seen: Sequence[Seen]) -> list[tuple[str, Any]]:
    return [(s.name, _number(s.value)) for s in seen]


def _number(value: Any) -> Any:
    """A value as form config may hand it back: 1.0 as 1, also in texts."""
    if isinstance(value, str):
        return WHOLE.sub("", value)
    if isinstance(value, tuple) and len(value) == 2 and value[0] in ("int", "float"):
        return ("number", float(value[1]))
    return tuple(map(_number, value)) if isinstance(value, tuple) else value


def violations(script: Script, data: st.DataObject, outcome: Outcome | None = None) -> Case:
    """Hold a script to the contract; ``data`` draws what is given and launched."""
    found = outcome if outcome is not None else migrated(script)
    case = Case(script, found)
    if isinstance(found, Refused):
        case.violations += [
            r.message for r in found.reasons if "please report" in r.message
        ]
        return case
    if isinstance(found, Rewritten):
        again = migrate_text(found.text, Options(), OLD if script.older else NEW)
        if not isinstance(again, Unchanged):
            case.violations.append(f"a second run changes it: {again.reasons}")
        case.violations += _taken_names(script.text, found.text)
    needed = script.parser.needed()
    given = dict(needed)
    for p in script.parser.parameters:
        if p.kind.contrary and not _excludes(p, given, script) and data.draw(st.booleans()):
            given[p.dest] = p.words(p.kind.contrary) or ()
    _same_without_a_launch(case, given)
    _each_value(case, given, data)
    _all_values(case, given, data)
    _clones(case, given)
    return case


def _excludes(p: Parameter, given: Mapping[str, Any], script: Script) -> bool:
    """Whether it can't stand beside what is given already."""
    if "exclusive" not in p.place:
        return False
    return any(q.dest in given for q in script.parser.parameters if "exclusive" in q.place)


def _same_without_a_launch(case: Case, given: Mapping[str, Sequence[str]]) -> None:
    """C1, and C4: for any command line, right or wrong."""
    for some in ({}, case.script.parser.needed(), given):
        theirs, ours = case.before(some), case.after(some)
        case.differ(f"without a launch, {case.words(some)}", theirs, ours)
        more = ours.imported - theirs.imported - {"os", "sys", "argparse"}
        if VARIABLE in case.text:  # by which the environment takes the parameters, as JSON
            more -= {"json"}
        if more:
            case.violations.append(f"imports {more}")
    for words in (["--help"], ["--no-such", "1"]):
        theirs = case.run(case.script.text, words)
        ours = case.run(case.text, words)
        case.differ(f"without a launch, {words}", theirs, ours)


def _each_value(
    case: Case, given: Mapping[str, Sequence[str]], data: st.DataObject
) -> None:
    """C2 for one parameter at a time: as on the command line, also where argv differs."""
    parameters = case.script.parser.parameters
    numbers = st.integers(0, len(parameters) - 1)
    for number in data.draw(st.lists(numbers, max_size=3, unique=True)):
        p = parameters[number]
        odd = p.kind.odd if case.form not in ("config", "agent") else ()
        able = [*p.good, *p.good, *odd]
        if not able:
            continue
        value = data.draw(st.sampled_from(able))
        config = {case.key(p): value.launched, **UNKNOWN}
        what = f"launched {config} with {case.words(given)}"
        ours = case.after(given, config)
        if value.words is None:
            if not case.stops_by_name(ours, [p]) and value.launched is not False:
                case.violations.append(f"{what}: ended {ours.exit!r}, {ours.error}")
            continue
        without = {k: v for k, v in given.items() if k != p.dest}
        theirs = case.before({**without, p.dest: p.words(value.words) or ()})
        if (p.required or p.place == "required exclusive") and not value.words:
            continue
        if theirs.exit == 2:
            if not case.stops_by_name(ours, parameters):
                ended = f"{ours.exit!r} {ours.error}, not {theirs.error}"
                case.violations.append(f"{what}: ended {ended}")
        elif value in p.kind.good or ours.exit != 2:
            case.differ(what, theirs, ours)
        elif not case.stops_by_name(ours, [p]):
            case.violations.append(f"{what}: ended {ours.exit!r}, {ours.error}")


def _all_values(
    case: Case, given: Mapping[str, Sequence[str]], data: st.DataObject
) -> None:
    """C2 and C3: all parameters launched, with no command line and with another one."""
    config: dict[str, Any] = {}
    words: dict[str, Sequence[str]] = {}
    for p in case.script.parser.parameters:
        if not p.good or _excludes(p, words, case.script):
            continue
        value = data.draw(st.sampled_from(p.good))
        if "exclusive" in p.place and not value.words:
            continue
        config[case.key(p)] = value.launched
        words[p.dest] = p.words(value.words) or ()
    if any(dest not in words for dest in case.script.parser.needed()):
        return
    if case.script.parser.command is not None:
        config["command"] = case.script.parser.command
    theirs = case.before(words)
    if theirs.exit == 2:
        return
    launched = {**config, **UNKNOWN, **dict.fromkeys(case.script.parser.strangers, 1)}
    bare = case.run(case.text, [], launched)
    case.differ(f"launched {launched} alone", theirs, bare)
    if not any("exclusive" in p.place for p in case.script.parser.parameters):
        given = {dest: word for dest, word in given.items() if dest in words}
        what = f"launched {launched} with {case.words(given)}"
        case.differ(what, theirs, case.after(given, launched))
    if bare.config is not None and bare.exit == 0:
        some = {"config: some", "config: other names"} & case.script.features
        for key, value in config.items():
            shown = bare.config.get(key)
            there = key in bare.config or not (some or key.startswith("_"))
            if there and not alike(shown, recorded({key: value}).get(key)):
                case.violations.append(f"launched {launched}: the page shows {key}={shown}")


def _overwritten(outcome: Rewritten) -> tuple[set[str], int]:
    """The parameters that a note says are overwritten, and how many more it counts."""
    for reason in outcome.reasons:
        found = re.match(r"note: (.+) (?:is|are) overwritten;", reason.message)
        if found is not None:
            named = re.split(r", | and ", found[1])
            counted = re.fullmatch(r"(\d+) more", named[-1])
            return set(named), int(counted[1]) if counted else 0
    return set(), 0


def _clones(case: Case, given: Mapping[str, Sequence[str]]) -> None:
    """A recorded config, launched as it is, gives the same parameters."""
    script = case.script
    if script.overwritten:
        if isinstance(case.outcome, Rewritten) and case.form == "argv":
            told, more = _overwritten(case.outcome)
            for name in script.overwritten - told:
                more -= 1
                if more < 0:
                    case.violations.append(f"nothing says that {name} is overwritten")
        return
    first = case.after(given)
    if first.config is None or first.exit != 0:
        return
    shown = {p.dest for p in script.parser.parameters if case.key(p) in first.config}
    rest = {k: v for k, v in given.items() if k not in shown}
    lines: list[Mapping[str, Sequence[str]]] = [rest]
    if not any("exclusive" in p.place for p in script.parser.parameters):
        contrary = {
            p.dest: p.words(p.kind.contrary) or ()
            for p in script.parser.parameters
            if p.kind.contrary and p.dest in shown
        }
        lines += [given, {**contrary, **rest}]
    for words in lines:
        clone = case.after(words, first.config)
        if case.stops_by_name(clone, script.parser.parameters):
            continue
        case.differ(f"a clone of {first.config} with {case.words(words)}", first, clone)


def _taken_names(old: str, new: str) -> Iterator[str]:
    """C5: names that the new text binds, and the old one uses for something else."""
    before, after = _tables(old), _tables(new)
    used = {s.get_name() for table in before.values() for s in table.get_symbols()}
    for path, table in after.items():
        if path not in before:
            continue
        known = {s.get_name() for s in before[path].get_symbols()}
        for symbol in table.get_symbols():
            name = symbol.get_name()
            bound = symbol.is_assigned() or symbol.is_imported() or symbol.is_namespace()
            if not bound or name in known or symbol.is_global():
                continue
            if name in used and name not in ("os", "sys", "argparse", "parser"):
                yield f"binds {name} in {path}, which the script uses"


def _tables(text: str) -> dict[str, symtable.SymbolTable]:
    found = {}

    def enter(table: symtable.SymbolTable, path: str) -> None:
        found[path] = table
        for child in table.get_children():
            enter(child, f"{path}.{child.get_name()}")

    enter(symtable.symtable(text, "train.py", "exec"), "train")
    return found
