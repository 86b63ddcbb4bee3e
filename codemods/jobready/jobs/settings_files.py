"""Where W&B's settings files are, for those who read or only look into them."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path


def settings_files(cwd: Path, environ: Mapping[str, str]) -> tuple[Path, Path]:
    """Where W&B's settings files may be: the user's, then the folder's."""
    home = Path(environ.get("WANDB_CONFIG_DIR") or "~/.config/wandb")
    with suppress(RuntimeError):  # nobody knows where home is
        home = home.expanduser()
    runs = cwd / (environ.get("WANDB_DIR") or "")
    folder = runs / (".wandb" if (runs / ".wandb").is_dir() else "wandb")
    return home / "settings", folder / "settings"
