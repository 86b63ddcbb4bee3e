"""Scripts with HfArgumentParser, run with the real class before and after.

Of transformers only the file that holds the class is taken: it needs the standard library
alone. Of trl the one class of its parser.
"""

from __future__ import annotations

import ast
from pathlib import Path
from typing import Any

import pytest

from tests.contract.migrating import migrated_copies
from tests.contract.running import run
from tests.packages.published import Package, download, unpack

pytestmark = pytest.mark.packages
SCRIPT = """\
import json
import sys
from dataclasses import asdict, dataclass, field
from enum import Enum
from typing import List, Literal, Optional

import wandb
from transformers import HfArgumentParser


class Kind(Enum):
    A = "a"
    B = "b"


@dataclass
class Args:
    data: str = field(metadata={"help": "a folder"})
    lr: float = 1.0
    steps: Optional[int] = None
    amp: bool = False
    fast: bool = True
    deep: Optional[bool] = None
    names: Optional[List[str]] = field(default_factory=lambda: ["x"])
    sizes: List[int] = field(default_factory=list)
    kind: Kind = "a"
    mode: Literal["one", "two"] = "one"
    level: str = field(default="low", metadata={"choices": ["low", "high"]})


parser = HfArgumentParser(Args)
if len(sys.argv) == 2 and sys.argv[1].endswith(".json"):
    (args,) = parser.parse_json_file(sys.argv[1])
else:
    (args,) = parser.parse_args_into_dataclasses()
wandb.init(config=asdict(args))
print(json.dumps(asdict(args)))
""".replace("asdict(args))\nprint", "vars(args))\nprint")
CASES: list[tuple[str, dict[str, Any]]] = [
    (
        "--data d --lr 2 --steps 3 --amp --no_fast --deep true --sizes 1 2",
        {
            "data": "d",
            "lr": 2,
            "steps": 3,
            "amp": True,
            "fast": False,
            "deep": True,
            "sizes": [1, 2],
        },
    ),
    (
        "--data d --deep False --names a b --kind b --mode two --level high",
        {
            "data": "d",
            "deep": False,
            "names": ["a", "b"],
            "kind": "b",
            "mode": "two",
            "level": "high",
        },
    ),
]


def beside_the_class(text: str, version: str, folder: Path) -> tuple[Path, Path]:
    """A script and its migrated copy, each with the real class beside it."""
    wheels = folder / "wheels"
    wheels.mkdir()
    unpack(download(Package("transformers", version), wheels), folder / "package")
    real = (folder / "package/transformers/hf_argparser.py").read_text()
    script = folder / "train.py"
    script.write_text(text)
    migrated_copies([script], folder / "after")
    after = folder / "after" / "train.py"
    for place in (folder, after.parent):
        (place / "transformers.py").write_text(real)
    return script, after


@pytest.mark.parametrize("version", ["5.24.0"])
def test_dataclasses(version: str, tmp_path: Path) -> None:
    wheels = tmp_path / "wheels"
    wheels.mkdir()
    unpack(download(Package("transformers", version), wheels), tmp_path / "package")
    script = tmp_path / "train.py"
    script.write_text(SCRIPT)
    migrated_copies([script], tmp_path / "after")
    after = tmp_path / "after" / "train.py"
    real = (tmp_path / "package/transformers/hf_argparser.py").read_text()
    for folder in (tmp_path, after.parent):
        (folder / "transformers").mkdir()
        (folder / "transformers/hf_argparser.py").write_text(real)
        (folder / "transformers/__init__.py").write_text(
            "from .hf_argparser import HfArgumentParser\n"
        )
        (folder / "all.json").write_text('{"data": "file"}')
    for argv, launched in CASES:
        before = run(script, argv.split())
        assert before.exit_code == 0, before.stderr
        assert run(after, argv.split()).trained_with == before.trained_with
        result = run(after, ["--lr", "9"] if "lr" in launched else [], launched=launched)
        assert result.trained_with == before.trained_with, result.stderr
        clone = run(after, launched=before.config)
        assert clone.trained_with == before.trained_with, clone.stderr
    for wrong in ({}, {"data": "d", "steps": "x"}, {"data": "d", "mode": "three"}):
        assert run(after, launched=wrong).exit_code == 2
    # a file alone counts, a file beside launched values is refused
    file = [str(after.with_name("all.json"))]
    assert run(after, file).trained_with["data"] == "file"
    assert run(after, file, launched={}).trained_with["data"] == "file"
    assert run(after, file, launched={"data": "d"}).exit_code != 0


