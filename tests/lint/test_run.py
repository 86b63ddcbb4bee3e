"""Many files: in one process or several, with and without what is known already."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from jobready.lint import cache, processes
from jobready.lint.cache import FOLDER
from jobready.lint.processes import LOOK, in_parts
from jobready.lint.run import Files, check_files
from jobready.lint.selection import Selection
from jobready.lint.verdict import Verdict
from jobready.project.config import Config
from jobready.project.discover import discover
from jobready.rules import all_rules
from jobready.rules.finding import Finding, Fix
from jobready.rules.rule import Rule
from jobready.rules.subject import Subject
from jobready.script.source.place import Place

DEFAULT = tuple(rule for rule in all_rules() if rule.default)
OFFLINE = 'import wandb\nwandb.init(mode="offline")\n'


def check(
    folder: Path, *, cached: bool = False, rules: Sequence[Rule] = DEFAULT
) -> list[Verdict]:
    config = Config(root=folder)
    found = discover([folder], config)
    files = Files(found.names, frozenset(), found.others)
    selection = Selection(tuple(rules), folder)
    return check_files(files, config, cached=cached, selection=selection)


def names(verdicts: Sequence[Verdict]) -> list[tuple[str, list[str]]]:
    return [(Path(v.path).name, [f.code for f in v.findings]) for v in verdicts]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project with a script that has a finding, and files that have none."""
    (tmp_path / "train.py").write_text(OFFLINE)
    (tmp_path / "clean.py").write_text("import wandb\nwandb.init()\n")
    (tmp_path / "other.py").write_text("x = 1\n")
    return tmp_path


def test_only_files_with_something_have_a_verdict(project: Path) -> None:
    assert names(check(project)) == [("train.py", ["JR308"])]


def test_a_file_that_is_no_text_is_a_problem(project: Path) -> None:
    (project / "broken.py").write_bytes(b"import wandb\nwandb.init()  # \xff\n")
    (verdict, _) = check(project)
    assert "utf-8" in verdict.problems[0].message


def test_a_file_that_starts_a_run_must_be_python(project: Path) -> None:
    (project / "broken.py").write_text("import wandb\nwandb.init(\n")
    (verdict, _) = check(project)
    assert verdict.problems[0].line == 2
    assert check(project, rules=[])[0].problems == verdict.problems


def test_a_file_that_does_not_matter_need_not_be_python(project: Path) -> None:
    (project / "template.py").write_text("{{ cookiecutter }}\n")
    assert names(check(project)) == [("train.py", ["JR308"])]


@pytest.mark.parametrize(
    ("work", "processes_that_work"), [("numbers", 3), ("ends", 1)], ids=["all", "ended"]
)
def test_work_is_spread_and_none_of_it_is_lost(work: str, processes_that_work: int) -> None:
    ran = subprocess.run(
        [sys.executable, "-W", "error", "-m", "tests.lint.spreading", work],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=True,
    )
    assert ran.stdout.split() == [str(sum(range(20))), str(processes_that_work)]


def test_where_the_work_fails_no_process_is_left() -> None:
    ran = subprocess.run(
        [sys.executable, "-W", "error", "-m", "tests.lint.spreading", "fails"],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=True,
        timeout=20,
    )
    assert ran.stdout.split() == ["failed", "alone"]


def test_little_work_stays_here() -> None:
    assert list(in_parts(sum, [1, 2], LOOK)) == [3]
    assert not processes.pays([1, 2], LOOK)


def test_a_process_with_threads_is_not_forked() -> None:
    stop = threading.Event()
    thread = threading.Thread(target=stop.wait)
    thread.start()
    try:
        assert not processes._can_fork()
    finally:
        stop.set()
        thread.join()


def test_several_processes_find_the_same(project: Path) -> None:
    for number in range(LOOK.forked_from):
        (project / f"empty_{number}.py").touch()
    for number in range(10):
        (project / f"more_{number}.py").write_text(OFFLINE)
    expected = [v.path for v in check(project)]
    for option in ("--no-cache", "--quiet", "--quiet"):  # the second time it is known
        ran = subprocess.run(
            [
                sys.executable,
                "-m",
                "jobready",
                "check",
                option,
                "--output-format=json",
                ".",
            ],
            cwd=project,
            capture_output=True,
            text=True,
            check=False,
        )
        found = [f["path"] for f in json.loads(ran.stdout)["findings"]]
        assert [str(project / path) for path in found] == expected
    assert len(entries(project)) == len(expected) + 1


# -- what is known from the last run


