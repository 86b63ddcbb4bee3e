"""JR309: the id of the run is written into the source."""

from __future__ import annotations

import pytest

from tests.rules.tools import assert_clean, fixed, found


def test_an_id_of_the_source() -> None:
    text = 'import wandb\nwandb.init(project="p", id="1a2b", config={})\n'
    ((line, column, _),) = found("JR309", text)
    assert (line, column) == (2, 28)
    assert fixed("JR309", text) == text
    assert fixed("JR309", text, unsafe=True) == text.replace('id="1a2b", ', "")


def test_a_run_that_is_resumed_has_no_fix() -> None:
    text = 'import wandb\nwandb.init(id="1a2b", resume="must")\n'
    assert len(found("JR309", text)) == 1
    assert fixed("JR309", text, unsafe=True) == text


@pytest.mark.parametrize(
    "call",
    [
        "wandb.init(id=args.id)",
        "wandb.init(id=wandb.util.generate_id())",
        "wandb.init(id=None)",
        'wandb.init(name="1a2b")',
        'wandb.Artifact(id="1a2b")',
        'wandb.init(id=f"{name}-1")',
    ],
)
def test_an_id_of_the_run(call: str) -> None:
    assert_clean("JR309", f"import wandb\n{call}\n")
