"""JR304: the run's config is read where there is no run."""

from __future__ import annotations

import pytest

from tests.rules.tools import assert_clean, found


@pytest.mark.parametrize(
    "read",
    [
        "wandb.config.lr",
        'wandb.config["lr"]',
        'wandb.config.get("lr")',
        "wandb.run.config.lr",
    ],
)
def test_a_read_above_the_init(read: str) -> None:
    ((line, column, message),) = found("JR304", f"import wandb\nx = {read}\nwandb.init()\n")
    assert (line, column) == (2, 5)
    assert message.endswith("is read before wandb.init is called, which raises an error")


def test_a_read_in_the_function_of_the_init() -> None:
    text = "import wandb\ndef main():\n    x = wandb.config.lr\n    wandb.init()\nmain()\n"
    assert [line for line, _, _ in found("JR304", text)] == [3]


def test_a_read_above_the_call_of_what_starts_the_run() -> None:
    text = "import wandb\ndef start():\n    wandb.init()\nx = wandb.config.lr\nstart()\n"
    assert [line for line, _, _ in found("JR304", text)] == [4]


@pytest.mark.parametrize(
    "text",
    [
        "wandb.init()\nx = wandb.config.lr\n",
        "def f():\n    return wandb.config.lr\nwandb.init()\nf()\n",
        "config = wandb.config\nwandb.init()\nprint(config.lr)\n",
        "try:\n    x = wandb.config.lr\nexcept Exception:\n    x = 1\nwandb.init()\n",
        "x = wandb.config.lr if wandb.run else 1\nwandb.init()\n",
        "for n in range(2):\n    if n:\n        print(wandb.config.lr)\n    wandb.init()\n",
        "start()\nx = wandb.config.lr\n",
        "if a:\n    print(wandb.config.lr)\nelse:\n    wandb.init()\n",
    ],
    ids=["behind", "called-later", "bound", "tried", "asked", "loop", "elsewhere", "else"],
)
def test_a_read_with_a_run(text: str) -> None:
    assert_clean("JR304", "import wandb\n" + text)
