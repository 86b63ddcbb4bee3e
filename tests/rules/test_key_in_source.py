"""JR607: the API key is written into the source."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.calling import jobready
from tests.rules.tools import assert_clean, fixed, found, found_in_project

KEY = "0123456789abcdef" * 2 + "01234567"
HEAD = "import os\nimport wandb\n"


@pytest.mark.parametrize(
    ("line", "after"),
    [
        (f'wandb.login(key="{KEY}")', "wandb.login()"),
        (f'wandb.login("never", "{KEY}")', 'wandb.login("never")'),
        (f'wandb.login(key="local-{KEY}", relogin=True)', "wandb.login(relogin=True)"),
    ],
)
def test_a_key_that_is_passed(line: str, after: str) -> None:
    text = f"{HEAD}{line}\nwandb.init()\n"
    ((number, _, message),) = found("JR607", text)
    assert number == 3
    assert KEY not in message
    assert fixed("JR607", text) == text
    assert fixed("JR607", text, unsafe=True) == f"{HEAD}{after}\nwandb.init()\n"


def test_a_key_that_is_put_into_the_environment() -> None:
    text = f'{HEAD}os.environ["WANDB_API_KEY"] = "{KEY}"\nwandb.init()\n'
    assert len(found("JR607", text)) == 1
    assert fixed("JR607", text, unsafe=True) == f"{HEAD}wandb.init()\n"


def test_the_report_does_not_show_it(tmp_path: Path) -> None:
    script = tmp_path / "train.py"
    script.write_text(f'{HEAD}wandb.login(key="{KEY}")\nwandb.init()\n')
    result = jobready("check", "--no-cache", "--select=JR607", str(script))
    assert "JR607" in result.stdout
    assert "wandb.login(key=" in result.stdout
    assert KEY not in result.stdout


@pytest.mark.parametrize(
    "line",
    [
        "wandb.login()",
        "wandb.login(key=args.key)",
        'wandb.login(key="YOUR_API_KEY")',
        'wandb.login(key=os.environ["KEY"])',
        f'commit = "{KEY}"',
        f'other.login(key="{KEY}")',
        'os.environ["WANDB_API_KEY"] = ""',
        f'settings["WANDB_API_KEY"] = "{KEY}"',
    ],
)
def test_what_is_no_key_or_not_for_wandb(line: str) -> None:
    assert_clean("JR607", f"{HEAD}{line}\nwandb.init()\n")


def test_a_key_in_a_test_is_one_too(tmp_path: Path) -> None:
    text = f'{HEAD}def test_it():\n    wandb.login(key="{KEY}")\n'
    assert len(found_in_project("JR607", {"test_train.py": text}, tmp_path)) == 1
