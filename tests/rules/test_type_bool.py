"""JR201: type=bool."""

from __future__ import annotations

import pytest

from tests.rules.tools import assert_clean, fixed, found

BEFORE = "import argparse\nimport wandb\nparser = argparse.ArgumentParser()\n"
AFTER = "args = parser.parse_args()\nwandb.init(config=args)\n"
STR2BOOL = "def str2bool(v):\n    return v.lower() in ('yes', 'true')\n"


def test_a_boolean_from_a_text() -> None:
    text = BEFORE + "parser.add_argument('--amp', type=bool, default=False)\n" + AFTER
    ((line, column, message),) = found("JR201", text)
    assert (line, column) == (4, 35)
    assert message == "bool takes any text for true, so amp=False is True"


def test_in_an_argument_group() -> None:
    added = "g = parser.add_argument_group('x')\ng.add_argument('--amp', type=bool)\n"
    assert len(found("JR201", BEFORE + added + AFTER)) == 1


def test_with_an_action_that_is_given_the_value() -> None:
    added = "parser.add_argument('--amp', type=bool, action={})\n"
    for action in ("'store'", "'append'", "Store"):
        assert len(found("JR201", BEFORE + added.format(action) + AFTER)) == 1


def test_the_fix_is_only_made_on_request() -> None:
    text = BEFORE + "parser.add_argument('--amp', type=bool)\n" + AFTER
    assert fixed("JR201", text) == text


def test_the_fixed_script_reads_false() -> None:
    text = BEFORE + "parser.add_argument('--amp', type=bool)\n"
    scope: dict[str, object] = {}
    exec(fixed("JR201", text + AFTER, unsafe=True).split("args = ")[0], scope)
    parse = scope["parser"].parse_args  # type: ignore[attr-defined]
    words = ("False", "false", "0", "True", "true", "yes")
    values = [parse([f"--amp={word}"]).amp for word in words]
    assert values == [False, False, False, True, True, True]


def test_a_function_of_the_script_is_used_again() -> None:
    added = (
        "parser.add_argument('--a', type=str2bool)\nparser.add_argument('--b', type={})\n"
    )
    text = STR2BOOL + BEFORE + added + AFTER
    assert fixed("JR201", text.format("bool"), unsafe=True) == text.format("str2bool")


@pytest.mark.parametrize(
    "text",
    [
        BEFORE + "parser.add_argument('--amp', action='store_true')\n" + AFTER,
        STR2BOOL + BEFORE + "parser.add_argument('--amp', type=str2bool)\n" + AFTER,
        BEFORE + "bool = str\nparser.add_argument('--amp', type=bool)\n" + AFTER,
        BEFORE + "parser.add_argument('--amp', type=bool)\nargs = parser.parse_args()\n",
        BEFORE
        + "parser.add_argument('--amp', type=bool, action=argparse.BooleanOptionalAction)\n"
        + AFTER,
        BEFORE + "other.add_argument('--amp', type=bool)\n" + AFTER,
        "import wandb\nwandb.init()\nfield(type=bool)\n",
    ],
    ids=[
        "switch",
        "reader",
        "other-bool",
        "no-run",
        "optional",
        "other-object",
        "no-parser",
    ],
)
def test_what_is_no_such_parameter(text: str) -> None:
    assert_clean("JR201", text)
