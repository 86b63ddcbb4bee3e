"""What the tests of the rules don't get from whoever runs them."""

from __future__ import annotations

from pathlib import Path

import pytest


@pytest.fixture(autouse=True)
def nobodys_settings_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """W&B is set by scripts and folders alone."""
    monkeypatch.setenv("WANDB_CONFIG_DIR", str(tmp_path / "nobody"))
