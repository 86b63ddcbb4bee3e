"""Functions that make a dict of the arguments, and of what is inside them."""

from __future__ import annotations

import pytest

from jobready.script.model import Init, Script
from jobready.script.read import read

SCRIPT = """\
import argparse
import wandb

def as_dict(it):
    return {
        k: as_dict(v) if isinstance(v, argparse.Namespace) else v
        for k, v in vars(it).items()
    }

parser = argparse.ArgumentParser()
parser.add_argument("--lr", type=float, default=0.1)
args = parser.parse_args()
config = as_dict(args)
wandb.init(config=config)
"""


def init_of(source: str) -> Init:
    script = read(source)
    assert isinstance(script, Script)
    (init,) = script.inits
    return init


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("", ""),
        ("    return", '    """The dict of it."""\n    return'),
        ("as_dict(v) if isinstance(v, argparse.Namespace) else v", "v"),
        ("(config=config)", "(config=as_dict(args))"),
        ("config = as_dict(args)", "config = as_dict(args)\nother = as_dict(load())"),
    ],
)
def test_it_shows_all_of_them(old: str, new: str) -> None:
    init = init_of(SCRIPT.replace(old, new))
    assert init.whole
    assert not init.problems
    assert not init.otherwise


def test_a_copy_that_is_changed() -> None:
    init = init_of(SCRIPT.replace("wandb.init", 'config["lr"] = 3\nwandb.init'))
    assert [name for name, _ in init.otherwise] == ["lr"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("k: as", "'x_' + k: as"),
        ("else v", "else str(v)"),
        ("else v", "else as_dict(v)"),
        ("as_dict(v) if", "v.name if"),
        ("isinstance(v, argparse.Namespace)", "isinstance(v, float)"),
        ("isinstance(v, argparse.Namespace)", "changes(v)"),
        (".items()\n", ".items() if v\n"),
        ("vars(it)", "vars(late())"),
        ("    return", "    it = late(it)\n    return"),
        ("def as_dict(it)", "@cached\ndef as_dict(it)"),
        ("as_dict(args)", "as_dict(late())"),
        ("as_dict(args)", "as_dict(*args)"),
        ("parser =", "as_dict = late\nparser ="),
    ],
)
def test_what_may_show_something_else(old: str, new: str) -> None:
    init = init_of(SCRIPT.replace(old, new))
    assert not init.whole or init.filtered
