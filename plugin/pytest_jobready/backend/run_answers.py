"""Runs: they start, tell of themselves, and ask where their files go."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from pytest_jobready.backend.asked import ENTITY, Asked
from pytest_jobready.backend.store import RunRecord


def _run(asked: Asked) -> tuple[RunRecord, bool]:
    """The run that a request is about, and whether it is a new one."""
    known = asked.store.find_run(asked.get("id"))
    if known is not None:
        return known, False
    return asked.store.upsert_run(
        asked.get("entity", "entityName", default=ENTITY),
        asked.get("project", "modelName", "projectName", default="uncategorized"),
        asked.get("name", "run", "runName"),
    )


def _bucket(run: RunRecord) -> dict[str, Any]:
    entity = {"id": run.entity, "name": run.entity}
    return {
        "__typename": "Run",
        "id": run.node_id,
        "name": run.id,
        "displayName": run.name,
        "description": None,
        "notes": None,
        "group": None,
        "jobType": None,
        "state": "running" if run.exit_code is None else "finished",
        "config": "{}",
        "summaryMetrics": "{}",
        "systemMetrics": "{}",
        "tags": [],
        "createdAt": "2024-01-01T00:00:00Z",
        "sweepName": None,
        "historyLineCount": 0,
        "readOnly": False,
        "user": {"username": "user", "name": "user"},
        "project": {
            "id": run.project,
            "internalId": run.project,
            "name": run.project,
            "entity": entity,
        },
        "projectId": "1",
    }


def upsert_bucket(asked: Asked) -> dict[str, Any]:
    """A run starts, or tells more of itself."""
    run, new = _run(asked)
    asked.store.describe_run(
        run, name=asked.get("displayName") or None, config=asked.get("config") or None
    )
    return {"bucket": _bucket(run), "inserted": new}


def model(asked: Asked) -> dict[str, Any]:
    """A project as older SDKs call it: where the files of a run go, or its state.

    No run is ever there to be resumed.
    """
    names = asked.variables.get("files")
    if names is None:
        return {"name": asked.get("project", "name"), "entity": {"name": ENTITY}}
    run, _ = asked.store.upsert_run(
        asked.get("entity", default=ENTITY), asked.get("name"), asked.get("run")
    )
    edges = [{"node": node} for node in _places(run, names, asked.url)]
    files = {"uploadHeaders": [], "edges": edges}
    return {"name": run.project, "bucket": {"id": run.node_id, "files": files}}


def create_run_files(asked: Asked) -> dict[str, Any]:
    """Where the files of a run go."""
    run, _ = _run(asked)
    files = _places(run, asked.get("files") or [], asked.url)
    return {"runID": run.node_id, "uploadHeaders": [], "files": files}


def _places(run: RunRecord, names: list[str], url: str) -> list[dict[str, Any]]:
    where = (quote(part, safe="") for part in (run.entity, run.project, run.id))
    base = f"{url}/run-files/{'/'.join(where)}"
    return [
        {
            "name": name,
            "url": f"{base}/{quote(name)}",
            "uploadUrl": f"{base}/{quote(name)}",
            "updatedAt": None,
        }
        for name in names
    ]


def delete_run(asked: Asked) -> dict[str, Any]:
    """A run is deleted: `wandb job create` cleans up after itself."""
    asked.store.delete_run(asked.get("id"))
    return {"clientMutationId": None}


def project(asked: Asked) -> dict[str, Any]:
    """A project; with its run where the document asks for one, without artifacts."""
    name = asked.get("project", "projectName", "name")
    found = {
        "id": name,
        "internalId": name,
        "name": name,
        "entity": {"id": ENTITY, "name": ENTITY},
        "artifact": None,
        "artifactType": None,
    }
    if "run(" in asked.document.replace(" ", ""):
        run, _ = asked.store.upsert_run(
            asked.get("entity", "entityName", default=ENTITY),
            name,
            asked.variables.get("name", ""),
        )
        found["run"] = _bucket(run)
    return found
