"""``jobready migrate --shared``: one function for the scripts of a project."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.cli.calling import jobready, report

TRAIN = """\
import argparse

import wandb
{imports}

def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--lr", type=float, default=0.1)
    {more}
    args = parser.parse_args()
    print("lr", args.lr)
    wandb.init(config=args)


if __name__ == "__main__":
    main()
"""
MODEL = "class Net:\n    pass\n"
OPTS = """\
import argparse


def get_args():
    parser = argparse.ArgumentParser()
    parser.add_argument("--lr", type=float, default=0.1)
    return parser.parse_args()
"""
START = """\
import wandb

args = get_args()
print("lr", args.lr)
wandb.init(config=args)
"""
PATH = 'sys.path.append("src")\n'
FROM_OPTS = """\
import wandb
from proj.opts import get_args

args = get_args()
print("lr", args.lr)
wandb.init(config=args)
"""


def train(imports: str = "", more: str = "pass") -> str:
    return TRAIN.format(imports=f"{imports}\n" if imports else "", more=more)


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty repository, the current folder."""
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write(folder: Path, texts: dict[str, str]) -> None:
    for name, text in texts.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")


def texts(folder: Path) -> dict[str, str]:
    return {
        p.relative_to(folder).as_posix(): p.read_text(encoding="utf-8")
        for p in sorted(folder.rglob("*.py"))
    }


def started(folder: Path, command: str, path: str = "", **config: object) -> str:
    """What a script prints, started as a launch agent would."""
    environment = {
        **os.environ,
        "PYTHONPATH": path,
        "WANDB_MODE": "disabled",
        "WANDB_LAUNCH": "True",
        "WANDB_CONFIG": json.dumps(config),
    }
    ran = subprocess.run(
        [sys.executable, *command.split()],
        env=environment,
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    return ran.stdout


@dataclass(frozen=True)
class Layout:
    """A project, the module to share, the import that scripts get, and how they start.

    ``path`` is what Python finds installed.
    """

    name: str
    files: dict[str, str]
    shared: str
    line: str
    commands: tuple[str, ...]
    path: str = ""
    options: tuple[str, ...] = field(default=(".",))


PACKAGE = {"pkg/__init__.py": "", "pkg/model.py": MODEL}
LAYOUTS = [
    Layout(
        "flat",
        {"train.py": train()},
        "launch.py",
        "from launch import job_args",
        ("train.py", "-m train"),
    ),
    Layout(
        "a package beside the script",
        {"train.py": train("from proj.model import Net"), "proj/model.py": MODEL},
        "proj/launch.py",
        "from proj.launch import job_args",
        ("train.py", "-m train"),
    ),
    Layout(
        "a package beside the script that it doesn't import yet",
        {"train.py": train(), "proj/__init__.py": '"""A package."""\n__version__ = "1"\n'},
        "proj/launch.py",
        "from proj.launch import job_args",
        ("train.py", "-m train"),
    ),
    Layout(
        "src, installed",
        {
            "scripts/train.py": train("import proj.model"),
            "src/proj/__init__.py": "",
            "src/proj/model.py": MODEL,
        },
        "src/proj/launch.py",
        "from proj.launch import job_args",
        ("scripts/train.py", "-m scripts.train"),
        path="src",
    ),
    Layout(
        "a script in its package, with absolute imports",
        {**PACKAGE, "pkg/train.py": train("from pkg.model import Net")},
        "pkg/launch.py",
        "from pkg.launch import job_args",
        ("-m pkg.train", "pkg/train.py"),
        path=".",
    ),
    Layout(
        "a script in its package, with relative imports",
        {
            **PACKAGE,
            "pkg/sub/__init__.py": "",
            "pkg/sub/train.py": train("from ..model import Net"),
        },
        "pkg/launch.py",
        "from ..launch import job_args",
        ("-m pkg.sub.train",),
    ),
    Layout(
        "a script in a package that imports what is beside it",
        {**PACKAGE, "pkg/train.py": train("from model import Net")},
        "pkg/launch.py",
        "from launch import job_args",
        ("pkg/train.py",),
    ),
    Layout(
        "a folder of scripts",
        {"tools/exp/train.py": train()},
        "tools/exp/launch.py",
        "from launch import job_args",
        ("tools/exp/train.py",),
    ),
    Layout(
        "a folder of scripts that import each other",
        {"tools/train.py": train(), "tools/sweep.py": "import train\n\ntrain.main()\n"},
        "tools/launch.py",
        "from launch import job_args",
        ("tools/train.py", "tools/sweep.py"),
    ),
    Layout(
        "a script that says itself where its package is",
        {
            "train.py": train(f"import sys\n\n{PATH}\nfrom proj.model import Net"),
            "src/proj/model.py": MODEL,
        },
        "src/proj/launch.py",
        "from proj.launch import job_args",
        ("train.py",),
    ),
    Layout(
        "a script whose options are parsed by a module",
        {"train.py": FROM_OPTS, "proj/opts.py": OPTS},
        "proj/launch.py",
        "from proj.launch import job_args",
        ("train.py", "-m train"),
    ),
]


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.name)
def test_a_launched_value_arrives_however_the_script_starts(
    project: Path, layout: Layout
) -> None:
    write(project, layout.files)
    done = jobready("migrate", "--shared", layout.shared, *layout.options)
    assert done.exit_code == 0, done.output
    after = texts(project)
    assert "def job_args" in after[layout.shared]
    assert [t for t in after.values() if f"\n{layout.line}\n" in t]
    assert sum("def job_args" in t for t in after.values()) == 1
    for command in layout.commands:
        assert started(project, command, layout.path, lr=0.5) == "lr 0.5\n"
    for again in (("--shared", layout.shared), ()):
        done = jobready("migrate", *again, ".")
        assert done.exit_code == 0, done.output
        assert texts(project) == after
    found = jobready("check", "--no-cache", "--select=JR1,JR3", ".")
    assert found.exit_code == 0, found.output


