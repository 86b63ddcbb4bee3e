"""JR001: a comment suppresses a finding that isn't there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from jobready.edits.writing.text import Edit
from jobready.rules.finding import Finding, Fix, Suppression
from jobready.rules.rule import Rule


def find_in_comments(suppressions: Sequence[Suppression]) -> Iterator[Finding]:
    """One finding a comment that has codes for which nothing is found."""
    for each in suppressions:
        if not each.unused:
            continue
        unused = ", ".join(each.unused)
        kept = [code for code in each.codes if code not in each.unused]
        where = "in this file" if each.lines is None else "here"
        if kept:
            fix = Fix("safe", f"takes {unused} out of the comment", _shorter(each, kept))
        else:
            fix = Fix("safe", "removes the comment", (Edit(*each.removal, ""),))
        yield Finding(
            RULE.code,
            f"{unused} is suppressed, but not found {where}",
            each.place,
            each.end,
            fix,
        )


def _shorter(suppression: Suppression, kept: Sequence[str]) -> tuple[Edit, ...]:
    """The brackets of a comment with fewer codes in them."""
    return (Edit(*suppression.brackets, f"[{', '.join(kept)}]"),)


RULE = Rule(
    code="JR001",
    name="unused-suppression",
    summary="A comment suppresses a finding that isn't there.",
    why=(
        "It hides the finding on the day when somebody brings it in. Only codes that were "
        "looked for count: a rule that isn't selected leaves its comments alone."
    ),
    bad="""\
import wandb

wandb.init()  # jobready: ignore[JR308] offline on purpose
""",
    good="""\
import wandb

wandb.init(mode="offline")  # jobready: ignore[JR308] offline on purpose
""",
    safety="safe",
    fix="Takes the code out of the comment, or the comment out of the file.",
    sources=("jobready's own comments",),
    find_in_comments=find_in_comments,
    words=((b"jobready:",),),
)
