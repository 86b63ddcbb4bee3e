"""``jobready name``: the job that a script will become, and how its name comes about."""

from __future__ import annotations

import os
import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from jobready.cli.options import config_option, format_option
from jobready.outcome import Failed

if TYPE_CHECKING:
    from jobready.jobs.gather import Lookup, Question
    from jobready.jobs.versions import Version
    from jobready.project.config import Config
    from jobready.report.jobs import NamedScript


@click.command()
@click.argument("scripts", nargs=-1, type=click.Path(path_type=Path), metavar="[SCRIPT]...")
@click.option(
    "--source",
    type=click.Choice(["repo", "artifact", "image"]),
    help="What the job would be made of, as if the setting job_source said so.",
)
@click.option("--project", metavar="NAME", help="The W&B project that the run would be in.")
@click.option("--image", metavar="IMAGE", help="The image that the run would be in.")
@click.option(
    "--wandb-version",
    metavar="X.Y.Z",
    help="The wandb that would run it (default: target-wandb, the project's, the newest).",
)
@click.option("-m", "module", metavar="MODULE", help="A module, as `python -m` starts it.")
@format_option("text", "json")
@config_option
def name(
    scripts: tuple[Path, ...],
    source: str | None,
    project: str | None,
    image: str | None,
    wandb_version: str | None,
    module: str | None,
    output_format: str,
    config_path: Path | None,
) -> None:
    """Say which job each SCRIPT will become when a run of it is started here.

    Without SCRIPT it answers for those of [tool.jobready]. Exit code 1 where a script
    becomes no job, or another than the project expects.
    """
    from jobready.cli.inputs import find_config, stop
    from jobready.jobs.gather import Lookup, Question

    config = find_config(Path.cwd(), config_path)
    if image is not None:
        from jobready.jobs.image import read_image

        if read_image(image) is None:
            stop(
                f"{image!r} is no name of an image: give one like registry.io/team/image:v1"
            )
    paths = scripts or (() if module else _configured(config))
    if not paths and module is None:
        stop("name a script, or the scripts of the project in [tool.jobready]")
    lookup = Lookup()
    found = [
        _named_alone(
            Question(
                cwd=Path.cwd(),
                path=path,
                module=module if path is None else None,
                environ=os.environ,
                version=_version(wandb_version, config, path),
                source=source,
                project=project,
                image=image,
            ),
            config,
            lookup,
        )
        for path in (*paths, *([None] if module else []))
    ]
    from jobready.report.jobs import as_lines, as_report, with_collisions

    found = with_collisions(found)
    failed = [each for each in found if each.failure is not None]
    if output_format == "json":
        click.echo(as_report(found))
    else:
        for line in as_lines(found):
            click.echo(line)
    for each in failed:
        click.echo(f"{each.script}: {each.failure}", err=True)
    good = all(each.answer is not None and each.answer.is_good for each in found)
    sys.exit(2 if failed else int(not good))


def _configured(config: Config) -> tuple[Path, ...]:
    """The scripts of the project, as they are named from here."""
    from jobready.cli.inputs import stop

    here = Path.cwd()
    found: list[Path] = []
    for pattern in config.scripts:
        matched = sorted(p for p in config.root.glob(pattern) if p.is_file())
        if not matched:
            stop(f"no file matches {pattern!r} of [tool.jobready] scripts")
        found += [p.relative_to(here) if p.is_relative_to(here) else p for p in matched]
    return tuple(dict.fromkeys(found))


def _version(given: str | None, config: Config, path: Path | None) -> Version:
    from jobready.cli.inputs import stop
    from jobready.jobs.versions import NEWEST, parse_version
    from jobready.project.requirements import pinned_wandb

    text = given or config.target_wandb or pinned_wandb(path or Path.cwd())
    if text is None:
        return NEWEST
    version = parse_version(text)
    if version is None:
        stop(f"{text!r} is no version of wandb: give one like 0.16.6")
    return version


def _named_alone(question: Question, config: Config, lookup: Lookup) -> NamedScript:
    """The answer for one script, whatever happens to the others."""
    from jobready.net import alone
    from jobready.report.jobs import NamedScript

    found = alone(partial(_named, question, config, lookup))
    if isinstance(found, Failed):
        path = question.path or _file_of(question)
        return NamedScript(path.as_posix(), failure=found.reasons[0].message)
    return found


def _named(question: Question, config: Config, lookup: Lookup) -> NamedScript:
    """The answer for one script, or why there is none."""
    from jobready.jobs.answer import answer
    from jobready.project.files import read_source
    from jobready.report.jobs import NamedScript
    from jobready.script.read import read
    from jobready.script.starts.captures import read_captures

    path = question.path or _file_of(question)
    shown = path.as_posix()
    text = read_source(question.cwd / path)
    script = text if isinstance(text, Failed) else read(text.text)
    if isinstance(script, Failed):
        reason = script.reasons[0]
        line = f"line {reason.line}: " if reason.line else ""
        return NamedScript(shown, failure=f"{line}{reason.message}")
    captures = read_captures(script)
    opaque = tuple((said, place.line) for said, place in captures.opaque)
    found = answer(question, captures.settings, captures.code, lookup, config, opaque)
    return NamedScript(shown, found, found.failure)


def _file_of(question: Question) -> Path:
    """The file of a module, as Python finds it from here."""
    parts = (question.module or "").split(".")
    package = Path(*parts, "__main__.py")
    return (
        package if (question.cwd / package).is_file() else Path(*parts).with_suffix(".py")
    )
