"""What may start a run in a way that isn't followed; what stands in for an absent wandb."""

from __future__ import annotations

import pytest

from jobready.script.model import Script
from jobready.script.read import read

PARSE = """\
import argparse
p = argparse.ArgumentParser()
p.add_argument("--lr", type=float, default=0.1)
args = p.parse_args()
"""
FALLBACKS = [
    "    wandb = None",
    "    wandb = MagicMock()",
    "    import fake_wandb as wandb",
    "    class wandb:\n        init = print",
]


def script_of(text: str) -> Script:
    script = read(text)
    assert isinstance(script, Script)
    return script


@pytest.mark.parametrize(
    "lines",
    [
        "import wandb\nstart = wandb.init\nstart(config=args)",
        "from functools import partial\nimport wandb\npartial(wandb.init, config=args)()",
        "import wandb\ndef start(wandb):\n    wandb.init(config=args)\nrun(start, wandb)",
        "import wandb.sdk as sdk\nsdk.init(project='x')",
        "import wandb\nclass A:\n    w = wandb\n    def go(self):\n"
        "        self.w.init(project='x')",
    ],
)
def test_a_run_that_may_be_started_is_named(lines: str) -> None:
    script = script_of(PARSE + lines + "\n")
    assert not script.inits
    assert any("may start a run" in text for text, _ in script.strange_inits)


@pytest.mark.parametrize(
    "lines",
    [
        "# no wandb here\nimport pygame\npygame.init()",
        "import wandb\nimport torch\ntorch.distributed.init(backend='gloo')",
        "import wandb\nclass A:\n    def init(self):\n        return 1\nA().init()",
        "import wandb\nwandb.init(config=args)\nstart = wandb.init",
        "import wandb\nmodel.init(key)",
        "from loggers import wandb\nwandb.init(project='x')",
    ],
)
def test_other_inits_start_no_run(lines: str) -> None:
    assert not script_of(PARSE + lines + "\n").strange_inits


@pytest.mark.parametrize("fallback", FALLBACKS)
def test_what_stands_in_for_an_absent_wandb_is_not_it(fallback: str) -> None:
    text = f"try:\n    import wandb\nexcept ImportError:\n{fallback}\n"
    assert len(script_of(text + PARSE + "wandb.init(config=args)\n").inits) == 1


def test_a_name_that_is_something_else_without_an_error_is_not_wandb() -> None:
    text = "import wandb\nif quick:\n    wandb = Fake()\n"
    assert not script_of(text + PARSE + "wandb.init(config=args)\n").inits
