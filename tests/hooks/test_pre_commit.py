"""The hooks as they are published: pre-commit installs and runs them.

It installs jobready and what that needs into an environment of its own, with pip.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.calling import CLEAN, CLEAN_AFTER, REFUSED

pytestmark = pytest.mark.hooks
ROOT = Path(__file__).parents[2]
OFFLINE = b'import wandb\n\nwandb.init(mode="offline")\n'


def git(folder: Path, *arguments: str) -> str:
    settings = ("-c", "user.name=a", "-c", "user.email=a@b.c", "-c", "commit.gpgsign=no")
    ran = subprocess.run(
        ["git", *settings, *arguments],
        cwd=folder,
        capture_output=True,
        text=True,
        check=True,
    )
    return ran.stdout


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository that holds what this one does, changes that wait for a commit too."""
    folder = tmp_path_factory.mktemp("published")
    listed = git(ROOT, "ls-files", "-z", "--cached", "--others", "--exclude-standard")
    for name in filter(None, listed.split("\0")):
        if (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, folder / name)
    git(folder, "init", "--quiet")
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", "all")
    return folder


@pytest.fixture(scope="session")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where pre-commit keeps its environments, one for all tests."""
    return tmp_path_factory.mktemp("cache")


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A user's repository."""
    git(tmp_path, "init", "--quiet")
    return tmp_path


def run_hook(
    published: Path, cache: Path, repository: Path, hook: str
) -> subprocess.CompletedProcess[str]:
    """What pre-commit says of the files that are staged."""
    git(repository, "add", "--all")
    return subprocess.run(
        [sys.executable, "-m", "pre_commit", "try-repo", published, hook, "--all-files"],
        cwd=repository,
        env={**os.environ, "PRE_COMMIT_HOME": str(cache), "NO_COLOR": "1"},
        capture_output=True,
        text=True,
        check=False,
    )


def test_check_fails_by_its_findings(
    published: Path, cache: Path, repository: Path
) -> None:
    (repository / "train.py").write_bytes(CLEAN)
    (repository / "clean.py").write_bytes(CLEAN_AFTER)
    ran = run_hook(published, cache, repository, "jobready-check")
    assert ran.returncode == 1, ran.stdout + ran.stderr
    assert "train.py:7:8: JR101 " in ran.stdout
    assert "clean.py:" not in ran.stdout
    assert (repository / "train.py").read_bytes() == CLEAN


def test_check_passes_where_there_is_nothing(
    published: Path, cache: Path, repository: Path
) -> None:
    (repository / "train.py").write_bytes(CLEAN_AFTER)
    (repository / "legacy").mkdir()
    (repository / "legacy" / "old.py").write_bytes(OFFLINE)
    (repository / "pyproject.toml").write_text('[tool.jobready]\nexclude = ["legacy/"]\n')
    ran = run_hook(published, cache, repository, "jobready-check")
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert "Passed" in ran.stdout


def test_migrate_rewrites_and_does_not_block_a_refusal(
    published: Path, cache: Path, repository: Path
) -> None:
    (repository / "train.py").write_bytes(CLEAN)
    (repository / "refused.py").write_bytes(REFUSED)
    ran = run_hook(published, cache, repository, "jobready-migrate")
    assert ran.returncode == 1, ran.stdout + ran.stderr
    assert "files were modified by this hook" in ran.stdout
    assert "refused.py: refused: " in ran.stdout
    assert (repository / "train.py").read_bytes() == CLEAN_AFTER
    again = run_hook(published, cache, repository, "jobready-migrate")
    assert again.returncode == 0, again.stdout + again.stderr
    assert "refused.py: refused: " in again.stdout
    assert "looked at" not in again.stdout


def test_migrate_says_nothing_where_there_is_nothing(
    published: Path, cache: Path, repository: Path
) -> None:
    (repository / "train.py").write_bytes(CLEAN_AFTER)
    ran = run_hook(published, cache, repository, "jobready-migrate")
    assert ran.returncode == 0, ran.stdout + ran.stderr
    said = ran.stdout.partition("Passed\n")[2].splitlines()
    assert all(line.startswith("- ") for line in said), said  # pre-commit's own
