"""A run's config that is read from a file: the parameters are shown beside it."""

from __future__ import annotations

import pytest

from jobready.outcome import Refused, Rewritten, Unchanged
from tests.edits.tools import by_environment, is_doubted, migrated, shown_apart

PARSER = """\
import argparse
import json
import wandb
import yaml
from easydict import EasyDict
from settings import load_settings

parser = argparse.ArgumentParser()
parser.add_argument("--config", default="base.yaml")
parser.add_argument("--lr", type=float, default=0.1)
args = parser.parse_args()
"""
YAML = "with open(args.config) as f:\n    config = yaml.safe_load(f)\n"
LOOP = "for k, v in vars(args).items():\n"
USE = 'print(config["depth"])\n'
INIT = "wandb.init(project='p', config=config)\n"
SHOWN = "config={**config, **vars(args)}"
NOTE = "note: the run also shows what a file gives: launching that changes nothing"


def text_of(rest: str, parser: str = PARSER) -> str:
    """The migrated script, which says that a file has its share, and stays as it is."""
    outcome = migrated(parser + rest)
    assert isinstance(outcome, Rewritten), outcome
    assert any(r.message.startswith(NOTE) for r in outcome.reasons)
    assert isinstance(migrated(outcome.text), Unchanged)
    return outcome.text


@pytest.mark.parametrize(
    "rest",
    [
        YAML + USE + INIT,
        f"config = json.load(open(args.config))\n{USE}{INIT}",
        f"config = EasyDict(yaml.safe_load(open(args.config)))\n{INIT}",
        f"path = args.config\n{YAML.replace('args.config', 'path')}{USE}{INIT}",
        f'config = load_settings(args.config)\nprint(config.get("depth"))\n{INIT}',
        f"config = load_settings(args.config, strict=True)\njson.dump(config, f)\n{INIT}",
        f"{YAML}with open('more.yaml') as f:\n    more = yaml.safe_load(f)\n"
        f"config.update(more)\n{USE}{INIT}",
        f'{YAML}config["name"] = args.config + "!"\n{USE}{INIT}',
        f"def fit(args, config):\n    {USE}    {INIT}\n{YAML}fit(args, config)\n",
        f"{YAML}{USE}{INIT}config.update(vars(args))\n",
    ],
)
def test_the_parameters_are_shown_behind_it(rest: str) -> None:
    assert SHOWN in text_of(rest)


READ = "def read(path):\n    with open(path) as f:\n        found = yaml.safe_load(f)\n"
READ += "    found['name'] = path\n    return found\n"
OR_NONE = READ.replace("    return", "    if not found:\n        return {}\n    return")
CALL = "config = read(args.config)\n"


def test_a_file_that_a_function_reads() -> None:
    assert SHOWN in text_of(READ + CALL + USE + INIT)


@pytest.mark.parametrize(
    "rest",
    [
        f"{READ}{CALL}{USE}other = read('other.yaml')\n{INIT}",
        f"{READ}{CALL}{USE}start(read)\n{INIT}",
        f"@cached\n{READ}{CALL}{USE}{INIT}",
        f"{READ.replace('name', 'lr')}{CALL}{USE}{INIT}",
        f"{READ.replace('= path', '= args.lr')}{CALL}{USE}config['lr'] = 1\n{INIT}",
        f"{READ}    yield 1\n{CALL}{USE}{INIT}",
        f"{OR_NONE}{CALL}{USE}{INIT}",
        f"{READ.replace('return found', 'return made(found)')}{CALL}{USE}{INIT}",
    ],
)
def test_a_function_that_may_give_something_else(rest: str) -> None:
    assert is_doubted(migrated(PARSER + rest))


def test_a_copy_of_it() -> None:
    text = text_of(f"{YAML}wandb.init(config=dict(config))\n")
    assert "config={**dict(config), **vars(args)}" in text


def test_two_stages_are_both_shown() -> None:
    second = "other = argparse.ArgumentParser()\nother.add_argument('--seed')\n"
    second += "extra = other.parse_args(rest)\n"
    parser = PARSER.replace(
        "args = parser.parse_args()", "args, rest = parser.parse_known_args()"
    )
    text = text_of(second + YAML + USE + INIT, parser)
    assert "config={**config, **vars(args), **vars(extra)}" in text


