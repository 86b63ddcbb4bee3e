"""Which Python the emitted lines must run on."""

from __future__ import annotations

from pathlib import Path

import pytest

from jobready.project.python_version import OLDEST, oldest_python
from tests.project.test_environment import write


@pytest.mark.parametrize(
    ("name", "text", "oldest"),
    [
        ("pyproject.toml", '[project]\nrequires-python = ">=3.8"\n', (3, 8)),
        ("pyproject.toml", '[project]\nrequires-python = ">=3.7.1,<3.11"\n', (3, 7)),
        ("pyproject.toml", '[project]\nrequires-python = "~=3.12"\n', (3, 12)),
        ("pyproject.toml", '[tool.poetry.dependencies]\npython = "^3.8"\n', (3, 8)),
        ("pyproject.toml", '[tool.poetry.dependencies]\npython = "3.9.*"\n', (3, 9)),
        ("setup.cfg", "[options]\npython_requires = >=3.6\n", (3, 6)),
        ("setup.py", 'setup(name="x", python_requires=">=3.7")\n', (3, 7)),
        ("pyproject.toml", '[project]\nname = "x"\n', OLDEST),
        ("pyproject.toml", "[project]\nrequires-python = 3\n", OLDEST),
        ("setup.py", "setup(python_requires=VERSIONS)\n", OLDEST),
        ("README.md", 'requires-python = ">=3.8"\n', OLDEST),
    ],
)
def test_the_oldest_python_that_is_stated(
    tmp_path: Path, name: str, text: str, oldest: tuple[int, int]
) -> None:
    write(tmp_path, {name: text})
    assert oldest_python(tmp_path / "train.py") == oldest
