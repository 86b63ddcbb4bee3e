"""Checking many files: each by the rules that hold for it, then the project as a whole.

What most files don't need is imported when the first file does: the reading of scripts
and the rules take longer to import than a hook takes to find that there is nothing to do.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jobready.lint.memory import no_collections
from jobready.lint.processes import LOOK, READ, import_ahead, in_parts, pays
from jobready.lint.verdict import Verdict
from jobready.net import alone
from jobready.outcome import Failed
from jobready.project.files import read_bytes
from jobready.project.mentions import may_matter

if TYPE_CHECKING:
    from jobready.edits.choose import Decision
    from jobready.jobs.circumstances import Circumstances
    from jobready.lint.cache import Cache
    from jobready.lint.selection import Selection
    from jobready.project.config import Config
    from jobready.rules.finding import Finding
    from jobready.script.files.library import Library
    from jobready.script.model import Script

# What is imported when the first script needs it, and most need.
AHEAD = (
    "edits.choose",
    "edits.shared.target",
    "jobs.circumstances",
    "lint.check",
    "project.environment",
    "script.linked",
)


@dataclass(frozen=True)
class Files:
    """What to check.

    ``given`` are those of the ``scripts`` that the user named himself, ``others`` files
    that rules for the project look at. ``whole`` says that this is the project, or a
    folder of it, and not a few files out of it.
    """

    scripts: tuple[str, ...]
    given: frozenset[str]
    others: tuple[Path, ...] = ()
    whole: bool = True


def check_files(
    files: Files, config: Config, *, cached: bool, selection: Selection | None = None
) -> list[Verdict]:
    """The verdicts on the files in which something was found or went wrong, by path.

    With ``cached`` what is known from the last run isn't found out again. ``selection``
    are the rules, those that the settings select if it is None.
    """
    work = _Work(files.given, config, selection, cached)
    verdicts: list[Verdict] = []
    news: dict[str, Any] = {}
    matters = bool(files.others)
    with no_collections():
        for part in in_parts(work, _to_read(files, config), READ):
            verdicts += part.verdicts
            news.update(part.news)
            matters = matters or part.matters
    if news:
        work.cache.add(news)
        work.cache.save()
    by_path = {v.path: v for v in verdicts}
    if files.whole and matters:
        jobs = {v.path: v.job for v in verdicts if v.job is not None}
        for finding in _of_project(files, config, selection or _selected(config), jobs):
            _add(finding, by_path)
    found = [replace(by_path[path], job=None) for path in sorted(by_path)]
    return [verdict for verdict in found if not verdict.is_empty]


def _to_read(files: Files, config: Config) -> list[str]:
    """The files that matter, those first that take the longest: the largest.

    So that in the end no process has much left to do while others have nothing.
    """
    look = partial(_that_matter, files.given)
    get_ready = partial(_get_ready, config)
    sizes: dict[str, int] = {}
    for part in in_parts(look, files.scripts, LOOK, meanwhile=get_ready):
        sizes |= part
    if pays(sizes, READ):
        get_ready()  # once here, not in each process
    return sorted(sizes, key=lambda name: (-sizes[name], name))


def _that_matter(given: frozenset[str], names: Iterable[str]) -> dict[str, int]:
    """The files that are to be read, with their sizes, among them those that can't be."""
    found = {}
    for name in names:
        data = read_bytes(name)
        if isinstance(data, Failed):
            found[name] = 0
        elif name in given or may_matter(data):
            found[name] = len(data)
    return found


def _get_ready(config: Config) -> None:
    """Import what most scripts need, so that further processes have it from the start."""
    _selected(config)
    import_ahead(AHEAD)


def _selected(config: Config) -> Selection:
    from jobready.lint.selection import Selection, select_rules

    selection = select_rules(config)
    assert isinstance(selection, Selection), "the settings are checked before"
    return selection


def _add(finding: Finding, by_path: dict[str, Verdict]) -> None:
    """Add a finding of the project to those of the file that it is about."""
    from jobready.lint.check import in_order

    path = str(finding.path)
    verdict = by_path.get(path, Verdict(path))
    every = in_order([*verdict.findings, replace(finding, path=None)])
    by_path[path] = replace(verdict, findings=every)


@dataclass(frozen=True)
class _Part:
    """What came of a part of the files: ``matters`` if one of them can start a run.

    ``news`` is what is new for the cache.
    """

    verdicts: list[Verdict]
    news: dict[str, Any]
    matters: bool


