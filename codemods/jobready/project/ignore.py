"""Lines of gitignore syntax: ``.gitignore`` files and the setting ``exclude``."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from warnings import catch_warnings, simplefilter

from jobready.outcome import Failed
from jobready.project.files import read_bytes
from jobready.project.upwards import exists


@dataclass(frozen=True)
class Rules:
    """What is ignored below one folder.

    ``prefix`` is the folder's real path with ``/`` between the parts and at the end,
    ``judge`` says of a path relative to it whether it is ignored (True), expressly
    not (False), or not spoken of (None).
    """

    prefix: str
    judge: Callable[[str], bool | None]

    def verdict(self, path: str) -> bool | None:
        """Judge a real path; a folder's ends in ``/``."""
        if not path.startswith(self.prefix):
            return None
        return self.judge(path[len(self.prefix) :])

    def ignores(self, path: str) -> bool:
        """Whether a path or a folder above it is ignored."""
        below = path.removeprefix(self.prefix)
        ends = [match.end() for match in re.finditer("/", below)]
        return path.startswith(self.prefix) and any(
            self.judge(below[:end]) for end in (*ends, len(below))
        )


def ignored(path: str, rules: Iterable[Rules]) -> bool:
    """Whether a path is ignored, by rules of which the innermost come first."""
    for rule in rules:
        if (verdict := rule.verdict(path)) is not None:
            return verdict
    return False


def rules_of(prefix: str, lines: Iterable[str]) -> Rules | None:
    """Return the rules that lines of gitignore syntax make, None for no rule."""
    stated = [line for line in lines if line.strip() and not line.startswith("#")]
    return Rules(prefix, _judge(tuple(stated))) if stated else None


def rules_in(prefix: str, path: str) -> Rules | None:
    """Return the rules of an ignore file, None where there is none that can be read."""
    data = read_bytes(Path(path))
    if isinstance(data, Failed):
        return None
    text = data.decode("utf-8", "surrogateescape").removeprefix("\ufeff")
    return rules_of(prefix, text.replace("\r\n", "\n").split("\n"))


def rules_of_repository(folder: str) -> list[Rules]:
    """Return what git ignores from above a folder, innermost first.

    ``folder`` is a prefix as in `Rules`. Outside a repository nothing is.
    """
    root = Path(folder)
    above = [root, *root.parents]
    tops = [index for index, each in enumerate(above) if exists(each / ".git")]
    if not tops:
        return []
    top = above[tops[0]]
    found = [
        rules_in(prefix, f"{prefix}.gitignore")
        for prefix in map(prefix_of, above[1 : tops[0] + 1])
    ]
    if git := _git_folder(top):
        found.append(rules_in(prefix_of(top), f"{git.as_posix()}/info/exclude"))
    rules = [rule for rule in found if rule]
    # Who names an ignored folder wants it, so that what ignores it doesn't count.
    return [] if any(rule.ignores(folder) for rule in rules) else rules


def prefix_of(folder: Path) -> str:
    """Return a folder's path as `Rules` have it."""
    path = folder.as_posix()
    return path if path.endswith("/") else f"{path}/"


def _git_folder(top: Path) -> Path | None:
    """Return where a repository keeps its settings, also of a worktree or submodule."""
    git = top / ".git"
    if git.is_dir():
        return git
    data = read_bytes(git)
    if isinstance(data, Failed) or not data.startswith(b"gitdir:"):
        return None
    folder = top / _text(data[len(b"gitdir:") :])
    common = read_bytes(folder / "commondir")
    return folder if isinstance(common, Failed) else folder / _text(common)


def _text(data: bytes) -> str:
    return data.decode("utf-8", "surrogateescape").strip()


@cache
def _judge(lines: tuple[str, ...]) -> Callable[[str], bool | None]:
    from pathspec import GitIgnoreSpec  # 30 ms, for those only who have rules

    with catch_warnings():
        simplefilter("ignore")  # of `re`, about a set like `[[]`
        try:
            spec = GitIgnoreSpec.from_lines(lines)
        except ValueError:  # git passes over a line that is no pattern
            spec = GitIgnoreSpec.from_lines([line for line in lines if _is_pattern(line)])
        # Most paths match nothing, which one expression finds out faster than many.
        patterns = [each for each in map(_expression, spec.patterns) if each]
        anchored = [each for each in patterns if each.startswith("^")]
        others = [each for each in patterns if not each.startswith("^")]
        at_start = re.compile(_any_of(anchored)).match
        anywhere = re.compile(_any_of(others)).search

    def judge(path: str) -> bool | None:
        if at_start(path) or anywhere(path):
            return spec.check_file(path).include
        return None

    return judge


def _any_of(expressions: Sequence[str]) -> str:
    return "|".join(f"(?:{each})" for each in expressions) or "(?!)"


def _expression(pattern: object) -> str:
    regex = getattr(pattern, "regex", None)
    return re.sub(r"\(\?P<\w+>", "(?:", regex.pattern) if regex else ""


def _is_pattern(line: str) -> bool:
    from pathspec import GitIgnoreSpec

    try:
        GitIgnoreSpec.from_lines([line])
    except ValueError:
        return False
    return True
