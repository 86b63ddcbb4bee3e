"""What others wrote beside the lines of the emitted function stays when it is renewed."""

from __future__ import annotations

import pytest

from jobready.outcome import Refused, Rewritten
from tests.edits.tools import NEEDY, check_noop, check_refused, migrated

REST = "args = parser.parse_args()\nwandb.init(config=args)\n"
MORE = 'parser.add_argument("--xs", type=int, nargs="+", default=[1])\n'


def written(script: str) -> str:
    outcome = migrated(script)
    assert isinstance(outcome, Rewritten), outcome
    return outcome.text


def with_comment(text: str, code: str, comment: str) -> str:
    """The text with a comment behind its first line that ends in the code."""
    assert f"{code}\n" in text
    return text.replace(f"{code}\n", f"{code}{comment}\n", 1)


@pytest.mark.parametrize(
    ("code", "comment"),
    [
        ("-> list[str]:", "  # noqa: D103"),
        ("import load_wandb_config", "  # noqa: PLC0415"),
        ("return []", "\n    # needs wandb 0.16.1\n    # or newer"),
    ],
)
@pytest.mark.parametrize("quote", ['"', "'"])
def test_a_comment_stays_with_its_line(code: str, comment: str, quote: str) -> None:
    text = with_comment(written((NEEDY + REST).replace('"', quote)), code, comment)
    grown = text.replace("args = parser", f"{MORE}args = parser")
    assert f"{code}{comment}\n" in written(grown)


def test_our_own_comments_go_with_their_lines() -> None:
    one = 'parser.add_argument("--one", default=None)\n'
    text = written(NEEDY + one + REST)
    assert "# No words surely give this default" in text
    two = 'parser.add_argument("--two", type=int, default=[])\n'
    grown = written(text.replace(one, one + two))
    assert "# No words surely give this default" not in grown
    assert grown == written(NEEDY + one + two + REST)


def test_a_comment_whose_line_goes_is_named() -> None:
    text = written(NEEDY + REST)
    odd = text[text.index("odd = [") :].partition("\n")[0]
    line = text[: text.index(odd)].count("\n") + 1
    text = with_comment(text, odd, "  # ours")
    check_refused(text.replace("args = parser", f"{MORE}args = parser"), "'# ours'", line)


def test_a_function_that_is_up_to_date_keeps_any_comment() -> None:
    text = with_comment(written(NEEDY + REST), "if odd:", "  # ours")
    check_noop(text)


def test_a_function_that_was_edited_is_not_written_anew() -> None:
    text = written(NEEDY + REST).replace("return []", "return ['-v']  # ours")
    assert isinstance(migrated(text), Refused)