class _Work:
    """The work on a part of the files, in this process or another."""

    def __init__(
        self,
        given: frozenset[str],
        config: Config,
        selection: Selection | None,
        cached: bool,
    ) -> None:
        self.given = given
        self.config = config
        self.selection = selection
        self.cached = cached
        self._cache: Cache | None = None
        self._circumstances: Circumstances | None = None

    @property
    def circumstances(self) -> Circumstances:
        """What surrounds the scripts; looked for when the first script is."""
        from jobready.jobs.circumstances import Circumstances

        if self._circumstances is None:
            self._circumstances = Circumstances()
        return self._circumstances

    @cached_property
    def library(self) -> Library:
        """The modules that scripts import: one that several import is read once."""
        from jobready.script.files.library import Library

        return Library()

    @property
    def cache(self) -> Cache:
        """What was known before this run; looked for when the first script is."""
        from jobready.lint.cache import Cache

        if self._cache is None:
            rules = self.selection or _selected(self.config)
            self._cache = Cache.of(self.config, rules) if self.cached else Cache.none()
        return self._cache

    def __call__(self, names: Iterable[str]) -> _Part:
        """Check some of the files."""
        found = []
        for name in names:
            data = read_bytes(name)
            given = name in self.given
            if isinstance(data, Failed):
                found.append(Verdict(str(Path(name)), problems=data.reasons))
            else:
                verdict = alone(partial(self._verdict, name, data, given))
                if isinstance(verdict, Failed):
                    found.append(Verdict(str(Path(name)), problems=verdict.reasons))
                elif verdict is not None and not verdict.is_empty:
                    found.append(verdict)
        if self._cache is None:
            return _Part(found, {}, matters=False)
        return _Part(found, self._cache.news(), matters=True)

    def _verdict(self, name: str, data: bytes, given: bool) -> Verdict | None:
        if not may_matter(data):
            return _if_no_python(name, data)
        from jobready.lint.check import check_bytes
        from jobready.project.environment import environment_of
        from jobready.rules.subject import Files as Beside

        path = Path(name)
        selection = self.selection or _selected(self.config)
        return check_bytes(
            data,
            path,
            partial(selection.for_file, path),
            partial(environment_of, path, self.config),
            given=given,
            known=self.cache,
            circumstances=self.circumstances,
            files=Beside(self.library),
        )


def _if_no_python(name: str, data: bytes) -> Verdict | None:
    """The verdict on a file without a run, which must be Python if it was named."""
    from jobready.project.files import decode_source
    from jobready.script.source.tree import parse

    source = decode_source(data, Path(name))
    tree = source if isinstance(source, Failed) else parse(source.text)
    if isinstance(tree, Failed):
        return Verdict(str(Path(name)), problems=tree.reasons)
    return None


def _of_project(
    files: Files, config: Config, selection: Selection, jobs: Mapping[str, str]
) -> list[Finding]:
    """What the rules for the whole project find, less what is suppressed."""
    rules = [r for r in selection.rules if r.find_in_project is not None]
    if not rules or not (files.scripts or files.others):
        return []
    from jobready.rules.subject import Project

    project = Project(
        config.root, files.scripts, files.others, _bytes, _script, _Linking(config), jobs
    )
    found = [f for r in rules if r.find_in_project for f in r.find_in_project(project)]
    return [
        f
        for f in found
        if f.path is not None
        and f.code in {r.code for r in selection.for_file(f.path)}
        and not _is_suppressed(f, f.path)
    ]


def _bytes(path: Path) -> bytes | None:
    data = read_bytes(path)
    return None if isinstance(data, Failed) else data


def _text(path: Path) -> str | None:
    from jobready.project.files import decode_source

    data = _bytes(path)
    source = None if data is None else decode_source(data, path)
    return None if source is None or isinstance(source, Failed) else source.text


def _script(path: Path) -> Script | None:
    from jobready.script.files.library import Library
    from jobready.script.linked import read_launched
    from jobready.script.model import Script

    text = _text(path)
    script = None if text is None else read_launched(text, path, Library())
    return script if isinstance(script, Script) else None


class _Linking:
    """Reads scripts with what they import; a module that several import is read once."""

    def __init__(self, config: Config) -> None:
        from jobready.edits.options import Options
        from jobready.edits.shared.target import configured_module
        from jobready.script.files.library import Library

        self.config = config
        self._library = Library()
        self._options = Options(shared=configured_module(config))

    def __call__(self, path: Path) -> tuple[Script, Decision] | None:
        """The script, and what a migration would do.

        None where it can't be read, or surely starts no run.
        """
        from jobready.edits.choose import choose
        from jobready.project.environment import environment_of
        from jobready.script.linked import read_linked, starts_none
        from jobready.script.model import Script

        text = _text(path)
        if text is None or starts_none(text, path, self._library):
            return None
        script = read_linked(text, path, self._library, idle=False)
        if not isinstance(script, Script):
            return None
        return script, choose(script, self._options, environment_of(path, self.config))


def _is_suppressed(finding: Finding, path: Path) -> bool:
    text = _text(path) if path.suffix == ".py" else None
    if text is None:
        return False
    from jobready.lint.suppressions import suppressions_in, without_suppressed

    codes: Iterable[str] = (finding.code,)
    left = without_suppressed(
        [replace(finding, path=None)], suppressions_in(text), frozenset(), frozenset(codes)
    )
    return not left.findings
