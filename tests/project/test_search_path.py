"""Where a script says that Python is to look for its modules."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from jobready.project.modules import imported_from, may_be_here
from jobready.project.search_path import Entry, entry_in, entry_of

START = "import os, sys\nimport os.path as osp\nfrom pathlib import Path\n"


def entry(folder: Path, text: str) -> Entry:
    """What is known of a script in ``repo/lib/scripts``."""
    (folder / "repo" / ".git").mkdir(parents=True, exist_ok=True)
    scripts = folder / "repo" / "lib" / "scripts"
    scripts.mkdir(parents=True, exist_ok=True)
    return entry_of(scripts / "train.py", ast.parse(START + text))


def shown(paths: tuple[Path, ...], folder: Path) -> list[str]:
    return [p.relative_to(folder.resolve() / "repo").as_posix() for p in paths]


@pytest.mark.parametrize(
    ("folder", "expected"),
    [
        ("os.path.dirname(os.path.dirname(os.path.abspath(__file__)))", "lib"),
        ("osp.dirname(osp.dirname(osp.realpath(__file__)))", "lib"),
        ("os.path.join(os.path.dirname(__file__), '..')", "lib"),
        ("os.path.join(os.path.dirname(__file__), '..', os.pardir, 'src')", "src"),
        ("os.path.join(os.path.dirname(__file__), '../../src')", "src"),
        ("os.path.abspath(os.path.join(os.path.dirname(__file__), '..'))", "lib"),
        ("os.path.dirname(os.path.abspath(__file__)) + '/..'", "lib"),
        ("f'{os.path.dirname(__file__)}/../model'", "lib/model"),
        ("f'{ROOT}'", "lib"),
        ("os.path.join(sys.path[0], '..')", "lib"),
        ("str(Path(__file__).parent.parent)", "lib"),
        ("str(Path(__file__).resolve().parents[1])", "lib"),
        ("Path(__file__).resolve().parents[1].as_posix()", "lib"),
        ("str(Path(__file__).parent / '..' / 'model/src')", "lib/model/src"),
        ("os.fspath(Path(__file__).parent.joinpath('model'))", "lib/scripts/model"),
        ("ROOT", "lib"),
        ("str(HERE.parent)", "lib"),
        # as Python reads them: the folder above of a text that ends in ..
        ("os.path.dirname(os.path.join(os.path.dirname(__file__), '..'))", "lib/scripts"),
        ("str(Path(os.path.dirname(__file__) + '/..').parent)", "lib/scripts"),
    ],
)
def test_a_folder_that_is_named_from_where_the_script_is(
    tmp_path: Path, folder: str, expected: str
) -> None:
    names = "HERE = Path(__file__).absolute().parent\nROOT = str(HERE.parent)\n"
    found = entry(tmp_path, f"{names}sys.path.append({folder})\n")
    assert shown(found.before, tmp_path) == ["lib/scripts"]
    assert shown(found.behind, tmp_path) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "sys.path.append('..')",
        "sys.path.append('./')",
        "sys.path.append(os.getcwd())",
        "sys.path.append(str(Path.cwd().parent))",
        "sys.path.append(os.path.abspath('..'))",
        "sys.path.append(os.environ['ROOT'])",
        "sys.path.append(os.path.join(os.path.dirname(__file__), args.src))",
        "sys.path.append(os.path.join(os.path.dirname(__file__), '/abs'))",
        "sys.path.append(os.path.dirname(__file__) + 's')",
        "sys.path.append(str(Path(__file__).parents[50]))",
        "sys.path.append(str(Path(__file__).parents[-1]))",
        "sys.path.append(os.path.join(os.path.dirname(__file__), '../../../other'))",
        "sys.path.append(sys.path[1])",
        "sys.path.append(folder(__file__))",
        "ROOT = os.path.dirname(__file__)\nROOT = other()\nsys.path.append(ROOT)",
        "ROOT = ROOT + '/..'\nsys.path.append(ROOT)",
        "for ROOT in (os.path.dirname(__file__),): sys.path.append(ROOT)",
        "def main():\n    sys.path.append(os.path.dirname(os.path.dirname(__file__)))",
        "paths.append(os.path.dirname(os.path.dirname(__file__)))",
        "sys.path.remove(os.path.dirname(os.path.dirname(__file__)))",
        "print(sys.path, os.path.dirname(__file__))",
    ],
)
def test_a_folder_that_only_a_run_tells(tmp_path: Path, text: str) -> None:
    assert entry(tmp_path, text) == entry(tmp_path, "")


@pytest.mark.parametrize(
    ("text", "before", "behind"),
    [
        ("sys.path.insert(0, str(UP))", ["lib", "lib/scripts"], []),
        ("sys.path.insert(1, str(UP))", ["lib/scripts", "lib"], []),
        ("sys.path.insert(AT, str(UP))", ["lib/scripts"], ["lib"]),
        ("sys.path.extend([str(UP), f'{UP}/a'])", ["lib/scripts"], ["lib", "lib/a"]),
        ("sys.path += [str(UP), '..']", ["lib/scripts"], ["lib"]),
        ("if str(UP) not in sys.path: sys.path.append(str(UP))", ["lib/scripts"], ["lib"]),
        ("try: import a\nexcept E: sys.path.append(str(UP))", ["lib/scripts"], []),
        (
            "sys.path.insert(0, str(UP))\n"
            "sys.path.insert(0, os.path.join(sys.path[0], 'a'))",
            ["lib/a", "lib", "lib/scripts"],
            [],
        ),
        ("sys.path.append(str(UP))\nsys.path.append(str(UP))", ["lib/scripts"], ["lib"]),
    ],
)
def test_where_it_is_put(
    tmp_path: Path, text: str, before: list[str], behind: list[str]
) -> None:
    found = entry(tmp_path, f"UP = Path(__file__).parent.parent\n{text}\n")
    assert shown(found.before, tmp_path) == before
    assert shown(found.behind, tmp_path) == behind


@pytest.mark.parametrize("data", [b"sys.path = (", b"\xff sys.path", b"import os\n"])
def test_bytes_that_say_nothing(tmp_path: Path, data: bytes) -> None:
    script = tmp_path / "train.py"
    assert entry_in(script, data) == entry_of(script)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", "lib/scripts/data.py"),
        ("sys.path.append(UP)", "lib/scripts/data.py"),
        ("sys.path.insert(0, UP)", "lib/data.py"),
    ],
)
def test_modules_in_the_order_of_the_folders(
    tmp_path: Path, text: str, expected: str
) -> None:
    found = entry(tmp_path, f"UP = str(Path(__file__).parent.parent)\n{text}\n")
    for name in ("lib/scripts/data.py", "lib/data.py", "lib/models.py"):
        (tmp_path / "repo" / name).touch()
    data = imported_from("data", found.folder, found, frozenset())
    assert data is not None
    assert shown((data,), tmp_path) == [expected]
    assert may_be_here("models", found.folder, found, frozenset()) is bool(text)
    models = imported_from("models", found.folder, found, frozenset())
    assert (models is not None) is bool(text)
