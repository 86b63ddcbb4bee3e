"""Configs that a function of the script puts every argument into, and returns."""

from __future__ import annotations

import pytest

from jobready.outcome import Rewritten
from tests.edits.tools import is_doubted, migrated

TOP = """\
import argparse
import wandb
import yaml
from munch import Munch

"""
PARSER = """\
parser = argparse.ArgumentParser()
parser.add_argument("--lr", type=float, default=0.1)
parser.add_argument("--epochs", type=int, default=3)
args = parser.parse_args()
"""
INIT = "wandb.init(config=config)\nfit(config)\n"
BACK = "wandb.init(config=dict(config))\nconfig = Munch(wandb.config)\nfit(config)\n"
FULL = """\
def options(base, **given):
    base = Munch({"depth": 3}, **base)
    given = Munch({"lr": 1}, **given)
    base.update(given)
    base.fast = given.lr > 1
    base.depth = more(base, given.lr)
    return base
"""
KEYWORDS = "config = options(yaml.safe_load(f), **vars(args))\n"
GIVEN = "config = options(yaml.safe_load(f), args)\n"


def script(function: str, call: str, rest: str = INIT) -> str:
    """A script that makes its config by a function."""
    return f"{TOP}{function}\n{PARSER}{call}{rest}"


@pytest.mark.parametrize("rest", [INIT, BACK])
@pytest.mark.parametrize(
    ("function", "call"),
    [
        (FULL, KEYWORDS),
        ("def options(base, args):\n    base.update(vars(args))\n    return base\n", GIVEN),
        (
            "def options(base, **given):\n    base.update(given)\n    return base\n",
            KEYWORDS,
        ),
        (
            "def options(base, **given):\n    for k, v in given.items():\n"
            "        setattr(base, k, v)\n    return base\n",
            KEYWORDS,
        ),
        ("def options(base, **given):\n    return {**base, **given}\n", KEYWORDS),
        ("def options(base, **given):\n    return dict(base, **given)\n", KEYWORDS),
        (
            "def options(base, **given):\n    return dict(base, depth=3, **given)\n",
            KEYWORDS,
        ),
        ("def options(base, args):\n    return {**base, **vars(args)}\n", GIVEN),
        (
            "def options(base, **given):\n    if not base:\n        base = {}\n"
            "    config = {**base, **given}\n    if given['lr'] > 1:\n"
            "        config['fast'] = 1\n    return config\n",
            KEYWORDS,
        ),
    ],
)
def test_a_function_that_puts_them_in_shows_them(
    function: str, call: str, rest: str
) -> None:
    outcome = migrated(script(function, call, rest))
    assert isinstance(outcome, Rewritten), outcome
    assert outcome.text.endswith(f"job_args(parser))\n{call}{rest}")
    assert not [r.message for r in outcome.reasons if r.message.startswith("note: ")]


def test_what_it_sets_otherwise_is_noted() -> None:
    function = FULL.replace("base.fast = given.lr > 1", "base.lr = given.lr * 2")
    outcome = migrated(script(function, KEYWORDS))
    assert isinstance(outcome, Rewritten), outcome
    back = migrated(script(function, KEYWORDS, BACK))
    assert "lr is shown as another value (line 10)" in str(back)


@pytest.mark.parametrize(
    ("function", "call"),
    [
        # it is called in two places, or may be
        (FULL, f"{KEYWORDS}other = options({{}}, **vars(args))\n"),
        (FULL, f"{KEYWORDS}start(options)\n"),
        (f"@wrapped\n{FULL}", KEYWORDS),
        # something is taken out of them on the way
        (FULL.replace("options(base,", "options(base, lr=1,"), KEYWORDS),
        (FULL.replace("options(base,", "options(base, *, lr=1,"), KEYWORDS),
        (FULL.replace("    base.update", "    given.pop('lr')\n    base.update"), KEYWORDS),
        (FULL.replace("    base.update", "    change(given)\n    base.update"), KEYWORDS),
        (FULL.replace("    base.update", "    del given['lr']\n    base.update"), KEYWORDS),
        (FULL, KEYWORDS.replace("**vars(args)", "lr=args.lr")),
        (FULL, KEYWORDS.replace("**vars(args)", "**vars(args), **load()")),
        (FULL, KEYWORDS.replace("vars(args)", "{'lr': args.lr}")),
        # they don't come last, or not on every way
        (FULL.replace('{"lr": 1}, **given', "given, **load()"), KEYWORDS),
        (FULL.replace("    base.update", "    if base:\n        base.update"), KEYWORDS),
        (FULL.replace("    base.update", "    return base\n    base.update"), KEYWORDS),
        (
            FULL.replace("    return", "    if base:\n        return {}\n    return"),
            KEYWORDS,
        ),
        (FULL.replace("    return", "    base.update(load())\n    return"), KEYWORDS),
        ("def options(base, **given):\n    return {**given, **base}\n", KEYWORDS),
        ("def options(base, **given):\n    return [{**base, **given}]\n", KEYWORDS),
        ("def options(base, **given):\n    return Dict(base, **given)\n", KEYWORDS),
        # and the config is changed behind that
        (FULL, f"{KEYWORDS}config.update(load())\n"),
        (FULL, f"{KEYWORDS}del config.lr\n"),
    ],
)
def test_what_may_be_missing_is_not_taken_for_shown(function: str, call: str) -> None:
    assert is_doubted(migrated(script(function, call)))
    assert not isinstance(migrated(script(function, call, BACK)), Rewritten)


OWN = """\
class Config(dict):
    def __init__(self, values):
        self.depth = 3

<methods>

"""
SETS = 'config = Config({"depth": 3})\nconfig.update(vars(args))\n'


@pytest.mark.parametrize(
    "methods",
    [
        "    def __setattr__(self, key, value):\n        self[key] = value\n",
        "    def __setitem__(self, key, value):\n"
        '        """As a text, too."""\n        super().__setitem__(key, value)\n',
        "    def update(self, values):\n        super().update(values)\n",
        "    __setattr__ = dict.__setitem__\n",
        "    @property\n    def fast(self):\n        return self.lr > 1\n",
        "    @property\n    def fast(self):\n        self.speed = 3\n        return 3\n",
    ],
)
def test_an_object_that_keeps_what_is_put_in(methods: str) -> None:
    outcome = migrated(script(OWN.replace("<methods>\n", methods), SETS))
    assert isinstance(outcome, Rewritten), outcome
    assert not [r.message for r in outcome.reasons if r.message.startswith("note: ")]


@pytest.mark.parametrize(
    "methods",
    [
        "    def __setattr__(self, key, value):\n        if key in self:\n"
        "            self[key] = value\n",
        "    def __setitem__(self, key, v):\n        super().__setitem__(key, str(v))\n",
        "    def update(self, values):\n        for key in self:\n"
        "            self[key] = values[key]\n",
        "    def update(self, values):\n        super().update(known(values))\n",
        "    @checked\n    def update(self, values):\n        super().update(values)\n",
    ],
)
def test_an_object_that_may_keep_less(methods: str) -> None:
    assert is_doubted(migrated(script(OWN.replace("<methods>\n", methods), SETS)))


def test_an_object_that_changes_what_is_put_in_when_it_is_read() -> None:
    methods = (
        "    @property\n    def fast(self):\n        self.lr *= 2\n        return self.lr\n"
    )
    text = script(OWN.replace("<methods>\n", methods), SETS, BACK)
    assert "lr is shown as another value (line 12)" in str(migrated(text))
