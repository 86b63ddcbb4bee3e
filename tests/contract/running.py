"""Runs a script with the real wandb SDK, and sees what it reads."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

RECORDER = Path(__file__).with_name("recorder")


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
    with tempfile.TemporaryDirectory() as folder:
        record = Path(folder, "record.jsonl")
        record.touch()
        environment = {
            **{k: v for k, v in os.environ.items() if not k.startswith("WANDB")},
            "HOME": folder,
            "JOBREADY_RECORD": str(record),
            "JOBREADY_SCRIPT": str(script),
            "PYTHONPATH": str(RECORDER),
            "PYTHONDONTWRITEBYTECODE": "1",
            "WANDB_CONSOLE": "off",
            "WANDB_DIR": folder,
            "WANDB_MODE": mode,
            "WANDB_SILENT": "true",
            **(env or {}),
        }
        if launched is not None:
            environment["WANDB_LAUNCH"] = "True"
            environment["WANDB_CONFIG"] = json.dumps(launched)
        ran = subprocess.run(
            [sys.executable, str(script), *argv],
            cwd=folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        events = [json.loads(line) for line in record.read_text().splitlines()]
    ends = [event for event in events if event["event"] == "end"]
    reads = tuple(
        Read(event["name"], event["type"], event["value"], event["whole"])
        for event in events
        if event["event"] == "read"
    )
    return Result(
        exit_code=ran.returncode,
        stdout=ran.stdout,
        stderr=ran.stderr,
        reads=reads,
        config=ends[-1]["config"] if ends else None,
        imported_wandb=bool(ends and ends[-1]["imported_wandb"]),
    )
