"""Which rules hold: the settings ``select``, ``ignore`` and ``per-file-ignores``."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from os.path import commonprefix
from pathlib import Path

from jobready.outcome import Failed, Reason
from jobready.project.config import Config, setting_line
from jobready.project.ignore import Rules as Globs
from jobready.project.ignore import prefix_of, rules_of
from jobready.project.toml import wrong_line
from jobready.project.upwards import folder_of
from jobready.rules import all_rules
from jobready.rules.rule import Rule


@dataclass(frozen=True)
class Selection:
    """The rules that hold in a project; ``less`` are those that some files don't have.

    ``less`` pairs a glob, relative to ``root``, with the codes or their beginnings.
    """

    rules: tuple[Rule, ...]
    root: Path
    less: tuple[tuple[str, tuple[str, ...]], ...] = ()

    def for_file(self, path: Path | None) -> tuple[Rule, ...]:
        """The rules that hold for one file."""
        if path is None or not self.less:
            return self.rules
        real = f"{prefix_of(folder_of(path.parent))}{path.name}"
        less = [c for globs, codes in self._globs if globs.ignores(real) for c in codes]
        return tuple(r for r in self.rules if not _is_one_of(r.code, less))

    @cached_property
    def _globs(self) -> list[tuple[Globs, tuple[str, ...]]]:
        prefix = prefix_of(folder_of(self.root))
        found = [(rules_of(prefix, [glob]), codes) for glob, codes in self.less]
        return [(globs, codes) for globs, codes in found if globs is not None]


@cache
def select_rules(config: Config) -> Selection | Failed:
    """The rules that the settings select; a code that no rule has is a failure.

    ``select`` stands in place of the rules that are on by default, ``ignore`` takes out of
    either. A code may be the beginning of several, ``JR1``, or ``ALL``.
    """
    every = all_rules()
    if unknown := _unknown(config, every):
        return Failed(tuple(unknown))
    chosen = [r for r in every if r.default]
    if config.select is not None:
        chosen = [r for r in every if _is_one_of(r.code, config.select)]
    left_out = [code for code, _ in config.ignore]
    rules = tuple(r for r in chosen if not _is_one_of(r.code, left_out))
    return Selection(rules, config.root, config.per_file_ignores)


def _is_one_of(code: str, selectors: Iterable[str]) -> bool:
    return any(s == "ALL" or code.startswith(s) for s in selectors)


def _unknown(config: Config, rules: Sequence[Rule]) -> list[Reason]:
    """The codes in the settings that no rule has, each with its line."""
    reasons = []
    given = [
        ("select", config.select or ()),
        ("ignore", [code for code, _ in config.ignore]),
        ("per-file-ignores", [c for _, codes in config.per_file_ignores for c in codes]),
    ]
    for key, codes in given:
        for code in codes:
            if code == "ALL" or any(r.code.startswith(code) for r in rules):
                continue
            message = f"{key}: {unknown_code(code, rules)}"
            if key in config.lines and config.path is not None:
                line = setting_line(config, key, code)
                reasons.append(wrong_line(config.path, line, message))
            else:
                reasons.append(Reason(f"--{message}"))
    return reasons


def unknown_code(code: str, rules: Sequence[Rule]) -> str:
    """What to say of a code that no rule has, with the nearest that there is."""
    from difflib import get_close_matches  # only a mistake pays for it

    names = {r.code: r.code for r in rules} | {r.name: r.code for r in rules}
    given = code.replace("O", "0")
    near = get_close_matches(given, names, n=9)
    if not near:
        return f"there is no rule {code!r}: jobready explain lists the rules"
    nearest = max(near, key=lambda n: len(commonprefix((given, n))))  # noqa: RUF071
    return f"there is no rule {code!r}: did you mean {nearest}?"
