"""The fixes of a script: pass by pass, and what counts as fixed is gone."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator

import pytest

from jobready.edits.writing.text import Edit
from jobready.lint.fix import PASSES, Fixed, fix_text
from jobready.outcome import Failed
from jobready.rules import all_rules
from jobready.rules.finding import Finding, Fix, Safety
from jobready.rules.rule import Rule
from jobready.rules.subject import Subject
from tests.rules.tools import NEWEST, rule

Change = Callable[[ast.Call, Subject], tuple[Edit, ...]]
MIGRATED = """\
import argparse

import wandb

parser = argparse.ArgumentParser()
parser.add_argument("--lr", type=float, default=0.05)
args = parser.parse_args()
wandb.init(config=args)
args = wandb.config
"""
STALE = MIGRATED.replace("args = wandb.config\n", "")


def rule_about(name: str, change: Change, safety: Safety = "safe", code: str = "") -> Rule:
    """A rule that finds each call of a function, with a fix that makes the change."""
    code = code or f"JR9{len(name):02}"

    def find(subject: Subject) -> Iterator[Finding]:
        for call in subject.script.syntax.of(ast.Call):
            if ast.unparse(call.func) == name:
                fix = Fix(safety, "changes it", change(call, subject))
                yield subject.finding(made, call, f"{name} is called", fix=fix)

    made = Rule(
        code=code,
        name=name,
        summary="",
        why="",
        bad="",
        good="",
        safety=safety,
        fix="",
        sources=(),
        find=find,
        words=((name.encode(),),),
    )
    return made


def renamed(to: str) -> Change:
    """The change that gives the function another name."""

    def change(call: ast.Call, subject: Subject) -> tuple[Edit, ...]:
        syntax = subject.script.syntax
        return (Edit(syntax.place(call.func), syntax.end(call.func), to),)

    return change


def whole(call: ast.Call, subject: Subject) -> tuple[Edit, ...]:
    """The change that writes the whole call anew, with its arguments as they are."""
    syntax = subject.script.syntax
    text = ast.unparse(call).replace("old", "new", 1)
    return (Edit(syntax.place(call), syntax.end(call), text),)


def done(text: str, *rules: Rule, unsafe: bool = False) -> Fixed:
    outcome = fix_text(text, NEWEST, rules, unsafe=unsafe)
    assert isinstance(outcome, Fixed), outcome
    return outcome


def test_all_fixes_of_a_rule_land() -> None:
    found = done("old(1)\nold(2); old(3)\n", rule_about("old", renamed("new")))
    assert found.text == "new(1)\nnew(2); new(3)\n"
    assert found.left == ()
    assert found.fixed == (("JR903", 3),)


def test_nested_fixes_land_one_pass_after_the_other() -> None:
    found = done("old(old(old(1)))\n", rule_about("old", whole))
    assert found.text == "new(new(new(1)))\n"
    assert found.fixed == (("JR903", 3),)


def test_adjacent_fixes_land_too() -> None:
    first = rule_about("old", renamed("new"), code="JR901")
    second = rule_about("former", renamed("latter"), code="JR902")
    found = done("old()+former()\n", first, second)
    assert found.text == "new()+latter()\n"
    assert found.fixed == (("JR901", 1), ("JR902", 1))


def test_a_fix_that_brings_another_finding() -> None:
    first = rule_about("a", renamed("bb"), code="JR901")
    second = rule_about("bb", renamed("ccc"), code="JR902")
    found = done("a()\n", first, second)
    assert found.text == "ccc()\n"
    assert found.fixed == (("JR901", 1),)


def test_unsafe_fixes_only_on_request() -> None:
    about = rule_about("old", renamed("new"), safety="unsafe")
    assert done("old()\n", about).text == "old()\n"
    assert len(done("old()\n", about).left) == 1
    assert done("old()\n", about, unsafe=True).text == "new()\n"


@pytest.mark.parametrize(
    ("text", "to", "why"),
    [
        ("old()\n", "new(", "does not compile"),
        ("old()\n", "old", "the finding was still there afterwards"),
        ("old()\n", "old() or old", "the finding was still there afterwards"),
    ],
)
def test_a_fix_that_does_not_work_is_taken_back(text: str, to: str, why: str) -> None:
    found = done(text, rule_about("old", renamed(to)))
    assert found.text == text
    assert found.fixed == ()
    (finding,) = found.left
    assert finding.fix is None
    assert why in str(finding.no_fix)


def test_a_fix_that_loses_a_comment_is_taken_back() -> None:
    text = "old(  # why\n    1,\n)\n"
    (finding,) = done(text, rule_about("old", whole)).left
    assert "lacks a comment: # why" in str(finding.no_fix)


def test_one_bad_fix_does_not_keep_the_others_back() -> None:
    good = rule_about("old", renamed("new"), code="JR901")
    bad = rule_about("former", renamed("latter("), code="JR902")
    found = done("old()\nformer()\nold()\n", good, bad)
    assert found.text == "new()\nformer()\nnew()\n"
    assert [f.code for f in found.left] == ["JR902"]
    assert found.fixed == (("JR901", 2),)


def test_fixes_that_undo_each_other_come_to_an_end() -> None:
    first = rule_about("a", renamed("b"), code="JR901")
    second = rule_about("b", renamed("a"), code="JR902")
    found = done("a()\n", first, second)
    assert found.text in ("a()\n", "b()\n")
    assert len(found.left) == 1
    assert PASSES > 2


def test_the_migration_is_one_of_the_fixes() -> None:
    found = done(STALE, rule("JR101"))
    assert found.text == MIGRATED
    assert found.fixed == (("JR101", 1),)


def test_small_fixes_come_before_the_migration() -> None:
    text = STALE.replace("(config=args)", "()") + "wandb.config = args\n"
    found = done(text, *all_rules())
    assert "wandb.config.update(args)\n" in found.text
    assert found.left == ()
    assert found.fixed == (("JR101", 1), ("JR105", 1))


def test_a_script_that_can_not_be_migrated_keeps_its_finding() -> None:
    text = STALE.replace("args = ", "more(parser)\nargs = ")
    found = done(text, rule("JR101"))
    assert found.text == text
    assert [f.code for f in found.left] == ["JR101"]


@pytest.mark.parametrize(
    "comment", ["ignore-file", "ignore-file[JR101] ours", "ignore-file[JR1]"]
)
def test_a_comment_that_takes_the_file_out_is_honoured(comment: str) -> None:
    text = f"# jobready: {comment}\n{STALE}".replace("default=0.05", "required=True")
    assert done(text, *all_rules()).text == text


def test_a_suppressed_finding_is_not_fixed() -> None:
    text = STALE.replace("parse_args()", "parse_args()  # jobready: ignore[JR101]")
    found = done(text, *all_rules())
    assert found.text == text
    assert found.suppressed == 1


@pytest.mark.parametrize("text", ["", "x = 1\n", MIGRATED, "new(1)\n"])
def test_a_clean_script_stays_as_it_is(text: str) -> None:
    found = done(text, *all_rules(), rule_about("old", renamed("new")))
    assert (found.text, found.left, found.fixed) == (text, (), ())


def test_a_script_that_is_no_python_fails() -> None:
    assert isinstance(fix_text("x = (", NEWEST, all_rules(), unsafe=True), Failed)
