"""One field of one request, with what it was given."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pytest_jobready.backend.documents import Field
from pytest_jobready.backend.store import Store

ENTITY = "entity"  # of whoever logs without naming one


@dataclass(frozen=True)
class Asked:
    """A field of the root of a GraphQL document; ``url`` is the backend's own."""

    field: Field
    variables: dict[str, Any]
    document: str
    store: Store
    url: str

    def get(self, *names: str, default: str = "") -> Any:
        """The first of these arguments or variables that is given."""
        given = self.variables.get("input") or {}
        for name in names:
            for value in (
                self.field.argument(name, self.variables),
                self.variables.get(name),
                given.get(name),
            ):
                if value is not None:
                    return value
        return default
