"""What the project's own tools ask: line length, type checking, the wandb it has."""

from __future__ import annotations

from pathlib import Path

import pytest

from jobready.project.config import Config
from jobready.project.environment import Environment, environment_of


def write(folder: Path, files: dict[str, str]) -> None:
    """Write files, and make the folder a repository so that nothing above it counts."""
    (folder / ".git").mkdir()
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def environment(folder: Path, script: str = "src/train.py") -> Environment:
    """Return the surroundings of a script that need not exist."""
    (folder / script).parent.mkdir(parents=True, exist_ok=True)
    return environment_of(folder / script, Config(folder))


def test_without_any_settings(tmp_path: Path) -> None:
    write(tmp_path, {})
    assert environment(tmp_path) == Environment(88, False, None)


@pytest.mark.parametrize(
    ("files", "length"),
    [
        ({"pyproject.toml": "[tool.black]\nline-length = 100\n"}, 100),
        ({"pyproject.toml": "[tool.black]\nline_length = 79\n"}, 79),
        ({"pyproject.toml": "[tool.ruff]\nline-length = 120\n"}, 120),
        ({"ruff.toml": "line-length = 110\n"}, 110),
        ({".ruff.toml": "line-length = 99\n", "ruff.toml": "line-length = 1\n"}, 99),
        ({"ruff.toml": "extend = 'base.toml'\n", "base.toml": "line-length = 66"}, 66),
        ({"ruff.toml": "extend = 'ruff.toml'\n"}, 88),
        # black formats, ruff's length is then a limit for comments and the like
        (
            {
                "pyproject.toml": "[tool.ruff]\nline-length = 150\n"
                "[tool.black]\nline-length = 100\n"
            },
            100,
        ),
        # the nearest counts, whether it states a length or not
        ({"ruff.toml": "line-length = 99", "src/ruff.toml": "line-length = 77"}, 77),
        ({"ruff.toml": "line-length = 99", "src/ruff.toml": "select = []"}, 88),
        ({"ruff.toml": "line-length = 99", "src/pyproject.toml": "[project]\n"}, 99),
        ({"pyproject.toml": "[tool.black]\nline-length = '100'\n"}, 88),
        ({"pyproject.toml": "[tool.black\nline-length = 100\n"}, 88),
    ],
)
def test_line_length(tmp_path: Path, files: dict[str, str], length: int) -> None:
    write(tmp_path, files)
    assert environment(tmp_path).line_length == length


MYPY = "[tool.mypy]\n"
PYRIGHT = "[tool.pyright]\n"


@pytest.mark.parametrize(
    ("settings", "covered"),
    [
        (MYPY, True),
        (MYPY + "files = ['src']", True),
        (MYPY + "files = ['./src/']", True),
        (MYPY + "files = 'lib, src/*.py'", True),
        (MYPY + "files = ['lib', 'src/eval.py']", False),
        (MYPY + "files = ['sr']", False),
        (MYPY + "files = ['$SOMEWHERE/else']", True),  # in doubt
        (MYPY + "packages = ['models', 'lib']", False),
        (MYPY + "packages = ['src']", True),
        (MYPY + "modules = ['train']", True),
        (MYPY + "modules = ['src']", False),
        (MYPY + "exclude = '^src/'", False),
        (MYPY + "exclude = ['tests', 'train']", False),
        (MYPY + "exclude = ['^train']", True),
        (MYPY + "exclude = '('", True),  # in doubt
        (MYPY + "files = ['src/train.py']\nexclude = ['train']", True),
        (PYRIGHT, True),
        (PYRIGHT + "include = ['src']", True),
        (PYRIGHT + "include = ['lib', 'tests/**']", False),
        (PYRIGHT + "exclude = ['**/train.py']", False),
        (PYRIGHT + "ignore = ['src']", False),
        (PYRIGHT + "ignore = ['s?']", True),
        (PYRIGHT + "typeCheckingMode = 'off'", False),
        ("[tool.basedpyright]\ninclude = ['src']", True),
        ("[tool.ty]\n", True),
        (MYPY + "files = ['lib']\n[tool.pyright]", True),
        ("[tool.black]\n", False),
    ],
)
def test_type_checked_by_pyproject(tmp_path: Path, settings: str, covered: bool) -> None:
    write(tmp_path, {"pyproject.toml": settings})
    assert environment(tmp_path).type_checked is covered


@pytest.mark.parametrize(
    ("files", "covered"),
    [
        ({"mypy.ini": "[mypy]\nstrict = true\n"}, True),
        ({".mypy.ini": "[mypy]\nfiles = lib,\n  src\n"}, True),
        ({"mypy.ini": "[mypy]\nfiles = lib\n"}, False),
        ({"mypy.ini": "[mypy]\nexclude = (?x)(\n  ^lib/\n  | ^src/ )\n"}, False),
        ({"setup.cfg": "[metadata]\nname = x\n"}, False),
        ({"setup.cfg": "[mypy]\nignore_missing_imports = True\n"}, True),
        ({"mypy.ini": "[mypy]\n[mypy]\n"}, True),  # in doubt
        ({"mypy.ini": "[mypy]\nfiles = lib", "pyproject.toml": MYPY}, False),
        ({"pyrightconfig.json": "{}"}, True),
        ({"pyrightconfig.json": '{"include": ["lib"]}'}, False),
        ({"pyrightconfig.json": '{"include": ["lib"] // why\n}'}, True),  # in doubt
        (
            {"pyrightconfig.json": "{}", "pyproject.toml": PYRIGHT + "ignore=['.']"},
            True,
        ),
        ({"mypy.ini": "[mypy]\n", "src/mypy.ini": "[mypy]\nfiles = other\n"}, False),
        ({"ty.toml": ""}, True),
        # what is no setting is for the type checker to complain about
        ({"pyproject.toml": "[tool.mypy]\nexclude = 3\n"}, True),
        ({"pyproject.toml": "[tool.mypy]\nexclude = true\nfiles = 3\n"}, True),
        ({"pyrightconfig.json": "[" * 100_000}, True),
    ],
)
def test_type_checked_by_files_of_its_own(
    tmp_path: Path, files: dict[str, str], covered: bool
) -> None:
    write(tmp_path, files)
    assert environment(tmp_path).type_checked is covered


