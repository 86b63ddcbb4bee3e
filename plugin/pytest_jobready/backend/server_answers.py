"""The server and who uses it: one user, one team, no features."""

from __future__ import annotations

from typing import Any

from pytest_jobready.backend.asked import ENTITY, Asked

# The types that an SDK looks up before it sends something. What is listed is sent or
# asked for, what isn't is left out by the SDK.
FIELDS: dict[str, tuple[str, ...]] = {
    "CreateArtifactInput": (
        "aliases",
        "artifactCollectionName",
        "artifactCollectionNames",
        "artifactTypeName",
        "clientID",
        "description",
        "digest",
        "digestAlgorithm",
        "distributedID",
        "enableDigestDeduplication",
        "entityName",
        "historyStep",
        "metadata",
        "projectName",
        "runName",
        "sequenceClientID",
        "tags",
        "ttlDurationSeconds",
    ),
    "UseArtifactInput": ("artifactID", "entityName", "projectName", "runName", "usedAs"),
    "Query": ("artifact", "entity", "model", "project", "serverInfo", "viewer"),
    "Mutation": ("createArtifact", "createRunFiles", "upsertBucket", "useArtifact"),
    "ServerInfo": ("cliVersionInfo",),
    "Artifact": ("digest", "id", "state"),
}


def described_type(asked: Asked) -> dict[str, Any]:
    """A type of the schema; without fields where none is listed.

    0.13.8 and 0.16.6 stumble over a type that is null.
    """
    name = asked.get("name", "typeName")
    listed = [{"name": each, "args": []} for each in FIELDS.get(name, ())]
    kind = "inputFields" if name.endswith("Input") else "fields"
    return {"name": name, "fields": None, "inputFields": None, kind: listed}


def viewer(asked: Asked) -> dict[str, Any]:
    """Whoever logs."""
    team = {"id": ENTITY, "name": ENTITY, "defaultAccess": None}
    return {
        "__typename": "User",
        "id": "user",
        "username": "user",
        "name": "user",
        "email": "user@localhost",
        "admin": False,
        "entity": ENTITY,
        "flags": "{}",
        "deletedAt": None,
        "apiKeys": {"edges": []},
        "teams": {"edges": [{"node": team}]},
    }


def server_info(asked: Asked) -> dict[str, Any]:
    """A server that promises nothing, so that nothing more is asked of it."""
    return {
        "cliVersionInfo": {},
        "latestLocalVersionInfo": None,
        "features": [],
        "exposesExplicitRunQueueAckPath": False,
    }


def entity(asked: Asked) -> dict[str, Any]:
    """The team, which is in no organisation."""
    return {"id": ENTITY, "name": ENTITY, "organization": None}
