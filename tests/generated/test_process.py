"""The stand-in for ``wandb.init`` makes the config that the real one makes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.edits.matrix_laws import alike
from tests.generated.process import new_config, run

VALUES: dict[str, Any] = {
    "lr": 0.1,
    "whole": 1.0,
    "n": 5,
    "name": "a",
    "none": None,
    "on": True,
    "tuple": (1, 2.0),
    "path": Path("a/b"),
    "items": [1, "x", None],
    "nested": {"a": 2.0},
}
SCRIPT = """
import json, sys
from pathlib import Path
import wandb

values = {**json.loads(sys.argv[1]), "tuple": (1, 2.0), "path": Path("a/b")}
run = wandb.init(mode="offline", config=values)
print("CONFIG " + repr({k: run.config[k] for k in run.config.keys()}))
"""


@pytest.mark.parametrize("launched", [None, {"lr": 0.5, "whole": 2.0, "more": [1]}])
def test_the_config_is_what_the_sdk_makes(
    launched: dict[str, Any] | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if launched is not None:
        monkeypatch.setenv("WANDB_LAUNCH", "True")
        monkeypatch.setenv("WANDB_CONFIG", json.dumps(launched))
    plain = {k: v for k, v in VALUES.items() if k not in ("tuple", "path")}
    ours = new_config({**plain, "tuple": (1, 2.0), "path": Path("a/b")}, {})
    command = [sys.executable, "-c", SCRIPT, json.dumps(plain)]
    environment = {**os.environ, "WANDB_SILENT": "true"}
    ran = subprocess.run(
        command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=True
    )
    line = next(x for x in ran.stdout.splitlines() if x.startswith("CONFIG "))
    theirs = eval(line.removeprefix("CONFIG "))
    assert alike({k: ours[k] for k in ours}, theirs)


def test_values_are_told_apart_by_type() -> None:
    one, other = (run(f"see('x', {v})") for v in ("1", "1.0"))
    assert one.seen != other.seen


def test_an_error_is_the_end_of_a_run() -> None:
    assert run("1 / 0").exit == "ZeroDivisionError: division by zero"
    assert run("import sys; sys.exit(2)").exit == 2


def test_a_launch_is_over_when_the_run_is() -> None:
    run("see('x', 1)", launched={"lr": 1})
    assert "WANDB_LAUNCH" not in os.environ
