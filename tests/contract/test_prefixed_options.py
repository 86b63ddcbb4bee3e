"""Options that functions add under a prefix of their own keep the contract."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.contract.migrating import rewritten_copy
from tests.contract.running import run

pytestmark = pytest.mark.contract

SCRIPT = """\
import argparse
import json

import wandb


def add_optimizer(parser, prefix="", lr=1e-6):
    g = f"--{prefix}"
    parser.add_argument(f"{g}optim", default="adam", choices=["adam", "muon"])
    parser.add_argument(f"{g}lr", type=float, default=lr)
    parser.add_argument(f"{g}betas", type=float, nargs=2, default=(0.9, 0.95))
    parser.add_argument(f"{g}nesterov", action="store_true", default=True)
    parser.add_argument(f"{g}no_nesterov", dest=f"{prefix}nesterov", action="store_false")


parser = argparse.ArgumentParser()
parser.add_argument("--size", type=int, default=8)
add_optimizer(parser, PREFIX)
args = parser.parse_args()
wandb.init(project="prefixes", config=vars(args))
print(json.dumps(vars(args)))
"""


@pytest.mark.parametrize("prefix", ["", "actor."])
@pytest.mark.parametrize("off", [True, False])
def test_they_get_what_is_launched(tmp_path: Path, prefix: str, off: bool) -> None:
    before, after = rewritten_copy(tmp_path, SCRIPT.replace("PREFIX", repr(prefix)))
    values = {"optim": "muon", "lr": 2.0, "betas": [0.5, 1.0], "nesterov": not off}
    launched = {"size": 4, **{prefix + name: value for name, value in values.items()}}
    words = ["--size=4", f"--{prefix}optim=muon", f"--{prefix}lr=2"]
    words += [f"--{prefix}betas", "0.5", "1", *([f"--{prefix}no_nesterov"] if off else [])]

    expected = run(before, words).trained_with
    plain = run(after, words)
    assert plain.trained_with == expected
    assert run(after, [], launched=launched).trained_with == expected
    assert plain.config is not None
    clone = run(after, [f"--{prefix}lr=7"], launched=plain.config)
    assert clone.trained_with == expected
    wrong = run(after, [], launched={f"{prefix}optim": "sgd"})
    assert wrong.exit_code == 2
    assert "invalid choice: 'sgd'" in wrong.stderr


FROM_FILE = """\
import argparse
import configparser
import json

import wandb

parser = argparse.ArgumentParser()
parser.add_argument("--lr", type=float, default=0.1)
settings = configparser.ConfigParser()
settings.read_string("[train]\\nbatch_size = 4\\nn = 1\\n[env]\\nkind = hop\\n")
for section in settings.sections():
    for key in settings[section]:
        option = f"--{section}.{key}" if len(key) > 1 else "-" + key
        option = option.replace("_", "-")
        parser.add_argument(option, default=settings[section][key])
args = parser.parse_args()
wandb.init(project="settings", config=vars(args))
print(json.dumps(vars(args)))
"""


def test_options_of_a_file_that_only_a_run_reads(tmp_path: Path) -> None:
    before, after = rewritten_copy(tmp_path, FROM_FILE)
    launched = {"lr": 2.0, "train.batch_size": "8", "n": "3", "env.kind": "-x", "other": 1}
    words = ["--lr=2", "--train.batch-size=8", "-n=3", "--env.kind=-x"]

    assert run(after, []).trained_with == run(before, []).trained_with
    expected = run(before, words).trained_with
    plain = run(after, words)
    assert plain.trained_with == expected
    assert run(after, [], launched=launched).trained_with == expected
    assert plain.config is not None
    assert run(after, ["-n=7"], launched=plain.config).trained_with == expected
