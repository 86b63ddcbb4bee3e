"""JR002: a comment that suppresses nothing."""

from __future__ import annotations

import pytest

from tests.rules.tools import assert_clean, found

LINE = "import wandb\nwandb.init()  # jobready: {}\n"


@pytest.mark.parametrize(
    ("comment", "said"),
    [
        ("ignore[JR999]", "there is no rule JR999"),
        ("ignore[JR308, XY1]", "there is no rule XY1"),
        ("ignore-file[args-not-routed]", "there is no rule args-not-routed"),
        ("ignore", "'ignore' suppresses nothing: name the rules' codes"),
        ("ignore[]", "'ignore' suppresses nothing: name the rules' codes"),
        ("noqa", "'noqa' suppresses nothing: name the rules' codes"),
        ("ignore-line[JR308]", "'ignore-line[JR308]' suppresses nothing: name the rules'"),
    ],
)
def test_a_comment_that_names_no_rule(comment: str, said: str) -> None:
    ((line, column, message),) = found("JR002", LINE.format(comment))
    assert (line, column) == (2, 15)
    assert message.startswith(said)


@pytest.mark.parametrize(
    "text",
    [
        LINE.format("ignore[JR308] why"),
        LINE.format("ignore[JR3]"),
        LINE.format("ignore-file"),
        LINE.format("see the README"),
        "import wandb\nwandb.init()  # ignore[JR999]\n",
        "import wandb\nx = '# jobready: ignore[JR999]'\n",
    ],
)
def test_comments_that_are_understood_or_none_of_ours(text: str) -> None:
    assert_clean("JR002", text)
