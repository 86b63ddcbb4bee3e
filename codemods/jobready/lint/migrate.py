"""The migration, for scripts that no comment takes out of it."""

from __future__ import annotations

from jobready.edits.migrate import Linked, migrate_text
from jobready.edits.options import Options
from jobready.lint.suppressions import opted_out, suppressions_in
from jobready.outcome import Outcome, Reason, Unchanged
from jobready.project.environment import Environment


def migrate_unless_opted_out(
    text: str, options: Options, environment: Environment, linked: Linked | None = None
) -> Outcome:
    """What becomes of a script; nothing where `# jobready: ignore-file` says so."""
    comment = opted_out(suppressions_in(text))
    if comment is not None:
        place = comment.place
        reason = "left alone: a comment takes the file out (# jobready: ignore-file)"
        return Unchanged((Reason.at(reason, place),))
    return migrate_text(text, options, environment, linked)
