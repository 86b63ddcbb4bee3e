"""What is counted from a table of verdicts."""

from __future__ import annotations

from pathlib import Path

from tests.judge import tables
from tests.judge.verdict import Ruling, Verdict


def test_a_template_counts_once_however_often_it_was_copied(tmp_path: Path) -> None:
    path = tmp_path / "table.json"

    def put(name: str, template: str, *rulings: Ruling) -> None:
        verdicts = [
            Verdict(f"{i}.py", ruling, reasons=("line 1: odd",))
            for i, ruling in enumerate(rulings)
        ]
        tables.write(path, name, verdicts, template)

    put("a/project 1", "", "right", "not judgeable")
    put("b/copy 1", "a/project", "right")
    put("c/other 1", "", "right", "refused")
    put("d/broken 1", "", "not judgeable")
    put("d/broken 1", "", "not judgeable")  # written anew
    put("e/hidden 1", "", "not seen", "right")
    found = tables.by_template(tables.read(path))
    assert found["percent"] == 33  # of those that can be judged
    assert found["templates"] == {
        "right": 1,
        "refused": 1,
        "not seen": 1,
        "not judgeable": 1,
    }
    assert found["scripts"] == {
        "right": 4,
        "refused": 1,
        "not seen": 1,
        "not judgeable": 2,
    }
    assert found["refused"] == {"c/other": ["line 1: odd"]}


def test_packages_and_repositories_count_apart_and_together() -> None:
    found = tables.published()
    assert found["packages"]["templates"]["right"] >= 1
    assert "cleanrl" not in found["packages"]["refused"]
    together = found["both"]["scripts"]
    for ruling, count in found["packages"]["scripts"].items():
        assert together[ruling] == count + found["repositories"]["scripts"].get(ruling, 0)
