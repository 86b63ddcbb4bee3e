"""Source files as text and back: read whole, replaced whole, never anything between."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from jobready.outcome import Failed, Reason, Refused
from jobready.project.encoding import BOM, cookie_of, line_of, undecodable

# libcst needs about 34 KB of memory for a line; a script of this size is data or
# generated, and nobody reviews its diff.
MAX_BYTES = 1_000_000
MAX_LINES = 25_000


@dataclass(frozen=True)
class Source:
    """A file as text: the newlines are the file's own, the BOM is taken off.

    ``path`` is None for text that came from elsewhere (stdin).
    """

    path: Path | None
    text: str
    encoding: str
    bom: bool


def read_source(path: Path) -> Source | Failed:
    """Return the file as text, or why that could not be done."""
    data = read_bytes(path)
    return data if isinstance(data, Failed) else decode_source(data, path)


def read_bytes(path: Path | str) -> bytes | Failed:
    """Return what a regular file of at most `MAX_BYTES` holds."""
    try:
        found = os.stat(path)  # noqa: PTH116 - most are never made a Path
        if stat.S_ISDIR(found.st_mode):
            return _failed("this is a folder where a file is expected: name a file")
        if not stat.S_ISREG(found.st_mode):
            # Opening a FIFO would wait for a writer, opening a device may act on it.
            return _failed("this is a pipe or a device, not a regular file")
        if found.st_size > MAX_BYTES:
            return _too_large(found.st_size)
        data = _content_of(path, found.st_size)
    except (OSError, ValueError) as error:
        return _failed(read_trouble(Path(path), error))
    return _too_large(len(data)) if len(data) > MAX_BYTES else data


def _content_of(path: Path | str, size: int) -> bytes:
    """Return what a file holds, or the first bytes of one that has become too large.

    By the system's own calls, for `Path.open` takes three times as long and thousands of
    files are read.
    """
    descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0))
    try:
        data = os.read(descriptor, size + 1)
        if size == 0 or len(data) != size:  # it has changed, or is of /proc
            while len(data) <= MAX_BYTES and (more := os.read(descriptor, MAX_BYTES)):
                data += more
        return data
    finally:
        os.close(descriptor)


def read_trouble(path: Path, error: OSError | ValueError) -> str:
    """Return why a path can't be read, and what to do."""
    if isinstance(error, FileNotFoundError):
        if path.is_symlink():
            return f"the symbolic link leads to {path.readlink()}, which is missing"
        return "no such file: check the path"
    if isinstance(error, PermissionError):
        return "permission to read it is denied: make it readable (chmod u+r)"
    return f"it cannot be read: {_words(error)}"


def decode_source(data: bytes, path: Path | None) -> Source | Failed:
    """Return the bytes as text by BOM and PEP 263 cookie, or why they are no text.

    `encode_text` of the result gives the same bytes again; where the encoding is one
    that can't promise that (utf-7, utf-16), the file is `Failed`.
    """
    if len(data) > MAX_BYTES:
        return _too_large(len(data))
    if (lines := data.count(b"\n")) > MAX_LINES:
        return _failed(
            f"the file has {lines:,} lines, and jobready reads at most {MAX_LINES:,}:"
            " exclude it, or split it"
        )
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _failed("this is UTF-16 text, which Python cannot run: save it as UTF-8")
    if (nul := data.find(b"\0")) >= 0:
        return _failed(
            "this is a binary file (it holds a NUL byte), not Python source",
            line_of(data[:nul]),
        )
    bom = data.startswith(BOM)
    body = data[len(BOM) :] if bom else data
    encoding = cookie_of(body, bom)
    if isinstance(encoding, Reason):
        return Failed((encoding,))
    try:
        text = body.decode(encoding)
        # UTF-8 always gives the same bytes again.
        if encoding != "utf-8" and text.encode(encoding) != body:
            return _failed(
                f"its encoding, {encoding}, does not give the same bytes again when"
                " the text is written: save it as UTF-8"
            )
    except UnicodeDecodeError as error:
        return Failed((undecodable(body, encoding, error),))
    except (LookupError, ValueError):
        return _failed(f"its encoding, {encoding}, is none for text: save it as UTF-8")
    return Source(path, text, encoding, bom)


def encode_text(source: Source, text: str) -> bytes | Failed:
    """Return a new text for ``source`` as bytes, with its encoding and its BOM.

    `Failed` where the encoding can't hold the text, and where Python would read the
    bytes in another encoding, as after a line was put above the cookie.
    """
    try:
        body = text.encode(source.encoding)
    except UnicodeEncodeError as error:
        return _failed(
            f"its encoding, {source.encoding}, has no"
            f" {text[error.start]!a}, which the new text needs: save it as UTF-8",
            line_of(text[: error.start].encode("utf-8", "replace")),
        )
    except (LookupError, ValueError):
        return _failed(f"the new text cannot be written as {source.encoding}")
    data = BOM + body if source.bom else body
    if len(data) > MAX_BYTES or data.count(b"\n") > MAX_LINES:
        return _failed(
            f"the new text would be larger than the {MAX_BYTES:,} bytes and"
            f" {MAX_LINES:,} lines that jobready reads: split the file"
        )
    again = decode_source(data, source.path)
    if isinstance(again, Failed):
        return again
    if again.text != text:
        return _failed(
            f"Python would read the new text as {again.encoding}, not as"
            f" {source.encoding}: keep the encoding cookie on its line"
        )
    return data


def hard_links(path: Path) -> Refused | None:
    """Return why a file that has several names is not rewritten, None for any other.

    An atomic replacement would give the new text to one of the names only.
    """
    try:
        count = path.stat().st_nlink
    except (OSError, ValueError):
        return None  # reading it will say what is wrong
    return Refused((Reason(_linked(count)),)) if count > 1 else None


