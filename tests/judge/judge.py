"""Runs a script and its migrated copy, and holds them to the contract.

The clauses, each a comparison of every read of every parameter:

- C1: without a launch, on the same command line, nothing has changed
- C2: a launched value counts as if it stood on the command line, with no argv at all; it
  is launched as W&B does, by the key that the page of a run shows it under
- launched wins: the same where argv says something else
- C3: with no argv and the needed values in the job's config, wandb.init is reached
- clone: the config that a run recorded, launched as it is, gives the same parameters,
  whether that run's values came from its command line or from a launch

wandb and argparse are real, W&B is offline. Libraries that are missing become stand-ins,
if asked for. A script whose original starts no run can't be judged.
"""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from pytest_jobready.recording import Recording
from tests.judge.clones import Excused, notes_on
from tests.judge.comparing import CUT_SHORT, Pair, says_words, tail, unstable
from tests.judge.inside import flat, shown_inside
from tests.judge.keys import Pages
from tests.judge.original import NotJudgeableError, Original
from tests.judge.setting import Setting
from tests.judge.values import Choices, Value
from tests.judge.verdict import CLAUSES, Verdict

# How often both run again before a difference counts: a minute may end in between, after
# which what is named by the time differs.
AGAIN = 2


def judge(
    original: Path,
    migrated: Path,
    *,
    form: str | None = None,
    setting: Setting | None = None,
    migrated_setting: Setting | None = None,
    gates: Sequence[str] = (),
    overwritten: Sequence[str] = (),
    ranks: Sequence[str] = (),
    name: str = "",
    clauses: Sequence[str] = CLAUSES,
) -> Verdict:
    """Rule on one script and its migrated copy.

    ``gates`` are the expressions that init stands behind, ``overwritten`` the parameters
    that the script sets to another value before it records them: a clone may change
    those again. ``ranks`` are those that a launcher sets for each process, in a job as
    well. ``migrated_setting`` differs where the copy lies in another tree.
    ``clauses`` are the ones to try.
    """
    setting = setting or Setting()
    case = Case(
        Original(original.resolve(), setting, gates, frozenset(ranks)),
        migrated.resolve(),
        form,
        migrated_setting or setting,
        tuple(overwritten),
        tuple(clauses),
    )
    try:
        verdict = case.rule()
    except NotJudgeableError as why:
        verdict = Verdict(str(original), "not judgeable", reasons=(str(why),))
    stand_ins = tuple(sorted(case.original.stand_ins))
    return replace(verdict, script=name or original.name, form=form, stand_ins=stand_ins)


