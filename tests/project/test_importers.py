"""Which files may be scripts because of what they import."""

from __future__ import annotations

from pathlib import Path

import pytest

from jobready.project.importers import importers

OPTS = "def get_args():\n    return parser.parse_args()\n"
ENGINE = "import wandb\n\n\ndef run(args):\n    wandb.init(config=args)\n"
CALL = "run(get_args())\n"


def found(folder: Path, texts: dict[str, str]) -> list[str]:
    """The importers among these files, and `opts` and `engine` of the package `lib`."""
    (folder / ".git").mkdir()
    every = {"lib/__init__.py": "", "lib/opts.py": OPTS, "lib/engine.py": ENGINE}
    every |= {f"{name}.py": text for name, text in texts.items()}
    for name, text in every.items():
        (folder / name).parent.mkdir(exist_ok=True, parents=True)
        (folder / name).write_bytes(text.encode())
    paths = sorted(folder.rglob("*.py"))
    return [path.relative_to(folder).as_posix() for path in importers(paths)]


@pytest.mark.parametrize(
    "text",
    [
        "from lib.opts import get_args\nfrom lib.engine import run\n",
        "import lib.opts as o, lib.engine as e\n",
        "from lib import opts, engine\n",
        "from lib import (  # both\n    opts,  # one\n    engine,\n)\n",
        "from lib import opts, \\\n    engine\n",
        "def main():\n    import lib.opts; import lib.engine\n",
        "try: import lib.opts, lib.engine\nexcept ImportError: ...\n",
        "from lib.opts import get_args\rfrom lib.engine import run\r",
        "from lib import opts, \\\r\n    engine\r\n",
    ],
)
def test_a_script_that_imports_both(tmp_path: Path, text: str) -> None:
    assert found(tmp_path, {"train": text + CALL}) == ["train.py"]


def test_by_way_of_others(tmp_path: Path) -> None:
    steps = {
        "lib/all/__init__": "from .. import engine\nfrom ..opts import *\n",
        "sub/__init__": "from lib.all import *\n",
        "train": "from sub import get_args, run\nrun(get_args())\n",
    }
    assert found(tmp_path, steps) == ["train.py"]


def test_relative_imports(tmp_path: Path) -> None:
    train = "from .opts import get_args\nfrom .engine import run\n" + CALL
    below = "from ..opts import get_args\nfrom .. import engine\n" + CALL
    files = {"lib/train": train, "lib/sub/__init__": "", "lib/sub/train": below}
    assert found(tmp_path, files) == ["lib/sub/train.py", "lib/train.py"]


UP = "import os, sys\nsys.path.append(os.path.dirname(os.path.dirname(__file__)))\n"
INSIDE = {"part/core/opts": OPTS, "part/core/engine": ENGINE, "part/core/__init__": ""}
FROM_INSIDE = "from core.opts import get_args\nfrom core.engine import run\n"


def test_a_folder_that_a_script_puts_on_the_path(tmp_path: Path) -> None:
    train = UP + FROM_INSIDE + CALL
    assert found(tmp_path, {**INSIDE, "part/steps/train": train}) == ["part/steps/train.py"]


@pytest.mark.parametrize("start", ["", UP.replace("__file__", "'here'")])
def test_a_folder_that_nothing_puts_on_the_path(tmp_path: Path, start: str) -> None:
    train = start + FROM_INSIDE + CALL
    assert found(tmp_path, {**INSIDE, "part/steps/train": train}) == []


@pytest.mark.parametrize(
    "texts",
    [
        # the same names, of which the repository has others
        {"train": "from elsewhere.opts import get_args\nfrom elsewhere.engine import run\n"
         + CALL},
        {"train": "from lib.opts import get_args\nfrom other.engine import run\n" + CALL,
         "other/__init__": "", "other/engine": "def run(args): ...\n"},
        # a module: it does nothing when it is run
        {"train": "from lib.opts import get_args\nfrom lib.engine import run\n"},
        # too far away
        {"train": "from lib.opts import get_args\nfrom a import run\n" + CALL,
         "a": "from b import run\n", "b": "from c import run\n", "c": "from d import run\n",
         "d": "from lib.engine import run\n"},
        {"train": "from lib.engine import run\nrun(None)\n"},  # parses nothing
        {"train": "from lib.opts import get_args\nprint(get_args())\n"},  # starts no run
    ],
    ids=["elsewhere", "another", "module", "far", "no parse", "no run"],
)  # fmt: skip
def test_what_is_no_such_script(tmp_path: Path, texts: dict[str, str]) -> None:
    assert found(tmp_path, texts) == []
