"""Comments that suppress findings: where they hold, and what they take out."""

from __future__ import annotations

import pytest

from jobready.lint.check import check_text, look_and_judge
from jobready.lint.suppressions import opted_out, suppressions_in
from jobready.outcome import Failed
from jobready.rules import all_rules
from tests.rules.tools import NEWEST

OFF = 'wandb.init(mode="offline")'


def codes(body: str) -> list[str]:
    """The codes that are found in a script."""
    found = check_text(f"import wandb\n{body}\n", NEWEST)
    assert not isinstance(found, Failed), found
    return [f.code for f in found]


@pytest.mark.parametrize(
    "body",
    [
        f"{OFF}  # jobready: ignore[JR308]",
        f"{OFF}  # jobready: ignore[JR308] on purpose",
        f"{OFF}  #jobready:ignore[JR308]",
        f"{OFF}  # noqa: E501 # jobready: ignore[JR308]",
        f"{OFF}  # jobready: ignore[JR308 , JR308]",
        f"{OFF}  # jobready: ignore[JR3]",
        f"# jobready: ignore[JR308] on purpose\n{OFF}",
        f"# jobready: ignore[JR308]\n# and more\n\n{OFF}",
        'wandb.init(  # jobready: ignore[JR308]\n    mode="offline",\n)',
        'wandb.init(\n    mode="offline",\n)  # jobready: ignore[JR308]',
        'wandb.init(\n    # jobready: ignore[JR308]\n    mode="offline",\n)',
        f"def f():\n    {OFF}  # jobready: ignore[JR308]",
        f"def f():\n    # jobready: ignore[JR308]\n    {OFF}",
        f"# jobready: ignore-file[JR308]\n{OFF}",
        f"{OFF}\n# jobready: ignore-file[JR308] at the end",
        f"# jobready: ignore-file\n{OFF}",
    ],
)
def test_what_is_suppressed(body: str) -> None:
    assert codes(body) == []


@pytest.mark.parametrize(
    "body",
    [
        OFF,
        f"{OFF}  # ignore[JR308]",
        f"x = 1  # jobready: ignore[JR101] not looked for\n{OFF}",
        f"# jobready: ignore[JR101]\n{OFF}",
        f"text = '# jobready: ignore[JR308]'\n{OFF}",
        f'"""# jobready: ignore[JR308]"""\n{OFF}',
    ],
)
def test_what_is_not_suppressed(body: str) -> None:
    assert "JR308" in codes(body)


def test_a_comment_holds_for_its_own_statement_only() -> None:
    body = f"{OFF}  # jobready: ignore[JR308]\n{OFF}"
    assert codes(body) == ["JR308"]


def test_a_comment_counts_in_a_file_that_ends_its_lines_in_carriage_returns() -> None:
    text = f"import wandb\n# jobready: ignore[JR308]\n{OFF}\n{OFF}\n".replace("\n", "\r")
    found = check_text(text, NEWEST)
    assert not isinstance(found, Failed)
    assert [(f.code, f.place.line) for f in found] == [("JR308", 4)]


def test_suppressed_findings_are_counted() -> None:
    text = f"import wandb\n{OFF}  # jobready: ignore[JR308]\n{OFF}\n"
    judged = look_and_judge(text, NEWEST, all_rules())
    assert not isinstance(judged, Failed)
    assert (len(judged.findings), judged.count) == (1, 1)


def test_a_rule_that_did_not_run_leaves_its_comments_alone() -> None:
    text = f"import wandb\n{OFF}  # jobready: ignore[JR308, JR101]\n"
    only = [r for r in all_rules() if r.code in ("JR001", "JR308")]
    found = check_text(text, NEWEST, only)
    assert found == ()


@pytest.mark.parametrize(
    ("comment", "out"),
    [
        ("# jobready: ignore-file", True),
        ("# jobready: ignore-file[JR101] ours", True),
        ("# jobready: ignore-file[JR1]", True),
        ("# jobready: ignore-file[JR308]", False),
        ("# jobready: ignore-file[]", False),
        ("# jobready: ignore[JR101]", False),
        ("# jobready: ignore", False),
    ],
)
def test_which_comments_take_a_file_out_of_the_migration(comment: str, out: bool) -> None:
    found = opted_out(suppressions_in(f"import wandb\n\n{comment}\nx = 1\n"))
    assert (found is not None) is out
    assert found is None or found.place.line == 3


def test_a_file_that_ends_in_the_middle_is_read_up_to_there() -> None:
    (found,) = suppressions_in("x = 1  # jobready: ignore[JR101]\ny = (\n")
    assert found.codes == ("JR101",)
