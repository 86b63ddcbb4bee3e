"""Which fields a GraphQL document asks the root for."""

from __future__ import annotations

import pytest

from pytest_jobready.backend.documents import Field, root_fields


def names(document: str) -> list[tuple[str, str]]:
    return [(field.alias, field.name) for field in root_fields(document)]


@pytest.mark.parametrize(
    ("document", "fields"),
    [
        ("{ viewer { id } }", [("viewer", "viewer")]),
        ("query Viewer { viewer { id teams { id } } serverInfo { cliVersionInfo } }",
         [("viewer", "viewer"), ("serverInfo", "serverInfo")]),
        ('query { QueryType: __type(name: "Query") { ...f } } fragment f on T { name }',
         [("QueryType", "__type")]),
        ("fragment f on Run { id } query Q { model { ...f } }", [("model", "model")]),
        ("query Q($a: [Int] = [1], $b: In = {x: {y: 1}}) { model { id } }",
         [("model", "model")]),
        ("mutation M($input: In!) { createArtifact(input: $input) { artifact { id } } }",
         [("createArtifact", "createArtifact")]),
        ("query { viewer @include(if: $yes) { id } entity { id } }",
         [("viewer", "viewer"), ("entity", "entity")]),
        ('query { model(name: "}{") { id } # }\n viewer { id } }',
         [("model", "model"), ("viewer", "viewer")]),
        ("", []),
        ("query Broken { viewer {", [("viewer", "viewer")]),
    ],
)  # fmt: skip
def test_the_fields_of_the_root(document: str, fields: list[tuple[str, str]]) -> None:
    assert names(document) == fields


def test_arguments_are_texts_or_variables() -> None:
    document = (
        'mutation ($run: String!) { upsertBucket(input: {name: "no", tags: [$no]}, '
        'id: $run, kind: "a") { id } }'
    )
    (field,) = root_fields(document)
    assert field == Field("upsertBucket", "upsertBucket", {"id": "$run", "kind": "a"})
    assert field.argument("id", {"run": "r1"}) == "r1"
    assert field.argument("kind", {}) == "a"
    assert field.argument("tags", {}) is None
