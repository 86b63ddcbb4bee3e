"""Takes with the SDKs of other years, each in an environment of its own."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from pytest_jobready.rehearsal import Take, run
from tests.jobs.sdk import python_with
from tests.plugin.rehearsal.repository import TRAIN, rehearsed, repository
from tests.plugin.rehearsal.test_loopback import SIGHT, WAYS

pytestmark = pytest.mark.versions
OLDER = ["0.16.6", "0.18.7", "0.22.3"]


@pytest.fixture(scope="module", params=OLDER)
def python(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The Python that has this wandb."""
    if sys.version_info >= (3, 12):
        pytest.skip(f"wandb {request.param} knows no Python as new as this one")
    return python_with(request.param, tmp_path_factory.mktemp("sdk") / "venv")


def test_a_plain_run_and_a_launch(python: str, tmp_path: Path) -> None:
    root = repository(tmp_path / "shop", {"src/train.py": TRAIN})
    script = root / "src" / "train.py"
    plain = run(Take(script, python=python, args=("--lr", "0.2")))
    assert (plain.ended, plain.exit_code) == ("stopped", 0), plain.output
    assert plain.stdout == f"from {root} with ['--lr', '0.2']\n"
    recorded = {"lr": 0.2, "out": str(root / "src" / "out")}
    assert plain.config == recorded
    assert plain.job is not None
    assert plain.job.name == "job-https___github.com_acme_repo.git_src_train.py"
    assert (plain.job.source_type, plain.job.entrypoint[-1]) == ("repo", "src/train.py")
    assert sorted(plain.job.inputs) == ["lr", "out"]
    assert (plain.started[0].mode, plain.started[0].line) == ("online", 13)
    launched = run(Take(script, python=python, config=recorded | {"lr": 0.5}))
    assert launched.config == recorded | {"lr": 0.5}
    stale = [(r.line, r.value, r.source) for r in launched.reads_of("lr") if r.value != 0.5]
    assert stale == [(12, 0.1, "namespace")]
    by_file = run(Take(script, python=python, config={"lr": 0.25}, config_by="file"))
    assert 0.25 in [r.value for r in by_file.reads_of("lr")]


@pytest.mark.parametrize("way", WAYS)
def test_a_script_that_names_another_server(way: str, python: str, tmp_path: Path) -> None:
    found = rehearsed(tmp_path, f"import wandb\n{WAYS[way]}\n", python=python)
    assert found.ended == "refused", found.output
    assert (found.refusal or "").startswith(way)
    assert found.runs == ()


def test_the_users_own_wandb(
    python: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "sentinel"
    (home / ".config/wandb").mkdir(parents=True)
    for name in (".netrc", ".config/wandb/settings"):
        (home / name).write_text("machine 127.0.0.1 login user password " + "d" * 40)
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("WANDB_API_KEY", "d" * 40)
    found = rehearsed(tmp_path, SIGHT, python=python)
    assert found.stdout.splitlines()[0] == f"[] {'0' * 40} online entity", found.output
