"""What happened to one file: the values that travel between the floors."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jobready.script.source.place import Place

# What is said of a script that needs nothing.
ROUTED = "takes launched values already"
# What is noted of a script with commands, of which the arguments hold no name.
COMMAND_IN_ENTRY = "the arguments don't hold the command: a job's entry point names it"
NOTE = "note: "  # how a reason begins that stands against nothing
# What is said of a script that seems to use W&B in a way that isn't seen.
UNSEEN_RUN = "no run is seen that it starts"


@dataclass(frozen=True)
class Reason:
    """One sentence about one place of a file.

    ``line`` and ``column`` are 1-based, columns count code points; both are None where
    a sentence is about the file as a whole. ``file`` names the file that they count in,
    None for the one that the outcome is about.
    """

    message: str
    line: int | None = None
    column: int | None = None
    file: str | None = None

    @classmethod
    def at(cls, message: str, place: Place) -> Reason:
        """A sentence about a place."""
        return cls(message, place.line, place.column, place.file)


@dataclass(frozen=True)
class Rewritten:
    """The file has new text; ``reasons`` say why this form and what to look at.

    ``also`` are other files that the script's parameters pass through, each with its new
    text; where all of the change is in them, ``text`` is the old one. ``through`` names
    all other files that make its parser, parse or start its run, or hand it what it shows.
    """

    text: str
    forms: tuple[str, ...]
    reasons: tuple[Reason, ...] = ()
    also: tuple[tuple[str, str], ...] = ()
    through: tuple[str, ...] = ()


@dataclass(frozen=True)
class Unchanged:
    """There is nothing to do; ``through`` is that of `Rewritten`.

    ``notes`` are what its reader should know where that was done for another script.
    """

    reasons: tuple[Reason, ...] = ()
    through: tuple[str, ...] = ()
    notes: tuple[Reason, ...] = ()


@dataclass(frozen=True)
class Refused:
    """The file needs a change that can't be made safely; it stays as it was.

    ``through`` is that of `Rewritten`.
    """

    reasons: tuple[Reason, ...]
    through: tuple[str, ...] = ()


@dataclass(frozen=True)
class Failed:
    """The file could not be read, decoded, parsed or written."""

    reasons: tuple[Reason, ...]


Outcome = Rewritten | Unchanged | Refused | Failed
