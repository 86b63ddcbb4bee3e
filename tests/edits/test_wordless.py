"""Help for a command line without words, which a job doesn't have either."""

from __future__ import annotations

import pytest

from jobready.outcome import Refused, Rewritten, Unchanged
from tests.edits.tools import migrated

SCRIPT = """\
import argparse
import sys
import wandb

def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--lr", type=float, default=0.1)
    if TEST:
        parser.print_help()
        sys.exit(1)
    args = parser.parse_args()
    wandb.init(config=args)
    print(args.lr)

main()
"""
TEST = "len(sys.argv) == 1"


@pytest.mark.parametrize(
    "test",
    [
        *(TEST, "len(sys.argv) < 2", "len(sys.argv) <= 1", "not sys.argv[1:]"),
        f"{TEST} and args_needed",
    ],
)
def test_the_branch_is_not_taken_where_a_job_launches_values(test: str) -> None:
    outcome = migrated(SCRIPT.replace("TEST", test))
    assert isinstance(outcome, Rewritten), outcome
    assert outcome.forms == ("argv",)
    first, _, rest = test.partition(" and ")
    rest = f" and {rest}" if rest else ""
    assert f"    if {first} and not job_args(parser){rest}:\n" in outcome.text
    assert isinstance(migrated(outcome.text), Unchanged)


PARSE = "    args = parser.parse_args()\n"
BEHIND = SCRIPT.replace(PARSE, "").replace("    if TEST", f"{PARSE}    if TEST")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("TEST", TEST),
        ("TEST", f"{TEST} and not args.lr"),
        ("parse_args()", "parse_args([])\n    args = parser.parse_args()"),
        ("args = parser.parse_args()", "args, _ = parser.parse_known_args()"),
    ],
)
def test_a_branch_behind_the_parse(old: str, new: str) -> None:
    outcome = migrated(BEHIND.replace(old, new).replace("TEST", TEST))
    assert isinstance(outcome, Rewritten), outcome
    assert f"    if {TEST} and not job_args(parser)" in outcome.text
    assert isinstance(migrated(outcome.text), Unchanged)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("    if TEST", "    parser.add_argument('--n')\n    if TEST"),
        ("    if TEST", "    fill(parser)\n    if TEST"),
        (PARSE, f"    if wandb:\n    {PARSE}    else:\n        args = None\n"),
        ("TEST", f"{TEST} or args.lr"),
        ("TEST", "len(sys.argv) != 1"),
    ],
)
def test_a_branch_behind_a_parse_that_may_be_another(old: str, new: str) -> None:
    outcome = migrated(BEHIND.replace(old, new).replace("TEST", TEST))
    assert isinstance(outcome, Refused), outcome


def test_a_script_whose_parse_can_stay_is_no_form_config() -> None:
    outcome = migrated(SCRIPT.replace("TEST", TEST), form="config")
    assert isinstance(outcome, Refused), outcome
    assert "asks for the number of words" in outcome.reasons[0].message


def test_a_branch_that_a_migrated_script_gets_later() -> None:
    help_ = SCRIPT[SCRIPT.index("    if TEST") : SCRIPT.index("    args = ")]
    before = migrated(SCRIPT.replace(help_, ""), form="argv")
    assert isinstance(before, Rewritten), before
    later = before.text.replace("    args = p", f"{help_}    args = p", 1)
    outcome = migrated(later.replace("TEST", TEST))
    assert isinstance(outcome, Rewritten), outcome
    assert outcome.text == later.replace("TEST", f"{TEST} and not job_args(parser)")