SWITCH = 'parser.add_argument("--amp", action="store_true")'
LISTS = 'parser.add_argument("--xs", nargs="+", type=int, required=True)'


def test_a_script_with_more_needs_does_not_break_the_earlier_one(project: Path) -> None:
    write(project, {"plain.py": train()})
    jobready("migrate", "--shared", "launch.py", "plain.py")
    first = texts(project)["launch.py"]
    write(project, {"lists.py": train("", f"{LISTS}\n    {SWITCH}")})
    jobready("migrate", "--shared", "launch.py", "lists.py")
    assert texts(project)["launch.py"] == first  # it has all branches from the start
    assert started(project, "plain.py", lr=2) == "lr 2.0\n"
    assert started(project, "lists.py", lr=3, xs=[1, 2], amp=True) == "lr 3.0\n"


def test_scripts_that_have_the_function_import_it_instead(project: Path) -> None:
    other = train().replace("import argparse\n", "from argparse import ArgumentParser\n")
    other = other.replace("argparse.ArgumentParser()", "ArgumentParser()")
    write(project, {"train.py": train(), "other.py": other})
    jobready("migrate", ".")
    inline = texts(project)
    assert "import os\n" in inline["train.py"]
    done = jobready("migrate", "--shared", "launch.py", ".")
    assert "train.py: rewritten, argv: the function moves to launch.py" in done.output
    after = texts(project)
    fresh = "import argparse\nimport sys\n\nimport wandb\n\nfrom launch import job_args\n"
    assert after["train.py"].startswith(f"{fresh}\n\ndef main")
    assert "import argparse\n" not in after["other.py"]
    assert "import os\n" not in after["other.py"]
    for script in ("train.py", "other.py"):
        assert started(project, script, lr=4) == "lr 4.0\n"


def test_the_function_of_a_module_with_fewer_branches_is_renewed(project: Path) -> None:
    write(project, {"train.py": train()})
    jobready("migrate", "train.py")
    text = texts(project)["train.py"]
    start, end = text.index("def job_args"), text.index("def main")
    module = f"# ours\nimport argparse\nimport os\n\n\n{text[start:end].rstrip()}\n"
    rest = text[:start].replace("import os\n", "") + text[end:]
    script = rest.replace("\n\n\n", "\n\nfrom launch import job_args\n\n\n", 1)
    write(project, {"train.py": script.replace("import wandb\n", "import wandb\n"),
                    "launch.py": module})  # fmt: skip
    assert jobready("migrate", ".").exit_code == 0
    assert texts(project)["launch.py"] == module  # enough for its script
    done = jobready("migrate", "--shared", "launch.py", ".")
    assert "launch.py: rewritten, argv" in done.output
    renewed = texts(project)["launch.py"]
    assert renewed.startswith("# ours\nimport argparse\nimport os\nimport sys\n")
    assert "_SubParsersAction" in renewed
    assert started(project, "train.py", lr=5) == "lr 5.0\n"


