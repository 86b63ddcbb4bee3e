"""What the tests of the rules share: text in, findings out."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from jobready.lint.check import check_text
from jobready.lint.fix import Fixed, fix_text
from jobready.lint.run import Files, check_files
from jobready.lint.selection import Selection
from jobready.outcome import Failed
from jobready.project.config import Config
from jobready.project.discover import discover
from jobready.project.environment import Environment
from jobready.rules import all_rules
from jobready.rules.model import Finding, Rule

NEWEST = Environment(line_length=88, type_checked=False, wandb_version=None)


def rule(code: str) -> Rule:
    """The rule with a code."""
    return next(r for r in all_rules() if r.code == code)


def found(code: str, text: str, wandb: str | None = None) -> list[tuple[int, int, str]]:
    """Line, column and message of what one rule finds in a script."""
    around = Environment(line_length=88, type_checked=False, wandb_version=wandb)
    findings = check_text(text, around, [rule(code)])
    assert not isinstance(findings, Failed), findings
    return [(f.place.line, f.place.column, f.message) for f in findings]


def assert_clean(code: str, text: str) -> None:
    """The rule finds nothing in the script."""
    assert found(code, text) == []


def fixed(code: str, text: str, *, unsafe: bool = False) -> str:
    """The script after the fixes of one rule."""
    outcome = fix_text(text, NEWEST, [rule(code)], unsafe=unsafe)
    assert isinstance(outcome, Fixed), outcome
    return outcome.text


def found_in_project(
    code: str, files: Mapping[str, str], folder: Path, *others: str
) -> list[tuple[str, Finding]]:
    """What a rule, with others, finds in a project of these files: file name, finding."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    config = Config(root=folder)
    there = discover([folder], config)
    verdicts = check_files(
        Files(there.names, frozenset(), there.others),
        config,
        cached=False,
        selection=Selection(tuple(map(rule, (code, *others))), folder),
    )
    assert not any(v.problems for v in verdicts), verdicts
    return [
        (Path(v.path).relative_to(folder).as_posix(), finding)
        for v in verdicts
        for finding in v.findings
    ]
