"""The fields of dataclasses as the parameters that HfArgumentParser makes of them."""

from __future__ import annotations

import pytest

from jobready.script.model import Expression, Parameter, Script
from jobready.script.read import read

TOP = """\
import dataclasses
from dataclasses import dataclass, field
from enum import Enum
from typing import List, Optional, Union
import transformers
from transformers import HfArgumentParser

"""


def script_of(fields: str, given: str = "Args", more: str = "") -> Script:
    """The script whose dataclass has these fields."""
    lines = "".join(f"    {line}\n" for line in fields.splitlines())
    text = f"{TOP}{more}@dataclass\nclass Args:\n{lines}"
    text += f"parser = HfArgumentParser({given})\nparser.parse_args_into_dataclasses()\n"
    script = read(text)
    assert isinstance(script, Script)
    return script


def seen(p: Parameter) -> tuple[object, ...]:
    """What decides how a parameter's words are read."""
    return p.name, p.flags[0], p.type_kind, p.default, bool(p.required), p.nargs


@pytest.mark.parametrize(
    ("field", "expected"),
    [
        ("x: int", ("x", "--x", "number", None, True, None)),
        ("x: float = 0.5", ("x", "--x", "number", 0.5, False, None)),
        ('x: str = field(default="a")', ("x", "--x", "str", "a", False, None)),
        ("x: 'str' = None", ("x", "--x", "str", None, False, None)),
        ("x: Optional[int] = None", ("x", "--x", "number", None, False, None)),
        ("x: int | None = 3", ("x", "--x", "number", 3, False, None)),
        ("x: bool = False", ("x", "--x", "boolean", False, False, "?")),
        ("x: bool", ("x", "--x", "boolean", False, False, "?")),
        ("x: Optional[bool] = None", ("x", "--x", "boolean", None, False, None)),
        ("x: List[int] = None", ("x", "--x", "number", None, False, "+")),
        ("x: list[str] = field(default_factory=list)", ("x", "--x", "str", [], False, "+")),
        (
            "x: List[int] = field(default_factory=lambda: [1, 2])",
            ("x", "--x", "number", [1, 2], False, "+"),
        ),
        (
            "x: dict = dataclasses.field(default_factory=dict)",
            ("x", "--x", "own", {}, False, None),
        ),
        ("x: Kind = Kind.A", ("x", "--x", "own", Expression("Kind.A"), False, None)),
        ("x: Union[int, str] = 1", ("x", "--x", "number", 1, False, None)),
        (
            'x: str = field(default=None, metadata={"help": "many", "nargs": "+"})',
            ("x", "--x", "str", None, False, "+"),
        ),
        (
            'x: int = field(metadata={"nargs": "*"})',
            ("x", "--x", "number", None, True, "*"),
        ),
    ],
)
def test_a_field(field: str, expected: tuple[object, ...]) -> None:
    (parameter,) = script_of(field).parameters
    assert seen(parameter) == expected


def test_a_switch_that_is_on_has_a_way_to_turn_it_off() -> None:
    on, off = script_of("is_on: bool = True").parameters
    assert (on.flags, off.flags) == (
        ("--is_on", "--is-on"),
        ("--no_is_on", "--no-is-on"),
    )
    assert (on.name, off.name, off.const) == ("is_on", "is_on", False)


def test_the_settings_in_metadata() -> None:
    text = 'x: str = field(default="a", metadata={"help": "b", "choices": ["a", "c"], '
    (parameter,) = script_of(text + '"aliases": ["-y"]})').parameters
    assert (parameter.help, parameter.choices) == ("b", ["a", "c"])
    assert parameter.flags == ("--x", "-y")


def test_fields_of_a_base() -> None:
    base = "@dataclass\nclass Base:\n    x: int = 1\n    y: int = 1\n\n"
    text = TOP + base + "@dataclass\nclass Args(Base):\n    x: float = 2\n"
    script = read(text + "HfArgumentParser([Args]).parse_args_into_dataclasses()\n")
    assert isinstance(script, Script)
    assert [(p.name, p.type) for p in script.parameters] == [("y", "int"), ("x", "float")]


def test_a_dataclass_of_the_framework() -> None:
    script = script_of("x: int = 1", "(Args, transformers.TrainingArguments)")
    own, theirs = script.parameters
    assert own.name == "x"
    assert (theirs.name, theirs.named) == ("transformers.TrainingArguments", False)


def test_a_dataclass_that_no_trainer_is_made_with() -> None:
    more = "from peft import LoraConfig as Lora\n"
    own, theirs = script_of("x: int = 1", "(Args, Lora)", more).parameters
    assert (own.type_kind, theirs.type_kind) == ("number", "other fields")
    base = "from peft import LoraConfig\nclass Lora(LoraConfig):\n    r: int = 4\n\n"
    names = [p.name for p in script_of("x: int = 1", "(Args, Lora)", base).parameters]
    assert sorted(names) == ["LoraConfig", "r", "x"]


@pytest.mark.parametrize(
    "field",
    [
        "size = 3",
        "count: ClassVar[int] = 3",
        "devices: int = field(init=False)",
        "devices: int = field(default=8, init=False)",
        "def method(self):\n    return 1",
    ],
)
def test_what_is_no_field(field: str) -> None:
    assert script_of(field).parameters == ()


@pytest.mark.parametrize(
    ("field", "phrase"),
    [
        ("x: int = field(default=1, **more)", "only a run tells how the field x is read"),
        ("x: int = field(default=1, init=late())", "only a run tells how"),
        ("x: int = field(metadata=shared())", "only a run tells how"),
        ('x: int = field(metadata={"nargs": 2})', "has settings for argparse"),
        ('x: List[int] = field(metadata={"nargs": "*"})', "has settings for argparse"),
        ('x: bool = field(metadata={"nargs": "+"})', "has settings for argparse"),
    ],
)
def test_a_field_that_is_not_known(field: str, phrase: str) -> None:
    (parser,) = script_of(field).parsers
    assert any(phrase in text for text, _ in parser.unseen)


@pytest.mark.parametrize("given", ["make()", "(Args, theirs.Args)", "[Args, *others]"])
def test_a_dataclass_that_is_not_known(given: str) -> None:
    (parser,) = script_of("x: int = 1", given, "import theirs\n").parsers
    assert any("not in this file" in text for text, _ in parser.unseen)
