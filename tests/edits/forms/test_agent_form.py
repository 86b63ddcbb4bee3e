"""Form agent: sweeps that ``wandb.agent`` runs in the script's own process."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from jobready.outcome import Rewritten
from tests.edits.tools import check_noop, check_refused, check_rewritten, migrated

SCRIPT = """\
import argparse

import wandb


def train():
    {0}
    print(json.dumps(vars(args)))


parser = argparse.ArgumentParser()
parser.add_argument("--lr", type=float, default=1.0)
parser.add_argument("--epochs", type=int, default=3)
parser.add_argument("--amp", action="store_true")
parser.add_argument("--name", default="a")
args = parser.parse_args()
print(args.lr)
wandb.agent(wandb.sweep({{}}), function=train)
"""
UPDATE = "vars(args).update((k, v) for k, v in launched if v != getattr(args, k, v))"


def script(init: str = "wandb.init(config=args)") -> str:
    return SCRIPT.format(init)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            "wandb.init(config=args)",
            f"wandb.init(config=args)\n    launched = wandb.config.items()\n    {UPDATE}",
        ),
        (
            "wandb.init()",
            f"wandb.init(config=args)\n    launched = wandb.config.items()\n    {UPDATE}",
        ),
        (
            "run = wandb.init(config=vars(args))",
            "run = wandb.init(config=vars(args))\n"
            f"    launched = wandb.config.items()\n    {UPDATE}",
        ),
        (
            "with wandb.init(config=args) as run:\n        run.log({'x': args.lr})",
            "with wandb.init(config=args) as run:\n"
            f"        launched = wandb.config.items()\n        {UPDATE}\n"
            "        run.log({'x': args.lr})",
        ),
    ],
)
def test_the_arguments_are_brought_up_to_date(before: str, after: str) -> None:
    check_rewritten(script(before), script(after), "agent")


def test_arguments_that_are_a_dict() -> None:
    made = (
        "launched = wandb.config.items()\n    args.update((k, v) for k, v in launched if "
    )
    check_rewritten(
        script().replace("= parser.parse_args()", "= vars(parser.parse_args())"),
        script(f"wandb.init(config=args)\n    {made}v != args.get(k, v))").replace(
            "= parser.parse_args()", "= vars(parser.parse_args())"
        ),
        "agent",
    )


def test_a_run_with_a_name_of_its_own_config() -> None:
    outcome = migrated(
        script("run = init(config=args)").replace(
            "import wandb\n", "import wandb\nfrom wandb import init\n"
        )
    )
    assert "launched = run.config.items()" in getattr(outcome, "text", ""), outcome


@pytest.mark.parametrize(
    "init",
    [
        "wandb.init()\n    print(wandb.config.lr)",
        "with wandb.init(config=None):\n        c = wandb.config\n        print(c)",
        "wandb.init(config=defaults)\n    print(wandb.config.lr)",
    ],
)
def test_a_sweep_that_reads_its_values_from_wandb_is_left_alone(init: str) -> None:
    source = script(init).replace("    print(json.dumps(vars(args)))\n", "")
    check_noop(source, "a sweep whose runs take their values from wandb.config")


@pytest.mark.parametrize(
    ("old", "new", "phrase", "line"),
    [
        ('"--name", default="a"', '"--name", choices="ab"', "--name has choices", 15),
        ('"--name", default="a"', '"--name", type=Path', "--name has type Path", 15),
        ('"--name", default="a"', '"--name", default=(1, 2)', "has the default (1, 2)", 15),
        ('"--name", default="a"', '"--name", default=N', "is made at run time", 15),
        ('"--name", default="a"', '"--name", action="count"', "has action count", 15),
        (
            "    wandb.init(",
            "    print(args.lr)\n    wandb.init(",
            "args is read before",
            7,
        ),
        ("wandb.init(config=args)", "log(wandb.init(config=args))", "no statement of", 7),
        ("wandb.init(config=args)", "wandb.init(name=args.name)", "args is read before", 7),
        (
            "wandb.init(config=args)",
            'wandb.init(config={"rate": args.lr})',
            "under other names",
            7,
        ),
        (
            "wandb.init(config=args)",
            "wandb.init(config=args)\n    wandb.init(config=args)",
            "doesn't call wandb.init just once",
            19,
        ),
    ],
)
def test_what_a_sweep_can_not_give_is_refused(
    old: str, new: str, phrase: str, line: int
) -> None:
    check_refused(script().replace(old, new, 1), phrase, line)


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("print(args.lr)\n", "lr = args.lr\n", 17),
        ("print(args.lr)\n", "set_seed(args.epochs)\n", 17),
        ("print(args.lr)\n", "if args.amp:\n    fast = 1\n", 17),
        (
            "def train():\n",
            "def build():\n    return args.lr\n\n\ndef train():\n    build()\n",
            7,
        ),
    ],
)
def test_what_is_made_of_the_arguments_before_the_sweep_is_stale(
    old: str, new: str, line: int
) -> None:
    source = script().replace(old, new, 1)
    check_refused(source, "is read before wandb.init has the sweep's values", line)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("function=train)", "function=train, count=args.epochs)"),
        ("wandb.agent(", "if args.amp:\n    wandb.agent("),
        (
            "def train():\n    wandb.init(config=args)\n",
            "def build():\n    return args.lr\n\n\n"
            "def train():\n    wandb.init(config=args)\n    build()\n",
        ),
    ],
)
def test_what_leads_to_the_sweep_may_read_the_arguments(old: str, new: str) -> None:
    assert isinstance(migrated(script().replace(old, new, 1)), Rewritten)


def test_a_sweep_that_reads_one_value_and_not_the_other() -> None:
    source = script("wandb.init()\n    print(wandb.config.lr, args.epochs)")
    swept = "wandb.sweep({'parameters': {'lr': {'min': 0}, 'epochs': {'max': 9}}})"
    check_refused(source.replace("wandb.sweep({})", swept), "reads the run's config", 8)


def test_a_required_parameter_keeps_a_job_from_the_sweep() -> None:
    source = script().replace('"--name", default="a"', '"--name", required=True')
    check_refused(source, "--name is required", 15)


@pytest.mark.parametrize("form", ["config", "argv"])
def test_no_other_form_serves_a_sweep(form: str) -> None:
    check_refused(script(), "a sweep's values exist only after", None, form=form)


def test_the_form_is_for_sweeps_only() -> None:
    source = script().partition("print(args.lr)")[0] + "train()\n"
    check_refused(source, "form agent is for wandb.agent sweeps", None, form="agent")


def test_each_run_of_a_sweep_sees_its_values(tmp_path: Path) -> None:
    outcome = migrated("import json\n" + script("wandb.init(config=args)"))
    assert isinstance(outcome, Rewritten), outcome
    path = tmp_path / "train.py"
    # What the agent does for each run, less the server: the values of the run in a file.
    runs = "wandb.agent = lambda sweep, function: [give(n, function) for n in (5, 6)]\n"
    give = (
        "def give(n, function):\n    import os, yaml\n"
        "    values = {'epochs': {'value': n}, 'unknown': {'value': 1}}\n"
        "    values['wandb_version'] = 1\n"
        "    yaml.safe_dump(values, open('sweep.yaml', 'w'))\n"
        "    os.environ['WANDB_SWEEP_PARAM_PATH'] = 'sweep.yaml'\n"
        "    function()\n    wandb.finish()\nwandb.sweep = lambda config: 'sweep'\n"
    )
    text = outcome.text.replace("import wandb\n", f"import wandb\n{give}{runs}", 1)
    path.write_text(text)
    ran = subprocess.run(
        [sys.executable, str(path), "--lr", "2", "--amp"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "WANDB_MODE": "offline", "WANDB_SILENT": "true"},
    )
    lines = ran.stdout.splitlines()
    expected = {"lr": 2.0, "amp": True, "name": "a"}
    assert [json.loads(line) for line in lines[1:]] == [
        {**expected, "epochs": 5},
        {**expected, "epochs": 6},
    ], ran.stderr
    assert '"lr": 2.0' in lines[1]  # W&B itself hands it back as 2