def test_what_is_shown_already_is_left_as_it_is() -> None:
    for config in (
        "{**config, **vars(args)}",
        "dict(config, **vars(args))",
        "config | vars(args)",
    ):
        outcome = migrated(f"{PARSER}{YAML}wandb.init(config={config})\n")
        assert isinstance(outcome, Rewritten), outcome
        assert f"config={config}" in outcome.text


KEPT = """\
class Trainer:
    def __init__(self, args):
        self.args = args
        with open(args.config) as f:
            self.config = yaml.safe_load(f)
        USES
        wandb.init(config=self.config)

Trainer(args)
"""


def test_a_file_that_an_object_keeps() -> None:
    rest = KEPT.replace("USES", "self.depth = dict(self.config)['depth']")
    outcome = migrated(PARSER + rest.replace("=self.config)", "=dict(self.config))"))
    assert isinstance(outcome, Rewritten), outcome
    assert "config={**dict(self.config), **vars(args)}" in outcome.text


@pytest.mark.parametrize(
    "uses",
    [
        'print(self.config["lr"])',
        'print(self.config.get("lr"))',
        'self.config["lr"] = args.lr',
        "merge(self.config, args)",
        "self.config.update(load())",
    ],
)
def test_a_file_that_an_object_keeps_with_more(uses: str) -> None:
    rest = KEPT.replace("USES", uses).replace("=self.config)", "=dict(self.config))")
    outcome = migrated(PARSER + rest)
    assert shown_apart(outcome)


@pytest.mark.parametrize(
    "rest",
    [
        YAML + INIT,  # a list, for all that is seen
        YAML + 'print(config["lr"])\n' + INIT,
        YAML + 'print(config.get("lr"), config["depth"])\n' + INIT,
        f"config = EasyDict(yaml.safe_load(open(args.config)))\nprint(config.lr)\n{INIT}",
        YAML + USE + "if args.lr:\n    config['lr'] = args.lr\n" + INIT,
        YAML + USE + LOOP + "    if v:\n        config[k] = v\n" + INIT,
        YAML + USE + "config.update({k: v for k, v in vars(args).items() if v})\n" + INIT,
        YAML + USE + "config.update(load())\n" + INIT,
        YAML + USE + "merge(config, args)\n" + INIT,
        YAML + USE + "config.override(vars(args))\n" + INIT,
        YAML + USE + "args.depth = 3\n" + 'print(config["depth"])\n' + INIT,
        f"config = load_settings(args)\nprint(config.get('depth'))\n{INIT}",
        f"config = load_settings(args.config, args.lr)\nprint(config.get('depth'))\n{INIT}",
        f"config = load_settings(args.config)\n{USE}{INIT}",
        f"config = settings.load(args.config)\nprint(config.get('depth'))\n{INIT}",
        f"config = yaml.safe_load(TEXT.format(lr=args.lr))\n{USE}{INIT}",
        f"config = json.load(f) if args.lr else None\n{USE}{INIT}",
        f"config = None\nif args.config:\n    config = json.load(open('x'))\n{INIT}",
        YAML + USE + INIT + "args = argparse.Namespace(**wandb.config)\n",
    ],
)  # fmt: skip
def test_what_may_hold_something_of_the_arguments_or_be_no_dict(rest: str) -> None:
    outcome = migrated(PARSER + rest)
    assert is_doubted(outcome)


LATER = PARSER.replace("args = parser.parse_args()\n", "")
FIT = f"""\
def fit(config):
    {USE}    {INIT}

def main():
    args = parser.parse_args()
    config = json.load(open(args.config))
    fit(config)

main()
"""


def test_a_run_that_starts_where_no_name_holds_the_arguments() -> None:
    lines = text_of(FIT, LATER).splitlines()
    assert "def fit(config, run_config=None):" in lines
    assert "    wandb.init(project='p', config={**config, **(run_config or {})})" in lines
    assert "    fit(config, run_config=vars(args))" in lines


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("main()\n", "main()\nrun(fit)\n"),  # which others call
        ("fit(config)\n\n", "fit(*[config])\n\n"),
        ("fit(config):", "fit(*config):"),
        ("def fit", "@task\ndef fit"),
    ],
)
def test_a_function_of_which_not_all_calls_are_known(old: str, new: str) -> None:
    assert old in FIT
    outcome = migrated(LATER + new.join(FIT.rsplit(old, 1)))
    assert "run_config" not in getattr(outcome, "text", "")
    assert is_doubted(outcome) or by_environment(outcome)


