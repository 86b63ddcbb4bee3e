"""Where a name in an import is looked for."""

from __future__ import annotations

from pathlib import Path

import pytest

from jobready.project.modules import imported_file


@pytest.mark.parametrize("mark", ["pyproject.toml", "setup.py", "setup.cfg"])
def test_a_project_below_the_root_of_the_repository(mark: str, tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    project = tmp_path / "training"
    for name in ("lib/options.py", "src/core/data.py", "scripts/train.py"):
        (project / name).parent.mkdir(parents=True)
        (project / name).touch()
    train = project / "scripts" / "train.py"
    assert imported_file("lib.options", train, train) is None

    other = tmp_path / "other"
    project.rename(other)
    (other / mark).touch()
    train = other / "scripts" / "train.py"
    assert imported_file("lib.options", train, train) == other / "lib" / "options.py"
    assert imported_file("core.data", train, train) == other / "src" / "core" / "data.py"
    assert imported_file("other.lib.options", train, train) is not None  # from the root
    assert imported_file("options", train, train) is None
