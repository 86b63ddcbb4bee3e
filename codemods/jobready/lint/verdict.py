"""What checking one file came to: the value that travels between processes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from jobready.outcome import Reason

if TYPE_CHECKING:
    from jobready.rules.finding import Finding


@dataclass(frozen=True)
class Verdict:
    """The findings in one file, or the problems that kept it from being checked.

    ``path`` is the file as the user named it, ``suppressed`` counts the findings that
    comments suppress. ``job`` is the digest of the name of the job that a run of the script
    makes, if somebody asked for it: the name itself may hold a credential.
    """

    path: str
    findings: tuple[Finding, ...] = ()
    problems: tuple[Reason, ...] = ()
    suppressed: int = 0
    job: str | None = None

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to say."""
        return not (self.findings or self.problems or self.suppressed or self.job)
