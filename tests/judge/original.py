"""The original of a script before the judge: what it takes to start its run."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pytest_jobready.recording import Parsed, Recording
from tests.judge.comparing import tail
from tests.judge.setting import Setting
from tests.judge.values import Choices, Value

MOST_TRIES = 14  # runs in search of values that it takes


class NotJudgeableError(Exception):
    """The original gives nothing to compare with; says why."""


@dataclass
class Original:
    """A script as its authors left it, and what its runs have told so far.

    ``gates`` are the expressions that init stands behind, ``ranks`` the parameters that a
    launcher sets, ``stand_ins`` the libraries that something stood in for.
    """

    path: Path
    setting: Setting
    gates: Sequence[str] = ()
    ranks: frozenset[str] = frozenset()
    choices: Choices = field(default_factory=lambda: Choices.of(()))
    stand_ins: set[str] = field(default_factory=set)

    def run(self, words: Sequence[str], **how: Any) -> Recording:
        """Record one run."""
        ran = self.setting.run(self.path, words, **how)
        self.stand_ins.update(ran.stand_ins)
        return ran

    def parted(self, values: Sequence[Value]) -> tuple[list[Value], list[Value]]:
        """What a launcher says of them on the command line, and what a job may say."""
        by_launcher = [v for v in values if v.dest in self.ranks]
        return by_launcher, [v for v in values if v.dest not in self.ranks]

    def find_base(self) -> tuple[Recording, list[Value]]:
        """A command line on which the original starts a run, as short as it gets."""
        survey = self._survey([self.setting.command] if self.setting.command else [])
        if not survey.parses:
            raise NotJudgeableError(f"never parses: {self._tail(survey)}")
        parses: tuple[Parsed, ...] = ()
        ran = survey
        while len(ran.parses) > len(parses):  # each may take the script to the next
            parses = ran.parses
            self.choices = Choices.of(parses, self.setting.given, self.setting.command)
            if survey.reached_init and not self.choices.needed_at_all:
                return survey, []
            ran, kept = self._try_lines(survey, len(parses))
        absent = self.setting.given.keys() - {value.dest for value in kept}
        if ran.reached_init and not absent:
            return ran, kept
        if absent:
            raise NotJudgeableError(f"takes no {', '.join(sorted(absent))} as given")
        why = f"the original starts no run ({ran.ended}): {self._tail(ran)}"
        raise NotJudgeableError(why)

    def _survey(self, words: Sequence[str]) -> Recording:
        """A run that tells what else there is to give."""
        candidates = self.setting.given or True
        return self.run(words, mode="disabled", candidates=candidates)

    def _tail(self, ran: Recording) -> str:
        """The last line of stderr, with paths from the folder that it ran in.

        Those of libraries are from where these are installed.
        """
        root = self.setting.root or self.path.parent
        text = tail(ran).replace(f"{root.resolve()}{os.sep}", "")
        return re.sub(r"[^\s(']*[\\/]site-packages[\\/]", "", text)

    def _try_lines(self, survey: Recording, parses: int) -> tuple[Recording, list[Value]]:
        """Run it with more and more values, until it starts a run or parses once more."""
        choices, needed = self.choices, list(self.choices.needed)
        gates = [list(choices.opening(gate)) for gate in self.gates]
        tries: list[list[Value]] = [[], *gates, list(choices.tracking())]
        tries += [
            [*extra, *more]
            for extra in tries
            for more in choices.setting([*needed, *extra])
        ]
        tried: list[list[Value]] = []
        ran = survey
        for extra in tries:
            names = {value.dest for value in extra}
            kept = [v for v in needed if v.dest not in names] + extra
            if kept in tried:
                continue
            tried.append(kept)
            words = choices.argv(kept)
            ran = self._survey(words)
            if ran.reached_init or len(ran.parses) > parses:
                return ran, kept
        return ran, tried[-1]

    def batches(
        self, kept: Sequence[Value], mode: str
    ) -> tuple[list[tuple[list[Value], Recording]], list[Value]]:
        """Values that the original takes, in few command lines, and those it doesn't."""
        others = [v for v in self.choices.others(kept) if v.dest not in self.ranks]
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
            ran = self.run(words, mode=mode)
            if ran.reached_init:
                found.append((batch, ran))
            elif len(batch) > 1:
                half = len(batch) // 2
                waiting[:0] = [batch[:half], batch[half:]]
            else:
                untried += batch
        return found, untried + [v for batch in waiting for v in batch]


def run_original(script: Path, settings: Iterable[Setting]) -> tuple[str, ...] | str:
    """The stand-ins that a script needs to start a run, or why it starts none."""
    why = []
    for setting in settings:
        original = Original(script.resolve(), setting)
        try:
            original.find_base()
        except NotJudgeableError as error:
            why.append(str(error))
        else:
            return tuple(sorted(original.stand_ins))
    return why[0]
