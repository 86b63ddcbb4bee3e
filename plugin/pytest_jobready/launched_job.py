"""What a test gets of a script that it launched, and how it asks for more."""

from __future__ import annotations

import fnmatch
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from pytest_jobready.rehearsal import Read, Rehearsed, Take
from pytest_jobready.rehearsal.rehearsed import same_value


@dataclass(frozen=True)
class LaunchedJob(Rehearsed):
    """A script that was launched: what it did, and assertions about it.

    Every assertion raises ``AssertionError`` with what was found instead, where in the
    code, and the last lines of the script's output where it went wrong.
    """

    script: Path = Path()
    overrides: Mapping[str, Any] = field(default_factory=dict)
    launched: bool = True

    @classmethod
    def of(cls, take: Take, rehearsed: Rehearsed) -> LaunchedJob:
        """The same with what it was asked for."""
        found = {f.name: getattr(rehearsed, f.name) for f in fields(Rehearsed)}
        return cls(
            **found,
            script=take.script,
            overrides=dict(take.config or {}),
            launched=take.config is not None,
        )

    def assert_started(self) -> None:
        """A run was started."""
        __tracebackhide__ = True
        if not self.reached_init:
            self._fail(f"{self.script.name} started no run: it {self.ending}")

    def assert_exit(self, code: int = 0) -> None:
        """It was stopped as asked, or ended by itself with this exit code."""
        __tracebackhide__ = True
        if self.exit_code != code:
            self._fail(f"{self.script.name} {self.ending}, where {code} was expected")

    def assert_reads(self, **values: Any) -> None:
        """Each of these parameters is read, and all reads see the value.

        Values are in the parameter's own type: numbers and switches are compared by
        ``==``, all else by type as well. Reads of all parameters at once, as by
        ``vars(args)``, don't count.
        """
        __tracebackhide__ = True
        self.assert_started()
        wrong: list[str] = []
        for name, expected in values.items():
            reads = self.reads_of(name)
            if not reads:
                wrong.append(f"{name}: nothing read it until it {self.ending}")
            wrong += [
                f"{_told(read)}, where {expected!r} was expected"
                for read in reads
                if not same_value(read, expected)
            ]
        if wrong:
            self._fail("\n".join(wrong), output=False)

    def assert_overrides_read(self) -> None:
        """Each override is read, and all reads see it."""
        __tracebackhide__ = True
        self.assert_reads(**self.overrides)

    def assert_config(self, **values: Any) -> None:
        """The run's config holds these values, as W&B recorded them."""
        __tracebackhide__ = True
        self.assert_started()
        config = self.config or {}
        keys = ", ".join(sorted(config)) or "nothing"
        wrong = [
            f"config[{name!r}] is {config[name]!r}, where {value!r} was expected"
            if name in config
            else f"the config has no {name!r}, only {keys}"
            for name, value in values.items()
            if name not in config or config[name] != value
        ]
        if wrong:
            self._fail("\n".join(wrong), output=False)

    def assert_job(
        self,
        name: str | None = None,
        *,
        source: str | None = None,
        entrypoint: Iterable[str] | None = None,
        inputs: Iterable[str] | None = None,
    ) -> None:
        """The run made a job.

        ``name`` may hold ``*`` and ``?``; ``source`` is ``repo``, ``artifact`` or
        ``image``; ``inputs`` are the parameters that the job offers.
        """
        __tracebackhide__ = True
        self.assert_started()
        if self.job is None:
            why = (
                "a run that is launched makes none: use launched=False"
                if self.launched
                else "`jobready name` says why"
            )
            self._fail(f"{self.script.name} made no job: {why}")
            return
        wrong = []
        if name is not None and not fnmatch.fnmatchcase(self.job.name, name):
            wrong.append(f"the job is called {self.job.name!r}, not {name!r}")
        if source is not None and self.job.source_type != source:
            wrong.append(f"the job's source is {self.job.source_type}, not {source}")
        if entrypoint is not None and self.job.entrypoint != tuple(entrypoint):
            found = " ".join(self.job.entrypoint)
            wrong.append(f"the job's entrypoint is {found!r}")
        if inputs is not None and set(inputs) != set(self.job.inputs):
            offered = ", ".join(sorted(self.job.inputs)) or "nothing"
            wrong.append(f"the job offers {offered}")
        if wrong:
            self._fail("\n".join(wrong), output=False)

    def _fail(self, message: str, output: bool = True) -> None:
        __tracebackhide__ = True
        shown = f"\n{self.output}" if output and self.output else ""
        raise AssertionError(message + shown)


def _told(read: Read) -> str:
    source = "wandb.config" if read.source == "config" else "the arguments"
    return (
        f"{read.file}:{read.line}: {read.parameter} is {read.text} ({read.type}) "
        f"in {source}, {read.when}"
    )
