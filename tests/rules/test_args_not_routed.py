"""JR101: launched values don't reach the arguments."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.rules.tools import assert_clean, fixed, found

HEAD = """\
import argparse

import wandb

parser = argparse.ArgumentParser()
parser.add_argument("--lr", type=float, default=0.1)
args = parser.parse_args()
"""


def test_a_script_that_reads_its_own_values() -> None:
    ((line, column, message),) = found("JR101", HEAD + "wandb.init(config=args)\n")
    assert (line, column) == (7, 8)
    assert message == "a launched job's values don't reach these arguments"


def test_each_parse_has_a_finding() -> None:
    text = HEAD + "wandb.init(config=args)\nother = parser.parse_args()\n"
    assert [line for line, _, _ in found("JR101", text)] == [7, 9]


def test_a_refused_script_has_a_finding_for_each_reason() -> None:
    text = HEAD + "more(parser)\ngroup(parser)\nwandb.init(config=args)\n"
    told = [(line, message) for line, _, message in found("JR101", text)]
    assert [line for line, _ in told] == [8, 9]
    assert "more()" in told[0][1]
    assert "group()" in told[1][1]


def test_the_fix_is_the_migration() -> None:
    text = HEAD + "wandb.init(config=args)\nprint(args.lr)\n"
    assert fixed("JR101", text) == text.replace("print", "args = wandb.config\nprint")


FOREIGN = """\
import jsonargparse
import wandb

parser = jsonargparse.ArgumentParser()
args = parser.parse_args()
wandb.init(config=args)
"""


def test_a_parser_that_jr107_speaks_of_has_one_finding() -> None:
    assert_clean("JR101", FOREIGN)
    assert len(found("JR107", FOREIGN)) == 1


@pytest.mark.parametrize(
    "parser", ["lib.make()", "jsonargparse.ArgumentParser() if x else lib.make()"]
)
def test_a_parser_of_anybody_else(parser: str) -> None:
    text = FOREIGN.replace("jsonargparse.ArgumentParser()", parser)
    assert len(found("JR101", "import lib\n" + text)) == 1


UNCALLED = """\
import argparse

import wandb

def parse_args():
    parser = argparse.ArgumentParser()
    parser.add_argument("--lr", type=float, default=0.1)
    return parser.parse_args()

def main(lr=0.1):
    wandb.init(config={"lr": lr})

"""
RUNS = 'if __name__ == "__main__":\n    main()\n'


def test_arguments_that_the_script_never_parses() -> None:
    assert_clean("JR101", UNCALLED + RUNS)


@pytest.mark.parametrize(
    "text",
    [
        UNCALLED + RUNS.replace("main()", "main(parse_args().lr)"),
        UNCALLED + RUNS.replace("main()", "run(parse_args)"),
        UNCALLED,  # another file may import it
        UNCALLED.replace("return parser", "args = parser") + RUNS,
    ],
    ids=["called", "handed-over", "imported", "used"],
)
def test_arguments_that_it_may_parse(text: str) -> None:
    assert [line for line, _, _ in found("JR101", text)] == [8]


OWN = """\
import wandb

