"""What a script takes out of its arguments: parameters, or what else they hold."""

from __future__ import annotations

import pytest

from jobready.outcome import Refused, Rewritten
from tests.edits.tools import migrated

SCRIPT = """\
import argparse

import wandb


def train(args):
    wandb.init(config=args)
    print(args.lr, args.data)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--debug", action="store_true")
    commands = parser.add_subparsers(dest="command")
    command = commands.add_parser("train")
    command.add_argument("--data", required=True)
    command.add_argument("--lr", type=float, default=0.1)
    command.set_defaults(func=train)
    args = parser.parse_args()
    func = args.func
    del args.func
    func(args)


main()
"""
OUT = "    func = args.func\n    del args.func\n"


@pytest.mark.parametrize(
    "out",
    [
        OUT,
        "    func = args.func\n",
        "    func = args.func\n    delattr(args, 'func')\n",
        "    func = vars(args).pop('func')\n",
        "    func = args.__dict__.pop('func', None)\n",
        "    func = vars(args)['func']\n    del vars(args)['func']\n",
        "    args.start = 3\n    func = args.func\n    del args.start, args.func\n",
        "    func = train\n    del args.func\n",
        "    (train)(args)\n    func = print\n    del args.func\n",
    ],
)
def test_what_is_no_parameter(out: str) -> None:
    outcome = migrated(SCRIPT.replace(OUT, out))
    assert isinstance(outcome, Rewritten), outcome
    assert "    args = parser.parse_args(sys.argv[1:] + job_args(parser))\n" in outcome.text
    assert out in outcome.text


@pytest.mark.parametrize(
    ("old", "new"),
    [
        # a parameter, or the command
        (OUT, "    func = args.func\n    del args.func, args.debug\n"),
        (OUT, "    func = args.func\n    vars(args).pop('debug')\n"),
        (OUT, "    func = args.func\n    delattr(args, 'lr')\n"),
        (OUT, "    func = args.func\n    del args.command\n"),
        # nobody can tell which
        (OUT, "    func = args.func\n    vars(args).popitem()\n"),
        (OUT, "    func = args.func\n    vars(args).pop(func.__name__)\n"),
        (OUT, "    func = args.func\n    delattr(args, func.__name__)\n"),
        (OUT, "    func = args.func\n    vars(args).clear()\n"),
        # a method that somebody else calls
        (OUT, "    func, lr = map(vars(args).pop, ('func', 'lr'))\n"),
        (OUT, "    take = vars(args).pop\n    func = take('func')\n"),
        (OUT, "    func = args.func\n    del args.__dict__\n"),
        (
            OUT,
            "    func = args.func\n    for k in 'func', 'lr':\n        delattr(args, k)\n",
        ),
        # there may be more parameters than are seen
        ("--debug", '--debug", f"--{__name__}'),
        (
            "    args = parser",
            "    for k in wandb.keys():\n        parser.add_argument(f'--{k}')\n"
            "    args = parser",
        ),
    ],
)
def test_what_may_be_a_parameter(old: str, new: str) -> None:
    assert old in SCRIPT
    outcome = migrated(SCRIPT.replace(old, new))
    assert isinstance(outcome, Refused), outcome
    assert "a parameter is taken out" in " ".join(r.message for r in outcome.reasons)


@pytest.mark.parametrize(
    "func",
    [
        "    func = args.func or print\n",
        "    func = print\n    func = args.func\n",
        "    func = args.other\n",
        "    func, _ = args.func, 3\n",
        "    func = vars(parser).pop('func')\n",
        "    func = vars(args).popitem('func')\n",
    ],
)
def test_a_name_that_is_surely_no_command_of_the_arguments(func: str) -> None:
    outcome = migrated(SCRIPT.replace(OUT, func))
    assert not isinstance(outcome, Rewritten), outcome


UNKNOWN = """\
import argparse

import wandb

from own import kind, made


def start(args):
    run = wandb.init(config=made())
    print(args.lr)


def finish(args):
    for key in ("lr", "data"):
        vars(args).pop(key)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--debug", action="store_true")
    parser.add_argument("--data", nargs="+", type=kind)
    parser.add_argument("--lr", type=float, default=0.1)
    args = parser.parse_args()
    debug = vars(args).pop("debug")
    start(args)
    finish(args)
    print(debug)


main()
"""
DEBUG = '    debug = vars(args).pop("debug")\n'
LEFT = '{k: v for k, v in vars(args).items() if k == "debug"}'


