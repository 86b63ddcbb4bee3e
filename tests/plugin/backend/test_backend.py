"""The loopback W&B: what is sent to it is told again, and nothing of it is left."""

from __future__ import annotations

import http.client
import json
import socket
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from urllib.parse import urlsplit

import pytest

from pytest_jobready.backend import Backend, Job


def ask(url: str, query: str, **variables: Any) -> dict[str, Any]:
    """One GraphQL request on a connection of its own."""
    body = json.dumps({"query": query, "variables": variables}).encode()
    answered: dict[str, Any] = json.loads(send(f"{url}/graphql", "POST", body))["data"]
    return answered


def send(url: str, method: str, body: bytes = b"") -> bytes:
    parts = urlsplit(url)
    connection = http.client.HTTPConnection(str(parts.hostname), parts.port, timeout=5)
    try:
        connection.request(method, parts.path, body)
        response = connection.getresponse()
        assert response.status == 200
        return response.read()
    finally:
        connection.close()


def port_of(backend: Backend) -> int:
    return int(backend.url.rpartition(":")[2])


UPSERT = (
    "mutation UpsertBucket($name: String, $project: String, $entity: String, "
    "$config: JSONString) { upsertBucket(input: {name: $name, modelName: $project, "
    "entityName: $entity, config: $config}) { bucket { id name } inserted } }"
)


def log_run(url: str, run: str, lr: float) -> str:
    """What an SDK sends of a short run: its start, its rows, its end."""
    config = json.dumps({"lr": {"value": lr}, "_wandb": {"value": {}}})
    found = ask(url, UPSERT, name=run, project="p", entity="e", config=config)
    stream = {
        "files": {
            "wandb-history.jsonl": {"offset": 0, "content": ['{"loss": 1, "_step": 0}']},
            "wandb-summary.json": {"offset": 0, "content": ['{"loss": 1, "_step": 0}']},
        },
        "complete": True,
        "exitcode": 3,
    }
    send(f"{url}/files/e/p/{run}/file_stream", "POST", json.dumps(stream).encode())
    return str(found["upsertBucket"]["bucket"]["id"])


def test_a_run_is_told_as_it_was_logged() -> None:
    with Backend() as backend:
        log_run(backend.url, "r1", 0.5)
        (run,) = backend.runs
    assert (run.entity, run.project, run.id, run.name) == ("e", "p", "r1", "run-1")
    assert run.config == {"lr": 0.5}
    assert run.history == ({"loss": 1},)
    assert run.summary == {"loss": 1}
    assert run.exit_code == 3


def test_what_is_told_stays_as_it_was() -> None:
    with Backend() as backend:
        ask(backend.url, UPSERT, name="r", project="p", entity="e", config="{}")
        before = backend.runs
        log_run(backend.url, "r", 0.5)
        assert before[0].exit_code is None
        assert before[0].config == {}
        assert backend.runs[0].exit_code == 3


def test_many_runs_at_once_do_not_mix() -> None:
    with Backend() as backend:
        with ThreadPoolExecutor(16) as pool:
            ids = list(pool.map(lambda i: log_run(backend.url, f"r{i}", i), range(64)))
        found = {run.id: run.config["lr"] for run in backend.runs}
    assert found == {f"r{i}": i for i in range(64)}
    assert len(set(ids)) == 64


def test_a_job_is_an_artifact_with_its_document() -> None:
    create = "mutation ($input: I!) { createArtifact(input: $input) { artifact { id } } }"
    files = "mutation ($artifactFiles: [F]!) { createArtifactFiles(input: {}) { files } }"
    commit = "mutation ($artifactID: ID!) { commitArtifact(input: {}) { artifact { id } } }"
    document = {
        "source_type": "repo",
        "source": {"git": {"remote": "x"}, "entrypoint": ["python", "train.py"]},
        "input_types": {"wb_type": "typedDict"},
    }
    given = {
        "entityName": "e",
        "projectName": "p",
        "artifactTypeName": "job",
        "artifactCollectionName": "job-x_train.py",
        "aliases": [{"alias": "v1"}, {"alias": "latest"}],
        "clientID": "c1",
    }
    with Backend() as backend:
        key = ask(backend.url, create, input=given)["createArtifact"]["artifact"]["id"]
        asked = [{"artifactID": key, "name": "wandb-job.json"}]
        found = ask(backend.url, files, artifactFiles=asked)
        (edge,) = found["createArtifactFiles"]["files"]["edges"]
        send(edge["node"]["uploadUrl"], "PUT", json.dumps(document).encode())
        assert not backend.artifacts[0].committed
        ask(backend.url, commit, artifactID=key)
        (artifact,) = backend.artifacts
        (job,) = backend.jobs
    assert artifact.committed
    assert set(artifact.files) == {"wandb-job.json"}
    assert (job.name, job.aliases) == ("job-x_train.py", ("v1", "latest"))
    assert job.source_type == "repo"
    assert job.source["git"] == {"remote": "x"}
    assert job.entrypoint == ("python", "train.py")
    assert job.input_types == {"wb_type": "typedDict"}


