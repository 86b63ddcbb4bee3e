"""``jobready migrate``: rewrite scripts so that a launched job's values reach them."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from jobready.cli.options import config_option, format_option
from jobready.net import Stopped, alone, raise_if_stopped
from jobready.outcome import Failed, Reason, Refused, Rewritten, Unchanged

if TYPE_CHECKING:
    from jobready.cli.inputs import Inputs
    from jobready.edits.options import Options
    from jobready.report.results import FileResult


@click.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@click.option("--diff", is_flag=True, help="Print a diff and write nothing.")
@click.option("--check", is_flag=True, help="Say what would be done and write nothing.")
@click.option(
    "--form",
    type=click.Choice(["config", "argv", "agent"]),
    help="Force a form; refused where it would break the script.",
)
@click.option(
    "--unsafe-fixes",
    is_flag=True,
    help="Also open gates such as `if args.track:` in a job.",
)
@click.option(
    "--shared",
    type=click.Path(path_type=Path),
    metavar="MODULE",
    help="Put the function of form argv into this module, and have the scripts import it.",
)
@click.option(
    "--inline", is_flag=True, help="Put it into each script, whatever the settings say."
)
@click.option("--add-init", is_flag=True, help="Give scripts without a wandb.init one.")
@click.option(
    "--run-in",
    "runs",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    multiple=True,
    metavar="FILE",
    help="This file starts the scripts' run, however they get to it.",
)
@format_option("text", "json")
@click.option(
    "--refusals",
    type=click.Choice(["fail", "warn"]),
    default="fail",
    show_default=True,
    help="Whether a refused script makes the exit code 1.",
)
@click.option("--stdin-filename", metavar="NAME", help="The name to report for '-'.")
@config_option
@click.option("-q", "--quiet", is_flag=True, help="Only say what needs a hand.")
def migrate(
    paths: tuple[str, ...],
    diff: bool,
    check: bool,
    form: str | None,
    shared: Path | None,
    inline: bool,
    add_init: bool,
    runs: tuple[Path, ...],
    unsafe_fixes: bool,
    output_format: str,
    refusals: str,
    stdin_filename: str | None,
    config_path: Path | None,
    quiet: bool,
) -> None:
    """Rewrite scripts so that their parameters take a launched job's values.

    PATH is a file, a folder, or - for stdin to stdout. Scripts are rewritten in place,
    each wholly or not at all; what can't be done safely is refused, with its line.
    """
    from jobready.edits.options import Options

    options = Options(
        form=form,
        add_init=add_init,
        unsafe_fixes=unsafe_fixes,
        runs=frozenset(path.resolve() for path in runs),
    )
    if inline and shared is not None:
        raise click.UsageError("--inline and --shared exclude each other")
    if runs and (add_init or any(p == "-" or Path(p).is_dir() for p in paths)):
        raise click.UsageError("--run-in goes with files, and without --add-init")
    if "-" in paths:
        if shared is not None:
            raise click.UsageError("'-' has no place to import from: give files")
        if output_format == "json" and not check:
            raise click.UsageError("'-' prints the new text: give --check for JSON")
        if len(paths) > 1:
            raise click.UsageError("'-' stands alone: give files in another call")
        _migrate_stdin(
            stdin_filename, options, config_path, diff, check, output_format, refusals
        )
        return
    if diff and output_format == "json":
        raise click.UsageError("--diff prints text: give --check with --output-format json")
    if stdin_filename is not None:
        raise click.UsageError("--stdin-filename goes with the path '-'")
    from jobready.cli.inputs import collect, find_config, find_shared

    config = find_config(Path.cwd(), config_path)
    if not inline:
        options = replace(options, shared=find_shared(shared, config))
    inputs = collect((*paths, *map(str, runs)), config)
    pending = diff or check
    results = _migrate_files(inputs, options, pending=pending, diff=diff)
    if output_format == "json":
        from jobready.report.json_format import migrate_report

        click.echo(migrate_report(results))
    else:
        _say(results, inputs, pending=pending, diff=diff, quiet=quiet)
    sys.exit(_exit_code(results, pending=pending, refusals=refusals))


def _migrate_files(
    inputs: Inputs, options: Options, *, pending: bool, diff: bool
) -> list[FileResult]:
    from jobready.cli.progress import progress
    from jobready.cli.workspace import Workspace
    from jobready.lint.memory import no_collections
    from jobready.report.results import FileResult

    results = [FileResult(path, Failed((reason,))) for path, reason in inputs.problems]
    excluded = Unchanged((Reason("excluded by [tool.jobready]"),))
    results += [FileResult(path, excluded) for path in inputs.excluded]
    skipped = len(results)
    workspace = Workspace(inputs, options, pending=pending)
    files = inputs.files
    with no_collections(), progress("migrating", len(files)) as begun:
        try:
            workspace.look_ahead(begun)
            for number, path in enumerate(files):
                begun(number)
                outcome = alone(partial(workspace.migrate, path))
                results.append(FileResult(str(path), outcome))
                raise_if_stopped()
        except Stopped as stopped:
            number = len(results) - skipped
            results = [workspace.outcome(result) for result in results]
            results += workspace.unreported(results)
            _say_stopped(results, number, len(files), pending=pending)
            sys.exit(stopped.exit_code)
    if diff:
        from jobready.cli.rewriting import show_diff
        from jobready.project.files import read_source

        for name, new, created in workspace.changes():
            source = None if created else read_source(Path(name))  # nothing was written
            if not isinstance(source, Failed):
                show_diff(name, source, new)
    results = [workspace.outcome(result) for result in results]
    return results + workspace.unreported(results)


def _say_stopped(
    results: Sequence[FileResult], done: int, of: int, *, pending: bool
) -> None:
    """Name the files that were rewritten before the run was stopped."""
    from jobready.report.text import file_line

    click.echo("", err=True)
    for result in results:
        if isinstance(result.outcome, Rewritten):
            click.echo(file_line(result, pending=pending), err=True)
    text = f"stopped after {done} of {of} files; every file is whole"
    click.echo(f"jobready: {text}", err=True)


def _migrate_stdin(
    name: str | None,
    options: Options,
    config_path: Path | None,
    diff: bool,
    check: bool,
    output_format: str,
    refusals: str,
) -> None:
    from jobready.cli.inputs import find_config, read_stdin
    from jobready.lint.migrate import migrate_unless_opted_out
    from jobready.project.environment import environment_of
    from jobready.project.files import decode_source, encode_text
    from jobready.report.results import FileResult

    path = Path(name) if name else Path("stdin.py")
    config = find_config(Path.cwd(), config_path)
    data = read_stdin(to_stdout=not (diff or check))
    source = decode_source(data, path if name else None)
    outcome: Rewritten | Unchanged | Refused | Failed
    if isinstance(source, Failed):
        outcome = source
    else:
        text = source.text
        outcome = alone(
            lambda: migrate_unless_opted_out(text, options, environment_of(path, config))
        )
        if isinstance(outcome, Rewritten):
            encoded = encode_text(source, outcome.text)
            if isinstance(encoded, Failed):
                outcome = encoded
            elif not (diff or check):
                data = encoded
            elif diff:
                from jobready.cli.rewriting import show_diff

                show_diff(name or "-", source, outcome.text)
    result = FileResult(name or "-", outcome)
    if output_format == "json":
        from jobready.report.json_format import migrate_report

        click.echo(migrate_report([result]))
    else:
        from jobready.report.text import file_line

        if not (diff or check):
            # what can't be migrated goes through as it came, so that no pipe loses it
            sys.stdout.buffer.write(data)
            sys.stdout.flush()
        click.echo(file_line(result, pending=diff or check), err=True)
    sys.exit(_exit_code([result], pending=diff or check, refusals=refusals))


def _say(
    results: Sequence[FileResult],
    inputs: Inputs,
    *,
    pending: bool,
    diff: bool,
    quiet: bool,
) -> None:
    """Print one line for each file that has something to say, the summary, what is next."""
    from jobready.report.text import file_line, next_steps, summary

    given = {str(p) for p in inputs.given}
    served = {script for result in results for script in result.scripts}
    for result in results:
        idle = isinstance(result.outcome, Unchanged) and result.path not in served
        shown = result.path in given or result.is_unseen
        if idle and (quiet or not shown):
            continue
        if quiet and isinstance(result.outcome, Rewritten) and not pending:
            continue
        failed = isinstance(result.outcome, Failed)
        click.echo(file_line(result, pending=pending), err=failed or diff)
    if quiet:
        return
    unsaid = sum(result.is_routed and result.path not in given for result in results)
    skipped = len(inputs.notebooks)
    text = summary(results, pending=pending, skipped=skipped, unsaid=unsaid)
    click.echo(text, err=diff)
    steps = next_steps(results)
    if steps is not None and not pending:
        click.echo(steps)


def _exit_code(results: Sequence[FileResult], *, pending: bool, refusals: str) -> int:
    outcomes = [r.outcome for r in results]
    if any(isinstance(o, Failed) for o in outcomes):
        return 2
    if refusals == "fail" and any(isinstance(o, Refused) for o in outcomes):
        return 1
    return int(pending and any(isinstance(o, Rewritten) for o in outcomes))
