"""From the text of a script to its findings."""

from __future__ import annotations

from jobready.edits.choose import choose
from jobready.edits.options import Options
from jobready.outcome import Failed
from jobready.project.environment import Environment
from jobready.rules import findings
from jobready.rules.model import Finding, Subject
from jobready.script.model import Script
from jobready.script.read import read


def check_text(text: str, environment: Environment) -> tuple[Finding, ...] | Failed:
    """What stops the script in ``text`` from being a good job."""
    script = read(text)
    if not isinstance(script, Script):
        return script
    return findings(Subject(script, choose(script, Options(), environment)))
