"""A parser that reads words from files, and scripts that ask for the file's name alone."""

from __future__ import annotations

from jobready.outcome import Rewritten
from tests.edits.tools import check_refused, migrated

TOP = """\
import argparse
import sys

import wandb


def words(line):
    return line.split()


parser = argparse.ArgumentParser(fromfile_prefix_chars="@")
parser.convert_arg_line_to_args = words
parser.add_argument("--lr", type=float, default=0.1)
parser.add_argument("--amp", action="store_true")
"""
ALONE = """\
if sys.argv.__len__() == 2:
    name = "@" + sys.argv[1]
    args = parser.parse_args([name])
else:
    args = parser.parse_args()
"""
RUN = "wandb.init(config=args)\n"


def test_words_from_a_file() -> None:
    outcome = migrated(TOP + "args = parser.parse_args()\n" + RUN)
    assert isinstance(outcome, Rewritten), outcome
    assert outcome.forms == ("config",)  # where nothing else stands against it


def test_a_file_whose_name_is_the_only_word() -> None:
    outcome = migrated(TOP + ALONE + RUN)
    assert isinstance(outcome, Rewritten), outcome
    assert "args = parser.parse_args([name] + job_args(parser))" in outcome.text
    assert "args = parser.parse_args(sys.argv[1:] + job_args(parser))" in outcome.text


def test_a_positional_which_may_be_the_name_of_a_file() -> None:
    script = TOP + 'parser.add_argument("data")\nargs = parser.parse_args()\n' + RUN
    check_refused(script, "reads words from files, and takes some by their place", 11)


def test_commands_beside_files_of_words() -> None:
    script = TOP + 'commands = parser.add_subparsers(dest="command")\n'
    script += 'commands.add_parser("train").add_argument("--n", type=int, default=1)\n'
    script += "args = parser.parse_args()\n" + RUN
    check_refused(script, "reads words from files, and takes some by their place", 11)


def test_options_that_are_names_of_files() -> None:
    script = TOP.replace('"@"', '"-"') + "args = parser.parse_args()\n" + RUN
    check_refused(script, "options are names of files with words", 11)


def test_a_number_of_words_that_decides_something_else() -> None:
    for other in (
        ALONE.replace("    args = parser.parse_args()", "    args = None"),
        ALONE.replace("else:\n    args", "else:\n    print(1)\n    args"),
        ALONE.replace("else:\n    args", "else:\n    others"),
        ALONE.replace('"@" + sys.argv[1]', "load(sys.argv[1])"),
        ALONE.replace('"@" + sys.argv[1]', "'--amp'"),
        ALONE.replace("parse_args()", "parse_args(['--lr', '1'])"),
    ):
        check_refused(TOP + other + RUN, "the script itself looks at sys.argv", 15)
