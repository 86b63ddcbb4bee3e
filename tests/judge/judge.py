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

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from pytest_jobready.recording import Parsed, Recording
from tests.judge.comparing import CUT_SHORT, Pair, tail, unstable
from tests.judge.keys import Pages
from tests.judge.setting import Setting
from tests.judge.values import Choices, Value
from tests.judge.verdict import CLAUSES, Verdict

MOST_TRIES = 14  # runs of an original in search of values that it takes


class NotJudgeableError(Exception):
    """The original gives nothing to compare with; says why."""


def judge(
    original: Path,
    migrated: Path,
    *,
    form: str | None = None,
    setting: Setting | None = None,
    migrated_setting: Setting | None = None,
    gates: Sequence[str] = (),
    overwritten: Sequence[str] = (),
    name: str = "",
    clauses: Sequence[str] = CLAUSES,
) -> Verdict:
    """Rule on one script and its migrated copy.

    ``gates`` are the expressions that init stands behind, ``overwritten`` the parameters
    that the script sets to another value before it records them: a clone may change
    those again. ``migrated_setting`` differs where the copy lies in another tree.
    ``clauses`` are the ones to try.
    """
    setting = setting or Setting()
    case = Case(
        original.resolve(),
        migrated.resolve(),
        form,
        setting,
        migrated_setting or setting,
        tuple(gates),
        tuple(overwritten),
        tuple(clauses),
    )
    try:
        verdict = case.rule()
    except NotJudgeableError as why:
        verdict = Verdict(str(original), "not judgeable", reasons=(str(why),))
    stand_ins = tuple(sorted(case.stand_ins))
    return replace(verdict, script=name or original.name, form=form, stand_ins=stand_ins)


