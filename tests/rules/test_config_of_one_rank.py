"""JR701: all processes read the config of the one that has a run."""

from __future__ import annotations

import pytest

from tests.rules.tools import assert_clean, found

HEAD = 'import wandb\nrank = get_rank()\nif rank == 0:\n    wandb.init(config={"lr": 1})\n'


@pytest.mark.parametrize(
    "read",
    [
        "print(wandb.config.lr)",
        'print(wandb.config["lr"])',
        "config = wandb.config\nprint(config.lr)",
        "def f():\n    return wandb.config.lr\nf()",
    ],
)
def test_a_read_of_every_process(read: str) -> None:
    ((_, _, message),) = found("JR701", f"{HEAD}{read}\n")
    assert message.endswith("is read by all processes, and one of them has a run")


@pytest.mark.parametrize("test", ["accelerator.is_main_process", "trainer.is_global_zero"])
def test_other_words_for_the_first_process(test: str) -> None:
    text = HEAD.replace("rank == 0", test) + "print(wandb.config.lr)\n"
    assert len(found("JR701", text)) == 1


@pytest.mark.parametrize(
    "text",
    [
        HEAD + "    print(wandb.config.lr)\n",
        HEAD + "if rank == 0:\n    print(wandb.config.lr)\n",
        HEAD + "if rank != 0:\n    raise SystemExit\nprint(args.lr)\n",
        HEAD + "lr = wandb.config.lr if rank == 0 else 1\n",
        HEAD + "if wandb.run:\n    print(wandb.config.lr)\n",
        HEAD + "else:\n    wandb.init(mode=mode)\nprint(wandb.config.lr)\n",
        HEAD.replace("rank == 0", "debug") + "print(wandb.config.lr)\n",
        HEAD + "def f():\n    return wandb.config.lr\nif rank == 0:\n    f()\n",
        HEAD + "if state.is_world_process_zero:\n    print(wandb.config.lr)\n",
        HEAD + "if jax.process_index() == 0:\n    print(wandb.config.lr)\n",
        'import wandb\nwandb.init(config={"lr": 1})\nrank = 0\nprint(wandb.config.lr)\n',
    ],
    ids=[
        "inside",
        "again",
        "args",
        "ternary",
        "run",
        "both",
        "no-rank",
        "called",
        "zero",
        "index",
        "all",
    ],
)
def test_a_read_of_the_process_that_has_it(text: str) -> None:
    assert_clean("JR701", text)
