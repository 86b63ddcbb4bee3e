"""Which files the imports of a script lead to."""

from __future__ import annotations

from pathlib import Path

import pytest

from jobready.project.modules import imported_file, may_be_here, modules_like
from jobready.project.search_path import entry_of


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


def test_a_package_goes_before_a_module_of_its_name(tmp_path: Path) -> None:
    script = tmp_path / "train.py"
    written(tmp_path, "train.py", "lib.py", "lib/__init__.py", "other.py", "other/x.py")
    found = imported_file("lib", script, script)
    assert found == (tmp_path / "lib" / "__init__.py").resolve()
    assert imported_file("other", script, script) == (tmp_path / "other.py").resolve()


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


def test_the_package_that_a_script_is_in_by_its_short_name(tmp_path: Path) -> None:
    script = tmp_path / "lib" / "training" / "main.py"
    written(tmp_path, ".git/HEAD", "lib/__init__.py", "lib/training/__init__.py")
    written(tmp_path, "lib/training/main.py", "lib/training/params.py", "lib/other.py")
    found = imported_file("training.params", script, script)
    assert found == (tmp_path / "lib" / "training" / "params.py").resolve()
    assert may_be_here("training.params", script.parent, entry_of(script), frozenset())
    assert imported_file("other", script, script) is None  # it may be one of elsewhere
    assert imported_file("params", script, script) == found  # beside the script


@pytest.mark.parametrize("packages", [(), ("training",), ("lib",)])
def test_no_short_name_of_what_is_no_package_inside_of_another(
    tmp_path: Path, packages: tuple[str, ...]
) -> None:
    script = tmp_path / "src" / "lib" / "training" / "main.py"
    written(tmp_path, ".git/HEAD", "src/lib/training/main.py", "src/lib/training/params.py")
    for package in packages:
        where = {"training": "src/lib/training", "lib": "src/lib"}[package]
        written(tmp_path, f"{where}/__init__.py")
    found = imported_file("training.params", script, script)
    assert (found is not None) is (packages == ("training",))


@pytest.mark.parametrize(
    ("dotted", "found"),
    [
        ("own.*", ["own.cnn", "own.gan", "own.one"]),
        ("own.*.options", ["own.cnn.options"]),
        ("own.o*", ["own.one"]),
        (".own.*.options", [".own.cnn.options"]),
        (".*", [".own", ".train"]),
        ("..*", []),
        ("own.two*", []),
        ("other.*", []),
        ("*.cnn", []),
        ("*", []),
    ],
)
def test_modules_whose_name_is_told_in_part(
    dotted: str, found: list[str], tmp_path: Path
) -> None:
    script = tmp_path / "at" / "train.py"
    written(tmp_path, "at/train.py", "at/own/__init__.py", "at/own/cnn/__init__.py")
    written(tmp_path, "at/own/one.py", "at/own/cnn/options.py", "at/own/gan/__init__.py")
    written(tmp_path, "at/own/data/words.txt", "at/own/a-b.py", "at/own/notes.txt")
    entry = entry_of(script)
    assert list(modules_like(dotted, entry.folder, entry, frozenset())) == found


def test_modules_of_which_there_are_too_many(tmp_path: Path) -> None:
    script = tmp_path / "train.py"
    written(tmp_path, "train.py", *(f"own/m{i}.py" for i in range(120)))
    entry = entry_of(script)
    assert modules_like("own.*", entry.folder, entry, frozenset()) == ()
    assert len(modules_like("own.m1*", entry.folder, entry, frozenset())) == 31
