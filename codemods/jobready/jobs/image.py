"""References to images: what they are made of, by the grammar that registries hold to.

https://github.com/distribution/reference/blob/main/reference.go
"""

from __future__ import annotations

import re
from dataclasses import dataclass

REFERENCE = re.compile(
    r"""
    (?:(?P<registry>
        localhost(?::\d+)? | [A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+(?::\d+)? | [A-Za-z0-9-]+:\d+
        | \[[0-9a-fA-F:]+\](?::\d+)?
    )/)?
    (?P<path>[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*(?:/[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*)*)
    (?::(?P<tag>\w[\w.-]{0,127}))?
    (?:@(?P<digest>[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,}))?
    """,
    re.VERBOSE | re.ASCII,
)


@dataclass(frozen=True)
class Image:
    """The parts of a reference; None where one isn't given."""

    registry: str | None
    path: str
    tag: str | None
    digest: str | None


def read_image(reference: str) -> Image | None:
    """The parts of a reference, None for a text that is none."""
    found = REFERENCE.fullmatch(reference)
    if found is None:
        return None
    return Image(found["registry"], found["path"], found["tag"], found["digest"])
