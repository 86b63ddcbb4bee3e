"""Scripts that look for a switch in ``sys.argv`` themselves."""

from __future__ import annotations

from pathlib import Path

import pytest

from jobready.edits.choose import choose
from jobready.edits.options import Options
from jobready.edits.plan import Plan
from jobready.outcome import Refused, Rewritten, Unchanged
from jobready.script.files.library import Library
from jobready.script.linked import read_linked
from jobready.script.model import Script
from tests.contract.in_process import Runs
from tests.edits.tools import NEWEST, migrated

LOOKS = "the script itself looks at sys.argv"
SCRIPT = """\
import argparse
import sys

import wandb


def seen():
    return "--wandb" in sys.argv


parser = argparse.ArgumentParser()
parser.add_argument("--lr", type=float, default=0.5)
parser.add_argument("-w", "--wandb", action="store_true")
# before anything is read
args = parser.parse_args()
wandb.init(config=args)
args.tracked = seen()
"""
LOOK = 'return "--wandb" in sys.argv'
GET = "return parser.parse_args()\n\n\nargs = get()\n"
READ = "args.tracked = seen()\n"
INIT = "wandb.init(config=args)\n"
PARSE = "args = parser.parse_args()\n"


def rewritten(script: str) -> str:
    """The text of a script that is rewritten, once and for all."""
    outcome = migrated(script)
    assert isinstance(outcome, Rewritten), outcome
    assert isinstance(migrated(outcome.text), Unchanged)
    return outcome.text


def refused(script: str) -> list[str]:
    outcome = migrated(script)
    assert isinstance(outcome, Refused), outcome
    return [reason.message for reason in outcome.reasons]


def test_the_launched_words_join_sys_argv_above_the_parse() -> None:
    text = rewritten(SCRIPT)
    kept = "# before anything is read\nsys.argv += job_args(parser)\n" + PARSE
    assert text.endswith(f"{kept}wandb.init(config=args)\n{READ}")


@pytest.mark.parametrize(
    ("test", "block"),
    [
        ('if "--wandb" in sys.argv:', "    wandb.init(config=args)\n"),
        ('if "--wandb" not in sys.argv:', "    pass\nelse:\n    wandb.init(config=args)\n"),
    ],
)
def test_a_run_that_the_switch_starts(test: str, block: str) -> None:
    script = SCRIPT.replace("wandb.init(config=args)\n", f"{test}\n{block}")
    said = (
        "note: the run only starts where `'--wandb' in sys.argv` holds; give it to the job"
    )
    assert said in [reason.message for reason in migrated(script).reasons]
    opened = migrated(script, unsafe_fixes=True)
    assert isinstance(opened, Rewritten), opened
    assert 'config = {"wandb": True}' in opened.text


