"""Options of modules that are loaded by names which the script puts together."""

from __future__ import annotations

from pathlib import Path

import pytest

from jobready.edits.choose import Decision
from jobready.edits.plan import Plan
from jobready.outcome import Refused
from tests.edits.test_across_files import decided

TRAIN = """\
import wandb
from options import make_parser

args = make_parser().parse_args()
wandb.init(config=args)
"""
OPTIONS = """\
import argparse
import importlib
import os

METHODS = ["cnn", "gan"]


def make_parser():
    parser = argparse.ArgumentParser()
    parser.add_argument("--lr", type=float, default=0.1)
    for name in METHODS:
        module = importlib.import_module(f"own.{name}.options")
        add = getattr(module, "add_options")
        parser = add(parser)
    return parser
"""
LIST = 'METHODS = ["cnn", "gan"]\n'
LOOP = "    for name in METHODS:\n"
LOAD = '        module = importlib.import_module(f"own.{name}.options")\n'
ADD = """\
        add = getattr(module, "add_options")
        parser = add(parser)
"""
CNN = """\
def add_options(parser):
    parser.add_argument("--depth", type=int, default=3)
    return parser
"""
GAN = """\
def add_options(parser):
    parser.add_argument("--amp", action="store_true")
    return parser
"""


def decision(
    folder: Path, *changes: tuple[str, str], gan: str = GAN, train: str = TRAIN
) -> tuple[set[str], Decision]:
    """The parameters that are seen, and what becomes of the script."""
    options = OPTIONS
    for old, new in changes:
        assert old in options
        options = options.replace(old, new)
    for name, text in (("cnn", CNN), ("gan", gan)):
        (folder / "own" / name).mkdir(parents=True)
        (folder / "own" / name / "__init__.py").write_text("")
        (folder / "own" / name / "options.py").write_text(text)
    (folder / "own" / "__init__.py").touch()
    script, made = decided(folder, train, options=options)
    return {p.name for p in script.parameters}, made


@pytest.mark.parametrize(
    "changes",
    [
        [],
        [(ADD, "        module.add_options(parser)\n")],
        [(ADD, "        made = module.add_options(parser)\n        parser = made\n")],
        [
            (LOAD, '        path = "own.%s.options" % name\n'),
            (ADD, "        importlib.import_module(path).add_options(parser)\n"),
        ],
        [('f"own.{name}.options"', '"own." + name + ".options"')],
        [('f"own.{name}.options"', '"own.{}.options".format(name)')],
        [('f"own.{name}.options"', '"{0}.{1}.options".format("own", name)')],
        [('f"own.{name}.options"', '".".join(["own", name, "options"])')],
        [('f"own.{name}.options"', 'f".{name}.options", package="own"')],
        [(LIST, 'METHODS = ("cnn", "gan")\n')],
        [(LIST, 'METHODS = {"cnn": 1, "gan": 2}\n')],
        [(LIST, 'METHODS = {1: "cnn", 2: "gan"}\n'), ("in METHODS", "in METHODS.values()")],
        [
            (LIST, 'METHODS = {1: "cnn", 2: "gan"}\n'),
            ("name in METHODS", "_, name in METHODS.items()"),
        ],
        [("in METHODS", "in sorted(METHODS)")],
        [("name in METHODS", "at, name in enumerate(METHODS)")],
        [(LIST, 'METHODS = ["CNN", "GAN"]\n'), ("{name}", "{name.lower()}")],
        [(LOOP, f'    parser.add_argument("--m", choices=METHODS)\n{LOOP}')],
        [("getattr(module, ", "getattr(module, "), ('_options")', '_options", None)')],
    ],
)
def test_each_module_is_looked_at(changes: list[tuple[str, str]], tmp_path: Path) -> None:
    names, made = decision(tmp_path, *changes)
    assert isinstance(made, Plan), made
    assert names - {"m"} == {"lr", "depth", "amp"}