CONFIG = {"lr": 0.003, "optimizer": "sgd"}
wandb.init(project="p", config=CONFIG)
print(CONFIG["lr"])
"""


def test_a_dict_that_is_given_as_config_and_read_afterwards() -> None:
    ((line, column, message),) = found("JR101", OWN)
    assert (line, column) == (4, 32)
    assert message == "a launched job's values don't reach CONFIG, which line 5 reads"


def test_its_fix_reads_the_values_back() -> None:
    after = OWN.replace("print", "CONFIG = wandb.config\nprint")
    assert fixed("JR101", OWN) == after
    assert_clean("JR101", after)


def test_the_sdk_gives_launched_values_to_the_fixed_script(tmp_path: Path) -> None:
    assert launched(OWN, tmp_path) == "0.003"
    assert launched(fixed("JR101", OWN), tmp_path) == "0.5"


def launched(text: str, folder: Path) -> str:
    """What the script prints as a job with another learning rate, with the real SDK."""
    launch = {"WANDB_LAUNCH": "true", "WANDB_CONFIG": '{"lr": 0.5}'}
    offline = {"WANDB_MODE": "offline", "WANDB_SILENT": "true"}
    ran = subprocess.run(
        [sys.executable, "-c", text],
        cwd=folder,
        env={**os.environ, **offline, **launch},
        capture_output=True,
        text=True,
        check=True,
    )
    return ran.stdout.strip()


@pytest.mark.parametrize(
    ("made", "given", "read"),
    [
        ("types.SimpleNamespace(lr=0.003)", "vars(config)", "config.lr"),
        ("types.SimpleNamespace(lr=0.003)", "config.__dict__", "config.lr"),
        ("Config(lr=0.003)", "dataclasses.asdict(config)", "config.lr"),
    ],
)
def test_an_object_whose_values_are_recorded(made: str, given: str, read: str) -> None:
    text = (
        "import dataclasses\nimport types\nimport wandb\n\n@dataclasses.dataclass\n"
        f"class Config:\n    lr: float = 0.1\n\nconfig = {made}\n"
        f"wandb.init(config={given})\nprint({read})\n"
    )
    assert len(found("JR101", text)) == 1
    assert fixed("JR101", text) == text.replace("print", "config = wandb.config\nprint")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("0.003", "1.0"),
        ('{"lr": 0.003, "optimizer": "sgd"}', 'dict()\nCONFIG["lr"] = 0.003'),
        ("0.003", "make()"),
        ('"sgd"', "(1, 2)"),
        ('"lr"', '"l.r"'),
        ('print(CONFIG["lr"])', 'CONFIG["lr"] *= 2\nprint(CONFIG["lr"])'),
        ('print(CONFIG["lr"])', 'build(**CONFIG)\nprint(CONFIG["lr"])'),
        ('print(CONFIG["lr"])', 'train(CONFIG)\nprint(CONFIG["lr"])'),
        ('print(CONFIG["lr"])', 'def f():\n    return CONFIG["lr"]\nprint(f())'),
        ("wandb.init(", 'print(CONFIG["lr"])\nwandb.init('),
    ],
    ids=[
        "filled",
        "whole",
        "made",
        "tuple",
        "point",
        "changed",
        "spread",
        "passed",
        "inside",
        "early",
    ],
)
def test_what_the_config_would_not_give_back_is_found_without_a_fix(
    before: str, after: str
) -> None:
    text = OWN.replace(before, after)
    assert fixed("JR101", text) == text
    assert len(found("JR101", text)) == 1


LISTS = OWN.replace('"sgd"', "[64, 32]")


@pytest.mark.parametrize(
    "use",
    [
        'model = Model(CONFIG["optimizer"])',
        'model = Model(*CONFIG["optimizer"])',
        'first = CONFIG["optimizer"][0]',
        'more = CONFIG["optimizer"] + [1]',
        'more = CONFIG["optimizer"].copy()',
        'for each in CONFIG["optimizer"]:\n    print(each)',
        'print(f"{CONFIG[\'optimizer\']}", len(CONFIG.get("optimizer")))',
    ],
)
def test_a_list_that_is_only_looked_at_is_read_back(use: str) -> None:
    text = f"{LISTS}{use}\n"
    assert fixed("JR101", text) != text


@pytest.mark.parametrize(
    "use",
    [
        'CONFIG["optimizer"].append(1)',
        'CONFIG.get("optimizer").sort()',
        'CONFIG["optimizer"][0] = 1',
        'del CONFIG["optimizer"][0]',
        'layers = CONFIG["optimizer"]',
        'model = {"layers": CONFIG["optimizer"]}',
        'def grow(layers):\n    layers.append(1)\ngrow(CONFIG["optimizer"])',
    ],
)
def test_a_list_that_may_change_is_found_without_a_fix(use: str) -> None:
    text = f"{LISTS}{use}\n"
    assert fixed("JR101", text) == text
    assert len(found("JR101", text)) == 1


@pytest.mark.parametrize(
    ("lines", "read"),
    [
        ("    out: str = ''\n    def __post_init__(self):\n        self.out = 1\n", "out"),
        ("    kind: ClassVar[str] = ''\n", "kind"),
        ("    kind: 'typing.ClassVar[str]' = ''\n", "kind"),
        ("    kind: dataclasses.InitVar[str] = ''\n", "kind"),
        ("    def __getattribute__(self, name):\n        return 1\n", "lr"),
    ],
)
def test_a_dataclass_that_is_more_than_its_fields_is_left_alone(
    lines: str, read: str
) -> None:
    text = (
        "import dataclasses\nimport typing\nfrom typing import ClassVar\nimport wandb\n\n"
        f"@dataclasses.dataclass\nclass Config:\n    lr: float = 0.1\n{lines}\n"
        "config = Config()\nwandb.init(config=dataclasses.asdict(config))\n"
        f"print(config.{read})\n"
    )
    assert fixed("JR101", text) == text


@pytest.mark.parametrize(
    "text",
    [
        OWN.replace("config=CONFIG", ""),
        OWN.replace('print(CONFIG["lr"])', ""),
        OWN.replace('CONFIG["lr"]', "wandb.config.lr"),
        OWN.replace("print", "CONFIG = wandb.config\nprint"),
        OWN.replace("print", "CONFIG.update(wandb.config)\nprint"),
        OWN.replace('"lr"])', '"other"])'),
        OWN.replace("wandb.init", "other.init"),
    ],
    ids=["not-given", "not-read", "the-runs", "back", "updated", "other-key", "other"],
)
def test_a_dict_that_a_job_can_change_or_nobody_reads(text: str) -> None:
    assert_clean("JR101", text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "import wandb\nwandb.init()\n",
        HEAD.replace("import wandb\n", ""),
        HEAD,
        HEAD + "wandb.init(config=args)\nargs = wandb.config\n",
        HEAD + "# wandb.init(config=args)\n",
        "import click\nimport wandb\n\nwandb.init()\n",
    ],
    ids=["empty", "no-parse", "no-wandb", "no-run", "routed", "commented-out", "click"],
)
def test_a_script_without_stale_arguments(text: str) -> None:
    assert_clean("JR101", text)
