"""The Python files that paths stand for: those named, and those in named folders."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from jobready.outcome import Failed, Reason
from jobready.project.config import Config
from jobready.project.files import read_bytes, read_trouble
from jobready.project.ignore import (
    Rules,
    ignored,
    prefix_of,
    rules_in,
    rules_of,
    rules_of_repository,
)
from jobready.project.upwards import folder_of

# Folders of these names hold what others wrote or tools made.
NOT_OURS = frozenset(
    """
    .bzr .direnv .eggs .git .hg .hypothesis .ipynb_checkpoints .mypy_cache .nox
    .pants.d .pixi .pyenv .pytest_cache .pytype .ruff_cache .svn .tox .venv
    __pycache__ __pypackages__ _build _vendor buck-out build dist node_modules
    site-packages third_party thirdparty vendor venv
    """.split()  # noqa: SIM905 - a list of them takes a page
)
# A folder with one of these is a virtual or a conda environment, whatever its name.
ENVIRONMENTS = frozenset(("pyvenv.cfg", "conda-meta"))
# In a folder `wandb`, W&B's record of a run, which may hold a copy of its code.
RECORD_OF_A_RUN = re.compile(r"(offline-)?run-\d{8}_\d{6}-")


# What a file must end in to be looked at: scripts, notebooks, the files of sweeps.
ENDINGS = frozenset(("py", "ipynb", "yaml", "yml"))


@dataclass(frozen=True)
class Discovery:
    """The files to look at, sorted and each once, under the paths as they were given.

    ``names`` are those as text, since making a `Path` of each of thousands takes longer
    than finding them. ``problems`` are paths that lead to none, ``skipped`` the notebooks
    that were found, ``others`` the files of sweeps, ``excluded`` the files that were named
    though the settings exclude them.
    """

    names: tuple[str, ...]
    problems: tuple[tuple[Path, Reason], ...]
    skipped: tuple[Path, ...]
    others: tuple[Path, ...] = ()
    excluded: tuple[Path, ...] = ()

    @cached_property
    def files(self) -> tuple[Path, ...]:
        """The files as paths, for those who go on with each of them."""
        return tuple(map(Path, self.names))


@dataclass
class _Found:
    """What was found so far: real paths, with the paths to show."""

    files: dict[str, str] = field(default_factory=dict)
    links: list[str] = field(default_factory=list)
    notebooks: list[str] = field(default_factory=list)
    others: list[str] = field(default_factory=list)
    problems: list[tuple[Path, Reason]] = field(default_factory=list)


def discover(paths: Sequence[Path], config: Config) -> Discovery:
    """Return the Python files of paths: files as they are, folders looked through.

    A folder gives its ``*.py`` less what git ignores, environments and vendored code.
    The setting ``exclude`` holds for named files too, since hooks name files. Symlinks
    to folders are not followed, those to files are where the file isn't found anyway.
    """
    found = _Found()
    left_out: list[Path] = []
    excluded = rules_of(prefix_of(folder_of(config.root)), config.exclude)
    for path in paths:
        try:
            mode = path.stat().st_mode
        except (OSError, ValueError) as error:
            found.problems.append((path, Reason(read_trouble(path, error))))
            continue
        if stat.S_ISDIR(mode):
            _look_through(path, excluded, found)
        elif path.suffix == ".ipynb":
            reason = "this is a notebook: give the script that it exports to"
            found.problems.append((path, Reason(reason)))
        else:
            if not _add(str(path), excluded, found):
                left_out.append(path)
    for link in found.links:
        _add(link, excluded, found)
    return Discovery(
        names=tuple(sorted(found.files.values())),
        problems=tuple(found.problems),
        skipped=tuple(map(Path, sorted(found.notebooks))),
        others=tuple(map(Path, sorted(found.others))),
        excluded=tuple(left_out),
    )


def configured(config: Config) -> tuple[tuple[Path, ...], tuple[Reason, ...]]:
    """Return the files of the setting ``scripts``, and what is wrong with its globs.

    Below the current folder they are shown relative to it.
    """
    found: dict[Path, None] = {}
    missing = []
    here = folder_of(Path())
    for glob in config.scripts:
        paths = sorted(p for p in config.root.glob(glob) if p.is_file())
        if not paths:
            line = config.lines.get("scripts")
            missing.append(Reason(f"no file matches {glob!r} of scripts", line))
        for path in paths:
            below = path.is_relative_to(here)
            found[path.relative_to(here) if below else path] = None
    return tuple(found), tuple(missing)


def expected_but_missing(config: Config) -> tuple[Reason, ...]:
    """Return the scripts of ``[tool.jobready.jobs]`` that there are not."""
    missing = [e.script for e in config.jobs if not (config.root / e.script).is_file()]
    if not missing or config.path is None:
        return ()
    from jobready.project.expected import line_of

    data = read_bytes(config.path)
    text = "" if isinstance(data, Failed) else data.decode("utf-8", "replace")
    return tuple(
        Reason(f'jobs."{script}" is about a file that is not there', line_of(text, script))
        for script in missing
    )


def is_sweep(folder: str, name: str) -> bool:
    """Whether a YAML file's name, or its folder's, says that it configures a sweep."""
    return "sweep" in name.lower() or "sweep" in folder[:-1].rpartition("/")[2].lower()


def _add(shown: str, excluded: Rules | None, found: _Found) -> bool:
    """Add a file unless it is excluded, by its own path or by that of its target."""
    path = Path(shown)
    here = f"{prefix_of(folder_of(path.parent))}{path.name}"
    real = path.resolve().as_posix() if path.is_symlink() else here
    if excluded is not None and (excluded.ignores(here) or excluded.ignores(real)):
        return False
    found.files.setdefault(real, shown)
    return True


def _look_through(path: Path, excluded: Rules | None, found: _Found) -> None:
    """Add the files of a named folder, or the problem that there are none."""
    prefix = prefix_of(folder_of(path))
    before = len(found.links), len(found.notebooks), len(found.problems)
    empty = True
    if excluded is None or not excluded.ignores(prefix):
        shown = "" if path == Path() else prefix_of(path)
        for real, name in _files_below(prefix, shown, excluded, found):
            found.files.setdefault(real, name)
            empty = False
    links, notebooks, problems = before
    if empty and (links, problems) == (len(found.links), len(found.problems)):
        count = len(found.notebooks) - notebooks
        also = f"; notebooks ({count}) are not read" if count else ""
        reason = f"no Python files here that are not ignored or excluded{also}"
        found.problems.append((path, Reason(reason)))


def _files_below(
    prefix: str, shown: str, excluded: Rules | None, found: _Found
) -> Iterator[tuple[str, str]]:
    """Give real path and shown path of each file; links and notebooks go to ``found``.

    Strings and a stack, not `Path` and recursion: trees of thousands of files are
    looked through before anything else can start.
    """
    always = (excluded,) if excluded else ()
    folders = [(prefix, shown, tuple(rules_of_repository(prefix)))]
    while folders:
        folder, show, rules = folders.pop()
        try:
            with os.scandir(folder) as scan:
                entries = list(scan)
        except OSError as error:
            reason = Reason(read_trouble(Path(folder), error))
            found.problems.append((Path(show), reason))
            continue
        names = {entry.name for entry in entries}
        if folder != prefix and names & ENVIRONMENTS:
            continue
        if ".gitignore" in names and (own := rules_in(folder, f"{folder}.gitignore")):
            rules = (own, *rules)
        for entry in entries:
            name = entry.name
            wanted = name.rpartition(".")[2] in ENDINGS
            if entry.is_dir(follow_symlinks=False):
                real = f"{folder}{name}/"
                if not (
                    _is_not_ours(folder, name)
                    or ignored(real, rules)
                    or ignored(real, always)
                ):
                    folders.append((real, f"{show}{name}/", rules))
                continue
            if not wanted:
                continue
            real = f"{folder}{name}"
            if (rules and ignored(real, rules)) or (always and ignored(real, always)):
                continue
            if name.endswith(".ipynb"):
                found.notebooks.append(f"{show}{name}")
            elif not name.endswith(".py"):
                if is_sweep(folder, name):
                    found.others.append(f"{show}{name}")
            elif entry.is_file(follow_symlinks=False):
                yield real, f"{show}{name}"
            elif _leads_to_a_file(entry, Path(f"{show}{name}"), found):
                found.links.append(f"{show}{name}")


def _leads_to_a_file(entry: os.DirEntry[str], shown: Path, found: _Found) -> bool:
    """Whether a symlink does; one of a loop is a problem."""
    try:
        return entry.is_file()
    except OSError as error:
        found.problems.append((shown, Reason(read_trouble(shown, error))))
        return False


def _is_not_ours(folder: str, name: str) -> bool:
    """Whether a folder's name says that others wrote, or tools made, what it holds."""
    if folder.endswith("/wandb/") and RECORD_OF_A_RUN.match(name):
        return True
    return name in NOT_OURS
