"""The pytest half of jobready: nothing happens, and nothing is imported, until asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_jobready.fixtures import MARKER, LaunchJob, launch_job, wandb_backend

if TYPE_CHECKING:
    import pytest

__all__ = ["LaunchJob", "launch_job", "wandb_backend"]


def pytest_addoption(parser: pytest.Parser) -> None:
    """Register the options, which cost nothing until they are used."""
    group = parser.getgroup("jobready", "scripts as W&B Launch jobs")
    group.addoption(
        "--jobready",
        action="store_true",
        default=False,
        help="check the scripts of [tool.jobready]: their findings, and their jobs",
    )
    group.addoption(
        "--jobready-script",
        action="append",
        default=[],
        dest="jobready_scripts",
        metavar="PATH",
        help="check this script instead of those of [tool.jobready]; may be repeated",
    )
    group.addoption(
        "--jobready-rehearse",
        action="store_true",
        default=False,
        help="run the scripts too, as they are and as jobs, against a W&B of our own",
    )
    parser.addini("jobready", "check the configured scripts in every run", type="bool")


def pytest_configure(config: pytest.Config) -> None:
    """Bring in what does the work, in runs that ask for it."""
    config.addinivalue_line("markers", "jobready: a check of a script as a W&B Launch job")
    config.addinivalue_line("markers", MARKER)
    asked = ("jobready", "jobready_scripts", "jobready_rehearse")
    if any(config.getoption(name) for name in asked) or config.getini("jobready"):
        from pytest_jobready.items.collecting import ScriptCollector

        config.pluginmanager.register(ScriptCollector.of(config), "jobready-scripts")
