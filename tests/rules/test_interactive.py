"""JR606: the script asks somebody."""

from __future__ import annotations

import pytest

from tests.rules.tools import assert_clean, fixed, found

# A debugger for whoever sends the process a signal.
DEBUG = "import signal\ndef debug(*_):\n    pdb.set_trace()\n"
HEAD = "import getpass\nimport pdb\nimport sys\nimport wandb\nwandb.init()\n"


@pytest.mark.parametrize(
    ("statement", "name"),
    [
        ("name = input('name? ')", "input"),
        ("key = getpass.getpass()", "getpass.getpass"),
        ("breakpoint()", "breakpoint"),
        ("pdb.set_trace()", "pdb.set_trace"),
        ("def f():\n    input()", "input"),
        ("if model is None:\n    input()", "input"),
        (DEBUG + "signal.signal(signal.SIGUSR2, debug)\ndebug()", "pdb.set_trace"),
        (DEBUG + "atexit.register(debug)", "pdb.set_trace"),
        (DEBUG, "pdb.set_trace"),
    ],
)
def test_what_waits_for_a_keyboard(statement: str, name: str) -> None:
    ((_, _, message),) = found("JR606", f"{HEAD}{statement}\n")
    assert message == f"{name}() waits for a keyboard, and a job has none"


def test_a_debugger_is_taken_out_on_request() -> None:
    text = HEAD + "def f():\n    breakpoint()\n    return 1\n\n\npdb.set_trace()\n"
    assert fixed("JR606", text) == text
    assert fixed("JR606", text, unsafe=True) == HEAD + "def f():\n    return 1\n\n\n"


@pytest.mark.parametrize("statement", ["x = input()", "pdb.set_trace() or f()"])
def test_what_is_used_is_left_to_the_user(statement: str) -> None:
    text = f"{HEAD}{statement}\n"
    assert len(found("JR606", text)) == 1
    assert fixed("JR606", text, unsafe=True) == text


@pytest.mark.parametrize(
    "text",
    [
        HEAD + "if sys.stdin.isatty():\n    input()\n",
        HEAD + "name = input() if sys.stdin.isatty() else ''\n",
        HEAD + "try:\n    input()\nexcept EOFError:\n    pass\n",
        HEAD + "def input():\n    pass\ninput()\n",
        HEAD + "model.input()\n",
        HEAD + DEBUG + "signal.signal(signal.SIGUSR2, debug)\n",
        "import argparse\nimport wandb\np = argparse.ArgumentParser()\n"
        "args = p.parse_args()\nwandb.init()\nif args.ask:\n    input()\n",
        "input()\n",
        "import wandb\ninput()\n",
    ],
    ids=[
        "tty",
        "tty-expression",
        "eof",
        "own",
        "method",
        "signal",
        "gated",
        "no-wandb",
        "no-run",
    ],
)
def test_what_is_meant_or_no_question(text: str) -> None:
    assert_clean("JR606", text)
