"""The command line: one module a command. Only this floor prints."""

from __future__ import annotations

import click

from jobready import __version__
from jobready.cli.check import check
from jobready.cli.migrate import migrate
from jobready.cli.params import params


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="jobready")
def main() -> None:
    """Make Python training scripts ready to run as W&B Launch jobs.

    jobready reads scripts and never runs them. Exit codes: 0 clean or done, 1 findings,
    refusals or pending changes, 2 usage errors and files that can't be read or written.
    """


main.add_command(migrate)
main.add_command(check)
main.add_command(params)
