"""JR608: the run's config is pickled."""

from __future__ import annotations

import pytest

from tests.rules.tools import assert_clean, fixed, found

HEAD = """\
import pickle

import torch
import wandb

run = wandb.init(config={"lr": 0.1})
config = wandb.config
"""


@pytest.mark.parametrize(
    ("line", "after"),
    [
        ("torch.save(config, 'a.pt')", "torch.save(dict(config), 'a.pt')"),
        (
            "torch.save({'config': run.config, 'x': 1}, 'a.pt')",
            "torch.save({'config': dict(run.config), 'x': 1}, 'a.pt')",
        ),
        ("pickle.dump(wandb.config, file)", "pickle.dump(dict(wandb.config), file)"),
        ("pickle.dumps([config, 1])", "pickle.dumps([dict(config), 1])"),
    ],
)
def test_a_config_that_is_written_with_all_it_refers_to(line: str, after: str) -> None:
    text = HEAD + line + "\n"
    ((number, _, message),) = found("JR608", text)
    assert number == 8
    assert message.endswith("the API key too")
    assert fixed("JR608", text) == text
    assert fixed("JR608", text, unsafe=True) == HEAD + after + "\n"


def test_a_dict_that_has_a_name() -> None:
    text = HEAD + "state = {'config': config}\ntorch.save(state, 'a.pt')\n"
    assert [line for line, _, _ in found("JR608", text)] == [8]


@pytest.mark.parametrize(
    "line",
    [
        "torch.save(dict(config), 'a.pt')",
        "torch.save({'config': config.as_dict()}, 'a.pt')",
        "torch.save({'lr': config.lr}, 'a.pt')",
        "torch.save(model, config.path)",
        "save(config)",
        "pickle.load(config)",
        "state = {'config': config}\nprint(state)",
    ],
)
def test_values_alone(line: str) -> None:
    assert_clean("JR608", HEAD + line + "\n")
