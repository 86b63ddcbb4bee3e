"""JR603: a file beside the script is opened from the script's folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.rules.tools import found_in_project

TOP = {".git/HEAD": "ref: refs/heads/main\n", "src/a.txt": "a\n"}
SCRIPT = (
    'import wandb\n\nwandb.init()\nwith open("a.txt") as file:\n    print(file.read())\n'
)


def test_a_file_that_stands_beside_the_script(tmp_path: Path) -> None:
    ((name, finding),) = found_in_project(
        "JR603", {**TOP, "src/train.py": SCRIPT}, tmp_path
    )
    assert (name, finding.place.line, finding.place.column) == ("src/train.py", 4, 11)
    assert finding.message.startswith("a.txt stands beside the script")
    assert finding.fix is None


@pytest.mark.parametrize(
    ("imported", "text"),
    [
        ("import os", "os.path.join(os.path.dirname(__file__), 'a.txt')"),
        ("from pathlib import Path", "Path(__file__).parent / 'a.txt'"),
    ],
)
def test_the_fix_takes_what_is_imported(tmp_path: Path, imported: str, text: str) -> None:
    files = {**TOP, "src/train.py": f"{imported}\n{SCRIPT}"}
    ((_, finding),) = found_in_project("JR603", files, tmp_path)
    assert finding.fix is not None
    assert finding.fix.safety == "unsafe"
    assert isinstance(finding.fix.change, tuple)
    assert finding.fix.change[0].text == text


@pytest.mark.parametrize(
    ("name", "script", "more"),
    [
        ("train.py", SCRIPT, {"a.txt": ""}),
        ("src/train.py", SCRIPT, {"a.txt": "at the top too\n"}),
        ("src/train.py", SCRIPT.replace("a.txt", "b.txt"), {}),
        ("src/train.py", SCRIPT.replace('"a.txt"', '"a.txt", "w"'), {}),
        ("src/train.py", SCRIPT.replace('"a.txt"', '"src/a.txt"'), {}),
        ("src/train.py", SCRIPT.replace("wandb.init", "other.init"), {}),
        ("src/train.py", SCRIPT.replace('"a.txt"', "HERE / 'a.txt'"), {}),
    ],
    ids=["top", "both", "gone", "written", "from-top", "no-run", "from-here"],
)
def test_a_file_that_a_job_finds(
    tmp_path: Path, name: str, script: str, more: dict[str, str]
) -> None:
    assert found_in_project("JR603", {**TOP, name: script, **more}, tmp_path) == []