def test_a_deleted_module_is_made_anew(project: Path) -> None:
    write(project, {"train.py": train()})
    jobready("migrate", "--shared", "launch.py", ".")
    before = texts(project)
    (project / "launch.py").unlink()
    lost = jobready("migrate", ".")
    assert lost.exit_code == 1
    assert "launch.job_args, which gives it launched values, isn't found" in lost.output
    assert "may add parameters" not in lost.output
    assert jobready("migrate", "--shared", "launch.py", ".").exit_code == 0
    assert texts(project) == before


def test_the_report_names_the_module_and_its_scripts(project: Path) -> None:
    write(project, {"a.py": train(), "b.py": train()})
    shown = jobready("migrate", "--shared", "launch.py", "--check", ".")
    assert shown.exit_code == 1
    assert "launch.py: would be created, argv: for a.py, b.py\n" in shown.output
    assert not (project / "launch.py").exists()
    files = report("migrate", "--shared", "launch.py", ".")["files"]
    by_name = {f["path"]: f for f in files}
    assert by_name["launch.py"]["created"] is True
    assert by_name["a.py"]["through"] == ["launch.py"]
    assert by_name["a.py"]["created"] is False


def test_the_diff_is_one_that_git_applies(project: Path) -> None:
    write(project, {"train.py": train()})
    before = texts(project)
    (project / ".git").rmdir()
    subprocess.run(["git", "init", "-q"], cwd=project, check=True)
    shown = jobready("migrate", "--shared", "launch.py", "--diff", ".")
    assert texts(project) == before
    subprocess.run(["git", "apply"], cwd=project, input=shown.stdout, text=True, check=True)
    applied = texts(project)
    write(project, before)
    (project / "launch.py").unlink()
    jobready("migrate", "--shared", "launch.py", ".")
    assert texts(project) == applied


def test_the_setting_says_the_same_as_the_option(project: Path) -> None:
    write(project, {"train.py": train()})
    settings = project / "pyproject.toml"
    settings.write_text('[tool.jobready]\nshared = "launch.py"\n', encoding="utf-8")
    found = json.loads(jobready("config", "--output-format=json").stdout)
    assert found["shared"]["value"] == "launch.py"
    finding = jobready("check", "--no-cache", "--select=JR101", "--fix", ".")
    assert "jobready migrate train.py" in finding.output
    assert jobready("migrate", ".").exit_code == 0
    assert "from launch import job_args" in texts(project)["train.py"]
    write(project, {"other.py": train()})
    fixed = jobready("check", "--no-cache", "--select=JR101", "--fix", ".")
    assert fixed.exit_code == 0, fixed.output
    assert "from launch import job_args" in texts(project)["other.py"]
    write(project, {"third.py": train()})
    jobready("migrate", "--inline", ".")
    assert "def job_args" in texts(project)["third.py"]


@pytest.mark.parametrize("value", ["3", '"launch"', '"../launch.py"', '"/launch.py"'])
def test_a_setting_that_names_no_module(project: Path, value: str) -> None:
    settings = project / "pyproject.toml"
    settings.write_text(f"[tool.jobready]\nshared = {value}\n", encoding="utf-8")
    wrong = jobready("check")
    assert wrong.exit_code == 2
    assert "pyproject.toml:2: shared must be the path of a module" in wrong.stderr


def test_parameters_are_told_as_of_a_script_with_the_function(project: Path) -> None:
    write(project, {"train.py": train()})
    jobready("migrate", "--shared", "launch.py", ".")
    told = jobready("params", "train.py")
    assert "lr" in told.stdout
    assert not told.stderr


def test_an_init_can_be_added_too(project: Path) -> None:
    text = train("", LISTS).replace("import wandb\n", "")
    text = text.replace("    wandb.init(config=args)\n", "")
    write(project, {"train.py": text})
    done = jobready("migrate", "--shared", "launch.py", "--add-init", "train.py")
    assert done.exit_code == 0, done.output
    after = texts(project)["train.py"]
    assert "from launch import job_args" in after
    assert "wandb.init(config=args)" in after


# What is left alone.

ELSEWHERE = "isn't found for sure where"
CODE = "import wandb\n\nwandb.login()\n"


