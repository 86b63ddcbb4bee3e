"""JR602: a path is on the machine of one person."""

from __future__ import annotations

import pytest

from tests.rules.tools import FIELDS, assert_clean, found

HEAD = """\
import argparse
import wandb
parser = argparse.ArgumentParser()
"""
RUN = "args = parser.parse_args()\nwandb.init(config=args)\n"


def script(name: str, default: str) -> str:
    return f'{HEAD}parser.add_argument("--{name}", default={default!r})\n{RUN}'


@pytest.mark.parametrize(
    ("name", "default"),
    [
        ("data", "/home/jane/coco"),
        ("out", "/Users/jane/out"),
        ("data", "C:\\data\\coco"),
        ("data", "../data"),
        ("data", "./../coco"),
    ],
)
def test_a_default_that_no_container_has(name: str, default: str) -> None:
    ((line, column, message),) = found("JR602", script(name, default))
    assert (line, column) == (4, 35 + len(name))
    assert message.startswith(default)


def test_a_path_that_is_opened() -> None:
    text = (
        'import wandb\nwandb.init()\nopen("/home/jane/a.txt")\nopen("/home/jane/b.txt")\n'
    )
    assert [(line, column) for line, column, _ in found("JR602", text)] == [(3, 6)]


@pytest.mark.parametrize(
    "text",
    [
        script("data", "data/coco"),
        script("data", "/data/coco"),
        script("data", "/home/storage/coco"),
        script("out", "/tmp/out"),
        script("output", "../output"),
        script("data", "/home/jovyan/work"),
        script("name", "home/jane/x"),
        script("data", "/home/jane/coco").replace("wandb.init", "other.init"),
        "import wandb\nwandb.init()\nprint('/home/jane/a.txt')\n",
    ],
    ids=[
        "relative",
        "mounted",
        "storage",
        "tmp",
        "written",
        "container",
        "no-path",
        "no-run",
        "shown",
    ],
)
def test_a_path_that_a_job_may_have(text: str) -> None:
    assert_clean("JR602", text)


def test_a_default_of_a_field() -> None:
    text = FIELDS.format(field='data: str = "/home/jane/coco"')
    ((line, column, message),) = found("JR602", text)
    assert (line, column) == (7, 5)
    assert message == "/home/jane/coco is there on one machine only"


def test_a_field_that_is_relative() -> None:
    assert_clean("JR602", FIELDS.format(field='data: str = "coco"'))
