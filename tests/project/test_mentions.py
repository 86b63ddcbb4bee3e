"""What the bytes of a file tell of it, before anybody reads it."""

from __future__ import annotations

import pytest

from jobready.project.mentions import CALLS_INIT, STARTS_A_RUN, Mentions


@pytest.mark.parametrize(
    "line",
    [
        "from wandb import init",
        "from wandb import init as start",
        "from wandb import Image, init",
        "from wandb import run",
        "from wandb import config  # the run's",
        "from wandb import sdk",
        "from wandb import *",
        "from wandb import (\n    Image,\n    init,\n)",
        "from wandb import \\\n    init",
        "from wandb import Image, \\\n    init",
        "from wandb import wandb_sdk",
        "    from wandb import init",
        "from wandb import Image\nfrom wandb import init",
    ],
)
def test_a_name_that_may_start_a_run(line: str) -> None:
    mentions = Mentions(f"import os\n{line}\ninit()\n".encode())
    assert mentions.meets(CALLS_INIT)
    assert mentions.meets(STARTS_A_RUN)


@pytest.mark.parametrize(
    "line",
    [
        "from wandb import Image",
        "from wandb import AlertLevel, Artifact",
        "from wandb import util\nfrom wandb.errors import CommError",
        "from wandb import initialize",
        "from wandb import wandb_run",
        "from wandb.sdk import init",
    ],
)
def test_a_name_that_starts_none(line: str) -> None:
    mentions = Mentions(f"{line}\ninit = run = config = 1\n".encode())
    assert not mentions.meets(CALLS_INIT)
    assert not mentions.meets(STARTS_A_RUN)