def test_a_job_without_a_document_is_empty_but_there() -> None:
    job = Job("e", "p", "job-x", (), None)
    assert (job.source_type, dict(job.source), job.entrypoint) == (None, {}, ())


def test_a_repr_shows_no_remote() -> None:
    secret = "https://user:hunter2@host/r.git"
    document = {"source": {"git": {"remote": secret}}}
    assert "hunter2" not in repr(Job("e", "p", f"job-{secret}", (), None, document))


def test_files_of_a_run_with_a_path() -> None:
    create = "mutation ($files: [String!]!, $entity: S, $project: S, $run: S) {"
    create += " createRunFiles(input: {}) { files { name uploadUrl } } }"
    with Backend() as backend:
        found = ask(
            backend.url, create, files=["a/ä b.txt"], entity="e", project="p/q", run="r"
        )
        (file,) = found["createRunFiles"]["files"]
        send(file["uploadUrl"], "PUT", b"hello")
        (run,) = backend.runs
    assert run.project == "p/q"
    assert run.files == {"a/ä b.txt": b"hello"}


def test_what_nobody_knows_is_null_and_written_down() -> None:
    with Backend() as backend:
        assert ask(backend.url, "{ dreams { id } viewer { id } }")["dreams"] is None
        assert backend.unanswered == ("dreams",)


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"\xff"])
def test_a_body_that_is_no_request(body: bytes) -> None:
    with Backend() as backend:
        assert json.loads(send(f"{backend.url}/graphql", "POST", body)) == {"data": {}}


def test_it_listens_on_the_loopback_interface_only() -> None:
    with Backend() as backend:
        assert backend.url.startswith("http://127.0.0.1:")
        with pytest.raises(ConnectionRefusedError):
            socket.create_connection(("127.0.0.2", port_of(backend)), timeout=1)


def test_the_end_frees_the_port_and_leaves_no_thread() -> None:
    before = set(threading.enumerate())
    backend = Backend().start()
    port = port_of(backend)
    idle = socket.create_connection(("127.0.0.1", port))  # says nothing and stays
    half = socket.create_connection(("127.0.0.1", port))
    half.sendall(b"POST /graphql HTTP/1.1\r\nContent-Length: 10\r\n\r\nhalf")
    log_run(backend.url, "r", 1.0)
    backend.stop()
    assert set(threading.enumerate()) == before
    assert idle.recv(1) == half.recv(1) == b""
    idle.close()
    half.close()
    with socket.socket() as again:
        again.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        again.bind(("127.0.0.1", port))


def test_it_can_end_twice_and_without_a_beginning() -> None:
    backend = Backend().start()
    backend.stop()
    backend.stop()
    Backend().stop()
    assert not [t for t in threading.enumerate() if t.name == "jobready-backend"]


def test_what_it_saw_is_told_after_its_end() -> None:
    with Backend() as backend:
        log_run(backend.url, "r", 1.0)
    assert [run.id for run in backend.runs] == ["r"]


def test_the_backend_needs_no_more_than_the_standard_library_beside_pytest() -> None:
    import subprocess
    import sys

    code = (
        "import sys; import pytest; before = set(sys.modules);"
        "import pytest_jobready.backend;"
        "print(*sorted(m for m in {n.partition('.')[0] for n in set(sys.modules) - before}"
        " if m not in sys.stdlib_module_names and not m.startswith(('_', 'pytest_jobready',"
        " 'sitecustomize'))))"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert ran.stdout.strip() == ""
