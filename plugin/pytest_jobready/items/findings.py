"""The item for a script's findings: what ``jobready check`` says of it."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from jobready.lint.check import check_text
from jobready.lint.selection import select_rules
from jobready.lint.verdict import Verdict as Checked
from jobready.outcome import Failed
from jobready.project.config import Config
from jobready.project.environment import environment_of
from jobready.project.files import read_source
from jobready.report.checked import Checked as Report
from jobready.report.findings import problem_line, text_lines
from pytest_jobready.verdicts.verdict import Good, Red, Verdict


def findings(
    path: Path, name: str, settings: Config, told_elsewhere: Collection[str] = ()
) -> Verdict:
    """Red with every finding, each with the line that it is about.

    Rules that are ``told_elsewhere`` are left to another item.
    """
    source = read_source(path)
    if isinstance(source, Failed):
        return Red(problem_line(name, source.reasons[0]))
    rules = select_rules(settings)
    if isinstance(rules, Failed):
        return Red(f"{settings.path}: {rules.reasons[0].message}")
    around = environment_of(path, settings)
    found = check_text(source.text, around, rules.for_file(path))
    if isinstance(found, Failed):
        return Red(problem_line(name, found.reasons[0]))
    found = tuple(each for each in found if each.code not in told_elsewhere)
    if not found:
        return Good()
    verdicts = (Checked(name, found),)
    return Red("\n".join(text_lines(Report(verdicts, 1, text=lambda _: source.text))))
