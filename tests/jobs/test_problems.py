"""What is wrong with a job, said before there is one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from jobready.jobs.code_problems import includes, is_left_out, left_out
from jobready.jobs.files import files_below, is_logged
from jobready.jobs.git import NoRepository, Repository, State
from jobready.jobs.image_problems import image_problems
from jobready.jobs.model import Interpreter, LoggedCode, Surroundings
from jobready.jobs.name_problems import colliding
from jobready.jobs.predict import predict
from jobready.jobs.problem import Problem
from jobready.jobs.problems import Found, problems_of
from jobready.jobs.program import Program
from jobready.jobs.requirements import (
    Requirements,
    read_requirements,
    requirements_problems,
)
from jobready.jobs.settings import Given, Settings, Unknown, Value
from jobready.jobs.versions import NEWEST, Version

REMOTE = "https://github.com/acme/repo.git"
CODE = LoggedCode(None, ".", 7)


def around(
    given: Mapping[str, Value] | None = None,
    *,
    remote: str | None = REMOTE,
    commit: str | None = "c" * 40,
    version: Version = NEWEST,
    code: tuple[LoggedCode, ...] = (),
    path: str = "/r/train.py",
    on: bool = True,
) -> Surroundings:
    """The surroundings of a script at the root of a repository."""
    values: dict[str, Value] = {"disable_job_creation": False} if on else {}
    values |= given or {}
    settings = Settings({k: Given(v, f"WANDB_{k.upper()}") for k, v in values.items()})
    repository: Repository | NoRepository = NoRepository("/r is not in a git repository")
    if remote is not None:
        repository = Repository("/r", commit, {"origin": remote})
    return Surroundings(
        version,
        Program(path, "/r", exists=not path.startswith("-m")),
        Interpreter("3.11.7"),
        settings,
        repository,
        repository,
        code,
    )


def found(where: Surroundings, beside: Found | None = None) -> tuple[Problem, ...]:
    return problems_of(where, predict(where), beside)


def codes(where: Surroundings, beside: Found | None = None) -> list[str]:
    """The codes of the problems, less what the newest wandb always gets wrong."""
    every = [problem.code for problem in found(where, beside)]
    return [code for code in every if code != "bad-entrypoint"]


# -- no job, and why


@pytest.mark.parametrize(
    ("where", "code"),
    [
        (around(remote=None), "no-repository"),
        (around(commit=None), "no-commit"),
        (around({"git_remote": "upstream"}), "no-remote"),
        (around(remote="https://h:x/r"), "remote-unreadable"),
        (around({"disable_git": True}), "git-disabled"),
        (around({"git_remote_url": REMOTE}), "no-commit"),
        (around(path="-m pkg.mod"), "module"),
        (around(path="/elsewhere/train.py"), "outside"),
        (around({"mode": "offline"}), "offline"),
        (around({"disable_meta": True}), "killed"),
        (around({"disable_machine_info": True}), "killed"),
        (around({"save_requirements": False}), "killed"),
        (around({"job_source": "artifact"}), "no-code"),
        (around({"job_source": "image"}), "no-image"),
        (around({"job_source": Unknown("x")}), "unknown"),
        (around(version=(0, 13, 7)), "too-old"),
        (around({"docker": "a:1/b:2"}, remote=None, version=(0, 15, 12)), "crash"),
        (around({"job_name": "a b"}, version=(0, 16, 6)), "crash"),
        (around({"disable_code": True}, version=(0, 16, 6)), "code-disabled"),
        (around(remote=None, code=(replace(CODE, name=""),)), "code-raises"),
    ],
)
def test_there_is_no_job(where: Surroundings, code: str) -> None:
    (problem,) = found(where)
    assert problem.code == code
    assert problem.message


def test_another_remote_is_pointed_at() -> None:
    where = around()
    repository = Repository("/r", "c" * 40, {"upstream": REMOTE})
    where = replace(where, repository=repository, recorded_repository=repository)
    (problem,) = found(where)
    assert "there is upstream: set git_remote" in problem.message


def test_settings_that_no_wandb_takes() -> None:
    where = around()
    where = replace(where, settings=replace(where.settings, troubles=("that is wrong",)))
    (problem,) = found(where)
    assert problem == Problem("init-raises", "wandb.init raises: that is wrong")


# -- no job is made


def test_a_clean_job_has_no_problem() -> None:
    assert codes(around()) == []
    assert found(around(version=(0, 18, 7))) == ()


def test_since_0_19_nobody_makes_a_job_unasked() -> None:
    assert codes(around(on=False)) == ["not-created"]
    assert codes(around(on=False, version=(0, 18, 7))) == []
    (problem, *_) = found(around(on=False))
    assert "job-https___github.com_acme_repo.git_ for any script" in problem.message


def test_the_user_has_switched_it_off() -> None:
    assert codes(around({"disable_job_creation": True})) == ["creation-off"]
    assert codes(around({"disable_job_creation": True}, version=(0, 16, 6))) == [
        "creation-off"
    ]


def test_whether_it_is_on_only_the_script_knows() -> None:
    assert codes(around({"disable_job_creation": Unknown("off")})) == []


def test_an_entrypoint_that_no_shell_can_start() -> None:
    assert [p.code for p in found(around())] == ["bad-entrypoint"]
    image = around({"docker": "reg.io/a:v1"}, remote=None)
    assert found(image) == ()


# -- the name


@pytest.mark.parametrize(
    ("given", "problems"),
    [
        ({"job_name": "fine"}, []),
        ({"job_name": "not fine"}, ["name-invalid"]),
        ({"job_name": "n" * 129}, ["name-invalid"]),
        ({"job_name": ""}, ["name-invalid"]),
        ({"job_name": Unknown("x")}, ["name-unknown"]),
    ],
)
def test_a_name_of_the_users_own(given: dict[str, Value], problems: list[str]) -> None:
    assert codes(around(given)) == problems


def test_a_name_that_is_cut() -> None:
    assert codes(around(remote=f"https://h/{'x' * 140}")) == ["name-cut"]
    assert codes(around(remote=f"https://h/{'x' * 140}", version=(0, 13, 8))) == []
    assert codes(around(remote=f"https://h/{'x' * 90}")) == []


def test_a_credential_in_the_name_is_not_said() -> None:
    (problem, *_) = [
        p for p in found(around(remote="https://u:hunter2@h/r")) if "cred" in p.code
    ]
    assert problem.code == "credential-in-name"
    assert "hunter2" not in problem.message
    assert codes(around(remote="https://hunter2@h/r")) == ["credential-in-remote"]


def test_the_project_in_the_name() -> None:
    where = around(remote=None, code=(CODE,))
    (problem,) = [p for p in found(where) if p.code == "project-in-name"]
    assert problem.line == 7
    assert codes(around(remote=None, code=(replace(CODE, name="n"),))) == []
    assert codes(around({"job_name": "j"}, remote=None, code=(CODE,))) == []


def test_a_name_that_only_the_script_knows() -> None:
    where = around({"project": Unknown("cfg.p")}, remote=None, code=(CODE,))
    job = predict(where).job
    assert job is not None
    assert (job.name, job.shown) == (None, "job-source-{cfg.p}-train.py")
    assert "name-unknown" in codes(where)


def test_scripts_that_share_a_job() -> None:
    scripts = {
        path: predict(around(path=f"/r/{path}")) for path in ("a/b.py", "a_b.py", "c.py")
    }
    scripts["none.py"] = predict(around(remote=None))
    assert colliding(scripts) == (("a/b.py", "a_b.py"),)


# -- the source


def test_a_source_in_the_shadow_of_another() -> None:
    assert codes(around(code=(CODE,))) == ["source-shadowed"]
    assert codes(around({"docker": "reg.io/i:1"})) == ["source-shadowed"]
    assert codes(around({"job_source": "repo"}, code=(CODE,))) == []
    both = around({"docker": "reg.io/i:1"}, remote=None, code=(replace(CODE, name="n"),))
    assert codes(both) == ["source-shadowed"]


@pytest.mark.parametrize(
    ("image", "problems"),
    [
        ("reg.io/acme/img:v1", []),
        ("acme/img:v1", ["image-without-registry"]),
        ("reg.io/acme/img", ["image-without-tag"]),
        ("reg.io/img@sha256:" + "0" * 64, ["image-by-digest"]),
        ("My Image", ["image-invalid"]),
    ],
)
def test_an_image(image: str, problems: list[str]) -> None:
    assert [problem.code for problem in image_problems(image)] == problems


@pytest.mark.parametrize(
    ("remote", "problems"),
    [
        ("git@github.com:acme/repo.git", []),
        ("ssh://git@github.com/acme/repo.git", []),
        ("http://github.com/acme/repo.git", ["remote-not-accepted"]),
        ("/srv/git/repo.git", ["remote-not-accepted"]),
        ("gh:acme/repo", ["remote-not-accepted"]),
    ],
)
def test_a_remote_that_agents_accept(remote: str, problems: list[str]) -> None:
    assert codes(around(remote=remote)) == problems


@pytest.mark.parametrize(
    ("state", "problems"),
    [
        (State((), True, committed=True), []),
        (State((), None), []),
        (State(("train.py",), True), ["dirty"]),
        (State((), False), ["not-pushed"]),
        (State((), True, committed=False), ["not-committed"]),
    ],
)
def test_what_the_job_would_not_have(state: State, problems: list[str]) -> None:
    assert codes(around(), Found(state)) == problems


# -- logged code


def logged(code: LoggedCode) -> list[str]:
    return codes(around(remote=None, code=(replace(code, name="n"),)))


def test_logged_code_is_fine() -> None:
    assert logged(CODE) == []


def test_code_under_a_condition() -> None:
    assert logged(replace(CODE, guarded=True)) == ["code-guarded"]


def test_code_of_another_folder_than_the_runs() -> None:
    assert logged(replace(CODE, root="src")) == ["code-root"]
    assert logged(replace(CODE, root="/r")) == []
    assert logged(replace(CODE, root="./")) == []


def test_code_without_its_requirements() -> None:
    own = replace(CODE, include='lambda path: path.endswith(".py")')
    assert logged(own) == ["requirements-left-out"]
    old = around(remote=None, version=(0, 17, 9), code=(replace(CODE, name="n"),))
    assert codes(old) == ["requirements-left-out"]


def test_files_that_are_left_out() -> None:
    names = ("train.py", "conf/a.yaml", "requirements.txt", "Dockerfile.wandb")
    assert left_out(CODE, names, NEWEST) == ("conf/a.yaml",)
    assert left_out(CODE, names, (0, 13, 8)) == names[1:]
    assert not is_left_out(replace(CODE, include="chosen"), "conf/a.yaml", NEWEST)


@pytest.mark.parametrize(
    ("function", "path", "says"),
    [
        ("lambda path: path.endswith('.py')", "a.py", True),
        ("lambda path: path.endswith('.py')", "a.txt", False),
        ("lambda p: p.endswith(('.py', '.txt'))", "a.txt", True),
        ("lambda p, root: p.endswith('.py') or 'conf' in p", "conf/a.yaml", True),
        ("lambda p: p.endswith('.py') and 'test' not in p", "test_a.py", False),
        ("lambda p: not p.endswith('.csv')", "a.csv", False),
        ("lambda p: True", "a", True),
        ("lambda p: f(p) or p.endswith('.py')", "a.py", True),
        ("lambda p: f(p) or p.endswith('.py')", "a.txt", None),
        ("lambda p: p.startswith('src')", "src/a", None),
        ("chosen", "a.py", None),
        ("lambda: True", "a", None),
        ("lambda p: p.endswith(ENDS)", "a", None),
        ("lambda p: (", "a", None),
    ],
)
def test_what_a_function_includes(function: str, path: str, says: bool | None) -> None:
    assert includes(function, path) is says


def test_the_files_that_are_gone_over(tmp_path: Path) -> None:
    for name in ("wandb/x.py", "deep/er/t.py", "deep/wandb/y.py", "a.txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("")
    found = [path.relative_to(tmp_path).as_posix() for path in files_below(tmp_path)]
    assert found == ["a.txt", "deep/er/t.py", "deep/wandb/y.py"]


@pytest.mark.parametrize(
    ("name", "version", "yes"),
    [
        ("a.py", (0, 13, 8), True),
        ("Dockerfile.wandb", (0, 15, 9), False),
        ("Dockerfile.wandb", (0, 15, 10), True),
        ("requirements.txt", (0, 18, 0), False),
        ("requirements.txt", (0, 18, 1), True),
        ("requirements-dev.txt", NEWEST, False),
        ("conf.yaml", NEWEST, False),
    ],
)
def test_what_is_logged_by_default(name: str, version: Version, yes: bool) -> None:
    assert is_logged(name, version) == yes


# -- requirements

POETRY = "[tool.poetry.dependencies]\n"  # which no agent reads


@pytest.mark.parametrize(
    ("files", "problems"),
    [
        ({}, ["no-requirements"]),
        ({"requirements.txt": "wandb\ntorch\n"}, []),
        ({"requirements.txt": "torch\n"}, ["wandb-not-required"]),
        ({"requirements.txt": "-r base.txt\n"}, []),
        ({"requirements.txt": "wandb==0.12.21\n"}, ["wandb-too-old"]),
        ({"requirements.txt": "wandb\n-e .\n"}, ["local-requirement"]),
        ({"requirements.txt": "wandb\nx @ file:///x\n"}, ["local-requirement"]),
        ({"requirements.txt": "wandb\ntorch==2.1.0+cu118\n"}, ["local-requirement"]),
        ({"requirements.txt": "wandb\nx @ https://host/x.whl\n"}, []),
        ({"pyproject.toml": "[project]\ndependencies = ['wandb']\n"}, []),
        ({"pyproject.toml": "[project]\ndependencies = []\n"}, ["wandb-not-required"]),
        ({"pyproject.toml": "[tool.x]\n"}, ["no-requirements"]),
        ({"pyproject.toml": POETRY + "wandb = '^0.18'\n"}, ["no-requirements"]),
        ({"pyproject.toml": POETRY + "wandb = '^0.12.7'\n"}, ["wandb-too-old"]),
    ],
)
def test_requirements(tmp_path: Path, files: dict[str, str], problems: list[str]) -> None:
    (tmp_path / ".git").mkdir()
    for name, text in files.items():
        (tmp_path / name).write_text(text)
    read = read_requirements(tmp_path)
    assert [problem.code for problem in requirements_problems(read)] == problems


def test_requirements_are_asked_of_code_not_of_images() -> None:
    none = Found(requirements=Requirements(None))
    assert codes(around(), none) == ["no-requirements"]
    assert codes(around({"docker": "reg.io/a:v1"}, remote=None), none) == []
