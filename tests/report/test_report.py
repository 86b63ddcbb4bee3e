"""What a reader and a program are told."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jobready.outcome import (
    COMMAND_IN_ENTRY,
    Failed,
    Outcome,
    Reason,
    Refused,
    Rewritten,
    Unchanged,
)
from jobready.report.diff import colour, unified_diff
from jobready.report.json_format import migrate_report
from jobready.report.parameters import as_records, as_table
from jobready.report.results import FileResult, count
from jobready.report.text import file_line, next_steps, summary
from jobready.script.model import Script
from jobready.script.read import read

DONE = FileResult(
    "a.py", Rewritten("x\n", ("argv",), (Reason("--data is required", 6, 1),))
)
ALIKE = FileResult("b.py", Unchanged((Reason("parses no arguments"),)))
NO = FileResult("c.py", Refused((Reason("made elsewhere", 3, 5), Reason("odd", 4, 1))))
LOST = FileResult("d.py", Failed((Reason("no such file: check the path"),)))
RESULTS = [DONE, ALIKE, NO, LOST]


@pytest.mark.parametrize(
    ("result", "line"),
    [
        (DONE, "a.py: rewritten, argv: --data is required (line 6)"),
        (ALIKE, "b.py: unchanged: parses no arguments"),
        (NO, "c.py: refused: made elsewhere (line 3); odd (line 4)"),
        (LOST, "d.py: failed: no such file: check the path"),
        (FileResult("e.py", Unchanged()), "e.py: unchanged"),
    ],
)
def test_one_line_a_file(result: FileResult, line: str) -> None:
    assert file_line(result) == line


def test_what_is_pending_is_not_said_to_be_done() -> None:
    assert file_line(DONE, pending=True).startswith("a.py: would be rewritten, argv: ")
    assert "1 would be rewritten" in summary(RESULTS, pending=True)


def test_many_reasons_are_counted() -> None:
    many = FileResult("a.py", Refused(tuple(Reason(f"r{n}", n) for n in range(1, 8))))
    assert file_line(many).endswith("r4 (line 4); and 3 more")


@pytest.mark.parametrize(
    ("results", "text"),
    [
        (RESULTS, "4 files looked at: 1 rewritten, 1 unchanged, 1 refused, 1 failed."),
        ([DONE], "1 file looked at: 1 rewritten, 0 unchanged, 0 refused."),
        ([], "0 files looked at: 0 rewritten, 0 unchanged, 0 refused."),
    ],
)
def test_the_summary_counts(results: list[FileResult], text: str) -> None:
    assert summary(results) == text


def test_what_is_said_of_several_places_is_said_once() -> None:
    reasons = [Reason("odd", 3), Reason("other", 4), Reason("odd", 5, file="x.py")]
    line = file_line(FileResult("a.py", Refused(tuple(reasons))))
    assert line == "a.py: refused: odd (line 3 and 1 more); other (line 4)"


def test_what_many_scripts_have_in_common_is_summed_up() -> None:
    gate = Reason("note: the run only starts where `args.track` holds", 7)
    done = [FileResult(f"{n}.py", Rewritten("", ("argv",), (gate,))) for n in "ab"]
    no = [FileResult(f"{n}.py", Refused((Reason("--lr is odd", 1),))) for n in "cd"]
    assert summary([*done, *no]).endswith(
        "Most often refused: 2 x … is odd.\n"
        "Most often to be looked at: 2 x the run only starts where … holds."
    )


def test_what_one_script_alone_is_told_is_not_summed_up() -> None:
    why = Rewritten("", ("argv",), (Reason("--data is required", 6),))
    assert "Most" not in summary([NO, FileResult("a.py", why), FileResult("b.py", why)])


@pytest.mark.parametrize(
    ("unsaid", "text"),
    [
        (1, " 0 refused. 1 script takes launched values already."),
        (2, " 0 refused. 2 scripts take launched values already."),
        (0, " 0 refused."),
    ],
)
def test_scripts_without_a_line_that_are_done_are_counted(unsaid: int, text: str) -> None:
    assert summary([ALIKE], unsaid=unsaid).endswith(text)


def test_notebooks_that_were_passed_over_are_told() -> None:
    assert summary([], skipped=1).endswith(
        " 1 notebook skipped: export them to scripts first."
    )


def test_next_steps_only_where_something_was_rewritten() -> None:
    assert next_steps([ALIKE, NO, LOST]) is None
    assert "-E 'python a.py'" in str(next_steps(RESULTS))
    commands = Rewritten("", ("argv",), (Reason(f"note: {COMMAND_IN_ENTRY}", 3),))
    steps = next_steps([FileResult("a.py", commands)])
    assert "-E 'python a.py COMMAND'" in str(steps)


def test_the_json_report_counts_and_lists() -> None:
    report = json.loads(migrate_report(RESULTS))
    assert report["summary"] == count(RESULTS)
    assert report["files"][2] == {
        "path": "c.py",
        "outcome": "refused",
        "created": False,
        "forms": [],
        "through": [],
        "reasons": [
            {"line": 3, "column": 5, "message": "made elsewhere"},
            {"line": 4, "column": 1, "message": "odd"},
        ],
    }


@pytest.mark.parametrize(
    ("outcome", "word"),
    [
        (Rewritten("", ()), "rewritten"),
        (Unchanged(), "unchanged"),
        (Refused(()), "refused"),
        (Failed(()), "failed"),
    ],
)
def test_each_outcome_has_its_word(outcome: Outcome, word: str) -> None:
    assert FileResult("x.py", outcome).word == word


LINES = st.lists(st.sampled_from(["a", "b", "ü", "\x0c", "", "c\x1cd"]), max_size=6)


@given(old=LINES, new=LINES, ends=st.tuples(st.booleans(), st.booleans()))
@settings(max_examples=8, deadline=None)
def test_git_applies_a_diff(
    tmp_path_factory: pytest.TempPathFactory,
    old: list[str],
    new: list[str],
    ends: tuple[bool, bool],
) -> None:
    texts = ["\n".join(t) + "\n" * e for t, e in zip((old, new), ends, strict=True)]
    if not texts[0] or not texts[1] or texts[0] == texts[1]:
        return
    folder = tmp_path_factory.mktemp("diff")
    script = folder / "train.py"
    script.write_bytes(texts[0].encode())
    patch = "\n".join(unified_diff("train.py", *texts)) + "\n"
    subprocess.run(
        ["git", "apply", "-p1", "--whitespace=nowarn", "-"],
        cwd=folder,
        input=patch.encode(),
        check=True,
        env={"GIT_CEILING_DIRECTORIES": str(folder.parent), "PATH": "/usr/bin:/bin"},
    )
    assert script.read_bytes() == texts[1].encode()


def test_a_missing_final_newline_is_marked() -> None:
    lines = list(unified_diff("a.py", "x", "y\n"))
    assert lines[3:] == ["-x", "\\ No newline at end of file", "+y"]


def test_carriage_returns_stay_in_a_diff() -> None:
    assert "+y\r" in list(unified_diff("a.py", "x\r\n", "y\r\n"))


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("--- a/x", "bold"),
        ("@@ -1 +1 @@", "cyan"),
        ("+a", "green"),
        ("-a", "red"),
        (" a", None),
    ],
)
def test_a_diff_has_the_usual_colours(line: str, name: str | None) -> None:
    assert colour(line) == name


def test_long_cells_of_the_table_are_cut() -> None:
    script = read(
        "import argparse\np = argparse.ArgumentParser()\n"
        f"p.add_argument('--x', default='{'long ' * 20}')\n"
    )
    assert isinstance(script, Script)
    _, row = as_table(script.parameters)
    assert "…" in row
    assert len(row) < 100


def test_no_parameters_no_table() -> None:
    assert list(as_table(())) == []


@pytest.mark.parametrize(
    ("default", "shown"),
    [
        ("None", None),
        ("(1, 2)", [1, 2]),
        ("{'a': 1}", {"a": 1}),
        ("{1: 2}", {"expression": "{1: 2}"}),
        ("b'x'", {"expression": "b'x'"}),
        ("1e999", {"expression": "float('inf')"}),
        ("1j", {"expression": "1j"}),
        ("N", {"expression": "N"}),
    ],
)
def test_what_json_lacks_is_shown_as_its_text(default: str, shown: object) -> None:
    script = read(
        "import argparse\np = argparse.ArgumentParser()\n"
        f"p.add_argument('--x', default={default})\n"
    )
    assert isinstance(script, Script)
    (record,) = as_records(script.parameters, str(Path("a.py")))
    assert json.loads(json.dumps(record))["default"] == shown
