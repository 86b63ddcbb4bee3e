"""The schema of a script's parameters, which the SDK takes without a warning."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import wandb
from wandb.sdk.launch.inputs import internal

from jobready.outcome import Failed
from jobready.report.schema import as_schema
from jobready.script.read import read
from tests.cli.calling import jobready

ROOT = Path(__file__).parents[2]
TOP = "import argparse\nfrom pathlib import Path\nparser = argparse.ArgumentParser()\n"


def schema(argument: str) -> dict[str, Any] | str:
    """The schema of one parameter, or why there is none."""
    script = read(f"{TOP}parser.add_argument({argument})\nargs = parser.parse_args()\n")
    assert not isinstance(script, Failed)
    found = as_schema(script)
    accepted(found.schema)
    for _, why in found.left_out:
        return why
    (only,) = found.schema["properties"].values()
    assert isinstance(only, dict)
    return only


def accepted(found: dict[str, Any], said: list[str] | None = None) -> None:
    """The SDK's own check says nothing."""
    warnings: list[str] = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(wandb, "termwarn", warnings.append)
        internal._validate_schema(found)
    assert warnings == (said or [])


@pytest.mark.parametrize(
    ("argument", "expected"),
    [
        ("'--lr', type=float, default=0.1",
         {"type": "number", "description": "(default: 0.1)"}),
        ("'--n', type=int", {"type": "integer"}),
        ("'--name'", {"type": "string"}),
        ("'data'", {"type": "string", "required": True}),
        ("'--out', type=Path, default=Path('x')", {"type": "string"}),
        ("'--amp', action='store_true'", {"type": "boolean"}),
        ("'--no-amp', action='store_false', help='off'",
         {"type": "boolean", "description": "off"}),
        ("'--b', action=argparse.BooleanOptionalAction", {"type": "boolean"}),
        ("'--b', type=bool, default=True",
         {"type": "boolean", "description": "(default: True)"}),
        ("'-v', action='count', default=0",
         {"type": "integer", "description": "(default: 0)"}),
        ("'--m', choices=['a', 'b'], required=True",
         {"type": "string", "enum": ["a", "b"], "required": True}),
        ("'--k', type=int, choices=range(1, 4)", {"type": "integer"}),
        ("'--g', type=int, nargs='*', choices=[0, 1]",
         {"type": "array", "items": {"type": "integer", "enum": [0, 1]}}),
        ("'--lr', type=float, default=0.1, help='the rate, 100%% of %(default)s'",
         {"type": "number", "description": "the rate, 100% of 0.1"}),
        ("'--x', default=f()", {"type": "string"}),
    ],
)  # fmt: skip
def test_a_parameter(argument: str, expected: dict[str, Any]) -> None:
    assert schema(argument) == expected


@pytest.mark.parametrize(
    ("argument", "why"),
    [
        ("'--xs', nargs='+'", "lists only with choices"),
        ("'--xs', action='append'", "lists only with choices"),
        ("'--xs', default=(1, 2)", "lists only with choices"),
        ("'--api-key'", "secret"),
        ("'--fast', action='store_const', const=3", "store_const"),
        ('f"--{key()}"', "only a run tells its name"),
    ],
)
def test_what_a_schema_can_not_hold(argument: str, why: str) -> None:
    assert why in schema(argument)


def test_the_keys_are_those_that_the_run_shows() -> None:
    script = read(
        f"{TOP}import wandb\nparser.add_argument('--lr', type=float)\n"
        "args = parser.parse_args()\nwandb.init(config={'learning_rate': args.lr})\n"
    )
    assert not isinstance(script, Failed)
    assert list(as_schema(script).schema["properties"]) == ["learning_rate"]


@pytest.mark.parametrize("path", sorted((ROOT / "examples").glob("*.py")), ids=str)
def test_the_sdk_takes_that_of_every_example(path: Path) -> None:
    result = jobready("params", path, "--output-format=jsonschema")
    assert result.exit_code == 0
    found = json.loads(result.stdout)
    assert found["properties"]
    accepted(found)


def test_the_sdk_would_have_warned() -> None:
    with pytest.raises(AssertionError):
        accepted({"type": "object", "properties": {"a": {"default": 1}}})


def test_what_is_left_out_is_named(tmp_path: Path) -> None:
    path = tmp_path / "train.py"
    path.write_text(f"{TOP}parser.add_argument('--xs', nargs='+')\n")
    result = jobready("params", path, "--output-format=jsonschema")
    assert json.loads(result.stdout) == {"type": "object", "properties": {}}
    assert result.stderr.startswith(f"{path}:4: xs is left out: ")


def test_a_run_takes_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The public function, before a run."""
    from wandb.sdk import launch

    monkeypatch.chdir(tmp_path)
    warnings: list[str] = []
    monkeypatch.setattr(wandb, "termwarn", warnings.append)
    staged = internal.StagedLaunchInputs()
    before = list(staged._staged_inputs)
    result = jobready("params", ROOT / "examples/ranks.py", "--output-format=jsonschema")
    launch.manage_wandb_config(schema=json.loads(result.stdout))
    assert warnings == []
    staged._staged_inputs[:] = before
