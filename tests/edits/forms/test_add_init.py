"""``--add-init``: scripts that start no run get one, when that is asked for."""

from __future__ import annotations

import pytest

from jobready.outcome import Rewritten
from tests.edits.tools import (
    NEEDY,
    NEEDY_AFTER,
    check_noop,
    check_refused,
    check_rewritten,
    migrated,
)

NO_RUN = NEEDY.replace("import wandb\n\n", "")
PARSED = "parser.parse_args(sys.argv[1:] + job_args(parser))"


def test_the_run_starts_behind_the_parse() -> None:
    check_rewritten(
        NO_RUN + "args = parser.parse_args()\nprint(args.data)\n",
        NEEDY_AFTER + f"args = {PARSED}\nwandb.init(config=args)\nprint(args.data)\n",
        add_init=True,
    )


def test_a_clean_script_gets_the_documented_lines() -> None:
    clean = (
        'parser = argparse.ArgumentParser()\nparser.add_argument("--lr", type=float, '
        "default=0.05)\nargs = parser.parse_args()\n"
    )
    check_rewritten(
        f"import argparse\n\n{clean}print(args.lr)\n",
        f"import argparse\n\nimport wandb\n\n{clean}wandb.init(config=args)\n"
        "args = wandb.config\nprint(args.lr)\n",
        "config",
        add_init=True,
    )


def test_unasked_a_script_without_a_run_is_unchanged_and_told_how() -> None:
    check_noop(NO_RUN + "args = parser.parse_args()\n", "--add-init would add one")


def test_a_password_stays_out_of_the_new_config() -> None:
    source = NO_RUN.replace("--data", "--password")
    check_rewritten(
        source + "args = parser.parse_args()\n",
        NEEDY_AFTER.replace("--data", "--password") + f"args = {PARSED}\n"
        'wandb.init(config={k: v for k, v in vars(args).items() if k != "password"})\n',
        add_init=True,
    )


def test_a_script_that_has_a_run_gets_no_second() -> None:
    check_rewritten(
        NEEDY + "args = parser.parse_args()\nwandb.init(config=args)\n",
        NEEDY_AFTER + f"args = {PARSED}\nwandb.init(config=args)\n",
        add_init=True,
    )


@pytest.mark.parametrize(
    "source",
    [
        "print('no parameters')\n",
        "import argparse\nargs = argparse.ArgumentParser().parse_args()\n",
        "import wandb\nwandb.init()\n",
    ],
)
def test_a_script_without_parameters_is_unchanged(source: str) -> None:
    check_noop(source, add_init=True)


def test_a_name_wandb_that_is_something_else_is_refused() -> None:
    source = f"wandb = None\n{NO_RUN}args = parser.parse_args()\n"
    check_refused(source, "the name wandb stands for something else", 1, add_init=True)


@pytest.mark.parametrize(
    ("rest", "line"),
    [
        ("main(parser.parse_args())\n", 5),
        ("print(parser.parse_args().data)\n", 5),
        ("if True: args = parser.parse_args()\n", 5),
    ],
)
def test_arguments_without_a_name_on_a_line_of_its_own_are_refused(
    rest: str, line: int
) -> None:
    phrase = "can't tell where a wandb.init belongs"
    check_refused(NO_RUN + rest, phrase, line, add_init=True)


def test_a_file_that_says_nothing_of_wandb_is_quoted_and_laid_out_its_way() -> None:
    outcome = migrated(
        "import argparse\nimport os\n\nfrom . import models\n\n"
        "parser = argparse.ArgumentParser()\n"
        "parser.add_argument('--a-rather-long-password')\n"
        "args = parser.parse_args()\n",
        add_init=True,
    )
    text = getattr(outcome, "text", "")
    assert "import os\nimport sys\n\nimport wandb\n\nfrom . import models\n" in text
    assert "'a_rather_long_password'" in text
    assert max(map(len, text.splitlines())) <= 88


def test_lines_are_those_of_the_file_as_it_is() -> None:
    outcome = migrated(
        "import argparse\n\nparser = argparse.ArgumentParser()\n"
        "args = parser.parse_args()\n"
        "p = parser.add_argument('--out', type=Path)\nprint(args.out)\n",
        add_init=True,
    )
    assert isinstance(outcome, Rewritten), outcome
    assert ("--out has type Path", 5) in [(r.message, r.line) for r in outcome.reasons]


def test_a_refusal_has_the_line_of_the_file_as_it_is() -> None:
    check_refused(
        NO_RUN + "parser.add_argument('x', nargs='...')\nargs = parser.parse_args()\n",
        "takes the rest of the command line",
        5,
        add_init=True,
    )
