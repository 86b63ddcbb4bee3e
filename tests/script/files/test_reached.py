"""Which modules a script is read with, and which of their functions it gets to."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from jobready.script.files.library import Library
from jobready.script.files.link import link
from jobready.script.files.program import Program
from jobready.script.files.reached import reach
from jobready.script.files.reached_by_names import ReachedByNames
from jobready.script.linked import read_linked
from jobready.script.model import Script
from jobready.script.read import read
from jobready.script.source.scopes import FUNCTIONS
from jobready.script.values.flow import Flow

PARSES = """\
import argparse

def parse():
    parser = argparse.ArgumentParser()
    parser.add_argument("--lr", type=float, default=0.1)
    return parser.parse_args()
"""
STARTS = "import wandb\ndef start(args):\n    wandb.init(config=args)\n"


def linked(folder: Path, files: dict[str, str]) -> Program:
    """The script train.py with the modules that it reaches."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    (folder / ".git").mkdir()
    path = folder / "train.py"
    script = read(path.read_text())
    assert isinstance(script, Script)
    return link(script.syntax, path, Library())


def modules(folder: Path, files: dict[str, str]) -> set[str]:
    """The files that train.py is read with, from the folder."""
    program = linked(folder, files)
    names = (Path(m.file or "").resolve() for m in program.modules[1:])
    return {name.relative_to(folder.resolve()).as_posix() for name in names}


MANY = {"lib/parses.py": PARSES, "lib/starts.py": STARTS}
MODEL = "from dataclasses import dataclass\n@dataclass\nclass Model:\n    size: int = 1\n"


@pytest.mark.parametrize(
    ("init", "train", "read_with"),
    [
        ("", "from lib.parses import parse\n", {"lib/parses.py"}),
        # of what a package collects only what the script takes from it
        (
            "from .model import Model\nfrom .parses import parse\n",
            "from lib import parse\n",
            {"lib/__init__.py", "lib/parses.py"},
        ),
        (
            "from .model import Model\nfrom .parses import parse\n",
            "from lib import Model, parse\n",
            {"lib/__init__.py", "lib/model.py", "lib/parses.py"},
        ),
        (
            "from .model import *\nfrom .parses import *\n",
            "import lib\nlib.parse(lib.Model)\n",
            {"lib/__init__.py", "lib/model.py", "lib/parses.py"},
        ),
        (
            "from .model import Model as M\nfrom .parses import parse as p\n",
            "from lib import *\n",
            {"lib/__init__.py", "lib/model.py", "lib/parses.py"},
        ),
        (
            "from .inner import parse\n",
            "from lib import parse\n",
            {"lib/__init__.py", "lib/inner/__init__.py", "lib/parses.py"},
        ),
        # what the package itself uses
        (
            "from .model import Model\nfrom .parses import parse\nit = [Model]\n",
            "from lib import parse\n",
            {"lib/__init__.py", "lib/model.py", "lib/parses.py"},
        ),
        # what may act by being imported
        (
            "from . import starts, model\nfrom .parses import parse\n",
            "from lib import parse\n",
            {"lib/__init__.py", "lib/starts.py", "lib/parses.py"},
        ),
        (
            "from .model import Model\n",
            "import lib.parses\nlib.parses.parse()\n",
            {"lib/parses.py"},
        ),
    ],
)
def test_the_modules_that_a_script_is_read_with(
    init: str, train: str, read_with: set[str], tmp_path: Path
) -> None:
    files = {**MANY, "lib/model.py": MODEL, "lib/__init__.py": init, "train.py": train}
    files["lib/inner/__init__.py"] = "from ..parses import *\n"
    assert modules(tmp_path, files) == read_with


OBJECTS = """\
class Base:
    def run(self):
        self.step()
    def step(self):
        raise NotImplementedError
    def never(self):
        pass

class Own(Base):
    def __init__(self, args):
        self.args = args
    def step(self):
        end(self.args)

class Heir(Own):
    pass

def end(args):
    pass

def unused(args):
    pass

MODES = {}
def keep(name):
    def kept(mode):
        MODES[name] = mode
        return mode
    return kept

@keep("end")
def end_mode(args):
    end(args)
"""


