"""What is counted from a table of verdicts."""

from __future__ import annotations

from pathlib import Path

from tests.judge import tables
from tests.judge.verdict import Ruling, Verdict


def test_a_template_counts_once_however_often_it_was_copied(tmp_path: Path) -> None:
    path = tmp_path / "table.json"

    def put(name: str, template: str, *rulings: Ruling) -> None:
        verdicts = [Verdict(f"{i}.py", ruling) for i, ruling in enumerate(rulings)]
        tables.write(path, name, verdicts, template)

    put("a/project 1", "", "right", "not judgeable")
    put("b/copy 1", "a/project", "right")
    put("c/other 1", "", "right", "refused")
    put("d/broken 1", "", "not judgeable")
    put("d/broken 1", "", "not judgeable")  # written anew
    found = tables.by_template(tables.read(path))
    assert found["templates"] == {"right": 1, "refused": 1, "not judgeable": 1}
    assert found["scripts"] == {"right": 3, "refused": 1, "not judgeable": 2}