@pytest.mark.parametrize(
    ("old", "new", "left"),
    [
        ("", "", LEFT),
        (DEBUG, "    debug = args.debug\n    del args.debug\n", LEFT),
        (DEBUG, "    debug = 3\n    delattr(args, 'debug')\n", LEFT),
        (
            DEBUG,
            f"{DEBUG}    del args.lr\n",
            LEFT.replace('== "debug"', 'in ("debug", "lr")'),
        ),
        (DEBUG, "    debug = args.debug\n", ""),
        (DEBUG, "    args.seed = 3\n    debug = vars(args).pop('seed')\n", ""),
        ("    finish(args)", "    finish(args)\n    vars(args).clear()", LEFT),
        ("    finish(args)", "    while debug:\n        finish(args)", ""),
    ],
)
def test_what_is_gone_by_the_time_of_a_run_is_left_behind_the_parse(
    old: str, new: str, left: str
) -> None:
    outcome = migrated(UNKNOWN.replace(old, new, 1))
    if "while" in new:
        assert isinstance(outcome, Refused), outcome
        return
    assert isinstance(outcome, Rewritten), outcome
    text = " ".join(outcome.text.split())
    assert (left in text) if left else ("RUN_PARAMETERS" not in text)
    assert 'run.config.update( {f"args/{k}": v for k, v in vars(args).items()}' in text


@pytest.mark.parametrize(
    ("old", "new"),
    [
        # values that no environment takes
        ('vars(args).pop("debug")', "vars(args).pop('data')"),
        ('action="store_true"', "type=kind"),
        # before there is a line behind the parse
        ("parser.parse_args()", "out(parser.parse_args())"),
        ("argparse.ArgumentParser()", "Parser()"),
        # anything may be gone by then
        (DEBUG, "    debug = vars(args).popitem()\n"),
        (DEBUG, "    finish(args)\n    debug = 3\n"),
        ("    start(args)\n    finish(args)", "    finish(args)\n    start(args)"),
        (
            "    start(args)\n",
            "    for _ in range(3):\n        start(args)\n        finish(args)\n",
        ),
        ("    start(args)\n", "    made(finish)\n    start(args)\n"),
        ("    start(args)\n", "    (start if debug else print)(args)\n"),
        ("def finish", "@made\ndef finish"),
        ("    print(args.lr)\n", "    yield args.lr\n"),
        ("    print(args.lr)\n", "    print(args.lr)\n\n\nstarts = start\n"),
        ("    run = wandb", "    made(finish)\n    run = wandb"),
    ],
)
def test_what_no_run_may_get_to_show(old: str, new: str) -> None:
    assert old in UNKNOWN
    script = UNKNOWN.replace(old, new, 1)
    out = "def out(args):\n    del args.debug\n    return args\n\n\n"
    own = "class Parser(argparse.ArgumentParser):\n    def parse_args(self):\n"
    own += "        args = super().parse_args()\n        del args.debug\n"
    own += "        return args\n\n\n"
    outcome = migrated(script.replace("def start", f"{out}{own}def start"))
    assert isinstance(outcome, Refused), outcome


def test_a_secret_that_is_taken_out_is_not_left() -> None:
    script = UNKNOWN.replace("debug", "api_key").replace(', action="store_true"', "")
    outcome = migrated(script)
    assert isinstance(outcome, Rewritten), outcome
    assert "RUN_PARAMETERS" not in outcome.text
    assert 'if k != "api_key"' in outcome.text


FAR = UNKNOWN.replace("def start(args)", "def start()").replace("start(args)", "start()")
FAR = FAR.replace("    print(args.lr)\n", "").replace(", type=kind", "")
FAR = FAR.replace('"--data", nargs="+"', '"--data"')


def test_the_environment_has_all_that_is_taken_out_later() -> None:
    outcome = migrated(FAR)
    assert isinstance(outcome, Rewritten), outcome
    text = " ".join(outcome.text.split())
    assert "json.dumps( vars(args), default=str, skipkeys=True )" in text


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("parser.parse_args()", "out(parser.parse_args())"),
        ("argparse.ArgumentParser()", "Parser()"),
        (DEBUG, "    debug = vars(args).popitem()\n"),
    ],
)
def test_the_environment_may_not_have_all(old: str, new: str) -> None:
    out = "def out(args):\n    del args.debug\n    return args\n\n\n"
    own = "class Parser(argparse.ArgumentParser):\n    def parse_args(self):\n"
    own += "        args = super().parse_args()\n        del args.debug\n"
    own += "        return args\n\n\n"
    assert old in FAR
    script = FAR.replace(old, new, 1).replace("def start", f"{out}{own}def start")
    assert isinstance(migrated(script), Refused)
