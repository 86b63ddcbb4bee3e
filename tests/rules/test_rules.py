"""All rules are held to the same: documentation, a bad and a good example that are so."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from jobready import rules
from jobready.outcome import Failed
from jobready.project.environment import Environment
from jobready.rules import all_rules
from jobready.rules.check import check_text
from jobready.rules.model import Finding, Rule
from jobready.script.tree import parse

ENVIRONMENT = Environment(line_length=88, type_checked=False, wandb_version=None)
HEAD = """\
import argparse
import sys

import wandb

parser = argparse.ArgumentParser()
"""
# What a snippet leaves out for the reader's sake, so that it is a whole script.
AROUND = {
    "JR101": ('parser.add_argument("--lr", type=float, default=0.1)\n', ""),
    "JR301": ("", "wandb.init(config=args)\n"),
}
RULES = all_rules()


def found_in(text: str) -> tuple[Finding, ...]:
    found = check_text(text, ENVIRONMENT)
    assert not isinstance(found, Failed), found
    return found


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
class TestEveryRule:
    def test_its_texts_are_there(self, rule: Rule) -> None:
        assert re.fullmatch(r"JR\d{3}", rule.code)
        assert re.fullmatch(r"[a-z]+(-[a-z]+)*", rule.name)
        assert re.fullmatch(r"[A-Z].*\.", rule.summary)
        assert rule.why.endswith(".")
        assert re.search(r"wandb \d|https://", rule.why), "the source of the fact"

    def test_its_file_has_its_name(self, rule: Rule) -> None:
        module = rule.find.__module__.rpartition(".")[2]
        assert module == rule.name.replace("-", "_")
        docstring = (Path(rules.__file__).parent / f"{module}.py").read_text()
        assert docstring.startswith(f'"""{rule.code}: ')

    def test_its_examples_are_python(self, rule: Rule) -> None:
        assert not isinstance(parse(rule.bad), Failed)
        assert not isinstance(parse(rule.good), Failed)
        assert rule.bad != rule.good

    def test_its_bad_example_is_found(self, rule: Rule) -> None:
        before, after = AROUND[rule.code]
        found = found_in(HEAD + before + rule.bad + after)
        assert rule.code in {f.code for f in found}

    def test_a_finding_says_how_to_mend_it_or_why_not(self, rule: Rule) -> None:
        before, after = AROUND[rule.code]
        for finding in found_in(HEAD + before + rule.bad + after):
            assert (finding.fix is None) is not (finding.no_fix is None)
            assert finding.message


def test_codes_and_names_are_unique() -> None:
    assert len({r.code for r in RULES}) == len({r.name for r in RULES}) == len(RULES)


def test_rules_come_in_the_order_of_their_codes() -> None:
    assert [r.code for r in RULES] == sorted(r.code for r in RULES)


def test_the_good_example_of_args_not_routed_is_clean() -> None:
    (rule,) = (r for r in RULES if r.code == "JR101")
    before, after = AROUND["JR101"]
    assert found_in(HEAD + before + rule.good + after) == ()


def test_findings_come_in_the_order_of_the_source() -> None:
    text = (
        HEAD + 'parser.add_argument("--a", required=True)\n'
        'parser.add_argument("b")\nargs = parser.parse_args()\nwandb.init(config=args)\n'
    )
    assert [(f.code, f.place.line) for f in found_in(text)] == [
        ("JR301", 7),
        ("JR301", 8),
        ("JR101", 9),
    ]


def test_a_refused_script_has_a_finding_for_each_reason() -> None:
    text = (
        HEAD + "more(parser)\nargs = parser.parse_args()\nwandb.init(config=load(args))\n"
    )
    (finding,) = found_in(text)
    assert finding.code == "JR101"
    assert finding.place.line == 9
    assert "load(args)" in finding.message
    assert finding.no_fix is not None


@pytest.mark.parametrize(
    "text",
    [
        "",
        "import wandb\nwandb.init()\n",
        HEAD + "parser.add_argument('x')\nargs = parser.parse_args()\n",
        HEAD
        + "parser.add_argument('--x', default=1, type=int)\nargs = parser.parse_args()\n"
        "wandb.init(config=args)\nargs = wandb.config\n",
        "import argparse\nparser = argparse.ArgumentParser()\n"
        "parser.add_argument('--data', required=True)\nargs = parser.parse_args()\n",
    ],
)
def test_a_clean_script_has_no_findings(text: str) -> None:
    assert found_in(text) == ()


def test_a_script_that_can_not_be_read_has_none_but_fails() -> None:
    assert isinstance(check_text("x = (", ENVIRONMENT), Failed)
