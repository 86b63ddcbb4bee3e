"""What all tests share."""

from __future__ import annotations

import os

import pytest
from hypothesis import settings

# The same examples in every run; a new seed is a change that somebody makes.
settings.register_profile("suite", derandomize=True, deadline=None)
settings.load_profile("suite")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add what makes a slow proof slower, and complete."""
    parser.addoption(
        "--all-cases",
        action="store_true",
        help="-m jobs_sdk: every case with every wandb; -m rehearsals: the whole corpus",
    )


@pytest.fixture(autouse=True)
def no_wandb_of_the_users_own(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hide the W&B settings, colours and launch of whoever runs the tests."""
    for name in os.environ:
        if name.startswith("WANDB") or name in ("NO_COLOR", "FORCE_COLOR"):
            monkeypatch.delenv(name)
