"""The state of the backend: what was sent to it, kept under one lock."""

from __future__ import annotations

import base64
import copy
import json
import threading
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from pytest_jobready.backend.values import Artifact, Job, Run


@dataclass
class RunRecord:
    """A run while it is being logged."""

    entity: str
    project: str
    id: str
    name: str
    config: dict[str, Any] = field(default_factory=dict)
    summary: dict[str, Any] = field(default_factory=dict)
    history: list[dict[str, Any]] = field(default_factory=list)
    exit_code: int | None = None
    files: dict[str, bytes] = field(default_factory=dict)

    @property
    def node_id(self) -> str:
        """The id by which W&B's API knows a run."""
        text = f"Run:v1:{self.id}:{self.project}:{self.entity}"
        return base64.b64encode(text.encode()).decode()


@dataclass
class ArtifactRecord:
    """An artifact while it is being made."""

    entity: str
    project: str
    id: str
    type: str
    name: str
    aliases: tuple[str, ...]
    run: str | None
    client_id: str
    version: int
    digest: str
    metadata: Any
    committed: bool = False
    manifest: bytes | None = None
    files: dict[str, bytes] = field(default_factory=dict)


class Store:
    """All runs and artifacts; every method may be called from any thread."""

    def __init__(self) -> None:
        self._lock = threading.RLock()
        self._runs: dict[tuple[str, str, str], RunRecord] = {}
        self._artifacts: dict[str, ArtifactRecord] = {}
        self._unanswered: list[str] = []

    # -- what the backend writes down

    def upsert_run(self, entity: str, project: str, run: str) -> tuple[RunRecord, bool]:
        """The record of a run, and whether it is a new one."""
        with self._lock:
            key = (entity, project, run)
            new = key not in self._runs
            if new:
                name = f"run-{len(self._runs) + 1}"
                self._runs[key] = RunRecord(entity, project, run, name)
            return self._runs[key], new

    def describe_run(self, run: RunRecord, name: str | None, config: str | None) -> None:
        """Take what a run tells of itself.

        ``config`` is as the SDK sends it: ``{"lr": {"desc": …, "value": 0.1}, …}``.
        """
        with self._lock:
            run.name = name or run.name
            if config is not None:
                run.config = _loaded(config)

    def delete_run(self, node_id: str) -> None:
        """Forget a run; `wandb job create` deletes the one it made."""
        with self._lock:
            found = [key for key, run in self._runs.items() if run.node_id == node_id]
            for key in found:
                del self._runs[key]

    def find_run(self, node_id: str) -> RunRecord | None:
        """The run with this node id."""
        with self._lock:
            return next((r for r in self._runs.values() if r.node_id == node_id), None)

    def stream(self, run: RunRecord, sent: dict[str, Any]) -> None:
        """Take what a file stream sends: rows of history, the summary, the exit code."""
        files = sent.get("files") or {}
        rows = [
            _loaded(line)
            for line in (files.get("wandb-history.jsonl") or {}).get("content") or ()
        ]
        lines = (files.get("wandb-summary.json") or {}).get("content") or ()
        with self._lock:
            run.history += [_own(row) for row in rows]
            if lines:
                run.summary = _loaded(lines[-1])
            if sent.get("complete"):
                run.exit_code = int(sent.get("exitcode") or 0)

    def put_run_file(self, run: RunRecord, name: str, data: bytes) -> None:
        """Keep an uploaded file of a run."""
        with self._lock:
            run.files[name] = data

    def create_artifact(self, given: dict[str, Any]) -> ArtifactRecord:
        """A new version of an artifact, from the input of the mutation.

        What has the client id of one that is there is the same: `wandb job create`
        announces a job twice.
        """
        names: list[str] = given.get("artifactCollectionNames") or []
        name = given.get("artifactCollectionName") or next(iter(names), "")
        entity, project = given.get("entityName") or "", given.get("projectName") or ""
        with self._lock:
            again = self.find_artifact(given.get("clientID") or "")
            if again is not None:
                return again
            versions = [
                a
                for a in self._artifacts.values()
                if (a.entity, a.project, a.name) == (entity, project, name)
            ]
            number = len(self._artifacts)
            record = ArtifactRecord(
                entity=entity,
                project=project,
                id=base64.b64encode(f"Artifact:{number}".encode()).decode(),
                type=given.get("artifactTypeName") or "",
                name=name,
                aliases=tuple(a["alias"] for a in given.get("aliases") or ()),
                run=given.get("runName"),
                client_id=given.get("clientID") or "",
                version=len(versions),
                digest=given.get("digest") or "",
                metadata=_loaded(given.get("metadata") or "null"),
            )
            self._artifacts[record.id] = record
            return record

    def find_artifact(self, key: str) -> ArtifactRecord | None:
        """The artifact with this id or client id."""
        with self._lock:
            if key in self._artifacts:
                return self._artifacts[key]
            made = reversed(self._artifacts.values())
            return next((a for a in made if key and a.client_id == key), None)

    def put_artifact_file(self, artifact: ArtifactRecord, name: str, data: bytes) -> None:
        """Keep an uploaded file of an artifact."""
        with self._lock:
            artifact.files[name] = data

    def put_manifest(self, artifact: ArtifactRecord, data: bytes) -> None:
        """Keep the manifest of an artifact."""
        with self._lock:
            artifact.manifest = data

    def commit(self, artifact: ArtifactRecord) -> None:
        """All files of an artifact are there."""
        with self._lock:
            artifact.committed = True

    def leave_unanswered(self, operation: str) -> None:
        """Write down a question that the backend has no answer to."""
        with self._lock:
            self._unanswered.append(operation)

    # -- what it tells

    def runs(self) -> tuple[Run, ...]:
        """The runs in the order in which they started."""
        with self._lock:
            return tuple(
                Run(
                    entity=r.entity,
                    project=r.project,
                    id=r.id,
                    name=r.name,
                    config={
                        key: copy.deepcopy(_value(value))
                        for key, value in r.config.items()
                        if key != "_wandb"
                    },
                    summary=copy.deepcopy(_own(r.summary)),
                    exit_code=r.exit_code,
                    history=tuple(copy.deepcopy(r.history)),
                    files=dict(r.files),
                )
                for r in self._runs.values()
            )

    def artifacts(self) -> tuple[Artifact, ...]:
        """The artifacts in the order in which they were made."""
        with self._lock:
            return tuple(
                Artifact(
                    entity=a.entity,
                    project=a.project,
                    id=a.id,
                    type=a.type,
                    name=a.name,
                    aliases=a.aliases,
                    run=a.run,
                    committed=a.committed,
                    metadata=copy.deepcopy(a.metadata),
                    files=dict(a.files),
                )
                for a in self._artifacts.values()
            )

    def unanswered(self) -> tuple[str, ...]:
        """The questions that there was no answer to."""
        with self._lock:
            return tuple(self._unanswered)


def jobs_of(artifacts: Iterable[Artifact]) -> tuple[Job, ...]:
    """The artifacts that are jobs."""
    return tuple(
        Job(
            entity=a.entity,
            project=a.project,
            name=a.name,
            aliases=a.aliases,
            run=a.run,
            document=_loaded(a.files.get("wandb-job.json", b"{}")),
        )
        for a in artifacts
        if a.type == "job"
    )


def _loaded(text: str | bytes) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return {}


def _value(entry: Any) -> Any:
    return entry.get("value") if isinstance(entry, dict) and "value" in entry else entry


def _own(entries: dict[str, Any]) -> dict[str, Any]:
    """Without what W&B itself adds: ``_wandb``, ``_runtime``, ``_timestamp``."""
    return {key: value for key, value in entries.items() if not key.startswith("_")}
