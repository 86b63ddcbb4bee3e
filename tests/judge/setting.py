"""How a script is run before the judge."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pytest_jobready.recording import Recording, StandIns, Stop, record


@dataclass(frozen=True)
class Setting:
    """How a script is run: see `pytest_jobready.recording.record`.

    ``root`` is the folder of its repository, None for a script alone. ``start``, ``path``
    and ``last`` are folders in it: where the script is started, what is on the import
    path, and what a script may put there itself. ``words`` come first on each command
    line, ``command`` is the subcommand that starts the run, ``given`` are parameters that
    have one value in every run. ``stood_in_for`` are modules of the repository's own that
    nothing is to be seen of.
    """

    root: Path | None = None
    start: str | None = None
    path: tuple[str, ...] = (".",)
    last: tuple[str, ...] = ()
    module: str | None = None
    stand_ins: StandIns | None = None
    seconds: float = 40
    busy: float = 6
    settled: int = 8_000
    stop: Stop = "first-log"
    env: Mapping[str, str] = field(default_factory=dict)
    words: tuple[str, ...] = ()
    command: str = ""
    given: Mapping[str, Any] = field(default_factory=dict)
    python: str = sys.executable
    stood_in_for: tuple[str, ...] = ()

    def run(self, script: Path, argv: Sequence[str] = (), **more: Any) -> Recording:
        """Record one run."""
        root = None if self.root is None else self.root.resolve()
        env = dict(self.env)
        if root is not None and self.last:
            last = os.pathsep.join(str(root / folder) for folder in self.last)
            env["JOBREADY_LAST_PATH"] = last
        return record(
            script,
            [*self.words, *argv],
            roots=(script.resolve() if root is None else root,),
            path=None if root is None else [root / folder for folder in self.path],
            start=None if root is None or self.start is None else root / self.start,
            module=self.module,
            env=env,
            stand_ins=self.stand_ins,
            seconds=self.seconds,
            busy=self.busy,
            settled=self.settled,
            stop=self.stop,
            python=self.python,
            stood_in_for=self.stood_in_for,
            **more,
        )
