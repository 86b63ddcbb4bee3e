"""What the recorder wrote down, as values."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pytest_jobready.recording import Parsed
from pytest_jobready.rehearsal.rehearsed import Crash, Read, Started

RANK = "rank "  # what the process of another rank is called, before its number
NO_RUN = "must call wandb.init()"  # what the SDK says of a config where there is no run


@dataclass(frozen=True)
class Events:
    """A record; ``why`` is the first word about the end, None without one.

    ``config`` is that of the run as its process knew it, None without a run. ``parses``
    and ``values`` are those of the main process. Other ranks have their reads here, and
    what crashed them before the main process had ended.
    """

    reads: tuple[Read, ...]
    started: tuple[Started, ...]
    crash: Crash | None
    why: str | None
    refusal: str | None
    config: Mapping[str, Any] | None
    parses: tuple[Parsed, ...]
    values: Mapping[str, tuple[str, str]]
    stand_ins: tuple[str, ...]
    asked_rank: bool
    rank_crashes: tuple[Crash, ...]


def events_of(text: str) -> Events:
    """The values in a record, one JSON object a line; a last line may be cut off."""
    found: list[dict[str, Any]] = []
    for line in text.splitlines():
        try:
            found.append(json.loads(line))
        except ValueError:
            continue

    others = [event for event in found if event["process"].startswith(RANK)]

    def of(kind: str) -> list[dict[str, Any]]:
        return [e for e in found if e["event"] == kind and e not in others]

    refusals, crashes, ends = of("refused"), of("error"), of("end")
    # Of several processes that end, the main one speaks for the script.
    crashes.sort(key=lambda c: c["process"] != "main")
    configs = [e["config"] for e in ends if e["config"] is not None]
    return Events(
        reads=tuple(_read(r) for r in found if r["event"] == "read"),
        started=tuple(_started(i) for i in of("init")),
        crash=_crash(crashes[0]) if crashes else None,
        why=ends[0]["why"] if ends else None,
        refusal=refusals[0]["message"] if refusals else None,
        config=configs[0] if configs else None,
        parses=tuple(Parsed.of(p) for p in of("parse") if p["process"] == "main"),
        values={
            name: (value[0], value[1])
            for parsed in of("parsed")
            if parsed["process"] == "main"
            for name, value in parsed["values"].items()
        },
        stand_ins=tuple(sorted({e["name"] for e in of("stand-in")})),
        asked_rank=bool(of("asked-rank")),
        rank_crashes=tuple(_crashes_of_ranks(found)),
    )


def _crashes_of_ranks(found: Sequence[Mapping[str, Any]]) -> Iterator[Crash]:
    """What crashed other ranks, but for what did so because the main process was gone."""
    gone = False
    for event in found:
        if event["process"] == "main" and event["event"] in ("ending", "end"):
            gone = True
        if event["event"] == "error" and event["process"].startswith(RANK):
            if not gone or NO_RUN in event["message"]:
                yield _crash(event)


def _read(event: Mapping[str, Any]) -> Read:
    return Read(
        parameter=event["name"],
        type=event["type"],
        text=event["value"],
        file=Path(event["file"]),
        line=event["line"],
        when="after init" if event["after_init"] else "before init",
        source=event["source"],
        whole=event["whole"],
        process=event["process"],
    )


def _started(event: Mapping[str, Any]) -> Started:
    return Started(
        file=Path(event["file"]),
        line=event["line"],
        entity=event.get("entity"),
        project=event.get("project"),
        id=event.get("id"),
        mode=event.get("mode"),
        process=event["process"],
    )


def _crash(event: Mapping[str, Any]) -> Crash:
    return Crash(
        type=event["type"],
        message=event["message"],
        file=Path(event["file"]) if event.get("file") else None,
        line=event.get("line"),
        process=event["process"],
    )
