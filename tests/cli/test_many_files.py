"""Scripts whose parser, parse or run is made in other files of their repository."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from jobready.cli.inputs import collect, find_config
from jobready.cli.workspace import Workspace
from jobready.edits.options import Options
from jobready.outcome import Failed
from tests.cli.calling import CLEAN, CLEAN_AFTER, REFUSED, jobready, report

TRAIN = """\
from proj.engine import run
from proj.opts import get_args


def main():
    run(get_args())


if __name__ == "__main__":
    main()
"""
OPTS = """\
import argparse


def get_args():
    parser = argparse.ArgumentParser()
    parser.add_argument("--lr", type=float, default=0.1)
    return parser.parse_args()
"""
ENGINE = """\
import wandb


def run(args):
    wandb.init(project="p")
    print(f"training with {args.lr}")
"""


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository with a script, its options and its engine; the current folder."""
    (tmp_path / ".git").mkdir()
    (tmp_path / "proj").mkdir()
    write(tmp_path, {"train.py": TRAIN, "proj/opts.py": OPTS, "proj/engine.py": ENGINE})
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write(folder: Path, texts: dict[str, str]) -> None:
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")


def texts(folder: Path) -> dict[str, str]:
    return {
        p.relative_to(folder).as_posix(): p.read_text(encoding="utf-8")
        for p in sorted(folder.rglob("*.py"))
    }


