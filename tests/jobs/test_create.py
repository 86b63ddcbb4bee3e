"""``wandb job create``, the other road to a job, and the names that it gives."""

from __future__ import annotations

import functools
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from jobready.jobs.create import created
from jobready.jobs.versions import NEWEST
from pytest_jobready.backend import Backend, Job
from tests.jobs.case import HTTPS, git
from tests.jobs.sdk import environment_of, reaching


class Silent(SimpleHTTPRequestHandler):
    """Serves the files of a folder."""

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, str]]:
    """A checkout, and the address at which git finds its repository."""
    base = tmp_path_factory.mktemp("served")
    root = base / "repo"
    (root / "src").mkdir(parents=True)
    (root / "src" / "encoder.py").write_text("print('hello')\n")
    (root / "requirements.txt").write_text("wandb\n")
    git(root, "init", "-q", "-b", "main")
    git(root, "add", ".")
    git(root, "commit", "-qm", "first")
    bare = base / "host" / "acme" / "repo.git"
    git(base, "clone", "-q", "--bare", str(root), str(bare))
    git(bare, "update-server-info")
    handler = functools.partial(Silent, directory=str(base / "host"))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield root, f"http://127.0.0.1:{server.server_address[1]}/"
        server.shutdown()
        thread.join()


def create(served: tuple[Path, str], home: Path, *words: str) -> Job | None:
    """The job of a real ``wandb job create``."""
    root, host = served
    home.mkdir(exist_ok=True)
    hosts = {"https://github.com/": host, "git@github.com:": host}
    config = {
        f"GIT_CONFIG_{kind}_{n}": value
        for n, (real, fake) in enumerate(hosts.items())
        for kind, value in (("KEY", f"url.{fake}.insteadOf"), ("VALUE", real))
    }
    with Backend() as backend:
        subprocess.run(
            [
                str(Path(sys.executable).with_name("wandb")),
                *("job", "create", "-p", "proj", "-e", "entity"),
                *words,
            ],
            cwd=root,
            env={
                **environment_of(home, {}),
                **reaching(backend),
                **config,
                "GIT_CONFIG_COUNT": str(len(hosts)),
            },
            capture_output=True,
            check=False,
        )
        return backend.jobs[-1] if backend.jobs else None


ENTRY = ("-E", "python src/encoder.py")
# Each as a command line: the kind, the path, and what else.
CASES = {
    "git": (*ENTRY, "git", HTTPS),
    "code": (*ENTRY, "code", "."),
    "image": ("image", "localhost:5000/acme/img:5000"),
}
MORE = {
    "git-ssh": (*ENTRY, "git", "git@github.com:acme/repo.git"),
    "git-named": (*ENTRY, "-n", "my-job", "git", HTTPS),
    "code-folder": ("-E", "python encoder.py", "code", "src"),
    "code-named": (*ENTRY, "-n", "my-job", "code", "."),
    "image-latest": ("image", "acme/img:latest"),
    "image-digest": ("image", "acme/img@sha256:" + "0" * 64),
    "image-named": ("-n", "my.job", "image", "acme/img:v1"),
    "invalid-name": ("-n", "my job", "image", "acme/img:v1"),
    "no-url": (*ENTRY, "git", "/srv/code"),
}


def check(words: tuple[str, ...], served: tuple[Path, str], home: Path) -> None:
    name = words[words.index("-n") + 1] if "-n" in words else None
    entry = words[words.index("-E") + 1] if "-E" in words else None
    kind: Any = words[-2]
    expected = created(kind, words[-1], entry, NEWEST, name)
    job = create(served, home, *words)
    assert expected.name == (job.name if job else None)
    assert (expected.refusal is None) == (job is not None)
    if job is not None:
        assert set(expected.aliases) == set(job.aliases)


@pytest.mark.parametrize("case", CASES)
def test_the_command_names_as_predicted(
    case: str, served: tuple[Path, str], tmp_path: Path
) -> None:
    check(CASES[case], served, tmp_path / "home")


@pytest.mark.jobs_sdk
@pytest.mark.parametrize("case", MORE)
def test_the_command_names_as_predicted_in_every_case(
    case: str, served: tuple[Path, str], tmp_path: Path
) -> None:
    check(MORE[case], served, tmp_path / "home")


def test_a_repositorys_job_has_no_path_in_its_name_any_more() -> None:
    """All scripts of a repository are versions of one job, unless they get ``-n``."""
    remote = "job-https___github.com_acme_repo.git_"
    assert created("git", HTTPS, "python src/a.py", NEWEST).name == remote
    assert created("git", HTTPS, "python src/a.py", (0, 17, 0)).name == remote
    assert created("git", HTTPS, "python src/a.py", (0, 16, 6)).name == f"{remote}src_a.py"


def test_code_in_a_path_becomes_job() -> None:
    assert created("code", ".", "python src/encoder.py", NEWEST).name == "job-src_enjobr.py"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("git", HTTPS, None, NEWEST), "needs an entrypoint"),
        (("git", "/srv/code", "python a.py", NEWEST), "must be the URL"),
        (("image", "img", None, (0, 15, 7)), "has no `wandb job create`"),
        (("image", "a:1/b:2", None, (0, 15, 12)), "two colons"),
        (("git", HTTPS, "python", (0, 16, 6)), "starts no file"),
        (("code", "x" * 140, "python a.py", NEWEST), "more than 128"),
        (("image", "img", None, NEWEST, "my job"), "my_job is"),
    ],
)
def test_what_the_command_refuses(arguments: tuple[Any, ...], said: str) -> None:
    found = created(*arguments)
    assert found.name is None
    assert said in str(found.refusal)


def test_a_credential_is_not_in_the_repr() -> None:
    found = created("git", "https://u:hunter2@github.com/r.git", "python a.py", NEWEST)
    assert "hunter2" in str(found.name)
    assert "hunter2" not in repr(found)
