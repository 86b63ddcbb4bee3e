"""JR204: the script needs a command."""

from __future__ import annotations

import pytest

from tests.rules.tools import assert_clean, fixed, found, rule

SCRIPT = str(rule("JR204").bad)


def test_a_script_with_commands() -> None:
    ((line, _, message),) = found("JR204", SCRIPT)
    assert line == 6
    assert "(train)" in message


def test_many_commands_are_not_named() -> None:
    more = "".join(f'commands.add_parser("c{n}")\n' for n in range(5))
    ((_, _, message),) = found("JR204", SCRIPT.replace("args = p", more + "args = p"))
    assert "(" not in message


def test_the_fix_lets_the_config_name_it() -> None:
    after = fixed("JR204", SCRIPT)
    assert "job_args(parser)" in after
    assert_clean("JR204", after)


def test_a_command_without_a_name_is_left_to_the_entry_point() -> None:
    text = SCRIPT.replace('dest="command", required=True', "")
    assert len(found("JR204", text)) == 1
    assert "job_args(parser)" in fixed("JR204", text)


def test_a_name_that_only_a_run_tells_has_no_fix() -> None:
    text = SCRIPT.replace('dest="command"', "dest=NAME")
    assert len(found("JR204", text)) == 1
    assert fixed("JR204", text) == text


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("wandb.init", "other.init"),
        ("args = parser", "args = other"),
        ('commands = parser.add_subparsers(dest="command", required=True)\n', ""),
    ],
    ids=["no-run", "not-parsed", "no-commands"],
)
def test_a_script_that_starts_without_a_command(before: str, after: str) -> None:
    assert_clean("JR204", SCRIPT.replace(before, after))
