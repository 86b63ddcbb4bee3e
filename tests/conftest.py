"""What all tests share."""

from __future__ import annotations

import os
import signal

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


@pytest.fixture(autouse=True, scope="session")
def ctrl_c_is_heard() -> None:
    """Take SIGINT where a shell that runs the tests in the background has it ignored.

    What is started here would ignore it too.
    """
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)
