"""Runs scripts one after the other with the wandb of this interpreter; no part of a test.

    python driver.py < cases.jsonl

Each line of the input is a case: where to run (``cwd``), with which environment (``env``),
which file (``path``) or module (``module``). Each runs in a fork of a process that has
imported wandb and done nothing with it, as ``__main__``. For each a line
``{"case", "error"}`` comes out: the error that ended the script, or how its process ended.
"""

from __future__ import annotations

import json
import os
import runpy
import select
import signal
import sys
from contextlib import suppress
from typing import Any

import wandb

SECONDS = 60  # that a run may take


def run(case: dict[str, Any]) -> str | None:
    """Run one case; the type of the error that ended it, or None."""
    os.environ.clear()
    os.environ.update(case["env"])
    os.chdir(case["cwd"])
    sys.path[0] = case["path_entry"]
    try:
        if case.get("module"):
            sys.argv = [case["module"]]
            runpy.run_module(case["module"], run_name="__main__", alter_sys=True)
        else:
            sys.argv = [case["path"]]
            runpy.run_path(case["path"], run_name="__main__")
        return None
    except BaseException as error:
        return type(error).__name__
    finally:
        wandb.finish()
        wandb.teardown()


def in_a_fork(case: dict[str, Any]) -> str | None:
    """Run one case in a process of its own, which has `SECONDS`."""
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        os.close(reading)
        os.setsid()
        try:
            os.write(writing, json.dumps(run(case)).encode())
        finally:
            os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        ready, _, _ = select.select([pipe], [], [], SECONDS)
        said = pipe.read() if ready else b'"took too long"'
    with suppress(ProcessLookupError):  # with the services that it left
        os.killpg(child, signal.SIGKILL)
    os.waitpid(child, 0)
    found: str | None = json.loads(said) if said else "crashed"
    return found


if __name__ == "__main__":
    for line in sys.stdin:
        given = json.loads(line)
        print(json.dumps({"case": given["case"], "error": in_a_fork(given)}), flush=True)
