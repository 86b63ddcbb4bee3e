"""``jobready params``: the parameters that a script takes, read from its source."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from jobready.cli.options import format_option
from jobready.outcome import Failed

if TYPE_CHECKING:
    from jobready.script.model import Script


@click.command()
@click.argument("script", type=click.Path(path_type=Path))
@format_option("text", "json", "jsonschema")
def params(script: Path, output_format: str) -> None:
    """Show the parameters that SCRIPT takes; what only a run can tell is marked.

    Parameters that other modules of its repository add are shown with their file.

    jsonschema is the schema that launch.manage_wandb_config(schema=...) takes.
    """
    from jobready.project.files import read_source
    from jobready.report.parameters import (
        as_records,
        as_table,
        hidden_parameters,
        unknown_records,
    )
    from jobready.script.files.library import Library
    from jobready.script.linked import read_linked

    source = read_source(script)
    model: Script | Failed = (
        source
        if isinstance(source, Failed)
        else read_linked(source.text, script, Library())
    )
    if isinstance(model, Failed):
        for reason in model.reasons:
            line = f":{reason.line}" if reason.line else ""
            click.echo(f"{reason.file or script}{line}: {reason.message}", err=True)
        sys.exit(2)
    if output_format == "json":
        records = as_records(model.parameters, str(script))
        records += unknown_records(model, str(script))
        click.echo(json.dumps(records, indent=2, ensure_ascii=False))
        return
    if output_format == "jsonschema":
        from jobready.report.schema import as_schema

        found = as_schema(model)
        click.echo(json.dumps(found.schema, indent=2, ensure_ascii=False))
        for parameter, why in found.left_out:
            where = f"{parameter.place.file or script}:{parameter.place.line}"
            click.echo(f"{where}: {parameter.name} is left out: {why}", err=True)
        return
    for line in as_table(model.parameters):
        click.echo(line)
    hidden = list(hidden_parameters(model))
    for message, place in hidden:
        click.echo(f"{place.file or script}:{place.line}: {message}", err=True)
    if not model.parameters and not hidden:
        click.echo(f"{script}: no argparse parameters", err=True)
