"""The encoding of a Python file, as Python itself finds it: BOM, PEP 263, UTF-8."""

from __future__ import annotations

from jobready.outcome import Reason

BOM = b"\xef\xbb\xbf"


def cookie_of(body: bytes, bom: bool) -> str | Reason:
    """Return the encoding that a file states, "utf-8" where it states none.

    ``body`` is the file less its BOM. A `Reason` says which line states an encoding
    that Python does not know or that the BOM contradicts.
    """
    lines = _first_lines(body)
    if not any(b"coding" in line for line in lines):
        return "utf-8"
    from tokenize import detect_encoding  # the few files with a cookie pay for it

    # Bytes past ASCII are for decoding to judge: it says line and column.
    plain = iter([line.decode("ascii", "replace").encode() for line in lines])
    try:
        name, _ = detect_encoding(lambda: next(plain))
    except SyntaxError as error:
        return Reason(
            f"Python knows no such encoding as this line states ({error}):"
            " correct the cookie, or save the file as UTF-8",
            _cookie_line(lines),
        )
    if bom and name != "utf-8":
        return Reason(
            f"the file starts with a UTF-8 byte order mark, this line says {name}:"
            " remove one of the two",
            _cookie_line(lines),
        )
    return name


def undecodable(body: bytes, encoding: str, error: UnicodeDecodeError) -> Reason:
    """Return where the first byte stands that the encoding does not have."""
    before = body[: error.start]
    start = max(before.rfind(b"\n"), before.rfind(b"\r")) + 1
    return Reason(
        f"byte 0x{body[error.start]:02x} is no {encoding} text: save the file as UTF-8,"
        " or state its encoding in line 1 (# coding: ...)",
        line_of(before),
        _length(before[start:], encoding) + 1,
    )


def _length(data: bytes, encoding: str) -> int:
    """Return how many characters the bytes are, as nearly as the encoding tells."""
    try:
        return len(data.decode(encoding, "replace"))
    except ValueError:  # idna replaces nothing
        return len(data)


def line_of(before: bytes) -> int:
    """Return the 1-based line of what follows these bytes, all newlines counted."""
    return before.count(b"\n") + before.count(b"\r") - before.count(b"\r\n") + 1


def _first_lines(body: bytes) -> list[bytes]:
    """Return the two lines that may hold a cookie, each ended by a line feed."""
    lines = body.replace(b"\r\n", b"\n").replace(b"\r", b"\n").split(b"\n", 2)
    return [line + b"\n" for line in lines[:2]]


def _cookie_line(lines: list[bytes]) -> int:
    return 1 if b"coding:" in lines[0] or b"coding=" in lines[0] else 2
