"""Prints what the loopback W&B costs a run: beside the barest server there can be.

    python scripts/benchmark_backend.py

Medians of the wall time of an online run of the installed wandb, job upload included: with
the backend, with a server of raw sockets that gives the same answers and looks at nothing
else, and offline. The runs take turns, so that a busy machine is busy for all of them.
"""

from __future__ import annotations

import json
import os
import re
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

from pytest_jobready.backend import Backend
from pytest_jobready.backend.answers import answer
from pytest_jobready.backend.store import Store

RUNS = 15
SCRIPT = """\
import wandb

with wandb.init(project="p", config={"lr": 0.1}) as run:
    run.log({"loss": 1.5})
"""
LENGTH = re.compile(rb"(?i)content-length: (\d+)")


class Barest:
    """A server that reads a length, answers, and keeps nothing but what it must."""

    def __init__(self) -> None:
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self.socket.getsockname()[1]}"
        self.store = Store()
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self) -> None:
        """Take connections until the program ends."""
        while True:
            connection, _ = self.socket.accept()
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            threading.Thread(target=self.serve, args=(connection,), daemon=True).start()

    def serve(self, connection: socket.socket) -> None:
        """Answer the requests of one connection."""
        data = b""
        while True:
            while b"\r\n\r\n" not in data:
                if not (more := connection.recv(65536)):
                    return
                data += more
            head, _, data = data.partition(b"\r\n\r\n")
            found = LENGTH.search(head)
            length = int(found[1]) if found else 0
            while len(data) < length:
                data += connection.recv(65536)
            body, data = data[:length], data[length:]
            said = b"{}"
            if head.startswith(b"POST /graphql"):
                said = json.dumps(answer(json.loads(body), self.store, self.url)).encode()
            start = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
            connection.sendall(start + b"Content-Length: %d\r\n\r\n" % len(said) + said)


def run(folder: Path, url: str, mode: str) -> float:
    """The wall time of one run, in milliseconds."""
    environment = {
        **{k: v for k, v in os.environ.items() if not k.startswith("WANDB")},
        "HOME": str(folder),
        "WANDB_API_KEY": "0" * 40,
        "WANDB_BASE_URL": url,
        "WANDB_CONSOLE": "off",
        "WANDB_DISABLE_JOB_CREATION": "false",
        "WANDB_ERROR_REPORTING": "false",
        "WANDB_GIT_COMMIT": "c" * 40,
        "WANDB_GIT_REMOTE_URL": "https://github.com/acme/repo.git",
        "WANDB_MODE": mode,
        "WANDB_SILENT": "true",
    }
    start = time.perf_counter()
    subprocess.run([sys.executable, "train.py"], cwd=folder, env=environment, check=True)
    return 1000 * (time.perf_counter() - start)


def main() -> None:
    """Measure and print."""
    barest = Barest()
    taken: dict[str, list[float]] = {"backend": [], "barest server": [], "offline": []}
    with tempfile.TemporaryDirectory() as name, Backend() as backend:
        folder = Path(name)
        (folder / "train.py").write_text(SCRIPT)
        run(folder, backend.url, "online")
        for _ in range(RUNS):
            taken["backend"].append(run(folder, backend.url, "online"))
            taken["barest server"].append(run(folder, barest.url, "online"))
            taken["offline"].append(run(folder, backend.url, "offline"))
        if len(backend.jobs) != RUNS + 1:
            raise SystemExit("not every run has made its job")
    for name, times in taken.items():
        print(f"{name:16}{statistics.median(times):8.0f} ms  (at best {min(times):.0f})")
    ratio = statistics.median(taken["backend"]) / statistics.median(taken["barest server"])
    print(f"backend / barest server: {ratio:.2f}")


if __name__ == "__main__":
    main()
