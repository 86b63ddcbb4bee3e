"""Artifacts: they are announced, get places for their files, and are committed."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote

from pytest_jobready.backend.asked import Asked
from pytest_jobready.backend.store import ArtifactRecord


def _artifact(asked: Asked) -> ArtifactRecord | None:
    return asked.store.find_artifact(asked.get("artifactID", "id"))


def _manifest(key: str, url: str) -> dict[str, Any]:
    name = "wandb_manifest.json"
    place = f"{url}/artifact-manifests/{quote(key, safe='')}/{name}"
    file = {
        "id": f"file-{key}",
        "name": name,
        "displayName": name,
        "directUrl": place,
        "uploadUrl": place,
        "uploadHeaders": [],
    }
    return {"id": f"manifest-{key}", "file": file}


def _shown(artifact: ArtifactRecord, url: str) -> dict[str, Any]:
    """An artifact with all that any SDK asks of it (0.31.0 checks every field)."""
    entity = {"id": artifact.entity, "name": artifact.entity}
    project = {
        "id": artifact.project,
        "internalId": artifact.project,
        "name": artifact.project,
        "entity": entity,
        "entityName": artifact.entity,
    }
    sequence = {
        "__typename": "ArtifactSequence",
        "id": f"sequence-{artifact.name}",
        "name": artifact.name,
        "latestArtifact": None,
        "project": project,
    }
    return {
        "__typename": "Artifact",
        "id": artifact.id,
        "artifactSequence": sequence,
        "artifactType": {"id": artifact.type, "name": artifact.type},
        "versionIndex": artifact.version,
        "description": None,
        "metadata": json.dumps(artifact.metadata or {}),
        "ttlDurationSeconds": -1,
        "ttlIsInherited": True,
        "tags": [],
        "historyStep": None,
        "state": "COMMITTED" if artifact.committed else "PENDING",
        "size": 0,
        "digest": artifact.digest,
        "digestAlgorithm": "MANIFEST_MD5",
        "commitHash": artifact.id,
        "fileCount": len(artifact.files),
        "createdAt": "2024-01-01T00:00:00Z",
        "updatedAt": None,
        "currentManifest": _manifest(artifact.id, url),
        "aliases": [
            {
                "__typename": "ArtifactAlias",
                "id": f"{artifact.id}-{alias}",
                "alias": alias,
                "artifactCollection": sequence,
                "artifactCollectionName": artifact.name,
            }
            for alias in artifact.aliases
        ],
    }


def create_artifact(asked: Asked) -> dict[str, Any]:
    """An artifact, pending until its files are there."""
    given = asked.variables.get("input") or asked.variables
    return {"artifact": _shown(asked.store.create_artifact(given), asked.url)}


def create_manifest(asked: Asked) -> dict[str, Any]:
    """Where the manifest of an artifact goes."""
    return {"artifactManifest": _manifest(asked.get("artifactID"), asked.url)}


def create_files(asked: Asked) -> dict[str, Any]:
    """Where the files of an artifact go, in the order in which they were asked for."""
    files = asked.get("artifactFiles") or []
    return {"files": {"edges": [{"node": _file(each, asked.url)} for each in files]}}


def _file(each: dict[str, Any], url: str) -> dict[str, Any]:
    key, name = each["artifactID"], each["name"]
    return {
        "id": f"file-{key}-{name}",
        "name": name,
        "displayName": name,
        "uploadUrl": f"{url}/artifact-files/{quote(key, safe='')}/{quote(name)}",
        "uploadHeaders": [],
        "uploadMultipartUrls": None,
        "storagePath": f"wandb_artifacts/{key}/{name}",
        "artifact": {"id": key},
    }


def commit_artifact(asked: Asked) -> dict[str, Any]:
    """An artifact is complete."""
    complete = _artifact(asked)
    if complete is None:
        return {"artifact": {"id": asked.get("artifactID"), "digest": ""}}
    asked.store.commit(complete)
    return {"artifact": _shown(complete, asked.url)}


def use_artifact(asked: Asked) -> dict[str, Any]:
    """A run uses an artifact."""
    used = _artifact(asked)
    if used is None:
        return {"artifact": {"id": asked.get("artifactID")}}
    return {"artifact": _shown(used, asked.url)}


def artifact(asked: Asked) -> dict[str, Any] | None:
    """An artifact by its id."""
    found = _artifact(asked)
    return _shown(found, asked.url) if found else None
