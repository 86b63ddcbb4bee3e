"""The migration as a command of libcst's tool, run as its users run it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from jobready.edits.migrate import migrate_text
from jobready.edits.options import Options
from jobready.outcome import Rewritten
from tests.edits.tools import NEWEST

TRAIN = """\
import argparse

import wandb

parser = argparse.ArgumentParser()
parser.add_argument("--lr", type=float, default=0.1)
args = parser.parse_args()
args.lr *= 2
wandb.init(config=args)
print(args.lr)
"""
GATED = TRAIN.replace("wandb.init", "if args.track:\n    wandb.init").replace(
    "args = parser", 'parser.add_argument("--track", action="store_true")\nargs = parser'
)


def run(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run the tool over a folder."""
    command = ["codemod", "-x", "jobready.codemod.Migrate", "--no-format"]
    return subprocess.run(
        [sys.executable, "-m", "libcst.tool", *command, "-j", "1", *words, "."],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )


def migrated(text: str, *, unsafe: bool = False) -> str:
    outcome = migrate_text(text, Options(unsafe_fixes=unsafe), NEWEST)
    assert isinstance(outcome, Rewritten)
    return outcome.text


def test_scripts_become_what_migrate_makes_of_them_and_stay_so(tmp_path: Path) -> None:
    texts = {"train.py": TRAIN, "gated.py": GATED}
    for name, text in texts.items():
        (tmp_path / name).write_text(text)
    for _ in range(2):
        ran = run(tmp_path)
        assert ran.returncode == 0, ran.stderr
        for name, text in texts.items():
            assert (tmp_path / name).read_text() == migrated(text) != text


def test_a_gate_is_opened_when_that_is_asked_for(tmp_path: Path) -> None:
    (tmp_path / "train.py").write_text(GATED)
    run(tmp_path, "--unsafe-fixes")
    new = (tmp_path / "train.py").read_text()
    assert new == migrated(GATED, unsafe=True) != migrated(GATED)


PARSES = "import argparse\ndef parser():\n    p = argparse.ArgumentParser()\n" + (
    "    p.add_argument('--lr', type=float, default=0.1)\n    return p.parse_args()\n"
)
STARTS = "import wandb\nfrom opts import parser\nargs = parser()\nwandb.init(config=args)\n"
EXCLUDED = "[tool.jobready]\nexclude = ['*.py']\n"
SHARED = '[tool.jobready]\nshared = "launch.py"\n'


REFUSED = TRAIN.replace("0.1)", "0.1, nargs='...')")
NO_RUN = TRAIN.replace("wandb.init(config=args)\n", "")
LEFT_ALONE = [
    ({"train.py": REFUSED}, "(line 6)"),
    ({"train.py": STARTS, "opts.py": PARSES}, "jobready migrate "),
    ({"train.py": TRAIN, "pyproject.toml": SHARED}, "changes in several files"),
    ({"train.py": TRAIN, "pyproject.toml": "[tool.jobready]\na = 1\n"}, "has no setting"),
    ({"train.py": f"# jobready: ignore-file\n{TRAIN}"}, ""),
    ({"train.py": TRAIN, "pyproject.toml": EXCLUDED}, ""),
    ({"train.py": NO_RUN}, ""),
]


def test_what_is_left_alone_and_what_is_said_of_it(tmp_path: Path) -> None:
    for number, (files, _) in enumerate(LEFT_ALONE):
        (tmp_path / str(number)).mkdir()
        for name, text in files.items():
            (tmp_path / str(number) / name).write_text(text)
    ran = run(tmp_path)
    for number, (files, said) in enumerate(LEFT_ALONE):
        folder = tmp_path / str(number)
        assert {name: (folder / name).read_text() for name in files} == files
        assert said in ran.stderr
    assert "Skipped 4 files" in ran.stderr
