"""``jobready check``: what stops scripts from being good jobs, as findings."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from jobready.cli.options import config_option, format_option

if TYPE_CHECKING:
    from jobready.report.checked import Checked

FORMATS = ("text", "json", "github", "gitlab", "junit", "sarif")


@click.command()
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@click.option("--fix", is_flag=True, help="Make the safe fixes.")
@click.option("--unsafe-fixes", is_flag=True, help="With --fix or --diff: all fixes.")
@click.option("--diff", is_flag=True, help="Show what --fix would do and write nothing.")
@click.option("--select", metavar="CODES", help="The rules to use, as JR101,JR2 or ALL.")
@click.option("--ignore", metavar="CODES", help="Rules to leave out.")
@click.option("--statistics", is_flag=True, help="Count the findings of each rule.")
@click.option("-q", "--quiet", is_flag=True, help="Print findings and nothing else.")
@format_option(*FORMATS)
@click.option("--exit-zero", is_flag=True, help="Exit with 0 though there are findings.")
@click.option("--no-cache", is_flag=True, help="Know nothing from the last run.")
@click.option("--stdin-filename", metavar="NAME", help="The name to report for '-'.")
@config_option
def check(
    paths: tuple[str, ...],
    fix: bool,
    unsafe_fixes: bool,
    diff: bool,
    select: str | None,
    ignore: str | None,
    statistics: bool,
    quiet: bool,
    output_format: str,
    exit_zero: bool,
    no_cache: bool,
    stdin_filename: str | None,
    config_path: Path | None,
) -> None:
    """Report what stops scripts from being good jobs.

    PATH is a file, a folder, or - for stdin. Without one the configured scripts are
    checked, or else the current folder.
    """
    if diff and output_format != "text":
        raise click.UsageError("--diff prints text: leave --output-format out")
    if unsafe_fixes and not (fix or diff):
        raise click.UsageError("--unsafe-fixes goes with --fix or --diff")
    if stdin_filename is not None and paths != ("-",):
        raise click.UsageError("--stdin-filename goes with the path '-'")
    if "-" in paths and len(paths) > 1:
        raise click.UsageError("'-' stands alone: give files in another call")
    from jobready.cli.fixing import Wanted, check_inputs, check_stdin
    from jobready.cli.inputs import Overrides, collect_scripts, find_config, find_rules

    config = find_config(Path.cwd(), config_path, Overrides(select, ignore))
    if config.select is not None or config.ignore or config.per_file_ignores:
        find_rules(config)  # they may name rules that there are not
    wanted = Wanted(unsafe=unsafe_fixes, pending=diff) if fix or diff else None
    if paths == ("-",):
        checked = check_stdin(stdin_filename, config, wanted)
    else:
        inputs = collect_scripts(paths, config)
        checked = check_inputs(inputs, wanted, cached=not no_cache)
    # what a pipe takes from stdout is the new text, or the diff
    aside = diff or (fix and paths == ("-",))
    _print(checked, output_format, statistics=statistics, quiet=quiet, aside=aside)
    if any(True for _ in checked.problems):
        sys.exit(2)
    changes = checked.pending and bool(checked.fixed)
    sys.exit(int((checked.count > 0 or changes) and not exit_zero))


def _print(
    checked: Checked, output_format: str, *, statistics: bool, quiet: bool, aside: bool
) -> None:
    """Print the report, on stderr if it stands ``aside``."""
    if output_format != "text":
        text = _formatted(checked, output_format)
        if text:
            click.echo(text, err=aside)
        return
    from jobready.cli.colours import coloured, colours
    from jobready.report import findings

    wanted = colours(sys.stderr if aside else sys.stdout)
    style = coloured if wanted else findings.plain

    def say(line: str, *, err: bool = aside) -> None:
        click.echo(line, err=err, color=wanted)

    lines = (
        findings.statistics(checked) if statistics else findings.text_lines(checked, style)
    )
    for line in lines:
        say(line)
    for path, reason in checked.problems:
        say(findings.problem_line(path, reason, style), err=True)
    if not quiet:
        for line in findings.summary(checked):
            say(line)


def _formatted(checked: Checked, output_format: str) -> str:
    from jobready.report import machine_formats

    if output_format == "sarif":
        from jobready.report.sarif import as_sarif

        return as_sarif(checked)
    formats = {
        "json": machine_formats.as_json,
        "github": machine_formats.as_github,
        "gitlab": machine_formats.as_gitlab,
        "junit": machine_formats.as_junit,
    }
    return formats[output_format](checked)