@pytest.mark.parametrize(
    ("train", "reached"),
    [
        ("from lib import end\nend(1)\n", {"end"}),
        ("from lib import end as stop\nstop(1)\n", {"end"}),
        ("import lib\nlib.end(1)\n", {"end"}),
        ("from lib import *\nend(1)\n", {"end"}),
        ("from lib import end\nmap(end, [1])\n", {"end"}),
        ("import m\nfrom lib import end\nm.spawn(end, args=(1,))\n", {"end"}),
        ("import m, lib\nm.spawn(lib.end, args=(1,))\n", {"end"}),
        ("from lib import end\n{'a': end}[m](1)\n", {"end"}),
        ("import lib\nrun = {'a': lib.end}[m]\nrun(1)\n", {"end"}),
        ("from lib import end\nrun = end if m else m\nrun(1)\n", {"end"}),
        ("from lib import end as stop\ndef go(run):\n    run(1)\ngo(stop)\n", {"end"}),
        ("from lib import MODES\nMODES[m](1)\n", {"kept", "end_mode", "end"}),
        ("from lib import Base\n{'a': Base}[m]().run()\n", {"run", "step"}),
        ("from lib import Own\nOwn(1).run()\n", {"__init__", "run", "step", "end"}),
        ("import lib\ndef f(it):\n    it.run()\nf(lib.Own(1))\n", {"run", "step", "end"}),
        ("from lib import Heir\nHeir(1)\n", {"__init__"}),
        ("import lib\nclass A(lib.Heir):\n    pass\nA(1)\n", {"__init__"}),
        ("from lib import Base\nclass A(Base):\n    pass\nA().run()\n", {"run", "step"}),
        ("from lib import Own\nm({'h': {'()': Own, 'level': 1}})\n", {"__init__", "step"}),
        ('import lib\nSETTINGS = {"()": lib.Own}\n', {"__init__", "step"}),
        ("from lib import end\nif __name__ == '__main__':\n    end(1)\n", {"end"}),
        ("from lib import end\n", set()),
        ("import lib\nlib.other(1)\n", set()),
    ],
)
def test_what_is_reached_by_names_holds_all_that_is_reached(
    train: str, reached: set[str], tmp_path: Path
) -> None:
    files = {"train.py": train, "lib.py": f"{STARTS}{OBJECTS}"}
    program = linked(tmp_path, files)
    named, exact = ReachedByNames(program), reach(program, Flow(program))
    names = {n.name for n in exact.found if isinstance(n, FUNCTIONS)}
    assert reached <= names
    assert not names & {"unused", "start"}
    assert {n for n in exact.found if not isinstance(n, ast.ClassDef)} <= named.found


@pytest.mark.parametrize(
    "train",
    [
        "from lib import end\nMODES = {'a': end}\nprint(list(MODES))\n",
        "from lib import MODES\nprint(MODES)\n",
        "from lib import end\nrun = end if m else m\n",
    ],
)
def test_what_is_kept_and_never_called_is_not_reached(train: str, tmp_path: Path) -> None:
    program = linked(tmp_path, {"train.py": train, "lib.py": f"{STARTS}{OBJECTS}"})
    assert program is not None
    found = reach(program, Flow(program)).found
    assert not {n.name for n in found if isinstance(n, FUNCTIONS)} & {"end", "end_mode"}


def test_a_module_that_is_taken_out_of_its_package(tmp_path: Path) -> None:
    train = "import lib\nlib.starts.start(1)\n"
    files = {**MANY, "lib/__init__.py": "from . import starts\n", "train.py": train}
    program = linked(tmp_path, files)
    found = reach(program, Flow(program)).found
    assert "start" in {n.name for n in found if isinstance(n, FUNCTIONS)}


@pytest.mark.parametrize(
    ("train", "starts"),
    [
        ("from lib.starts import start\nstart(1)\n", True),
        ("import lib.starts as s\ndef go():\n    s.start(1)\n", True),
        ("from lib.logs import log\nlog()\n", True),
        ("from lib.logs import wb\nwb.init()\n", True),
        ("from lightning.loggers import WandbLogger as W\nimport lib.logs\nW()\n", True),
        ("from lib.starts import start\n", False),
        ("from lib.starts import other\nother(1)\n", False),
        ("from lib.guarded import this\nthis()\n", False),
        ("from lib.begins import this\nthis()\n", True),
        ("import lib.ends\n", True),
    ],
)
def test_whether_anything_that_a_script_reaches_may_start_a_run(
    train: str, starts: bool, tmp_path: Path
) -> None:
    guarded = f"{STARTS}def this():\n    pass\nif __name__ == '__main__':\n    start(1)\n"
    named = "import wandb as wb\nfrom wandb import init as begin\ndef log():\n    begin()\n"
    other = f"{STARTS}def other(args):\n    args.init()\n"
    files = {"lib/starts.py": other.replace("args.init()", "pass")}
    begins = guarded.replace("    pass", "    start(1)")
    files["lib/begins.py"] = begins.replace(
        "def this", "if __name__ != '__main__':\n  def this"
    )
    files["lib/ends.py"] = guarded.replace("    start(1)", "    pass\nelse:\n    start(1)")
    files |= {"lib/guarded.py": guarded, "lib/logs.py": named, "train.py": train}
    program = linked(tmp_path, files)
    assert ReachedByNames(program).starts is starts


