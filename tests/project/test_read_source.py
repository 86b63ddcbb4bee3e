"""Reading: any file is text with its newlines, or a reason that says what to do."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobready.outcome import Failed, Reason
from jobready.project.files import (
    MAX_BYTES,
    Source,
    decode_source,
    encode_text,
    read_source,
)

BOM = b"\xef\xbb\xbf"


def reason_of(outcome: object) -> Reason:
    """Return the one reason of a failure."""
    assert isinstance(outcome, Failed), outcome
    (reason,) = outcome.reasons
    return reason


def decoded(data: bytes) -> Source:
    """Return the source that bytes are decoded to."""
    source = decode_source(data, None)
    assert isinstance(source, Source), source
    return source


ENCODINGS = ("utf-8", "latin-1", "cp1252", "shift_jis", "euc-kr", "koi8-r", "gb18030")
LINES = st.lists(st.text(st.characters(exclude_characters="\0")), max_size=6)
NEWLINES = st.sampled_from(["\n", "\r\n", "\r", "\f\n", ""])


@given(LINES, st.lists(NEWLINES, min_size=7), st.sampled_from(ENCODINGS), st.booleans())
def test_decode_then_encode_gives_the_same_bytes(
    lines: list[str], newlines: list[str], encoding: str, bom: bool
) -> None:
    cookie = [] if encoding == "utf-8" else [f"# -*- coding: {encoding} -*-\n"]
    text = "".join(
        cookie + [line + end for line, end in zip(lines, newlines, strict=False)]
    )
    data = text.encode(encoding, "replace")
    if bom and encoding == "utf-8":
        data = BOM + data
    source = decode_source(data, None)
    if isinstance(source, Source):
        assert encode_text(source, source.text) == data
    else:  # only what the drawn text itself states as an encoding, or as UTF-16
        assert encoding != "utf-8" or "coding" in text or data[:2] in BOMS_16


BOMS_16 = (b"\xff\xfe", b"\xfe\xff")


@given(st.binary(max_size=60))
def test_any_bytes_are_read_back_alike_or_refused(data: bytes) -> None:
    source = decode_source(data, None)
    if isinstance(source, Source):
        assert encode_text(source, source.text) == data
    else:
        assert reason_of(source).message


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_newlines_stay_as_they_are_in_the_file(tmp_path: Path, newline: str) -> None:
    path = tmp_path / "train.py"
    path.write_bytes(f"import wandb{newline}\tx = 1{newline}y".encode())
    source = read_source(path)
    assert source == Source(path, f"import wandb{newline}\tx = 1{newline}y", "utf-8", False)


def test_the_byte_order_mark_is_not_part_of_the_text() -> None:
    source = decoded(BOM + b"x = 1\n")
    assert (source.text, source.bom) == ("x = 1\n", True)
    assert encode_text(source, "x = 2\n") == BOM + b"x = 2\n"


@pytest.mark.parametrize(
    "data",
    [
        b'# coding: latin-1\nx = "\xe9"\n',
        b'#!/usr/bin/env python\n# -*- coding: latin-1 -*-\nx = "\xe9"\n',
        b'#!/usr/bin/env python\r# vim: fileencoding=latin-1\rx = "\xe9"\r',
        b'# by Ren\xe9\n# coding: latin-1\nx = "\xe9"\n',
        b'\n# coding: latin-1\nx = "\xe9"\n',
        b' \f\r\n# coding: latin-1\r\nx = "\xe9"\r\n',
    ],
)
def test_a_cookie_in_the_first_two_lines_counts(data: bytes) -> None:
    assert 'x = "é"' in decoded(data).text


def test_a_cookie_in_the_third_line_does_not_count() -> None:
    reason = reason_of(decode_source(b'\n\n# coding: latin-1\nx = "\xe9"\n', None))
    assert (reason.line, reason.column) == (4, 6)


def test_a_cookie_after_code_does_not_count() -> None:
    assert decoded(b"x = 1\n# coding: latin-1\n").encoding == "utf-8"


@pytest.mark.parametrize(
    ("data", "line", "said"),
    [
        (b'x = 1\r\ny = "\xff"\r\n', 2, "byte 0xff is no utf-8 text"),
        (b"#\n# coding: klingon\n", 2, "unknown encoding: klingon"),
        (BOM + b"# coding: latin-1\n", 1, "byte order mark"),
        (b"\x7fELF\0\0\n\0", 1, "binary"),
        (b"x = 1\n\0", 2, "NUL"),
        ("x = 1\n".encode("utf-16"), None, "UTF-16"),
        (b"# coding: utf-7\nx = '+AEE-'\n", None, "same bytes"),
        (b"# coding: rot13\nx = 1\n", None, "none for text"),
        (b"# coding: idna\nx = '\xe9'\n", 2, "no idna text"),
        ("\n# coding: ascii\nx = 'é'\n".encode(), 3, "no ascii text"),
    ],
)
def test_what_is_no_text_is_named_with_its_line(
    data: bytes, line: int | None, said: str
) -> None:
    reason = reason_of(decode_source(data, None))
    assert said in reason.message
    assert reason.line == line


def test_columns_count_code_points() -> None:
    reason = reason_of(decode_source('x = "äöü'.encode() + b"\xff", None))
    assert (reason.line, reason.column) == (1, 9)


def test_a_missing_file(tmp_path: Path) -> None:
    assert "no such file" in reason_of(read_source(tmp_path / "train.py")).message


def test_a_symlink_to_nowhere_names_its_target(tmp_path: Path) -> None:
    (tmp_path / "train.py").symlink_to("gone.py")
    assert "gone.py" in reason_of(read_source(tmp_path / "train.py")).message


def test_a_loop_of_symlinks(tmp_path: Path) -> None:
    (tmp_path / "a.py").symlink_to("b.py")
    (tmp_path / "b.py").symlink_to("a.py")
    assert "cannot be read" in reason_of(read_source(tmp_path / "a.py")).message


def test_a_folder_in_place_of_the_file(tmp_path: Path) -> None:
    assert "folder" in reason_of(read_source(tmp_path)).message


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "train.py")
    assert "pipe" in reason_of(read_source(tmp_path / "train.py")).message


def test_a_device() -> None:
    assert "device" in reason_of(read_source(Path("/dev/zero"))).message


def test_a_name_with_a_nul_byte() -> None:
    assert "cannot be read" in reason_of(read_source(Path("a\0.py"))).message


def test_a_file_past_the_size_limit_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "train.py"
    with path.open("wb") as file:
        file.truncate(1 << 40)  # sparse: reading it would take all memory
    assert f"{MAX_BYTES:,}" in reason_of(read_source(path)).message


def test_the_size_limit_holds_for_stdin_too() -> None:
    assert isinstance(decode_source(b"#" * MAX_BYTES, None), Source)
    reason = reason_of(decode_source(b"#" * (MAX_BYTES + 1), None))
    assert f"{MAX_BYTES:,}" in reason.message


def test_an_empty_file_is_an_empty_text() -> None:
    assert decoded(b"").text == ""


def test_a_text_that_the_encoding_cannot_hold() -> None:
    source = decoded(b"# coding: latin-1\nx = 1\n")
    reason = reason_of(encode_text(source, "# coding: latin-1\nx = '\u20ac'\n"))
    assert reason.line == 2
    assert "iso-8859-1" in reason.message


def test_a_line_put_above_the_cookie() -> None:
    source = decoded(b'#!\n# coding: latin-1\nx = "\xe9"\n')
    assert isinstance(encode_text(source, "import sys\n" + source.text), Failed)
    assert isinstance(encode_text(source, source.text + "import sys\n"), bytes)
