"""Values that a parser is given past the command line: whose matter are they?"""

from __future__ import annotations

import pytest

from jobready.script.model import Script
from jobready.script.read import read

TOP = """\
import functools
import json
import os
import sys
from dataclasses import dataclass

import click
from torch.distributed.elastic.multiprocessing.errors import record
from transformers import HfArgumentParser


@dataclass
class Args:
    lr: float = 0.5


def own(function):
    return function


def wrapped(function):
    @functools.wraps(function)
    def call():
        return function(**json.load(sys.stdin))

    return call


parser = HfArgumentParser(Args)
"""
TAKES = """\
def main(**kwargs):
    if not kwargs:
        (args,) = parser.parse_args_into_dataclasses()
    else:
        (args,) = parser.parse_dict(kwargs)
"""
CONFIG = """\
def main(config=None):
    if config is not None:
        (args,) = parser.parse_dict(config)
    else:
        (args,) = parser.parse_args_into_dataclasses()
"""
SETTINGS = """\
def settings():
    text = os.getenv("SETTINGS")
    path = os.environ.get("SETTINGS_FILE", "")
    found = {}
    if text:
        found = json.loads(text)
    elif path:
        with open(path) as file:
            found = json.load(file)
    return found


config = settings()
if config:
    (args,) = parser.parse_dict(config)
else:
    (args,) = parser.parse_args_into_dataclasses()
"""


def read_past(text: str) -> tuple[list[str], list[str]]:
    """Where a job stops, and what can't be told."""
    script = read(TOP + text)
    assert isinstance(script, Script)
    strange = [message for message, _ in script.strange_parses]
    return [b.given for b in script.stop_branches], strange


@pytest.mark.parametrize(
    "text",
    [
        TAKES + "main()\n",
        TAKES + "\n\ndef worker(rank):\n    main()\n\n\nmain()\n",
        "@record\n" + TAKES + "main()\n",
        "@own\n" + TAKES + "main()\n",
        TAKES.replace("if not kwargs", "if len(sys.argv) == 2 or not kwargs") + "main()\n",
        TAKES + "    kwargs = {}\n    kwargs['tags'] = 1\nmain()\n",
        TAKES.replace("    if not", "    print(len(kwargs), kwargs.get('a'))\n    if not")
        + "main()\n",
        CONFIG + "main()\n",
        CONFIG + "main(None)\n",
        CONFIG + "def start(config=None):\n    main(config=config)\nstart()\n",
        CONFIG.replace("=None", "={}").replace(" is not None", "") + "main()\n",
        CONFIG.replace("if config is not None", "if config and len(config) > 1")
        + "main()\n",
    ],
)
def test_what_another_script_gives(text: str) -> None:
    assert read_past(text) == ([], [])


API = CONFIG + "def serve(config):\n    main(config)\n"


def test_a_function_that_only_another_script_calls() -> None:
    assert read_past(API + "main()\n") == ([], [])


@pytest.mark.parametrize(
    "text",
    [
        API + "main() if sys.argv[1:] else serve({'lr': 1})\n",
        API + "run = serve\nmain()\n",
        API + "globals()['serve']({'lr': 1})\nmain()\n",
        API.replace("def serve", "@click.command()\ndef serve") + "main()\n",
        API.replace("def serve", "class Server:\n  def serve").replace(
            "    main", "     main"
        )
        + "main()\n",
    ],
)
def test_a_function_that_may_be_called(text: str) -> None:
    _, strange = read_past(text)
    assert strange == ["parser.parse_dict takes the values past the command line"]


