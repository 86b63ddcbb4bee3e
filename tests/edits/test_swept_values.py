"""Scripts that start a run, or a sweep which lays its values over copied arguments."""

from __future__ import annotations

import re

import pytest

from jobready.outcome import Refused, Rewritten, Unchanged
from tests.edits.tools import check_rewritten, migrated

SCRIPT = """\
import argparse
import copy

import wandb


def train(config):
    print(config["lr"])


def single(config):
    wandb.init(config=config)
    train(config)


def tune(given):
    def swept():
        wandb.init(project="own")
        config = copy.deepcopy(given)
        for k, v in dict(wandb.config).items():
            config[k] = v
        train(config)

    parameters = {"lr": {"values": [0.1, 0.2]}}
    sweep = wandb.sweep({"method": "grid", "parameters": parameters})
    wandb.agent(sweep, swept, count=2)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--lr", type=float, default=0.1)
    parser.add_argument("--tune", action="store_true")
    args = vars(parser.parse_args())
    if args["tune"]:
        tune(args)
    else:
        single(args)


main()
"""
COPY = "config = copy.deepcopy(given)"
LOOP = """\
        for k, v in dict(wandb.config).items():
            config[k] = v
"""
CHOICE = """\
    if args["tune"]:
        tune(args)
    else:
        single(args)
"""
RATE = 'parser.add_argument("--lr", type=float, default=0.1)'
PARSE = "parse_args(sys.argv[1:] + job_args(parser))"


def changed(old: str, new: str) -> str:
    assert old in SCRIPT
    return SCRIPT.replace(old, new)


def is_migrated(source: str) -> bool:
    outcome = migrated(source)
    assert isinstance(outcome, (Rewritten, Refused, Unchanged)), outcome
    return isinstance(outcome, Rewritten)


def test_the_run_is_migrated_and_the_sweep_is_left() -> None:
    head = "import argparse\nimport copy\nimport os\nimport sys\n\nimport wandb\n\n\n"
    head += "<job_args>\n\n\ndef train"
    after = head + SCRIPT.split("def train", 1)[1].replace("parse_args()", PARSE)
    check_rewritten(SCRIPT, after, "argv")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (LOOP, "        config.update(wandb.config)\n"),
        (LOOP, "        config.update(dict(wandb.config))\n"),
        ("dict(wandb.config).items()", "wandb.config.items()"),
        (COPY, "config = {**given}"),
        (COPY, "config = dict(given)"),
        ("swept, count=2", "function=swept"),
        (CHOICE, CHOICE.replace("    else:\n        single", "        return\n    single")),
        (CHOICE, '    tune(args) if args["tune"] else single(args)\n'),
        (RATE, 'parser.add_argument("--lr", type=bool, default=True)'),
        (RATE, 'parser.add_argument("--lr", type=dict, default={})'),
        (RATE, 'parser.add_argument("--lr", choices=["a", "b"], default="a")'),
        ('init(project="own")', 'init(project=given["lr"])'),
        ('init(project="own")', "init(config=given)"),
        (CHOICE, f'    args["seed"] = 1\n{CHOICE}'),  # no parameter
    ],
)
def test_the_sweep_may_take_its_values_in_other_ways(old: str, new: str) -> None:
    outcome = migrated(changed(old, new))
    assert isinstance(outcome, Rewritten), outcome
    assert new in outcome.text
    assert PARSE in outcome.text


def test_a_later_run_without_a_config_gets_the_arguments_and_the_sweep_does_not() -> None:
    show = 'def single(config):\n    wandb.init(project="own")\n'
    outcome = migrated(
        changed("def single(config):\n    wandb.init(config=config)\n", show)
    )
    assert isinstance(outcome, Rewritten), outcome
    assert 'wandb.init(project="own", config=config)\n    train' in outcome.text
    assert 'wandb.init(project="own")\n        config = copy' in outcome.text


@pytest.mark.parametrize(
    ("old", "new"),
    [
        # The sweep's values don't get to the arguments, or not all of them.
        (LOOP, ""),
        (LOOP, "        print(dict(wandb.config))\n"),
        (LOOP, LOOP.replace("config[k] = v", 'config["a"] = v')),
        (LOOP, LOOP.replace("config[k] = v", "if k in config: config[k] = v")),
        (LOOP, LOOP.replace("config[k] = v", "config[k] = str(v)")),
        (LOOP, '        config["lr"] = wandb.config.lr\n'),
        (
            LOOP,
            '        if wandb.config["lr"] > 1:\n            config.update(wandb.config)\n',
        ),
        (LOOP, "        config.update(wandb.config, lr=1)\n"),
        ("        train(config)\n\n    p", "        train(given)\n\n    p"),
        ("        train(config)\n\n    p", '        print(given["lr"])\n\n    p'),
        (COPY, "config = {}"),
        (COPY, "config = given"),  # no copy: it outlasts the run
        (COPY, f"{COPY}\n        config = config or given"),
        # There is no run of its own.
        ('        wandb.init(project="own")\n', ""),
        # Something else runs the function, or another one is run.
        ("    wandb.agent(", "    swept()\n    wandb.agent("),
        ("    wandb.agent(", "    hooks = [swept]\n    wandb.agent("),
        ("swept, count=2", "lambda: swept()"),
        ("swept, count=2", "given['function']"),
        ("swept, count=2)", "swept)\n    wandb.agent(sweep, other)"),
        # The run isn't beside the sweep.
        (CHOICE, "    single(args)\n    tune(args)\n"),
        (CHOICE, "    tune(args)\n    single(args)\n"),
        (CHOICE, '    if args["tune"]:\n        tune(args)\n    single(args)\n'),
        (
            CHOICE,
            "    for tuned in (0, 1):\n        single(args) if tuned else tune(args)\n",
        ),
        ("main()\n", "for _ in range(2):\n    main()\n"),
        ("        train(config)\n\n    p", "        single(config)\n\n    p"),
        ("    train(config)\n\n\ndef tune", "    tune(config)\n\n\ndef tune"),
        (CHOICE, CHOICE.replace("single(args)", "start = single")),
        # In a job that sweeps, what W&B records isn't what the parser makes of it.
        (RATE, 'parser.add_argument("--lr", type=pathlib.Path, default=None)'),
        (RATE, 'parser.add_argument("--lr", type=json.loads, default=None)'),
        (RATE, 'parser.add_argument("--lr", type=float, default=float("nan"))'),
        (RATE, 'parser.add_argument("--lr", type=float, default=(0, 1))'),
        (RATE, 'parser.add_argument("--lr", action="append", default=[])'),
        (RATE, 'parser.add_argument("--lr", type=dict, default=None)'),
        (CHOICE, f'    args["lr"] *= 2\n{CHOICE}'),
    ],
)
def test_a_script_whose_sweep_may_be_in_the_way_is_left_alone(old: str, new: str) -> None:
    source = f"import json\nimport pathlib\n{changed(old, new)}"
    assert not is_migrated(source)


def test_a_dict_of_the_scripts_own_is_not_the_builtin() -> None:
    source = changed(RATE, 'parser.add_argument("--lr", type=dict, default={})')
    assert is_migrated(source)
    assert not is_migrated(
        re.sub(r"\bdef train", "def dict(text):\n    return [text]\n\n\ndef train", source)
    )


def test_no_other_form_is_taken() -> None:
    for form in ("agent", "config"):
        assert isinstance(migrated(SCRIPT, form=form), Refused)
