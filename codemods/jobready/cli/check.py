"""``jobready check``: what stops scripts from being good jobs, as findings."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from jobready.outcome import Failed

if TYPE_CHECKING:
    from jobready.project.config import Config
    from jobready.rules.model import Finding


@click.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@click.option(
    "--output-format",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
)
@click.option(
    "--config",
    "config_path",
    type=click.Path(path_type=Path),
    help="A pyproject.toml to read the settings from.",
)
def check(paths: tuple[str, ...], output_format: str, config_path: Path | None) -> None:
    """Report what stops scripts from being good jobs; change nothing."""
    if "-" in paths:
        raise click.UsageError("check reads files; only migrate takes '-'")
    from jobready.cli.inputs import collect
    from jobready.report.findings import finding_line, findings_report

    inputs = collect(paths, config_path)
    found: list[tuple[str, Finding]] = []
    failed = [(path, r.message, r.line) for path, r in inputs.problems]
    for path in inputs.files:
        outcome = _check_file(path, inputs.config, given=path in inputs.given)
        if isinstance(outcome, Failed):
            failed += [(str(path), r.message, r.line) for r in outcome.reasons]
        else:
            found += [(str(path), f) for f in outcome]
    if output_format == "json":
        click.echo(findings_report(found, failed))
    else:
        for name, finding in found:
            click.echo(finding_line(name, finding))
        for name, message, line in failed:
            place = f":{line}" if line else ""
            click.echo(f"{name}{place}: {message}", err=True)
        _sum_up(len(inputs.files), len(found), len(failed))
    sys.exit(2 if failed else int(bool(found)))


def _sum_up(files: int, found: int, failed: int) -> None:
    looked = "1 file" if files == 1 else f"{files} files"
    count = {0: "no findings", 1: "1 finding"}.get(found, f"{found} findings")
    unread = f", {failed} could not be checked" if failed else ""
    click.echo(f"{looked} looked at: {count}{unread}.")


def _check_file(path: Path, config: Config, *, given: bool) -> tuple[Finding, ...] | Failed:
    from jobready.project.files import decode_source, read_bytes
    from jobready.project.starts import may_matter

    data = read_bytes(path)
    if isinstance(data, Failed):
        return data
    matters = may_matter(data)
    if not given and not matters:
        return ()
    source = decode_source(data, path)
    if isinstance(source, Failed):
        return source
    if not matters:
        from jobready.script.tree import parse

        tree = parse(source.text)
        return tree if isinstance(tree, Failed) else ()
    from jobready.project.environment import environment_of
    from jobready.rules.check import check_text

    return check_text(source.text, environment_of(path, config))
