"""Runs a script with the real wandb SDK, and sees what it reads."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pytest_jobready.recording import record


@dataclass(frozen=True)
class Read:
    """One read of one parameter, in the order of the script.

    ``value`` is its repr; ``whole`` marks a read of all parameters, as by ``vars(args)``.
    """

    name: str
    type: str
    value: str
    whole: bool = False


@dataclass(frozen=True)
class Result:
    """What one run of a script did.

    ``config`` is what the page of its last run would show, None without a run.
    """

    exit_code: int
    stdout: str
    stderr: str
    reads: tuple[Read, ...]
    config: dict[str, Any] | None
    imported_wandb: bool

    @property
    def trained_with(self) -> Any:
        """What the script says on its last line of output, as JSON."""
        return json.loads(self.stdout.splitlines()[-1])

    def as_recorded(self) -> list[tuple[str, str, object]]:
        """The reads that must agree in form config.

        W&B records numbers its own way, 1.0 and 1 are one. What ``config=vars(args)``
        hands to the run is no use of a value yet.
        """
        return [
            (r.name, "number", float(r.value))
            if r.type in ("int", "float")
            else (r.name, r.type, r.value)
            for r in self.reads
            if not r.whole
        ]


def run(
    script: Path,
    argv: Sequence[str] = (),
    *,
    launched: Mapping[str, Any] | None = None,
    env: Mapping[str, str] | None = None,
    mode: str = "offline",
) -> Result:
    """Run a script in a temporary folder of its own.

    With ``launched`` it runs as a launch agent would start it, with these values as the
    job's config. ``mode`` is wandb's: offline is the cheapest that knows launches,
    disabled is cheaper where there is none.
    """
    seen = record(script, argv, launched=launched, env=env, mode=mode, stop="exit")
    return Result(
        exit_code=seen.exit_code,
        stdout=seen.stdout,
        stderr=seen.stderr,
        reads=tuple(Read(r.name, r.type, r.value, r.whole) for r in seen.reads),
        config=seen.config,
        imported_wandb=seen.imported_wandb,
    )
