"""What the backend saw, as frozen values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Run:
    """One run as it was logged so far.

    ``config`` and ``summary`` are without W&B's own ``_wandb``; ``exit_code`` is None
    until the run has finished, and where the process died without a word. ``history``
    holds the rows that ``wandb.log`` sent, ``files`` the contents of uploaded files.
    """

    entity: str
    project: str
    id: str
    name: str
    config: Mapping[str, Any]
    summary: Mapping[str, Any]
    exit_code: int | None
    history: tuple[Mapping[str, Any], ...] = ()
    files: Mapping[str, bytes] = field(default_factory=dict, repr=False)


@dataclass(frozen=True)
class Artifact:
    """One version of an artifact.

    ``run`` is the id of the run that made it, None where the SDK doesn't say;
    ``committed`` is False until all its files are there. ``files`` holds what was uploaded.
    """

    entity: str
    project: str
    id: str
    type: str
    name: str
    aliases: tuple[str, ...]
    run: str | None
    committed: bool
    metadata: Any = None
    files: Mapping[str, bytes] = field(default_factory=dict, repr=False)


@dataclass(frozen=True)
class Job:
    """One version of a job: an artifact of type ``job`` with its description.

    ``document`` is its ``wandb-job.json``, empty where that was never uploaded. A remote
    in it may hold a credential, so it is left out of the repr; so is ``name``, in which
    the SDK may leave one.
    """

    entity: str
    project: str
    name: str = field(repr=False)
    aliases: tuple[str, ...]
    run: str | None
    document: Mapping[str, Any] = field(default_factory=dict, repr=False)

    @property
    def source_type(self) -> str | None:
        """``repo``, ``artifact`` or ``image``."""
        found = self.document.get("source_type")
        return str(found) if found else None

    @property
    def source(self) -> Mapping[str, Any]:
        """What the job is made of: ``git``, ``artifact`` or ``image``, and how to start."""
        return dict(self.document.get("source") or {})

    @property
    def entrypoint(self) -> tuple[str, ...]:
        """The words that start the job; empty for an image."""
        return tuple(self.source.get("entrypoint") or ())

    @property
    def input_types(self) -> Mapping[str, Any]:
        """The types of the config's keys, as the SDK describes them."""
        return dict(self.document.get("input_types") or {})

    @property
    def inputs(self) -> tuple[str, ...]:
        """The keys of the config that the job takes."""
        params = self.input_types.get("params") or {}
        return tuple(params.get("type_map") or {})
