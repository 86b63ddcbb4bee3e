"""Parsers of all kinds, drawn by hypothesis, and what a launched value may do to them."""

from __future__ import annotations

import argparse
import json
import math
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from tests.edits.matrix_laws import Option, alike, original, recorded
from tests.edits.matrix_types import (
    Adam,
    Color,
    InData,
    Lower,
    OnOff,
    StoreDict,
    experiment,
    maybe_int,
    numbers,
    optimizer,
    percent,
    str2bool,
    upper,
    whole,
)

# A type: defaults that scripts give it, words that it reads.
TYPES: dict[Any, tuple[list[Any], list[str]]] = {
    None: (
        [None, "a", 1, 1.0, 0.5, True, False, [1, 2.5], {"k": 1}, ()],
        ["a", "-b", "5", ""],
    ),
    str: ([None, "a", "", 3], ["a", "x y", "--n=3", "None"]),
    int: ([None, 0, 5, -1, "7", 1e5, False], ["3", "-4", "0"]),
    float: ([None, 0.1, 1.0, 0, "2.5", math.inf, math.nan], ["0.5", "1", "-1e-05", "inf"]),
    bool: ([None, True, False], ["True", "", "False"]),
    str2bool: ([None, True, False, "False"], ["true", "no"]),
    Path: ([None, "d", Path("a/b"), ""], ["x/y", "./z//w"]),
    Color: ([None, Color.RED, "b"], ["r", "b"]),
    json.loads: (
        [None, {}, {"a": 1}, [3], "{}"],
        ['{"a": 2}', "[1, 2]", "5", "null", "true"],
    ),
    percent: ([None, 0.5, "50"], ["10", "100"]),
    numbers: ([None, [1, 2], "1,2", (1, 2)], ["3,4", "5"]),
    upper: ([None, "A", "b"], ["C", "d"]),
    experiment: ([None, "exp_a"], ["b"]),
    optimizer: ([None, "sgd", Adam], ["adam", "sgd"]),
    whole: ([None, 10, 2.0], ["1e3", "5"]),
    maybe_int: ([None, 3, "none"], ["none", "4"]),
}
VALUES: list[Any] = [
    *[None, True, False, 0, 1, 3, -2, 10.0, 0.5, -1e-05, 2**70],
    *["a", "b", "", "-x", "--n0", "False", "true", "1e-3", "5", "none", "RED", "BLUE", "r"],
    *[[], ["a"], ["b", "-x"], [1, 2], [1.0, 2.5], [True], [[1, 2]], [None], ["RED"]],
    *[{}, {"a": 1}, {"k": [2]}],
    *["10", "exp_b", "adam", "./z//w", "A", "d", "3,4", "[1, 2]", '{"a": 2}'],
]


@st.composite
def options(draw: st.DrawFn, number: int) -> list[Option]:
    """One parameter, or a pair of switches for one."""
    dest = f"n{number}"
    action = draw(
        st.sampled_from(
            ["store"] * 8
            + ["store_true", "store_true", "store_false", "store_const", "pair", "modes"]
            + ["append", "extend", "count", argparse.BooleanOptionalAction]
            + [InData, Lower, OnOff, StoreDict]
        )
    )
    group = draw(st.sampled_from([None] * 6 + ["exclusive", "required exclusive"]))
    if action == "pair":
        off = Option((f"--no-{dest}",), {"dest": dest, "action": "store_false"})
        return [Option((f"--{dest}",), {"action": "store_true"}), off]
    if action == "modes":
        modes = draw(
            st.lists(st.sampled_from(["a", 5, 2.0, Adam, True]), min_size=2, max_size=3)
        )
        default = draw(st.sampled_from([None, "mid", 1, 3.0]))
        return [
            Option(
                (f"--{dest}-{i}",),
                {"dest": dest, "action": "store_const", "const": c, "default": default},
            )
            for i, c in enumerate(modes)
        ]
    keywords: dict[str, Any] = {} if action == "store" else {"action": action}
    if action in ("store_true", "store_false", argparse.BooleanOptionalAction):
        if draw(st.integers(0, 3)) == 0:
            keywords["default"] = draw(st.sampled_from([True, False, None]))
        return [Option((f"--{dest}",), keywords, group)]
    if action == "store_const":
        keywords["const"] = draw(st.sampled_from(["a", 5, 2.0, Adam, True, False]))
        keywords["default"] = draw(st.sampled_from([None, "b", 1, False]))
        return [Option((f"--{dest}",), keywords, group)]
    if action in (InData, Lower, StoreDict, OnOff):
        own: dict[Any, list[Any]] = {
            StoreDict: [None, {}, {"a": "1"}],
            OnOff: [None, True, False],
        }
        keywords["default"] = draw(st.sampled_from(own.get(action, [None, "a", "A"])))
        if action is StoreDict:
            keywords["nargs"] = "+"
        return [Option((f"--{dest}",), keywords, group)]
    if action == "count":
        keywords["default"] = draw(st.sampled_from([None, 0, 1]))
        return [Option((f"--{dest}",), keywords, group)]
    return [draw(_valued(dest, keywords, group))]


