"""Classes that have the name of what they are made of."""

from __future__ import annotations

import ast

import pytest

from jobready.outcome import Failed, Refused, Rewritten
from jobready.script.source.tree import syntax_of
from jobready.script.values.flow import Flow
from tests.edits.tools import migrated

SCRIPT = """\
from dataclasses import dataclass

from transformers import HfArgumentParser, Trainer, TrainingArguments


@dataclass
class TrainingArguments(TrainingArguments):
    data: str = "a"


parser = HfArgumentParser(TrainingArguments)
(args,) = parser.parse_args_into_dataclasses()
trainer = Trainer(args=args)
trainer.train()
"""


def flow_of(text: str) -> tuple[ast.Module, Flow]:
    syntax = syntax_of(text)
    assert not isinstance(syntax, Failed)
    return syntax.tree, Flow(syntax)


def test_the_base_is_what_is_imported_and_later_the_class() -> None:
    tree, flow = flow_of("from lib import A\n\nclass A(A):\n    pass\n\nA()\n")
    owner, call = tree.body[1], tree.body[2]
    assert isinstance(owner, ast.ClassDef)
    assert isinstance(call, ast.Expr)
    assert isinstance(call.value, ast.Call)
    assert flow.qualified(owner.bases[0]) == "lib.A"
    assert flow.definition(owner.bases[0]) is None
    assert flow.definition(call.value.func) is owner


@pytest.mark.parametrize(
    "text",
    [
        "from lib import A\nif A.old:\n    class A(A):\n        pass\nA()\n",
        "from lib import A\nA()\nclass A(A):\n    pass\n",
        "from lib import A\nclass A:\n    pass\nA()\n",
        "from lib import A\nA = wrapped(A)\nclass A(A):\n    pass\nA()\n",
        "from lib import A\nclass A(A):\n    pass\nA = wrapped(A)\nA()\n",
        "from lib import A\nclass A(A):\n    pass\nclass A(A):\n    pass\nA()\n",
        "class A(A):\n    pass\nfrom lib import A\nA()\n",
        "def f():\n    from lib import A\n    class A(A):\n        pass\n    A()\n",
    ],
)
def test_where_it_may_be_either(text: str) -> None:
    tree, flow = flow_of(text)
    (call,) = (
        n
        for n in ast.walk(tree)
        if isinstance(n, ast.Call) and isinstance(n.func, ast.Name) and n.func.id == "A"
    )
    assert flow.definition(call.func) is None


def test_a_dataclass_of_a_trainers_arguments() -> None:
    outcome = migrated(SCRIPT)
    assert isinstance(outcome, Rewritten), outcome


def test_a_dataclass_of_what_another_library_has() -> None:
    known = "import HfArgumentParser, Trainer, TrainingArguments"
    other = "import HfArgumentParser, Trainer\nfrom own import TrainingArguments"
    outcome = migrated(SCRIPT.replace(known, other).replace("args=args", "report_to='all'"))
    assert isinstance(outcome, Refused), outcome
    assert "TrainingArguments is not in this file" in outcome.reasons[0].message
