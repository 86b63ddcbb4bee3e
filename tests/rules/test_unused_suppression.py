"""JR001: a comment suppresses what isn't there."""

from __future__ import annotations

from pathlib import Path

import pytest

from jobready.lint.fix import Fixed, fix_text
from tests.rules.tools import NEWEST, found_in_project, rule

BOTH = ("JR001", "JR308", "JR606")


def gone(text: str) -> tuple[int, str]:
    """How many findings about comments the fixes make go, and the script after them."""
    done = fix_text(text, NEWEST, [rule(code) for code in BOTH], unsafe=False)
    assert isinstance(done, Fixed)
    return dict(done.fixed).get("JR001", 0), done.text


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("wandb.init()  # jobready: ignore[JR308] why", "wandb.init()"),
        ("# jobready: ignore[JR308]\nwandb.init()", "wandb.init()"),
        ("# jobready: ignore-file[JR308] old\nwandb.init()", "wandb.init()"),
        ("wandb.init()  # noqa  # jobready: ignore[JR308]", "wandb.init()  # noqa"),
        (
            'wandb.init(mode="offline")  # jobready: ignore[JR308, JR606] why',
            'wandb.init(mode="offline")  # jobready: ignore[JR308] why',
        ),
    ],
    ids=["behind", "above", "file", "beside-another", "one-of-two"],
)
def test_it_is_taken_out(before: str, after: str) -> None:
    text = f"import wandb\n{before}\n"
    assert gone(text) == (1, f"import wandb\n{after}\n")


@pytest.mark.parametrize(
    "line",
    [
        'wandb.init(mode="offline")  # jobready: ignore[JR308]',
        'wandb.init(mode="offline")  # jobready: ignore[JR3]',
        "wandb.init()  # jobready: ignore[JR101] a rule that isn't selected",
        "wandb.init()  # jobready: ignore[JR999] no rule: JR002's",
        "text = '# jobready: ignore[JR308]'",
        "# jobready: ignore-file",
        "# jobready: see the README",
    ],
)
def test_what_is_used_or_not_looked_for(line: str) -> None:
    text = f"import wandb\n{line}\n"
    assert gone(text) == (0, text)


def test_what_is_unused_is_named(tmp_path: Path) -> None:
    files = {"a.py": "import wandb\nwandb.init()  # jobready: ignore[JR308, JR606]\n"}
    ((_, finding),) = found_in_project("JR001", files, tmp_path, "JR308", "JR606")
    assert finding.message == "JR308, JR606 is suppressed, but not found here"
    assert (finding.place.line, finding.place.column) == (2, 15)
