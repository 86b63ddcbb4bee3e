"""The fields of a Tap as parameters, held to what the real one makes of them."""

from __future__ import annotations

import sys
from types import ModuleType
from typing import Any

import pytest

from jobready.script.model import Expression, Parameter, Script
from jobready.script.read import read

pytest.importorskip("tap")
TOP = """\
import os
from pathlib import Path
from typing import Annotated, ClassVar, List, Literal, Optional, Set, Tuple, Union
from tap import Positional, Tap, TapIgnore


class Args(Tap):
"""
FIELDS = """\
x: int
x: int = 3
x: float = 0.5
x: str = "a"
x = "a"
x: bool
x: bool = False
x: bool = True
x: bool = os.environ.get("NOTHING", False)
x: "bool" = True
x: Optional[bool] = None
x: bool | None = True
x: Optional[int] = None
x: int | None = 3
x: Union[int, None] = 3
x: List[int] = [1]
x: list[float]
x: list = ["a"]
x: Set[str] = {"a"}
x: List[bool] = [True]
x: Optional[List[int]] = None
x: Tuple[int, ...] = (1, 2)
x: tuple = ("a",)
x: Path = Path("a")
x: Literal["a", "b"] = "a"
x: Literal[1, "b"] = 1
x: List[Literal["a", "b"]] = ["a"]
"""
CONFIGURED = """\
x: int = 3|"--x", "-y"
x: int|"-x", "--x"
x: List[int] = [1]|"--x", nargs=2
x: List[int] = None|"--x", action="append"
x: bool = True|"--x", help="on"
x: bool = False|"--x", action="store_true"
x: int = 0|"-x", "--x", action="count"
x: str = "1"|"--x", type=int
x: str|"--x", choices=["a"], default="a"
x: Literal["a", "b"] = "a"|"--x", help="one"
z: int = 1|"--x", type=int, default=3
z: int = 1|"--x", type=float
z: int = 1|"--x", action="store_true"
z: int = 1|"--x", action="store_true", required=False
"""


def both(body: str, given: str = "") -> tuple[Parameter, Any]:
    """A field's parameter as it is read, and the action of the real parser."""
    text = TOP + "".join(f"    {line}\n" for line in body.splitlines())
    script = read(f"{text}\n\nargs = Args({given}).parse_args()\n")
    assert isinstance(script, Script)
    (model,) = script.parsers
    assert not model.unseen, model.unseen
    module = ModuleType("made_of_fields")
    with pytest.MonkeyPatch.context() as patch:  # where annotations are looked up
        patch.setitem(sys.modules, module.__name__, module)
        exec(f"{text}\n\nmade = Args({given})\n", vars(module))
    actions = vars(module)["made"]._actions
    (action,) = (a for a in actions if a.dest == "x")
    (parameter,) = (p for p in model.parameters if p.name == "x")
    assert {p.name for p in model.parameters} == {
        a.dest for a in actions if a.dest != "help"
    }
    return parameter, action


def check_alike(parameter: Parameter, action: Any) -> None:
    """What decides how the words are read is what the real parser does."""
    kinds = {"store_true": "_StoreTrueAction", "store_false": "_StoreFalseAction"}
    kinds |= {"append": "_AppendAction", "count": "_CountAction", "store": "_StoreAction"}
    assert kinds[parameter.action] == type(action).__name__
    assert parameter.nargs == action.nargs
    assert bool(parameter.required) == action.required
    if not isinstance(parameter.default, Expression) and not action.required:
        assert parameter.default == action.default
    named = getattr(action.type, "__name__", type(action.type).__name__)
    kind = {"int": "number", "float": "number", "str": "str", "Path": "path"}.get(named)
    kind = {"boolean_type": "boolean", "NoneType": "none"}.get(named, kind)
    texts = isinstance(action.choices, list) and all(
        isinstance(c, str) for c in action.choices
    )
    assert parameter.type_kind == (kind or ("str" if texts else "own"))
    if parameter.choices is not None or action.choices is not None:
        assert list(parameter.choices) == list(action.choices)


@pytest.mark.parametrize("field", FIELDS.splitlines())
@pytest.mark.parametrize("given", ["", "explicit_bool=True"])
def test_a_field(field: str, given: str) -> None:
    check_alike(*both(field, given))


@pytest.mark.parametrize("line", CONFIGURED.splitlines())
def test_what_configure_adds(line: str) -> None:
    field, _, words = line.partition("|")
    check_alike(*both(f"{field}\n\ndef configure(self):\n    self.add_argument({words})"))


def test_fields_of_bases() -> None:
    text = TOP + "    x: int = 1\n    y: int = 1\n\n\nclass More(Args):\n    x = 2\n"
    script = read(text + "    z: bool = False\n\n\nargs = More().parse_args()\n")
    assert isinstance(script, Script)
    seen = {(p.name, p.type, p.default) for p in script.parameters}
    assert seen == {("x", "int", 2), ("y", "int", 1), ("z", None, False)}


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ("x: Tuple[int, str] = (1, 'a')", "converted in turn"),
        ("x: Tuple[int, int] = (1, 2)", "converted in turn"),
        ("x: Positional[int]", "marked as Positional"),
        ("x: Annotated[int, 'n'] = 1", "marked as Annotated"),
        ("x: ClassVar[int] = 1", "marked as ClassVar"),
        ("x: dict[str, int] = {}", "a type that isn't followed"),
        ("x: int | str = 1", "a type that isn't followed"),
    ],
)
def test_what_is_not_followed(body: str, reason: str) -> None:
    script = read(f"{TOP}    {body}\n\n\nargs = Args().parse_args()\n")
    assert isinstance(script, Script)
    assert any(reason in text for text, _ in script.parsers[0].unseen)


def test_what_tap_ignores_and_what_is_no_field() -> None:
    body = "x: int = 1\ny: TapIgnore[int] = 1\n\n@property\ndef z(self):\n    return 1"
    both(body)


def test_what_tap_has_beside_argparse() -> None:
    from tap import Tap

    from jobready.script.values.parser_classes import (
        TAP_HOOKS,
        TAP_MEMBERS,
        argparse_members,
    )

    public = {n for n in dir(Tap()) if not n.startswith("_")} - argparse_members()
    assert public <= TAP_MEMBERS | TAP_HOOKS
