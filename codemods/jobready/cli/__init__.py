"""The command line: one module a command. Only this floor prints."""

from __future__ import annotations

import errno
import os
import sys
from contextlib import suppress
from typing import Any

import click

from jobready import __version__
from jobready.cli.check import check
from jobready.cli.config import config
from jobready.cli.explain import explain
from jobready.cli.migrate import migrate
from jobready.cli.name import name
from jobready.cli.params import params


class Program(click.Group):
    """The commands, with one line instead of a traceback where output can't be written."""

    def main(self, *args: Any, **kwargs: Any) -> Any:
        """Run a command; exit code 2 where what it says is lost."""
        try:
            try:
                return super().main(*args, **kwargs)
            finally:
                if sys.stdout is not None:
                    sys.stdout.flush()
        except OSError as error:
            _let_go_of_output()
            if error.errno != errno.EPIPE:
                said = error.strerror or str(error)
                click.echo(f"jobready: its output can't be written: {said}", err=True)
            sys.exit(2)


def _let_go_of_output() -> None:
    """Keep Python from trying to write the rest as it ends."""
    with suppress(OSError, ValueError, AttributeError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


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
