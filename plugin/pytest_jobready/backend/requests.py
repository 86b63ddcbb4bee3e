"""HTTP: which path goes to what part of the backend."""

from __future__ import annotations

import gzip
import json
import zlib
from http.server import BaseHTTPRequestHandler
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

from pytest_jobready.backend.answers import answer

if TYPE_CHECKING:
    from pytest_jobready.backend.store import Store


class Handler(BaseHTTPRequestHandler):
    """Answers the requests of one connection."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = -1  # status, headers and body in one packet

    def do_GET(self) -> None:
        """Health checks, and manifests that an SDK reads back."""
        self._read()
        match self._parts():
            case ["artifact-manifests", key, _]:
                artifact = self._store.find_artifact(key)
                found = artifact.manifest if artifact else None
                self._send(found or b"", status=404 if found is None else 200)
            case _:
                self._send_json({})

    def do_POST(self) -> None:
        """GraphQL, and the stream of a run's history and end."""
        body = self._read()
        match self._parts():
            case ["graphql"]:
                self._send_json(answer(_json(body), self._store, self._url))
            case ["files", entity, project, run, "file_stream"]:
                record, _ = self._store.upsert_run(entity, project, run)
                self._store.stream(record, _json(body))
                self._send_json({})
            case _:
                self._send_json({})

    def do_PUT(self) -> None:
        """Uploads, to the places that the API named."""
        body = self._read()
        match self._parts():
            case ["run-files", entity, project, run, *name]:
                record, _ = self._store.upsert_run(entity, project, run)
                self._store.put_run_file(record, "/".join(name), body)
            case ["artifact-files", key, *name]:
                artifact = self._store.find_artifact(key)
                if artifact is not None:
                    self._store.put_artifact_file(artifact, "/".join(name), body)
            case ["artifact-manifests", key, _]:
                artifact = self._store.find_artifact(key)
                if artifact is not None:
                    self._store.put_manifest(artifact, body)
            case _:
                pass
        self._send(b"")

    @property
    def _store(self) -> Store:
        store: Store = self.server.store  # type: ignore[attr-defined]
        return store

    @property
    def _url(self) -> str:
        url: str = self.server.url  # type: ignore[attr-defined]
        return url

    def _parts(self) -> list[str]:
        return [unquote(p) for p in urlsplit(self.path).path.strip("/").split("/")]

    def _read(self) -> bytes:
        """The whole body, which must be read before the next request can be."""
        if self.headers.get("Transfer-Encoding", "").lower() == "chunked":
            body = b"".join(self._chunks())
        else:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        encoding = self.headers.get("Content-Encoding", "")
        if encoding == "gzip":
            return gzip.decompress(body)
        return zlib.decompress(body) if encoding == "deflate" else body

    def _chunks(self) -> Any:
        while size := int(self.rfile.readline().split(b";")[0], 16):
            yield self.rfile.read(size)
            self.rfile.readline()
        while self.rfile.readline().strip():
            pass  # trailers

    def _send_json(self, value: object) -> None:
        self._send(json.dumps(value).encode())

    def _send(self, body: bytes, status: int = 200) -> None:
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        """Write nothing: the terminal is pytest's."""


def _json(body: bytes) -> dict[str, Any]:
    try:
        found = json.loads(body)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}
