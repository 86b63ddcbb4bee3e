"""JR503: two scripts become one job."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from jobready.jobs.circumstances import may_make_job
from jobready.rules.finding import Finding
from jobready.rules.rule import Rule
from jobready.rules.subject import Project
from jobready.script.source.place import Place


def find_in_project(project: Project) -> Iterator[Finding]:
    """One finding for each script whose job has the name of an earlier one's."""
    first: dict[str, str] = {}
    for path in sorted(project.jobs):
        other = first.setdefault(project.jobs[path], path)
        if other == path:
            continue
        script = project.script(Path(path))
        inits = script.inits if script is not None else ()
        own = [init.place for init in inits if init.place.file is None]
        yield Finding(
            RULE.code,
            f"this becomes another version of the job that {other} becomes",
            own[0] if own else Place(1, 1),
            no_fix="set job_name in one of them, or name= where the code is logged",
            path=Path(path),
        )


RULE = Rule(
    code="JR503",
    name="name-collides",
    summary="Two scripts become one job, each a version of it.",
    why=(
        "A job is known by its name. Every run of either script makes a version of the "
        "same job, and a queue that takes the latest starts whichever ran last. It "
        "happens to `a/b.py` and `a_b.py`, since `/` becomes `_`, to copies of a script "
        "that names its job, and to names that are cut. The rule speaks where runs are to "
        "make jobs, as JR402 does, and where a folder or the project is checked."
    ),
    bad={
        "train.py": """\
import wandb

settings = wandb.Settings(disable_job_creation=False, job_name="mnist")
wandb.init(settings=settings).log_code()
""",
        "finetune.py": """\
import wandb

settings = wandb.Settings(disable_job_creation=False, job_name="mnist")
wandb.init(settings=settings).log_code()
""",
    },
    good={
        "train.py": """\
import wandb

settings = wandb.Settings(disable_job_creation=False, job_name="mnist")
wandb.init(settings=settings).log_code()
""",
        "finetune.py": """\
import wandb

settings = wandb.Settings(disable_job_creation=False, job_name="mnist-finetune")
wandb.init(settings=settings).log_code()
""",
    },
    safety=None,
    fix="Which of the two keeps the name can't be told.",
    sources=("wandb 0.13.8 to 0.31.0: make_artifact_name_safe, and runs of both scripts",),
    find_in_project=find_in_project,
    when=may_make_job,
)