def test_at_the_level_of_the_module() -> None:
    body = SCRIPT.split("def main():\n")[1].removesuffix("\nmain()\n")
    script = "import argparse\nimport sys\nimport wandb\n"
    script += "\n".join(line.removeprefix("    ") for line in body.split("\n"))
    outcome = migrated(script.replace("TEST", TEST))
    assert isinstance(outcome, Rewritten), outcome
    guard = "if len(sys.argv) == 1 and not job_args(parser):"
    assert outcome.text.index("def job_args(") < outcome.text.index(guard)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("TEST", "len(sys.argv) == 2"),
        ("TEST", "len(sys.argv) != 1"),
        ("TEST", "not sys.argv[2:]"),
        ("TEST", "sys.argv[1:]"),
        ("TEST", f"{TEST} or old"),
        ("TEST", f"{TEST} and '--lr' not in sys.argv"),
        ("        sys.exit(1)\n", "        sys.exit(1)\n    parser.add_argument('--n')\n"),
        ("        sys.exit(1)\n", "        sys.exit(1)\n    fill(parser)\n"),
        ("        sys.exit(1)\n", "        sys.exit(1)\n    else:\n        fill(parser)\n"),
        ("        parser.print_help()\n", "        sys.argv.append('--help')\n"),
        ("    args = parser", "    args = argparse.ArgumentParser()"),
        (
            "    parser = argparse",
            "    if len(sys.argv) == 1:\n        sys.exit(1)\n    parser = argparse",
        ),
        (
            "def main():\n",
            "def asks():\n    return len(sys.argv) == 1\n\ndef main():\n",
        ),
    ],
)
def test_what_may_decide_something_else(old: str, new: str) -> None:
    script = SCRIPT.replace(old, new, 1).replace("TEST", TEST)
    assert isinstance(migrated(script), Refused)


def test_a_group_that_is_added_to_behind_the_test() -> None:
    added = "    group = parser.add_argument_group()\n    if TEST"
    script = SCRIPT.replace("    if TEST", added)
    script = script.replace("    args =", "    group.add_argument('--n')\n    args =")
    assert isinstance(migrated(script.replace("TEST", TEST)), Refused)


GIVEN = """\
import argparse
import sys
import wandb

def main(argv):
    parser = argparse.ArgumentParser()
    parser.add_argument("--lr", type=float, default=0.1)
    if not argv:
        parser.print_help()
        return
    args = parser.parse_args(argv)
    wandb.init(config=args)
    print(args.lr)

main(sys.argv[1:])
"""
ABOVE = ("(argv):\n", "(argv=None):\n    if argv is None:\n        argv = sys.argv[1:]\n")


@pytest.mark.parametrize(
    "changes",
    [
        (),
        (("not argv", "len(argv) == 0"),),
        (("not argv", "len(argv) < 1"),),
        (("        return", "        argv = ['--help']"),),
        (("main(sys.", "main(argv=sys."),),
        ((".parse_args(argv)", ".parse_args(args=argv)"),),
        (ABOVE, ("main(sys.argv[1:])", "main()")),
        (ABOVE,),
        (("(argv):\n", "():\n    argv = sys.argv[1:]\n"), ("main(sys.argv[1:])", "main()")),
        (
            ("(argv):\n", "(given=None):\n    argv = given or sys.argv[1:]\n"),
            ("main(sys.argv[1:])", "main()"),
        ),
        (("main(sys.argv[1:])", "def run(words):\n    main(words)\n\nrun(sys.argv[1:])"),),
    ],
)
def test_words_that_have_a_name(changes: tuple[tuple[str, str], ...]) -> None:
    script = GIVEN
    for old, new in changes:
        assert old in script
        script = script.replace(old, new)
    outcome = migrated(script)
    assert isinstance(outcome, Rewritten), outcome
    assert " and not job_args(parser):\n" in outcome.text
    assert isinstance(migrated(outcome.text), Unchanged)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("not argv", "not argv[1:]"),
        ("not argv", "argv"),
        ("not argv", "len(argv) == 1"),
        ("not argv", "not argv or '-h' in argv"),
        ("parse_args(argv)", "parse_args(argv[1:])"),
        ("parse_args(argv)", "parse_args(clean(argv))"),
        ("        return", "        return\n    parser.add_argument('--n')"),
        ("    parser = ", "    if not argv:\n        return\n    parser = "),
        ("    args = ", "    argv = [*argv, '--fast']\n    args = "),
        ("    args = ", "    argv.append('--fast')\n    args = "),
        ("not argv", "(lambda: not argv)()"),
    ],
)
def test_words_by_whose_number_more_is_decided(old: str, new: str) -> None:
    assert old in GIVEN
    assert isinstance(migrated(GIVEN.replace(old, new)), Refused)


def test_words_that_may_be_none() -> None:
    """Such a script only shows its help, whatever stands on the command line."""
    script = GIVEN.replace("(argv)", "(argv=None)", 1).replace("(sys.argv[1:])", "()")
    outcome = migrated(script)
    assert isinstance(outcome, Rewritten), outcome
    assert "    if not argv:\n" in outcome.text