@pytest.mark.parametrize(
    ("argv", "launched", "as_on"),
    [
        ("", {"wandb": True}, "--wandb"),
        ("", {"wandb": True, "lr": 2}, "--wandb --lr 2"),
        ("", {"wandb": False, "lr": 0.5}, ""),
        ("", {"lr": 3}, "--lr 3"),
        ("--wandb", {"wandb": False}, ""),
        ("-w --lr 4", {"wandb": False}, "--lr 4"),
        ("--wandb", {"wandb": True}, "--wandb"),
        ("--wandb", {"lr": 3}, "--wandb --lr 3"),
        ("--wandb", None, "--wandb"),
        ("-w", None, "-w"),
        ("--wan", {"lr": 3}, "--wan --lr 3"),
    ],
)
def test_a_look_sees_what_is_launched(
    argv: str,
    launched: dict[str, object] | None,
    as_on: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    runs = Runs(SCRIPT, rewritten(SCRIPT), monkeypatch)
    assert runs.after(argv, launched) == runs.before(as_on)


def test_words_that_are_put_in_twice_give_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    more = 'parser.add_argument("--tag", action="append", default=[])\n' + PARSE
    text = rewritten(SCRIPT.replace(PARSE, more))
    line = "sys.argv += job_args(parser)\n"
    launched = {"tag": ["a", "b"], "wandb": True, "lr": 2}
    once = Runs(text, text, monkeypatch).after("", launched)
    again = text.replace(line, line * 2)
    assert Runs(text, again, monkeypatch).after("", launched) == once
    assert once["tag"] == ["a", "b"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (LOOK, 'return "--wandb" in sys.argv[1:]'),
        (LOOK, 'if "--wandb" not in sys.argv:\n        return 1'),
        (LOOK, 'return args.lr and "--wandb" in sys.argv'),
        (PARSE, "args, rest = parser.parse_known_args()\n"),
        (PARSE, f"def get():\n    {GET}"),
        (f"{PARSE}{INIT}{READ}", f"if __name__:\n    {PARSE}    {INIT}    {READ}"),
        (READ, "def main():\n    args.tracked = seen()\n\n\nmain()\n"),
        (PARSE + INIT + READ, f"if 0:\n    x = 1\nelse:\n    {PARSE}    {INIT}    {READ}"),
        (PARSE + INIT + READ, f"try:\n    x\nfinally:\n    {PARSE}    {INIT}    {READ}"),
        (
            READ,
            f"{READ}class Run:\n    def go(self):\n        return '--wandb' in sys.argv\n",
        ),
    ],
)
def test_a_look_that_surely_comes_behind_the_parse(old: str, new: str) -> None:
    assert "sys.argv += job_args(parser)\n" in rewritten(SCRIPT.replace(old, new))


@pytest.mark.parametrize(
    "look",
    [
        'DEBUG = "--debug" in sys.argv',
        'if "-h" in sys.argv or "--help" in sys.argv:\n    print("see the manual")',
        'quick = "--fast" in sys.argv',
    ],
)
def test_a_word_that_no_parameter_has_is_none_of_a_jobs(look: str) -> None:
    plain = SCRIPT.replace(LOOK, "return args.wandb")
    above = plain.replace("parser = ", f"{look}\nparser = ")
    assert "parser.parse_args(sys.argv[1:] + job_args(parser))" in rewritten(above)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        # before the parse, or maybe before it
        ("parser = ", 'DEBUG = "--wandb" in sys.argv\nparser = '),
        ("parser = ", "seen()\nparser = "),
        (PARSE, f"if sys.stdin:\n    {PARSE}"),
        (PARSE, f"try:\n    {PARSE}except SystemExit:\n    pass\n"),
        (PARSE, f"for _ in '1':\n    {PARSE}"),
        (PARSE, "while True:\n    args = parser.parse_args()\n    break\n"),
        (PARSE, f"def get():\n    if 0:\n        return\n    {GET}"),
        (PARSE, f"def get():\n    if 1:\n        {GET}"),
        (PARSE, f"{PARSE}def at_exit():\n    pass\n\n\nat_exit(seen)\n"),
        (READ, "later = seen\n"),
        (READ, f"{READ}thing.seen()\n"),
        ("def seen", "@hook\ndef seen"),
        (READ, ""),
        ("def seen():\n    return", "class Run:\n    def seen(self):\n        return"),
        # what a word of the job doesn't tell
        (LOOK, 'return "--lr" in sys.argv'),
        (LOOK, 'return "-w" in sys.argv'),
        (LOOK, 'return "--lr=1" in sys.argv'),
        (LOOK, 'return "--l" in sys.argv'),
        (LOOK, 'return "--wan" in sys.argv'),
        (LOOK, 'return "-wx" in sys.argv'),
        (LOOK, 'return "wandb" in sys.argv'),
        (LOOK, 'return "-1" in sys.argv'),
        (LOOK, 'return sys.argv[1] == "--wandb"'),
        (LOOK, 'return "--wandb" in sys.argv[2:]'),
        (LOOK, 'return "--lr" in sys.argv and "--wandb" in sys.argv'),
        (LOOK, 'return ["--wandb"] == [w for w in sys.argv if "w" in w]'),
        ('action="store_true"', 'action="store_true", default=None'),
        ('action="store_true"', 'action="count", default=0'),
        ('action="store_true"', 'action="store_true", dest="lr"'),
        ('"--lr"', "FLAG"),
        # more than one parse, or one that has words of its own
        (PARSE, f"{PARSE}other = parser.parse_args()\n"),
        (PARSE, "args = parser.parse_args(sys.argv[1:])\n"),
        (PARSE, "args = parser.parse_args(words)\n"),
        (PARSE, f"argparse.ArgumentParser().parse_known_args()\n{PARSE}"),
        (PARSE, "kinds = parser.add_subparsers(dest='kind')\n" + PARSE),
        # no room for a line, or for the name sys
        (PARSE, "x = 1; args = parser.parse_args()\n"),
        # what else is done with the words
        (READ, f"{READ}sys.argv.remove('--wandb')\n"),
        (READ, f"{READ}run(['python', *sys.argv])\n"),
        (READ, f"{READ}if len(sys.argv) == 3:\n    stop()\n"),
        (READ, f"{READ}sys.argv = sys.argv[:1]\n"),
    ],
)
def test_a_look_that_may_see_something_else(old: str, new: str) -> None:
    assert old in SCRIPT
    assert LOOKS in refused(SCRIPT.replace(old, new, 1))


