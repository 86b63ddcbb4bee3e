"""Real runs of the installed SDK, online against the backend."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from pytest_jobready.backend import Backend
from tests.jobs.sdk import environment_of, reaching

SCRIPT = """\
import sys
import wandb

run = wandb.init(project="proj", name=f"run {sys.argv[1]}", config={"lr": 0.1, "n": 3})
for step in range(3):
    run.log({"loss": step + float(sys.argv[1])})
run.summary["best"] = 0.5
run.log_code()
sys.exit(int(sys.argv[2]))
"""


def start(backend: Backend, folder: Path, *words: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "train.py", *words],
        cwd=folder,
        env={**environment_of(folder, {}), **reaching(backend)},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def test_two_runs_at_once(tmp_path: Path) -> None:
    (tmp_path / "train.py").write_text(SCRIPT)
    with Backend() as backend:
        started = [start(backend, tmp_path, "1", "0"), start(backend, tmp_path, "2", "7")]
        assert [process.wait(60) for process in started] == [0, 7]
        runs = {run.name: run for run in backend.runs}
        artifacts, jobs = backend.artifacts, backend.jobs
        assert backend.unanswered == ()
    assert set(runs) == {"run 1", "run 2"}
    for number, code in ((1, 0), (2, 7)):
        run = runs[f"run {number}"]
        assert (run.entity, run.project, run.exit_code) == ("entity", "proj", code)
        assert run.config == {"lr": 0.1, "n": 3}
        assert run.summary == {"loss": 2 + number, "best": 0.5}
        assert [row["loss"] for row in run.history] == [number, number + 1, number + 2]
        assert {"config.yaml", "requirements.txt", "wandb-metadata.json"} <= set(run.files)
    logged = next(a for a in artifacts if a.type == "code")
    assert logged.committed
    assert logged.files == {"train.py": SCRIPT.encode()}
    assert {job.name for job in jobs} == {"job-source-proj-train.py"}
    assert jobs[0].source["artifact"].startswith("wandb-artifact://_id/")
    types = jobs[0].input_types["params"]["type_map"]
    assert types == {"lr": {"wb_type": "number"}, "n": {"wb_type": "number"}}