def test_a_script_without_a_run_is_read_alone_unless_it_is_asked_for(
    tmp_path: Path,
) -> None:
    train = "from parses import parser\nargs = parser().parse_args()\nprint(args)\n"
    (tmp_path / "train.py").write_text(train)
    makes = PARSES.replace(".parse_args()", "").replace("def parse()", "def parser()")
    (tmp_path / "parses.py").write_text(makes)
    found = []
    for idle in (True, False):
        script = read_linked(train, tmp_path / "train.py", Library(), idle=idle)
        assert isinstance(script, Script)
        found.append([p.name for p in script.parameters])
    assert found == [["lr"], []]


@pytest.mark.parametrize(
    ("train", "starts"),
    [
        ("from lib import Own\nOwn(1)\n", False),
        ("from lib import Own\nOwn(1).track()\n", True),
        ('from lib import Own\ngetattr(Own(1), "track")()\n', True),
        ("from lib import Module\nfit(Module(1))\n", True),
        ("from lib import MODULES\nMODULES[m].start(1)\n", True),
    ],
)
def test_what_a_method_picks_that_is_named_nowhere_is_not_reached(
    train: str, starts: bool, tmp_path: Path
) -> None:
    own = f"{STARTS}import starts\nimport far\nMODULES = {{1: starts}}\n"
    own += "class Own:\n    def __init__(self, args):\n        pass\n"
    own += "    def track(self):\n        {1: start}[self.kind](self)\n"
    own += "class Module(far.Module):\n    def on_start(self):\n        {1: start}[1](1)\n"
    program = linked(tmp_path, {"train.py": train, "lib.py": own, "starts.py": STARTS})
    assert program is not None
    program.keep(ReachedByNames(program).reach())
    found = reach(program, Flow(program)).found
    assert ("start" in {n.name for n in found if isinstance(n, FUNCTIONS)}) is starts


RETRIES = """\
import wandb


def retry(times):
    def decorator(function):
        def wrapped(*args):
            return function(*args)
        return wrapped
    return decorator


def start(args):
    @retry(3)
    def begin():
        wandb.init(config=args)
    begin()


def save(text):
    pass
"""


@pytest.mark.parametrize(
    ("train", "reached"),
    [
        ("from lib import retry, save\nretry(2)(save)('x')\n", {"wrapped", "save"}),
        ("from lib import retry, start\nstart(1)\n", {"start", "begin", "wrapped"}),
        ("from lib import start\n{'a': start}[m](1)\n", {"start", "begin", "wrapped"}),
    ],
)
def test_what_a_function_makes_that_never_runs_is_not_reached(
    train: str, reached: set[str], tmp_path: Path
) -> None:
    program = linked(tmp_path, {"train.py": train, "lib.py": RETRIES})
    found = reach(program, Flow(program)).found
    names = {n.name for n in found if isinstance(n, FUNCTIONS)}
    assert reached <= names
    assert ("begin" in names) is ("start" in names)


ENGINES = {
    "fast.py": "import wandb\ndef fit(args):\n    wandb.init(config=args)\n",
    "slow.py": "import wandb\ndef fit(args):\n    wandb.init(config=args)\n    return 1\n",
}
BRANCHES = """\
from fast import fit as fit_fast
def train(args):
    if args.fast:
        from fast import fit
        fit(args)
    else:
        from {other} import fit
        fit(args)
train(read())
"""


