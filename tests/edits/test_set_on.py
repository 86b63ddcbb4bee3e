"""Configs that are objects of their own, and get every argument before the run starts."""

from __future__ import annotations

import pytest

from jobready.outcome import Rewritten
from tests.edits.tools import is_doubted, migrated, shown_apart

PARSER = """\
import argparse
import dataclasses
import wandb
import yaml
from collections import OrderedDict
from types import SimpleNamespace
from easydict import EasyDict as edict

@dataclasses.dataclass
class Config:
    lr: float
    epochs: int

parser = argparse.ArgumentParser()
parser.add_argument("--lr", type=float, default=0.1)
parser.add_argument("--epochs", type=int, default=3)
args = parser.parse_args()
"""
LOOP = """\
for k, v in vars(args).items():
    setattr(config, k, v)
"""
MADE = "config = SimpleNamespace(lr=1, batch=2)\n"
INIT = "wandb.init(config=config)\nprint(config.lr)\n"


def messages(rest: str) -> list[str]:
    """The notes on a script that is rewritten, and nothing but its parse is."""
    outcome = migrated(PARSER + rest)
    assert isinstance(outcome, Rewritten), outcome
    assert outcome.text.endswith(rest)
    assert "parse_args(sys.argv[1:] + job_args(parser))" in outcome.text
    return [r.message for r in outcome.reasons if r.message.startswith("note: ")]


@pytest.mark.parametrize(
    "rest",
    [
        MADE + LOOP + INIT,
        f"{MADE}vars(config).update(vars(args))\n{INIT}",
        f"{MADE}config.__dict__.update(args.__dict__)\n{INIT}",
        f"{MADE}{LOOP}wandb.init(config=vars(config))\n",
        f"config = yaml.safe_load(f)\nconfig.update(vars(args))\n{INIT}",
        f"config = load()\nconfig.update(more())\nconfig.update(vars(args))\n{INIT}",
        "config = {}\nfor k, v in vars(args).items():\n    config[k] = v\n" + INIT,
        f"config = SimpleNamespace(**vars(args))\n{INIT}",
        f"config = edict(vars(args))\n{INIT}",
        "wandb.init(config=OrderedDict(vars(args)))\n",
        'wandb.init(config=vars(args) | {"batch": 2})\n',
        f'config = vars(args) | {{"batch": 2}}\n{INIT}',
        f"config = Config(**vars(args))\n{INIT}",
        "config = Config(**vars(args))\nwandb.init(config=dataclasses.asdict(config))\n",
    ],
)
def test_what_every_argument_is_set_on_shows_them_all(rest: str) -> None:
    assert messages(rest) == []


EACH = "config = load()\nconfig['lr'] = args.lr\nconfig['epochs'] = args.epochs\n"


@pytest.mark.parametrize(
    "rest",
    [
        EACH + INIT,
        EACH.replace("['lr']", ".lr").replace("['epochs']", ".epochs") + INIT,
        f"{EACH}def start(c):\n    wandb.init(config=c)\nstart(config)\n",
        f"class L:\n    def __init__(self, c):\n        wandb.init(config=c)\n{EACH}"
        "L(config)\n",
        f"{EACH}config['more'] = 3\n{INIT}",
        EACH.replace("args.lr", "getattr(args, 'lr')") + INIT,
    ],
)
def test_what_gets_each_of_them_by_its_name(rest: str) -> None:
    assert messages(rest) == []


