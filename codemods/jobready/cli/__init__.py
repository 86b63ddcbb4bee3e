"""The command line: one module a command. Only this floor prints."""

from __future__ import annotations

import os
import sys
from typing import Any

import click

from jobready import __version__
from jobready.cli.check import check
from jobready.cli.config import config
from jobready.cli.explain import explain
from jobready.cli.migrate import migrate
from jobready.cli.name import name
from jobready.cli.output import (
    escape_what_cannot_be_printed,
    is_of_output,
    stop_without_output,
)
from jobready.cli.params import params
from jobready.net import TRACEBACK, Stopped, stopping_by_signals, unexpected


class Program(click.Group):
    """The commands, with one line instead of a traceback whatever happens."""

    def main(self, *args: Any, **kwargs: Any) -> Any:
        """Run a command; exit code 2 where it, or its output, is lost."""
        escape_what_cannot_be_printed()
        try:
            with stopping_by_signals():
                try:
                    return super().main(*args, **kwargs)
                finally:
                    if sys.stdout is not None:
                        sys.stdout.flush()
        except Stopped as stopped:
            click.echo("jobready: stopped", err=True)
            sys.exit(stopped.exit_code)
        except Exception as error:
            if isinstance(error, OSError) and is_of_output(error):
                stop_without_output(error)
            if isinstance(error, FileNotFoundError) and error.filename is None:
                click.echo(
                    "jobready: the current folder is gone: change to another", err=True
                )
                sys.exit(2)
            if os.environ.get(TRACEBACK):
                raise
            click.echo(f"jobready: {unexpected(error)}", err=True)
            sys.exit(2)


@click.group(cls=Program, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="jobready")
def main() -> None:
    """Make Python training scripts ready to run as W&B Launch jobs.

    jobready reads scripts and never runs them. Exit codes: 0 clean or done, 1 findings,
    refusals or pending changes, 2 usage errors and files that can't be read or written.
    """


main.add_command(migrate)
main.add_command(check)
main.add_command(params)
main.add_command(name)
main.add_command(explain)
main.add_command(config)