def entries(project: Path) -> dict[str, object]:
    (path,) = (p for p in (project / FOLDER).iterdir() if p.name.startswith("check-"))
    found: dict[str, object] = json.loads(path.read_text())
    return found


def counting(seen: list[str], **settings: object) -> Rule:
    """A rule that keeps a list of the scripts that it looked at."""

    def find(subject: Subject) -> Iterator[Finding]:
        seen.append(str(subject.environment.path))
        yield Finding("JR900", "seen", Place(1, 1), no_fix="none")

    return Rule(
        "JR900",
        "seen",
        "",
        "",
        "",
        "",
        None,
        "",
        (),
        find=find,
        **settings,  # type: ignore
    )


@pytest.mark.parametrize(
    ("bounds", "wandb", "looks"),
    [
        ({}, None, True),
        ({}, "0.13.8", True),
        ({"since": "0.17.0"}, None, True),
        ({"since": "0.17.0"}, "0.17.0", True),
        ({"since": "0.17.0"}, "0.16.6", False),
        ({"until": "0.19.0"}, None, False),
        ({"until": "0.19.0"}, "0.19.0", False),
        ({"until": "0.19.0"}, "0.18.7", True),
    ],
)
def test_a_rule_looks_where_it_is_true(
    project: Path, bounds: dict[str, str], wandb: str | None, looks: bool
) -> None:
    seen: list[str] = []
    config = Config(root=project, target_wandb=wandb)
    selection = Selection((counting(seen, **bounds),), project)
    names = discover([project], config).names
    check_files(Files(names, frozenset()), config, cached=False, selection=selection)
    assert bool(seen) is looks


def test_a_second_run_looks_at_nothing_again(project: Path) -> None:
    seen: list[str] = []
    rules = [counting(seen), *all_rules()]
    first = check(project, cached=True, rules=rules)
    assert len(seen) == 2
    assert check(project, cached=True, rules=rules) == first
    assert len(seen) == 2
    assert (project / FOLDER / ".gitignore").read_text().endswith("*\n")


def test_without_the_cache_all_is_looked_at_and_nothing_kept(project: Path) -> None:
    seen: list[str] = []
    for _ in range(2):
        check(project, rules=[counting(seen)])
    assert len(seen) == 4
    assert not (project / FOLDER).exists()


def test_a_changed_file_is_looked_at_again(project: Path) -> None:
    seen: list[str] = []
    check(project, cached=True, rules=[counting(seen)])
    path = project / "train.py"
    times = path.stat().st_atime_ns, path.stat().st_mtime_ns
    path.write_text(OFFLINE.replace("offline", "disable"))
    os.utime(path, ns=times)  # the same size and the same times
    check(project, cached=True, rules=[counting(seen)])
    assert [Path(s).name for s in seen[2:]] == ["train.py"]


def test_a_touched_file_is_not(project: Path) -> None:
    seen: list[str] = []
    check(project, cached=True, rules=[counting(seen)])
    os.utime(project / "train.py", (0, 0))
    check(project, cached=True, rules=[counting(seen)])
    assert len(seen) == 2


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("requirements.txt", "wandb<0.17\n"),
        ("pyproject.toml", "[tool.black]\nline-length = 60\n"),
        ("mypy.ini", "[mypy]\n"),
    ],
)
def test_what_surrounds_the_files_counts(project: Path, name: str, text: str) -> None:
    code = (
        "import sys\nfrom pathlib import Path\n"
        "from tests.lint.test_run import check, counting\n"
        "seen = []\ncheck(Path(sys.argv[1]), cached=True, rules=[counting(seen)])\n"
        "print(len(seen))\n"
    )

    def looked_at() -> str:
        ran = subprocess.run(  # the settings of a folder are read once a process
            [sys.executable, "-c", code, project],
            cwd=Path(__file__).parents[2],
            env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
            capture_output=True,
            text=True,
            check=True,
        )
        return ran.stdout.strip()

    (project / ".git").mkdir()
    assert looked_at() == "2"
    assert looked_at() == "0"
    (project / name).write_text(text)
    assert looked_at() == "2"


def test_the_rules_and_settings_count(project: Path) -> None:
    seen: list[str] = []
    check(project, cached=True, rules=[counting(seen)])
    check(project, cached=True, rules=[counting(seen), *all_rules()])
    assert len(seen) == 4


