# ruff: noqa: E501  a table: one value a line
"""The kinds of parameters that scripts have, with values in both ways of giving them.

In the calls and in words, FLAGS stands for the quoted names of the option, FLAG for its
last name, NAME for the bare name and DEST for the name that the arguments hold.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Value:
    """One value as a job's config holds it, and as words that give the same.

    ``words`` is None where no command line gives it: the script must stop by name.
    """

    launched: Any
    words: tuple[str, ...] | None


@dataclass(frozen=True)
class Kind:
    """A way to add a parameter: the ``add_argument`` calls, and values.

    ``good`` values must be taken, ``odd`` ones may stop the script by name. ``contrary``
    are words that say something else. ``python`` is the source of one more value, for a
    script that sets it itself. ``needs`` are `DEFINITIONS` that must stand above.
    """

    name: str
    calls: tuple[str, ...]
    good: tuple[Value, ...]
    odd: tuple[Value, ...] = ()
    contrary: tuple[str, ...] | None = None
    python: str | None = None
    needs: tuple[str, ...] = ()
    number: bool = False
    positional: bool = False
    required: bool = False


def kind(
    name: str,
    calls: str | Sequence[str],
    good: Sequence[tuple[Any, str | Sequence[str] | None]],
    odd: Sequence[tuple[Any, str | Sequence[str] | None]] = (),
    **more: Any,
) -> Kind:
    if "contrary" in more:
        more["contrary"] = _words(more["contrary"])
    return Kind(
        name,
        (calls,) if isinstance(calls, str) else tuple(calls),
        tuple(Value(v, _words(w)) for v, w in good),
        tuple(Value(v, _words(w)) for v, w in odd),
        **more,
    )


def _words(text: str | Sequence[str] | None) -> tuple[str, ...] | None:
    if text is None:
        return None
    return tuple(text.split()) if isinstance(text, str) else tuple(text)


DEFINITIONS = {
    "str2bool": """\
def str2bool(text):
    if text.lower() in ("yes", "true", "1"):
        return True
    if text.lower() in ("no", "false", "0"):
        return False
    raise argparse.ArgumentTypeError("a boolean is expected")
""",
    "Mode": """\
class Mode(Enum):
    FAST = "f"
    SLOW = "s"
    F = "SLOW"
""",
    "Speed": """\
class Speed(Enum):
    FAST = "f"
    SLOW = "s"
""",
    "percent": """\
def percent(text):
    return float(text) / 100
""",
    "numbers": """\
def numbers(text):
    return [int(part) for part in text.split(",")]
""",
    "Adam": """\
class Adam:
    pass


class Sgd:
    pass
""",
    "optimizer": """\
def optimizer(text):
    return {"adam": Adam, "sgd": Sgd}[text]
""",
    "StoreDict": """\
class StoreDict(argparse.Action):
    def __call__(self, parser, namespace, values, option_string=None):
        setattr(namespace, self.dest, dict(word.split(":") for word in values))
""",
    "OnOff": """\
class OnOff(argparse.Action):
    def __init__(self, option_strings, dest, default=None, **keywords):
        names = [*option_strings, *("--no-" + o[2:] for o in option_strings)]
        super().__init__(names, dest, nargs=0, default=default)

    def __call__(self, parser, namespace, values, option_string=None):
        setattr(namespace, self.dest, not option_string.startswith("--no-"))
