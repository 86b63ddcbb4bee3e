"""Copies of a parser without defaults: what may be done with what they tell is given."""

from __future__ import annotations

import pytest

from jobready.outcome import Refused, Rewritten, Unchanged
from tests.edits.tools import migrated

SCRIPT = """\
import argparse
import json
import logging
from copy import deepcopy

import wandb


def parse():
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", required=True)
    parser.add_argument("--lr", type=float, default=0.1)
    parser.add_argument("--sizes", type=int, nargs="*", default=[8])
    parser.add_argument("--amp", action="store_true")
    args = parser.parse_args()
    COPY
    return args


def load(args):
    with open(args.data) as file:
        loaded = json.load(file)
    LAID
    for key, value in vars(args).items():
        if key not in loaded:
            loaded[key] = value
    return argparse.Namespace(**loaded)


def main():
    args = parse()
    if args.data:
        args = load(args)
    RUN
    print(args.lr)


main()
"""
COPY = """\
copy = deepcopy(parser)
    for name in vars(args).keys():
        copy.set_defaults(**{name: None})
    given = copy.parse_args()
    for name in list(vars(given).keys()):
        if given.__dict__[name] is None:
            del given.__dict__[name]
    args.given = vars(given)"""
LAID = """\
for key, value in args.given.items():
        if key in loaded and loaded[key] != value:
            logging.debug("%s is %s", key, value)
            loaded[key] = value"""
RUN = "wandb.init(config=args)"


def script_of(*changes: tuple[str, str]) -> str:
    """The script, with some of its text changed."""
    text = SCRIPT
    for name, part in (("COPY", COPY), ("LAID", LAID), ("RUN", RUN)):
        text = text.replace(name, part)
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    return text


DEFAULTS = """\
for name in vars(args).keys():
        copy.set_defaults(**{name: None})"""
PRUNED = """\
for name in list(vars(given).keys()):
        if given.__dict__[name] is None:
            del given.__dict__[name]
    args.given = vars(given)"""


@pytest.mark.parametrize(
    "changes",
    [
        [],
        [(DEFAULTS, "copy.set_defaults(**{k: None for k in vars(args)})")],
        [(DEFAULTS, "copy.set_defaults(**{k: None for k, v in vars(args).items()})")],
        [(DEFAULTS, "copy.set_defaults(**dict.fromkeys(vars(args)))")],
        [
            (
                PRUNED,
                "args.given = {k: v for k, v in vars(given).items() if v is not None}",
            )
        ],
        [(LAID, "loaded.update(args.given)")],
        [(LAID, f"print(args.given)\n    {LAID}\n    logging.info(args.given)")],
        [(LAID, "pass")],
        [("argparse.Namespace(**loaded)", "loaded"), ("print(args.lr)", "print(args)")],
    ],
)
def test_what_is_given_is_laid_over_settings_that_the_run_shows(
    changes: list[tuple[str, str]],
) -> None:
    outcome = migrated(script_of(*changes))
    assert isinstance(outcome, Rewritten), outcome
    assert "copy.parse_args(sys.argv[1:] + job_args(copy))" in outcome.text
    assert isinstance(migrated(outcome.text), Unchanged)


@pytest.mark.parametrize(
    "use",
    [
        "if 'lr' in args.given:\n        warm_up()",
        "rate = args.given.get('lr')",
        "if args.given:\n        warm_up()",
        "print(len(args.given))",
        "rate = args.given['lr']",
        "train(**args.given)",
        "known = sorted(args.given)\n    tune(known)",
        "tune(args.given)",
        "for key in args.given:\n        warm_up(key)",
        "for key, value in args.given.items():\n        warm_up(key, value)",
        "name = ','.join(args.given)",
        "for key, value in args.given.items():\n        if key == 'lr':\n"
        "            loaded[key] = value",
        "for key, value in args.given.items():\n        loaded[key] = value * 2",
        "for key, value in args.given.items():\n        if key not in loaded:\n"
        "            loaded[key] = value",
        "for key in list(args.given):\n        if loaded[key] is None:\n"
        "            del loaded[key]",
        "given = getattr(args, 'given')",
        "other = vars(args)['given']",
    ],
)
def test_what_is_given_may_decide_something(use: str) -> None:
    outcome = migrated(script_of((LAID, f"{LAID}\n    {use}")))
    assert isinstance(outcome, Refused)


@pytest.mark.parametrize(
    "changes",
    [
        # the run doesn't show what comes of it
        [(RUN, "pass"), ("    args = parse()", f"    args = parse()\n    {RUN}")],
        [(RUN, 'wandb.init(config={"lr": args.lr})')],
        [(RUN, "wandb.init()")],
        [("argparse.Namespace(**loaded)", "argparse.Namespace(**json.load(open('x')))")],
        [
            (f"    {LAID}\n", ""),
            (
                "return argparse.Namespace(**loaded)",
                f"made = argparse.Namespace(**loaded)\n    {LAID}\n    return made",
            ),
        ],
        [(LAID, LAID.replace("loaded", "other"))],
        [
            (
                "    return argparse",
                "    if args.amp:\n        return read()\n    return argparse",
            )
        ],
        # the copy isn't known to tell it
        [("**{name: None}", "**{name: argparse.SUPPRESS}")],
        [("**{name: None}", "**{name: 0}")],
        [("vars(args).keys():\n        copy", "('lr', 'amp'):\n        copy")],
        [
            (
                "    given = copy",
                "    copy.add_argument('--more', default=3)\n    given = copy",
            )
        ],
        [("    given = copy", "    copy.set_defaults(lr=0.5)\n    given = copy")],
        [("given = copy.parse_args()", "given, _ = copy.parse_known_args()")],
        [
            (
                "    copy = ",
                "    parser.add_argument('--late', type=int, default=3)\n    copy = ",
            )
        ],
        [
            (
                "copy.set_defaults(**{name: None})",
                "if name != 'lr':\n            copy.set_defaults(**{name: None})",
            )
        ],
        # a default that no word gives
        [("type=float, default=0.1", "default=0.1")],
        [("type=float, default=0.1", "type=json.loads, default={}")],
        [("type=float, default=0.1", "type=int, default=0.5")],
        [('nargs="*", default=[8]', 'nargs="*", default=(8,)')],
        [('action="store_true"', 'action="count", default=0')],
        [("type=float, default=0.1", "choices=['a'], default='b'")],
        [
            ("type=float, default=0.1", "type=Path, default='b'"),
            ("import json\n", "import json\nfrom pathlib import Path\n"),
        ],
        [
            ("def parse():", "@cached\ndef parse():"),
            ("args.given = vars(given)\n    return args", "return vars(given)"),
        ],
    ],
)
def test_a_clone_might_differ(changes: list[tuple[str, str]]) -> None:
    assert isinstance(migrated(script_of(*changes)), Refused)
