"""Arguments that a function parses for itself, and takes some out of: a run has others."""

from __future__ import annotations

import pytest

from jobready.outcome import Refused, Rewritten
from tests.edits.tools import migrated

SCRIPT = """\
import argparse
import json

import wandb

KEPT = []


def get_parser():
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", required=True)
    parser.add_argument("--lr", type=float, default=0.1)
    parser.add_argument("--show", action="store_true")
    return parser


def defaults():
    args, _ = get_parser().parse_known_args()
    config = vars(args)
    config.pop("data")
    config["lr"] = args.lr
    return config


def show():
    config = defaults()
    print(json.dumps(config))


def start(config):
    wandb.init(config=config)


def main():
    args = get_parser().parse_args()
    if args.show:
        show()
        return
    start(args)
    print(args.lr, args.data)


main()
"""


BODY = """\
    config = vars(args)
    config.pop("data")
    config["lr"] = args.lr
    return config
"""


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("", ""),
        ("    config = defaults()\n    print(json.dumps(config))", "    print(defaults())"),
        ("    return config\n", "    print(config['lr'])\n"),
        ('config.pop("data")', "del config['data']"),
        (BODY, '    vars(args).pop("data")\n    print(args.lr)\n'),
        ("parse_known_args()", "parse_known_args(args=None)"),
        ("config.pop(", "for key in ('data', 'show'):\n        config.pop(key); ("),
    ],
)
def test_a_run_that_gets_others_is_left_to_itself(old: str, new: str) -> None:
    assert old in SCRIPT
    outcome = migrated(SCRIPT.replace(old, new))
    assert isinstance(outcome, Rewritten), outcome


@pytest.mark.parametrize(
    ("old", "new"),
    [
        # what leads to the run has them too
        ("args = get_parser().parse_args()", "args = argparse.Namespace(**defaults())"),
        ("        show()\n", "        start(defaults())\n"),
        ("    print(json.dumps(config))", "    start(config)"),
        ("main()\n", "CONFIG = defaults()\nmain()\n"),
        # somebody may keep them
        ("    print(json.dumps(config))", "    return config"),
        ("    print(json.dumps(config))", "    show.kept = config"),
        ("    print(json.dumps(config))", "    KEPT[:] = [config]"),
        ("    config = defaults()\n", "    global config\n    config = defaults()\n"),
        ("    return config\n", "    KEPT.append(config)\n"),
        ("    return config\n", "    KEPT.append(args)\n    return config\n"),
        ("    return config\n", "    defaults.kept = vars(args)\n    return config\n"),
        ("    return config\n", "    return [config]\n"),
        ("    return config\n", "    yield config\n"),
        ("    config = vars(args)\n", "    global config\n    config = vars(args)\n"),
        ("    config = vars(args)\n", "    config = args.__dict__\n"),
        ("    return config\n", "    return config.copy()\n"),
        ("    return config\n", "    return {k: v for k, v in config.items()}\n"),
        (
            "    return config\n",
            "    return config\n\n\ndef again():\n    return defaults()\n",
        ),
        (
            "    return config\n",
            "    def get():\n        return config\n    KEPT.append(get)\n",
        ),
        (
            "    print(json.dumps(config))",
            "    keep(config)\n\n\ndef keep(c):\n    KEPT[:] = [c]",
        ),
        ("    print(json.dumps(config))", "    keep(c=config)\n\n\nclass keep:\n    pass"),
        ("    print(json.dumps(config))", "    return json.dumps(config)"),
        ("    print(json.dumps(config))", "    yield json.dumps(config)"),
        ("    print(json.dumps(config))", "    found = dict(config)"),
        (
            "    config = defaults()\n",
            "    config = kept = defaults()\n    print([kept])\n",
        ),
        # they are not the function's own
        ("parse_known_args()", "parse_known_args(namespace=KEPT[0])"),
        ("parse_known_args()", "parse_known_args(None, KEPT[0])"),
    ],
)
def test_a_run_that_may_get_them_is_not_migrated(old: str, new: str) -> None:
    assert old in SCRIPT
    outcome = migrated(SCRIPT.replace(old, new))
    assert isinstance(outcome, Refused), outcome
    assert "a parameter is taken out of the arguments" in outcome.reasons[0].message


def test_those_of_a_caller_are_its_own() -> None:
    given = SCRIPT.replace("    args, _ = get_parser().parse_known_args()\n", "")
    given = given.replace("defaults()", "defaults(args)").replace("show()", "show(args)")
    outcome = migrated(given)
    assert isinstance(outcome, Refused), outcome


def test_those_that_a_property_gives() -> None:
    script = """\
import argparse

import wandb


class Options:
    @property
    def args(self):
        parser = argparse.ArgumentParser()
        parser.add_argument("--data", required=True)
        args = parser.parse_args()
        del args.data
        return args


wandb.init(config=Options().args)
"""
    outcome = migrated(script)
    assert isinstance(outcome, Refused), outcome
    assert isinstance(migrated(script.replace("        del args.data\n", "")), Rewritten)
