"""What several parses give is shown together, also beside a config or less a secret."""

from __future__ import annotations

import pytest

from jobready.outcome import Rewritten
from tests.edits.tools import migrated

SCRIPT = """\
import argparse
import wandb

parser = argparse.ArgumentParser()
parser.add_argument("--lr", type=float, default=0.1)
parser.add_argument("--{key}", default="x")
other = argparse.ArgumentParser()
other.add_argument("--n", type=int, default=3)
args, rest = parser.parse_known_args()
model = other.parse_args(rest)
{run}
print(args.lr, model.n)
"""
BOTH = "**vars(args), **vars(model)"
LESS = '**{k: v for k, v in vars(args).items() if k != "api_key"}, **vars(model)'


@pytest.mark.parametrize(
    ("run", "shown"),
    [
        ('wandb.init(config={"a": vars(args)})', f'{{{BOTH}, "a": vars(args)}}'),
        ('wandb.init(config={"a": vars(model)})', f'{{{BOTH}, "a": vars(model)}}'),
        ("own = {'a': vars(args)}\nwandb.init(config=own)", f"{{{BOTH}, **own}}"),
        ("wandb.init(config=dict(a=vars(args)))", f"dict({{{BOTH}}}, a=vars(args))"),
        ("wandb.init()\nwandb.config.update({'a': vars(args)})", f"{{{BOTH}}}"),
    ],
)
def test_all_parses_are_shown_beside_what_is_there(run: str, shown: str) -> None:
    outcome = migrated(SCRIPT.format(key="name", run=run))
    assert isinstance(outcome, Rewritten), outcome
    assert f"config={shown}" in outcome.text


@pytest.mark.parametrize("run", ["wandb.init()", 'wandb.init(config={"a": vars(model)})'])
def test_a_secret_of_one_parse_takes_nothing_from_the_other(run: str) -> None:
    outcome = migrated(SCRIPT.format(key="api-key", run=run))
    assert isinstance(outcome, Rewritten), outcome
    assert f"config={{{LESS}" in outcome.text


def test_what_is_shown_already_is_left_alone() -> None:
    run = f"wandb.init(config={{{BOTH}}})"
    outcome = migrated(SCRIPT.format(key="name", run=run))
    assert isinstance(outcome, Rewritten), outcome
    assert run in outcome.text