@pytest.mark.parametrize(
    ("files", "shared", "reason"),
    [
        # started by its path or by -m: the module would have two names
        ({"pkg/__init__.py": "", "pkg/train.py": train()}, "pkg/launch.py",
         "`python pkg/train.py` and `python -m pkg.train` would find pkg/launch.py by"
         " different names"),
        # in no folder that Python looks into
        ({"tools/train.py": train()}, "launch.py", ELSEWHERE),
        ({"tools/a/train.py": train()}, "tools/launch.py", ELSEWHERE),
        # the root need not be on the path, only proj installed
        ({"tools/train.py": train("from proj.model import Net"), "proj/__init__.py": "",
          "proj/model.py": MODEL}, "launch.py", "share proj/launch.py"),
        # whoever runs it by -m doesn't find what is beside it
        ({"tools/train.py": train("from proj.model import Net"), "proj/__init__.py": "",
          "proj/model.py": MODEL}, "tools/launch.py", "share proj/launch.py"),
        # what is imported is another datasets than the repository's
        ({"tools/train.py": train("from datasets import load_dataset"),
          "datasets/__init__.py": ""}, "datasets/launch.py", ELSEWHERE),
        # imports that may fail, or come too late
        ({"tools/train.py": train("try:\n    import proj.model\nexcept ImportError:\n"
          "    proj = None"), "proj/model.py": MODEL}, "proj/launch.py", ELSEWHERE),
        ({"tools/train.py": train("", "import proj.model"), "proj/model.py": MODEL},
         "proj/launch.py", ELSEWHERE),
        ({"tools/train.py": train() + "\n\nimport proj.model\n", "proj/model.py": MODEL},
         "proj/launch.py", ELSEWHERE),
        # a name that others go by
        ({"train.py": train()}, "queue.py", "would hide the module queue"),
        ({"train.py": train()}, "wandb.py", "would hide the module wandb"),
        # importing it would do more than to import it
        ({"train.py": train(), "proj/__init__.py": CODE}, "proj/launch.py",
         "runs __init__.py of proj, which the script doesn't"),
        ({"train.py": train("from launch import LaunchService")}, "launch.py",
         "would hide the module launch"),
        # another file imports the script, from where the module isn't found
        ({"tools/train.py": train(), "sweep.py": "import tools.train\n"}, "tools/launch.py",
         "sweep.py imports it, and wouldn't find tools/launch.py"),
        ({"tools/train.py": train(), "a/b.py": "from tools import train\n"},
         "tools/launch.py", "a/b.py imports it"),
        # what the script finds only later
        ({"train.py": f"import sys\n\nfrom opts import get_args\n\n{PATH}"
          "from proj.model import Net\n\n" + START, "opts.py": OPTS,
          "src/proj/model.py": MODEL}, "src/proj/launch.py", ELSEWHERE),
        # what a function for several scripts can't know
        ({"train.py": train().replace("config=args", 'config={"rate": args.lr}')},
         "launch.py", "the run shows 'lr' as 'rate'"),
        ({"train.py": train("import os", 'parser.add_argument("--proc", type=int,'
          ' default=os.environ.get("RANK"))')}, "launch.py", "proc is no job's to set"),
        ({"train.py": train("import sys", 'parser.add_argument("--x", action="store_true")')
          .replace("print(", 'print("--x" in sys.argv, ')}, "launch.py",
         "a switch is looked for in sys.argv here"),
    ],
)  # fmt: skip
def test_what_could_break_is_refused(
    project: Path, files: dict[str, str], shared: str, reason: str
) -> None:
    write(project, files)
    before = texts(project)
    refused = jobready("migrate", "--shared", shared, ".")
    assert refused.exit_code == 1, refused.output
    assert reason in refused.output
    assert "--inline" in refused.output or "name it otherwise" in refused.output
    assert texts(project) == before  # and no module that nobody uses
    assert jobready("migrate", "--inline", ".").exit_code == 0


@pytest.mark.parametrize(
    ("shared", "reason"),
    [
        ("train.py", "train.py:3: the shared module holds other code"),
        ("folder", "folder is a folder"),
        ("launch", "is no module's name"),
        ("my-launch.py", "is no module's name"),
        ("__init__.py", "is no module's name"),
        ("missing/launch.py", "there is no folder missing"),
        ("../launch.py", "is outside of the project"),
        ("broken.py", "can't be read as Python"),
        ("package.py", "the package package beside it would hide it"),
    ],
)
def test_a_module_that_the_function_has_no_place_in(
    project: Path, shared: str, reason: str
) -> None:
    files = {"train.py": train(), "broken.py": "x =", "package/__init__.py": ""}
    write(project, files)
    (project / "folder").mkdir()
    before = texts(project)
    wrong = jobready("migrate", "--shared", shared, "train.py")
    assert wrong.exit_code == 2
    assert reason in wrong.stderr
    assert texts(project) == before


