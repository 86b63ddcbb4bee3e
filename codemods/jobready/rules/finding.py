"""What a rule finds, the change that makes it go away, and the comment that hides it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from jobready.edits.writing.text import Edit
from jobready.script.source.place import Place

Safety = Literal["safe", "unsafe"]


@dataclass(frozen=True)
class Migration:
    """The change is the one that `jobready migrate` makes, to the script as a whole."""


@dataclass(frozen=True)
class Fix:
    """A change that makes a finding go away.

    A safe one keeps what the script does without a launch; an unsafe one may change it,
    and is only made on request. ``sentence`` says what it does, as in "replaces it by
    wandb.config.update(…)".
    """

    safety: Safety
    sentence: str
    change: tuple[Edit, ...] | Migration


@dataclass(frozen=True)
class Finding:
    """One thing that stops a script from being a good job.

    It has a ``fix``, or ``no_fix`` says why there is none. ``end`` is the place behind
    the last character, None where the finding is about a line. ``path`` names the file
    where that is not the script the rule was given.
    """

    code: str
    message: str
    place: Place
    end: Place | None = None
    fix: Fix | None = None
    no_fix: str | None = None
    path: Path | None = None

    def __post_init__(self) -> None:
        if (self.fix is None) == (self.no_fix is None):
            raise ValueError(f"{self.code}: a finding has a fix, or says why it has none")


@dataclass(frozen=True)
class Suppression:
    """A comment like ``# jobready: ignore[JR101] reason``, and what came of it.

    ``codes`` are those in the brackets, empty for a comment without them. ``lines`` are
    the lines that it holds for, None for the whole file. Of the codes, ``unused`` were
    looked for and found nothing, and ``unknown`` are no rule's. ``words`` is what the
    comment says where it is none that jobready understands, else None. ``brackets`` are
    the places before and behind the brackets, ``removal`` those of all that goes with the
    comment, which is its line where it stands alone.
    """

    codes: tuple[str, ...]
    lines: range | None
    place: Place
    end: Place
    brackets: tuple[Place, Place]
    removal: tuple[Place, Place]
    unused: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    words: str | None = None

    @property
    def written(self) -> str:
        """The comment's first word, as it is written."""
        return "ignore-file" if self.lines is None else "ignore"