""",
}

# fmt: off
KINDS = (
    kind("a float", "FLAGS, type=float, default=0.1", [(0.5, "FLAG=0.5"), (1, "FLAG=1"), (0.1, "")], [("1e-3", "FLAG=1e-3"), ("x", "FLAG=x"), (True, None), (None, None), ([1], None)], contrary="FLAG=7", python="0.25", number=True),
    kind("a whole float", "FLAGS, type=float, default=1.0", [(2, "FLAG=2"), (1, ""), (0.5, "FLAG=0.5")], [("x", "FLAG=x"), (None, None)], contrary="FLAG=7", python="3.0", number=True),
    kind("an int", "FLAGS, type=int, default=5", [(7, "FLAG=7"), (-2, "FLAG=-2"), (5, "")], [(7.0, None), ("7", "FLAG=7"), ("x", "FLAG=x"), (True, None), (None, None), ({"a": 1}, None)], contrary="FLAG=3", python="6", number=True),
    kind("an int of any default", "FLAGS, type=int", [(7, "FLAG=7"), (None, "")], [("x", "FLAG=x"), (False, None)], contrary="FLAG=3", python="6"),
    kind("an int with a text as default", 'FLAGS, type=int, default="5"', [(7, "FLAG=7"), (5, "")], [("5", "FLAG=5")], contrary="FLAG=3", python="6", number=True),
    kind("an int that is off", "FLAGS, type=int, default=False", [(7, "FLAG=7"), (False, "")], [(True, None)], contrary="FLAG=3"),
    kind("text", 'FLAGS, default="adam"', [("sgd", "FLAG=sgd"), ("", ["FLAG="]), ("-x", "FLAG=-x"), ("adam", "")], [(5, "FLAG=5"), (None, None), (["a"], None)], contrary="FLAG=z", python='"b"'),
    kind("text with a type", 'FLAGS, type=str, default=""', [("a b", ["FLAG=a b"]), ("--y=3", "FLAG=--y=3"), ("", "")], [(2, "FLAG=2"), (None, None)], contrary="FLAG=z", python='"b"'),
    kind("text or None", "FLAGS, default=None", [("a", "FLAG=a"), (None, "")], [(5, "FLAG=5")], contrary="FLAG=z", python='"b"'),
    kind("no type, a number", "FLAGS, default=3", [("7", "FLAG=7"), (3, "")], [(7, "FLAG=7"), (None, None)], contrary="FLAG=z", python="4"),
    kind("no type, on", "FLAGS, default=True", [("no", "FLAG=no"), (True, "")], [(False, None)], contrary="FLAG=z"),
    kind("no type, a list", "FLAGS, default=[1, 2]", [([1, 2], "")], [], contrary="FLAG=z", python="[3]"),
    kind("a choice", 'FLAGS, choices=["a", "b"], default="a"', [("b", "FLAG=b"), ("a", "")], [("z", "FLAG=z"), (None, None)], contrary="FLAG=b", python='"b"'),
    kind("a choice of numbers", "FLAGS, type=int, choices=range(4), default=1", [(2, "FLAG=2"), (1, "")], [(9, "FLAG=9"), ("2", "FLAG=2")], contrary="FLAG=3", python="3", number=True),
    kind("a default that is no choice", 'FLAGS, choices=["a", "b"], default="auto"', [("b", "FLAG=b"), ("auto", "")], [("z", "FLAG=z")], contrary="FLAG=a"),
    kind("a switch", 'FLAGS, action="store_true"', [(True, "FLAG"), (False, "")], [("False", None), (0, None), (None, None)], contrary="FLAG", python="True"),
    kind("a switch that turns off", '"--no-NAME", dest="DEST", action="store_false"', [(False, "--no-NAME"), (True, "")], [("True", None)], contrary="--no-NAME", python="False"),
    kind("a switch that is on", 'FLAGS, action="store_true", default=True', [(True, "")], [(False, None)]),
    kind("a pair of switches", ['"--NAME", dest="DEST", action="store_true"', '"--no-NAME", dest="DEST", action="store_false"'], [(True, "--NAME"), (False, "")], [("x", None)], contrary="--NAME"),
    kind("one of several words", ['"--NAME-fast", dest="DEST", action="store_const", const="fast", default="mid"', '"--NAME-slow", dest="DEST", action="store_const", const="slow"'], [("slow", "--NAME-slow"), ("fast", "--NAME-fast"), ("mid", "")], [("warp", None)], contrary="--NAME-fast"),
    kind("a class by a switch", 'FLAGS, action="store_const", const=Sgd, default=Adam', [("__main__.Sgd", "FLAG"), ("__main__.Adam", "")], [("x", None)], contrary="FLAG", needs=("Adam",)),
    kind("a count", 'FLAGS, action="count", default=0', [(2, "FLAG FLAG"), (0, "")], [("2", None), (True, None)], contrary="FLAG", number=True),
    kind("on or off", "FLAGS, action=argparse.BooleanOptionalAction, default=True", [(False, "--no-NAME"), (True, "FLAG")], [("False", None), (None, None)], contrary="--no-NAME"),
    kind("type=bool", "FLAGS, type=bool, default=False", [(True, "FLAG=True"), (False, "")], [("False", "FLAG=False"), (None, None)], contrary="FLAG=1"),
    kind("a boolean by text", 'FLAGS, type=str2bool, nargs="?", const=True, default=False', [(True, "FLAG"), (False, "")], [("no", "FLAG=no"), ("maybe", "FLAG=maybe")], contrary="FLAG", needs=("str2bool",)),
    kind("several numbers", 'FLAGS, type=int, nargs="+", default=[7]', [([1, 2], "FLAG 1 2"), ([7], "")], [(3, "FLAG 3"), (["1"], "FLAG 1"), ([], None), (None, None), (["x"], "FLAG x")], contrary="FLAG 3 3", python="[4]"),
    kind("any number of words", 'FLAGS, nargs="*"', [(["a", "b"], "FLAG a b"), ([], "FLAG"), (None, "")], [(["--zz"], None)], contrary="FLAG q"),
    kind("two numbers", "FLAGS, type=float, nargs=2, default=(0.9, 0.99)", [([0.5, 0.6], "FLAG 0.5 0.6"), ([0.9, 0.99], "")], [([0.5], "FLAG 0.5")], contrary="FLAG 1 1"),
    kind("a word or none", 'FLAGS, nargs="?", const="all"', [("all", "FLAG"), ("a", "FLAG=a"), (None, "")], [(5, "FLAG=5")], contrary="FLAG=q"),
    kind("words one by one", 'FLAGS, action="append"', [(["a", "--b"], "FLAG=a FLAG=--b"), (None, "")], [("a", "FLAG=a")], contrary="FLAG=q"),
    kind("words added to a first", 'FLAGS, action="append", default=["base"]', [(["base", "a"], "FLAG=a"), (["base"], "")], [(None, None)], contrary="FLAG=q"),
    kind("pairs one by one", 'FLAGS, action="append", nargs=2, type=int', [([[1, 2], [3, 4]], "FLAG 1 2 FLAG 3 4"), (None, "")], [([1, 2], None)], contrary="FLAG 9 9"),
    kind("numbers joined", 'FLAGS, action="extend", nargs="+", type=int', [([3, 4], "FLAG 3 FLAG 4"), (None, "")], [([[3]], None)], contrary="FLAG 9"),
    kind("a path", 'FLAGS, type=Path, default="x"', [("a/b", "FLAG=a/b"), ("x", "")], [(5, "FLAG=5"), (None, None)], contrary="FLAG=z", python='Path("p")'),
    kind("a path of its own", 'FLAGS, type=Path, default=Path("runs") / "a"', [("b", "FLAG=b"), ("runs/a", "")], contrary="FLAG=z", python='Path("p")'),
    kind("an enum", "FLAGS, type=Speed, default=Speed.FAST", [("s", "FLAG=s"), ("SLOW", "FLAG=s"), ("FAST", "")], [("z", "FLAG=z"), (1, "FLAG=1")], contrary="FLAG=s", python="Speed.SLOW", needs=("Speed",)),
    kind("an enum by name", "FLAGS, type=lambda name: Speed[name], default=Speed.FAST", [("SLOW", "FLAG=SLOW"), ("FAST", "")], [("z", "FLAG=z")], contrary="FLAG=SLOW", python="Speed.SLOW", needs=("Speed",)),
    kind("a mixed enum", "FLAGS, type=Mode, default=Mode.FAST", [("s", "FLAG=s"), ("SLOW", "FLAG=s"), ("F", "FLAG=SLOW"), ("FAST", "")], [("z", "FLAG=z"), (1, "FLAG=1")], contrary="FLAG=s", python="Mode.SLOW", needs=("Mode",)),
    kind("json", "FLAGS, type=json.loads, default={}", [('{"a": 1}', ['FLAG={"a": 1}']), ({"a": 2}, ['FLAG={"a": 2}']), ({}, "")], [([1], None), ("x", "FLAG=x")], contrary="FLAG=[3]"),
    kind("a tuple by eval", "FLAGS, type=eval, default=(1, 2)", [("(3, 4)", ["FLAG=(3, 4)"]), ([1, 2], "")], [([3, 4], None)], contrary="FLAG=5"),
    kind("numbers in one word", "FLAGS, type=numbers, default=[1, 2]", [("3,4", "FLAG=3,4"), ([1, 2], "")], [([3, 4], "FLAG=3,4"), ("x", "FLAG=x")], contrary="FLAG=9", needs=("numbers",)),
    kind("a number that is changed", "FLAGS, type=percent, default=0.5", [("25", "FLAG=25"), (0.5, "")], [(0.25, None)], contrary="FLAG=9", needs=("percent",)),
    kind("a class that is looked up", 'FLAGS, type=optimizer, default="adam"', [("sgd", "FLAG=sgd"), ("__main__.Adam", "")], [("__main__.Sgd", None)], contrary="FLAG=sgd", needs=("Adam", "optimizer")),
    kind("an action of its own", 'FLAGS, action=StoreDict, nargs="+", default={}', [("a:1", "FLAG a:1"), ({}, "")], [({"a": "1"}, "FLAG a:1")], contrary="FLAG z:9", needs=("StoreDict",)),
    kind("switches of its own", "FLAGS, action=OnOff, default=False", [(True, "FLAG"), (False, "--no-NAME")], [("yes", None)], contrary="FLAG", needs=("OnOff",)),
    kind("nothing if not given", "FLAGS, type=float, default=argparse.SUPPRESS", [(0.5, "FLAG=0.5")], [("x", "FLAG=x")], contrary="FLAG=7"),
    kind("required text", "FLAGS, required=True", [("a", "FLAG=a"), ("", ["FLAG="])], [(None, None)], contrary="FLAG=z", required=True),
    kind("a required number", "FLAGS, type=int, required=True", [(3, "FLAG=3")], [("x", "FLAG=x"), (None, None)], contrary="FLAG=9", required=True),
    kind("a positional", '"NAME"', [("d", "d")], [(None, None)], contrary="z", positional=True, required=True),
    kind("a positional number", '"NAME", type=int', [(3, "3")], [("x", "x")], contrary="9", positional=True, required=True),
    kind("a positional that may lack", '"NAME", nargs="?", default="d0"', [("d", "d"), ("d0", "")], [], contrary="z", positional=True),
    kind("several positionals", '"NAME", nargs="*", type=int', [([3, 4], "3 4"), ([], "")], [(["x"], "x")], contrary="9", positional=True),
)
# fmt: on
