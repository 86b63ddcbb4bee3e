"""`jobready migrate` over packages as they are published.

The table counts.json says what happens to each; after a change of behaviour that is
meant, JOBREADY_UPDATE_COUNTS=1 writes it anew, and the difference is there to review.
With JOBREADY_PACKAGES the wheels are kept in that folder.
"""

from __future__ import annotations

import io
import json
import os
import tokenize
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from jobready.report.causes import cause
from tests.contract.migrating import migrate
from tests.packages.published import PACKAGES, Package, download, unpack

pytestmark = pytest.mark.packages
COUNTS = Path(__file__).with_name("counts.json")


@pytest.fixture(scope="session")
def wheels(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that holds the downloaded wheels."""
    folder = os.environ.get("JOBREADY_PACKAGES")
    if not folder:
        return tmp_path_factory.mktemp("wheels")
    Path(folder).mkdir(parents=True, exist_ok=True)
    return Path(folder)


@pytest.mark.filterwarnings("ignore:.*invalid escape sequence")  # theirs, not ours
@pytest.mark.parametrize("package", PACKAGES, ids=lambda package: package.name)
def test_a_published_package(package: Package, wheels: Path, tmp_path: Path) -> None:
    unpack(download(package, wheels), tmp_path)
    before = contents(tmp_path)
    first = migrate(tmp_path)
    after = contents(tmp_path)
    assert before.keys() == after.keys()

    outcomes = {entry["path"]: entry["outcome"] for entry in first["files"]}
    rewritten = {Path(p) for p, outcome in outcomes.items() if outcome == "rewritten"}
    assert rewritten == {path for path in after if after[path] != before[path]}
    for path in rewritten:
        compile(after[path], str(path), "exec", dont_inherit=True)
        lost = comments(before[path]) - comments(after[path])
        assert not lost, f"{path} lost {lost}"
    for entry in first["files"]:
        if entry["outcome"] == "refused":
            assert entry["reasons"], entry
            assert all(r["line"] and r["message"] for r in entry["reasons"]), entry

    second = migrate(tmp_path)
    assert contents(tmp_path) == after
    assert {entry["path"]: entry["outcome"] for entry in second["files"]} == {
        path: "unchanged" if outcome == "rewritten" else outcome
        for path, outcome in outcomes.items()
    }

    counted = count(first)
    if os.environ.get("JOBREADY_UPDATE_COUNTS"):
        update(str(package), counted)
    assert counted == json.loads(COUNTS.read_text())[str(package)]


def contents(folder: Path) -> dict[Path, bytes]:
    """The bytes of every file under ``folder``."""
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def comments(source: bytes) -> Counter[str]:
    """The comments of a file, and how often each stands there."""
    tokens = tokenize.tokenize(io.BytesIO(source).readline)
    return Counter(t.string for t in tokens if t.type == tokenize.COMMENT)


def count(report: Mapping[str, Any]) -> dict[str, Any]:
    """How many files had which outcome: in which forms, and refused for what."""
    files = report["files"]
    by_outcome = Counter(entry["outcome"] for entry in files)
    forms = Counter(form for entry in files for form in entry["forms"])
    causes = Counter(
        cause(reason["message"])
        for entry in files
        if entry["outcome"] == "refused"
        for reason in entry["reasons"]
    )
    return {
        "looked at": len(files),
        **{name: by_outcome[name] for name in ("unchanged", "failed", "rewritten")},
        "forms": dict(sorted(forms.items())),
        "refused": by_outcome["refused"],
        "causes": dict(sorted(causes.items())),
    }


def update(package: str, counted: Mapping[str, Any]) -> None:
    """Write the counts of one package into the table."""
    table = json.loads(COUNTS.read_text()) if COUNTS.exists() else {}
    table[package] = counted
    ordered = {str(p): table[str(p)] for p in PACKAGES if str(p) in table}
    COUNTS.write_text(json.dumps(ordered, indent=2, ensure_ascii=False) + "\n")
