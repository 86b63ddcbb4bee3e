"""JR301: the script can't start without a command line, and a job has none."""

from __future__ import annotations

from collections.abc import Iterator

from jobready.edits.plan import Plan
from jobready.outcome import Unchanged
from jobready.rules.model import Finding, Rule, Subject


def find(subject: Subject) -> Iterator[Finding]:
    """One finding for each parameter that must be given on the command line."""
    script = subject.script
    if isinstance(subject.decision, Unchanged) or not script.inits:
        return
    mended = isinstance(subject.decision, Plan)
    for parameter in script.parameters:
        if parameter.required is True:
            shown = parameter.flags[-1] if parameter.flags else parameter.name
            yield Finding(
                RULE.code,
                f"{shown} is required, but a launched job has no command line",
                parameter.place,
                fix="jobready migrate lets the job's config give it" if mended else None,
                no_fix=None if mended else "jobready migrate refuses the script: see JR101",
            )


RULE = Rule(
    code="JR301",
    name="needs-argv",
    summary="A parameter is required on the command line, which a job doesn't have.",
    why=(
        "A job records its script without the arguments (wandb 0.13.8 to 0.31.0), so "
        "argparse ends it with exit code 2 before wandb.init is reached."
    ),
    bad="""\
parser.add_argument("--data", required=True)
args = parser.parse_args()
""",
    good="""\
parser.add_argument("--data", required=True)
args = parser.parse_args(sys.argv[1:] + job_args(parser))
""",
    find=find,
)
