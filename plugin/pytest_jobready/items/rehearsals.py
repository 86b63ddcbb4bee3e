"""The takes of one script: each is run once, and its items share what it showed."""

from __future__ import annotations

import contextlib
import hashlib
import os
import pickle
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from jobready.jobs.answer import Answer
from jobready.jobs.versions import NEWEST, Version, parse_version
from jobready.outcome import Failed
from jobready.project.config import Config
from jobready.project.files import read_source
from jobready.project.rehearsed import RehearsalSettings
from jobready.script.model import Script
from jobready.script.read import read
from pytest_jobready.items.predicted import prediction
from pytest_jobready.rehearsal import CannotRehearseError, Rehearsed, Take, run
from pytest_jobready.rehearsal.checkout import check_out
from pytest_jobready.verdicts import texts
from pytest_jobready.verdicts.as_it_is import Plain, as_it_is, start_problem
from pytest_jobready.verdicts.cloned import cloned
from pytest_jobready.verdicts.launches import (
    Launched,
    fixed_words,
    job_config,
    launch,
    same_words,
    unknown_overrides,
)
from pytest_jobready.verdicts.overridden import (
    Launch,
    Tried,
    doubtful,
    overridden,
    unread,
)
from pytest_jobready.verdicts.parameters import Typed, parameters_of
from pytest_jobready.verdicts.ranks import on_other_ranks
from pytest_jobready.verdicts.verdict import Expected, Good, Red, Verdict

MOST = 6  # takes that a script gets in which other values break it
# What a plain run is started with here, so that there is a job to look at.
SWITCH = {"WANDB_DISABLE_JOB_CREATION": "false"}


class CannotTellError(Exception):
    """Nothing can be said of a script; the message says why."""