@pytest.mark.parametrize(
    ("train", "started"),
    [
        (BRANCHES.format(other="fast"), 1),  # two imports of the same
        (BRANCHES.format(other="slow"), 2),
        ("if x():\n    from fast import fit\nelse:\n    from slow import fit\nfit(1)\n", 2),
        (
            "from fast import fit as one\nfrom slow import fit as two\n"
            "if x():\n    fit = one\nelse:\n    fit = two\nfit(1)\n",
            2,
        ),
        (
            "try:\n    from fast import fit\nexcept OSError:\n    fit = print\nfit(1)\n",
            1,
        ),
        ("if x():\n    from fast import fit\nelse:\n    from slow import fit\n", 0),
        (
            "if x():\n    from fast import fit\nelse:\n    from slow import fit\nf(fit)\n",
            2,
        ),
    ],
)
def test_what_a_name_may_be_in_one_branch_or_another(
    train: str, started: int, tmp_path: Path
) -> None:
    program = linked(tmp_path, {"train.py": train, **ENGINES})
    found = reach(program, Flow(program)).found
    assert (
        len([n for n in found if isinstance(n, FUNCTIONS) and n.name == "fit"]) == started
    )


NAMED = "import importlib\nn = 'fa' + 'st'\n"


@pytest.mark.parametrize(
    ("train", "reached"),
    [
        ("import fast\ngetattr(fast, 'fit')(1)\n", True),
        ("import fast\nrun = getattr(fast, x())\nrun(1)\n", True),
        ("import fast\ngetattr(fast, 'other')(1)\n", False),
        ("import fast\ngetattr(x(), 'fit')(1)\n", False),
        ("import importlib\nm = importlib.import_module('fast')\nm.fit(1)\n", True),
        ("import importlib\nm = importlib.import_module('slow')\nm.fit(1)\n", False),
        ("import importlib\nimportlib.import_module('fast').fit(1)\n", True),
        (f"{NAMED}m = importlib.import_module(n)\nm.fit(1)\n", True),
        (f"{NAMED}m = importlib.import_module(n)\nm.test(1)\n", False),
        (f"{NAMED}f = getattr(importlib.import_module(n), 'fit')\nf(1)\n", True),
        (f"{NAMED}m = importlib.import_module(n)\nx(m.fit)\n", False),
        ("import importlib\nm = importlib.import_module(x())\nm.fit(1)\n", False),
        ("from fast import fit\nglobals()[x()](1)\n", True),
        ("from fast import fit\neval(x())(1)\n", True),
        ("from fast import fit\nlocals()[x()](1)\n", False),
        ("from fast import fit\nfor each in (print, fit):\n    each(1)\n", True),
        ("from fast import fit\nALL = [fit]\n[each(1) for each in ALL]\n", True),
        (
            "from fast import fit\nALL = {'a': fit}\nfor f in ALL.values():\n    f(1)\n",
            True,
        ),
        ("from fast import fit\nfor each in (print, fit):\n    print(1)\n", False),
        ("from fast import fit\none, two = print, fit\ntwo(1)\n", True),
        ("from fast import fit\none, two = print, fit\none(1)\n", False),
        ("from fast import fit\nhook.run = fit\nhook.run(1)\n", True),
        ("from fast import fit\nfit.run = hook\nhook(1)\n", False),
    ],
)
def test_functions_that_are_called_by_a_value(
    train: str, reached: bool, tmp_path: Path
) -> None:
    program = linked(tmp_path, {"train.py": train, "fast.py": ENGINES["fast.py"]})
    found = reach(program, Flow(program)).found
    assert any(isinstance(n, FUNCTIONS) and n.name == "fit" for n in found) is reached


@pytest.mark.parametrize(
    ("train", "reached"),
    [
        ("import fast\ngetattr(fast, 'fit')(1)\n", True),
        (f"{NAMED}m = importlib.import_module(n)\nm.fit(1)\n", True),
        (f"{NAMED}importlib.import_module(n).fit(1)\n", True),
        (f"{NAMED}f = getattr(importlib.import_module(n), 'fit')\nf(1)\n", True),
        ("import fast\ngetattr(fast, 'test')(1)\n", False),
        ("import fast\ngetattr(x, 'fit')(1)\n", False),
        (f"{NAMED}importlib.import_module(n).test(1)\n", False),
    ],
)
def test_functions_of_modules_that_names_lead_to(
    train: str, reached: bool, tmp_path: Path
) -> None:
    program = linked(tmp_path, {"train.py": train, "fast.py": ENGINES["fast.py"]})
    found = ReachedByNames(program).found
    assert any(isinstance(n, FUNCTIONS) and n.name == "fit" for n in found) is reached


def test_a_parser_that_only_a_run_names_is_none_that_is_read() -> None:
    own = "import argparse\nclass Own(argparse.ArgumentParser):\n    pass\n"
    script = read(f"{own}parser = eval(x())(1)\nparser.add_argument_group('a')\n")
    assert isinstance(script, Script)
    assert script.parsers == ()
