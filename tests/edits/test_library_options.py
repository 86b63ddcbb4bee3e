"""Options that a library adds to the parser: DeepSpeed's are known, others aren't."""

from __future__ import annotations

import pytest

from jobready.outcome import Refused, Rewritten
from jobready.script.model import Script
from jobready.script.read import read
from tests.edits.tools import migrated

SCRIPT = """\
import argparse
import deepspeed
import wandb

parser = argparse.ArgumentParser()
parser.add_argument("--lr", type=float, default=0.1)
ADD
args = parser.parse_args()
print(args.lr, args.deepspeed_config)
wandb.init(config=args)
"""
ADD = "parser = deepspeed.add_config_arguments(parser)"


@pytest.mark.parametrize(
    ("add", "replace"),
    [
        (ADD, ("", "")),
        ("deepspeed.add_config_arguments(parser)", ("", "")),
        (
            "parser = add_config_arguments(parser)",
            ("import deepspeed", "from deepspeed import add_config_arguments"),
        ),
        ("parser = ds.add_config_arguments(parser)", ("deepspeed\n", "deepspeed as ds\n")),
    ],
)
def test_those_of_deepspeed(add: str, replace: tuple[str, str]) -> None:
    outcome = migrated(SCRIPT.replace(*replace, 1).replace("ADD", add))
    assert isinstance(outcome, Rewritten), outcome
    assert outcome.forms == ("argv",)
    assert "kind is bool" in outcome.text  # a switch that is turned off


def test_what_they_are() -> None:
    script = read(SCRIPT.replace("ADD", ADD))
    assert isinstance(script, Script)
    found = {p.flags: (p.action, p.type, p.default, p.nargs) for p in script.parameters}
    assert found.pop(("--lr",))[0] == "store"
    assert found == {
        ("--deepspeed",): ("store_true", None, False, 0),
        ("--deepspeed_config",): ("store", "str", None, None),
        ("--deepscale",): ("store_true", None, False, 0),
        ("--deepscale_config",): ("store", "str", None, None),
    }


@pytest.mark.parametrize(
    "add",
    [
        "parser = deepspeed.add_tuning_arguments(parser)",
        "parser = library.add_config_arguments(parser)",
        "deepspeed.ops.add_config_arguments(parser)",
        "from horovod import add_config_arguments\nadd_config_arguments(parser)",
        f"{ADD}\nmore(parser)",
    ],
)
def test_those_of_others_are_not_known(add: str) -> None:
    outcome = migrated(SCRIPT.replace("ADD", add))
    assert isinstance(outcome, Refused), outcome
    assert "which may add parameters" in outcome.reasons[0].message