def test_what_one_of_them_is_changed_to_later() -> None:
    rest = f"{EACH}if args.epochs:\n    config['lr'] = 3\n{INIT}"
    assert messages(rest) == ["note: the run shows another value as lr"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("config['lr'] = args.lr\n", ""),
        ("config['lr'] =", "config['rate'] ="),
        ("config['lr'] =", "other['lr'] ="),
        ("config['lr'] = args.lr", "config['lr'] = args.epochs"),
        ("config['lr'] = args.lr", "config['lr'] = args.lr * 2"),
        ("config['lr'] = args.lr", "if f():\n    config['lr'] = args.lr"),
        ("config['lr'] = args.lr", "x = config['lr'] = args.lr"),
        ("wandb.init", "config.update(load())\nwandb.init"),
        ("wandb.init", "config.merge_from_file('c.yaml')\nwandb.init"),
        ("wandb.init", "del config['lr']\nwandb.init"),
        ("wandb.init", "config = load()\nwandb.init"),
        ("config = load()", "parser.add_argument(f'--{x()}')\nconfig = load()"),
    ],
)
def test_what_misses_one_of_them(old: str, new: str) -> None:
    source = PARSER + EACH + INIT
    outcome = migrated(source.replace(old, new))
    assert is_doubted(outcome)


def test_in_a_function_of_its_own_before_the_run() -> None:
    rest = """
defaults = SimpleNamespace(lr=1)

def override(config):
    for k, v in vars(args).items():
        setattr(config, k, v)

def train(config):
    with wandb.init(config=config):
        print(config.lr)

if __name__ == "__main__":
    override(defaults)
    train(defaults)
"""
    assert messages(rest) == []


@pytest.mark.parametrize(
    "rest",
    [
        f"{MADE}{LOOP}config.lr = 2 * config.lr\n{INIT}",
        f"config = edict(vars(args))\nconfig.lr *= 2\n{INIT}",
        f"config = Config(**vars(args))\nconfig.lr = 3\n{INIT}",
        f"{MADE}{LOOP}def double(c):\n    c.lr *= 2\ndouble(config)\n{INIT}",
    ],
)
def test_another_value_that_it_gets_later_is_noted(rest: str) -> None:
    assert messages(rest) == ["note: the run shows another value as lr"]


def test_what_it_gets_behind_the_init_is_no_matter() -> None:
    assert messages(f"{MADE}{LOOP}{INIT}config.lr = 3\nconfig.__dict__.update(x)\n") == []


DERIVED = """\
@dataclasses.dataclass
class Derived(Config):
    batch: int = 2

"""
OBJECT = """\
class Settings:
    def __init__(self, given):
        self.batch = 2
        self.__dict__.update(vars(given))

config = Settings(args)
wandb.init(config=config.__dict__)
print(config.lr)
"""
KEPT = """\
class Trainer:
    def __init__(self, args):
        self.config = Config(**vars(args))

    def fit(self):
        wandb.init(config=dataclasses.asdict(self.config))

Trainer(args).fit()
"""


@pytest.mark.parametrize(
    "rest",
    [
        OBJECT,
        OBJECT.replace(
            "self.__dict__.update(vars(given))",
            "for k, v in vars(given).items():\n            setattr(self, k, v)",
        ),
        KEPT,
        KEPT.replace("class T", f"{DERIVED}class T").replace("= Config(", "= Derived("),
    ],
)
def test_objects_of_classes_of_the_script(rest: str) -> None:
    assert messages(rest) == []


@pytest.mark.parametrize(
    ("rest", "old", "new"),
    [
        (OBJECT, "vars(given))", "vars(given))\n        self.__dict__.update(load())"),
        (OBJECT, "self.__dict__", "if given.lr:\n            self.__dict__"),
        (OBJECT, "config = S", "other = Settings(load())\nconfig = S"),
        (OBJECT, "(args)", "(load())"),
        (OBJECT, "wandb", "setattr(config, load(), 3)\nwandb"),
        (KEPT, "\n\n    def", "\n        self.config = load()\n\n    def"),
        (KEPT, "\n\n    def", "\n        setattr(self.config, load(), 1)\n\n    def"),
        (KEPT, "Config(", "load("),
        (KEPT, "vars(args)", "{**vars(args), 'lr': 3}"),
    ],
)
def test_objects_that_may_hold_something_else(rest: str, old: str, new: str) -> None:
    outcome = migrated(PARSER + rest.replace(old, new, 1))
    assert shown_apart(outcome)


