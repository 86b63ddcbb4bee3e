"""The function of form ``argv``: a launched job's config as words for a parser.

`needs` says which branches a parser needs and what can't be given rightly, `template`
holds the function's text, `emit` writes it and finds it again.
"""

from __future__ import annotations

from jobready.edits.job_args.branch import EVERY_BRANCH, WITHOUT_COMMANDS, Branch, complete
from jobready.edits.job_args.config import plain
from jobready.edits.job_args.emit import emit, is_written, recognise
from jobready.edits.job_args.needs import branches, parser_branches
from jobready.edits.job_args.refusals import unsupported, unsupported_commands
from jobready.edits.job_args.template import OWN_COMMENTS

__all__ = [
    "EVERY_BRANCH",
    "OWN_COMMENTS",
    "WITHOUT_COMMANDS",
    "Branch",
    "branches",
    "complete",
    "emit",
    "is_written",
    "parser_branches",
    "plain",
    "recognise",
    "unsupported",
    "unsupported_commands",
]
