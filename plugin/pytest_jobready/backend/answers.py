"""The answer to a request: each field of its root by what knows about it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from pytest_jobready.backend import artifact_answers, run_answers, server_answers
from pytest_jobready.backend.asked import Asked
from pytest_jobready.backend.documents import root_fields
from pytest_jobready.backend.store import Store

Answer = Callable[[Asked], "dict[str, Any] | None"]
ANSWERS: dict[str, Answer] = {
    "__type": server_answers.described_type,
    "artifact": artifact_answers.artifact,
    "commitArtifact": artifact_answers.commit_artifact,
    "createArtifact": artifact_answers.create_artifact,
    "createArtifactFiles": artifact_answers.create_files,
    "createArtifactManifest": artifact_answers.create_manifest,
    "createRunFiles": run_answers.create_run_files,
    "deleteRun": run_answers.delete_run,
    "entity": server_answers.entity,
    "model": run_answers.model,
    "project": run_answers.project,
    "serverInfo": server_answers.server_info,
    "upsertBucket": run_answers.upsert_bucket,
    "useArtifact": artifact_answers.use_artifact,
    "viewer": server_answers.viewer,
}


def answer(request: dict[str, Any], store: Store, url: str) -> dict[str, Any]:
    """The answer to a GraphQL request; fields that the backend doesn't know are null."""
    data: dict[str, Any] = {}
    document = str(request.get("query") or "")
    variables = request.get("variables") or {}
    for field in root_fields(document):
        known = ANSWERS.get(field.name)
        if known is None:
            store.leave_unanswered(field.name)
            data[field.alias] = None
        else:
            data[field.alias] = known(Asked(field, variables, document, store, url))
    return {"data": data}
