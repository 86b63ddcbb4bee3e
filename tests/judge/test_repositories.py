"""The judge looks at scripts that need several files of their repository."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.judge.needs import Given, Needs
from tests.judge.repositories import Migrated, copy_of, migrate, rule_on_trees

pytestmark = pytest.mark.judge
EXAMPLES = Path(__file__).parents[2] / "examples"
TWO_PARSES = {
    "options.py": """\
import argparse


def get_size():
    parser = argparse.ArgumentParser(add_help=False)
    parser.add_argument("--size", choices=["small", "large"], default="small")
    return parser.parse_known_args()[0].size
""",
    "train.py": """\
import argparse

import wandb
from options import get_size

parser = argparse.ArgumentParser()
parser.add_argument("--size", default="small")
parser.add_argument("--lr", type=float, default=0.25)
args = parser.parse_args()
args.width = 8 if get_size() == "small" else 64
wandb.init(config=args)
wandb.log({"loss": args.lr * args.width, "size": args.size})
""",
}
OWN_PARSE = {
    "options.py": """\
import argparse


def get_args():
    parser = argparse.ArgumentParser()
    parser.add_argument("--lr", type=float, default=0.25)
    return parser.parse_args()
""",
    "engine.py": """\
import wandb
from options import get_args

args = get_args()


def train():
    wandb.log({"loss": args.lr})
""",
    "train.py": """\
import wandb
from engine import train
from options import get_args

args = get_args()
wandb.init(config=args)
print(args.lr)
train()
""",
}
LAUNCHED = {
    "train.py": """\
import argparse
import os

import wandb
from engine import check

parser = argparse.ArgumentParser()
parser.add_argument("--local_rank", type=int, required=True)
parser.add_argument("--wandb", action="store_true")
parser.add_argument("--dry", action="store_true")
parser.add_argument("--data")
parser.add_argument("--name", default="run")
parser.add_argument("--note", default="none")
args = parser.parse_args()
check(args.data.upper(), int(os.environ["RANK"]))
if args.wandb and not args.dry:
    wandb.init(name=args.note, config={"rank": args.local_rank, "title": args.name})
    wandb.log({"loss": args.local_rank})
""",
    "engine.py": """\
import wandb  # a neighbour that this machine can't import


def check(data, rank):
    raise ImportError(data)
""",
}
PACKAGE = {
    "configs/sizes.json": '{"large": 64, "small": 8}',
    "src/project/__init__.py": "",
    "src/project/options.py": """\
import argparse
import json

SIZES = json.load(open("configs/sizes.json"))


def get_args():
    parser = argparse.ArgumentParser()
    parser.add_argument("--size", choices=list(SIZES), default="small")
    return parser.parse_args()
""",
    "src/project/train.py": """\
import no_such_library.nn as nn
import wandb
from project.options import SIZES

from . import options