@dataclass
class Case:
    """One script before the judge: what is known of it so far."""

    original: Path
    migrated: Path
    form: str | None
    before: Setting
    after: Setting
    gates: tuple[str, ...]
    overwritten: tuple[str, ...]
    wanted: tuple[str, ...] = CLAUSES
    clauses: dict[str, str] = field(default_factory=dict)
    reasons: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    read: set[str] = field(default_factory=set)
    proven: set[str] = field(default_factory=set)
    kept: list[Value] = field(default_factory=list)
    stand_ins: set[str] = field(default_factory=set)

    def rule(self) -> Verdict:
        """Try each clause."""
        base, kept = self._find_base()
        if base.ended == "first-log" and self._unread(base):
            # Some parameters are only read while it trains.
            self.before = replace(self.before, stop="exit")
            self.after = replace(self.after, stop="exit")
            base, kept = self._find_base()
        self.kept = kept
        # A run that is disabled knows its config, but not as W&B records it.
        reads_config = any(r.source == "config" for r in base.reads)
        self.mode = "offline" if reads_config or self.form == "config" else "disabled"
        words = self.choices.argv(kept)
        if self.mode == "offline":
            base = self._run_original(words, mode=self.mode)
        again = self._run_original(words, mode=self.mode)
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
        batches, untried = self._batches(kept)
        ran = [self._run_migrated(self.choices.argv([*kept, *b])) for b, _ in batches]
        self._find_keys(plain, [b for b, _ in batches], ran)
        self._clone(words, plain)
        for (batch, expected), argued in zip(batches, ran, strict=True):
            self._launch(kept, batch, expected, argued)
        unread = sorted(set(self.choices.parameters) - self.read)
        return Verdict(
            script=str(self.original),
            ruling="wrong" if self.reasons else "right",
            clauses=tuple((c, self.clauses[c]) for c in CLAUSES if c in self.clauses),
            reasons=tuple(self.reasons),
            parameters=len(self.choices.parameters),
            proven=len(self.proven),
            unread=tuple(unread),
            untried=tuple(v.dest for v in untried),
            notes=tuple(dict.fromkeys(self.notes)),
        )

    def _pair(self) -> Pair:
        """What is compared: the two scripts, or the trees that they are part of."""
        trees = self.before.root, self.after.root
        if trees[0] is None or trees[1] is None:
            return Pair(self.original, self.migrated, self.form)
        return Pair(trees[0].resolve(), trees[1].resolve(), self.form)

    def _find_base(self) -> tuple[Recording, list[Value]]:
        """A command line on which the original starts a run, as short as it gets."""
        survey = self._run_original([], mode="disabled", candidates=True)
        if not survey.parses:
            raise NotJudgeableError(f"never parses: {tail(survey)}")
        parses: tuple[Parsed, ...] = ()
        ran = survey
        while len(ran.parses) > len(parses):  # each may take the script to the next
            parses = ran.parses
            self.choices = Choices.of(parses)
            if survey.reached_init and not self.choices.needed_at_all:
                return survey, []
            ran, kept = self._try_lines(survey, len(parses))
        if ran.reached_init:
            return ran, kept
        raise NotJudgeableError(f"the original starts no run ({ran.ended}): {tail(ran)}")

    def _try_lines(self, survey: Recording, parses: int) -> tuple[Recording, list[Value]]:
        """Run it with more and more values, until it starts a run or parses once more."""
        choices, needed = self.choices, list(self.choices.needed)
        gates = [list(choices.opening(gate)) for gate in self.gates]
        tries: list[list[Value]] = [[], *gates, list(choices.tracking())]
        tried: list[list[Value]] = []
        ran = survey
        for extra in tries:
            names = {value.dest for value in extra}
            kept = [v for v in needed if v.dest not in names] + extra
            if kept in tried:
                continue
            tried.append(kept)
            words = choices.argv(kept)
            ran = self._run_original(words, mode="disabled", candidates=True)
            if ran.reached_init or len(ran.parses) > parses:
                return ran, kept
        return ran, tried[-1]

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
            return found.config or {}

        if plain.config is None:
            return
        pages = Pages(plain.config, page, self.overwritten)
        keys: dict[str, str] = {}
        for batch, recording in zip(batches, ran, strict=True):
            keys |= pages.keys(batch, recording.config or {})
        for value in self.kept:
            if not value.is_shown_as(plain.config.get(value.dest)):
                for other in self.choices.contrary([value]):
                    keys |= pages.keys([other], page(other))
        self.choices = replace(self.choices, keys=keys)
        if keys:
            shown = ", ".join(f"{name} as {key}" for name, key in sorted(keys.items()))
            self.notes.append(f"the page shows {shown}")

    def _batches(
        self, kept: Sequence[Value]
    ) -> tuple[list[tuple[list[Value], Recording]], list[Value]]:
        """Values that the original takes, in few command lines, and those it doesn't."""
        others = list(self.choices.others(kept))
        waiting = [
            [v for v in others if not v.is_text],
            [v for v in others if v.is_text],
        ]
        found, untried = [], []
        for _ in range(MOST_TRIES):
            waiting = [batch for batch in waiting if batch]
            if not waiting:
                break
            batch = waiting.pop(0)
            words = self.choices.argv([*kept, *batch])
            ran = self._run_original(words, mode=self.mode)
            if ran.reached_init:
                found.append((batch, ran))
            elif len(batch) > 1:
                half = len(batch) // 2
                waiting[:0] = [batch[:half], batch[half:]]
            else:
                untried += batch
        return found, untried + [v for batch in waiting for v in batch]

    def _launch(
        self,
        kept: Sequence[Value],
        batch: Sequence[Value],
        expected: Recording,
        argued: Recording,
    ) -> None:
        """Give a migrated script values by its command line, by a job, and by both."""
        values = [*kept, *batch]
        config = self.choices.config(values)
        words = self.choices.argv(values)
        bare = self.choices.argv([])  # a subcommand stays with the entrypoint
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
        contrary = self.choices.argv([*kept, *self.choices.contrary(batch)])
        if "launched wins" in self.wanted:
            against = self._run_migrated(contrary, launched=config)
            how = (words, contrary, config, None)
            self._hold("launched wins", expected, against, how)
        if job.config is not None:
            names = {self.choices.keys.get(n, n) for n in self.overwritten}
            shown = {k: job.config.get(k) for k in config if k not in names}
            wrong = [k for k, v in shown.items() if v != config[k]]
            if wrong and started:
                self.notes.append(f"the run shows other values of {', '.join(wrong)}")
        self._clone(words, argued)
        if job.config != argued.config:
            self._clone(bare, job)

    def _clone(self, words: Sequence[str], recorded: Recording) -> None:
        """Launch what a run recorded, as it is."""
        if "clone" not in self.wanted:
            return
        if recorded.config is None:
            self.clauses.setdefault("clone", "no config was recorded")
            return
        bare = self.choices.argv([])
        # What the run doesn't show is given to the job, as the notes on gates say.
        launched = self.choices.config(self.kept) | recorded.config
        cloned = self._run_migrated(bare, launched=launched)
        if self._stops_by_name(cloned):
            self.notes.append(f"a clone stops by name: {tail(cloned)}")
            self.clauses.setdefault("clone", "right")
            return
        self._hold("clone", recorded, cloned, (words, bare, launched, recorded))

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
        """Compare; before anything is called wrong, both run once more."""
        pair = self.pair
        if how[3] is not None:  # two runs of the migrated copy
            pair = self._migrated_twice()
        found = pair.differences(expected, got)
        if found and clause == "clone":
            found = self._but_for_what_a_clone_may_change(found, pair, expected, got)
        if found and how[3] is None:
            # Now both in the same mode: a disabled run takes what no other would.
            expected = self._run_original(how[0])
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
        """The differences, less those of parameters that the run shows otherwise or not."""
        derived = {r.name for r in expected.reads} - set(self.choices.parameters)
        keys, shown = self.choices.keys, expected.config or {}
        hidden = {n for n in self.choices.parameters if keys.get(n, n) not in shown}
        excused = {*self.overwritten, *hidden, *derived}
        if not excused or pair.differences(expected, got, excused=excused):
            return found
        if self.overwritten:
            names = ", ".join(sorted(set(self.overwritten)))
            self.notes.append(f"a clone overwrites again: {names}")
        if hidden:
            self.notes.append(f"the run doesn't show: {', '.join(sorted(hidden))}")
        return []

    def _migrated_twice(self) -> Pair:
        base = self.pair.migrated
        moved = frozenset(self.pair.back(key) for key in self.pair.unstable)
        return Pair(base, base, self.form, moved)

    def _run_original(self, words: Sequence[str], **how: Any) -> Recording:
        ran = self.before.run(self.original, words, **how)
        self.stand_ins.update(ran.stand_ins)
        return ran

    def _run_migrated(
        self, words: Sequence[str], launched: Mapping[str, Any] | None = None
    ) -> Recording:
        return self.after.run(self.migrated, words, launched=launched)

    def _unread(self, ran: Recording) -> set[str]:
        return set(self.choices.parameters) - {r.name for r in ran.reads if not r.whole}
