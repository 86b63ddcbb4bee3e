"""JR305: the script needs what torchrun sets."""

from __future__ import annotations

import pytest

from tests.rules.tools import assert_clean, found

HEAD = "import os\nimport wandb\n"
RUN = 'wandb.init(project="p", config={"lr": 0.1})\n'


@pytest.mark.parametrize("name", ["RANK", "LOCAL_RANK", "WORLD_SIZE", "MASTER_PORT"])
def test_a_variable_that_must_be_there(name: str) -> None:
    ((line, column, message),) = found("JR305", f'{HEAD}x = os.environ["{name}"]\n{RUN}')
    assert (line, column) == (3, 5)
    assert message.startswith(f"{name} is set by torchrun")


def test_in_a_function_that_is_surely_called() -> None:
    text = f'{HEAD}def rank():\n    return int(os.environ["RANK"])\nr = rank()\n{RUN}'
    assert [line for line, _, _ in found("JR305", text)] == [4]


@pytest.mark.parametrize(
    "text",
    [
        'x = os.environ.get("RANK", 0)\n' + RUN,
        'x = os.environ["RANK"] if "RANK" in os.environ else 0\n' + RUN,
        'if "RANK" in os.environ:\n    x = os.environ["RANK"]\n' + RUN,
        'try:\n    x = os.environ["RANK"]\nexcept KeyError:\n    x = 0\n' + RUN,
        'os.environ["RANK"] = "0"\nx = os.environ["RANK"]\n' + RUN,
        'def f():\n    return os.environ["RANK"]\nif distributed:\n    f()\n' + RUN,
        'def f():\n    return os.environ["RANK"]\n' + RUN,
        'x = os.environ["HOME"]\n' + RUN,
        'x = os.environ["RANK"]\n',
    ],
    ids=["get", "ternary", "if", "try", "set", "called-if", "uncalled", "other", "no-run"],
)
def test_a_script_that_starts_with_python(text: str) -> None:
    assert_clean("JR305", HEAD + text)
