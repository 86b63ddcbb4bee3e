"""The judge can say yes and no."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from jobready.edits.migrate import migrate_text
from jobready.edits.options import Options
from jobready.outcome import Rewritten
from jobready.project.environment import Environment
from tests.judge.judge import Setting, judge
from tests.judge.verdict import CLAUSES, Verdict

pytestmark = pytest.mark.judge
CORPUS = Path(__file__).parents[1] / "corpus"
ENVIRONMENT = Environment(line_length=88, type_checked=False, wandb_version=None)
ORIGINAL = """\
import argparse

import wandb

parser = argparse.ArgumentParser()
parser.add_argument("--lr", type=float, default=0.25)
parser.add_argument("--epochs", type=int, default=2)
args = parser.parse_args()
wandb.init(name=f"lr-{args.lr}", config=args)
wandb.log({"loss": args.lr * args.epochs})
"""
PARSE = "args = parser.parse_args()\n"


def rule_on(
    folder: Path,
    original: str,
    migrated: str,
    form: str = "argv",
    clauses: Sequence[str] = CLAUSES,
) -> Verdict:
    """The verdict on two texts."""
    paths = []
    for name, text in (("before", original), ("after", migrated)):
        path = folder / name / "train.py"
        path.parent.mkdir(parents=True)
        path.write_text(text)
        paths.append(path)
    return judge(*paths, form=form, clauses=clauses)


def migrated(text: str) -> Rewritten:
    """What jobready makes of a text."""
    outcome = migrate_text(text, Options(), ENVIRONMENT)
    assert isinstance(outcome, Rewritten), outcome
    return outcome


def sabotaged(line: str, instead: str) -> str:
    """A migrated script in which something is wrong."""
    good = migrated(ORIGINAL).text
    assert line in good
    return good.replace(line, instead, 1)


def test_scripts_of_the_corpus_are_migrated_right(tmp_path: Path) -> None:
    names = ("derived_values.py", "every_action.py")

    def one(name: str) -> Verdict:
        text = (CORPUS / name).read_text()
        outcome = migrated(text)
        return rule_on(tmp_path / name, text, outcome.text, outcome.forms[0])

    with ThreadPoolExecutor(2) as pool:
        for verdict in pool.map(one, names):
            assert verdict.ruling == "right", verdict
            assert {word for _, word in verdict.clauses} == {"right"}, verdict
            assert not verdict.unread


@pytest.mark.parametrize(
    ("after_parse", "clause"),
    [
        pytest.param(
            "from wandb.sdk import launch\n"
            "import os\n"
            "if os.environ.get('WANDB_LAUNCH'):\n"
            "    args.lr = launch.load_wandb_config().get('lr', args.lr)\n",
            "C2",
            id="one parameter stays stale",
        ),
        pytest.param(
            "from wandb.sdk import launch\n"
            "import os\n"
            "if os.environ.get('WANDB_LAUNCH'):\n"
            "    for key, value in launch.load_wandb_config().items():\n"
            "        setattr(args, key, str(value))\n",
            "C2",
            id="the values have the wrong type",
        ),
        pytest.param(
            "import os, json\n"
            "if os.environ.get('WANDB_LAUNCH'):\n"
            "    for key, value in json.loads(os.environ['WANDB_CONFIG']).items():\n"
            "        if getattr(args, key) == parser.get_default(key):\n"
            "            setattr(args, key, value)\n",
            "launched wins",
            id="a launched value loses to argv",
        ),
        pytest.param(
            "args.epochs = float(args.epochs)\n", "C1", id="changes without a launch"
        ),
    ],
)
def test_a_wrong_rewrite_is_judged_wrong(
    tmp_path: Path, after_parse: str, clause: str
) -> None:
    wrong = ORIGINAL.replace(PARSE, PARSE + after_parse)
    verdict = rule_on(tmp_path, ORIGINAL, wrong, clauses=[clause])
    assert verdict.ruling == "wrong"
    assert any(reason.startswith(f"{clause}: ") for reason in verdict.reasons), verdict


def test_values_that_come_after_a_read_are_judged_wrong(tmp_path: Path) -> None:
    late = ORIGINAL.replace("wandb.log", "args = wandb.config\nwandb.log")
    verdict = rule_on(tmp_path, ORIGINAL, late, form="config", clauses=["C2"])
    assert verdict.ruling == "wrong"
    assert "C2: lr is 0.25 (float) in line 9" in verdict.reasons[0]


def test_what_differs_by_itself_is_no_difference(tmp_path: Path) -> None:
    text = ORIGINAL.replace(
        PARSE,
        PARSE + "import time, uuid\nargs.tag = f'{uuid.uuid4()} {time.time()}'\n"
        "args.what = len.__call__\nprint(args.tag, args.what)\n",
    )
    verdict = rule_on(tmp_path, text, migrated(text).text, clauses=["C1"])
    assert verdict.ruling == "right", verdict
    assert verdict.notes == ("differ from run to run: tag",)


def test_a_missing_library_is_stood_in_for(tmp_path: Path) -> None:
    text = ORIGINAL.replace(
        "import wandb\n",
        "import wandb\nimport no_such_library.nn as nn\n\n\n"
        "class Model(nn.Module):\n    def forward(self, x):\n"
        "        return x @ args.epochs\n",
    ).replace(
        "wandb.log(",
        "a, b, (c, *d) = Model()(nn.ones(2))\nwith nn.no_grad():\n"
        "    while c < 3 > d[0]:\n        pass\nwandb.log(",
    )
    outcome = migrated(text)
    paths = [tmp_path / "before.py", tmp_path / "after.py"]
    for path, content in zip(paths, (text, outcome.text), strict=True):
        path.write_text(content)
    without = judge(*paths, form="argv")
    assert without.ruling == "not judgeable"
    assert "No module named 'no_such_library'" in without.reasons[0]
    verdict = judge(
        *paths, form="argv", setting=Setting(stand_ins="missing"), clauses=["C2"]
    )
    assert verdict.ruling == "right", verdict
    assert verdict.proven == 2
