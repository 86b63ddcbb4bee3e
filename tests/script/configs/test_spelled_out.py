"""Configs that are spelled out elsewhere: in a function, or on an object."""

from __future__ import annotations

import pytest

from jobready.script.model import Init, Script
from jobready.script.read import read

BEFORE = """\
import argparse
import wandb

parser = argparse.ArgumentParser()
parser.add_argument("--lr", type=float, default=0.1)
parser.add_argument("--depth", type=int, default=3)

"""
MADE = """\
def make(args):
    config = {"lr": args.lr}
    config["layers"] = args.depth
    return config

args = parser.parse_args()
config = make(args)
wandb.init(config=config)
"""
KEPT = """\
class Trainer:
    def __init__(self, args):
        self.config = {"lr": args.lr, "layers": args.depth}

    def fit(self):
        wandb.init(config=self.config)

Trainer(parser.parse_args()).fit()
"""
DATA = """\
from dataclasses import asdict, dataclass

@dataclass
class Settings:
    lr: float
    layers: int = 2
    name: str = "mine"

args = parser.parse_args()
settings = Settings(args.lr, layers=args.depth)
wandb.init(config=asdict(settings))
"""
BASE = """\
@dataclass(kw_only=True)
class Base:
    seed: int = 3

@dataclass"""
SHOW = """\

def show(it):
    print(it.lr)
"""
QUICK = "it = copy.copy(args)\nit.lr = 3\n"
PASSED = """\
class Trainer:
    def __init__(self, config):
        self.config = config

    def fit(self):
        wandb.init(config=self.config)

args = parser.parse_args()
config = {"lr": args.lr}
config["layers"] = args.depth
trainer = Trainer(config)
trainer.fit()
"""
OTHER = """\
class Other(Trainer):
    def more(self):
        self.config = {}

"""
NAMED = KEPT.replace("self.config = {", "config = {").replace(
    "args.depth}", "args.depth}\n        self.config = config"
)


def init_of(source: str) -> Init:
    """The one run of a script."""
    script = read(BEFORE + source)
    assert isinstance(script, Script)
    (init,) = script.inits
    return init


@pytest.mark.parametrize(
    "source",
    [
        MADE,
        MADE.replace("(config=config)", "(config=make(args))"),
        MADE.replace("(config=config)", "(config=config)\nfill(config)"),
        MADE.replace("    return", "    print(config)\n    return"),
        MADE.replace("wandb.init", "config['name'] = 'mine'\nwandb.init"),
        KEPT,
        NAMED,
        KEPT.replace(
            "        wandb", "        self.config['name'] = 'mine'\n        wandb"
        ),
        KEPT.replace("        wandb", "        print(self.config)\n        wandb"),
        PASSED,
        PASSED.replace("trainer =", "print(config)\ntrainer ="),
        DATA,
        DATA.replace("asdict(settings)", "vars(settings)"),
        DATA.replace("asdict(settings)", "settings.__dict__"),
        DATA.replace("wandb.init", "print(settings)\nwandb.init"),
        DATA.replace("wandb.init", "show(settings)\nwandb.init") + SHOW,
        DATA.replace("    lr:", "    seed: int = field(init=False, default=1)\n    lr:"),
        DATA.replace("    lr:", "    seed: int = field(default=1, kw_only=True)\n    lr:"),
        DATA.replace("    name", "    _: KW_ONLY\n    name"),
        DATA.replace("@dataclass", BASE).replace("Settings:", "Settings(Base):"),
        DATA.replace("wandb.init", "settings.seed = 3\nwandb.init"),
        DATA.replace("    name:", "    def show(self):\n        print(self.lr)\n    name:"),
        KEPT.replace("{", "make(args)\n", 1).replace(
            '"lr": args.lr, "layers": args.depth}', ""
        )
        + MADE.partition("args = parser")[0],
    ],
)
def test_it_is_read_where_it_is_made(source: str) -> None:
    init = init_of(source)
    assert init.shown == {"lr", "depth"}
    assert init.renamed == (("depth", "layers"),)
    assert not init.problems