@pytest.mark.parametrize(
    "gan",
    [
        "from own.more import add_options\n",
        "from own.more import *\n",
        "import own.more\ndef add_options(p):\n    return own.more.add_options(p)\n",
    ],
)
def test_a_module_may_have_it_from_another(gan: str, tmp_path: Path) -> None:
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "more.py").write_text(GAN)
    names, made = decision(tmp_path, gan=gan)
    assert isinstance(made, Plan), made
    assert names == {"lr", "depth", "amp"}


@pytest.mark.parametrize(
    ("where", "changes"),
    [
        ("methods", [(LIST, "from methods import METHODS\n")]),
        ("methods", [(LIST, "from methods import METHODS as M\n"), ("in METHODS", "in M")]),
        ("methods", [(LIST, "import methods\n"), ("in METHODS", "in methods.METHODS")]),
        ("own/__init__", [(LIST, "from own import METHODS\n")]),
    ],
)
def test_a_list_of_another_file(
    where: str, changes: list[tuple[str, str]], tmp_path: Path
) -> None:
    plain = "def add_options(parser):\n    return parser\n"
    (tmp_path / "own").mkdir()
    (tmp_path / f"{where}.py").write_text(LIST)
    names, made = decision(tmp_path, *changes, gan=plain)
    assert isinstance(made, Plan), made
    assert names == {"lr", "depth"}


@pytest.mark.parametrize(
    "words",
    [
        f'{LIST}METHODS.append("more")\n',
        "import os\nMETHODS = os.environ\n",
        "from lib import METHODS\n",
        "from lib import *\n",
    ],
)
def test_a_list_of_another_file_that_only_a_run_tells(words: str, tmp_path: Path) -> None:
    (tmp_path / "methods.py").write_text(words)
    _, made = decision(tmp_path, (LIST, "from methods import METHODS\n"))
    assert isinstance(made, Refused), made
    assert "which may add parameters" in made.reasons[0].message


@pytest.mark.parametrize("asks", [True, False])
def test_a_module_without_it_adds_nothing(asks: bool, tmp_path: Path) -> None:
    call = "            module.add_options(parser)\n"
    asked = f'        if hasattr(module, "add_options"):\n{call}'
    tried = f"        try:\n{call}        except AttributeError:\n            pass\n"
    names, made = decision(tmp_path, (ADD, asked if asks else tried), gan="SIZE = 1\n")
    assert isinstance(made, Plan), made
    assert names == {"lr", "depth"}


@pytest.mark.parametrize(
    "changes",
    [
        [(LOOP, f'    METHODS.append("more")\n{LOOP}')],
        [(LIST, f'{LIST}METHODS += ["more"]\n')],
        [(LIST, f'{LIST}METHODS[0] = os.environ["METHOD"]\n')],
        [(LIST, f"{LIST}extend(METHODS)\n")],
        [(LIST, f"{LIST}OTHERS = METHODS\n")],
        [(LIST, 'METHODS = os.environ["METHODS"].split()\n')],
        [(LIST, 'METHODS = os.listdir("own")\n')],
        [(LIST, 'METHODS = ["cnn", os.environ["METHOD"]]\n')],
        [(LIST, 'METHODS = ["cnn", *os.environ["METHODS"].split()]\n')],
        [(LIST, 'METHODS = {"cnn": 1, **os.environ}\n')],
        [(LIST, 'METHODS = ["cnn", "missing"]\n')],
        [(LOOP, f"{LOOP}        name = os.environ.get(name, name)\n")],
        [("{name}", "{os.environ[name]}")],
        [("{name}", "{name!r:>3}")],
        [(LOAD, f"{LOAD}        module = pick(module)\n")],
        [("module = importlib", "module, _ = importlib")],
        [('f"own.{name}.options"', 'f".{name}.options", package=PACKAGE')],
        [('"add_options")', 'os.environ["ADD"])')],
        [
            ("import importlib\n", "import importlib\nfrom lib import import_module\n"),
            ("importlib.import_module(f", "import_module(f"),
        ],
        [
            (LOAD, "        module = load(name)\n"),
            ("def make", f"def load(name):\n{LOAD[4:]}    return module\n\n\ndef make"),
        ],
    ],
)
def test_names_that_only_a_run_tells_are_refused(
    changes: list[tuple[str, str]], tmp_path: Path
) -> None:
    _, made = decision(tmp_path, *changes)
    assert isinstance(made, Refused), made
    assert any(
        "the parser is passed to" in r.message and "may add parameters" in r.message
        for r in made.reasons
    ), made


