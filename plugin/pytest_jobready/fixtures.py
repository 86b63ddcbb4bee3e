"""Fixtures for users' own tests: a W&B of their own, and scripts launched against it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from os import PathLike
from typing import TYPE_CHECKING, Any, Protocol

import pytest

if TYPE_CHECKING:
    from pytest_jobready.backend import Backend
    from pytest_jobready.launched_job import LaunchedJob
    from pytest_jobready.rehearsal import Stop

MARKER = (
    "launch_job(script, overrides=…, args=…, stop=…, …): what the fixture launch_job "
    "launches where its call doesn't say"
)


class LaunchJob(Protocol):
    """The type of the fixture ``launch_job``."""

    def __call__(
        self,
        script: str | PathLike[str] | None = None,
        overrides: Mapping[str, Any] | None = None,
        *,
        args: Sequence[str] = (),
        launched: bool = True,
        stop: Stop = "first-log",
        timeout: float = 120.0,
        env: Mapping[str, str] | None = None,
        root: str | PathLike[str] | None = None,
        module: str | None = None,
        in_place: bool = False,
    ) -> LaunchedJob:
        """Launch a script with ``overrides`` as its job's config, and tell what it did.

        ``script`` is relative to pytest's rootdir or to the test's folder; without one
        the marker ``launch_job`` names it. ``launched=False`` is a plain tracked run,
        which makes a job. ``stop`` is ``init``, ``first-log`` or ``exit``; ``timeout`` in
        seconds. The rest is as `pytest_jobready.rehearsal.Take` says.
        """


@pytest.fixture
def wandb_backend() -> Iterator[Backend]:
    """A W&B on the loopback interface: its runs, artifacts and jobs as plain values.

    ``wandb_backend.environment`` are the variables by which a process reaches it.
    """
    from pytest_jobready.backend import Backend

    with Backend() as backend:
        yield backend


@pytest.fixture
def launch_job(request: pytest.FixtureRequest, wandb_backend: Backend) -> LaunchJob:
    """Launches a script as an agent would, against ``wandb_backend``; see `LaunchJob`."""
    marker = request.node.get_closest_marker("launch_job")

    def launch(*args: Any, **kwargs: Any) -> LaunchedJob:
        __tracebackhide__ = True
        from pytest_jobready import launching

        marked = launching.asked(marker.args, marker.kwargs) if marker else {}
        asked = {**marked, **launching.asked(args, kwargs)}
        folders = (request.config.rootpath, request.path.parent)
        return launching.launch(asked, folders, wandb_backend)

    return launch