def test_another_jobready_or_python_counts(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[str] = []
    check(project, cached=True, rules=[counting(seen)])
    monkeypatch.setattr(cache, "_own_source", lambda: "another build")
    check(project, cached=True, rules=[counting(seen)])
    monkeypatch.setattr(sys, "version", "another Python")
    check(project, cached=True, rules=[counting(seen)])
    assert len(seen) == 6


def test_what_looks_at_git_is_never_kept(project: Path) -> None:
    seen: list[str] = []
    rules = [counting(seen, uses_git=True), *all_rules()]
    first = check(project, cached=True, rules=rules)
    assert check(project, cached=True, rules=rules) == first
    assert len(seen) == 4


def test_files_that_a_rule_reads_beside_the_script_count(project: Path) -> None:
    seen: list[str] = []

    def find(subject: Subject) -> Iterator[Finding]:
        seen.append("looked")
        data = subject.files.read(project / "data.yaml")
        text = "nothing" if data is None else data.decode()
        yield Finding("JR900", text, Place(1, 1), no_fix="none")

    reads = Rule("JR900", "reads", "", "", "", "", None, "", (), find=find)

    def messages() -> set[str]:
        found = check(project, cached=True, rules=[reads])
        return {f.message for v in found for f in v.findings}

    assert messages() == {"nothing"}
    assert messages() == {"nothing"}
    (project / "data.yaml").write_text("one")
    assert messages() == {"one"}
    assert messages() == {"one"}
    assert len(seen) == 4


SCRIPT = """\
import argparse
import wandb
from options import add_options

parser = argparse.ArgumentParser()
add_options(parser)
args = parser.parse_args()
wandb.init(config=args)
print(args.lr)
"""
OPTIONS = """\
def add_options(parser):
    parser.add_argument("--lr", type=float, default=0.1)
"""


def test_a_module_counts_for_each_script_that_imports_it(tmp_path: Path) -> None:
    for name in ("first.py", "second.py"):
        (tmp_path / name).write_text(SCRIPT)
    (tmp_path / "options.py").write_text(OPTIONS)
    before = check(tmp_path, cached=True)
    assert names(before) == [("first.py", ["JR101"]), ("second.py", ["JR101"])]
    assert check(tmp_path, cached=True) == before
    (tmp_path / "options.py").write_text("from elsewhere import add_options\n")
    after = check(tmp_path, cached=True)
    assert after == check(tmp_path)
    assert not {v.findings for v in after} & {v.findings for v in before}


def test_fixes_come_back_as_they_were(project: Path) -> None:
    (project / "bad.py").write_text(
        "import argparse\nimport wandb\np = argparse.ArgumentParser()\n"
        "p.add_argument('--x', type=bool)\nargs = p.parse_args()\nwandb.init(config=args)\n"
    )
    first = check(project, cached=True)
    assert {type(f.fix) for v in first for f in v.findings} == {Fix}
    assert check(project, cached=True) == first


@pytest.mark.parametrize(
    "content", ["", "[]", "{", '{"a": 1}', "[" * 100_000, '{"x": [{}, [[1]]]}']
)
def test_a_broken_cache_is_made_anew(project: Path, content: str) -> None:
    first = check(project, cached=True)
    (path,) = (p for p in (project / FOLDER).iterdir() if p.name.startswith("check-"))
    path.write_text(content)
    assert check(project, cached=True) == first
    assert check(project, cached=True) == first


def test_an_entry_that_somebody_else_wrote_is_passed_over(project: Path) -> None:
    first = check(project, cached=True)
    (path,) = (p for p in (project / FOLDER).iterdir() if p.name.startswith("check-"))
    wrong = [[1], [{}, [["JR1"]]], [{}, [[1, 2, 3, 4, 5, 6, 7]]], "x", None]
    for entry in wrong:
        path.write_text(json.dumps(dict.fromkeys(entries(project), entry)))
        assert check(project, cached=True) == first


def test_a_folder_that_can_not_be_written_only_costs_time(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (project / FOLDER).write_text("a file in its place")
    assert names(check(project, cached=True)) == [("train.py", ["JR308"])]


def test_runs_at_the_same_time_do_not_disturb_each_other(project: Path) -> None:
    for number in range(30):
        (project / f"more_{number}.py").write_text(OFFLINE)
    command = [sys.executable, "-m", "jobready", "check", "-q", "--config", "p.toml", "."]
    (project / "p.toml").write_text("[tool.jobready]\n")
    runs = [
        subprocess.Popen(command, cwd=project, stdout=subprocess.PIPE, text=True)
        for _ in range(4)
    ]
    outputs = {run.communicate(timeout=60)[0] for run in runs}
    assert len(outputs) == 1
    assert outputs.pop().count("JR308") == 31
    assert len(entries(project)) == 32  # of train.py, of clean.py and of 30 more
    assert [p.name for p in (project / FOLDER).iterdir() if "-3." not in p.name] == [
        ".gitignore"
    ]
