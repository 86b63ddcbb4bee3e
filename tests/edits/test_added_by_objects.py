"""Parameters that objects add: those in the list of a class, or a class that it names."""

from __future__ import annotations

import pytest

from jobready.outcome import Refused, Rewritten
from tests.edits.tools import migrated

SCRIPT = """\
import argparse

import wandb


class Choices:
    def __init__(self, name, default):
        self.name = name
        self.default = default

    def add(self, parser):
        parser.add_argument(f"--{self.name}", default=self.default)


class Trainer:
    @classmethod
    def add(cls, parser):
        parser.add_argument("--steps", type=int, default=10)


class Slow(Trainer):
    @classmethod
    def add(cls, parser):
        parser.add_argument("--patience", type=int, default=3)


optimizer = Choices("optimizer", "adam")
scheduler = Choices("scheduler", "none")


class Task:
    trainer = Trainer
    choices = [optimizer, scheduler]

    @classmethod
    def main(cls):
        parser = argparse.ArgumentParser()
        parser.add_argument("--data", required=True)
        cls.trainer.add(parser)
        for choice in cls.choices:
            choice.add(parser)
        args = parser.parse_args()
        wandb.init(config=args)
        print(args)


class Sum(Task):
    trainer = Slow
    choices = [optimizer]


Sum.main()
"""


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("", ""),
        ("[optimizer, scheduler]", "(optimizer, scheduler)"),
        ("for choice in cls.choices", "for choice in [optimizer, scheduler]"),
        (
            "            choice.add(parser)",
            "            print(len(cls.choices))\n            choice.add(parser)",
        ),
        (
            "        cls.trainer.add(parser)",
            "        cls.trainer = Slow\n        cls.trainer.add(parser)",
        ),
        ("    choices = [optimizer]\n", ""),
    ],
)
def test_all_of_them_are_seen(old: str, new: str) -> None:
    assert old in SCRIPT
    outcome = migrated(SCRIPT.replace(old, new))
    assert isinstance(outcome, Rewritten), outcome


def test_whatever_they_add_has_its_branch() -> None:
    outcome = migrated(SCRIPT)
    assert isinstance(outcome, Rewritten)
    assert "_AppendAction" in outcome.text  # which none of those that are seen has
    plain = SCRIPT.replace("cls.trainer.add(parser)", "Trainer.add(parser)")
    plain = plain.replace("            choice.add(parser)", "            print(choice)")
    outcome = migrated(plain)
    assert isinstance(outcome, Rewritten)
    assert "_AppendAction" not in outcome.text


def test_their_values_are_not_taken_from_the_config_alone() -> None:
    script = SCRIPT.replace('"--data", required=True', '"--data", default="d"')
    script = script.replace("[optimizer, scheduler]", "[optimizer]")
    script = script.replace(
        'f"--{self.name}", default=self.default', '"--opt", default="a"'
    )
    outcome = migrated(script)
    assert isinstance(outcome, Rewritten)
    assert outcome.forms == ("argv",)
    assert "an object adds parameters here" in [r.message for r in outcome.reasons]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("[optimizer, scheduler]", "[optimizer, *more()]"),
        ("[optimizer, scheduler]", "[optimizer, load()]"),
        ("[optimizer, scheduler]", "[optimizer] + load()"),
        ("    choices = [optimizer]\n", "    choices = load()\n"),
        ("Sum.main()", "Task.choices.append(load())\nSum.main()"),
        ("Sum.main()", "add = Task.choices.append\nSum.main()"),
        ("Sum.main()", "fill(Task.choices)\nSum.main()"),
        ("Sum.main()", "Task.choices[0] = load()\nSum.main()"),
        ("Sum.main()", "Task.choices += load()\nSum.main()"),
        ("Sum.main()", "Task.choices = load()\nSum.main()"),
        ("Sum.main()", "same = Task.choices\nsame.append(load())\nSum.main()"),
        ("for choice in cls.choices", "for _, choice in enumerate(cls.choices)"),
        ("    trainer = Slow\n", "    trainer = load()\n"),
        ("    trainer = Slow\n", "    from lib import trainer\n"),
        ("Sum.main()", "Sum.trainer = load()\nSum.main()"),
        ("optimizer = Choices(", "optimizer = load() or Choices("),
    ],
)
def test_not_where_some_may_be_of_elsewhere(old: str, new: str) -> None:
    assert old in SCRIPT
    outcome = migrated(SCRIPT.replace(old, new))
    assert isinstance(outcome, Refused), outcome
    assert "which may add parameters" in outcome.reasons[0].message


PROVIDED = """\
import argparse

import wandb


def parse(provider=None):
    parser = argparse.ArgumentParser()
    group = parser.add_argument_group("own")
    group.add_argument("--own-data", required=True)
    for action in group._group_actions:
        assert action.dest.startswith("own"), ", ".join(action.option_strings)
    if provider is not None:
        parser = provider(parser)
    return parser.parse_args()


def setup(provider=None):
    return parse(provider)


args = setup()
wandb.init(config=args)
print(args)
"""


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("", ""),
        ("setup()\n", "setup(None)\n"),
        (
            "args = setup()",
            "def more(parser):\n    parser.add_argument('--more')\n    return parser\n\n\n"
            "args = setup(more)",
        ),
    ],
)
def test_a_function_that_is_given_to_add_more(old: str, new: str) -> None:
    assert isinstance(migrated(PROVIDED.replace(old, new)), Rewritten)


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("args = setup()", "from own import more\n\nargs = setup(more)", "may add"),
        ("if provider is not None:", "if provider is None:", "may add"),
        (
            "args = setup()",
            "args = setup() if x() else setup(y())",
            "may add",
        ),
        ("assert action.dest", "action.nargs = action.dest", "_group_actions may change"),
        ("group._group_actions:", "group._group_actions[1:]:", "_group_actions may"),
    ],
)
def test_what_may_be_added_to_a_parser(old: str, new: str, why: str) -> None:
    outcome = migrated(PROVIDED.replace(old, new))
    assert isinstance(outcome, Refused), outcome
    assert any(why in reason.message for reason in outcome.reasons)
