"""JR302: a script that logs to W&B never starts a run, nor does what it imports."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

from jobready.project.mentions import STARTS, Mentions
from jobready.project.upwards import folder_of, folders_of_repository
from jobready.rules.finding import Finding
from jobready.rules.rule import Rule
from jobready.rules.subject import Subject
from jobready.script.source.syntax import Syntax

NEEDS_RUN = frozenset(
    (
        "wandb.log",
        "wandb.watch",
        "wandb.log_artifact",
        "wandb.use_artifact",
        "wandb.define_metric",
    )
)
# What starts no run of W&B's by itself, however it is used.
INNOCENT = frozenset(
    """
    PIL albumentations cv2 dgl einops gym gymnasium h5py imageio jax jaxlib joblib
    matplotlib networkx numba numpy ogb optax pandas plotly psutil pyarrow requests scipy
    seaborn skimage sklearn spacy sympy tabulate tiktoken timm tokenizers torch
    torch_geometric torchaudio torchmetrics torchtext torchvision tqdm wandb yaml
    """.split()  # noqa: SIM905 - a list of them takes a page
)
HOPS = 3  # modules that import one another, from the script on


def find(subject: Subject) -> Iterator[Finding]:
    """One finding a script, at the first call that needs a run."""
    script, syntax = subject.script, subject.script.syntax
    if subject.starts_run or script.strange_parses or subject.environment.path is None:
        return
    if not _is_entry(syntax):
        return
    for node in syntax.of(ast.Call):
        name = script.flow.qualified(node.func)
        if name in NEEDS_RUN:
            if _may_be_started(syntax, subject):
                return
            message = f"{name}() needs a run, and nothing here calls wandb.init"
            advice = "call wandb.init(config=…) first, and read its config"
            yield subject.finding(RULE, node, message, no_fix=advice)
            return


def _is_entry(syntax: Syntax) -> bool:
    """Whether the file is run: it tests ``__name__`` for that."""
    return any(
        isinstance(s, ast.If) and "__main__" in ast.unparse(s.test)
        for s in syntax.tree.body
    )


def _may_be_started(syntax: Syntax, subject: Subject) -> bool:
    """Whether something that the script imports may start the run."""
    path = subject.environment.path
    assert path is not None
    folder = folder_of(path.parent)
    roots = (folder, *folders_of_repository(folder)[1:])
    waiting, seen = [(syntax.tree, HOPS)], set()
    while waiting:
        tree, hops = waiting.pop()
        for module, names in _imported(tree):
            if (module, names) in seen:
                continue
            seen.add((module, names))
            parts = (module, *(f"{module}.{name}" for name in names))
            found = [
                d for part in parts if (d := _module(part, roots, subject)) is not None
            ]
            if not found:
                top = module.partition(".")[0]
                if top not in INNOCENT and top not in sys.stdlib_module_names:
                    return True
            for data in found:
                if not hops or Mentions(data).meets((STARTS,)):
                    return True
                try:
                    waiting.append((ast.parse(data), hops - 1))
                except (SyntaxError, ValueError, RecursionError):
                    return True
    return False


def _imported(tree: ast.Module) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The modules that a file imports, ``.x`` for one beside it, and what from them."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((a.name, ()) for a in node.names)
        elif isinstance(node, ast.ImportFrom):
            names = tuple(a.name for a in node.names)
            yield "." * node.level + (node.module or ""), names


def _module(module: str, roots: tuple[Path, ...], subject: Subject) -> bytes | None:
    """The source of a module that stands beside the script or above; None elsewhere."""
    parts = module.strip(".").split(".")
    if not all(part.isidentifier() for part in parts):
        return None
    for root in roots:
        for name in ("/".join(parts) + ".py", "/".join((*parts, "__init__.py"))):
            data = subject.files.read(root / name)
            if data is not None:
                return data
    return None


RULE = Rule(
    code="JR302",
    name="no-init",
    summary="The script logs to W&B and never starts a run.",
    why=(
        "A job is a run. One whose script ends without wandb.init fails, with the message "
        "that it exited successfully but failed to call wandb.init, and wandb.log raises "
        "an error before that."
    ),
    bad="""\
import wandb


def main():
    wandb.log({"loss": 0.1})


if __name__ == "__main__":
    main()
""",
    good="""\
import wandb


def main():
    wandb.init(project="mnist")
    wandb.log({"loss": 0.1})


if __name__ == "__main__":
    main()
""",
    safety=None,
    fix="Where a run is to start, and with which config, is for the author to say.",
    sources=(
        "https://github.com/wandb/wandb/issues/7444",
        "wandb 0.31.0: sdk/launch/agent/agent.py, finish_thread_id",
    ),
    find=find,
    words=((b"import wandb", b"from wandb"), (b"__main__",), (b"wandb.",)),
    patterns=(rb"wandb\.(?:log|watch|log_artifact|use_artifact|define_metric)\(",),
)
