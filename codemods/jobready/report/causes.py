"""What is said of scripts most often: reasons without what is one script's own."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from jobready.outcome import NOTE, Reason, Refused, Rewritten
from jobready.report.results import FileResult

SHOWN = 3
_QUOTED = re.compile(r"`[^`]*`|(?<!\w)'[^']*'|\"[^\"]*\"")
_FLAGS_AND_NUMBERS = re.compile(r"(?<![\w-])--?[a-zA-Z][\w-]*|\d+")


def cause(message: str) -> str:
    """A reason without what is particular to one script: names, flags and numbers."""
    return _FLAGS_AND_NUMBERS.sub("…", _QUOTED.sub("…", message))


def most_refused(results: Sequence[FileResult]) -> list[str]:
    """The causes that several scripts were refused for: ``3 x the parser has …``."""
    return _most_frequent(
        r.outcome.reasons for r in results if isinstance(r.outcome, Refused)
    )


def most_noted(results: Sequence[FileResult]) -> list[str]:
    """What several scripts that were rewritten should be looked at for."""
    return _most_frequent(
        [
            replace(reason, message=reason.message.removeprefix(NOTE))
            for reason in result.outcome.reasons
            if reason.message.startswith(NOTE)
        ]
        for result in results
        if isinstance(result.outcome, Rewritten)
    )


def _most_frequent(said: Iterable[Iterable[Reason]]) -> list[str]:
    counted = Counter(c for reasons in said for c in _causes(reasons))
    return [f"{n} x {c}" for c, n in counted.most_common(SHOWN) if n > 1]


def _causes(reasons: Iterable[Reason]) -> Iterable[str]:
    """The causes among the reasons for one outcome, each once."""
    return dict.fromkeys(cause(r.message) for r in reasons)