def test_options_that_exclude_each_other(project: Path) -> None:
    write(project, {"train.py": train()})
    both = jobready("migrate", "--shared", "launch.py", "--inline", "train.py")
    assert both.exit_code == 2
    stdin = jobready("migrate", "--shared", "launch.py", "-", stdin=b"")
    assert stdin.exit_code == 2
    assert "no place to import from" in stdin.stderr


@pytest.mark.parametrize("text", ["", "\n\n"])
def test_an_empty_file_is_as_good_as_none(project: Path, text: str) -> None:
    write(project, {"train.py": train(), "launch.py": text})
    assert jobready("migrate", "--shared", "launch.py", ".").exit_code == 0
    assert "def job_args" in texts(project)["launch.py"]


def test_a_function_that_was_edited_by_hand(project: Path) -> None:
    write(project, {"train.py": train()})
    jobready("migrate", "--shared", "launch.py", ".")
    edited = texts(project)["launch.py"].replace("return []", 'return ["--lr=3"]')
    write(project, {"launch.py": edited})
    before = texts(project)
    line = edited[: edited.index("def job_args")].count("\n") + 1
    wrong = jobready("migrate", "--shared", "launch.py", ".")
    assert wrong.exit_code == 2
    assert f"launch.py:{line}: job_args was edited by hand" in wrong.stderr
    refused = jobready("migrate", ".")
    assert refused.exit_code == 1
    assert "edited by hand" in refused.output
    found = jobready("check", "--no-cache", "--select=JR101", ".")
    assert found.exit_code == 1
    assert f"(launch.py:{line})" in found.output
    assert texts(project) == before


def test_a_comment_in_the_function_is_not_lost(project: Path) -> None:
    write(project, {"train.py": train()})
    jobready("migrate", "train.py")
    text = texts(project)["train.py"].replace(
        "        return []", "        return []  # mine"
    )
    write(project, {"train.py": text})
    refused = jobready("migrate", "--shared", "launch.py", ".")
    assert "'# mine' with it: move the comment away" in refused.output
    assert texts(project) == {"train.py": text}


def test_a_script_that_needs_no_function_makes_no_module(project: Path) -> None:
    clean = """\
import argparse

import wandb

parser = argparse.ArgumentParser()
parser.add_argument("--lr", type=float, default=0.05)
args = parser.parse_args()
wandb.init(config=args)
print(args.lr)
"""
    write(project, {"train.py": clean, "eval.py": "import wandb\n\nwandb.init()\n"})
    done = jobready("migrate", "--shared", "launch.py", ".")
    assert done.exit_code == 0
    assert "args = wandb.config" in texts(project)["train.py"]
    assert not (project / "launch.py").exists()


def test_where_the_script_cannot_be_written_the_module_goes_again(project: Path) -> None:
    write(project, {"train.py": train()})
    (project / "train.py").chmod(0o444)
    before = texts(project)
    failed = jobready("migrate", "--shared", "launch.py", ".")
    assert failed.exit_code == 2
    assert "read-only" in failed.output
    assert texts(project) == before


def test_a_function_in_a_module_that_was_not_given_is_named(project: Path) -> None:
    write(project, {"train.py": train()})
    jobready("migrate", "train.py")
    text = texts(project)["train.py"]
    start, end = text.index("def job_args"), text.index("def main")
    module = f"import argparse\nimport os\n\n\n{text[start:end].rstrip()}\n\nX = 1\n"
    more = text[:start] + text[end:].replace("    pass\n", f"    {LISTS}\n")
    script = more.replace("\n\n\n", "\n\nfrom common import job_args\n\n\n", 1)
    write(project, {"train.py": script, "common.py": module})
    before = texts(project)
    refused = jobready("migrate", "train.py")
    assert "jobready migrate train.py common.py" in refused.output
    assert texts(project) == before
    assert jobready("migrate", "train.py", "common.py").exit_code == 0
    assert started(project, "train.py", xs=[1], lr=6) == "lr 6.0\n"
