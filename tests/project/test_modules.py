"""Which files the imports of a script lead to."""

from __future__ import annotations

from pathlib import Path

import pytest

from jobready.project.modules import imported_file


def written(folder: Path, *files: str) -> None:
    for name in files:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()


@pytest.mark.parametrize("mark", ["setup.py", "pyproject.toml", "setup.cfg"])
@pytest.mark.parametrize("place", ["", "src/"])
def test_the_project_that_is_installed(tmp_path: Path, mark: str, place: str) -> None:
    script = tmp_path / "part" / "scripts" / "train.py"
    written(tmp_path, ".git/HEAD", f"part/{mark}", "part/scripts/train.py")
    written(tmp_path, f"part/{place}lib/__init__.py", f"part/{place}lib/options.py")
    found = imported_file("lib.options", script, script)
    assert found == (tmp_path / "part" / place / "lib" / "options.py").resolve()


def test_what_stands_beside_the_script_goes_first(tmp_path: Path) -> None:
    script = tmp_path / "scripts" / "train.py"
    written(tmp_path, ".git/HEAD", "setup.py", "options.py", "scripts/train.py")
    written(tmp_path, "scripts/options.py")
    found = imported_file("options", script, script)
    assert found == (tmp_path / "scripts" / "options.py").resolve()


@pytest.mark.parametrize(
    "files",
    [
        ("part/lib.py",),  # no project
        ("part/scripts/setup.py", "part/setup.py", "part/lib.py"),  # of another project
        ("setup.py", "part/lib.py"),
        ("other/setup.py", "other/lib.py"),
    ],
)
def test_what_python_would_not_find_either(tmp_path: Path, files: tuple[str, ...]) -> None:
    script = tmp_path / "part" / "scripts" / "train.py"
    written(tmp_path, ".git/HEAD", "part/scripts/train.py", *files)
    assert imported_file("lib", script, script) is None