@dataclass
class Rehearsals:
    """The rehearsals of one script, each made when it is first asked for.

    ``shared`` is a folder where the workers of one run leave what takes showed.
    """

    original: Path
    name: str
    given: Config
    settings: RehearsalSettings
    shared: Path

    @cached_property
    def project(self) -> Config:
        """The settings of the project, with the folder that is rehearsed as their root."""
        if (self.settings.checkout or self.given.checkout) != "HEAD":
            return self.given
        return replace(self.given, root=check_out(self.given.root, self.shared))

    @property
    def script(self) -> Path:
        """The script in that folder."""
        if not self.original.is_relative_to(self.given.root):
            return self.original
        found = self.project.root / self.original.relative_to(self.given.root)
        if not found.is_file():
            raise CannotRehearseError("it is not in the commit: git add, and commit it")
        return found

    def as_it_is(self) -> Verdict:
        """The verdict on the plain run."""
        return self._told(lambda: as_it_is(self._plain))

    def cloned(self) -> Verdict:
        """The verdict on the recorded config, launched."""
        return self._told(lambda: cloned(self._started, self._clone))

    def overridden(self) -> Verdict:
        """The verdict on other values, launched."""
        return self._told(self._overridden)

    def _told(self, find: Callable[[], Verdict]) -> Verdict:
        try:
            verdict = find()
        except (CannotTellError, CannotRehearseError) as error:
            return Red(f"{self.name}: {error}")
        return self._as_of_the_original(self._with_stand_ins(verdict))

    def _with_stand_ins(self, verdict: Verdict) -> Verdict:
        """The verdict, and what it was found without."""
        names = ", ".join(self._plain.take.stand_ins)
        if not names:
            return verdict
        facts = (*verdict.facts, ("jobready_stand_ins", names))
        if isinstance(verdict, Red):
            said = f"  = something stood in for what isn't installed: {names}"
            return Red(f"{verdict.text}\n{said}", facts)
        return replace(verdict, facts=facts)

    def _as_of_the_original(self, verdict: Verdict) -> Verdict:
        """The verdict with paths of a checkout as those of the user's own folder."""
        if self.project is self.given or not isinstance(verdict, Red):
            return verdict
        here, there = str(self.project.root), str(self.given.root)
        return replace(verdict, text=verdict.text.replace(here, there))

    @cached_property
    def _read(self) -> Script:
        source = read_source(self.script)
        script = source if isinstance(source, Failed) else read(source.text)
        if isinstance(script, Failed):
            reason = script.reasons[0]
            where = f"line {reason.line}: " if reason.line else ""
            raise CannotTellError(f"{where}{reason.message}")
        return script

    @cached_property
    def _plain(self) -> Plain:
        take = self._taken(args=self.settings.args, candidates=self.settings.overrides)
        env = {k: v for k, v in self.settings.env.items() if k.startswith("WANDB")}
        renamed = {name: key for i in self._read.inits for name, key in i.renamed}
        values = {name: Typed(*value) for name, value in take.values.items()}
        return Plain(
            take=take,
            script=self._read,
            parameters=parameters_of(
                take.parses, values, take.config or {}, renamed, self.settings.args
            ),
            predicted=self._predicted({**SWITCH, **env}),
            unasked=self._predicted(env),
            ignored=[code for code, _ in self.project.ignore],
            name=self.name,
            root=self.project.root,
            env=self.settings.env,
        )

    @property
    def _started(self) -> Plain:
        """The plain run, where it is one to build upon."""
        problem = start_problem(self._plain)
        if problem:
            first = problem.splitlines()[0].removeprefix(f"{self.name}: ")
            raise CannotTellError(f"the plain run tells nothing to launch with: {first}")
        return self._plain

    @cached_property
    def _clone(self) -> Rehearsed:
        return self._taken(config=dict(self._started.take.config or {}))

    def _overridden(self) -> Verdict:
        plain = self._started
        wrong = unknown_overrides(
            self.settings.overrides, self.settings.keep, plain.parameters
        )
        if wrong:
            head = f'{self.name}: [tool.jobready.jobs."{self.name}"]'
            return Red("\n".join(f"{head} {said}" for said in wrong))
        gates = {name for i in self._read.inits if i.gate for name in i.gate.names}
        kept = frozenset({*self.settings.keep, *gates})
        config = plain.take.config or {}
        launched = launch(plain.parameters, config, self.settings.overrides, kept)
        launches = self._launches(plain, launched)
        verdict = overridden(plain, Tried(tuple(launches), self._clone, kept))
        ranks = self._other_ranks(plain, launches)
        if isinstance(verdict, Red) or isinstance(ranks, Good):
            return verdict
        if isinstance(ranks, Expected) and isinstance(verdict, Expected):
            ranks = replace(ranks, reason=f"{verdict.reason}; {ranks.reason}")
        return replace(ranks, facts=verdict.facts)

    def _other_ranks(self, plain: Plain, launches: Sequence[Launch]) -> Verdict:
        """The first launch once more, with as many processes as a launcher starts."""
        ranks = self.settings.ranks or (2 if plain.take.asked_rank else 1)
        if ranks == 1 or not launches:
            return Good()
        batch = launches[0].launched
        config = job_config(plain.take.config or {}, batch)
        words = fixed_words(self.settings.args, batch)
        take = self._taken(config=config, args=words, ranks=ranks)
        return on_other_ranks(plain, Launch(batch, take))

    def _launches(self, plain: Plain, launched: Sequence[Launched]) -> list[Launch]:
        """All values in one launch; fewer in each where that breaks the script."""
        done: list[Launch] = []
        waiting = [tuple(launched)] if launched else []
        while waiting and len(done) < MOST:
            batch = waiting.pop(0)
            one = self._launch(plain, batch)
            left = unread(plain, one)
            done.append(one)
            broke = texts.ended_badly(one.take)
            if broke and any(each.contrary for each in batch):
                waiting.append(tuple(replace(each, contrary=()) for each in left))
            elif broke and len(left) > 1:
                half = len(left) // 2
                waiting += [left[:half], left[half:]]
            elif left and len(left) < len(batch):
                waiting.append(left)
        return done

    def _launch(self, plain: Plain, batch: tuple[Launched, ...]) -> Launch:
        config = job_config(plain.take.config or {}, batch)
        take = self._taken(config=config, args=fixed_words(self.settings.args, batch))
        found = Launch(batch, take)
        on_argv = any(each.parameter.from_argv for each in batch)
        if not on_argv or not doubtful(plain, found):
            return found
        # The script may make something of a value: what does it make of it without a job?
        reference = self._taken(args=same_words(self.settings.args, batch))
        return replace(found, reference=reference)

    def _taken(
        self,
        *,
        args: Sequence[str] = (),
        config: Mapping[str, Any] | None = None,
        candidates: Mapping[str, Any] | None = None,
        ranks: int = 1,
    ) -> Rehearsed:
        """What a take showed, here or in another worker."""
        stand_ins = self.settings.stand_ins or self.project.stand_ins
        take = Take(
            script=self.script,
            root=self.project.root,
            args=tuple(args),
            env=self.settings.env,
            config=config,
            stop=self.settings.stop,
            timeout=self.settings.timeout,
            candidates=candidates,
            stand_ins="missing" if stand_ins == "missing" else None,
            ranks=ranks,
        )
        asked = hashlib.sha256(repr(take).encode()).hexdigest()
        file = self.shared / asked
        with contextlib.suppress(OSError, EOFError, pickle.UnpicklingError):
            found: Rehearsed = pickle.loads(file.read_bytes())
            return found
        found = run(take)
        own = file.with_suffix(f".{os.getpid()}")
        with contextlib.suppress(OSError):  # then the others take it again
            own.write_bytes(pickle.dumps(found))
            own.replace(file)
        return found

    def _predicted(self, environ: Mapping[str, str]) -> Answer:
        # The run knows no settings of the user's own.
        hidden = {"WANDB_CONFIG_DIR": str(self.shared / "nothing"), **environ}
        found = prediction(self.script, self.project, hidden, _installed())
        if isinstance(found, Failed):
            raise CannotTellError(found.reasons[0].message)
        return found


def _installed() -> Version:
    """The wandb that the scripts of this run import."""
    try:
        return parse_version(version("wandb")) or NEWEST
    except PackageNotFoundError:
        raise CannotTellError("wandb is not installed: pip install wandb") from None
