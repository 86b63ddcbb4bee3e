"""How a script is run before the judge."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pytest_jobready.recording import Recording, StandIns, Stop, record


@dataclass(frozen=True)
class Setting:
    """How a script is run: see `pytest_jobready.recording.record`.

    ``root`` is the folder of its repository, None for a script alone. ``start`` and
    ``path`` are folders in it: where the script is started, and what is on the import
    path.
    """

    root: Path | None = None
    start: str | None = None
    path: tuple[str, ...] = (".",)
    module: str | None = None
    stand_ins: StandIns | None = None
    seconds: float = 40
    busy: float = 6
    settled: int = 8_000
    stop: Stop = "first-log"
    env: Mapping[str, str] = field(default_factory=dict)

    def run(self, script: Path, argv: Sequence[str] = (), **more: Any) -> Recording:
        """Record one run."""
        root = None if self.root is None else self.root.resolve()
        return record(
            script,
            argv,
            roots=(script.resolve() if root is None else root,),
            path=None if root is None else [root / folder for folder in self.path],
            start=None if root is None or self.start is None else root / self.start,
            module=self.module,
            env=self.env,
            stand_ins=self.stand_ins,
            seconds=self.seconds,
            busy=self.busy,
            settled=self.settled,
            stop=self.stop,
            **more,
        )
