"""JR002: a comment that is meant to suppress something, and doesn't."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from jobready.rules.finding import Finding, Suppression
from jobready.rules.rule import Rule


def find_in_comments(suppressions: Sequence[Suppression]) -> Iterator[Finding]:
    """One finding a comment that names no rule, or is written in another way."""
    for each in suppressions:
        if each.words is not None:
            message = f"{each.words!r} suppresses nothing: name the rules' codes"
            advice = f"write # jobready: {each.written}[JR101] and the reason"
        elif each.unknown:
            message = f"there is no rule {', '.join(each.unknown)}"
            advice = "jobready explain lists the rules"
        else:
            continue
        yield Finding(RULE.code, message, each.place, each.end, no_fix=advice)


RULE = Rule(
    code="JR002",
    name="unknown-suppression",
    summary="A comment is meant to suppress a finding, and names no rule.",
    why="It does nothing, and whoever wrote it thinks that it does.",
    bad="""\
import wandb

wandb.init(mode="offline")  # jobready: ignore[JR380] offline on purpose
""",
    good="""\
import wandb

wandb.init(mode="offline")  # jobready: ignore[JR308] offline on purpose
""",
    safety=None,
    fix="Which rule was meant can't be told.",
    sources=("jobready's own comments",),
    find_in_comments=find_in_comments,
    words=((b"jobready:",),),
)
