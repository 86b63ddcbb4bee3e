"""Defaults that an object of a dataclass holds, as far as the source tells them."""

from __future__ import annotations

import pytest

from jobready.script.model import Expression, Script, Value
from jobready.script.read import read

SCRIPT = """\
import argparse
from dataclasses import dataclass, field


@dataclass
class Base:
    lr: float = 0.1
    amp: bool = False

    def __post_init__(self):
        assert self.lr > 0
        self.scaled = self.lr * 2


@dataclass
class Config(Base):
    name: str = "x"

    @classmethod
    def add_arguments(cls, parser):
        defaults = cls()
        parser.add_argument("--x", default=defaults.lr)
        return parser


args = Config.add_arguments(argparse.ArgumentParser()).parse_args()
"""
GET = 'parser.add_argument("--x", default=defaults.lr)'


def default_of(text: str) -> Value:
    """The default of the one parameter."""
    script = read(text)
    assert isinstance(script, Script)
    (parameter,) = (p for m in script.parsers for p in m.parameters)
    return parameter.default


@pytest.mark.parametrize(
    ("old", "new", "default"),
    [
        ("", "", 0.1),
        ("defaults.lr)", "defaults.amp)", False),
        ("defaults.lr)", "defaults.name)", "x"),
        ("defaults.lr)", "cls().lr)", 0.1),
        ("defaults.lr)", "Base().lr)", 0.1),
        ("= cls()", "= Config()", 0.1),
        ("= cls()", "= Config(lr=0.5)", 0.5),
        ("= cls()", "= Config(amp=True)", 0.1),
        ("lr: float = 0.1", "lr: float = field(default=0.1, repr=False)", 0.1),
        ('name: str = "x"', "lr: float = 0.3", 0.3),
        ("self.scaled =", "self.__class__ = self.scaled =", None),
        (
            "        return parser",
            "        print(defaults.name)\n        return parser",
            0.1,
        ),
    ],
)
def test_the_field_tells_it(old: str, new: str, default: Value) -> None:
    assert old in SCRIPT
    found = default_of(SCRIPT.replace(old, new, 1))
    if default is None:
        assert isinstance(found, Expression)
    else:
        assert (type(found), found) == (type(default), default)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        # another value than the field's
        ("self.scaled =", "self.lr ="),
        ("self.scaled =", "self.lr, self.scaled = 1,"),
        ("assert self.lr > 0", "self.check()"),
        ("assert self.lr > 0", "check(self)"),
        ("assert self.lr > 0", "setattr(self, 'lr', 1)"),
        ("assert self.lr > 0", "vars(self).update(lr=1)"),
        ("def __post_init__", "def __init__"),
        (
            "    def __post_init__",
            "    @property\n    def lr(self): ...\n\n    def __post_init__",
        ),
        ("    amp: bool", "    if 1:\n        lr: float = 2.0\n    amp: bool"),
        ("class Base:", "class Base(metaclass=Kind):"),
        ("class Base:", "class Base(Other):"),
        ("@dataclass\nclass Base", "@other\n@dataclass\nclass Base"),
        ("@dataclass\nclass Config", "class Config"),
        # no constant
        ("lr: float = 0.1", "lr: float = field(default_factory=float)"),
        ("lr: float = 0.1", "lr: float = made()"),
        ("lr: float = 0.1", "lr: list = ()"),
        # another object, or one that somebody changes
        ("= cls()", "= cls(**read())"),
        ("= cls()", "= cls(*read())"),
        ("= cls()", "= cls(lr=read())"),
        ("= cls()", "= other = cls()"),
        ("= cls()", "= made()"),
        (GET, f"defaults.lr = 3\n        {GET}"),
        (GET, f"update(defaults)\n        {GET}"),
        (GET, f"defaults.update()\n        {GET}"),
        (GET, f"defaults.__dict__['lr'] = 3\n        {GET}"),
        (GET, f"if parser:\n            defaults = Base(lr=3)\n        {GET}"),
        (GET, f"def f(): defaults.lr = 3\n        f(); {GET}"),
        # the method may be another class's
        (
            "args =",
            "@dataclass\nclass Heir(Config):\n    lr: float = 0.3\n\nargs =",
        ),
        ("args =", "class Heir(Config):\n    pass\n\nargs ="),
    ],
)
def test_only_a_run_tells_it(old: str, new: str) -> None:
    assert old in SCRIPT
    assert isinstance(default_of(SCRIPT.replace(old, new, 1)), Expression)


def test_an_object_of_the_module_is_anybodys_to_change() -> None:
    script = SCRIPT.replace("        defaults = cls()\n", "")
    script = script.replace("args =", "defaults = Config()\nargs =")
    assert isinstance(default_of(script), Expression)
