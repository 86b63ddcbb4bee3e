"""JR105: wandb.config gets another object."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.rules.tools import assert_clean, fixed, found

INIT = "import wandb\nrun = wandb.init()\n"
PARSED = (
    "import argparse\nimport wandb\np = argparse.ArgumentParser()\n"
    "p.add_argument('--lr', default=1)\nargs = p.parse_args()\n"
)


@pytest.mark.parametrize(
    "text",
    [
        INIT + "wandb.config = {'lr': 1}\n",
        INIT + "run.config = {'lr': 1}\n",
        INIT + "wandb.run.config = {'lr': 1}\n",
        INIT + "config = wandb.config = {'lr': 1}\n",
        "import wandb as w\nw.init()\nw.config = {}\n",
        "import wandb\nwandb.config: dict = {}\nwandb.init()\n",
        "import wandb\nwandb.config = make()\n",
    ],
    ids=["module", "run", "current-run", "twice", "alias", "annotated", "no-init"],
)
def test_an_assignment_to_the_config(text: str) -> None:
    ((_, _, message),) = found("JR105", text)
    assert message.endswith("is set anew, so the run doesn't record it")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("wandb.config = {'lr': 1}", "wandb.config.update({'lr': 1})"),
        ("run.config={'lr': 1}", "run.config.update({'lr': 1})"),
        (
            "wandb.config = {\n    'lr': 1,  # small\n}",
            "wandb.config.update({\n    'lr': 1,  # small\n})",
        ),
        ("wandb.config = (\n    {'lr': 1}\n)", "wandb.config.update((\n    {'lr': 1}\n))"),
        ("wandb.config = \\\n    {'lr': 1}", "wandb.config.update({'lr': 1})"),
    ],
    ids=["spaces", "no-spaces", "lines", "parentheses", "backslash"],
)
def test_an_update_takes_its_place(before: str, after: str) -> None:
    assert fixed("JR105", f"{INIT}{before}\n") == f"{INIT}{after}\n"


def test_arguments_are_taken_too() -> None:
    text = PARSED + "wandb.init()\nwandb.config = vars(args)  # all\n"
    after = PARSED + "wandb.init()\nwandb.config.update(vars(args))  # all\n"
    assert fixed("JR105", text) == after


def test_the_fix_is_unsafe_where_the_config_is_read() -> None:
    text = INIT + "wandb.config = {'sizes': (1, 2)}\nprint(wandb.config['sizes'])\n"
    assert fixed("JR105", text) == text
    assert "wandb.config.update({'sizes': (1, 2)})" in fixed("JR105", text, unsafe=True)


@pytest.mark.parametrize(
    "text",
    [
        "import wandb\nwandb.config = {}\nwandb.init()\n",
        INIT + "wandb.config = make()\n",
        INIT + "a = wandb.config = {}\n",
        "import wandb\nwandb.init(config={'lr': 1})\nwandb.config = {'lr': 2}\n",
        "import wandb\nwandb.init(**settings)\nwandb.config = {'lr': 2}\n",
        "import wandb\nwandb.init()\ndef f():\n    wandb.config = {}\n",
    ],
    ids=["before-init", "unknown", "twice", "other-config", "unpacked", "elsewhere"],
)
def test_what_can_not_be_told_is_left_to_the_user(text: str) -> None:
    assert len(found("JR105", text)) == 1
    assert fixed("JR105", text, unsafe=True) == text


@pytest.mark.parametrize(
    "text",
    [
        INIT + "wandb.config.update({'lr': 1})\n",
        INIT + "wandb.config.lr = 1\n",
        INIT + "config = wandb.config\n",
        INIT + "class A:\n    def __init__(self):\n        self.config = {}\n",
        INIT + "other.config = {}\n",
        INIT + "assert wandb.config == {}\n",
        "wandb = object()\nwandb.config = {}\n",
    ],
    ids=["update", "key", "read", "own", "other", "compared", "no-module"],
)
def test_what_is_no_assignment_to_the_config(text: str) -> None:
    assert_clean("JR105", text)


def test_the_sdk_records_what_the_fix_writes(tmp_path: Path) -> None:
    before = INIT + "wandb.config = {'lr': 1}\nprint(dict(run.config))\n"
    after = fixed("JR105", before, unsafe=True)
    assert recorded(before, tmp_path) == "{}"
    assert recorded(after, tmp_path) == "{'lr': 1}"


def recorded(text: str, folder: Path) -> str:
    """What the script prints, run offline with the real SDK."""
    ran = subprocess.run(
        [sys.executable, "-c", text],
        cwd=folder,
        env={**os.environ, "WANDB_MODE": "offline", "WANDB_SILENT": "true"},
        capture_output=True,
        text=True,
        check=True,
    )
    return ran.stdout.strip()