def test_another_library_that_reads_the_words() -> None:
    (message,) = refused(SCRIPT.replace(READ, f"{READ}import click\n"))
    assert message == f"{LOOKS}, and click may see what is launched there"


def test_the_reason_names_the_line() -> None:
    (reason,) = migrated(SCRIPT.replace(READ, "later(seen)\n")).reasons
    assert (reason.message, reason.line) == (LOOKS, 8)


def test_a_look_that_a_migrated_script_gets_later() -> None:
    plain = SCRIPT.replace(LOOK, "return args.wandb")
    later = rewritten(plain).replace("return args.wandb", LOOK)
    assert LOOKS in refused(later)


# A switch that the module asks for on the way to the run: examples of PyTorch Geometric.
LOGGING = """\
import sys


def init_wandb(**kwargs):
    if "--wandb" not in sys.argv:
        return
    import wandb

    wandb.init(config=kwargs)
"""
TRAIN = """\
import argparse

from logging_ import init_wandb

parser = argparse.ArgumentParser()
parser.add_argument("--lr", type=float, default=0.5)
parser.add_argument("--wandb", action="store_true")
args = parser.parse_args()
init_wandb(lr=args.lr, wandb=args.wandb)
"""
PARSER = "parser = argparse"


def of_files(folder: Path, train: str, logging: str) -> Script:
    (folder / "logging_.py").write_text(logging)
    path = folder / "train.py"
    script = read_linked(train, path, Library())
    assert isinstance(script, Script), script
    return script


def test_a_look_of_another_file(tmp_path: Path) -> None:
    plan = choose(of_files(tmp_path, TRAIN, LOGGING), Options(), NEWEST)
    assert isinstance(plan, Plan), plan
    assert [edit.above for edit in plan.parses] == ["sys.argv += job_args(parser)"]


@pytest.mark.parametrize(
    ("train", "logging"),
    [
        (TRAIN.replace("parser = ", "init_wandb(lr=1)\nparser = "), LOGGING),
        (
            TRAIN.replace("import init_wandb", "import init_wandb as init").replace(
                "init_wandb(lr", "init(lr"
            ),
            LOGGING,
        ),
        (TRAIN, LOGGING + "\n\ninit_wandb(lr=1)\n"),
        (TRAIN, LOGGING.replace("def init", "DEBUG = '--wandb' in sys.argv\n\n\ndef init")),
        # whoever else asks isn't read
        (
            TRAIN.replace("import init_wandb", "import init_wandb, is_on").replace(
                "init_wandb(lr", "is_on() and init_wandb(lr"
            ),
            LOGGING + "\n\ndef is_on():\n    return '--wandb' in sys.argv\n",
        ),
    ],
)
def test_a_look_of_another_file_that_may_come_first(
    train: str, logging: str, tmp_path: Path
) -> None:
    script = of_files(tmp_path, train, logging)
    assert script.argv_uses
