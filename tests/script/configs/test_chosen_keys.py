"""Configs whose keys are picked at run time among the parameters."""

from __future__ import annotations

import pytest

from jobready.script.model import Init, Script
from jobready.script.read import read

BEFORE = """\
import argparse
import wandb

parser = argparse.ArgumentParser()
parser.add_argument("--lr", type=float, default=0.1)
parser.add_argument("--epochs", type=int, default=3)
parser.add_argument("--logged", nargs="+", default=["lr"])
args = parser.parse_args()
"""


def init_of(config: str) -> Init:
    """The run of a script that makes its config so."""
    script = read(BEFORE + config)
    assert isinstance(script, Script)
    return script.inits[0]


LOOP = """\
config = {}
held = vars(args)
for key in args.logged:
    config[key] = held[key]
wandb.init(config=config)
"""
HANDED_ON = """\
def start(config):
    wandb.init(config=config)

def main(args):
    config = {}
    for key in args.logged:
        config[key] = getattr(args, key)
    start(config=config)

main(args)
"""
SCALE = """\

def scale(c):
    for key in c:
        c[key] *= 2
"""
KEPT = """\
class Trainer:
    def __init__(self, args):
        self.config = {}
        for key in args.logged:
            self.config[key] = getattr(args, key)

    def fit(self):
        wandb.init(config=self.config)

Trainer(args).fit()
"""
PAIRS = """\
config = dict()
for name, value in vars(args).items():
    if name in args.logged:
        config[name] = value
wandb.init(config=config)
"""


@pytest.mark.parametrize(
    "config",
    [
        LOOP,
        LOOP.replace("held[key]", "getattr(args, key)"),
        LOOP.replace("held[key]", "getattr(args, key, None)"),
        LOOP.replace("held[key]", "args.__dict__[key]"),
        LOOP.replace("wandb.init(config", "print(config)\nwandb.init(config"),
        HANDED_ON,
        KEPT,
        PAIRS,
        "wandb.init(config={k: getattr(args, k) for k in args.logged})\n",
        "wandb.init(config={k: vars(args)[k] for k in args.logged if k})\n",
        "run = wandb.init()\nrun.config.update({k: vars(args)[k] for k in args.logged})\n",
    ],
)
def test_each_parameter_is_shown_under_its_own_name(config: str) -> None:
    init = init_of(config)
    assert init.records
    assert init.filtered is not None
    assert not init.problems


def test_other_keys_are_read_as_ever() -> None:
    init = init_of(LOOP.replace("{}", "{'epochs': args.epochs * 2, 'model': 'big'}"))
    assert [name for name, _ in init.otherwise] == ["epochs"]
    assert not init.problems


@pytest.mark.parametrize(
    "config",
    [
        LOOP.replace("held[key]", "other[key]"),
        LOOP.replace("held[key]", "held['lr']"),
        LOOP.replace("config[key] =", "config[f'my_{key}'] ="),
        LOOP.replace("held[key]", "held[key] * 2"),
        LOOP.replace("held[key]", "held[key.lower()]"),
        LOOP.replace("held = vars(args)", "held = dict(vars(args))"),
        LOOP.replace("held = vars(args)", "held = {**vars(args), 'lr': 3}"),
        LOOP.replace("wandb.init", "config.update(load())\nwandb.init"),
        LOOP.replace("wandb.init", "fill(config)\nwandb.init"),
        LOOP.replace("wandb.init", "import tools\ntools.update(config)\nwandb.init"),
        LOOP.replace("wandb.init", "use([config])\nwandb.init"),
        LOOP.replace("wandb.init", "for it in (config,):\n    it['lr'] = 3\nwandb.init"),
        LOOP.replace("wandb.init", "config.__setitem__('lr', 3)\nwandb.init"),
        LOOP.replace("wandb.init", "scale(config)\nscale(load())\nwandb.init") + SCALE,
        LOOP.replace("wandb.init", "scale(config)\nwandb.init")
        + SCALE.replace("c)", "*c)"),
        LOOP.replace("vars(args)", "copy.copy(args)").replace(
            "held[key]", "getattr(held, key)"
        ),
        LOOP.replace("wandb.init", "it.config = config\nwandb.init"),
        LOOP.replace("wandb.init", "config.setdefault('lr', 3)\nwandb.init"),
        LOOP.replace("wandb.init", "config.pop('lr')\nwandb.init"),
        LOOP.replace("wandb.init", "del config['lr']\nwandb.init"),
        KEPT.replace("        wandb", "        fill(self.config)\n        wandb"),
        KEPT.replace("        wandb", "        self.config.update(load())\n        wandb"),
        KEPT.replace("        wandb", "        self.config = load()\n        wandb"),
        LOOP.replace("{}", "load()"),
        LOOP.replace("{}", "{**load()}"),
        LOOP.replace("wandb.init", "config = config or load()\nwandb.init"),
        PAIRS.replace("vars(args)", "load()"),
        PAIRS.replace("config[name]", "config[value]"),
        PAIRS.replace("        config", "        value = value * 2\n        config"),
        PAIRS.replace("vars(args)", "{**vars(args), 'lr': 3}"),
        "wandb.init(config={k: getattr(args, k) * 2 for k in args.logged})\n",
        "wandb.init(config={k.upper(): getattr(args, k) for k in args.logged})\n",
        "wandb.init(config={k: getattr(other, k) for k in args.logged})\n",
        "wandb.init(config={k: getattr(args, n) for k in args.logged for n in 'ab'})\n",
    ],
)
def test_what_may_show_something_else(config: str) -> None:
    init = init_of(config)
    assert init.problems


@pytest.mark.parametrize(
    "before",
    ["print(config)", "show(config)", "it = {**config}", "if 'lr' in config: pass"],
)
def test_what_only_reads_it(before: str) -> None:
    show = "\ndef show(it):\n    print(len(it))\n"
    init = init_of(LOOP.replace("wandb.init", f"{before}\nwandb.init") + show)
    assert init.whole
    assert not init.problems
