"""JR608: the run's config is pickled, and W&B's settings with it."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from jobready.edits.writing.text import replaced
from jobready.project.mentions import NAMES_CONFIG
from jobready.rules.finding import Finding, Fix
from jobready.rules.rule import Rule
from jobready.rules.subject import Subject
from jobready.script.configs.config_objects import ConfigObject
from jobready.script.source.syntax import Syntax

PICKLES = frozenset(
    (
        "torch.save",
        "pickle.dump",
        "pickle.dumps",
        "cloudpickle.dump",
        "cloudpickle.dumps",
        "dill.dump",
        "dill.dumps",
        "joblib.dump",
    )
)


def find(subject: Subject) -> Iterator[Finding]:
    """One finding for each config in what is pickled."""
    syntax: Syntax = subject.script.syntax
    for node in subject.config_objects:
        call = _pickling(node, subject)
        if call is None:
            continue
        name = ast.unparse(call.func)
        message = f"{name} writes wandb's settings along with the config, the API key too"
        text = f"dict({ast.unparse(node)})"
        fix = Fix(
            "unsafe", f"writes {text}, the values alone", replaced(node, text, syntax)
        )
        yield subject.finding(RULE, node, message, fix=fix)


def _pickling(node: ConfigObject, subject: Subject) -> ast.Call | None:
    """The call that pickles the config itself, alone or in a dict, list or tuple."""
    syntax: Syntax = subject.script.syntax
    inside: ast.expr = node
    for above in syntax.ancestors(node):
        if isinstance(above, ast.Call):
            if above.args[:1] != [inside]:
                return None
            name = subject.script.flow.qualified(above.func)
            return above if name in PICKLES else None
        if isinstance(above, (ast.Dict, ast.List, ast.Tuple)):
            inside = above
            continue
        if isinstance(above, ast.Assign) and inside is above.value:
            return _saved_by_name(above, subject)
        return None
    return None


def _saved_by_name(statement: ast.Assign, subject: Subject) -> ast.Call | None:
    """The call that pickles the dict which a statement gives a name."""
    syntax: Syntax = subject.script.syntax
    target = statement.targets[0]
    if not isinstance(statement.value, ast.Dict) or not isinstance(target, ast.Name):
        return None
    scope = syntax.scope(statement)
    if len(syntax.bindings(target.id, scope)) != 1:
        return None
    for node in syntax.named.get(target.id, ()):
        call = syntax.parent[node]
        if isinstance(call, ast.Call) and call.args[:1] == [node]:
            if syntax.scope(node) is scope:
                if subject.script.flow.qualified(call.func) in PICKLES:
                    return call
    return None


RULE = Rule(
    code="JR608",
    name="config-pickled",
    summary="The run's config is pickled, and the API key with it.",
    why=(
        "wandb.config refers to the run's settings. From wandb 0.19.11 on, torch.save and "
        "pickle write them along, with the API key in clear text, and loading the file "
        "ends in RecursionError; older ones raise an error when it is written."
    ),
    bad="""\
import torch
import wandb

wandb.init(config={"lr": 0.1})
model = torch.nn.Linear(2, 2)
torch.save({"model": model.state_dict(), "config": wandb.config}, "checkpoint.pt")
""",
    good="""\
import torch
import wandb

wandb.init(config={"lr": 0.1})
model = torch.nn.Linear(2, 2)
torch.save({"model": model.state_dict(), "config": dict(wandb.config)}, "checkpoint.pt")
""",
    safety="unsafe",
    fix=(
        "Writes `dict(…)` of the config. A dict has no attributes: what loads the file "
        "reads `config['lr']` then. Withdraw the keys that older files hold."
    ),
    sources=("wandb 0.13.8 to 0.31.0, each pickling a config and reading the file",),
    find=find,
    words=(*NAMES_CONFIG, (b"save(", b"dump(", b"dumps(")),
)
