"""JR301: a parameter is required on the command line."""

from __future__ import annotations

import pytest

from tests.rules.tools import FIELDS, assert_clean, fixed, found

BEFORE = "import argparse\nimport wandb\nparser = argparse.ArgumentParser()\n"
AFTER = "args = parser.parse_args()\nwandb.init(config=args)\n"


@pytest.mark.parametrize(
    ("added", "shown"),
    [
        ('parser.add_argument("--data", required=True)\n', "--data"),
        ('parser.add_argument("-d", "--data", required=True)\n', "--data"),
        ('parser.add_argument("data")\n', "data"),
        ('parser.add_argument("data", nargs="+")\n', "data"),
    ],
)
def test_what_must_be_given(added: str, shown: str) -> None:
    ((line, column, message),) = found("JR301", BEFORE + added + AFTER)
    assert (line, column) == (4, 1)
    assert message.startswith(f"{shown} is required")


def test_a_field_that_must_be_given() -> None:
    text = FIELDS.format(field="data: str")
    ((line, column, message),) = found("JR301", text)
    assert (line, column) == (7, 5)
    assert message.startswith("--data is required")


def test_a_field_with_a_default() -> None:
    assert_clean("JR301", FIELDS.format(field='data: str = ""'))


def test_the_fix_lets_the_config_give_it() -> None:
    text = BEFORE + 'parser.add_argument("--data", required=True)\n' + AFTER
    assert "job_args(parser)" in fixed("JR301", text)


def test_a_script_that_can_not_be_migrated_says_so() -> None:
    text = BEFORE + 'parser.add_argument("data")\nmore(parser)\n' + AFTER
    assert len(found("JR301", text)) == 1
    assert fixed("JR301", text) == text


@pytest.mark.parametrize(
    "text",
    [
        BEFORE + 'parser.add_argument("--data")\n' + AFTER,
        BEFORE + 'parser.add_argument("data", nargs="?")\n' + AFTER,
        BEFORE + 'parser.add_argument("data", nargs="*", default=[])\n' + AFTER,
        BEFORE + 'parser.add_argument("data", nargs="*")\n' + AFTER,
        BEFORE + 'parser.add_argument("data", nargs=argparse.REMAINDER)\n' + AFTER,
        BEFORE + 'parser.add_argument("--data", required=NEEDED)\n' + AFTER,
        BEFORE + 'parser.add_argument("data")\nargs = parser.parse_args()\n',
    ],
    ids=["optional", "question-mark", "default", "star", "rest", "unknown", "no-run"],
)
def test_what_may_be_left_out(text: str) -> None:
    assert_clean("JR301", text)


def test_a_migrated_script_is_clean() -> None:
    text = BEFORE + 'parser.add_argument("--data", required=True)\n' + AFTER
    assert_clean("JR301", fixed("JR301", text))


def test_one_of_a_group_is_needed() -> None:
    added = (
        "group = parser.add_mutually_exclusive_group(required=True)\n"
        'group.add_argument("--a")\ngroup.add_argument("--b")\n'
    )
    ((line, _, message),) = found("JR301", BEFORE + added + AFTER)
    assert line == 5
    assert message.startswith("one of --a, --b is required")


WORDS = "import sys\nimport wandb\n\npath = sys.argv[1]\nwandb.init(config={'p': path})\n"


def test_a_word_of_the_command_line() -> None:
    ((line, column, message),) = found("JR301", WORDS)
    assert (line, column) == (4, 8)
    assert message.startswith("sys.argv[1] is needed")


def test_only_the_first_word_is_told() -> None:
    text = WORDS.replace("wandb.init", "other = sys.argv[2]\nwandb.init")
    assert len(found("JR301", text)) == 1


@pytest.mark.parametrize(
    "line",
    [
        "path = sys.argv[0]",
        "path = sys.argv[1] if len(sys.argv) > 1 else None",
        "if len(sys.argv) < 2:\n    sys.argv.append('x')\npath = sys.argv[1]",
        "try:\n    path = sys.argv[1]\nexcept IndexError:\n    path = 'x'",
        "path = sys.argv[1:]",
        "sys.argv[1] = 'x'\npath = 'x'",
        "path = argv[1]",
    ],
    ids=["script", "tested", "told", "tried", "all", "set", "other"],
)
def test_a_word_that_may_be_missing(line: str) -> None:
    assert_clean("JR301", WORDS.replace("path = sys.argv[1]", line))