@pytest.mark.parametrize(
    "text",
    [
        TAKES + "main(lr=1)\n",
        TAKES + "main(**json.load(sys.stdin))\n",
        TAKES,  # nobody calls it here
        TAKES + "main()\nclick.command(main)\n",
        TAKES + "main()\nTASKS = {'train': main}\n",
        TAKES + "main()\nstart = main\n",
        TAKES + "main()\ndef entry():\n    return main\n",
        "@click.command()\n@click.option('--lr')\n" + TAKES + "main()\n",
        "@wrapped\n" + TAKES + "main()\n",
        TAKES.replace("if not kwargs", "if kwargs") + "main()\n",
        TAKES.replace("    if not", "    kwargs['lr'] = 1\n    if not") + "main()\n",
        TAKES.replace("    if not", "    kwargs.update(load())\n    if not") + "main()\n",
        TAKES.replace("    if not", "    fill(kwargs)\n    if not") + "main()\n",
        TAKES.replace("    if not", "    other = kwargs\n    if not") + "main()\n",
        CONFIG + "main(json.load(sys.stdin))\n",
        CONFIG + "main(*sys.argv[1:])\n",
        CONFIG.replace("=None", "={}") + "main()\n",
        CONFIG.replace("    if", "    config = config or load()\n    if") + "main()\n",
        CONFIG.replace(
            "if config is not None", "if len(sys.argv) > 1 or config is not None"
        )
        + "main()\n",
    ],
)
def test_what_may_be_given(text: str) -> None:
    stops, strange = read_past(text)
    assert (stops, strange) == (
        [],
        ["parser.parse_dict takes the values past the command line"],
    )


@pytest.mark.parametrize(
    ("text", "given"),
    [
        (SETTINGS, "config"),
        (SETTINGS.replace("parse_dict(config)", "parse_dict(load())"), "parse_dict"),
        (
            "text = os.getenv('CONFIG')\n"
            + "config = json.loads(text) if text else None\nconfig = config or {}\n"
            + SETTINGS[SETTINGS.index("if config") :],
            "config",
        ),
        (
            "text = os.getenv('CONFIG')\nconfig = text and json.loads(text)\n"
            + SETTINGS[SETTINGS.index("if config") :],
            "config",
        ),
        (
            "path = os.getenv('CONFIG')\nif path is not None:\n"
            "    (args,) = parser.parse_json_file(json_file=path)\nelse:\n"
            "    (args,) = parser.parse_args_into_dataclasses()\n",
            "path",
        ),
        (
            "def parse(parser, config=None):\n    if config:\n"
            "        return parser.parse_dict(config)\n"
            "    return parser.parse_args_into_dataclasses()\n\n\n"
            "parse(parser, os.environ.get('CONFIG'))\n",
            "config",
        ),
    ],
)
def test_what_the_environment_holds(text: str, given: str) -> None:
    assert read_past(text) == ([given], [])


@pytest.mark.parametrize(
    "text",
    [
        SETTINGS.replace("found = {}", "found = {'lr': 1}"),
        SETTINGS.replace('"SETTINGS_FILE", ""', '"SETTINGS_FILE", "all.json"'),
        SETTINGS.replace("return found", "found['lr'] = 1\n    return found"),
        SETTINGS.replace("elif path", "elif os.path.exists('all.json')"),
        SETTINGS.replace("if config:", "config['lr'] = 1\nif config:"),
        SETTINGS.replace("if config:", "config = config or {'lr': 1}\nif config:"),
        SETTINGS.replace("= settings()", "= settings() if sys.argv else load()"),
        SETTINGS.replace("if config:", "if config or len(sys.argv) > 3:"),
        SETTINGS.partition("else:")[0],
        SETTINGS.partition("if config:")[0]
        + "(args,) = parser.parse_dict(config) if config "
        + "else parser.parse_args_into_dataclasses()\n",
        SETTINGS.replace(
            "else:\n    (args,) = p", "other = HfArgumentParser(Args)\n(a,) = other"
        ),
    ],
)
def test_what_the_environment_may_not_hold(text: str) -> None:
    stops, strange = read_past(text)
    assert not stops
    assert "parser.parse_dict takes the values past the command line" in strange
