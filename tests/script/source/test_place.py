"""Places: lines from 1, columns in code points; and what can't be read at all."""

from __future__ import annotations

import sys

import pytest

from jobready.outcome import Failed
from jobready.script.model import Script
from jobready.script.read import read
from jobready.script.source.place import Place
from jobready.script.source.syntax import Syntax
from jobready.script.source.tree import MAX_DEPTH, parse

PARSER = "import argparse, wandb\np = argparse.ArgumentParser()\n"


def reason_of(text: str) -> tuple[str, int | None, int | None]:
    failed = read(text)
    assert isinstance(failed, Failed)
    (reason,) = failed.reasons
    return reason.message, reason.line, reason.column


@pytest.mark.parametrize(
    "before", ["", "x = 'a'; ", "x = 'äöü'; ", "x = '𝄞€'; ", "é = 1; "]
)
def test_columns_count_code_points(before: str) -> None:
    script = read(f"{PARSER}{before}p.add_argument('--lr')\n")
    assert isinstance(script, Script)
    assert script.parameters[0].place == Place(3, len(before) + 1)


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_lines_count_alike_whatever_ends_them(newline: str) -> None:
    source = f"{PARSER}\n# ü\nü = 1; p.add_argument('--lr')\n".replace("\n", newline)
    script = read(source)
    assert isinstance(script, Script)
    assert script.parameters[0].place == Place(5, 8)


@pytest.mark.parametrize("character", ["\x0b", "\x0c", "\x1c", "\x85", "\u2028"])
def test_what_only_splitlines_takes_for_a_newline_ends_no_line(character: str) -> None:
    script = read(f"{PARSER}x = 'ü{character}'; p.add_argument('--lr')\n")
    assert isinstance(script, Script)
    assert script.parameters[0].place == Place(3, 11)


def test_the_end_of_a_node_is_behind_its_last_character() -> None:
    text = "x = f('ü',\n  'é')\n"
    tree = parse(text)
    assert not isinstance(tree, Failed)
    assert Syntax(text, tree).end(tree.body[0]) == Place(2, 7)


def test_a_syntax_error_names_its_line_and_this_python() -> None:
    message, line, column = reason_of("x = 1\ny = = 2\n")
    version = f"this Python, {sys.version_info.major}.{sys.version_info.minor}, cannot read"
    assert message.startswith(version)
    assert (line, column) == (2, 5)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("if True:\n", 1),
        ("def f(:\n    pass\n", 1),
        ("x = '''\nabc\n", 1),
        ("print 'hello'\n", 1),
        ("if 1:\n\tx = 1\n        y = 2\n", 3),
        ("x = (1,\n", 1),
    ],
)
def test_broken_scripts_have_a_line(text: str, line: int) -> None:
    assert reason_of(text)[1] == line


def test_a_long_sum_is_refused_before_it_can_end_the_process() -> None:
    message = reason_of("x = " + " + ".join(["1"] * 50_000))[0]
    assert "too deeply" in message or "levels deep" in message


def test_the_deepest_line_is_named() -> None:
    message, line, _ = reason_of("x = 1\ny = " + "-" * (MAX_DEPTH + 10) + "1\n")
    assert line == 2
    assert f"more than the {MAX_DEPTH} that are safe to edit" in message


def test_what_nests_less_is_read() -> None:
    assert isinstance(read("y = " + " + ".join(["1"] * (MAX_DEPTH - 50))), Script)


@pytest.mark.parametrize("text", ["", "\n", "# only a comment", "\f\n"])
def test_files_with_nothing_in_them_are_read(text: str) -> None:
    assert isinstance(read(text), Script)


def test_a_nul_byte_is_a_reason() -> None:
    assert isinstance(read("x = 1\0\n"), Failed)


def test_warnings_of_the_script_are_not_ours(recwarn: pytest.WarningsRecorder) -> None:
    assert isinstance(read("x = '\\d'\nassert (1, 'always')\n"), Script)
    assert len(recwarn) == 0
