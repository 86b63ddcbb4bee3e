"""JR406: the script can only be started as a module, which W&B finds no path for."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from jobready.jobs.circumstances import may_make_job
from jobready.rules.finding import Finding
from jobready.rules.rule import Rule
from jobready.rules.subject import Subject
from jobready.script.source.syntax import Syntax


def find(subject: Subject) -> Iterator[Finding]:
    """One finding, at the first import that needs a package around the script."""
    made = subject.wanted_job
    if made is None or made.around.program.is_module:
        return
    if made.job is not None and made.job.source == "image":
        return  # its command is the image's
    syntax: Syntax = subject.script.syntax
    for node in syntax.of(ast.ImportFrom):
        if node.level and _is_of_module(node, syntax):
            yield subject.finding(
                RULE,
                node,
                "a relative import needs `python -m`, which leaves the run without the "
                "script's path, so that it makes no job",
                no_fix="import absolutely, or start it by a script outside of the package",
            )
            return


def _is_of_module(node: ast.ImportFrom, syntax: Syntax) -> bool:
    """Whether it is run when the file is started, whatever the circumstances."""
    return all(
        isinstance(around, ast.Module) or _is_main_test(around)
        for around in syntax.ancestors(node)
    )


def _is_main_test(node: ast.AST) -> bool:
    return isinstance(node, ast.If) and "__main__" in ast.unparse(node.test)


RULE = Rule(
    code="JR406",
    name="module-entry",
    summary="A script has relative imports, so that it starts as a module only.",
    why=(
        "`python train.py` ends with an ImportError at a relative import, so that it must "
        "be `python -m package.train`. For wandb the program then has no path, and the "
        "run makes no job; WANDB_PROGRAM gives it one, but the job would start the file, "
        "which can't be. The rule speaks where a run is to make a job, as JR402 does."
    ),
    bad="""\
import wandb

from .model import build

if __name__ == "__main__":
    wandb.init(settings=wandb.Settings(disable_job_creation=False))
    build()
""",
    good="""\
import wandb

from package.model import build

if __name__ == "__main__":
    wandb.init(settings=wandb.Settings(disable_job_creation=False))
    build()
""",
    safety=None,
    fix="Which name the package is imported by depends on how it is installed.",
    sources=("wandb 0.13.8 to 0.31.0, run with python -m against a loopback backend",),
    find=find,
    words=(
        (b"wandb.init", b"wandb as ", b"from wandb import", b"report_to", b"WandbLogger"),
        (b"from .",),
    ),
    when=may_make_job,
)