@st.composite
def _valued(
    draw: st.DrawFn, dest: str, keywords: dict[str, Any], group: str | None
) -> Option:
    type_ = draw(st.sampled_from([None, str, int, float] * 2 + list(TYPES)))
    defaults, _ = TYPES[type_]
    action = keywords.get("action", "store")
    if type_ is not None:
        keywords["type"] = type_
    if action == "extend":
        keywords["nargs"] = draw(st.sampled_from(["+", "*"]))
    elif draw(st.integers(0, 2)) == 0:
        keywords["nargs"] = draw(
            st.sampled_from(["+", 2] if action == "append" else ["?", "*", "+", 2, 1])
        )
    nargs = keywords.get("nargs")
    if nargs == "?" and draw(st.booleans()):
        keywords["const"] = draw(st.sampled_from([True, "a", 5, None]))
    several = action != "store" or nargs in ("*", "+", 1, 2)
    if several:
        lists: list[Any] = [None, []] + (
            [[3]] if type_ is int else [["a"]] if type_ in (None, str) else []
        )
        defaults = lists if action != "store" or draw(st.booleans()) else defaults
    if draw(st.integers(0, 4)):
        keywords["default"] = draw(st.sampled_from(defaults))
    if type_ in (None, str, int) and draw(st.integers(0, 5)) == 0:
        keywords["choices"] = [1, 3, 5] if type_ is int else ["a", "b", ""]
    kind = "boolean" if type_ is str2bool else None
    if action == "store" and draw(st.integers(0, 6)) == 0:
        keywords.pop("const", None)
        return Option((dest,), keywords, None, kind)
    if not group and draw(st.integers(0, 5)) == 0:
        keywords["required"] = True
    flags = draw(
        st.sampled_from([(f"--{dest}",), (f"-{dest}",), (f"-{dest}", f"--{dest}-long")])
    )
    if len(flags) == 2:
        keywords["dest"] = dest
    return Option(flags, keywords, group, kind)


@st.composite
def parsers(draw: st.DrawFn) -> list[Option]:
    """Up to five parameters; positionals that take several come last and alone."""
    count = draw(st.integers(1, 5))
    found = [o for i in range(count) for o in draw(options(i))]
    greedy = [
        o for o in found if not o.flags[0].startswith("-") and o.keywords.get("nargs")
    ]
    return [o for o in found if o not in greedy[1:]]


@st.composite
def command_lines(
    draw: st.DrawFn, parser: Sequence[Option], full: bool = False
) -> list[str]:
    """Words that the parser may read; ``full``: what is required is there."""
    words: list[str] = []
    grouped = False
    for o in parser:
        required = o.keywords.get("required") or not o.flags[0].startswith("-")
        in_group = o.group is not None
        if in_group and grouped:
            continue
        if not (full and (required or in_group)) and draw(st.booleans()):
            continue
        grouped = grouped or in_group
        words += draw(_words_of(o))
    return words


@st.composite
def _words_of(draw: st.DrawFn, o: Option) -> list[str]:
    action = o.keywords.get("action", "store")
    flag = o.flags[-1]
    if action == argparse.BooleanOptionalAction:
        return [draw(st.sampled_from([flag, f"--no-{flag[2:]}"]))]
    if action in ("store_true", "store_false", "store_const", "count"):
        return [flag]
    if action is OnOff:
        return [draw(st.sampled_from([flag, f"--no-{flag[2:]}"]))]
    if action is StoreDict:
        return [flag, *draw(st.lists(st.sampled_from(["a:1", "b:2"]), min_size=1))]
    choices = o.keywords.get("choices")
    known = [str(c) for c in choices] if choices else TYPES[o.keywords.get("type")][1]
    nargs = o.keywords.get("nargs")
    positional = not flag.startswith("-")
    if nargs is None:
        word = draw(st.sampled_from(known))
        return (
            [word if not word.startswith("-") else "x"]
            if positional
            else [f"{flag}={word}"]
        )
    plain = [w for w in known if not w.startswith("-")]
    sizes = {"?": (0, 1), "*": (0, 3), "+": (1, 3), 1: (1, 1), 2: (2, 2)}[nargs]
    items = draw(st.lists(st.sampled_from(plain), min_size=sizes[0], max_size=sizes[1]))
    return items if positional else [flag, *items]


