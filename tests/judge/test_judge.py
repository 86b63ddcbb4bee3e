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
from jobready.script.parsers.launch_function import DOCSTRING as JOB_ARGS
from tests.judge.judge import judge
from tests.judge.setting import Setting
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
PARSE_JOB = "args = parser.parse_args(sys.argv[1:] + job_args(parser))\n"


def rule_on(
    folder: Path,
    original: str,
    migrated: str,
    form: str = "argv",
    clauses: Sequence[str] = CLAUSES,
    overwritten: Sequence[str] = (),
) -> Verdict:
    """The verdict on two texts."""
    paths = []
    for name, text in (("before", original), ("after", migrated)):
        path = folder / name / "train.py"
        path.parent.mkdir(parents=True)
        path.write_text(text)
        paths.append(path)
    return judge(*paths, form=form, clauses=clauses, overwritten=overwritten)


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


ONE_FILE = """\
import argparse

import wandb

parser = argparse.ArgumentParser()
parser.add_argument("--config", required=True)
args = parser.parse_args()
assert args.config == "other"
wandb.init(config=args)
wandb.log({"loss": len(args.config)})
"""


def test_a_job_gives_what_is_all_that_a_script_takes(tmp_path: Path) -> None:
    good = migrated(ONE_FILE).text
    verdict = rule_on(tmp_path / "good", ONE_FILE, good)
    assert dict(verdict.clauses) == dict.fromkeys(CLAUSES, "right"), verdict
    assert (verdict.parameters, verdict.proven) == (1, 1)
    # A clone of what argv gave needn't show what the job of its author would have done.
    assert PARSE_JOB in good
    wrong = good.replace(PARSE_JOB, PARSE)
    verdict = rule_on(tmp_path / "wrong", ONE_FILE, wrong, clauses=["C2"])
    assert verdict.ruling == "wrong", verdict
    assert any(r.startswith("C3: no run without a command line") for r in verdict.reasons)


RENAMED = ORIGINAL.replace(
    "config=args", 'config={"learning_rate": args.lr, "epochs": args.epochs}'
)


def test_values_are_launched_by_the_key_that_the_page_shows(tmp_path: Path) -> None:
    good = migrated(RENAMED).text
    names = 'names = {"learning_rate": "lr"}'
    assert names in good
    clauses = ("C2", "clone")
    verdict = rule_on(tmp_path / "good", RENAMED, good, clauses=clauses)
    assert verdict.ruling == "right", verdict
    assert dict(verdict.clauses)["clone"] == "right"
    assert "the page shows lr as learning_rate" in verdict.notes
    by_dest = good.replace(names, "names: dict[str, str] = {}")
    verdict = rule_on(tmp_path / "wrong", RENAMED, by_dest, clauses=clauses)
    for clause in clauses:
        assert any(r.startswith(f"{clause}: lr is 0.25") for r in verdict.reasons), verdict


def test_a_clone_of_a_run_with_a_command_line_is_judged(tmp_path: Path) -> None:
    text = ORIGINAL.replace(
        "parser = ", "def double(text):\n    return 2 * int(text)\n\n\nparser = "
    )
    text = text.replace("type=int", "type=double")
    good = migrated(text).text
    lasts = "not good or not lasts(action, value)"
    assert lasts in good
    verdict = rule_on(tmp_path / "good", text, good, clauses=["clone"])
    assert verdict.ruling == "right", verdict
    assert any("a clone stops by name" in note for note in verdict.notes)
    # What was launched as "3" is recorded as that, but what argv gave is recorded as 6.
    wrong = good.replace(lasts, "not good")
    verdict = rule_on(tmp_path / "wrong", text, wrong, clauses=["C2", "clone"])
    assert {r.partition(":")[0] for r in verdict.reasons} == {"clone"}, verdict


FILLED = ORIGINAL.replace(
    PARSE,
    'parser.add_argument("--out")\n' + PARSE + "if args.out is None:\n"
    '    import os, time\n    args.out = "made"\n    os.mkdir(args.out)\n'
    'open(args.out + "/log", "w")\n',
)


