"""JR310: the script says itself where its run goes."""

from __future__ import annotations

import pytest

from tests.rules.tools import assert_clean, fixed, found

HEAD = "import os\nimport wandb\n"


@pytest.mark.parametrize("name", ["PROJECT", "ENTITY", "BASE_URL", "RUN_ID", "NAME"])
def test_a_variable_that_a_job_is_given(name: str) -> None:
    text = HEAD + f'os.environ["WANDB_{name}"] = "mine"\nwandb.init()\n'
    ((line, column, message),) = found("JR310", text)
    assert (line, column) == (3, 1)
    assert message.startswith(f"WANDB_{name} is set over the one that a job is given")


def test_the_fix_sets_it_only_where_it_is_not_set() -> None:
    text = HEAD + "os.environ['WANDB_PROJECT'] = 'mine'\nwandb.init()\n"
    after = HEAD + "os.environ.setdefault('WANDB_PROJECT', 'mine')\nwandb.init()\n"
    assert fixed("JR310", text) == text
    assert fixed("JR310", text, unsafe=True) == after


def test_a_host_of_the_source() -> None:
    text = HEAD + 'wandb.login(host="https://w.example")\nwandb.init()\n'
    ((_, column, message),) = found("JR310", text)
    assert column == 18
    assert message == "a job is sent to this host, wherever it was launched"


@pytest.mark.parametrize(
    "line",
    [
        'os.environ.setdefault("WANDB_PROJECT", "mine")',
        'os.environ["WANDB_PROJECT"] = args.project',
        'os.environ["WANDB_SILENT"] = "true"',
        'os.environ["WANDB_DIR"] = "/tmp"',
        'if "WANDB_PROJECT" not in os.environ:\n    os.environ["WANDB_PROJECT"] = "mine"',
        'config["WANDB_PROJECT"] = "mine"',
        "wandb.login(host=args.host)",
        "wandb.login()",
        'wandb.init(project="mine")',
    ],
)
def test_what_a_job_may_change(line: str) -> None:
    assert_clean("JR310", f"{HEAD}{line}\nwandb.init()\n")
