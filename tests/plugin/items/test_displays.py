"""Printing all arguments before the run is there: said, and no failure."""

from __future__ import annotations

from pathlib import Path

import pytest

from pytest_jobready.verdicts.verdict import Good
from tests.plugin.items.rehearsing import HEAD, facts, line_of, red, rehearsals

pytestmark = pytest.mark.rehearsals
LOG = "wandb.log({'loss': args.lr * args.epochs})\n"


def script(before: str, read_back: bool = True) -> str:
    text = HEAD + f"args = parser.parse_args()\n{before}\nwandb.init(config=args)\n"
    return text + ("args = wandb.config\n" if read_back else "") + LOG


def test_a_print_of_all_arguments_is_told_and_green(tmp_path: Path) -> None:
    text = script("import logging\nprint(args)\nlogging.info('%s', vars(args))")
    verdict = rehearsals(tmp_path, text).overridden()
    assert isinstance(verdict, Good)
    lines = line_of(text, "print(args)"), line_of(text, "logging.info(")
    shown = facts(verdict)["jobready_shown_early"]
    assert shown == f"train.py:{lines[0]}, train.py:{lines[1]}"


def test_a_print_that_shows_the_launched_values_is_not_worth_a_word(
    tmp_path: Path,
) -> None:
    text = script("print('no arguments here')") + "print(args)\n"
    verdict = rehearsals(tmp_path, text, stop="exit").overridden()
    assert facts(verdict)["jobready_shown_early"] == ""


@pytest.mark.parametrize(
    "use",
    [
        "name = str(args)",
        "copied = dict(vars(args))",
        "print(len(str(args)), args.lr)",
        "open('args.txt', 'w').write(str(args))",
        "print(sum(v for v in vars(args).values()))",
    ],
)
def test_what_makes_something_of_all_arguments_stays_red(tmp_path: Path, use: str) -> None:
    text = script(use)
    found = red(rehearsals(tmp_path, text).overridden())
    assert f"train.py:{line_of(text, use)}: " in found


def test_a_print_is_no_proof_that_a_parameter_arrives(tmp_path: Path) -> None:
    text = script("print(args)", read_back=False)
    found = red(rehearsals(tmp_path, text).overridden())
    assert f"train.py:{line_of(text, 'wandb.log')}: lr is 0.1 here" in found
    assert f"train.py:{line_of(text, 'print(args)')}:" not in found
