"""Scripts with HfArgumentParser, run with the real class before and after.

Of transformers only the file that holds the class is taken: it needs the standard library
alone.
"""

from __future__ import annotations

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