ELSEWHERE = "made elsewhere"


@pytest.mark.parametrize(
    ("rest", "why"),
    [
        (MADE + INIT + LOOP, ELSEWHERE),
        (f"{MADE}if args.lr:\n    vars(config).update(vars(args))\n{INIT}", ELSEWHERE),
        (MADE + LOOP.replace("    set", "    if v:\n        set") + INIT, ELSEWHERE),
        (MADE + LOOP.replace("k, v)", "'x_' + k, v)") + INIT, ELSEWHERE),
        (MADE + LOOP.replace("k, v)", "k, str(v))") + INIT, ELSEWHERE),
        (MADE + LOOP.replace("setattr(config", "setattr(other") + INIT, ELSEWHERE),
        (f"{MADE}try:\n    vars(config).update(vars(args))\nfinally: f()\n{INIT}", "else"),
        (f"{MADE}{LOOP}vars(config).update(load())\n{INIT}", ELSEWHERE),
        (f"{MADE}{LOOP}for k in x:\n    setattr(config, k, 1)\n{INIT}", ELSEWHERE),
        (f"{MADE}{LOOP}config = load()\n{INIT}", ELSEWHERE),
        (f"{MADE}{LOOP}delattr(config, 'lr')\n{INIT}", ELSEWHERE),
        (f"{MADE}given = {{k: v for k, v in vars(args).items() if v}}\n"
         f"vars(config).update(given)\n{INIT}", ELSEWHERE),
        (f"config = edict(vars(args), lr=3)\n{INIT}", ELSEWHERE),
        (f"config = dict(**vars(args), **more)\n{INIT}", ELSEWHERE),
        (f"config = SimpleNamespace(**more, **other)\n{INIT}", ELSEWHERE),
        (f"config = edict(vars(args))\nconfig.update(load())\n{INIT}", "is changed"),
        ("wandb.init(config=vars(args) | load())\n", "load() is made elsewhere"),
        ('wandb.init(config={"lr": 3} | vars(args))\n', "isn't surely the parameter"),
        (f"config = Config(args.lr, args.epochs)\n{INIT}", ELSEWHERE),
        (f"config = Config(**{{**vars(args), 'lr': 3}})\n{INIT}", ELSEWHERE),
    ],
)  # fmt: skip
def test_what_may_show_something_else(rest: str, why: str) -> None:
    outcome = migrated(PARSER + rest)
    causes = shown_apart(outcome)
    assert any(why in cause for cause in causes)


@pytest.mark.parametrize(
    "change",
    [
        (
            "    epochs: int\n",
            "    epochs: int\n    def __post_init__(self): self.lr = 1\n",
        ),
        ("    epochs: int\n", "    epochs: int\n    def __init__(self, **k): pass\n"),
        ("class Config:", "class Config(Base):"),
        ("@dataclasses.dataclass\n", ""),
        ("@dataclasses.dataclass\n", "@dataclasses.dataclass\n@registered\n"),
    ],
)
def test_a_class_that_may_keep_other_values(change: tuple[str, str]) -> None:
    text = f"{PARSER}config = Config(**vars(args))\n{INIT}".replace(*change)
    assert shown_apart(migrated(text))


def test_a_function_that_may_return_before_it_sets_them() -> None:
    rest = f"""
def override(config):
    if not args.lr:
        return
    vars(config).update(vars(args))

{MADE}override(config)
{INIT}"""
    assert shown_apart(migrated(PARSER + rest))


def test_a_run_that_another_way_leads_to() -> None:
    rest = f"""
{MADE}
def train():
    wandb.init(config=config)

def main():
    vars(config).update(vars(args))
    train()

main() if args.lr else train()
"""
    assert shown_apart(migrated(PARSER + rest))
