"""One take, from a copy of the working tree to what came of it."""

from __future__ import annotations

import contextlib
import os
import re
import tempfile
import time
import uuid
from dataclasses import replace
from pathlib import Path
from typing import Any

from pytest_jobready.backend import Backend, Job, Run
from pytest_jobready.rehearsal.environment import environment
from pytest_jobready.rehearsal.events import Events, events_of
from pytest_jobready.rehearsal.launch import launch_environment
from pytest_jobready.rehearsal.processes import run_to_end
from pytest_jobready.rehearsal.ranks import rank_environments
from pytest_jobready.rehearsal.rehearsed import Ended, Rehearsed
from pytest_jobready.rehearsal.take import CannotRehearseError, Take
from pytest_jobready.rehearsal.tree import Tree, make_tree

MARK = "JOBREADY_RECORD"  # its value is the path of one take's record
LAST = 1_000_000  # bytes of output that are kept
STOPPED = ("init", "first-log")


def run(take: Take, backend: Backend | None = None) -> Rehearsed:
    """Run a script once; without a ``backend`` it gets one of its own.

    Returns whatever happens to the script. Raises `CannotRehearseError` where it can't be
    started at all.
    """
    with contextlib.ExitStack() as stack:
        if backend is None:
            backend = stack.enter_context(Backend())
        temporary = stack.enter_context(
            tempfile.TemporaryDirectory(prefix="jobready-", ignore_cleanup_errors=True)
        )
        return _run(take, backend, Path(temporary).resolve())


def _run(take: Take, backend: Backend, temporary: Path) -> Rehearsed:
    own = temporary / "own"
    for name in ("cache", "config", "data", "runs"):
        (own / name).mkdir(parents=True)
    record = own / "record.jsonl"
    for file in (record, own / "dump"):
        file.touch()
    tree = make_tree(take, temporary)
    runs_before, jobs_before = len(backend.runs), len(backend.jobs)
    began = time.monotonic()
    code = _start(take, tree, backend, own)
    seconds = time.monotonic() - began
    events = events_of(tree.told_json(_text(record)))
    runs = tuple(replace(r, config=tree.told(r.config)) for r in backend.runs[runs_before:])
    ended = _ended(events, code)
    return Rehearsed(
        ended=ended,
        exit_code=_exit_code(ended, code),
        config=_config(events, runs),
        reads=events.reads,
        started=events.started,
        job=_job(backend.jobs[jobs_before:]),
        runs=runs,
        crash=events.crash,
        refusal=events.refusal,
        stdout=tree.told(_text(own / "stdout", LAST)),
        stderr=tree.told(_text(own / "stderr", LAST)),
        seconds=take.timeout if ended == "timeout" else seconds,
        parses=events.parses,
        values=events.values,
        stand_ins=events.stand_ins,
        asked_rank=events.asked_rank,
        late=_late(tree.told(_text(own / "dump")), tree) if ended == "timeout" else None,
        rank_crashes=events.rank_crashes,
    )


def _start(take: Take, tree: Tree, backend: Backend, own: Path) -> int | None:
    launched = {}
    if take.config is not None:
        file = own / "launch-config.json" if take.config_by == "file" else None
        config = tree.moved(dict(take.config))
        launched = launch_environment(config, uuid.uuid4().hex[:8], file)
    if take.module:
        program = ["-m", take.module]
    else:
        script = tree.inside(take.script.resolve())
        program = [os.path.relpath(script, tree.cwd)]
    env = environment(take, tree, backend.url, own, launched)
    record = own / "record.jsonl"
    main, *others = ({**env, **own} for own in rank_environments(take.ranks))
    try:
        return run_to_end(
            [take.python, *program, *tree.moved(take.args)],
            cwd=tree.cwd,
            env=main,
            mark=MARK,
            timeout=take.timeout,
            out=own / "stdout",
            err=own / "stderr",
            is_ending=lambda: b'"event": "ending", "process": "main"' in _tail(record),
            beside=others,
        )
    except OSError as error:
        raise CannotRehearseError(f"{take.python} can't be started: {error}") from None


def _ended(events: Events, code: int | None) -> Ended:
    if events.refusal is not None:
        return "refused"
    if events.why in STOPPED:
        return "stopped"
    if code is None:
        return "timeout"
    return "killed" if code < 0 else "exited"


def _exit_code(ended: Ended, code: int | None) -> int | None:
    if ended == "stopped":
        return 0
    return None if ended in ("refused", "timeout") else code


def _config(events: Events, runs: tuple[Run, ...]) -> Any:
    """What W&B was told; what the process knew, where the run isn't online."""
    for started in events.started:
        for each in runs:
            if (each.entity, each.project, each.id) == (
                started.entity or each.entity,
                started.project or each.project,
                started.id,
            ):
                return each.config
    return events.config


def _job(jobs: tuple[Job, ...]) -> Job | None:
    return jobs[0] if jobs else None


def _late(dump: str, tree: Tree) -> tuple[Path, int] | None:
    """The innermost line of the user's code in what faulthandler wrote."""
    for file, line in re.findall(r'^  File "(.*)", line (\d+) in ', dump, re.MULTILINE):
        path = Path(file)
        if path.is_relative_to(tree.original) and "site-packages" not in path.parts:
            return path, int(line)
    return None


def _text(file: Path, last: int | None = None) -> str:
    return _tail(file, last).decode("utf-8", "replace")


def _tail(file: Path, last: int | None = 4096) -> bytes:
    with file.open("rb") as opened:
        size = opened.seek(0, os.SEEK_END)
        opened.seek(0 if last is None else max(0, size - last))
        return opened.read()
