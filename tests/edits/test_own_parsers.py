"""Parsers of a class of the script's own: what they may change, and what they may not."""

from __future__ import annotations

import pytest

from jobready.outcome import Refused, Rewritten
from tests.edits.tools import check_refused, check_rewritten, migrated

TOP = """\
import argparse
import os
import sys

import wandb

<job_args>
class Parser(argparse.ArgumentParser):
    def __init__(self):
        super().__init__()
        self.add_argument("--data", required=True)

"""
BEFORE = TOP.replace("<job_args>\n", "\n")
AFTER = TOP.replace("<job_args>\n", "\n<job_args>\n\n\n")
RUN = "wandb.init(config=args)\n"


def test_it_adds_parameters_when_it_is_made() -> None:
    rest = "parser = Parser()\nargs = parser.parse_args()\n" + RUN
    after = rest.replace("parse_args()", "parse_args(sys.argv[1:] + job_args(parser))")
    check_rewritten(BEFORE + "\n" + rest, AFTER + "\n" + after, "argv")


def test_it_does_something_with_the_values() -> None:
    method = """\
    def parse_args(self, args=None, namespace=None):
        args = super().parse_args(args, namespace)
        args.data = os.path.abspath(args.data)
        return args


"""
    given = "[*(sys.argv[1:] if args is None else args), *job_args(self)], namespace"
    after = method.replace(
        "super().parse_args(args, namespace)",
        f"super().parse_args(\n            {given}\n        )",
    )
    rest = "args = Parser().parse_args()\n" + RUN
    check_rewritten(BEFORE + method + rest, AFTER + after + rest, "argv")


def test_it_hands_all_its_words_on() -> None:
    method = """\
    def parse_args(self, *args, **kwargs):
        return super().parse_args(*args, **kwargs)


"""
    rest = "parser = Parser()\nargs = parser.parse_args()\n" + RUN
    after = rest.replace("parse_args()", "parse_args(sys.argv[1:] + job_args(parser))")
    check_rewritten(BEFORE + method + rest, AFTER + method + after, "argv")


FILE = """\
    def parse_known_args(self, args=None, namespace=None):
        first, _ = super().parse_known_args(args, namespace)
        with open(first.data) as file:
            self.set_defaults(**json.load(file))
        return super().parse_known_args(args, namespace)


"""


def test_it_takes_defaults_from_a_file_between_two_parses() -> None:
    before = (BEFORE + FILE).replace("import os", "import json\nimport os")
    rest = "parser = Parser()\nargs = parser.parse_args()\n" + RUN
    outcome = migrated(before + rest)
    assert isinstance(outcome, Rewritten)
    given = "[*(sys.argv[1:] if args is None else args), *job_args(self)], namespace"
    assert outcome.text.count(f"super().parse_known_args(\n            {given}\n") == 2
    assert outcome.text.endswith(rest)


def test_words_that_are_spelled_out_for_a_parser_that_parses_twice() -> None:
    script = (BEFORE + FILE).replace("import os", "import json\nimport os")
    script += "parser = Parser()\nargs = parser.parse_args()\n" + RUN
    script += "defaults = parser.parse_args([])\n"
    check_refused(script, "a parse of the words [] would get a job's values too", 24)


def outcome(members: str, rest: str = "") -> str:
    """What becomes of a script whose parser has these members."""
    body = "".join(f"    {line}\n" for line in members.splitlines())
    script = f"{BEFORE}{body}\n\n{rest}parser = Parser()\nargs = parser.parse_args()\n{RUN}"
    return str(migrated(script))


@pytest.mark.parametrize(
    "members",
    [
        "path = None",
        "def add_model(self):\n    self.add_argument('--layers', type=int)",
        "def error(self, message):\n    print(message)\n    sys.exit(2)",
        "def error(self, message):\n    raise ValueError(message)",
        "def error(self, message):\n    self.print_help()\n    super().error(message)",
        "def format_help(self):\n    return 'see the README'",
        "def show(self):\n    print(self.path)",
        "def convert_arg_line_to_args(self, line):\n    return line.split()",
    ],
)
def test_what_it_may_have(members: str) -> None:
    assert outcome(members).startswith("Rewritten")


@pytest.mark.parametrize(
    ("members", "reason"),
    [
        ("def add_argument(self, *a, **k):\n    pass", "add_argument of its own"),
        ("def parse_known_args(self, args=None):\n    pass", "parse_known_args of its own"),
        ("def _get_values(self, action, words):\n    pass", "_get_values of its own"),
        ("def error(self, message):\n    print(message)", "error of its own"),
        (
            "def error(self, m):\n    if m:\n        return\n    sys.exit(2)",
            "error of its own",
        ),
        ("def exit(self, status=0, message=None):\n    pass", "exit of its own"),
        ("error = print", "error of its own"),
        ("@staticmethod\ndef parse_args():\n    pass", "parses in a way that"),
        ("prefix_chars = '+'", "prefix_chars of its own"),
        ("def __getattr__(self, name):\n    pass", "__getattr__ of its own"),
        ("if True:\n    pass", "a member that only a run tells of its own"),
        ("def add_more(self):\n    more(self)", "passed to more(), which may add"),
        ("def add_more(self):\n    self._actions.pop()", "._actions may change"),
        (
            "def parse_args(self, args=None):\n    return self.parse_known_args(args)[0]",
            "Rewritten",
        ),
    ],
)
def test_what_it_may_not_have(members: str, reason: str) -> None:
    assert reason in outcome(members)


