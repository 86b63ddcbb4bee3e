"""Configs that a function of the script hands to its run as it was given them."""

from __future__ import annotations

import pytest

from jobready.script.model import Init, Script
from jobready.script.read import read

SCRIPT = """\
import argparse
import wandb

def start(project, **config):
    wandb.init(project=project, config=config)

def main(args):
    start("mine", lr=args.lr, layers=args.depth, device=device())

parser = argparse.ArgumentParser()
parser.add_argument("--lr", type=float, default=0.1)
parser.add_argument("--depth", type=int, default=3)
main(parser.parse_args())
"""
GIVEN = """\
import argparse
import wandb

def start(config=None):
    wandb.init(config=config or {})

parser = argparse.ArgumentParser()
parser.add_argument("--lr", type=float, default=0.1)
args = parser.parse_args()
start(config={"lr": args.lr})
"""
ANEW = """\
import argparse
import wandb

parser = argparse.ArgumentParser()
parser.add_argument("--lr", type=float, default=0.1)
args = parser.parse_args()
args = argparse.Namespace(**vars(args), **load())
wandb.init(config=args)
"""


def init_of(source: str) -> Init:
    """The one run of a script."""
    script = read(source)
    assert isinstance(script, Script)
    (init,) = script.inits
    return init


def test_keywords_that_a_function_takes_together() -> None:
    init = init_of(SCRIPT)
    assert init.records
    assert init.shown == {"lr", "depth"}
    assert init.renamed == (("depth", "layers"),)
    assert not init.problems


def test_all_arguments_as_keywords() -> None:
    init = init_of(SCRIPT.replace("lr=args.lr, layers=args.depth", "**vars(args)"))
    assert init.whole
    assert not init.problems


def test_what_is_changed_before_it_is_shown() -> None:
    changed = "    config['lr'] = 3\n    wandb.init"
    init = init_of(SCRIPT.replace("    wandb.init", changed))
    assert [text.partition(",")[0] for text, _ in init.problems] == [
        "the run shows '3' as 'lr'"
    ]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("device=device())", "device=device())\n    start('other', lr=3)"),
        ("lr=args.lr, layers=args.depth", "**load()"),
        ("    wandb.init", "    config.update(load())\n    wandb.init"),
        ("    wandb.init", "    fill(config)\n    wandb.init"),
        ("    wandb.init", "    shown = config\n    shown['lr'] = 3\n    wandb.init"),
        ("def start", "@wrapped\ndef start"),
        ("main(parser", "run(start)\nmain(parser"),
    ],
)
def test_keywords_that_are_not_all_seen(old: str, new: str) -> None:
    init = init_of(SCRIPT.replace(old, new))
    assert init.problems
    assert not init.records


def test_arguments_of_which_the_function_takes_one_itself() -> None:
    source = SCRIPT.replace("start(project, **", "start(depth, **")
    source = source.replace("project=project, ", "").replace('"mine", ', "")
    source = source.replace("lr=args.lr, layers=args.depth", "**vars(args)")
    assert init_of(source).problems


@pytest.mark.parametrize(
    "config",
    [
        "config or {}",
        "config or dict()",
        "config if config else {}",
        "config if config is not None else {}",
        "{} if config is None else config",
    ],
)
def test_a_config_or_none_at_all(config: str) -> None:
    init = init_of(GIVEN.replace("config or {}", config))
    assert init.shown == {"lr"}
    assert not init.problems


@pytest.mark.parametrize(
    "config",
    [
        "config or load()",
        "config or {'lr': 3}",
        "config and {}",
        "config if ready() else {}",
        "{} if config else config",
        "load() or {}",
    ],
)
def test_a_config_or_another_one(config: str) -> None:
    init = init_of(GIVEN.replace("config or {}", config))
    assert init.problems


@pytest.mark.parametrize(
    "more", ["**load()", "seed=3", "**load(), **more()", "**{'seed': 3}"]
)
def test_arguments_in_a_namespace_with_others(more: str) -> None:
    init = init_of(ANEW.replace("**load()", more))
    assert init.whole
    assert not init.problems


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("**vars(args), **load()", "**vars(args), **vars(other.parse_args())"),
        ("**vars(args), **load()", "**{**vars(args), **load()}"),
        ("**vars(args), **load()", "**load(), lr=args.lr"),
        ("argparse.Namespace(**vars(args), **load())", "{**vars(args), **load()}"),
    ],
)
def test_arguments_that_others_may_replace(old: str, new: str) -> None:
    other = "other = argparse.ArgumentParser()\nother.add_argument('--lr')\n"
    init = init_of(ANEW.replace("args = parser", f"{other}args = parser").replace(old, new))
    assert init.problems
