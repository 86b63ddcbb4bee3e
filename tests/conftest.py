"""What all tests share."""

from __future__ import annotations

import os

import pytest


@pytest.fixture(autouse=True)
def no_wandb_of_the_users_own(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hide the W&B settings, colours and launch of whoever runs the tests."""
    for name in os.environ:
        if name.startswith("WANDB") or name in ("NO_COLOR", "FORCE_COLOR"):
            monkeypatch.delenv(name)
