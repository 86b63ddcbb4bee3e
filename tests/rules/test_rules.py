"""All rules are held to the same: texts, a bad and a good example that are so, a fix."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from jobready import rules
from jobready.lint.fix import Fixed, fix_text
from jobready.outcome import Failed
from jobready.project.config import Config
from jobready.project.environment import environment_of
from jobready.report.rule_page import GROUPS, index, page
from jobready.rules import all_rules
from jobready.rules.finding import Finding
from jobready.rules.rule import Example, Rule, files_of
from jobready.script.source.tree import parse
from tests.rules.tools import found_in_project, repository, rule

RULES = all_rules()
ROOT = Path(__file__).parents[2]
# A rule about comments that suppress others has something to say of those rules' findings.
WITH = {"JR001": ("JR308",), "JR002": ("JR308",)}


# What some examples say of the folder that they are in.
IN_A_REPOSITORY = frozenset(("JR403", "JR404", "JR506"))


def seen(each: Rule, example: Example, folder: Path) -> list[tuple[str, Finding]]:
    """What a rule finds in its example, where that says it is."""
    if each.code in IN_A_REPOSITORY:
        repository(folder)
    return found_in_project(each.code, files_of(example), folder, *with_(each))


@pytest.mark.parametrize("each", RULES, ids=lambda rule: rule.code)
class TestEveryRule:
    def test_its_texts_are_there(self, each: Rule) -> None:
        assert re.fullmatch(r"JR\d{3}", each.code)
        assert each.code[2] in GROUPS
        assert re.fullmatch(r"[a-z]+(-[a-z]+)*", each.name)
        assert re.fullmatch(r"[A-Z][^\n]*\.", each.summary)
        assert len(each.summary) <= 80
        assert each.why.endswith(".")
        assert each.fix.endswith(".")

    def test_it_names_the_source_of_its_fact(self, each: Rule) -> None:
        assert each.sources
        for source in each.sources:
            assert re.match(r"https://|wandb \d|jobready's own", source), source

    def test_its_file_and_its_test_have_its_name(self, each: Rule) -> None:
        name = each.name.replace("-", "_")
        source = Path(rules.__file__).parent / f"{name}.py"
        assert source.read_text(encoding="utf-8").startswith(f'"""{each.code}: ')
        assert (Path(__file__).parent / f"test_{name}.py").is_file()

    def test_it_looks_at_one_kind_of_thing(self, each: Rule) -> None:
        ways = [each.find, each.find_in_project, each.find_in_comments]
        assert sum(way is not None for way in ways) == 1

    def test_its_examples_are_python(self, each: Rule) -> None:
        for example in (each.bad, each.good):
            for name, text in files_of(example).items():
                assert not (name.endswith(".py") and isinstance(parse(text), Failed))
        assert each.bad != each.good

    def test_its_bad_example_is_found(self, each: Rule, tmp_path: Path) -> None:
        found = seen(each, each.bad, tmp_path)
        assert each.code in {finding.code for _, finding in found}
        for name, finding in found:
            lines = (tmp_path / name).read_text(encoding="utf-8").split("\n")
            assert finding.place.line <= len(lines)
            assert finding.place.column <= len(lines[finding.place.line - 1]) + 1
            if finding.end is not None:
                start = (finding.place.line, finding.place.column)
                assert start < (finding.end.line, finding.end.column)
            assert not re.search(r"[.:]$", finding.message), "a line goes on behind it"

    def test_its_good_example_is_clean(self, each: Rule, tmp_path: Path) -> None:
        found = seen(each, each.good, tmp_path)
        assert each.code not in {finding.code for _, finding in found}

    def test_its_fix_is_as_safe_as_it_says(self, each: Rule, tmp_path: Path) -> None:
        found = seen(each, each.bad, tmp_path)
        fixes = {f.fix.safety for _, f in found if f.code == each.code and f.fix}
        assert fixes <= {each.safety}
        assert bool(fixes) == (each.safety is not None) or each.safety == "unsafe"

    def test_its_fix_mends_the_bad_example(self, each: Rule, tmp_path: Path) -> None:
        text = files_of(each.bad).get("train.py")
        if each.safety is None or text is None:
            return
        seen(each, each.bad, tmp_path)
        used = [each, *(rule(code) for code in with_(each))]
        around = environment_of(tmp_path / "train.py", Config(root=tmp_path))
        done = fix_text(text, around, used, unsafe=each.safety == "unsafe")
        assert isinstance(done, Fixed)
        left = {f.code for f in done.left if f.fix is not None}
        assert each.code not in left
        again = fix_text(done.text, around, used, unsafe=each.safety == "unsafe")
        assert isinstance(again, Fixed)
        assert again.text == done.text

    def test_its_page_is_as_it_is_written(self, each: Rule) -> None:
        path = ROOT / "docs" / "rules" / f"{each.code}.md"
        assert path.read_text(encoding="utf-8") == page(each), REMEDY


REMEDY = "the pages are made anew by: python scripts/write_rule_pages.py"


def with_(each: Rule) -> tuple[str, ...]:
    return WITH.get(each.code, ())


def test_the_index_of_the_pages_is_as_it_is_written() -> None:
    path = ROOT / "docs" / "rules" / "README.md"
    assert path.read_text(encoding="utf-8") == index(RULES), REMEDY


def test_there_is_no_page_of_a_rule_that_is_gone() -> None:
    pages = {path.stem for path in (ROOT / "docs" / "rules").glob("JR*.md")}
    assert pages == {each.code for each in RULES}


def test_codes_and_names_are_unique() -> None:
    assert len({r.code for r in RULES}) == len({r.name for r in RULES}) == len(RULES)


def test_rules_come_in_the_order_of_their_codes() -> None:
    assert [r.code for r in RULES] == sorted(r.code for r in RULES)
