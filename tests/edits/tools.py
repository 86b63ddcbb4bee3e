"""What the tests of the rewriting share: before, after, unchanged, refused."""

from __future__ import annotations

from typing import Any

from jobready.edits.job_args import Branch, branches, emit
from jobready.edits.migrate import migrate_text
from jobready.edits.options import Options
from jobready.outcome import Outcome, Refused, Rewritten, Unchanged
from jobready.project.environment import Environment
from jobready.script.model import Script
from jobready.script.read import read

# The line of an expected text where the emitted function stands.
JOB_ARGS = "<job_args>\n"
# A script whose parameters wandb.config can hand back, up to the parse.
CLEAN = """\
import argparse

import wandb

parser = argparse.ArgumentParser()
parser.add_argument("--lr", type=float, default=0.05)
"""
# A script that only form argv serves, up to the parse, before and after.
NEEDY = """\
import argparse

import wandb

parser = argparse.ArgumentParser()
parser.add_argument("--data", required=True)
"""
NEEDY_AFTER = """\
import argparse
import os
import sys

import wandb


<job_args>


parser = argparse.ArgumentParser()
parser.add_argument("--data", required=True)
"""
NEWEST = Environment(line_length=88, type_checked=False, wandb_version=None)


def migrated(
    source: str,
    environment: Environment = NEWEST,
    **options: Any,
) -> Outcome:
    """The outcome of a script, with the options of the command line."""
    return migrate_text(source, Options(**options), environment)


def check_rewritten(
    before: str,
    after: str,
    form: str | None = None,
    function: dict[str, Any] | None = None,
    environment: Environment = NEWEST,
    **options: Any,
) -> Rewritten:
    """``before`` becomes ``after``, and a second run changes nothing.

    ``after`` has the line `JOB_ARGS` where the emitted function stands; ``function`` holds
    the keywords of `emit` that differ from the usual.
    """
    outcome = migrated(before, environment, **options)
    assert isinstance(outcome, Rewritten), outcome
    assert outcome.text == with_function(before, after, **(function or {}))
    assert form is None or outcome.forms == (form,), outcome
    assert isinstance(migrated(outcome.text, environment, **options), Unchanged)
    return outcome


def check_argv(before: str, after: str, **options: Any) -> Rewritten:
    """The rest of the script `NEEDY` becomes ``after``; what stands above is known."""
    return check_rewritten(NEEDY + before, NEEDY_AFTER + after, "argv", **options)


def check_config(before: str, after: str, **options: Any) -> Rewritten:
    """The rest of the script `CLEAN` becomes ``after``, and nothing else changes."""
    return check_rewritten(CLEAN + before, CLEAN + after, "config", **options)


def check_noop(source: str, phrase: str = "", **options: Any) -> None:
    """The script is left as it is, and nothing is wrong with it."""
    outcome = migrated(source, **options)
    assert isinstance(outcome, Unchanged), outcome
    assert any(phrase in reason.message for reason in outcome.reasons), outcome


def check_refused(
    source: str,
    phrase: str,
    line: int | None,
    environment: Environment = NEWEST,
    **options: Any,
) -> None:
    """The script is left as it is, for a reason that names the line and the cause."""
    outcome = migrated(source, environment, **options)
    assert isinstance(outcome, Refused), outcome
    found = [(r.message, r.line) for r in outcome.reasons]
    assert any(phrase in message and at == line for message, at in found), found


def check_apart(
    source: str,
    phrase: str,
    line: int | None,
    environment: Environment = NEWEST,
    **options: Any,
) -> None:
    """It can't be told what the run's config shows, for a reason with line and cause.

    So the parameters are shown beside it, by names that nothing else has there.
    """
    outcome = migrated(source, environment, **options)
    shown_apart(outcome)
    found = [(r.message, r.line) for r in outcome.reasons]
    assert any(phrase in message and at == line for message, at in found), found


def shown_apart(outcome: Outcome) -> list[str]:
    """The causes why the parameters are shown apart from what a run's config holds."""
    assert isinstance(outcome, Rewritten), outcome
    texts = (outcome.text, *(text for _, text in outcome.also))
    assert any("args/{k}" in text for text in texts), outcome
    return [r.message for r in outcome.reasons if r.message.startswith("note: ")]


def is_doubted(outcome: Outcome) -> bool:
    """Whether what a run's config shows isn't taken for the parameters."""
    return isinstance(outcome, Refused) or bool(shown_apart(outcome))


def by_environment(outcome: Outcome) -> bool:
    """Whether the environment takes the parameters to the run, and nothing else does."""
    assert isinstance(outcome, Rewritten), outcome
    texts = (outcome.text, *(text for _, text in outcome.also))
    return any("RUN_PARAMETERS" in text for text in texts)


def with_function(before: str, after: str, **keywords: Any) -> str:
    """The expected text with the function that the script's parser needs."""
    script = read(before)
    assert isinstance(script, Script), script
    rest = {Branch.REST} if any(p.leaves_words for p in script.parses) else set()
    function = emit({*branches(script.parameters), *rest}, **keywords)
    return after.replace(JOB_ARGS, function)
