"""What was found in a file of the same content, under the same settings, before.

The key is made of contents alone, never of times: the file, its path in the project, the
settings, what its surroundings ask, the version of Python and jobready's own source. With
each entry stand the digests of the other files that its verdict read.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field, fields
from functools import cache
from pathlib import Path
from typing import Any

import jobready
from jobready.lint.records import from_record, to_record
from jobready.lint.selection import Selection
from jobready.project.config import Config
from jobready.project.environment import Environment
from jobready.rules.finding import Finding
from jobready.rules.subject import Files, digest

FOLDER = ".jobready_cache"
README = """\
# Made by jobready, which finds out anew what is missing here: delete it as you like.
*
"""
MOST = 20_000  # entries; half of them goes when there are more


@dataclass
class Cache:
    """The entries of one project; ``path`` is their file, None to know and keep nothing.

    ``settings`` is the part of a key that all files of a run share.
    """

    path: Path | None
    settings: str
    _entries: dict[str, Any] | None = None
    _news: dict[str, Any] = field(default_factory=dict)

    @classmethod
    def of(cls, config: Config, selection: Selection) -> Cache:
        """The cache of a project, which need not be there yet."""
        settings = [
            jobready.__version__,
            _own_source(),
            sys.version,
            *(
                f"{f.name}={getattr(config, f.name)!r}"
                for f in fields(config)
                if f.name not in ("root", "path", "lines")
            ),
            *(rule.code for rule in selection.rules),
        ]
        path = config.root / FOLDER / f"check-{sys.version_info[0]}.{sys.version_info[1]}"
        return cls(path, "\n".join(settings))

    @classmethod
    def none(cls) -> Cache:
        """A cache that knows nothing and keeps nothing."""
        return cls(None, "")

    def key(self, data: bytes, environment: Environment, surroundings: str) -> str:
        """What an entry for a file is found by; ``surroundings`` is a digest of those."""
        if self.path is None:
            return ""
        path, config = environment.path, environment.config
        name = str(path)
        if path is not None and config is not None:
            with suppress(ValueError, OSError, RuntimeError):
                name = path.resolve().relative_to(config.root).as_posix()
        from hashlib import blake2b  # 3 ms, for those who keep what they know

        parts = (
            self.settings,
            name,
            str(environment.line_length),
            str(environment.type_checked),
            str(environment.wandb_version),
            surroundings,
        )
        made = blake2b("\0".join(parts).encode("utf-8", "surrogatepass"), digest_size=16)
        made.update(b"\0" + data)
        return made.hexdigest()

    def find(self, key: str, files: Files) -> tuple[list[Finding], str | None] | None:
        """What was found before, with the job's digest; None where that isn't known.

        Nor is it where another file changed that the verdict depends on.
        """
        if self.path is None:
            return None
        if self._entries is None:
            self._entries = _load(self.path)
        try:
            read_also, records, job = self._entries[key]
            for path, known in read_also.items():
                if digest(files.read(Path(path))) != known:
                    return None
            if not isinstance(job, (str, type(None))):
                return None
            return [from_record(record) for record in records], job
        except (KeyError, TypeError, ValueError, AttributeError):
            return None  # there is no such entry, or somebody else wrote it

    def keep(
        self, key: str, findings: list[Finding], files: Files, job: str | None
    ) -> None:
        """Keep what was found, and which other files that depends on."""
        if self.path is not None:
            read_also = {str(path): known for path, known in files.read_also.items()}
            self._news[key] = [read_also, [to_record(f) for f in findings], job]

    def news(self) -> dict[str, Any]:
        """What was kept since the last call."""
        news, self._news = self._news, {}
        return news

    def add(self, news: Mapping[str, Any]) -> None:
        """Take over what another process kept."""
        self._news.update(news)

    def save(self) -> None:
        """Write what is new beside what is there; of two runs at once one may be lost.

        Nothing but time is lost where that can't be done.
        """
        if self.path is None or not self._news:
            return
        import json

        entries = {**_load(self.path), **self.news()}
        if len(entries) > MOST:
            entries = dict(list(entries.items())[len(entries) // 2 :])
        with suppress(OSError):
            self.path.parent.mkdir(exist_ok=True)
            ignore = self.path.parent / ".gitignore"
            if not ignore.exists():
                ignore.write_text(README, encoding="utf-8")
            temporary = self.path.with_name(f"{self.path.name}-{os.urandom(8).hex()}")
            try:
                temporary.write_text(json.dumps(entries), encoding="utf-8")
                temporary.replace(self.path)
            finally:
                temporary.unlink(missing_ok=True)


def _load(path: Path) -> dict[str, Any]:
    import json

    try:
        entries = json.loads(path.read_bytes())
    except (OSError, ValueError, RecursionError):
        return {}
    return entries if isinstance(entries, dict) else {}


@cache
def _own_source() -> str:
    """A digest of jobready itself, so that another build never takes over a verdict."""
    from hashlib import blake2b

    made = blake2b(digest_size=16)
    for path in sorted(Path(jobready.__file__).parent.rglob("*.py")):
        made.update(path.read_bytes())
    return made.hexdigest()
