"""JR309: the run has an id that is written into the source."""

from __future__ import annotations

from collections.abc import Iterator

from jobready.edits.writing.text import without_argument
from jobready.project.mentions import CALLS_INIT
from jobready.rules.finding import Finding, Fix
from jobready.rules.rule import Rule
from jobready.rules.subject import Subject
from jobready.script.source.literals import literal


def find(subject: Subject) -> Iterator[Finding]:
    """One finding for each ``id=`` that is a text of the source."""
    for init in subject.script.inits:
        for keyword in init.call.keywords:
            if keyword.arg != "id" or not isinstance(literal(keyword.value), str):
                continue
            message = "a job's run has an id of its own, and this one is ignored there"
            resumes = any(k.arg == "resume" for k in init.call.keywords)
            edits = without_argument(init.call, keyword, subject.script.syntax)
            if resumes or edits is None:
                advice = "resume the run in a script of its own, that is no job"
                yield subject.finding(RULE, keyword.value, message, no_fix=advice)
            else:
                fix = Fix("unsafe", "takes it out: each run gets its own", edits)
                yield subject.finding(RULE, keyword.value, message, fix=fix)


RULE = Rule(
    code="JR309",
    name="fixed-run-id",
    summary="The id of the run is written into the source.",
    why=(
        "A launch gives its run an id, and wandb.init then ignores the one that it is "
        "passed, with a warning. Without a launch every run of the script writes over "
        "the one before."
    ),
    bad="""\
import wandb

run = wandb.init(project="mnist", id="1a2b3c4d", config={"lr": 0.1})
""",
    good="""\
import wandb

run = wandb.init(project="mnist", config={"lr": 0.1})
""",
    safety="unsafe",
    fix=(
        "Takes the id out, so that each run gets one of its own. Where `resume=` says that "
        "an earlier run is meant, the finding has no fix."
    ),
    sources=("wandb 0.31.0: sdk/wandb_init.py warns of arguments that launch ignores",),
    find=find,
    words=CALLS_INIT,
    patterns=(rb"id\s*=\s*[\"']",),
)
