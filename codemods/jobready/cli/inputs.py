"""From the paths on the command line to files with their configuration."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from jobready.outcome import Failed, Reason

if TYPE_CHECKING:
    from jobready.edits.shared.module import SharedModule
    from jobready.lint.selection import Selection
    from jobready.project.config import Config


@dataclass(frozen=True)
class Inputs:
    """The files to look at by ``names``; ``given`` are those that were named one by one.

    ``problems`` are paths that are no input at all, ``notebooks`` those that were passed
    over, ``others`` the files of sweeps. ``whole`` says that a folder was named, or the
    scripts of the project, and not a few files out of it. ``excluded`` are files that were
    named though the settings leave them out.
    """

    names: tuple[str, ...]
    given: frozenset[Path]
    config: Config
    problems: tuple[tuple[str, Reason], ...]
    notebooks: tuple[Path, ...]
    others: tuple[Path, ...]
    whole: bool
    excluded: tuple[str, ...] = ()

    @property
    def files(self) -> tuple[Path, ...]:
        """The same as paths."""
        return tuple(map(Path, self.names))


@dataclass(frozen=True)
class Overrides:
    """Settings from the command line, which stand in place of the project's."""

    select: str | None = None
    ignore: str | None = None


def stop(message: str) -> NoReturn:
    """End with exit code 2 and one line that says what to do."""
    click.echo(f"jobready: {message}", err=True)
    sys.exit(2)


def read_stdin(*, to_stdout: bool) -> bytes:
    """What stands on stdin; ends the program where it, or stdout if needed, is closed."""
    if sys.stdin is None or sys.stdin.closed:
        stop("there is no standard input to read: give a file")
    if to_stdout and (sys.stdout is None or sys.stdout.closed):
        stop("there is no standard output to write the new text to: give a file")
    return sys.stdin.buffer.read()


def find_config(
    start: Path, explicit: Path | None, overrides: Overrides | None = None
) -> Config:
    """The configuration that holds for ``start``; ends the program if it is broken."""
    from jobready.project.config import load_config

    config = load_config(start, explicit)
    if isinstance(config, Failed):
        _stop_with(config)
    return config if overrides is None else _overridden(config, overrides)


def find_shared(path: Path | None, config: Config) -> SharedModule | None:
    """The module that scripts are to share, of the command line or of the settings.

    Ends the program if the function can't be put there.
    """
    if path is None and config.shared is None:
        return None
    from jobready.edits.shared.target import shared_module
    from jobready.script.files.library import Library

    wanted = path if path is not None else config.root / (config.shared or "")
    found = shared_module(wanted, config, Library())
    if isinstance(found, Reason):
        where = "--shared" if path is not None else f"{config.path}: shared"
        stop(f"{where}: {found.message}")
    return found


def find_rules(config: Config) -> Selection:
    """The rules that the settings select; ends the program if there is no such rule."""
    from jobready.lint.selection import select_rules

    selection = select_rules(config)
    if isinstance(selection, Failed):
        _stop_with(selection)
    return selection


def collect(paths: Sequence[str], config: Config) -> Inputs:
    """The files that ``paths`` stand for, sorted, each once."""
    from jobready.project.discover import discover

    named = [Path(p) for p in paths if p]
    found = discover(named, config)
    problems = [(str(path), reason) for path, reason in found.problems]
    if len(named) != len(paths):  # an empty path would be the current folder
        problems.insert(0, ("''", Reason("this is no path: name a file or a folder")))
    return Inputs(
        names=found.names,
        given=frozenset(named),
        config=config,
        problems=tuple(problems),
        notebooks=found.skipped,
        others=found.others,
        whole=len(found.names) > len(named) or any(map(Path.is_dir, named)),
        excluded=tuple(map(str, found.excluded)),
    )


def collect_scripts(paths: Sequence[str], config: Config) -> Inputs:
    """The same for `check`, for which the setting ``scripts`` says what a script is.

    Without paths they are the configured scripts, or else all in the current folder.
    Those that are configured count as named by the user. A job that is expected of a file
    that isn't there is a problem, where the project is looked at as a whole.
    """
    inputs = _scripts(paths, config)
    if not (inputs.whole and config.jobs):
        return inputs
    from jobready.project.discover import expected_but_missing

    missing = tuple((str(config.path), reason) for reason in expected_but_missing(config))
    return replace(inputs, problems=(*inputs.problems, *missing))


def _scripts(paths: Sequence[str], config: Config) -> Inputs:
    if not config.scripts:
        return collect(paths or ["."], config)
    from jobready.project.discover import configured

    scripts, missing = configured(config)
    if not paths:
        problems = tuple((str(config.path), reason) for reason in missing)
        inputs = collect([str(p) for p in scripts], config)
        return replace(inputs, problems=(*problems, *inputs.problems), whole=True)
    inputs = collect(paths, config)
    real = {script.resolve() for script in scripts}
    names = tuple(name for name in inputs.names if Path(name).resolve() in real)
    others = [p for p in map(Path, inputs.names) if p.resolve() not in real]
    excluded = tuple(str(p) for p in others if p in inputs.given)
    return replace(
        inputs,
        names=names,
        given=frozenset(map(Path, names)),
        excluded=(*inputs.excluded, *excluded),
    )


def _overridden(config: Config, overrides: Overrides) -> Config:
    from jobready.project.config import CODE

    changes: dict[str, object] = {}
    lines = dict(config.lines)
    for key, given in (("select", overrides.select), ("ignore", overrides.ignore)):
        if given is None:
            continue
        codes = [code.strip() for code in given.split(",") if code.strip()]
        for code in codes:
            if not CODE.fullmatch(code):
                stop(f"--{key}: {code!r} is no code: write it like JR101, JR2 or ALL")
        changes[key] = tuple(codes) if key == "select" else tuple((c, "") for c in codes)
        lines.pop(key, None)
    return replace(config, lines=lines, **changes)  # type: ignore[arg-type]


def _stop_with(failed: Failed) -> NoReturn:
    for reason in failed.reasons:  # each names its file and line, or its option
        click.echo(f"jobready: {reason.message}", err=True)
    sys.exit(2)