def test_a_secret_is_not_handed_down_beside_a_file() -> None:
    parser = LATER.replace('"--lr", type=float, default=0.1', '"--api_key"')
    outcome = migrated(parser + FIT)
    assert "run_config" not in getattr(outcome, "text", "")


def test_a_secret_is_not_put_there() -> None:
    parser = PARSER.replace('"--lr", type=float, default=0.1', '"--api_key"')
    outcome = migrated(parser + YAML + USE + INIT)
    assert isinstance(outcome, Refused), outcome
    assert "api_key can't be shown" in outcome.reasons[0].message


def test_a_script_that_shows_all_of_them_beside_it() -> None:
    rest = f"{YAML}{USE}{INIT}wandb.config.update(args, allow_val_change=True)\n"
    outcome = migrated(PARSER + rest)
    assert isinstance(outcome, Rewritten), outcome
    assert outcome.text.endswith(rest)
    assert not any(r.message.startswith("note: ") for r in outcome.reasons)


@pytest.mark.parametrize(
    "shown",
    [
        "wandb.config.setdefaults(vars(args))",
        'wandb.config.update({"lr": args.lr})',
        "wandb.config.lr = args.lr",
    ],
)
def test_a_script_that_shows_some_of_them_or_only_where_the_file_has_none(
    shown: str,
) -> None:
    outcome = migrated(f"{PARSER}{YAML}{USE}{INIT}{shown}\n")
    assert shown_apart(outcome)


@pytest.mark.parametrize(
    "config",
    [
        "{**vars(args), **config}",
        "vars(args) | config",
        "{**config, **{k: v for k, v in vars(args).items() if v}}",
    ],
)
def test_a_file_that_goes_before_the_parameters(config: str) -> None:
    outcome = migrated(f"{PARSER}{YAML}{USE}wandb.init(config={config})\n")
    assert shown_apart(outcome)


UPDATE = "wandb.init(project='p')\nwandb.config.update(config)\n"


@pytest.mark.parametrize(
    "rest",
    [
        YAML + USE + UPDATE,
        f"{YAML}config['name'] += '!'\n{USE}{UPDATE}",
        f"{YAML}{USE}wandb.init()\nif wandb.run:\n    wandb.config.update(config)\n",
        f"{YAML}{USE}run = wandb.init()\nrun.config.update(config)\n",
        f"{YAML}{USE}if args.lr:\n    wandb.init()\n"
        "if args.lr:\n    wandb.config.update(config)\n",
    ],
)
def test_a_run_that_is_given_a_file_later(rest: str) -> None:
    text = text_of(rest)
    assert "config.update({**config, **vars(args)})" in text
    assert "config=" not in text.rpartition("wandb.init")[2]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("update(config)", "setdefaults(config)"),
        ("update(config)", "update(config, allow_val_change=True)"),
        ("update(config)", "update(config)\nwandb.config.update({'a': 1})"),
        ("update(config)", "update(load())"),
        ("init(project='p')", "init(**how)"),
        ("init(project='p')", "init(config={'lr': 3})"),
        ("wandb.init", "config['lr'] = 3\nwandb.init"),
        (
            "wandb.init",
            "config.update(vars(args))\nif args.lr:\n    config = f()\nwandb.init",
        ),
        ("wandb.config", "if args.lr > 1:\n    wandb.config"),
        ("wandb.config", "if not wandb.run:\n    pass\nelif args.lr:\n    wandb.config"),
        ("wandb.config", "for _ in range(int(args.lr)):\n    wandb.config"),
        (UPDATE, "def start():\n    wandb.init()\nstart()\nwandb.config.update(config)\n"),
    ],
)
def test_a_run_that_may_be_given_something_else_later(old: str, new: str) -> None:
    outcome = migrated(PARSER + YAML + USE + UPDATE.replace(old, new))
    assert shown_apart(outcome)
