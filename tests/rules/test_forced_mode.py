"""JR308: the script switches W&B off."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.rules.tools import assert_clean, fixed, found, found_in_project


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('wandb.init(mode="offline")', "wandb.init()"),
        ("wandb.init(project=p, mode='disabled')", "wandb.init(project=p)"),
        ('wandb.init(mode="dryrun", project=p)', "wandb.init(project=p)"),
        ('wandb.init(\n    mode="offline",\n)', "wandb.init()"),
        (
            'wandb.init(\n    project=p,  # ours\n    mode="offline",\n    name=n,\n)',
            "wandb.init(\n    project=p,  # ours\n    name=n,\n)",
        ),
        (
            'wandb.init(settings=wandb.Settings(mode="offline"))',
            "wandb.init(settings=wandb.Settings())",
        ),
        ('os.environ["WANDB_MODE"] = "offline"\nrun()', "run()"),
        ('os.environ["WANDB_MODE"] = "offline"  # for now\nrun()', "# for now\nrun()"),
        ('a = 1; os.environ["WANDB_MODE"] = "offline"', "a = 1; pass"),
        (
            'def f():\n    os.environ["WANDB_MODE"] = "disabled"',
            "def f():\n    pass",
        ),
    ],
)
def test_the_mode_is_taken_out_on_request(before: str, after: str) -> None:
    text = f"import os\nimport wandb\n{before}\n"
    assert len(found("JR308", text)) == 1
    assert fixed("JR308", text) == text
    assert fixed("JR308", text, unsafe=True) == f"import os\nimport wandb\n{after}\n"


def test_a_comment_that_would_go_too_keeps_it() -> None:
    text = 'import wandb\nwandb.init(\n    mode="offline",  # why\n    name="x",\n)\n'
    assert len(found("JR308", text)) == 1
    assert fixed("JR308", text, unsafe=True) == text


def test_under_the_main_guard() -> None:
    text = (
        'import os\nif __name__ == "__main__":\n    os.environ["WANDB_MODE"] = "offline"\n'
    )
    assert len(found("JR308", text)) == 1


@pytest.mark.parametrize(
    "statement",
    [
        'wandb.init(mode="online")',
        "wandb.init(mode=args.mode)",
        'wandb.init(mode="disabled" if args.debug else "online")',
        'if args.track:\n    wandb.init()\nelse:\n    wandb.init(mode="disabled")',
        'run = wandb.init() if track else wandb.init(mode="disabled")',
        'other.init(mode="offline")',
        'open("f", mode="offline")',
        'if args.debug:\n    os.environ["WANDB_MODE"] = "offline"',
        'os.environ["WANDB_MODE"] = args.mode',
        'os.environ["OTHER_MODE"] = "offline"',
        'environ["WANDB_MODE"] = "offline"',
    ],
)
def test_a_mode_that_depends_or_is_none(statement: str) -> None:
    assert_clean("JR308", f"import os\nimport wandb\n{statement}\n")


def test_tests_may_switch_it_off_and_scripts_beside_them_may_not(tmp_path: Path) -> None:
    off = 'import os\n\nos.environ["WANDB_MODE"] = "offline"\n'
    files = {
        "tests/conftest.py": off,
        "tests/test_train.py": off + "def test_it():\n    pass\n",
        "tests/train_small.py": off + 'if __name__ == "__main__":\n    main()\n',
    }
    found = found_in_project("JR308", files, tmp_path)
    assert [name for name, _ in found] == ["tests/train_small.py"]