def test_an_heir_whose_parse_calls_one_that_calls_it_back() -> None:
    script = (
        BEFORE
        + """\
    def parse_all(self):
        return self.parse_args()


class Heir(Parser):
    def parse_args(self, args=None):
        return super().parse_args(args)


args = Heir().parse_all()
wandb.init(config=args)
"""
    )
    outcome = migrated(script)
    assert isinstance(outcome, Rewritten)
    assert outcome.text.count("job_args(") == 2  # the function, and the innermost parse


def test_of_two_parsers_one_has_a_parse_of_its_own() -> None:
    script = (
        BEFORE
        + """\
    def parse_args(self, args=None):
        return super().parse_args(args)


parser = argparse.ArgumentParser() if sys.platform == "win32" else Parser()
parser.add_argument("--lr", type=float, default=0.1)
args = parser.parse_args()
wandb.init(config=args)
"""
    )
    check_refused(script, "the parser 'parser' is not made in this file", 19)


def test_a_class_that_is_made_of_something_unseen() -> None:
    script = BEFORE.replace("(argparse.ArgumentParser)", "(Mixin, argparse.ArgumentParser)")
    script += "args = Parser().parse_args()\n" + RUN
    check_refused(script, "is made of Mixin too", 8)


def test_commands_whose_parsers_would_be_of_that_class() -> None:
    script = (
        BEFORE
        + """\
parser = Parser()
commands = parser.add_subparsers(dest="command")
commands.add_parser("train").add_argument("--lr", type=float, default=0.1)
args = parser.parse_args()
wandb.init(config=args)
"""
    )
    check_refused(script, "the parsers of commands are made by Parser too", 14)


def test_keywords_that_it_hands_on() -> None:
    script = BEFORE.replace("def __init__(self)", "def __init__(self, **kwargs)")
    script = script.replace("super().__init__()", "super().__init__(**kwargs)")
    rest = "args = parser.parse_args()\n" + RUN
    assert isinstance(migrated(f"{script}parser = Parser(prog='x')\n{rest}"), Rewritten)
    check_refused(
        f"{script}parser = Parser(prefix_chars='+')\n{rest}",
        "the parser's options don't start with '-'",
        13,
    )
    own = script.replace("super()", "kwargs['prefix_chars'] = '+'\n        super()", 1)
    check_refused(f"{own}parser = Parser()\n{rest}", "made with **keywords", 11)


def test_commands_of_a_parser_that_parses_twice() -> None:
    made = BEFORE.index("    def __init__")
    script = (BEFORE[:made] + FILE).replace("import os", "import json\nimport os")
    script += """\
parser = Parser()
commands = parser.add_subparsers(dest="command")
commands.add_parser("train").add_argument("--lr", type=float, default=0.1)
args = parser.parse_args()
wandb.init(config=args)
"""
    check_refused(script, "the parsers of commands are made by Parser too", 18)


MAKER = """\
import argparse

import wandb


def make(**kwargs):
    parser = argparse.ArgumentParser(**kwargs)
    parser.add_argument("--lr", type=float, default=0.1)
    parser.add_argument("--amp", action="store_true")
    return parser


"""


def test_keywords_that_a_function_hands_on() -> None:
    rest = "parser = make(prog='x')\nargs = parser.parse_args()\n" + RUN
    assert isinstance(migrated(MAKER + rest), Rewritten)
    for given in ("**more", "parents=[other]", "argument_default=1"):
        other = rest.replace("prog='x'", given)
        check_refused(MAKER + other, "the parser is made with **keywords", 7)
    check_refused(MAKER + "call(make)\n" + rest, "is made with **keywords", 7)


def test_an_error_that_is_replaced() -> None:
    script = BEFORE + "parser = Parser()\nparser.error = print\n"
    check_refused(
        script + "args = parser.parse_args()\n" + RUN, "parser.error is replaced", 14
    )


def test_a_function_that_gives_the_parser_or_what_it_parsed() -> None:
    script = """\
import argparse

import wandb


def parse(only=False):
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", required=True)
    parser.add_argument("--lr", type=float, default=0.1)
    if only:
        return parser
    return parser.parse_args()


args = parse()
wandb.init(config=args)
print(args.lr, args.data, args.lr)
hand_on(args)
"""
    outcome = migrated(script)
    assert isinstance(outcome, Refused)
    said = [(r.message, r.line) for r in outcome.reasons]
    assert said.count(("this may be the parser, or what it has parsed", 16)) == 1
    assert len(said) < 3
