"""``jobready explain``: what a rule finds and why, or the list of them."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

import click
from click.shell_completion import CompletionItem

from jobready.cli.options import format_option

if TYPE_CHECKING:
    from jobready.rules.rule import Rule


def _complete(
    context: click.Context, parameter: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    from jobready.rules import all_rules

    start = incomplete.upper()
    return [
        CompletionItem(rule.code, help=rule.name)
        for rule in all_rules()
        if rule.code.startswith(start)
    ]


@click.command()
@click.argument("code", required=False, shell_complete=_complete)
@format_option("text", "json")
def explain(code: str | None, output_format: str) -> None:
    """Explain the rule with CODE, or its name; list them all without one."""
    from jobready.rules import all_rules

    rules: Sequence[Rule] = all_rules()
    if code is not None:
        rules = [r for r in rules if r.code.startswith(code.upper()) or r.name == code]
    if not rules:
        from jobready.cli.inputs import stop
        from jobready.lint.selection import unknown_code

        stop(unknown_code(str(code), all_rules()))
    if output_format == "json":
        from jobready.report.rule_page import as_record

        records = [as_record(rule) for rule in rules]
        click.echo(json.dumps(records, indent=2, ensure_ascii=False))
    elif len(rules) == 1:
        from jobready.report.rule_page import page

        click.echo(page(rules[0]), nl=False)
    else:
        for rule in rules:
            fix = f"{rule.safety} fix" if rule.safety else "no fix"
            off = "" if rule.default else " (off by default)"
            click.echo(f"{rule.code}  {rule.name:24}  {fix:10}  {rule.summary}{off}")
    sys.exit(0)
