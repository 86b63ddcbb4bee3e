"""What scripts were refused for most often: reasons without what is one script's own."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from jobready.outcome import Reason, Refused
from jobready.report.results import FileResult

SHOWN = 3
_QUOTED = re.compile(r"`[^`]*`|(?<!\w)'[^']*'|\"[^\"]*\"")
_FLAGS_AND_NUMBERS = re.compile(r"(?<![\w-])--?[a-zA-Z][\w-]*|\d+")


def cause(message: str) -> str:
    """A reason without what is particular to one script: names, flags and numbers."""
    return _FLAGS_AND_NUMBERS.sub("…", _QUOTED.sub("…", message))


def most_frequent(results: Sequence[FileResult]) -> list[str]:
    """The causes that several scripts were refused for: ``3 x the parser has …``."""
    refused = (r.outcome for r in results if isinstance(r.outcome, Refused))
    counted = Counter(c for outcome in refused for c in _causes(outcome.reasons))
    return [f"{n} x {c}" for c, n in counted.most_common(SHOWN) if n > 1]


def _causes(reasons: Iterable[Reason]) -> Iterable[str]:
    """The causes of one refusal, each once."""
    return dict.fromkeys(cause(r.message) for r in reasons)
