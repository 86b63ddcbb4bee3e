"""The environment of a rehearsal: it knows one W&B, on the loopback interface."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path

from jobready.jobs.git import LEAD_ASTRAY
from pytest_jobready.rehearsal.ranks import VARIABLES
from pytest_jobready.rehearsal.take import Take
from pytest_jobready.rehearsal.tree import Tree

RECORDER = Path(__file__).parents[1] / "recorder"
KEY = "0" * 40  # what the SDK takes for a key; nobody's
NEAR = ("127.0.0.1", "localhost")
# Nothing answers there. It is for W&B only: a script may fetch its data.
NOWHERE = "http://127.0.0.1:9"


def environment(
    take: Take, tree: Tree, url: str, own: Path, launched: Mapping[str, str]
) -> dict[str, str]:
    """The variables of the script's process.

    The user's own ``WANDB_*`` are left out, and the places of W&B's settings, of netrc
    and of what runs write are folders below ``own``. HOME stays, as libraries keep their
    data there.
    """
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.upper().startswith(("WANDB", "JOBREADY_", "PYTEST_"))
        and name not in LEAD_ASTRAY
        and name not in VARIABLES
    }
    found = {"PYTHONUNBUFFERED": "1", "PYTHONFAULTHANDLER": "1", **kept}
    found |= tree.moved(dict(take.env))
    if take.config is None:
        found["WANDB_DISABLE_JOB_CREATION"] = "false"  # true by default since 0.19
    found |= launched
    found |= loopback(url, own, found)
    found |= recorder(take, tree, url, own)
    before = [tree.moved(found["PYTHONPATH"])] if found.get("PYTHONPATH") else []
    found["PYTHONPATH"] = os.pathsep.join([str(RECORDER), *before])
    if tree.top != tree.original:
        found["GIT_CEILING_DIRECTORIES"] = str(tree.top.parent)
    return found


def loopback(url: str, own: Path, given: Mapping[str, str]) -> dict[str, str]:
    """The variables by which a process reaches the backend at ``url`` and no other W&B."""
    near = [n for n in (given.get("NO_PROXY") or given.get("no_proxy"), *NEAR) if n]
    return {
        "NO_PROXY": ",".join(near),
        "no_proxy": ",".join(near),
        "NETRC": str(own / "netrc"),
        "WANDB_API_KEY": KEY,
        "WANDB_BASE_URL": url,
        "WANDB_CACHE_DIR": str(own / "cache"),
        "WANDB_CONFIG_DIR": str(own / "config"),
        "WANDB_CONSOLE": "off",
        "WANDB_DATA_DIR": str(own / "data"),
        "WANDB_DIR": str(own / "runs"),
        "WANDB_ERROR_REPORTING": "false",
        "WANDB_HTTPS_PROXY": NOWHERE,
        "WANDB_MODE": "online",
        "WANDB_SILENT": "true",
        "WANDB__DISABLE_STATS": "true",  # until 0.18
        "WANDB_X_DISABLE_STATS": "true",
    }


def recorder(take: Take, tree: Tree, url: str, own: Path) -> dict[str, str]:
    """What tells the recorder in the process what to do."""
    # The original as well: an editable install leads there.
    roots = dict.fromkeys((tree.top, tree.original))
    asked = {}
    if take.candidates is not None:
        asked["JOBREADY_CANDIDATES"] = json.dumps(tree.moved(dict(take.candidates)))
    return {
        **asked,
        "JOBREADY_DUMP": str(own / "dump"),
        "JOBREADY_FINISH": "1",
        "JOBREADY_RECORD": str(own / "record.jsonl"),
        "JOBREADY_ROOTS": os.pathsep.join(map(str, roots)),
        # Where pytest itself was killed, nobody else would end the script.
        "JOBREADY_ALARM": str(int(take.timeout) + 60),
        "JOBREADY_STOP": take.stop,
        "JOBREADY_URL": url,
        **({"JOBREADY_MODULE": take.module} if take.module else {}),
        **({"JOBREADY_STAND_INS": take.stand_ins} if take.stand_ins else {}),
    }