@dataclass
class Case:
    """One script before the judge: what is known of it so far."""

    original: Original
    migrated: Path
    form: str | None
    after: Setting
    overwritten: tuple[str, ...]
    wanted: tuple[str, ...] = CLAUSES
    clauses: dict[str, str] = field(default_factory=dict)
    reasons: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    excused: list[Excused] = field(default_factory=list)
    read: set[str] = field(default_factory=set)
    proven: set[str] = field(default_factory=set)
    kept: list[Value] = field(default_factory=list)

    @property
    def choices(self) -> Choices:
        """What can be given to the script."""
        return self.original.choices

    def rule(self) -> Verdict:
        """Try each clause."""
        base, kept = self.original.find_base()
        if base.ended == "first-log" and self._unread(base):
            # Some parameters are only read while it trains.
            self.original.setting = replace(self.original.setting, stop="exit")
            self.after = replace(self.after, stop="exit")
            base, kept = self.original.find_base()
        self.kept = kept
        # A run that is disabled knows its config, but not as W&B records it.
        reads_config = any(r.source == "config" for r in base.reads)
        self.mode = "offline" if reads_config or self.form == "config" else "disabled"
        words = self.choices.argv(kept)
        if self.mode == "offline":
            base = self.original.run(words, mode=self.mode)
        time.sleep(1)  # folders are named after the second
        again = self.original.run(words, mode=self.mode)
        self.pair = self._pair()
        self.pair = replace(self.pair, unstable=unstable(self.pair, base, again))
        if self.pair.unstable:
            names = sorted({name for name, _, _ in self.pair.unstable})
            self.notes.append(f"differ from run to run: {', '.join(names)}")
        if not base.reads:
            raise NotJudgeableError("no parameter is read where it can be seen")
        self.read |= {read.name for read in base.reads}

        plain = self._run_migrated(words)
        if "C1" in self.wanted:
            self._hold("C1", base, plain, (words, words, None, None))
        batches, untried = self.original.batches(kept, self.mode)
        ran = [self._run_migrated(self.choices.argv([*kept, *b])) for b, _ in batches]
        self._find_keys(plain, [b for b, _ in batches], ran)
        self._clone(kept, words, plain)
        for (batch, expected), argued in zip(batches, ran, strict=True):
            self._launch(kept, batch, expected, argued)
        if kept and not batches:
            self._launch([], kept, base, plain)
        unread = sorted(set(self.choices.parameters) - self.read)
        return Verdict(
            script=str(self.original.path),
            ruling="wrong" if self.reasons else "right",
            clauses=tuple((c, self.clauses[c]) for c in CLAUSES if c in self.clauses),
            reasons=tuple(self.reasons),
            parameters=len(self.choices.parameters),
            proven=len(self.proven),
            unread=tuple(unread),
            untried=tuple(v.dest for v in untried),
            notes=tuple(dict.fromkeys((*self.notes, *notes_on(self.excused)))),
        )

    def _pair(self) -> Pair:
        """What is compared: the two scripts, or the trees that they are part of."""
        trees = self.original.setting.root, self.after.root
        if trees[0] is None or trees[1] is None:
            return Pair(self.original.path, self.migrated, self.form)
        return Pair(trees[0].resolve(), trees[1].resolve(), self.form)

    def _find_keys(
        self,
        plain: Recording,
        batches: Sequence[Sequence[Value]],
        ran: Sequence[Recording],
    ) -> None:
        """Find out the keys under which the page of a run shows the parameters."""

        def page(value: Value) -> Mapping[str, Any]:
            others = [v for v in self.kept if v.dest != value.dest]
            found = self._run_migrated(self.choices.argv([*others, value]))
            return self._page(found)

        if plain.config is None:
            return
        inside = shown_inside(plain.config, self.choices.parameters)
        pages = Pages(self._page(plain), page, self.overwritten)
        keys: dict[str, str] = {}
        for batch, recording in zip(batches, ran, strict=True):
            keys |= pages.keys(batch, self._page(recording))
        for value in self.kept:
            if not value.is_shown_as(self._page(plain).get(value.dest)):
                for other in self.choices.contrary([value]):
                    keys |= pages.keys([other], page(other))
        self.original.choices = replace(self.choices, keys=keys, inside=inside)
        if keys:
            shown = ", ".join(f"{name} as {key}" for name, key in sorted(keys.items()))
            self.notes.append(f"the page shows {shown}")

    def _page(self, ran: Recording) -> dict[str, Any]:
        """What a run shows, the parameters inside of values under their own names."""
        return flat(ran.config or {}, self.choices.parameters)

    def _launch(
        self,
        kept: Sequence[Value],
        batch: Sequence[Value],
        expected: Recording,
        argued: Recording,
    ) -> None:
        """Give a migrated script values by its command line, by a job, and by both."""
        values = [*kept, *batch]
        by_launcher, by_job = self.original.parted(values)
        config = self.choices.config(by_job)
        words = self.choices.argv(values)
        # A subcommand stays with the entrypoint, a rank with the launcher.
        bare = self.choices.argv(by_launcher)
        if "C1" in self.wanted:
            self._hold("C1", expected, argued, (words, words, None, None))
        job = self._run_migrated(bare, launched=config)
        self._hold("C2", expected, job, (words, bare, config, None))
        # A run that was cut short proves no more than what both of them read.
        self.read |= {read.name for read in expected.reads}
        both = {r.name for r in expected.reads} & {r.name for r in job.reads}
        self.proven |= both & {value.dest for value in batch}
        started = job.reached_init
        cut = job.ended in CUT_SHORT
        if self.clauses.get("C3") != "wrong" and not (cut and not started):
            self.clauses["C3"] = "right" if started else "wrong"
        if not started and not cut:
            self.reasons.append(f"C3: no run without a command line: {tail(job)}")
        if "launched wins" in self.wanted and (others := self.choices.contrary(batch)):
            contrary = self.choices.argv([*kept, *others])
            against = self._run_migrated(contrary, launched=config)
            how = (words, contrary, config, None)
            self._hold("launched wins", expected, against, how)
        if job.config is not None:
            names = {self.choices.keys.get(n, n) for n in self.overwritten}
            asked = {self.choices.keys.get(v.dest, v.dest): v.json for v in by_job}
            shown = {k: self._page(job).get(k) for k in asked if k not in names}
            wrong = [k for k, v in shown.items() if v != asked[k]]
            if wrong and started:
                self.notes.append(f"the run shows other values of {', '.join(wrong)}")
        self._clone(values, words, argued)
        if job.config != argued.config:
            self._clone(values, bare, job)

    def _clone(
        self, values: Sequence[Value], words: Sequence[str], recorded: Recording
    ) -> None:
        """Launch what a run of these values recorded, as it is."""
        if "clone" not in self.wanted:
            return
        if recorded.config is None:
            self.clauses.setdefault("clone", "no config was recorded")
            return
        by_launcher, by_job = self.original.parted(self.kept)
        bare = self.choices.argv(by_launcher)
        # What the run doesn't show is given to the job, as the notes on gates say.
        launched = self.choices.config(by_job) | recorded.config
        cloned = self._run_migrated(bare, launched=launched)
        if self._stops_by_name(cloned):
            self.notes.append(f"a clone stops by name: {tail(cloned)}")
            self.clauses.setdefault("clone", "right")
            return
        if self._ends_by_what_is_overwritten(recorded, cloned):
            # See that nothing else does: give each of these as that run had it at first.
            names = {self.choices.keys.get(n, n) for n in self.overwritten}
            given = self.choices.config(self.original.parted(values)[1])
            launched = {k: v for k, v in launched.items() if k not in names} | given
            cloned = self._run_migrated(bare, launched=launched)
            self.notes.append("a clone of what the script overwrites may end otherwise")
        self._hold("clone", recorded, cloned, (words, bare, launched, recorded))

    def _ends_by_what_is_overwritten(self, recorded: Recording, cloned: Recording) -> bool:
        """Whether a clone ends as its run did not, and the script overwrites parameters.

        Up to there it has read the same of all others.
        """
        may = Excused.of(recorded, cloned, self.choices, self.overwritten)
        pair, names = self._migrated_twice(), may.names
        where = may.where(recorded, pair)
        if not may.overwritten or may.may_end_otherwise:
            return False
        if pair.differences(recorded, cloned, excused=names, where=where, ends=False):
            return False
        return bool(pair.differences(recorded, cloned, excused=names, where=where))

    def _stops_by_name(self, ran: Recording) -> bool:
        """Whether argparse ended the script with an error that names a parameter."""
        said = tail(ran)
        names = self.choices.parameters
        flags = {*names, *(name.replace("_", "-") for name in names)}
        return ran.exit_code == 2 and ": error: " in said and any(f in said for f in flags)

    def _hold(
        self,
        clause: str,
        expected: Recording,
        got: Recording,
        how: tuple[Sequence[str], Sequence[str], Any, Recording | None],
    ) -> None:
        """Compare; before anything is called wrong, both run again."""
        pair = self.pair
        if how[3] is not None:  # two runs of the migrated copy
            pair = self._migrated_twice()
        found = pair.differences(expected, got)
        told = {r.name for r in expected.reads if says_words(r, expected)}
        if names := sorted(told.difference(self.choices.parameters)):
            self.notes.append(f"says how a run was started: {', '.join(names)}")
        if found and clause == "clone":
            found = self._but_for_what_a_clone_may_change(found, pair, expected, got)
        for _ in range(AGAIN):
            if not found or how[3] is not None:
                break
            # Now both in the same mode: a disabled run takes what no other would.
            expected = self.original.run(how[0])
            got = self._run_migrated(how[1], launched=how[2])
            found = pair.differences(expected, got)
        if self.clauses.get(clause) != "wrong":
            self.clauses[clause] = "wrong" if found else "right"
        for text in found:
            sentence = f"{clause}: {text}"
            if sentence not in self.reasons:
                self.reasons.append(sentence)

    def _but_for_what_a_clone_may_change(
        self, found: list[str], pair: Pair, expected: Recording, got: Recording
    ) -> list[str]:
        """The differences, less those that a clone may have."""
        may = Excused.of(expected, got, self.choices, self.overwritten)
        ends = not may.may_end_otherwise
        where = may.where(expected, pair)
        left = pair.differences(expected, got, excused=may.names, where=where, ends=ends)
        if not (may.names or where) or left:
            return left or found
        self.excused.append(may)
        return []

    def _migrated_twice(self) -> Pair:
        base = self.pair.migrated
        moved = frozenset(self.pair.back(key) for key in self.pair.unstable)
        return Pair(base, base, self.form, moved)

    def _run_migrated(
        self, words: Sequence[str], launched: Mapping[str, Any] | None = None
    ) -> Recording:
        return self.after.run(self.migrated, words, launched=launched)

    def _unread(self, ran: Recording) -> set[str]:
        return set(self.choices.parameters) - {r.name for r in ran.reads if not r.whole}