@pytest.mark.parametrize(
    ("source", "old", "new"),
    [
        (MADE, "    return config", "    return config if args.lr else load()"),
        (
            MADE,
            "    return config",
            "    if args.lr:\n        return {}\n    return config",
        ),
        (MADE, "    return config", "    if args.lr:\n        return config"),
        (MADE, "    return config", "    fill(config)\n    return config"),
        (MADE, "    return config", "    config.update(load())\n    return config"),
        (MADE, "    return config", "    yield config"),
        (MADE, "def make", "@cached\ndef make"),
        (MADE, "def make", "async def make"),
        (MADE, '{"lr": args.lr}', "load(args.lr)"),
        (MADE, '{"lr": args.lr}', '{"lr": 0.3}'),
        (MADE, '{"lr": args.lr}', '{"depth": args.lr}'),
        (MADE, "wandb.init", "config['lr'] = 3\nwandb.init"),
        (MADE, "wandb.init", "config.update(load())\nwandb.init"),
        (KEPT, "        wandb", "        self.config['lr'] = 3\n        wandb"),
        (KEPT, "        wandb", "        self.config.update(load())\n        wandb"),
        (KEPT, "        wandb", "        self.config = load()\n        wandb"),
        (KEPT, "        wandb", "        fill(self.config)\n        wandb"),
        (KEPT, "        wandb", "        it = self.config\n        wandb"),
        (KEPT, "    def fit", "    def config(self):\n        pass\n\n    def fit"),
        (KEPT, "        wandb", "        use([self.config])\n        wandb"),
        (KEPT, "        wandb", "        self.config.__setitem__('lr', 3)\n        wandb"),
        (KEPT, "        wandb", "        map(self.config.pop, names)\n        wandb"),
        (
            KEPT,
            "        wandb",
            "        import tools\n        tools.update(self.config)\n        wandb",
        ),
        (NAMED, "        self.config", "        fill(config)\n        self.config"),
        (NAMED, "= config", "= config\n        fill(config)"),
        (NAMED, "= config", "= config\n        config['lr'] = 3"),
        (
            KEPT,
            "Trainer(parser.parse_args())",
            "t = Trainer(parser.parse_args())\nt.config = 3\nt",
        ),
        (
            KEPT,
            "Trainer(parser.parse_args())",
            "t = Trainer(parser.parse_args())\nt.config['lr'] = 3\nt",
        ),
        (PASSED, "trainer.fit", "config['lr'] = 3\ntrainer.fit"),
        (PASSED, "trainer.fit", "config.pop('lr')\ntrainer.fit"),
        (PASSED, "trainer.fit", "trainer.config['lr'] = 3\ntrainer.fit"),
        (PASSED, "trainer.fit", "fill(config)\ntrainer.fit"),
        (PASSED, "= config\n", "= config\n        config['lr'] = 3\n"),
        (PASSED, "trainer = T", "other = Trainer(load())\ntrainer = T"),
        (DATA, "(args.lr,", "(0.3,"),
        (DATA, "(args.lr,", "(*load(),"),
        (DATA, "layers=args.depth", "**load()"),
        (DATA, "wandb.init", "settings.layers = 3\nwandb.init"),
        (DATA, "wandb.init", "settings.depth = 3\nwandb.init"),
        (DATA, "wandb.init", "setattr(settings, load(), 3)\nwandb.init"),
        (DATA, "settings = S", "other = Settings(0.3)\nsettings = S"),
        (DATA, "    name", "    def __post_init__(self):\n        self.lr = 3\n    name"),
        (DATA, "wandb.init", "fill(settings)\nwandb.init"),
        (DATA, "wandb.init", "for it in (settings,):\n    it.lr = 3\nwandb.init"),
        (DATA, "wandb.init", "vars(settings)['lr'] = 3\nwandb.init"),
        (DATA, "wandb.init", "vars(settings)[load()] = 3\nwandb.init"),
        (DATA, "wandb.init", "settings.__dict__['lr'] = 3\nwandb.init"),
        (DATA, "wandb.init", "settings.__dict__ = load()\nwandb.init"),
        (DATA, "    name", "    def __init__(self, lr, layers):\n        pass\n    name"),
        (DATA, "@dataclass", "@dataclass\n@wrapped"),
        (DATA, "@dataclass", "@dataclass(init=False)"),
        (DATA, "layers: int", "layers: InitVar[int]"),
        (DATA, "class Settings", "class Settings(Base)"),
        (DATA, "wandb.init", "settings = load(settings)\nwandb.init"),
        (KEPT, "Trainer(parser", f"{OTHER}Trainer(parser"),
        (KEPT, "Trainer(parser", "Trainer(load()).fit()\nTrainer(parser"),
        (MADE, "config = make(args)", "make(load())\nconfig = make(args)"),
    ],
)
def test_what_it_shows_may_be_something_else(source: str, old: str, new: str) -> None:
    changed = source.replace(old, new)
    assert changed != source
    assert init_of(changed).problems


@pytest.mark.parametrize(
    ("source", "old", "new"),
    [
        (MADE, "config = make(args)", f"{QUICK}config = make(it)"),
        (DATA, "Settings(args.lr, ", f"0\n{QUICK}settings = Settings(it.lr, "),
        (
            MADE,
            "config = make(args)",
            f"{QUICK}config = {{'lr': it.lr, 'depth': it.depth}}",
        ),
    ],
)
def test_what_is_read_from_a_copy_that_has_another(source: str, old: str, new: str) -> None:
    changed = "import copy\n\n" + source.replace(old, new)
    assert [name for name, _ in init_of(changed).otherwise] == ["lr"]
    alike = changed.replace("it.lr = 3", "it.depth")
    assert not init_of(alike).otherwise


def test_a_dict_of_more_dicts_than_can_be_read_is_refused() -> None:
    doubled = "".join(f"d{i + 1} = {{**d{i}, **d{i}}}\n" for i in range(40))
    source = (
        f"args = parser.parse_args()\nd0 = vars(args)\n{doubled}wandb.init(config=d40)\n"
    )
    (problem, _) = init_of(source).problems[0]
    assert problem.startswith("the run's config is made of over 1000 dicts")
