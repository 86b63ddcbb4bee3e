"""``jobready config``: the settings that hold here, and where each comes from."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from jobready.cli.options import config_option, format_option

if TYPE_CHECKING:
    from jobready.project.config import Config


@click.command()
@click.argument("path", required=False, type=click.Path(path_type=Path))
@format_option("text", "json")
@config_option
def config(path: Path | None, output_format: str, config_path: Path | None) -> None:
    """Show the settings that hold in the current folder, and where each comes from.

    With PATH they are those for that file: what its project requires counts too.
    """
    from jobready.cli.inputs import find_config, find_rules

    found = find_config(Path.cwd(), config_path)
    rows = _settings(found)
    rules = find_rules(found).for_file(path)
    rows.append(("rules", [rule.code for rule in rules], "select and ignore"))
    rows.append(_wandb(found, path or Path.cwd() / "train.py"))
    if output_format == "json":
        report = {name: {"value": value, "from": source} for name, value, source in rows}
        click.echo(json.dumps(report, indent=2, ensure_ascii=False))
        return
    width = max(len(name) for name, _, _ in rows)
    for name, value, source in rows:
        shown = " ".join(value) if name == "rules" else json.dumps(value)
        click.echo(f"{name:{width}}  {shown}  ({source})")


def _settings(config: Config) -> list[tuple[str, Any, str]]:
    """Name, value and source of each setting."""
    from jobready.project.config import SETTINGS

    rows: list[tuple[str, Any, str]] = [("root", str(config.root), _root_source(config))]
    for key in SETTINGS:
        value = getattr(config, key.replace("-", "_"))
        if key == "per-file-ignores" or (key == "ignore" and any(r for _, r in value)):
            value = dict(value)
        elif key == "ignore":
            value = [code for code, _ in value]
        elif key == "jobs":
            value = {job.script: job.stated for job in value}
        source = "default"
        if key in config.lines:
            line = config.lines[key]
            source = f"{config.path}:{line}" if line else str(config.path)
        rows.append((key, value, source))
    return rows


def _root_source(config: Config) -> str:
    if config.path is None:
        return "no pyproject.toml with [tool.jobready] here or above"
    return f"the folder of {config.path.name}"


def _wandb(config: Config, path: Path) -> tuple[str, str, str]:
    """The wandb that rules and rewrites are made for."""
    from jobready.project.requirements import pinned_wandb

    if config.target_wandb is not None:
        return "wandb", config.target_wandb, "target-wandb"
    pinned = pinned_wandb(path)
    if pinned is not None:
        return "wandb", pinned, "the project's requirements"
    return "wandb", "newest", "nothing requires an older one"
