"""The backend as a server on the loopback interface, with a beginning and an end."""

from __future__ import annotations

import contextlib
import os
import socket
import socketserver
import threading
import time
from types import TracebackType
from typing import Any

from pytest_jobready.backend.requests import Handler
from pytest_jobready.backend.store import Store, jobs_of
from pytest_jobready.backend.values import Artifact, Job, Run

LOOPBACK = "127.0.0.1"
PATIENCE = 5.0  # seconds that a thread has to end


class Backend:
    """A W&B for as many runs as like, from ``with`` to its end.

    ``url`` is what a run gets as WANDB_BASE_URL. At the end the port is free, and no
    thread and no connection is left.
    """

    def __init__(self) -> None:
        self._store = Store()
        self._server = _Server(self._store)
        self._thread = threading.Thread(
            target=self._server.serve_forever,
            kwargs={"poll_interval": 0.02},
            name="jobready-backend",
            daemon=True,
        )
        self.url = self._server.url

    def start(self) -> Backend:
        """Begin to answer."""
        self._thread.start()
        return self

    def stop(self) -> None:
        """End all connections and threads, and free the port; again does nothing."""
        if self._thread.is_alive():
            self._server.shutdown()
            self._thread.join(PATIENCE)
        self._server.server_close()

    def __enter__(self) -> Backend:
        return self.start()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    @property
    def environment(self) -> dict[str, str]:
        """The variables by which a process of one's own reaches this W&B."""
        return {
            "WANDB_API_KEY": "0" * 40,
            "WANDB_BASE_URL": self.url,
            "WANDB_ERROR_REPORTING": "false",
            "WANDB_MODE": "online",
            "NO_PROXY": f"{LOOPBACK},localhost",
            "no_proxy": f"{LOOPBACK},localhost",
        }

    @property
    def runs(self) -> tuple[Run, ...]:
        """The runs in the order in which they started."""
        return self._store.runs()

    @property
    def artifacts(self) -> tuple[Artifact, ...]:
        """The artifacts, jobs included, in the order in which they were made."""
        return self._store.artifacts()

    @property
    def jobs(self) -> tuple[Job, ...]:
        """The jobs in the order in which they were made."""
        return jobs_of(self._store.artifacts())

    @property
    def unanswered(self) -> tuple[str, ...]:
        """Fields that an SDK asked for and the backend doesn't know; they were null."""
        return self._store.unanswered()


class _Server(socketserver.TCPServer):
    """One thread a connection, all of which end with the server."""

    request_queue_size = 64
    # So that the port is free at once; elsewhere it would let others in beside us.
    allow_reuse_address = os.name == "posix"

    def __init__(self, store: Store) -> None:
        self.store = store
        self._lock = threading.Lock()
        self._open: dict[socket.socket, threading.Thread] = {}
        super().__init__((LOOPBACK, 0), Handler)
        self.url = f"http://{LOOPBACK}:{self.server_address[1]}"

    def process_request(self, request: Any, client_address: Any) -> None:
        thread = threading.Thread(
            target=self._serve,
            args=(request, client_address),
            name="jobready-backend-connection",
            daemon=True,
        )
        with self._lock:
            # One that has ended goes here: until it has, the end must wait for it.
            self._open = {r: t for r, t in self._open.items() if t.is_alive()}
            self._open[request] = thread
            thread.start()

    def _serve(self, request: socket.socket, client_address: Any) -> None:
        try:
            self.finish_request(request, client_address)
        except Exception as error:
            self._note(error)
        finally:
            self.shutdown_request(request)

    def _note(self, error: Exception) -> None:
        """Write down what went wrong here; that a client goes away is its own affair."""
        if not isinstance(error, OSError):
            self.store.leave_unanswered(f"{type(error).__name__}: {error}")

    def server_close(self) -> None:
        super().server_close()
        deadline = time.monotonic() + PATIENCE
        with self._lock:
            still = dict(self._open)
        for connection, thread in still.items():
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)
            thread.join(max(0.0, deadline - time.monotonic()))
