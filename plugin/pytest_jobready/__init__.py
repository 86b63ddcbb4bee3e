"""The pytest half of jobready: nothing happens, and nothing is imported, until asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_jobready.fixtures import MARKER, LaunchJob, launch_job, wandb_backend

if TYPE_CHECKING:
    import pytest

__all__ = ["LaunchJob", "launch_job", "wandb_backend"]


def pytest_addoption(parser: pytest.Parser) -> None:
    """Register ``--jobready`` and the ini option ``jobready``."""
    group = parser.getgroup("jobready")
    group.addoption(
        "--jobready",
        action="store_true",
        default=False,
        help="check the scripts of [tool.jobready] as W&B Launch jobs",
    )
    parser.addini("jobready", "check the configured scripts in every run", type="bool")


def pytest_configure(config: pytest.Config) -> None:
    """Bring in the collector, in runs that ask for it."""
    config.addinivalue_line("markers", "jobready: a check of a script as a W&B Launch job")
    config.addinivalue_line("markers", MARKER)
    if config.getoption("--jobready") or config.getini("jobready"):
        from pytest_jobready.scripts import ScriptCollector

        config.pluginmanager.register(ScriptCollector.of(config), "jobready-scripts")