def may_become(parser: Sequence[Option], dest: str, value: Any) -> tuple[list[Any], bool]:
    """What a parameter may hold when it is launched with a value, and whether it must.

    The first are the values that count as right; empty: the script must stop. The second
    tells whether the contract forbids to stop.
    """
    same = [o for o in parser if dest_of(o) == dest]
    alone = [_alone(o) for o in same]
    first = same[0]
    positional = not first.flags[0].startswith("-")
    start = original(alone, [])
    known = dict(start.values or {})
    required = first.keywords.get("required") or (positional and dest not in known)
    if dest in known and not required:
        default = known[dest]
        once = recorded({dest: default})[dest]
        if alike(value, once) or (
            alike(value, default) and isinstance(value, float | list)
        ):
            by_words = isinstance(value, str) and "choices" in first.keywords
            return [default], not by_words
    found: list[Any] = []
    for o in alone:
        found += _as_words(o, dest, value)
    action = first.keywords.get("action", "store")
    switch = action in ("store_true", "store_false", argparse.BooleanOptionalAction)
    for o in same:
        const = o.keywords.get("const")
        if (
            "const" in o.keywords
            and const is not None
            and alike(value, recorded({"c": const})["c"])
        ):
            return [const, *found], False
    if isinstance(value, bool):
        if switch or (
            o.keywords.get("type") is bool and o.keywords.get("nargs") in (None, "?")
        ):
            return [value], True
        if action == "store_const" and isinstance(first.keywords.get("const"), bool):
            return [value], False
    if action == "count" and type(value) is int:
        return [value], True
    default = known.get(dest)
    if value is None and positional and first.keywords.get("nargs") == "*":
        return [None, default], False  # argparse makes [] of a default of None
    if type(value) in (list, dict) and type(value) is type(default) and action == "store":
        if first.keywords.get("nargs") in (None, "?"):
            return [value, *found], first.keywords.get("type") in (None, json.loads)
    return found, bool(found) and _is_right(first, value)


def dest_of(o: Option) -> str:
    return str(o.keywords.get("dest") or o.flags[-1].lstrip("-").replace("-", "_"))


def _alone(o: Option) -> Option:
    keywords = {k: v for k, v in o.keywords.items() if k != "required"}
    return Option(o.flags, keywords, None, o.kind)


def _as_words(o: Option, dest: str, value: Any) -> list[Any]:
    """What the value's text on the command line gives."""
    flag = o.flags[-1]
    action = o.keywords.get("action", "store")
    nargs = o.keywords.get("nargs")
    positional = not flag.startswith("-")
    if action is OnOff:
        tries = [original([o], [word]) for word in (flag, f"--no-{flag[2:]}")]
        found = [r.values[dest] for r in tries if r.values is not None]
        return [made for made in found if made is value]
    if action not in ("store", "append", "extend", InData, Lower, StoreDict):
        return []
    attempts: list[list[str]] = []
    if isinstance(value, list) and action != "store":
        o = Option(o.flags, {**o.keywords, "default": []}, None, o.kind)
        nested = action == "append" and nargs is not None
        if nested:
            attempts.append([w for i in value for w in _several(flag, i)])
        if not nested or not any(isinstance(i, list) for i in value):
            attempts.append([f"{flag}={text_of(o, i)}" for i in value])
    elif isinstance(value, list) and nargs not in (None, "?"):
        items = [text_of(o, i) for i in value]
        attempts.append(["--", *items] if positional else [flag, *items])
    elif not isinstance(value, list | dict) and value is not None:
        attempts.append(
            ["--", text_of(o, value)] if positional else [f"{flag}={text_of(o, value)}"]
        )
    results = [original([o], words) for words in attempts]
    return [r.values[dest] for r in results if r.values is not None and dest in r.values]


def _several(flag: str, item: Any) -> list[str]:
    return [flag, *map(str, item)] if isinstance(item, list) else [f"{flag}={item}"]


def text_of(o: Option, value: Any) -> str:
    """The value as somebody would type it."""
    named = isinstance(value, str) and o.keywords.get("type") is Color
    if named and value in Color.__members__:
        return str(Color[value].value)
    if o.keywords.get("type") is bool and isinstance(value, bool):
        return "x" if value else ""
    return str(value)


def _is_right(o: Option, value: Any) -> bool:
    """Whether the value is of the parameter's JSON kind, so that it must be taken."""
    kinds: dict[Any, tuple[type, ...]] = {
        None: (str,),
        str: (str,),
        int: (int,),
        float: (int, float),
        bool: (bool,),
        str2bool: (bool, str),
        Path: (str,),
        Color: (str,),
        whole: (int,),
        upper: (str,),
        optimizer: (str,),
        numbers: (str,),
        maybe_int: (int,),
    }
    allowed = kinds.get(o.keywords.get("type"), ())
    if not isinstance(o.keywords.get("action", "store"), str):
        return False
    several = (
        o.keywords.get("nargs") not in (None, "?") or o.keywords.get("action") == "append"
    )
    if several != isinstance(value, list):
        return False
    items = value if several else [value]
    if o.keywords.get("action") == "append" and o.keywords.get("nargs"):
        return False
    dashes = several and any(str(i).startswith("-") for i in items)
    return not dashes and all(type(i) in allowed for i in items)