def test_a_clone_starts_with_what_its_run_filled_in(tmp_path: Path) -> None:
    text = FILLED
    verdict = rule_on(tmp_path, text, migrated(text).text, clauses=["clone"])
    assert verdict.ruling == "right", verdict
    assert "a clone starts with what the run filled in: out" in verdict.notes
    # and reads the same from there on
    good = migrated(text).text
    other = good.replace(
        "if args.out is None",
        'if args.out == "made":\n    args.out = "other"\nif args.out is None',
    )
    verdict = rule_on(tmp_path / "other", text, other, clauses=["clone"])
    assert any("out is 'other'" in reason for reason in verdict.reasons), verdict


KEPT_WORDS = ORIGINAL.replace(
    PARSE,
    f'import sys\n{PARSE}args.command = " ".join(sys.argv[1:])\nprint(vars(args))\n',
)


def test_the_words_of_a_run_say_how_it_was_started(tmp_path: Path) -> None:
    clauses = ("C1", "C2", "launched wins")
    good = migrated(KEPT_WORDS).text
    verdict = rule_on(tmp_path / "good", KEPT_WORDS, good, clauses=clauses)
    assert verdict.ruling == "right", verdict
    assert "says how a run was started: command" in verdict.notes
    other = good.replace('" ".join(sys.argv[1:])', '"--lr"')
    assert other != good
    verdict = rule_on(tmp_path / "wrong", KEPT_WORDS, other, clauses=clauses)
    assert any("command is '--lr'" in reason for reason in verdict.reasons), verdict


TWO_STAGES = """\
import argparse

import wandb

first = argparse.ArgumentParser(add_help=False)
first.add_argument("--size", choices=["small", "large"], default="small")
first.add_argument("--data", required=True)
size = first.parse_known_args()[0].size
parser = argparse.ArgumentParser(parents=[first])
parser.add_argument("--layers", type=int, choices=[2, 4], required=True)
parser.add_argument("--width", type=int, default=8 if size == "small" else 64)
args = parser.parse_args()
wandb.init(config=args)
wandb.log({"loss": args.layers * args.width, "size": args.size, "data": args.data})
"""


def test_the_last_stage_of_a_parse_says_what_there_is_to_give(tmp_path: Path) -> None:
    good = migrated(TWO_STAGES).text
    verdict = rule_on(tmp_path / "good", TWO_STAGES, good, clauses=["C2"])
    assert verdict.ruling == "right", verdict
    assert (verdict.parameters, verdict.untried) == (4, ())
    # Stale in the second stage only, which the first one says nothing of.
    stale = good.replace("parser.parse_args(sys.argv[1:] + job_args(parser))", "XX", 1)
    stale = stale.replace(
        "XX",
        "parser.parse_args([*sys.argv[1:], *(w for w in job_args(parser) "
        "if not w.startswith('--width'))])",
    )
    assert stale != good
    verdict = rule_on(tmp_path / "wrong", TWO_STAGES, stale, clauses=["C2"])
    assert any("C2: width is" in reason for reason in verdict.reasons), verdict


def test_what_differs_by_itself_is_no_difference(tmp_path: Path) -> None:
    text = ORIGINAL.replace(
        PARSE,
        PARSE + "import time, uuid\nargs.tag = f'{uuid.uuid4()} {time.time()}'\n"
        "args.what = len.__call__\nprint(args.tag, args.what)\n",
    )
    verdict = rule_on(tmp_path, text, migrated(text).text, clauses=["C1"])
    assert verdict.ruling == "right", verdict
    assert verdict.notes == ("differ from run to run: tag",)


