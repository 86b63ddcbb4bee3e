"""What an item came to: the values between what is found out and what pytest is told."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Good:
    """The item passes. ``facts`` are shown with the run's summary."""

    facts: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Expected:
    """The item can't pass, for a reason that isn't the script's, or not yet its own.

    ``reason`` is one line.
    """

    reason: str
    facts: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Red:
    """The item fails, with this text."""

    text: str
    facts: tuple[tuple[str, str], ...] = ()


Verdict = Good | Expected | Red
