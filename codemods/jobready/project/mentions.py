"""Telling from the bytes of a file whether it is worth reading."""

from __future__ import annotations

import re
from functools import cached_property

# A file matters if each of these groups has a word in it.
Needs = tuple[tuple[bytes, ...], ...]

# What a script may have that gives a Trainer its arguments, which starts a run unasked.
TRAINERS = (b"TrainingArguments", b"TrlParser", b"parse_args_into_dataclasses")
NAME = b"andb"  # as in Wandb
# wandb in any of its spellings (`wandb`, `Wandb…` classes, `WANDB_…` variables), the
# keywords by which a framework is told to use it.
ANY = (
    *(b"andb", b"WANDB_", b"report_to", b"log_with", b"init_trackers"),
    *TRAINERS,
)

# What brings names of W&B's into a file, and how it looks where one of them may be that of
# its init, its run or the run's config.
FROM_WANDB = b"from wandb import"
OF_A_RUN = (
    rb"from wandb import\s*(?:[(*]|[^\n]*(?:\\|\b(?:init|run|config|(?:wandb_)?sdk)\b))"
)
# W&B's own init under any name.
INITS = (
    b"wandb.init",
    b"import wandb as ",
    b", wandb as ",
    FROM_WANDB,
    b'import_module("wandb"',
    b"import_module('wandb'",
    b'__import__("wandb"',
    b"__import__('wandb'",
)
# What starts a run: W&B's own init, or a framework's tracker.
STARTS = (
    *INITS,
    b"report_to=",
    b"report_to =",
    b"log_with=",
    b"log_with =",
    b"init_trackers(",
    b"WandbLogger",
    b"WandbCallback",
    b"WandBCallback",
    b"WandbMetricsLogger",
    *TRAINERS,
)
WANDB = (
    *(b"wandb", b"Wandb", b"report_to", b"log_with", b"init_trackers"),
    *TRAINERS,
)
# A script that starts a run; most rules need one.
STARTS_A_RUN: Needs = (STARTS,)
# One that calls wandb.init itself, and one that names the config of its run.
CALLS_INIT: Needs = (INITS,)
NAMES_CONFIG: Needs = (INITS, (b".config",))
# What argparse reads a command line with.
PARSES = (
    b"parse_args",
    b"parse_known_args",
    b"parse_intermixed_args",
    b"parse_known_intermixed_args",
    b"parse_args_into_dataclasses",
    b"parse_args_and_config",
)

# Words without which a module neither makes a parser, nor parses, nor looks at the command
# line, nor starts a run.
LEADS_ON = (
    b"argv",
    b"parse_",
    b"add_argument",
    b"ArgumentParser",
    b"wandb",
    b"WandbLogger",
    b"init_trackers",
    b"log_with",
    b"report_to",
    b"Trainer(",
    b"configargparse",
    b"Tap)",
)


def may_matter(data: bytes) -> bool:
    """Whether a file can start a run; any other is never parsed.

    One search for each word, since a single expression of them all takes ten times as
    long (measured on 37 MB: 0.05 s to 0.48 s).
    """
    for word in ANY:  # noqa: SIM110 - any() takes as long as the search itself
        if word in data:
            return True
    return False


def may_parse(data: bytes) -> bool:
    """Whether the file may parse a command line."""
    return any(word in data for word in PARSES)


def may_lead_on(data: bytes) -> bool:
    """Whether a parser, a parse or a run may be made in a module."""
    return any(word in data for word in LEADS_ON)


def may_be_migrated(data: bytes, *, add_init: bool = False) -> bool:
    """Whether a migration may do something: the file can start a run, or gets one."""
    return any(word in data for word in WANDB) or (add_init and may_parse(data))


class Mentions:
    """The words that stand in a file; each is looked for once, however often asked.

    ``from wandb import`` doesn't count where it brings in an image or the like.
    """

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._known: dict[bytes, bool] = {}
        self._met: dict[Needs, bool] = {}

    def matches(self, pattern: bytes) -> bool:
        """Whether an expression matches somewhere in the file."""
        found = self._known.get(pattern)
        if found is None:
            found = self._known[pattern] = re.search(pattern, self._data) is not None
        return found

    def meets(self, needs: Needs) -> bool:
        """Whether each group has a word in the file; many rules have the same needs."""
        met = self._met.get(needs)
        if met is None:
            met = self._met[needs] = all(map(self._has_one_of, needs))
        return met

    def _has_one_of(self, words: tuple[bytes, ...]) -> bool:
        known = self._known
        for word in words:
            found = known.get(word)
            if found is None:
                there = self._lines if NAME in word else self._data
                found = known[word] = word in there
                if found and word == FROM_WANDB:
                    found = known[word] = re.search(OF_A_RUN, there) is not None
            if found:
                return True
        return False

    @cached_property
    def _lines(self) -> bytes:
        """The lines that name wandb: few, and a word with the name in it is in no other."""
        data, found = self._data, []
        end = -1
        while (at := data.find(NAME, end + 1)) >= 0:
            end = data.find(b"\n", at)
            end = len(data) if end < 0 else end
            found.append(data[data.rfind(b"\n", 0, at) + 1 : end])
        return b"\n".join(found)
