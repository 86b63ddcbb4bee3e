"""What the tests of the rules share: text in, findings out."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping
from pathlib import Path

from jobready.lint.check import check_text
from jobready.lint.fix import Fixed, fix_text
from jobready.lint.run import Files, check_files
from jobready.lint.selection import Selection
from jobready.outcome import Failed
from jobready.project.config import Config, load_config
from jobready.project.discover import discover
from jobready.project.environment import Environment, environment_of
from jobready.rules import all_rules
from jobready.rules.finding import Finding
from jobready.rules.rule import Rule

# What has a run of any wandb make a job.
ON = "settings=wandb.Settings(disable_job_creation=False)"
REMOTE = "https://github.com/acme/repo.git"
# A script whose parameter is the field of a dataclass.
FIELDS = """\
from dataclasses import dataclass
import wandb
from transformers import HfArgumentParser

@dataclass
class Arguments:
    {field}

(args,) = HfArgumentParser(Arguments).parse_args_into_dataclasses()
wandb.init(config=vars(args))
"""
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


def repository(folder: Path, remote: str | None = REMOTE) -> None:
    """Make a folder a repository with one commit of what is in it."""
    git(folder, "init", "-q", "-b", "main")
    git(folder, "add", ".")
    git(folder, "commit", "-qm", "first", "--allow-empty")
    if remote is not None:
        git(folder, "remote", "add", "origin", remote)


def git(folder: Path, *words: str) -> None:
    """One git command, with nobody's configuration."""
    subprocess.run(
        ["git", "-c", "user.name=n", "-c", "user.email=e@x", *words],
        cwd=folder,
        check=True,
        capture_output=True,
        env={**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"},
    )


def found_in_project(
    code: str, files: Mapping[str, str], folder: Path, *others: str
) -> list[tuple[str, Finding]]:
    """What a rule, with others, finds in a project of these files: file name, finding."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    config = load_config(folder)
    assert isinstance(config, Config), config
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


def found_beside(
    code: str, text: str, folder: Path, name: str = "train.py"
) -> list[tuple[int, str]]:
    """Line and message of what one rule finds in a script that is in a folder."""
    found = found_in_project(code, {name: text}, folder)
    return [(finding.place.line, finding.message) for _, finding in found]


def fixed_beside(code: str, text: str, folder: Path, *, unsafe: bool = False) -> str:
    """The script in a folder after the fixes of one rule."""
    path = folder / "train.py"
    path.write_text(text, encoding="utf-8")
    config = load_config(folder)
    assert isinstance(config, Config), config
    around = environment_of(path, config)
    outcome = fix_text(text, around, [rule(code)], unsafe=unsafe)
    assert isinstance(outcome, Fixed), outcome
    return outcome.text