ADDED = """\
import json
from dataclasses import asdict, dataclass

import wandb
from transformers import HfArgumentParser


@dataclass
class Args:
    data: str
    lr: float = 1.0


@dataclass
class More:
    steps: int = 1
    fast: bool = True


parser = HfArgumentParser(Args)
parser._add_dataclass_arguments(More)
args, more = parser.parse_args_into_dataclasses()
wandb.init(config={**vars(args), **vars(more)})
print(json.dumps({**asdict(args), **vars(more)}))
"""


@pytest.mark.parametrize("version", ["4.40.0", "5.24.0"])
def test_a_dataclass_that_is_added_later(version: str, tmp_path: Path) -> None:
    script, after = beside_the_class(ADDED, version, tmp_path)
    words = ["--data", "d", "--steps", "3", "--no_fast"]
    before = run(script, words)
    assert before.trained_with == {"data": "d", "lr": 1.0, "steps": 3, "fast": False}
    assert run(after, words).trained_with == before.trained_with
    launched = run(after, ["--lr", "9"], launched=before.config)
    assert launched.trained_with == before.trained_with, launched.stderr
    part = run(after, ["--data", "e"], launched={"steps": 4})
    assert part.trained_with == {"data": "e", "lr": 1.0, "steps": 4, "fast": True}


OWN = """\
import json
import sys
from dataclasses import asdict, dataclass

import wandb
from transformers import HfArgumentParser


class Own(HfArgumentParser):
    def read(self, path, words):
        given = dict(word.removeprefix("--").split("=") for word in words)
        filled = self.parse_json_file(path)
        kinds = zip(filled, self.dataclass_types)
        return [kind(**{**vars(one), **given}) for one, kind in kinds]

    def parse(self):
        if len(sys.argv) == 2 and sys.argv[1].endswith(".json"):
            found = self.parse_json_file(sys.argv[1])
        elif len(sys.argv) > 2 and sys.argv[1].endswith(".json"):
            found = self.read(sys.argv[1], sys.argv[2:])
        else:
            found = self.parse_args_into_dataclasses()
        return found


@dataclass
class Args:
    data: str
    lr: float = 1.0


parser = Own(Args)
(args,) = parser.parse()
wandb.init()
print(json.dumps(asdict(args)))
"""


def test_a_parser_of_its_own_that_reads_files(tmp_path: Path) -> None:
    script, after = beside_the_class(OWN, "5.24.0", tmp_path)
    file = tmp_path / "all.json"
    file.write_text('{"data": "file", "lr": 3.0}')
    for words in ([str(file)], [str(file), "--data=d"], ["--data", "d", "--lr", "2"]):
        before = run(script, words)
        assert before.exit_code == 0, before.stderr
        assert run(after, words).trained_with == before.trained_with
        assert run(after, words, launched={}).trained_with == before.trained_with
    launched = run(after, ["--lr", "9"], launched={"data": "d", "lr": 2.0})
    assert launched.trained_with == {"data": "d", "lr": 2.0}
    for words in ([str(file)], [str(file), "--data=d"]):
        assert run(after, words, launched={"data": "d"}).exit_code != 0


OTHERS = """\
import json
import os
from dataclasses import asdict, dataclass, field

import wandb
from transformers import HfArgumentParser


@dataclass
class Model:
    data: str
    lr: float = 0.5


@dataclass
class More:
    sizes: list[int] = field(default_factory=lambda: [1])
    amp: bool = False


def settings():
    text = os.getenv("SETTINGS")
    return json.loads(text) if text else {}


def parse(types, config, given):
    parser = HfArgumentParser(types)
    if config:
        parts = parser.parse_dict(config)
    elif given:
        parts = parser.parse_dict(given)
    else:
        parts = parser.parse_args_into_dataclasses()
    return parts


def main(**kwargs):
    args, more = parse([Model, More], settings(), kwargs)
    wandb.init(config={**vars(args), **vars(more)})
    print(json.dumps({**asdict(args), **asdict(more)}))


if __name__ == "__main__":
    main()
"""


