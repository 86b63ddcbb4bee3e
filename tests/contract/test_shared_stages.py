"""A parameter that two stages of a parse have in common keeps the contract."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.contract.migrating import migrate, two_copies
from tests.contract.running import run

pytestmark = pytest.mark.contract

SCRIPT = """\
import argparse
import json

import wandb

learner = argparse.ArgumentParser()
learner.add_argument("--pipes", default="unix:/tmp/p")
learner.add_argument("--steps", type=int, default=10)
learner.add_argument("--fast", action="store_true")
env = argparse.ArgumentParser()
env.add_argument("--pipes", default="unix:/tmp/p")
env.add_argument("--servers", type=int, default=8)
env.add_argument("--fast", action="store_true")


def get_flags():
    flags, rest = learner.parse_known_args()
    flags, rest = env.parse_known_args(rest, namespace=flags)
    if rest:
        return -1
    return flags


flags = get_flags()
wandb.init(project="stages", config=vars(flags))
print(json.dumps(vars(flags)))
"""
ARGV = ["--pipes", "a", "--servers=2", "--fast", "--steps=3"]
FIRST = "    flags, rest = learner.parse_known_args()\n"
SECOND = "    flags, rest = env.parse_known_args(rest, namespace=flags)\n"
INTO_A_NAMESPACE = """\
    flags = argparse.Namespace()
    flags, rest = learner.parse_known_args(namespace=flags)
