"""Scripts that only start what another file brings together, and how far that is read."""

from __future__ import annotations

from pathlib import Path

import pytest

from jobready.edits.choose import Decision, choose
from jobready.edits.options import Options
from jobready.edits.plan import Plan
from jobready.outcome import Refused, Unchanged
from jobready.project.environment import Environment
from jobready.script.files.library import Library
from jobready.script.linked import read_linked
from jobready.script.model import Script

NEWEST = Environment(line_length=88, type_checked=False, wandb_version=None)
LAUNCHER = "if __name__ == '__main__':\n    from tuner import tune\n\n    tune()\n"
TUNER = """\
from options import get_options
from loop import fit


def tune():
    fit(get_options())
"""
OPTIONS = """\
import argparse


def get_options():
    parser = argparse.ArgumentParser()
    parser.add_argument("--lr", type=float, default=0.1)
    return parser.parse_args()
"""
LOOP = """\
import wandb


def fit(args):
    wandb.init(config=vars(args))
    print(args.lr)
"""


def decision(folder: Path, launcher: str = LAUNCHER, **modules: str) -> Decision:
    modules = {"tuner": TUNER, "options": OPTIONS, "loop": LOOP} | modules
    for name, text in modules.items():
        (folder / f"{name}.py").write_text(text)
    script = read_linked(launcher, folder / "launcher.py", Library())
    assert isinstance(script, Script)
    return choose(script, Options(), NEWEST)


@pytest.mark.parametrize(
    "launcher",
    [
        LAUNCHER,
        "from tuner import tune\n\ntune()\n",
        "import sys\nimport tuner as t\n\nsys.exit(t.tune())\n",
    ],
)
def test_a_file_that_brings_the_parse_and_the_run_together(
    launcher: str, tmp_path: Path
) -> None:
    made = decision(tmp_path, launcher)
    assert isinstance(made, Plan), made
    assert [Path(part.file or "").name for part, _ in made.also] == ["options.py"]


def test_it_counts_as_the_script_for_how_far_imports_are_followed(tmp_path: Path) -> None:
    further = {
        "options": "from more import get_options as get_options\n",
        "more": "from most import get_options as get_options\n",
        "most": OPTIONS,
    }
    assert isinstance(decision(tmp_path, **further), Plan)
    last = {"most": "from last import get_options as get_options\n", "last": OPTIONS}
    assert isinstance(decision(tmp_path, **{**further, **last}), Unchanged)


@pytest.mark.parametrize(
    "launcher",
    [
        "from tuner import tune\n\nprint(__name__)\n",
        "from tuner import tune\n\nif __name__ == '__main__':\n    print('tune')\n",
        "from tuner import tune\n\ndef later():\n    tune()\n\nprint(__name__)\n",
    ],
)
def test_what_a_script_imports_and_does_not_start(launcher: str, tmp_path: Path) -> None:
    made = decision(tmp_path, launcher)
    assert isinstance(made, Unchanged)
    assert made.reasons[0].message == "parses no arguments"


def test_a_script_that_parses_itself(tmp_path: Path) -> None:
    own = "import argparse\nfrom tuner import tune\n\nparser = argparse.ArgumentParser()\n"
    made = decision(tmp_path, f"{own}args = parser.parse_args()\ntune()\n")
    assert isinstance(made, Unchanged)
    assert "no run is seen" in made.reasons[0].message


def test_what_such_a_file_leads_to_is_refused_as_any_other(tmp_path: Path) -> None:
    loop = LOOP.replace("vars(args)", "load()")
    made = decision(tmp_path, loop=f"from elsewhere import load\n{loop}")
    assert not isinstance(made, Unchanged)
    strange = OPTIONS.replace("argparse.ArgumentParser()", "make()")
    made = decision(tmp_path, options=f"from elsewhere import make\n{strange}")
    assert isinstance(made, Refused)
