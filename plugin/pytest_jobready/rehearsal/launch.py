"""The environment that a launch agent gives to a job."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

ENTITY = "rehearsal"
PROJECT = "rehearsal"  # agents write it in small letters
QUEUE = "rehearsal"
# Characters of a variable, after which agents go on in another (MAX_ENV_LENGTHS of
# wandb.sdk.launch.utils, 0.31.0; 512 on SageMaker).
LONGEST = 32_670


def launch_environment(
    config: Mapping[str, Any], run_id: str, file: Path | None = None
) -> dict[str, str]:
    """What ``LaunchProject.get_env_vars_dict`` sets (wandb 0.31.0), but for the server.

    ``WANDB_ARTIFACTS`` is left out: it would have the run look for its job in W&B. With
    ``file`` the config stands there instead of in the environment, which the SDK honours
    though its agents don't use it.
    """
    given = {
        "WANDB_LAUNCH": "True",
        "WANDB_ENTITY": ENTITY,
        "WANDB_PROJECT": PROJECT,
        "WANDB_RUN_ID": run_id,
        "WANDB_LAUNCH_QUEUE_NAME": QUEUE,
        "WANDB_LAUNCH_QUEUE_ENTITY": ENTITY,
        "WANDB_LAUNCH_TRACE_ID": run_id,
        "WANDB_LAUNCH_FILE_OVERRIDES": "{}",
    }
    if file is None:
        return given | dict(_in_parts("WANDB_CONFIG", json.dumps(config)))
    text = json.dumps({"overrides": {"run_config": config}})
    file.write_text(text, encoding="utf-8")
    return given | {"WANDB_LAUNCH_CONFIG_PATH": str(file)}


def _in_parts(name: str, text: str) -> Iterator[tuple[str, str]]:
    if len(text) <= LONGEST:
        yield name, text
        return
    for number, start in enumerate(range(0, len(text), LONGEST)):
        yield f"{name}_{number}", text[start : start + LONGEST]
