"""A remote of a repository, as the SDK records it and as people may see it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Literal
from urllib.parse import ParseResult, urlparse, urlunparse

from jobready.jobs.naming import SECRET
from jobready.jobs.versions import AGENTS_CHOOSE, OWN_GIT, Version

Form = Literal["https", "http", "ssh", "scp", "git", "file", "path", "other"]
SCP = re.compile(r"(?:[^@/:]+@)?[^/:@]+:(?!//)")
DRIVE = re.compile(r"[A-Za-z]:[\\/]")
AGENTS_SCP = re.compile(r"[\w.+-]+@[\w.-]+:.+", re.ASCII)
HOST = re.compile(r"(?:\[[^\]]*\]|[^:]*)(?::\d*)?")
BEHIND = re.compile(r"[^/]@")
# A user who says nothing of who it is.
NOBODY = frozenset(("git", "hg"))


@dataclass(frozen=True)
class Remote:
    """A remote as a job records it.

    ``url`` is what the SDK writes into the job and its name; it may hold a credential, so
    it is never shown: ``shown`` is. ``credential`` tells what became of one that the
    remote was given with: there was ``none``, the SDK ``dropped`` it, or ``kept`` it, or
    a part of it, in the job and in its name.
    """

    url: str = field(repr=False)
    shown: str
    credential: Literal["none", "dropped", "kept"]

    @property
    def form(self) -> Form:
        """The kind of address."""
        return form_of(self.shown)


@dataclass(frozen=True)
class Unreadable:
    """A remote that the SDK can't read, so that it goes without; ``shown`` is safe."""

    shown: str


def recorded(raw: str, version: Version) -> Remote | Unreadable:
    """The remote that the SDK takes from a repository's configuration.

    It drops a password but keeps the user in front of it, and drops a user who has none
    (`wandb.sdk.lib.gitlib`). The URL of ``insteadOf`` is not followed.
    """
    raw = raw.strip()
    try:
        url = _without_password(raw, version)
    except ValueError:
        return Unreadable(masked(raw))
    shown = masked(url)
    if masked(raw) == raw:
        return Remote(url, shown, "none")
    return Remote(url, shown, "dropped" if shown == url else "kept")


def named(url: str) -> Remote:
    """A remote that ``WANDB_GIT_REMOTE_URL`` names: the SDK takes it as it is."""
    shown = masked(url)
    return Remote(url, shown, "none" if shown == url else "kept")


def _without_password(url: str, version: Version) -> str:
    parsed: ParseResult = urlparse(url)
    host = parsed.hostname
    if host is None:
        # Before, the scheme of something like `Host:path` came back in small letters.
        return url if version >= OWN_GIT else urlunparse(parsed._replace(netloc=""))
    if parsed.port is not None:
        host = f"{host}:{parsed.port}"
    if parsed.password is not None:
        host = f"{parsed.username}:@{host}"
    return urlunparse(parsed._replace(netloc=host))


def masked(url: str) -> str:
    """The address without what may be a credential: users, passwords, queries."""
    scheme, slashes, rest = url.partition("://")
    if not slashes:
        user, at, rest = url.rpartition("@")
        return f"{SECRET}@{rest}" if at and (":" in user or "/" in user) else url
    authority = re.split(r"[/?#]", rest, maxsplit=1)[0]
    user, at, _ = authority.rpartition("@")
    if at:
        is_credential = scheme.lower() == "https" or user not in NOBODY
    else:
        # A password may hold what ends the authority too early, `u:p/w@host`; a host with
        # a port and a folder like `/@scope` has none.
        plain = HOST.fullmatch(authority) is not None and not BEHIND.search(rest)
        is_credential = "@" in rest and ":" in authority and not plain
    if is_credential:
        rest = f"{SECRET}@{rest.rpartition('@')[2]}"
    address, mark, query = rest.partition("?")
    return f"{scheme}://{address}{mark}{SECRET if query else ''}"


def form_of(url: str) -> Form:
    """The kind of address that a URL is."""
    scheme, slashes, _ = url.partition("://")
    if slashes:
        match scheme.lower():
            case "https" | "http" | "ssh" | "git" | "file" as known:
                return known
        return "other"
    if DRIVE.match(url):
        return "path"
    return "scp" if SCP.match(url) else "path"


def agents_accept(remote: Remote, version: Version) -> bool:
    """Whether a launch agent clones from such an address.

    Since 0.28.2 it takes https, ssh and ``user@host:path`` alone (#12221), before it left
    the choice to git, which can't reach a path of another machine.
    """
    url = remote.url.strip()
    if version < AGENTS_CHOOSE:
        return remote.form not in ("path", "file")
    if url.startswith("-"):
        return False
    return url.lower().startswith(("https://", "ssh://")) or bool(AGENTS_SCP.match(url))
