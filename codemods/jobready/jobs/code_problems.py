"""What is wrong with the code that a run logs."""

from __future__ import annotations

import ast
import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from jobready.jobs.files import is_logged
from jobready.jobs.model import Job, LoggedCode, Source, Surroundings
from jobready.jobs.problem import Problem
from jobready.jobs.recording import local_path
from jobready.jobs.versions import Version


def code_problems(around: Surroundings, job: Job) -> Iterator[Problem]:
    """All that is wrong with logged code, in the order of the script."""
    yield from shadowed(around, job)
    if job.source != "artifact":
        return
    for code in around.code:
        if not code.found:
            continue
        if code.guarded:
            said = "log_code stands under a condition: without it there is no job"
            yield Problem("code-guarded", said, code.line)
        yield from root_problems(around, code)
        if is_left_out(code, "requirements.txt", around.version):
            said = "log_code leaves requirements.txt out, so that agents install what the"
            said += " run had installed"
            yield Problem("requirements-left-out", said, code.line)


def shadowed(around: Surroundings, job: Job) -> Iterator[Problem]:
    """A source that is there, but not the job's, though nobody asked for the other."""
    if around.settings.get("job_source") is not None:
        return
    logged = [code for code in around.code if code.found and code.line is not None]
    image = around.settings.text("docker")
    order: list[Source] = ["repo", "artifact", "image"]
    if logged and order.index(job.source) < order.index("artifact"):
        said = "the code is logged, but the job is made of the repository: set job_source"
        yield Problem("source-shadowed", said, logged[0].line)
    if image and order.index(job.source) < order.index("image"):
        said = f"WANDB_DOCKER names {image}, but the job is made of the {WORDS[job.source]}"
        yield Problem("source-shadowed", f"{said}: set job_source")


WORDS: dict[Source, str] = {
    "repo": "repository",
    "artifact": "logged code",
    "image": "image",
}


def root_problems(around: Surroundings, code: LoggedCode) -> Iterator[Problem]:
    """The logged folder is another than the one that the entrypoint starts in."""
    start = local_path(around)
    if not isinstance(code.root, str) or start is None:
        return
    logged = os.path.normpath(Path(around.program.cwd, code.root))
    if logged != os.path.normpath(around.program.cwd):
        said = f"log_code logs {code.root}, but the job starts {start} in it"
        yield Problem(
            "code-root", f"{said}: log the folder that the run starts in", code.line
        )


def left_out(code: LoggedCode, names: Iterable[str], version: Version) -> tuple[str, ...]:
    """Those of some files, relative to the root, that log_code doesn't take."""
    return tuple(name for name in names if is_left_out(code, name, version))


def is_left_out(code: LoggedCode, name: str, version: Version) -> bool:
    """Whether log_code doesn't take a file; False where only a run can tell."""
    if code.include is None:
        return not is_logged(Path(name).name, version)
    return includes(code.include, name) is False


def includes(function: str, path: str) -> bool | None:
    """What a function like ``lambda path: path.endswith(".py")`` says of a path.

    None where it is more than tests of the ends of a path and of what it holds.
    """
    try:
        node = ast.parse(function, mode="eval").body
    except (SyntaxError, ValueError):
        return None
    if not isinstance(node, ast.Lambda) or not node.args.args:
        return None
    return _says(node.body, node.args.args[0].arg, path)


def _says(node: ast.expr, name: str, path: str) -> bool | None:
    match node:
        case ast.Constant(value=bool(value)):
            return value
        case ast.BoolOp(op=operator, values=values):
            found = [_says(value, name, path) for value in values]
            decides = isinstance(operator, ast.Or)
            if decides in found:
                return decides
            return None if None in found else not decides
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            inner = _says(operand, name, path)
            return None if inner is None else not inner
        case ast.Call(
            func=ast.Attribute(value=ast.Name(id=owner), attr="endswith" | "startswith"),
            args=[argument],
        ) if owner == name:
            return _test_of_end(node, argument, path)
        case ast.Compare(
            left=ast.Constant(value=str(part)),
            ops=[ast.In() | ast.NotIn() as operator],
            comparators=[ast.Name(id=owner)],
        ) if owner == name:
            return (part in path) is isinstance(operator, ast.In)
    return None


def _test_of_end(call: ast.Call, argument: ast.expr, path: str) -> bool | None:
    try:
        ends = ast.literal_eval(argument)
    except ValueError:
        return None
    if not isinstance(ends, (str, tuple)):
        return None
    assert isinstance(call.func, ast.Attribute)
    if call.func.attr == "startswith":  # of a path that begins who knows where
        return None
    return path.endswith(ends)