def replace_file(path: Path, data: bytes, expected: bytes | None = None) -> Failed | None:
    """Give the file new content, atomically; return why it was left alone, or None.

    A symlink stays one, its target is replaced. Mode, and where the system lets us
    owner and extended attributes, are kept. With ``expected`` the file must still
    hold those bytes. Whatever happens, Ctrl-C and SIGKILL included, the file holds the
    old bytes or the new ones.
    """
    try:
        target = path.resolve(strict=True)
        like = target.stat()
        if trouble := _unreplaceable(target, like):
            return _failed(trouble)
        with _temporary(target.parent) as temporary:
            _write(temporary, data)
            _make_alike(temporary, target, like)
            if expected is not None and _content(target, len(expected)) != expected:
                return changed_meanwhile()
            temporary.replace(target)
        _sync_folder(target.parent)
    except (OSError, ValueError, RuntimeError) as error:  # of a loop of symlinks
        return _failed(_write_trouble(error))
    return None


def create_file(path: Path, data: bytes) -> Failed | None:
    """Make a file that isn't there yet, at once with all its content.

    Returns why that could not be done, or None.
    """
    try:
        target = path.resolve()
        with _temporary(target.parent) as temporary:
            _write(temporary, data, 0o666)  # less what the user's umask takes
            if target.exists():
                return changed_meanwhile()
            temporary.replace(target)
        _sync_folder(target.parent)
    except (OSError, ValueError, RuntimeError) as error:
        return _failed(_write_trouble(error, "it was not created"))
    return None


def remove_file(path: Path) -> None:
    """Take away a file that was created; where that can't be done it stays."""
    with suppress(OSError):
        path.unlink()


def changed_meanwhile() -> Failed:
    """Why a file is left alone that no longer holds what was read."""
    return _failed("it changed while jobready worked on it: run again")


def _unreplaceable(target: Path, like: os.stat_result) -> str | None:
    if not stat.S_ISREG(like.st_mode):
        return "this is no regular file, so it cannot be written"
    if like.st_nlink > 1:
        return _linked(like.st_nlink)
    # Renaming needs no right to write the file, and root needs no right at all: both
    # would replace what somebody has protected.
    if not like.st_mode & 0o222:
        return "the file is read-only: make it writable (chmod u+w) and run again"
    if not os.access(target, os.W_OK):
        if hasattr(os, "statvfs") and os.statvfs(target).f_flag & os.ST_RDONLY:
            return _WRITE_TROUBLES[errno.EROFS]
        return "permission to write it is denied: it is another user's, or immutable"
    if os.name == "posix" and not target.parent.stat().st_mode & 0o222:
        return "its folder is read-only: make it writable (chmod u+w) and run again"
    return None


@contextmanager
def _temporary(folder: Path) -> Iterator[Path]:
    """Give the name of a file that is gone afterwards, unless it was renamed."""
    # Not named .py, so that nothing takes what a SIGKILL leaves for a script.
    path = folder / f".jobready-{os.urandom(8).hex()}"
    try:
        yield path
    finally:
        with suppress(OSError):
            path.unlink()


def _write(path: Path, data: bytes, mode: int = 0o600) -> None:
    """Create the file and return when the bytes are on the disk."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    descriptor = os.open(path, flags, mode)
    try:
        rest = memoryview(data)
        while rest:  # a write stops early at a size limit, the next one says so
            rest = rest[os.write(descriptor, rest) :]
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _make_alike(path: Path, target: Path, like: os.stat_result) -> None:
    """Give the new file the owner, attributes and mode of the old one."""
    if hasattr(os, "chown"):
        for owner, group in ((like.st_uid, -1), (-1, like.st_gid)):
            with suppress(OSError):  # only root may give files away
                os.chown(path, owner, group)
    if hasattr(os, "listxattr"):
        with suppress(OSError):  # not every file system has them
            for name in os.listxattr(target):
                os.setxattr(path, name, os.getxattr(target, name))
    path.chmod(stat.S_IMODE(like.st_mode))  # last: chown clears bits of it


def _content(target: Path, size: int) -> bytes:
    with target.open("rb") as file:
        return file.read(size + 1)


def _sync_folder(folder: Path) -> None:
    """Put the renaming on the disk, where the system offers that for folders."""
    if os.name != "posix":
        return
    with suppress(OSError):  # the file is replaced, whatever this says
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _failed(message: str, line: int | None = None) -> Failed:
    return Failed((Reason(message, line),))


def _too_large(size: int) -> Failed:
    return _failed(
        f"the file has {size:,} bytes, and jobready reads at most {MAX_BYTES:,}:"
        " exclude it, or split it"
    )


def _linked(count: int) -> str:
    return (
        f"the file has {count} names (hard links), and a replacement would part them:"
        " make it a copy of its own, or a symlink"
    )


_WRITE_TROUBLES = {
    errno.ENOSPC: "the disk is full: free some space and run again",
    errno.EDQUOT: "the disk quota is used up: free some space and run again",
    errno.EFBIG: "the file size limit (ulimit -f) is too low: raise it and run again",
    errno.EROFS: "the file system is read-only: run on a copy of the file",
    errno.EBUSY: "the file is in use or a mount of its own: run on a copy of it",
    errno.EACCES: "permission to write into its folder is denied",
    errno.EPERM: "the system does not permit replacing it",
}


def _write_trouble(error: Exception, done: str = "the file was left as it was") -> str:
    if isinstance(error, FileNotFoundError):
        return "the file is gone: check the path"
    cause = _WRITE_TROUBLES.get(getattr(error, "errno", None) or 0, _words(error))
    return f"{done}: {cause}"


def _words(error: Exception) -> str:
    return getattr(error, "strerror", None) or str(error)
