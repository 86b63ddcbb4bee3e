"""JR101: the script goes on reading its own values when a job launches others."""

from __future__ import annotations

from collections.abc import Iterator

from jobready.edits.plan import Plan
from jobready.outcome import Refused
from jobready.rules.model import Finding, Rule, Subject
from jobready.script.model import Place


def find(subject: Subject) -> Iterator[Finding]:
    """One finding a parse that a migration would mend, or one a reason why it can't."""
    decision = subject.decision
    if isinstance(decision, Plan):
        for parse in subject.script.parses:
            yield Finding(
                RULE.code,
                "a launched job's values don't reach these arguments",
                parse.place,
                fix=f"jobready migrate rewrites the script in form {decision.form}",
            )
    elif isinstance(decision, Refused):
        for reason in decision.reasons:
            yield Finding(
                RULE.code,
                f"a launched job's values don't reach the arguments: {reason.message}",
                Place(reason.line or 1, reason.column or 1),
                no_fix="jobready migrate refuses the script for this reason",
            )


RULE = Rule(
    code="JR101",
    name="args-not-routed",
    summary="A launched job's values don't reach the arguments that the script reads.",
    why=(
        "A job's values arrive in wandb.config (wandb 0.13.8 to 0.31.0). A script that "
        "reads its argparse values trains with the old ones, while the run's page shows "
        "the new ones: nothing fails."
    ),
    bad="""\
args = parser.parse_args()
wandb.init(config=args)
train(args.lr)
""",
    good="""\
args = parser.parse_args()
wandb.init(config=args)
args = wandb.config
train(args.lr)
""",
    find=find,
)
