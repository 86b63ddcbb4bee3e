"""What is asked for: one run of one script."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

Stop = Literal["init", "first-log", "exit"]
StandIns = Literal["missing", "all"]


class CannotRehearseError(Exception):
    """A take that can't be started; the message is for the user."""


@dataclass(frozen=True)
class Take:
    """One run of a script.

    ``root`` is the folder that it is started in, by default the root of its repository,
    else its own folder. ``config`` is the config of the job that it is launched with;
    None is a plain tracked run, without a launch, in which the SDK makes a job. ``args``
    are the words of its command line. ``stop`` says where it ends, if it hasn't before,
    and ``timeout`` after how many seconds it is killed.

    It works on a temporary copy of the folder, unless ``in_place``: absolute paths into
    the folder, in ``config``, ``args`` and ``env``, lead into the copy. ``env`` is added
    to the environment, but changes nothing of what keeps the run on the loopback
    interface. With ``module`` the script runs as ``python -m module``. ``python`` needs
    wandb, and nothing of jobready. ``config_by`` tells how the config reaches the script:
    in ``WANDB_CONFIG``, as agents do it, or in the file of ``WANDB_LAUNCH_CONFIG_PATH``.
    ``stand_ins`` replace libraries that are ``missing``, or ``all`` modules beside it.
    ``candidates`` asks for other values that each parameter would take, and gives those of
    some; without it nobody looks for them.

    With several ``ranks`` as many processes are started, with the variables that torchrun
    gives to each (``RANK``, ``LOCAL_RANK``, ``WORLD_SIZE`` and the like). The first of them
    is the main process; the others end with it, after ten seconds at most.
    """

    script: Path
    root: Path | None = None
    args: tuple[str, ...] = ()
    env: Mapping[str, str] = field(default_factory=dict)
    config: Mapping[str, Any] | None = None
    stop: Stop = "first-log"
    timeout: float = 120.0
    in_place: bool = False
    python: str = sys.executable
    module: str | None = None
    config_by: Literal["variable", "file"] = "variable"
    stand_ins: StandIns | None = None
    candidates: Mapping[str, Any] | None = None
    ranks: int = 1
