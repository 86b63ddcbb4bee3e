"""JR307: a loop starts a run in each turn."""

from __future__ import annotations

import pytest

from tests.rules.tools import assert_clean, found

# What has the process start runs of its own: https://github.com/wandb/examples does so.
FORGETS = """\
def forget():
    for name in os.environ:
        if name.startswith("WANDB_"):
            del os.environ[name]
"""


def test_a_run_for_each_fold() -> None:
    text = "import wandb\nfor fold in range(5):\n    run = wandb.init()\n    run.finish()\n"
    ((line, column, message),) = found("JR307", text)
    assert (line, column) == (3, 11)
    assert message.startswith("wandb.init is called for each item of range(5)")


def test_in_a_function_that_a_loop_calls() -> None:
    text = "import wandb\ndef f(n):\n    wandb.init()\nfor n in folds:\n    f(n)\n"
    assert [line for line, _, _ in found("JR307", text)] == [3]


def test_where_wandb_is_optional() -> None:
    text = "import wandb\nfor n in folds:\n    if use_wandb:\n        wandb.init()\n"
    assert [line for line, _, _ in found("JR307", text)] == [4]


@pytest.mark.parametrize(
    "lines",
    [
        "    if wandb.run is None:\n        wandb.init()\n    wandb.finish()\n",
        "    if use_wandb and first:\n        run = wandb.init()\n",
        "    if debug:\n        os.environ.pop('WANDB_MODE')\n    wandb.init()\n",
        "    wandb.init(id=n, resume='allow')\n",
    ],
    ids=["ended", "other", "mode", "resumed-or-new"],
)
def test_in_each_turn_all_the_same(lines: str) -> None:
    text = "import os\nimport wandb\nfor n in folds:\n" + lines
    assert len(found("JR307", text)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "wandb.init()\nfor n in folds:\n    wandb.log({})\n",
        "for n in x:\n  try:\n    wandb.init()\n    break\n  except E:\n    pass\n",
        "for n in folds:\n    if n == 0:\n        wandb.init()\n",
        "for n in [1]:\n    wandb.init()\n",
        "for n in folds:\n    def f():\n        wandb.init()\n",
        "def train():\n    wandb.init()\nfor s in sweeps:\n    wandb.agent(s, train)\n",
        "while True:\n    wandb.init()\n",
        "for n in folds:\n    pass\nelse:\n    wandb.init()\n",
        "for n in loggers:\n    if 'wandb' in n and on:\n        wandb.init()\n",
        "for n, c in loggers:\n    if c.wandb:\n        wandb.init()\n",
        "def f():\n    wandb.init()\nfor n in names:\n    {'w': f, 't': g}[n]()\n",
        "for n in folds:\n    if wandb.run is None:\n        wandb.init()\n",
        "for n in runs:\n    wandb.init(id=n, resume='must')\n",
        FORGETS + "for n in folds:\n    forget()\n    wandb.init()\n",
        "del os.environ['WANDB_RUN_ID']\nfor n in folds:\n    wandb.init()\n",
    ],
    ids=[
        "above",
        "retry",
        "once",
        "single",
        "defined",
        "agent",
        "while",
        "else",
        "picked",
        "picked-by-value",
        "registry",
        "still-there",
        "resumes",
        "forgets-all",
        "forgets-id",
    ],
)
def test_one_run(text: str) -> None:
    assert_clean("JR307", "import os\nimport wandb\n" + text)