def test_what_is_tried_for_the_words_of_a_launch_is_no_read(tmp_path: Path) -> None:
    text = ORIGINAL.replace(
        PARSE,
        "class Upper(argparse.Action):\n"
        "    def __call__(self, parser, namespace, values, option_string=None):\n"
        "        print(getattr(namespace, self.dest))\n"
        "        setattr(namespace, self.dest, values.upper())\n\n"
        "parser.add_argument('--mode', action=Upper, default='FAST')\n"
        f"{PARSE}print(args.mode)\n",
    )
    good = migrated(text).text
    assert f'"""{JOB_ARGS}"""' in good
    assert "action(parser, space, " in good
    verdict = rule_on(tmp_path / "good", text, good, clauses=["C2"])
    assert verdict.ruling == "right", verdict
    assert verdict.proven == 3
    stale = good.replace("print(args.mode)", "args.mode = 'FAST'\nprint(args.mode)")
    verdict = rule_on(tmp_path / "wrong", text, stale, clauses=["C2"])
    assert "C2: mode is 'FAST'" in verdict.reasons[0]


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


def test_a_default_that_an_earlier_parse_leads_to(tmp_path: Path) -> None:
    text = ORIGINAL.replace(
        PARSE,
        "parser.add_argument('--name', default='run-{epochs}')\n"
        "early = parser.parse_known_args()[0]\n"
        "parser.set_defaults(name=early.name.format(epochs=early.epochs))\n"
        f"{PARSE}print(args.name)\n",
    )
    outcome = migrated(text)
    verdict = rule_on(tmp_path, text, outcome.text, outcome.forms[0])
    assert verdict.ruling == "right", verdict


def test_a_value_that_a_clone_changes_again_is_judged_wrong(tmp_path: Path) -> None:
    text = ORIGINAL.replace(PARSE, f"{PARSE}print(args.lr)\nargs.lr *= 8\n")
    verdict = rule_on(tmp_path, text, migrated(text).text)
    assert (verdict.ruling, dict(verdict.clauses)["clone"]) == ("wrong", "wrong")


# A script that takes no such bits as it records.
NAMED_BITS = """\
parser.add_argument("--bits", default="fp16")
args = parser.parse_args()
assert args.bits in ("fp16", "other")
args.bits = 16
"""


def test_a_clone_that_ends_by_what_the_script_overwrites(tmp_path: Path) -> None:
    text = ORIGINAL.replace(PARSE, NAMED_BITS)
    good = migrated(text).text
    verdict = rule_on(tmp_path / "good", text, good, overwritten=["bits"])
    assert verdict.ruling == "right", verdict
    assert "a clone of what the script overwrites may end otherwise" in verdict.notes
    verdict = rule_on(tmp_path / "other", text, good, clauses=["clone"])
    assert verdict.ruling == "wrong", verdict


def test_a_clone_that_ends_by_something_else_as_well(tmp_path: Path) -> None:
    text = ORIGINAL.replace(PARSE, NAMED_BITS)
    parse = "assert args.bits in"
    launched = 'import os, sys\nif "WANDB_CONFIG" in os.environ: sys.exit("no clone")\n'
    wrong = migrated(text).text.replace(parse, launched + parse)
    verdict = rule_on(tmp_path, text, wrong, clauses=["clone"], overwritten=["bits"])
    assert "clone" in {r.partition(":")[0] for r in verdict.reasons}, verdict


@pytest.mark.parametrize(("turns", "ruling"), [(1, "right"), (2, "right"), (3, "wrong")])
def test_a_difference_counts_once_it_lasts(turns: int, ruling: str, tmp_path: Path) -> None:
    # What a minute's end makes different is gone when both run again; a fault is not.
    count = tmp_path / "turns"
    count.write_text("")
    odd = f"with open({str(count)!r}, 'a+') as turns:\n    turns.write('.')\n"
    odd += f"odd = os.path.getsize({str(count)!r}) <= {turns}\n"
    text = sabotaged(PARSE_JOB, odd + PARSE_JOB.replace("))", ") + ['--lr=7'] * odd)"))
    verdict = rule_on(tmp_path, ORIGINAL, text)
    assert verdict.ruling == ruling, verdict