def test_pyright_leaves_hidden_folders_out(tmp_path: Path) -> None:
    write(tmp_path, {"pyrightconfig.json": "{}"})
    assert not environment(tmp_path, ".hidden/train.py").type_checked


@pytest.mark.parametrize(
    ("requirement", "version"),
    [
        ("wandb", None),
        ("wandb==0.16.6", "0.16.6"),
        ("wandb[launch] == 0.16.6  # pinned\n", "0.16.6"),
        ("WandB==0.16.6 --hash=sha256:00\n", "0.16.6"),
        ("wandb<=0.16.6", "0.16.6"),
        ("wandb<0.17", "0.16.6"),
        ("wandb<0.16.3,>=0.15", "0.16.2"),
        ("wandb~=0.16.0", "0.16.6"),
        ("wandb==0.15.*", "0.15.12"),
        ("wandb!=0.31.0", "0.30.0"),
        ("wandb>=0.16", None),
        ("wandb>=99", None),
        ("wandb==0.4.1", "0.4.1"),  # older than the versions that are known
        ("wandb==0.12.1; python_version < '3'", None),
        ("wandb<0.17\nwandb<0.16", "0.15.12"),
        ("# wandb==0.12.1\ntorch==2.0\n", None),
        ("wandb-extras==0.1\n", None),
        ("wandb @ git+https://github.com/wandb/wandb\n", None),
        ("wandb==\n", None),
        ("numpy\\\n==1.0\nwandb\\\n==0.16.6\n", "0.16.6"),
        ("wandb<0.17; 'x' in extras\n", None),
        (f"wandb=={'9' * 5000}\nwandb<0.17\n", "0.16.6"),
    ],
)
def test_the_wandb_of_requirements_txt(
    tmp_path: Path, requirement: str, version: str | None
) -> None:
    write(tmp_path, {"requirements.txt": requirement})
    assert environment(tmp_path).wandb_version == version


@pytest.mark.parametrize(
    ("text", "version"),
    [
        ("[project]\ndependencies = ['torch', 'wandb<0.14']\n", "0.13.11"),
        ("[project.optional-dependencies]\nlog = ['wandb==0.13.8']\n", "0.13.8"),
        ("[dependency-groups]\ndev = [{include-group='x'}, 'wandb<0.16']\n", "0.15.12"),
        ("[tool.poetry.dependencies]\nwandb = '^0.13.8'\n", "0.13.11"),
        ("[tool.poetry.dependencies]\nwandb = '~0.13.8'\n", "0.13.11"),
        ("[tool.poetry.dependencies]\nwandb = '>=0.13,<0.14'\n", "0.13.11"),
        ("[tool.poetry.dependencies]\nwandb = {version = '0.13.8'}\n", "0.13.8"),
        ("[tool.poetry.dependencies]\nwandb = '*'\n", None),
        ("[tool.poetry.dependencies]\nwandb = '^0.15 || ^0.16'\n", "0.16.6"),
        ("[tool.poetry.dependencies]\nwandb = '>0.13 || <0.12'\n", None),
        (f"[tool.poetry.dependencies]\nwandb = '^{'9' * 5000}'\n", None),
        ("[project]\ndependencies = 'wandb==0.13.8'\n", None),
    ],
)
def test_the_wandb_of_pyproject(tmp_path: Path, text: str, version: str | None) -> None:
    write(tmp_path, {"pyproject.toml": text})
    assert environment(tmp_path).wandb_version == version


def test_the_nearest_requirements_that_name_wandb(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "requirements.txt": "wandb==0.12.1\n",
            "a/requirements.txt": "wandb==0.13.8\n",
            "a/b/requirements.txt": "torch\n",
        },
    )
    assert environment(tmp_path, "a/b/train.py").wandb_version == "0.13.8"


def test_requirements_that_include_others(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "requirements.txt": "-r reqs/base.txt\n-r requirements.txt\n",
            "reqs/base.txt": "wandb==0.13.8\n",
        },
    )
    assert environment(tmp_path).wandb_version == "0.13.8"


def test_target_wandb_wins(tmp_path: Path) -> None:
    write(tmp_path, {"requirements.txt": "wandb==0.13.8\n"})
    config = Config(tmp_path, target_wandb="0.16.6")
    assert environment_of(tmp_path / "train.py", config).wandb_version == "0.16.6"


def test_settings_above_the_repository_do_not_count(tmp_path: Path) -> None:
    (tmp_path / "repo").mkdir()
    write(tmp_path / "repo", {})
    (tmp_path / "mypy.ini").write_text("[mypy]\n")
    (tmp_path / "ruff.toml").write_text("line-length = 120\n")
    assert environment(tmp_path / "repo") == Environment(88, False, None)