args = options.get_args()
wandb.init(config=args)
wandb.log({"width": nn.Linear(SIZES[args.size])})
""",
}


def trees(folder: Path, files: Mapping[str, str]) -> tuple[Path, Path]:
    """Two copies of a repository with these files."""
    for name, text in files.items():
        path = folder / "own" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return tuple(copy_of(folder / "own", folder / n) for n in ("before", "after"))  # type: ignore[return-value]


def test_a_script_with_parse_and_run_in_other_files_is_judged(tmp_path: Path) -> None:
    before, after = (copy_of(EXAMPLES / "several_files", tmp_path / n) for n in "ab")
    made = migrate(after, "train.py")
    verdict = rule_on_trees(before, after, "train.py", made)
    assert verdict.ruling == "right", verdict
    assert {word for _, word in verdict.clauses} == {"right"}
    assert (verdict.proven, verdict.through) == (2, ("options.py", "engine.py"))


def test_own_modules_are_real_and_what_stood_in_is_told(tmp_path: Path) -> None:
    before, after = trees(tmp_path, PACKAGE)
    entry = "src/project/train.py"
    made = migrate(after, entry)
    verdict = rule_on_trees(before, after, entry, made, clauses=["C2"])
    assert verdict.ruling == "right", verdict
    assert (verdict.proven, verdict.stand_ins) == (1, ("no_such_library",))


def test_a_module_that_no_stand_in_can_do_for_is_stood_in_for_itself(
    tmp_path: Path,
) -> None:
    text = OWN_PARSE["train.py"].replace("from engine import train", "import model")
    text = text.replace("wandb.init(", "model.build()\nwandb.init(")
    files = {
        "model.py": "def build():\n    raise ValueError('no weights')\n",
        "options.py": OWN_PARSE["options.py"],
        "train.py": text.replace("train()", "wandb.log({'loss': args.lr})"),
    }
    before, after = trees(tmp_path, files)
    made = migrate(after, "train.py")
    verdict = rule_on_trees(before, after, "train.py", made, clauses=["C2"])
    assert verdict.ruling == "not judgeable", verdict
    given = Given(Needs(stood_in_for=("model",)))
    verdict = rule_on_trees(before, after, "train.py", made, ["C2"], given)
    assert (verdict.ruling, verdict.proven) == ("right", 1), verdict


def test_a_rewrite_of_one_of_two_files_is_judged_wrong(tmp_path: Path) -> None:
    before, after = trees(tmp_path, TWO_PARSES)
    made = migrate(after, "train.py")
    assert (after / "options.py").read_text() != TWO_PARSES["options.py"]
    verdict = rule_on_trees(before, after, "train.py", made, clauses=["C2"])
    assert verdict.ruling == "right", verdict
    (after / "options.py").write_text(TWO_PARSES["options.py"])
    verdict = rule_on_trees(before, after, "train.py", made, clauses=["C2"])
    assert verdict.ruling == "wrong"
    assert "C2: size is 'small' (str) in options.py line 7" in verdict.reasons[0]


def test_a_stale_value_in_an_imported_module_is_judged_wrong(tmp_path: Path) -> None:
    before, after = trees(tmp_path, OWN_PARSE)
    late = 'args.lr = json.loads(os.environ.get("WANDB_CONFIG", "{}")).get("lr", 0.25)'
    text = f"import json, os\n{OWN_PARSE['train.py']}"
    text = text.replace("args = get_args()\n", f"args = get_args()\n{late}\n")
    (after / "train.py").write_text(text)
    made = Migrated("rewritten", "argv", ("options.py",), ())
    verdict = rule_on_trees(before, after, "train.py", made, clauses=["C2"])
    assert verdict.ruling == "wrong"
    assert verdict.reasons[0].startswith("C2: lr is 0.25 (float) in engine.py line 8")


def test_a_script_gets_what_it_needs_from_its_launcher_and_stand_ins(
    tmp_path: Path,
) -> None:
    before, after = trees(tmp_path, LAUNCHED)
    made = migrate(after, "train.py")
    assert made.through == ()
    verdict = rule_on_trees(before, after, "train.py", made)
    assert verdict.ruling == "right", verdict
    assert verdict.proven == 2  # the name and the note, which have the same values
    assert verdict.notes[0].endswith("name as title")


def test_what_is_started_by_the_name_of_its_package_has_no_folder_on_its_path(
    tmp_path: Path,
) -> None:
    run = OWN_PARSE["train.py"].replace("from engine import train\n", "import data\n")
    run = run.replace("options", "project.options").replace("train()", "")
    files = {
        "project/__init__.py": "",
        "project/__main__.py": f"{run}wandb.log({{'loss': data.Loss(args.lr)}})\n",
        "project/options.py": OWN_PARSE["options.py"],
        "project/data.py": "raise ImportError('not the library of that name')\n",
        "data.py": "Loss = abs\n",
    }
    before, after = trees(tmp_path, files)
    entry = "project/__main__.py"
    verdict = rule_on_trees(before, after, entry, migrate(after, entry), clauses=["C2"])
    assert (verdict.ruling, verdict.proven) == ("right", 1), verdict
