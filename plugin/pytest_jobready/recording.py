"""Runs a script with the recorder inside, and gives what it saw as plain values."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal

RECORDER = Path(__file__).with_name("recorder")
Stop = Literal["init", "first-log", "exit"]
StandIns = Literal["missing", "all"]


@dataclass(frozen=True)
class Read:
    """One read of one parameter, in the order of the script.

    ``type`` is the name of the value's type and ``value`` its repr; ``whole`` marks a
    read of all parameters at once, as by ``vars(args)``; ``source`` is ``namespace`` or
    ``config``; ``process`` is ``main`` or a child's. The same value read again on the
    same line counts once.
    """

    name: str
    type: str
    value: str
    file: str
    line: int
    source: str = "namespace"
    whole: bool = False
    after_init: bool = False
    process: str = "main"


@dataclass(frozen=True)
class Parsed:
    """A parser as it was at one parse: plain dicts, as its ``describe`` made them."""

    file: str
    line: int
    actions: tuple[Mapping[str, Any], ...]
    groups: tuple[Mapping[str, Any], ...]
    commands: Mapping[str, Mapping[str, Any]]
    words: Sequence[str] | None

    @classmethod
    def of(cls, event: Mapping[str, Any]) -> Parsed:
        """The parse of an event in the record."""
        return cls(
            event["file"],
            event["line"],
            tuple(event["actions"]),
            tuple(event["groups"]),
            event["commands"],
            event["words"],
        )


@dataclass(frozen=True)
class Recording:
    """What one run of a script did.

    ``ended`` is ``first-log``, ``init``, ``settled``, ``time`` or ``exit``, and None where
    the script died without a word; ``error`` is the type of an uncaught exception;
    ``config`` is what the page of its last run would show, None without a run.
    ``stand_ins`` are the libraries that something stood in for, by name, ``words`` those
    of its command line.
    """

    exit_code: int
    stdout: str
    stderr: str
    reads: tuple[Read, ...]
    parses: tuple[Parsed, ...]
    inits: tuple[tuple[str, int], ...]
    ended: str | None
    error: str | None
    config: dict[str, Any] | None
    imported_wandb: bool
    stand_ins: tuple[str, ...] = ()
    words: tuple[str, ...] = ()

    @property
    def reached_init(self) -> bool:
        """Whether a run was started."""
        return bool(self.inits)


def record(
    script: Path,
    argv: Sequence[str] = (),
    *,
    launched: Mapping[str, Any] | None = None,
    roots: Sequence[Path] = (),
    path: Sequence[Path] | None = None,
    start: Path | None = None,
    module: str | None = None,
    env: Mapping[str, str] | None = None,
    mode: str = "offline",
    stop: Stop = "first-log",
    seconds: float = 60,
    busy: float | None = None,
    settled: int | None = None,
    stand_ins: StandIns | None = None,
    candidates: bool | Mapping[str, Any] = False,
    python: str = sys.executable,
    stood_in_for: Sequence[str] = (),
) -> Recording:
    """Run a script in a temporary folder of its own.

    With ``launched`` it runs as a launch agent would start it, with these values as the
    job's config. ``roots`` are the folders of the user's own code (default: the script),
    ``path`` those on the import path (default: the first root). ``start`` is a folder
    whose files the script finds where it runs, by links: what it writes beside them is
    lost. With ``module`` it runs as ``python -m module``. ``candidates`` asks for other
    values that each parameter would take, and may give those of some.
    ``mode`` is wandb's: offline is the cheapest that knows launches, disabled is cheaper
    where there is none. It is ended after ``seconds``, or after ``busy`` seconds of the
    processor's time, which are as many on a busy machine, or after ``settled`` reads that
    brought nothing new. ``stand_ins`` replace the libraries that are ``missing``, or
    ``all`` that the script imports from ``roots`` too, or those modules there that are
    ``stood_in_for``; then files that are missing and
    settings of an older wandb are no obstacle either.
    """
    script = script.resolve()
    with tempfile.TemporaryDirectory() as temporary:
        folder = os.path.realpath(temporary)
        events_file = Path(folder, "record.jsonl")
        events_file.touch()
        linked = [] if start is None else _link(start.resolve(), Path(folder))
        environment = {
            **{k: v for k, v in os.environ.items() if not k.startswith("WANDB")},
            "HOME": folder,
            "JOBREADY_RECORD": str(events_file),
            "JOBREADY_ROOTS": os.pathsep.join(map(str, roots or (script,))),
            "JOBREADY_STOP": stop,
            "JOBREADY_SECONDS": str(seconds),
            "PYTHONPATH": os.pathsep.join(
                [str(RECORDER), *map(str, roots[:1] if path is None else path)]
            ),
            "PYTHONDONTWRITEBYTECODE": "1",
            "PYTHONHASHSEED": "0",
            "WANDB_API_KEY": "0" * 40,
            "WANDB_CONSOLE": "off",
            "WANDB_DIR": folder,
            "WANDB_MODE": mode,
            "WANDB_SILENT": "true",
            **({"JOBREADY_BUSY_SECONDS": str(busy)} if busy else {}),
            **({"JOBREADY_SETTLED": str(settled)} if settled else {}),
            **({"JOBREADY_STAND_INS": stand_ins} if stand_ins else {}),
            "JOBREADY_STOOD_IN_FOR": os.pathsep.join(stood_in_for),
            **({"JOBREADY_LENIENT": "1"} if stand_ins else {}),
            **({"JOBREADY_MODULE": module} if module else {}),
            **({"JOBREADY_CANDIDATES": json.dumps(candidates)} if candidates else {}),
            **(env or {}),
        }
        if launched is not None:
            environment |= launch_environment(launched)
        program = ["-m", module] if module else [str(script)]
        code, out, err = _run([python, *program, *argv], folder, environment, seconds + 30)
        text = events_file.read_text(encoding="utf-8")
    for link, target in linked:
        text = text.replace(json.dumps(str(link))[1:-1], json.dumps(str(target))[1:-1])
    events = [
        json.loads(line) for line in text.replace(folder, "<folder>").splitlines() if line
    ]
    return replace(_recording(code, out, err, events), words=tuple(argv))


def launch_environment(config: Mapping[str, Any]) -> dict[str, str]:
    """What a launch agent sets, without what needs a server (``WANDB_ARTIFACTS``)."""
    return {
        "WANDB_LAUNCH": "True",
        "WANDB_CONFIG": json.dumps(config),
        "WANDB_PROJECT": "project",
        "WANDB_ENTITY": "entity",
        "WANDB_RUN_ID": "launched",
        "WANDB_LAUNCH_QUEUE_NAME": "queue",
        "WANDB_LAUNCH_QUEUE_ENTITY": "entity",
        "WANDB_LAUNCH_FILE_OVERRIDES": "{}",
    }


def _link(start: Path, folder: Path) -> list[tuple[Path, Path]]:
    """Make links in ``folder`` to what lies in ``start``, but for its history."""
    found = []
    for target in sorted(start.iterdir(), reverse=True):  # longer names first
        link = folder / target.name
        if target.name != ".git" and not link.exists():
            link.symlink_to(target, target_is_directory=target.is_dir())
            found.append((link, target))
    return found


def _run(
    command: Sequence[str], folder: str, env: Mapping[str, str], timeout: float
) -> tuple[int, str, str]:
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        process = subprocess.Popen(
            command,
            cwd=folder,
            env=env,
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=err,
            start_new_session=True,
        )
        try:
            code = process.wait(timeout)
        except subprocess.TimeoutExpired:
            code = -signal.SIGKILL
        finally:
            # What the script left running goes with it.
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        texts = []
        for stream in (out, err):
            stream.seek(0)
            texts.append(stream.read().decode("utf-8", "replace"))
    return code, texts[0], texts[1]


def _recording(
    code: int, out: str, err: str, events: Sequence[Mapping[str, Any]]
) -> Recording:
    def of(kind: str) -> list[dict[str, Any]]:
        return [
            {k: v for k, v in event.items() if k != "event"}
            for event in events
            if event["event"] == kind
        ]

    # The first word about the end is the cause; main speaks for the run's config.
    ends = sorted(of("end"), key=lambda e: e["config"] is None)
    errors = of("error")
    parses = [Parsed.of(p) for p in of("parse")]
    return Recording(
        exit_code=code,
        stdout=out,
        stderr=err,
        reads=tuple(Read(**r) for r in of("read")),
        parses=tuple(parses),
        inits=tuple((i["file"], i["line"]) for i in of("init")),
        ended=ends[0]["why"] if ends else None,
        error=errors[0]["type"] if errors else None,
        config=ends[0]["config"] if ends else None,
        imported_wandb=any(e["imported_wandb"] for e in ends),
        stand_ins=tuple(sorted({e["name"] for e in of("stand-in")})),
    )