"""
VALUES = {"pipes": "a", "servers": 2, "fast": True, "steps": 3}
OTHER = ["--pipes=b", "--servers=9"]


@pytest.mark.parametrize(
    "changes",
    [
        (),
        (("rest, namespace=flags", "rest, flags"),),
        (("    flags, rest = l", "    flags = None\n    flags, rest = l"),),
        ((FIRST, INTO_A_NAMESPACE),),
        ((FIRST, INTO_A_NAMESPACE.replace("namespace=", "None, ")),),
    ],
)
def test_a_value_for_both_stages(
    tmp_path: Path, changes: tuple[tuple[str, str], ...]
) -> None:
    before, after = two_copies(tmp_path, SCRIPT, *changes)
    assert migrate(after)["files"][0]["outcome"] == "rewritten"
    for argv, launched in ((ARGV, VALUES), ([], {"pipes": "unix:/tmp/p", "fast": False})):
        expected = run(before, argv).trained_with
        plain = run(after, argv)
        assert plain.trained_with == expected
        assert run(after, [], launched=launched).trained_with == expected
        assert plain.config is not None
        clone = run(after, [*OTHER, "--fast"], launched=plain.config)
        assert clone.trained_with == expected


def test_words_that_no_stage_knows(tmp_path: Path) -> None:
    before, after = two_copies(tmp_path, SCRIPT)
    assert migrate(after)["files"][0]["outcome"] == "rewritten"
    for ran in (run(before, ["--other"]), run(after, ["--other"], launched=VALUES)):
        assert ran.exit_code == 1
        assert "TypeError: vars() argument must have __dict__" in ran.stderr


@pytest.mark.parametrize(
    ("old", "new"),
    [
        # the second stage has arguments of its own, which lack the first one's words
        ("rest, namespace=flags", "rest"),
        ("rest, namespace=flags", "rest, namespace=argparse.Namespace(x=1)"),
        ("(rest,", '(["--pipes=c"] + rest,'),
        ("(rest,", '(rest + ["--pipes=c"],'),
        # what is launched may come to another value there
        ("env.add_argument", 'env.set_defaults(pipes="c")\nenv.add_argument'),
        (
            'env.add_argument("--pipes", default="unix:/tmp/p")',
            'env.add_argument("--pipes")',
        ),
        ('env.add_argument("--fast", action', 'env.add_argument("--fast", "-f", action'),
        (
            'env.add_argument("--fast", action="store_true")',
            'env.add_argument("--fast", action="count", default=0)',
        ),
        (
            'env.add_argument("--pipes", ',
            'env.add_argument("--pipes", choices=["a", "unix:/tmp/p"], ',
        ),
        ('env.add_argument("--pipes", ', 'env.add_argument("--pipes", required=True, '),
        ('"--pipes", default="unix:/tmp/p"', '"--pipes", action="append", default=[]'),
        ('"--pipes", default="unix:/tmp/p"', '"--pipes", nargs="+", default="p"'),
        ('"--pipes", default="unix:/tmp/p"', '"--pipes", type=open, default="p"'),
        ('"--pipes", default="unix:/tmp/p"', '"--pipes", default=__file__'),
    ],
)
def test_stages_that_differ_are_left_alone(tmp_path: Path, old: str, new: str) -> None:
    before, after = two_copies(tmp_path, SCRIPT, (old, new))
    assert migrate(after)["files"][0]["outcome"] == "refused"
    assert after.read_bytes() == before.read_bytes()


@pytest.mark.parametrize(
    "line",
    [
        "flags.pipes = flags.pipes.upper()",
        'setattr(flags, "pipes", "c")',
        'vars(flags).update(pipes="c")',
        "tidy(flags)",
        "flags = tidy(flags)",
        "same = flags",
        'rest.append("--pipes=c")',
        'rest = [*rest, "--pipes=c"]',
        "if flags.fast: flags.steps, flags.pipes = 1, 'c'",
    ],
)
def test_what_may_be_set_between_the_stages_is_left_alone(
    tmp_path: Path, line: str
) -> None:
    second = "    flags, rest = env"
    _, after = two_copies(
        tmp_path,
        SCRIPT,
        (second, f"    {line}\n{second}"),
        ("\n\ndef get_flags", "\n\ndef tidy(given):\n    return given\n\n\ndef get_flags"),
    )
    assert migrate(after)["files"][0]["outcome"] == "refused"


def test_arguments_that_are_only_read_between_the_stages(tmp_path: Path) -> None:
    second = "    flags, rest = env"
    before, after = two_copies(
        tmp_path,
        SCRIPT,
        (
            second,
            f"    if flags.fast and flags.steps > 2:\n        print(flags.pipes)\n{second}",
        ),
    )
    assert migrate(after)["files"][0]["outcome"] == "rewritten"
    expected = run(before, ARGV).trained_with
    assert run(after, [], launched=VALUES).trained_with == expected


def test_arguments_that_another_name_sets_are_left_alone(tmp_path: Path) -> None:
    given = ("parse_known_args()", "parse_known_args(namespace=made)")
    made = ("def get_flags():\n", "def get_flags():\n    made = argparse.Namespace()\n")
    second = "    flags, rest = env"
    _, after = two_copies(
        tmp_path, SCRIPT, given, made, (second, f'    made.pipes = "c"\n{second}')
    )
    assert migrate(after)["files"][0]["outcome"] == "refused"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Namespace()", 'Namespace(pipes="c")'),
        ("argparse.Namespace()", "Namespace()"),
        ("    flags, rest", "    other = flags\n    flags, rest"),
        ("    flags, rest", '    flags.pipes = "c"\n    flags, rest'),
        ("flags = arg", "flags = other = arg"),
        ("namespace=flags", "namespace=argparse.Namespace()"),
        ("    flags = ", "    if rest:\n        flags = "),
    ],
)
def test_a_namespace_that_may_not_be_empty_is_left_alone(
    tmp_path: Path, old: str, new: str
) -> None:
    made = INTO_A_NAMESPACE.replace(old, new)
    own = 'class Namespace:\n    pipes = "c"\n\n\ndef get_flags'
    _, after = two_copies(tmp_path, SCRIPT, (FIRST, made), ("def get_flags", own))
    assert migrate(after)["files"][0]["outcome"] == "refused"


@pytest.mark.parametrize("first", [FIRST, INTO_A_NAMESPACE])
@pytest.mark.parametrize(
    ("does", "outcome"),
    [
        ('rest.append("--pipes=c")', "refused"),
        ('flags.pipes = "c"', "refused"),
        ("tidy(flags)", "refused"),
        ("print(flags.pipes)", "rewritten"),
        ("print(learner)", "rewritten"),
    ],
)
def test_what_another_function_may_change_is_left_alone(
    tmp_path: Path, first: str, does: str, outcome: str
) -> None:
    inner = f"    def more():\n        {does}\n\n{first}"
    tidy = '    def tidy(given):\n        setattr(given, "pipes", "c")\n\n'
    changes = (FIRST, tidy + inner), (SECOND, f"    more()\n{SECOND}")
    _, after = two_copies(tmp_path, SCRIPT, *changes)
    assert migrate(after)["files"][0]["outcome"] == outcome


def test_what_a_function_of_the_module_adds_to_is_left_alone(tmp_path: Path) -> None:
    adds = 'def more():\n    rest.append("--pipes=c")\n\n\n'
    head = "def get_flags():\n"
    for between, outcome in (("    more()\n", "refused"), ("", "rewritten")):
        changes = (head, f"{adds}{head}    global rest\n"), (SECOND, between + SECOND)
        _, after = two_copies(tmp_path, SCRIPT, *changes)
        assert migrate(after)["files"][0]["outcome"] == outcome


@pytest.mark.parametrize(
    "words", ['[*rest, "--servers=3"]', "list(rest)", '["--servers=3"] + rest', "rest[:]"]
)
def test_words_made_of_those_that_are_left_are_left_alone(
    tmp_path: Path, words: str
) -> None:
    second = "    flags, rest = env.parse_known_args(rest, namespace=flags)\n"
    made = f"    words = {words}\n    more = env.parse_args(words)\n    print(more.pipes)\n"
    _, after = two_copies(tmp_path, SCRIPT, (second, made))
    assert migrate(after)["files"][0]["outcome"] == "refused"


def test_a_stage_between_two_that_share_a_parameter(tmp_path: Path) -> None:
    middle = 'middle = argparse.ArgumentParser()\nmiddle.add_argument("--x")\n'
    between = "    _, rest = middle.parse_known_args(rest)\n"
    second = "    flags, rest = env.parse_known_args(rest, namespace=flags)\n"
    alone = second.replace("flags, rest = env", "flags, rest = env").replace(
        ", namespace=flags", ""
    )
    changes = (second, between + alone), ("\n\ndef get_flags", f"{middle}\n\ndef get_flags")
    _, after = two_copies(tmp_path, SCRIPT, *changes)
    assert migrate(after)["files"][0]["outcome"] == "refused"