def launched(script: Path, **config: object) -> str:
    """What a script prints, started as a launch agent would."""
    environment = {
        **os.environ,
        "WANDB_MODE": "offline",
        "WANDB_SILENT": "true",
        "WANDB_LAUNCH": "True",
        "WANDB_CONFIG": json.dumps(config),
    }
    ran = subprocess.run(
        [sys.executable, str(script)],
        env=environment,
        cwd=script.parent,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    return ran.stdout


def outcomes(found: dict[str, object]) -> dict[str, str]:
    files = found["files"]
    assert isinstance(files, list)
    return {Path(f["path"]).as_posix(): f["outcome"] for f in files}


def test_a_launched_value_arrives_through_three_files(project: Path) -> None:
    assert "training with 0.5" not in launched(project / "train.py", lr=0.5)
    done = jobready("migrate", ".")
    assert done.exit_code == 0, done.output
    assert "training with 0.5" in launched(project / "train.py", lr=0.5)
    assert texts(project)["train.py"] == TRAIN
    assert "job_args(parser)" in texts(project)["proj/opts.py"]
    assert "config=args" in texts(project)["proj/engine.py"]


def test_the_report_says_what_each_file_was_changed_for(project: Path) -> None:
    printed = jobready("migrate", ".").output
    assert "proj/opts.py: rewritten, argv: for train.py\n" in printed
    changes = "takes launched values by what changes in proj/opts.py and proj/engine.py"
    assert f"train.py: unchanged: {changes}" in printed
    assert "3 files looked at: 2 rewritten, 1 unchanged, 0 refused." in printed
    assert "-E 'python train.py'" in printed


def test_notes_are_told_of_each_script_that_a_file_is_changed_for(project: Path) -> None:
    opts = OPTS.replace("    return", '    parser.add_argument("--out")\n    return')
    shows = 'wandb.init(config={"lr": args.lr})\nprint(args.lr, args.out)\n'
    run = "import wandb\nfrom proj.opts import get_args\n\nargs = get_args()\n" + shows
    write(project, {"one.py": run, "two.py": run, "proj/opts.py": opts})
    inputs = collect(["one.py", "two.py", "proj/opts.py"], find_config(project, None))
    each, ahead = (Workspace(inputs, Options(), pending=True) for _ in range(2))
    ahead.look_ahead(print)
    assert [ahead.migrate(p) for p in inputs.files] == [
        each.migrate(p) for p in inputs.files
    ]
    printed = jobready("migrate", "one.py", "two.py", "proj/opts.py").output
    told = "note: the run doesn't show out: a clone takes the defaults (line 5)"
    assert printed.count(told) == 2
    assert "note" not in jobready("migrate", "one.py", "two.py", "proj/opts.py").output


def test_the_json_report_carries_the_chain(project: Path) -> None:
    files = {f["path"]: f for f in report("migrate", "--check", ".")["files"]}
    assert files["train.py"]["through"] == ["proj/opts.py", "proj/engine.py"]
    assert files["proj/opts.py"]["outcome"] == "rewritten"


def test_a_second_run_finds_nothing_to_do(project: Path) -> None:
    jobready("migrate", ".")
    after = texts(project)
    again = report("migrate", ".")
    assert set(outcomes(again).values()) == {"unchanged"}
    assert texts(project) == after


@pytest.mark.parametrize("option", ["--check", "--diff"])
def test_nothing_is_written_where_it_is_only_shown(project: Path, option: str) -> None:
    before = texts(project)
    shown = jobready("migrate", option, ".")
    assert shown.exit_code == 1
    assert texts(project) == before
    if option == "--diff":
        assert shown.stdout.count("+++ b/") == 2


def test_a_file_that_was_not_given_stays_and_is_named(project: Path) -> None:
    before = texts(project)
    refused = jobready("migrate", "train.py")
    assert refused.exit_code == 1
    assert "jobready migrate train.py proj/opts.py proj/engine.py" in refused.output
    assert texts(project) == before


def test_the_files_that_it_names_are_enough(project: Path) -> None:
    done = jobready("migrate", "train.py", "proj/opts.py", "proj/engine.py")
    assert done.exit_code == 0, done.output
    assert "training with 2.0" in launched(project / "train.py", lr=2)


def test_two_scripts_share_the_function_of_their_options(project: Path) -> None:
    other = TRAIN.replace("run(get_args())", "args = get_args()\n    run(args)")
    write(project, {"other.py": other})
    printed = jobready("migrate", ".").output
    assert "proj/opts.py: rewritten, argv: for other.py, train.py" in printed
    assert texts(project)["proj/opts.py"].count("def job_args") == 1
    assert set(outcomes(report("migrate", ".")).values()) == {"unchanged"}
    for script in ("other.py", "train.py"):
        assert "training with 3.0" in launched(project / script, lr=3)


def test_the_function_grows_with_what_another_script_needs(project: Path) -> None:
    add = '    parser.add_argument("--quick", action="store_true")\n'
    opts = OPTS.replace("get_args():", "get_args(quick=False):").replace(
        "    return", f"    if quick:\n    {add}    return"
    )
    write(project, {"proj/opts.py": opts})
    done = jobready("migrate", ".")
    assert done.exit_code == 0, done.output
    assert "training with 0.5" in launched(project / "train.py", lr=0.5)


def test_a_module_that_a_comment_takes_out_is_left_alone(project: Path) -> None:
    write(project, {"proj/opts.py": f"# jobready: ignore-file\n{OPTS}"})
    before = texts(project)
    refused = jobready("migrate", ".")
    assert refused.exit_code == 1
    assert "a comment takes the file out" in refused.output
    assert "proj/opts.py:1" in refused.output
    assert texts(project) == before


def test_a_reason_names_the_file_it_is_about(project: Path) -> None:
    opts = OPTS.replace("ArgumentParser()", 'ArgumentParser(prefix_chars="+")').replace(
        '"--lr"', '"++lr"'
    )
    write(project, {"proj/opts.py": opts})
    (reason,) = next(
        f["reasons"] for f in report("migrate", ".")["files"] if f["path"] == "train.py"
    )
    assert reason["file"] == "proj/opts.py"
    assert reason["line"] == 5


def test_where_one_file_cannot_be_written_none_is(project: Path) -> None:
    twin = project / "twin.txt"
    os.link(project / "proj/engine.py", twin)  # a file of two names is never replaced
    before = texts(project)
    refused = jobready("migrate", ".")
    assert refused.exit_code == 1
    assert texts(project) == before


@pytest.mark.parametrize("option", ["--check", "--diff"])
def test_what_is_only_shown_is_not_even_put_back(project: Path, option: str) -> None:
    os.link(project / "proj/engine.py", project / "twin.txt")
    before = {p: p.stat().st_mtime_ns for p in project.rglob("*.py")}
    assert jobready("migrate", option, ".").exit_code == 1
    assert {p: p.stat().st_mtime_ns for p in before} == before


def test_a_module_that_somebody_edits_meanwhile_keeps_the_edit(project: Path) -> None:
    show = "import wandb\nfrom proj.opts import get_args\n\nprint(get_args(), wandb)\n"
    write(project, {"show.py": show})
    inputs = collect(["."], find_config(project, None))
    workspace = Workspace(inputs, Options(), pending=False)
    workspace.migrate(Path("show.py"))  # which reads the module
    edited = OPTS.replace("0.1", "0.2")
    write(project, {"proj/opts.py": edited})
    before = texts(project)
    outcome = workspace.migrate(Path("train.py"))
    assert isinstance(outcome, Failed)
    assert "changed while" in outcome.reasons[0].message
    assert texts(project) == before


PARSERS = """\
import argparse
import json
from pathlib import Path


class Parser(argparse.ArgumentParser):
    def __init__(self):
        super().__init__()
        self.add_argument("--config")

    def parse_known_args(self, args=None, namespace=None):
        found, _ = super().parse_known_args(args, namespace)
        if found.config is not None:
            self.set_defaults(**json.loads(Path(found.config).read_text()))
        return super().parse_known_args(args, namespace)
"""
OWN = """\
import wandb
from proj.parsers import Parser

parser = Parser()
parser.add_argument("--lr", type=float, default=0.1)
{more}
args = parser.parse_args()
wandb.init(config=args)
print(f"training with {{args}}")
"""
MORE = (
    "# a number is enough for it",
    'parser.add_argument("--tags", action="append")',
    'parser.add_argument("--fast", action="store_true")',
)


def test_a_parser_class_serves_each_of_its_scripts(project: Path) -> None:
    scripts = {f"train{n}.py": OWN.format(more=MORE[n % 3]) for n in range(12)}
    write(project, {**scripts, "proj/parsers.py": PARSERS})
    inputs = collect([*sorted(scripts), "proj/parsers.py"], find_config(project, None))
    ahead = Workspace(inputs, Options(), pending=True)
    ahead.look_ahead(print)
    each = Workspace(inputs, Options(), pending=True)
    assert [ahead.migrate(p) for p in inputs.files] == [
        each.migrate(p) for p in inputs.files
    ]
    assert list(ahead.changes()) == list(each.changes())
    jobready("migrate", "train0.py", "proj/parsers.py")  # whichever is the first
    assert "'x'" in launched(project / "train1.py", tags=["x"], lr=0.5)
    assert "fast=True" in launched(project / "train2.py", fast=True)


@pytest.mark.parametrize(
    "train",
    [
        TRAIN.replace("run(get_args())", "get_args()"),  # starts no run
        TRAIN.replace("run(get_args())", "run(None)"),  # parses nothing
        "from proj.opts import get_args\nfrom proj.engine import run\n",  # calls neither
        "import proj\n\nprint(proj)\n",
        "from elsewhere.opts import get_args\nfrom elsewhere.engine import run\n"
        "run(get_args())\n",
    ],
)
def test_what_makes_no_whole_script_is_left_alone(project: Path, train: str) -> None:
    write(project, {"train.py": train})
    before = texts(project)
    assert jobready("migrate", ".").exit_code == 0
    assert texts(project) == before


@pytest.mark.parametrize(
    ("train", "engine"),
    [
        # each import form leads there
        ("import proj.engine as e\nimport proj.opts\ne.run(proj.opts.get_args())", ENGINE),
        ("from proj import engine, opts\nengine.run(opts.get_args())\n", ENGINE),
        ("from proj.all import *\nrun(get_args())\n", ENGINE),
        # the module has no other reason to be read than what it imports
        ("from proj.engine import start\nstart()\n", f"from .opts import get_args\n{ENGINE}"
         "\n\ndef start():\n    run(get_args())\n"),
    ],
)  # fmt: skip
def test_imports_of_every_kind_are_followed(project: Path, train: str, engine: str) -> None:
    both = "from .engine import run\nfrom .opts import get_args\nimport wandb\n"
    write(project, {"train.py": train, "proj/engine.py": engine, "proj/all.py": both})
    done = jobready("migrate", ".")
    assert done.exit_code == 0, done.output
    assert "training with 0.25" in launched(project / "train.py", lr=0.25)


def test_a_function_that_is_called_like_the_method_of_a_parser(project: Path) -> None:
    train = "from proj import engine, opts\nengine.run(opts.parse_args())\n"
    opts = OPTS.replace("get_args", "parse_args")
    write(project, {"train.py": train, "proj/opts.py": opts})
    assert jobready("migrate", ".").exit_code == 0
    assert "training with 0.25" in launched(project / "train.py", lr=0.25)


def test_modules_that_import_each_other_are_no_endless_way(project: Path) -> None:
    write(project, {"proj/opts.py": f"import proj.engine\n{OPTS}"})
    write(project, {"proj/engine.py": f"import proj.opts\n{ENGINE}"})
    assert jobready("migrate", ".").exit_code == 0
    assert "training with 4.0" in launched(project / "train.py", lr=4)


COMPLETE = """\
import argparse

import wandb
from proj.sizes import get_size, show

parser = argparse.ArgumentParser()
parser.add_argument("--size", default="small")
args = parser.parse_args()
width = {call}
wandb.init(config=args)
print(args.size, width)
"""
SIZES = """\
import argparse

parser = argparse.ArgumentParser(add_help=False)
parser.add_argument("--size", default="small")


def get_size():
    return 8 if parser.parse_known_args()[0].size == "small" else 64


def show():
    return "as large as it gets"


if __name__ == "__main__":
    print(parser.parse_args())
"""


def test_a_module_that_parses_beside_a_script_is_not_left_behind(project: Path) -> None:
    script = COMPLETE.format(call="get_size()")
    write(project, {"train.py": script, "proj/sizes.py": SIZES})
    assert "which was not given" in jobready("migrate", "train.py").stdout
    assert jobready("migrate", ".").exit_code == 0
    environment = {**os.environ, "WANDB_MODE": "offline", "WANDB_SILENT": "true"}
    environment |= {"WANDB_LAUNCH": "True", "WANDB_CONFIG": '{"size": "large"}'}
    ran = subprocess.run(
        [sys.executable, "train.py"], env=environment, capture_output=True, text=True
    )
    assert ran.stdout == "large 64\n", ran.stderr


RUNNER = """\
import wandb


class Runner:
    def __init__(self, name):
        if name:
            wandb.init(name=name, config={"workers": 4})
"""
RUNNING = """\
import argparse
import wandb
from lib import settings
from proj.runner import Runner

parser = argparse.ArgumentParser()
parser.add_argument("--lr", type=float, default=0.1)
args = parser.parse_args()
wandb.init(config=vars(settings))
Runner("second")
print(args.lr)
"""


def test_a_file_that_starts_one_more_run_is_one_of_those_it_passes(project: Path) -> None:
    write(project, {"train.py": RUNNING, "proj/runner.py": RUNNER})
    said = report("migrate", "--check", "train.py")["files"][0]
    assert (said["outcome"], said["through"]) == ("refused", ["proj/runner.py"])
    done = report("migrate", "train.py", *said["through"])["files"]
    assert {file["path"]: file["outcome"] for file in done} == {
        "proj/runner.py": "rewritten",
        "train.py": "rewritten",
    }


def test_a_module_whose_parse_the_script_never_reaches_is_none_of_its_files(
    project: Path,
) -> None:
    script = COMPLETE.format(call="show()")
    write(project, {"train.py": script, "proj/sizes.py": SIZES})
    (file,) = report("migrate", "--check", "train.py")["files"]
    assert (file["outcome"], file["through"]) == ("rewritten", [])


LOOKS = """\
import sys


def get_size():
    return 64 if "--size=large" in sys.argv else 8


def show():
    return f"started as {sys.argv[0]}, {get_version()}"


def get_version():
    return 1


if len(sys.argv) > 1 and __name__ == "__main__":
    print(sys.argv[1])
"""


def test_a_module_that_looks_at_the_command_line_is_a_reason_to_refuse(
    project: Path,
) -> None:
    script = COMPLETE.format(call="get_size()")
    write(project, {"train.py": script, "proj/sizes.py": LOOKS})
    (file,) = report("migrate", "--check", "train.py")["files"]
    assert file["outcome"] == "refused"
    assert "looks at sys.argv" in file["reasons"][0]["message"]
    assert file["reasons"][0]["file"] == "proj/sizes.py"
    write(project, {"train.py": COMPLETE.format(call="show()")})
    (file,) = report("migrate", "--check", "train.py")["files"]
    assert file["outcome"] == "rewritten"


@pytest.mark.parametrize("cores", [1, 3])
def test_many_scripts_come_out_the_same_by_however_many_cores(
    project: Path, cores: int
) -> None:
    scripts = {f"train{number}.py": TRAIN for number in range(12)}
    write(project, {**scripts, "alone.py": CLEAN.decode(), "refused.py": REFUSED.decode()})
    spread = "from jobready.lint import processes; from jobready.cli import main"
    ran = subprocess.run(
        [sys.executable, "-c", f"{spread}; processes._cores = lambda: {cores}; main()",
         "migrate", ".", "--output-format", "json"],
        stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert ran.stderr == ""
    found = outcomes(json.loads(ran.stdout))
    assert {found[name] for name in scripts} == {"unchanged"}  # by what changes elsewhere
    rewritten = {name for name, outcome in found.items() if outcome == "rewritten"}
    assert rewritten == {"alone.py", "proj/engine.py", "proj/opts.py"}
    assert found["refused.py"] == "refused"
    assert texts(project)["proj/opts.py"].count("def job_args") == 1
    assert texts(project)["alone.py"] == CLEAN_AFTER.decode()
    (opts,) = (f for f in json.loads(ran.stdout)["files"] if f["path"] == "proj/opts.py")
    assert "10 more" in opts["reasons"][-1]["message"]  # for train.py as well


GET_MORE = """

def get_more():
    parser = argparse.ArgumentParser()
    parser.add_argument("--lr", type=float, default=0.1)
    parser.add_argument("--kind", choices=["a", "b"], default="a")
    parser.add_argument("layers", type=int, nargs="+")
    return parser.parse_args()
"""


def migrated_by(cores: int, folder: Path) -> dict[str, str]:
    """The texts of a project's files, once so many cores have migrated them."""
    spread = "from jobready.lint import processes; from jobready.cli import main"
    subprocess.run(
        [sys.executable, "-c", f"{spread}; processes._cores = lambda: {cores}; main()",
         "migrate", "."],
        stdin=subprocess.DEVNULL, capture_output=True, check=True, cwd=folder,
    )  # fmt: skip
    return texts(folder)


def test_what_scripts_assume_of_one_another_comes_true(
    project: Path, tmp_path: Path
) -> None:
    more = TRAIN.replace("get_args", "get_more")
    scripts = {f"train{n}.py": more if n % 3 == 1 else TRAIN for n in range(12)}
    engine = ENGINE.replace("    wandb.init", "    print(args)\n    wandb.init")
    write(project, {**scripts, "proj/opts.py": OPTS + GET_MORE, "proj/engine.py": engine})
    copies = []
    for cores in (1, 2, 4):
        copy = tmp_path / f"copy{cores}"
        shutil.copytree(project, copy, ignore=shutil.ignore_patterns("copy*"))
        copies.append(migrated_by(cores, copy))
    assert copies[0] == copies[1] == copies[2]
    assert copies[0]["proj/opts.py"].count("parser.parse_args(sys.argv[1:] + ") == 2
    for name in ("train0.py", "train1.py"):
        words = {"lr": 3} | ({"layers": [1]} if "1" in name else {})
        assert "training with 3.0" in launched(tmp_path / "copy4" / name, **words)
    assert set(outcomes(report("migrate", "copy4")).values()) == {"unchanged"}


def test_a_trainer_that_starts_a_run_unasked_needs_no_word_of_it(project: Path) -> None:
    tune = (
        "from dataclasses import dataclass\nfrom transformers import HfArgumentParser\n"
        "from trl import SFTConfig, SFTTrainer\n\n\n@dataclass\nclass Tuning(SFTConfig):\n"
        "    rank: int = 8\n\n\nparser = HfArgumentParser(Tuning)\n"
        "(args,) = parser.parse_args_into_dataclasses()\n"
        "SFTTrainer(args=args).train()\n"
    )
    write(project, {"tune.py": tune})
    assert outcomes(report("migrate", "--check", "."))["tune.py"] == "rewritten"
    assert "JR101" in jobready("check", ".").output