@pytest.mark.parametrize(
    "gan",
    [
        "add_options = lambda parser: more(parser)\n",
        "add_options = partial(more, 1)\n",
        "if fast():\n    from lib import add_options\nelse:\n    add_options = None\n",
        "from lib import more as add_options\n",
        "def __getattr__(name):\n    return more\n",
        "from lib import *\n",
        'globals()["add_options"] = more\n',
    ],
)
def test_what_a_module_gets_from_elsewhere_is_refused(gan: str, tmp_path: Path) -> None:
    _, made = decision(tmp_path, gan=gan)
    assert isinstance(made, Refused), made
    assert "which may add parameters" in made.reasons[0].message


def test_a_list_that_another_file_sets_is_refused(tmp_path: Path) -> None:
    train = f'import options\noptions.METHODS = ["gan", "more"]\n{TRAIN}'
    _, made = decision(tmp_path, train=train)
    assert isinstance(made, Refused), made
    assert "which may add parameters" in made.reasons[0].message


RUN = "import wandb\ndef fit(args):\n    wandb.init(config={'method': 1})\n"
CHOSEN = """\
import argparse
import importlib

parser = argparse.ArgumentParser()
parser.add_argument("--lr", type=float, default=0.1)
parser.add_argument("--method", default="fast")
args = parser.parse_args()
"""


@pytest.mark.parametrize(
    "loads",
    [
        'importlib.import_module("own." + args.method).fit(args)\n',
        'm = importlib.import_module(f"own.{args.method}")\nm.fit(args)\n',
        'm = importlib.import_module(f"own.{args.method}")\ngetattr(m, "fit")(args)\n',
        'M = {1: "fast", 2: "slow"}\nimportlib.import_module(f"own.{M[x]}").fit(args)\n',
        'try:\n    m = importlib.import_module("own." + args.method)\n'
        "except ImportError:\n    m = None\nm.fit(args)\n",
    ],
)
def test_runs_of_the_modules_that_a_name_may_be_of(loads: str, tmp_path: Path) -> None:
    (tmp_path / "own").mkdir()
    for name in ("__init__", "fast", "slow"):
        (tmp_path / "own" / f"{name}.py").write_text(RUN if name != "__init__" else "")
    script, made = decided(tmp_path, CHOSEN + loads)
    assert isinstance(made, Plan), made
    files = {Path(str(run.place.file)).name for run in script.runs}
    assert files == {"fast.py", "slow.py"}


@pytest.mark.parametrize(
    "loads",
    [
        "m = importlib.import_module(args.method)\nm.fit(args)\n",
        'm = importlib.import_module(f"other.{args.method}")\nm.fit(args)\n',
        'm = importlib.import_module(f"own.{args.method}")\nm.test(args)\n',
        'importlib.import_module(f"own.{args.method}")\n',
    ],
)
def test_runs_of_modules_that_are_not_called_are_not_seen(
    loads: str, tmp_path: Path
) -> None:
    (tmp_path / "own").mkdir()
    for name in ("__init__", "fast"):
        (tmp_path / "own" / f"{name}.py").write_text(RUN if name == "fast" else "")
    script, made = decided(tmp_path, CHOSEN + loads)
    assert not script.runs
    assert not isinstance(made, Plan)