def test_values_of_the_environment_and_of_other_scripts(tmp_path: Path) -> None:
    _, after = beside_the_class(OTHERS, "5.24.0", tmp_path)
    for folder in (tmp_path, after.parent):
        (folder / "other.py").write_text("import train\ntrain.main(data='o', lr=3)\n")
    env = {"SETTINGS": '{"data": "e", "lr": 2}'}
    # as before without a launch, whoever starts it
    for name, argv, more in (
        ("train.py", ["--data", "d", "--sizes", "3", "4"], {}),
        ("train.py", ["--data", "d", "--lr", "3"], env),
        ("train.py", [], env),
        ("other.py", [], {}),
    ):
        before = run(tmp_path / name, argv, env=more)
        assert before.exit_code == 0, before.stderr
        same = run(after.with_name(name), argv, env=more)
        assert same.trained_with == before.trained_with, same.stderr
    # launched values count, and never join what the environment holds
    launched = {"data": "l", "lr": 4, "sizes": [5, 6], "amp": True}
    words = ["--data", "l", "--lr", "4", "--sizes", "5", "6", "--amp"]
    wanted = run(tmp_path / "train.py", words).trained_with
    for argv in ([], ["--data", "d", "--lr", "3"]):
        result = run(after, argv, launched=launched)
        assert result.trained_with == wanted, result.stderr
    stopped = run(after, launched=launched, env=env)
    assert stopped.exit_code == 2
    assert "config: not allowed with a W&B config" in stopped.stderr
    assert run(after, launched={}, env=env).trained_with["lr"] == 2
    assert run(after, launched={"other": 1}, env=env).trained_with["lr"] == 2
    clone = run(after, launched=run(tmp_path / "train.py", words).config)
    assert clone.trained_with == wanted, clone.stderr


TRL = """\
import json
from dataclasses import asdict, dataclass, field

import wandb
from trl import TrlParser


@dataclass
class Args:
    data: str
    lr: float = 0.5
    name: str = "x"
    amp: bool = False
    sizes: list[int] = field(default_factory=lambda: [1])


@dataclass
class More:
    seed: int = 1


types = (Args, More)
parser = TrlParser(types)
args, more, _ = parser.parse_args_and_config(return_remaining_strings=True)
wandb.init(config={**vars(args), **vars(more)})
print(json.dumps({**vars(args), **vars(more)}))
"""
HEAD = "import os\nimport sys\nfrom collections.abc import Iterable\nimport argparse\n"
HEAD += "from transformers import HfArgumentParser\nDataClass = DataClassType = object\n"


def test_a_file_of_defaults_of_trl(tmp_path: Path) -> None:
    wheels = tmp_path / "wheels"
    wheels.mkdir()
    for package in (Package("transformers", "5.24.0"), Package("trl", "1.16.0")):
        unpack(download(package, wheels), tmp_path / "package")
    script = tmp_path / "train.py"
    script.write_text(TRL)
    migrated_copies([script], tmp_path / "after")
    after = tmp_path / "after" / "train.py"
    assert "args=sys.argv[1:] + job_args(parser), return_remaining" in after.read_text()
    real = (tmp_path / "package/transformers/hf_argparser.py").read_text()
    utils = (tmp_path / "package/trl/scripts/utils.py").read_text()
    owner = next(n for n in ast.parse(utils).body if getattr(n, "name", "") == "TrlParser")
    for folder in (tmp_path, after.parent):
        (folder / "transformers.py").write_text(real)
        (folder / "trl.py").write_text(f"{HEAD}{ast.unparse(owner)}\n")
        (folder / "all.yaml").write_text("data: f\nlr: 2\namp: true\nsizes: [3, 4]\n")
    file = ["--config", str(after.with_name("all.yaml"))]
    for argv, words, launched in (
        (["--data", "d"], "--lr 3", {"lr": 3}),
        (file, "", {}),
        (file, "--data d --sizes 1", {"data": "d", "sizes": [1]}),
        (file, "--lr 0.5 --amp false --name y", {"lr": 0.5, "amp": False, "name": "y"}),
    ):
        before = run(script, [*argv, *words.split()])
        assert before.exit_code == 0, before.stderr
        assert run(after, [*argv, *words.split()]).trained_with == before.trained_with
        result = run(after, argv, launched=launched)
        assert result.trained_with == before.trained_with, result.stderr
        for given in ([], file):
            clone = run(after, given, launched=before.config)
            assert clone.trained_with == before.trained_with, clone.stderr
