# ruff: noqa: E501  a table: one row a line
"""What a launched value must do, parser feature by parser feature: the rows.

A row is a parser, a config and the command line that the config stands for. ``loud`` rows
have a value that no command line gives: they must stop with the parameter's name.
"""

from __future__ import annotations

import argparse
import json
import math
import os.path
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.edits import matrix_types
from tests.edits.matrix_laws import Option, option
from tests.edits.matrix_types import (
    Adam,
    Color,
    InData,
    Joined,
    Lower,
    Number,
    OnOff,
    Preset,
    Sgd,
    StoreDict,
    Updated,
    existing,
    experiment,
    in_data,
    lower_true,
    maybe_int,
    numbers,
    optimizer,
    percent,
    positive,
    str2bool,
    upper,
    whole,
    words,
)


@dataclass(frozen=True)
class Row:
    """``cli`` None: the script must stop by name. ``argv``: the job's fixed command line."""

    name: str
    options: tuple[Option, ...]
    config: dict[str, Any]
    cli: tuple[str, ...] | None
    argv: tuple[str, ...] = ()
    result: Any = None  # the parameter's value, where no command line gives it


def row(
    name: str,
    options: Option | Sequence[Option],
    config: dict[str, Any],
    cli: str | Sequence[str] | None,
    argv: str = "",
    result: Any = None,
) -> Row:
    several = (options,) if isinstance(options, Option) else tuple(options)
    found = cli.split() if isinstance(cli, str) else cli
    return Row(
        name,
        several,
        config,
        None if found is None else tuple(found),
        tuple(argv.split()),
        result,
    )


# fmt: off
BOOLEAN = argparse.BooleanOptionalAction
LR = option("--lr", type=float, default=0.1)
N = option("--n", type=int, default=5)
TAG = option("--tag", type=str, default="x")
UNTYPED = option("--n", default=5)
M = option("--m", choices=["a", "b"], default="a")
G = option("--g", type=int, nargs="+", default=[7])
GF = option("--g", type=float, nargs="*", default=None)
BETAS = option("--betas", type=float, nargs=2, default=(0.9, 0.999))
C = option("--c", nargs="?", const="auto", default=None)
T = option("--t", action="append", default=["base"])
T0 = option("--t", action="append")
TI = option("--t", action="append", type=int)
EXT = option("--t", action="extend", nargs="+", type=int)
F = option("--f", action="store_true")
NOF = option("--no-f", dest="f", action="store_false")
PAIR = (F, NOF)
FAST = option("--fast", dest="mode", action="store_const", const="fast", default="mid")
SLOW = option("--slow", dest="mode", action="store_const", const="slow")
OPT = option("--sgd", dest="opt", action="store_const", const=Sgd, default=Adam)
V = option("-v", "--verbose", action="count", default=0)
V0 = option("-v", action="count")
BO = option("--f", action=BOOLEAN, default=True)
TB = option("--f", type=bool, default=True)
S2B = option("--f", type=str2bool, default=False, kind="boolean")
CLEANRL = option("--f", type=str2bool, default=True, nargs="?", const=True, kind="boolean")
LT = option("--f", type=lower_true)
PATH = option("--o", type=Path, default="x")
PATH0 = option("--o", type=Path, default=Path("runs") / "a")
ENUM = option("--e", type=Color, default=Color.RED)
JSON = option("--kw", type=json.loads, default={})
JSONT = option("--kw", type=json.loads, default='{"b": 2}')
EVAL = option("--sz", type=eval, default=(1, 2))
EVALL = option("--sz", type=eval, default=[1, 2])
CSV = option("--sz", type=numbers, default=[1, 2])
CSVT = option("--sz", type=numbers, default="1,2")
LOOKUP = option("--opt", type=optimizer, default="sgd")
DATA = option("--data", required=True)
P = option("data")
PI = option("data", type=int)
PQ = option("data", nargs="?")
PQD = option("data", nargs="?", default="d0")
PS = option("data", nargs="*")
PSD = option("data", nargs="*", default=["d0"])
PP = option("data", nargs="+", type=int)
P2 = option("data", nargs=2)
A = option("--a", group="required x")
B = option("--b", group="required x")
FILE = option("--fh", type=argparse.FileType("r"))
FILE_OUT = option("--fh", type=argparse.FileType("r"), default=sys.stdin)
HERE = option("--data", type=existing, default="/nowhere")
HERE_N = (option("--data", type=existing, default="."), option("--n", type=int, default=""))
JOINED = option("--note", action=Joined)
CONF = option("--conf", action=Updated, default={})
KW = option("--kw", action=StoreDict, nargs="+", default={})
LOWER = option("--name", action=Lower)
PRESET = option("--preset", action=Preset)
ONOFF = option("--f", action=OnOff, default=False)
LIST = option("--layers", default=[1, 2])
DICT = option("--kw", default={"a": 1})

ROWS = (
    # numbers and text
    row("a whole number for a float", LR, {"lr": 1}, "--lr 1"),
    row("a number as text for a float", LR, {"lr": "1e-3"}, "--lr 1e-3"),
    row("a float with a whole value for an int", N, {"n": 10.0}, None),
    row("text for an int", N, {"n": "x"}, None),
    row("true for an int", N, {"n": True}, None),
    row("an array for an int", N, {"n": [1, 2]}, None),
    row("an object for an int", N, {"n": {"a": 1}}, None),
    row("null for an int", N, {"n": None}, None),
    row("null for text", TAG, {"tag": None}, None),
    row("null for required text", DATA, {"data": None}, None),
    row("null for required text given in argv", DATA, {"data": None}, None, argv="--data x"),
    row("no type, a number as default", UNTYPED, {"n": 7}, "--n 7"),
    row("no type, the number that is the default", UNTYPED, {"n": 5}, "", argv="--n 6"),
    row("no type, a whole float as default", option("--n", default=1.0), {"n": 1}, ""),
    row("no type, another number", option("--n", default=1.0), {"n": 2}, "--n 2"),
    row("int with a float as default", option("--n", type=int, default=1e5), {"n": 100000}, ""),
    row("float with an int as default", option("--w", type=float, default=0), {"w": 0}, ""),
    row("float with an int as default, changed", option("--w", type=float, default=0), {"w": 1}, "--w 1"),
    row("text, a number", TAG, {"tag": 2}, "--tag 2"),
    row("text with a number as default", option("--tag", type=str, default=5), {"tag": 5}, ""),
    row("text, empty", TAG, {"tag": ""}, ["--tag", ""]),
    row("text that starts with a dash", TAG, {"tag": "-x"}, "--tag=-x"),
    row("text that looks like an option", TAG, {"tag": "--tag=y"}, "--tag=--tag=y"),
    row("text with spaces, equals and a newline", TAG, {"tag": "a = b\nc"}, ["--tag", "a = b\nc"]),
    row("text with a percent sign", TAG, {"tag": "50%"}, "--tag 50%"),
    row("a default of None", option("--o"), {"o": None}, ""),
    row("a default of None, changed", option("--o"), {"o": "y"}, "--o y"),
    row("a default of None that beats argv", option("--o"), {"o": None}, "", argv="--o z"),
    row("int with a default of None", option("--s", type=int), {"s": 3}, "--s 3"),
    row("a default as text for the type", option("--n", type=int, default="5"), {"n": 5}, ""),
    row("the same as text, against argv", option("--n", type=int, default="5"), {"n": "5"}, "--n 5", argv="--n 6"),
    row("nan as default", option("--x", type=float, default=math.nan), {"x": None}, ""),
    row("infinity", LR, {"lr": math.inf}, "--lr inf"),
    row("a big int", N, {"n": 2**62 + 1}, f"--n {2**62 + 1}"),
    row("a negative number", N, {"n": -3}, "--n=-3"),
    row("a negative number with an exponent", LR, {"lr": -1e-05}, "--lr=-1e-05"),
    row("false where the default is True, no type", option("--f", default=True), {"f": False}, None),
    row("int with False as default", option("--n", type=int, default=False), {"n": True}, None),
    row("int with False as default, unchanged", option("--n", type=int, default=False), {"n": False}, ""),
    row("0 is not False", option("--n", type=int, default=False), {"n": 0}, "--n 0"),
    row("short option only", option("-n", type=int, default=1), {"n": 4}, "-n 4"),
    row("short option, text of letters", [option("-o", default="x"), option("-v", action="store_true")], {"o": "v"}, "-o v"),
    row("single-dash long option", option("-lr", type=float, default=1e-3), {"lr": 0.5}, "-lr 0.5"),
    row("several names", option("--lr", "-l", type=float, default=1e-3), {"lr": 0.5}, "--lr 0.5"),
    # choices
    row("a choice", M, {"m": "b"}, "--m b"),
    row("no choice", M, {"m": "zzz"}, None),
    row("no choice, int", option("--m", type=int, choices=[1, 2], default=1), {"m": 3}, None),
    row("choices from a range", option("--m", type=int, choices=range(5), default=1), {"m": 3}, "--m 3"),
    row("a default that is no choice", option("--m", choices=["a", "b"], default="auto"), {"m": "auto"}, "", argv="--m a"),
    row("a default of None beside choices", option("--m", choices=["a", "b"]), {"m": None}, ""),
    row("a default that is no choice, beside a Path", [option("--m", choices=["a"], default=""), PATH], {"m": "", "o": "x"}, "", argv="--o z --m a"),
    # nargs
    row("nargs=+", G, {"g": [1, 2]}, "--g 1 2"),
    row("nargs=+, as text", G, {"g": ["1", "2"]}, "--g 1 2"),
    row("nargs=+, one number", G, {"g": 3}, "--g 3"),
    row("nargs=+, one as text", G, {"g": "3"}, "--g 3"),
    row("nargs=+, empty", G, {"g": []}, None),
    row("nargs=+, null", G, {"g": None}, None),
    row("nargs=+, an array within", G, {"g": [[1], 2]}, None),
    row("nargs=+, its default against argv", G, {"g": [7]}, "", argv="--g 1 2"),
    row("nargs=+, negative", G, {"g": [-1, -2]}, "--g -1 -2"),
    row("nargs=*, floats", GF, {"g": [1, 2.5]}, "--g 1 2.5"),
    row("nargs=*, empty", GF, {"g": []}, "--g"),
    row("nargs=*, null for None", GF, {"g": None}, ""),
    row("nargs=*, a negative exponent", GF, {"g": [-1e-05]}, None),
    row("nargs=*, an item that is an option", option("--g", nargs="*"), {"g": ["--g"]}, None),
    row("nargs=2 with a tuple as default", BETAS, {"betas": [0.8, 0.9]}, "--betas .8 .9"),
    row("nargs=2, unchanged", BETAS, {"betas": [0.9, 0.999]}, ""),
    row("nargs=2, too few", BETAS, {"betas": [0.8]}, None),
    row("nargs with an int as default", option("--g", type=int, nargs="+", default=5), {"g": 5}, ""),
    row("nargs with text as default", option("--g", nargs="+", default="all"), {"g": "all"}, ""),
    row("nargs with text for int as default", option("--g", type=int, nargs="+", default="5"), {"g": 5}, ""),
    row("nargs with choices", option("--g", nargs="+", choices="abc"), {"g": ["a", "c"]}, "--g a c"),
    row("nargs with bad choice", option("--g", nargs="+", choices="abc"), {"g": ["a", "z"]}, None),
    row("nargs=+ of Paths", option("--g", nargs="+", type=Path), {"g": ["a", "c"]}, "--g a c"),
    row("nargs=+ of booleans", option("--g", nargs="+", type=str2bool, kind="boolean"), {"g": [True, False]}, "--g true false"),
    row("nargs=+ of Enums", option("--g", nargs="+", type=Color), {"g": ["RED", "b"]}, "--g r b"),
    row("nargs=+ of type bool", option("--g", nargs="+", type=bool), {"g": [True, False]}, ["--g", "x", ""]),
    row("nargs=?, a value", C, {"c": "x"}, "--c x"),
    row("nargs=?, its const", C, {"c": "auto"}, "--c"),
    row("nargs=?, a number as const", option("--c", nargs="?", const=5, default=1), {"c": 5}, "--c"),
    row("nargs=?, a number beside a const", option("--c", nargs="?", const=5, default=1), {"c": 6}, "--c 6"),
    row("nargs=?, true as const", option("--resume", nargs="?", const=True, default=False), {"resume": True}, "--resume"),
    row("nargs=?, text beside true", option("--resume", nargs="?", const=True, default=False), {"resume": "a.pt"}, "--resume a.pt"),
    row("nargs=?, false", option("--resume", nargs="?", const=True, default=False), {"resume": False}, "", argv="--resume"),
    # append, extend
    row("append, the array is the whole value", T, {"t": ["x"]}, None, result=["x"]),
    row("append, its default", T, {"t": ["base"]}, "", argv="--t z"),
    row("append, against argv", T0, {"t": ["x", "y"]}, "--t x --t y", argv="--t z"),
    row("append, one text", T0, {"t": "x"}, "--t x"),
    row("append, one text against argv", T0, {"t": "x"}, "--t x", argv="--t z"),
    row("append, one text behind a default", T, {"t": "x"}, "--t x", argv="--t z"),
    row("append, one text that is needed", option("--t", action="append", required=True), {"t": "x"}, "--t x"),
    row("append, empty", T0, {"t": []}, None, result=[]),
    row("append, null", T0, {"t": None}, ""),
    row("append, null against a default", T, {"t": None}, None),
    row("append of ints", TI, {"t": ["3", 4]}, "--t 3 --t 4"),
    row("append of ints, text", TI, {"t": ["x"]}, None),
    row("append of text that looks like options", T0, {"t": ["--t", "-1"]}, "--t=--t --t=-1"),
    row("append with nargs", option("--t", action="append", nargs=2, type=int), {"t": [[1, 2], [3, 4]]}, "--t 1 2 --t 3 4", argv="--t 5 6"),
    row("append with nargs, flat", option("--t", action="append", nargs=2, type=int), {"t": [1, 2]}, None),
    row("append with nargs, an option within", option("--t", action="append", nargs="+"), {"t": [["a", "-x"]]}, None),
    row("extend", EXT, {"t": [3, 4]}, "--t 3 4", argv="--t 9"),
    row("extend, nested", EXT, {"t": [[3, 4]]}, None),
    row("extend with a default", option("--t", action="extend", nargs="*", default=["a"]), {"t": ["b"]}, None, result=["b"]),
    # switches
    row("store_true, true", F, {"f": True}, "--f"),
    row("store_true, false", F, {"f": False}, ""),
    row("store_true, false against argv", F, {"f": False}, "", argv="--f"),
    row("store_true, 'False'", F, {"f": "False"}, None),
    row("store_true, 'True'", F, {"f": "True"}, None),
    row("store_true, 0", F, {"f": 0}, None),
    row("store_true, 1", F, {"f": 1}, None),
    row("store_true, null", F, {"f": None}, None),
    row("short switch, letters of others", [option("-a", action="store_true"), option("-b", action="store_true")], {"a": "b"}, None),
    row("store_true that is on, false", option("--f", action="store_true", default=True), {"f": False}, None, result=False),
    row("store_true without a default, false", option("--f", action="store_true", default=None), {"f": False}, None, result=False),
    row("store_true without a default, null", option("--f", action="store_true", default=None), {"f": None}, ""),
    row("store_false", NOF, {"f": False}, "--no-f"),
    row("store_false, true", NOF, {"f": True}, "", argv="--no-f"),
    row("store_true and store_false, off", PAIR, {"f": False}, ""),
    row("store_true and store_false, on", PAIR, {"f": True}, "--f", argv="--no-f"),
    row("store_true and store_false, null", PAIR, {"f": None}, None),
    row("store_true and store_false, text", PAIR, {"f": "x"}, None),
    row("store_const, one of several", [FAST, SLOW], {"mode": "slow"}, "--slow"),
    row("store_const, the first", [FAST, SLOW], {"mode": "fast"}, "--fast", argv="--slow"),
    row("store_const, the default", [FAST, SLOW], {"mode": "mid"}, "", argv="--slow"),
    row("store_const, none of them", [FAST, SLOW], {"mode": "warp"}, None),
    row("store_const, null", [FAST, SLOW], {"mode": None}, None),
    row("store_const of a class", OPT, {"opt": f"{matrix_types.__name__}.Sgd"}, "--sgd"),
    row("store_const of a class, its default", OPT, {"opt": f"{matrix_types.__name__}.Adam"}, "", argv="--sgd"),
    row("store_const of a number", option("--big", dest="n", action="store_const", const=9, default=1), {"n": 9}, "--big"),
    row("store_const of a float", option("--big", dest="n", action="store_const", const=2.0, default=1), {"n": 2}, "--big"),
    row("an option and a switch for one dest", [option("--device", default="gpu"), option("--cpu", dest="device", action="store_const", const="cpu")], {"device": "tpu"}, "--device tpu", argv="--cpu"),
    row("count", V, {"verbose": 2}, "-vv", argv="-v"),
    row("count, 0", V, {"verbose": 0}, "", argv="-v"),
    row("count, true", V, {"verbose": True}, None),
    row("count, null", V, {"verbose": None}, None),
    row("count without a default, null", V0, {"v": None}, ""),
    row("count, text", V, {"verbose": "2"}, None),
    row("count, 2.0", V, {"verbose": 2.0}, None),
    # booleans
    row("BooleanOptionalAction, false", BO, {"f": False}, "--no-f", argv="--f"),
    row("BooleanOptionalAction, true", BO, {"f": True}, "--f", argv="--no-f"),
    row("BooleanOptionalAction, 'False'", BO, {"f": "False"}, None),
    row("BooleanOptionalAction, null", BO, {"f": None}, None),
    row("BooleanOptionalAction required", option("--f", action=BOOLEAN, required=True), {"f": False}, "--no-f"),
    row("type=bool, false", TB, {"f": False}, ["--f", ""]),
    row("type=bool, true", option("--f", type=bool, default=False), {"f": True}, "--f True"),
    row("type=bool, 'False'", TB, {"f": "False"}, "--f False"),
    row("type=bool, required", option("--f", type=bool, required=True), {"f": False}, ["--f", ""]),
    row("str2bool, true", S2B, {"f": True}, "--f true"),
    row("str2bool, false", S2B, {"f": False}, "--f false", argv="--f true"),
    row("str2bool, 'false'", S2B, {"f": "false"}, "--f false"),
    row("str2bool, nonsense", S2B, {"f": "maybe"}, None),
    row("str2bool with nargs=?, false", CLEANRL, {"f": False}, "--f false"),
    row("str2bool with nargs=?, true", CLEANRL, {"f": True}, "--f"),
    row("str2bool with text as default", option("--f", type=str2bool, default="True", kind="boolean"), {"f": False}, "--f false"),
    row("str2bool, null", S2B, {"f": None}, None),
    row("own boolean that knows 'true' only", LT, {"f": True}, None),
    row("own boolean, its word", LT, {"f": "true"}, "--f true"),
    # types
    row("Path", PATH, {"o": "x/y"}, "--o x/y"),
    row("Path, its default against argv", PATH, {"o": "x"}, "--o x", argv="--o z"),
    row("Path that is no tidy path", PATH, {"o": "./x//y"}, "--o ./x//y"),
    row("Path object as default", PATH0, {"o": "runs/a"}, "", argv="--o z"),
    row("Path, a number", PATH, {"o": 5}, "--o 5"),
    row("os.path.abspath", option("--o", type=os.path.abspath, default="/x"), {"o": "y"}, "--o y"),
    row("Enum by value", ENUM, {"e": "b"}, "--e b"),
    row("Enum by name, as recorded", ENUM, {"e": "BLUE"}, "--e b"),
    row("Enum, its default", ENUM, {"e": "RED"}, "", argv="--e b"),
    row("Enum with choices", option("--e", type=Color, choices=list(Color)), {"e": "BLUE"}, "--e b"),
    row("Enum, no member", ENUM, {"e": "z"}, None),
    row("IntEnum by name", option("--e", type=Number, default=Number.ONE), {"e": "TWO"}, None),
    row("FileType, with a file as default", FILE_OUT, {"fh": str(sys.stdin)}, ""),
    row("own type, its default is refused", HERE, {"data": "."}, "--data ."),
    row("own type, the default that is refused", HERE, {"data": "/nowhere"}, None),
    row("own type beside a number without a default", HERE_N, {"n": 3}, "--n 3 --data ."),
    row("own action that asks for what it sets", JOINED, {"note": "a"}, "--note a"),
    row("FileType, a path", FILE, {"fh": __file__}, ["--fh", __file__]),
    row("FileType, as recorded", FILE, {"fh": f"<_io.TextIOWrapper name={__file__!r}>"}, None),
    row("FileType, null for None", FILE, {"fh": None}, "", argv=f"--fh {__file__}"),
    row("FileType, an object", FILE, {"fh": {"a": 1}}, None),
    row("json.loads, text", JSON, {"kw": '{"a": 1}'}, ["--kw", '{"a": 1}']),
    row("json.loads, an object", JSON, {"kw": {"a": 1}}, ["--kw", '{"a": 1}']),
    row("json.loads, text as default", JSONT, {"kw": {"b": 2}}, "", argv="--kw {}"),
    row("json.loads, text as default, changed", JSONT, {"kw": {"b": 3}}, ["--kw", '{"b": 3}']),
    row("json.loads, an array for an object", JSON, {"kw": [1]}, None),
    row("json.loads without a default", option("--kw", type=json.loads), {"kw": {"a": 1}}, None),
    row("json.loads, a number", option("--kw", type=json.loads), {"kw": 5}, "--kw 5"),
    row("eval, text", EVAL, {"sz": "(3,4)"}, "--sz (3,4)"),
    row("eval, a tuple as default", EVAL, {"sz": [1, 2]}, "", argv="--sz 5"),
    row("eval, an array for a tuple", EVAL, {"sz": [3, 4]}, None),
    row("eval, an array for a list", EVALL, {"sz": [3, 4]}, "--sz [3,4]"),
    row("comma-separated, an array", CSV, {"sz": [3, 4]}, "--sz 3,4"),
    row("comma-separated, text", CSV, {"sz": "3,4"}, "--sz 3,4"),
    row("comma-separated, text as default", CSVT, {"sz": [1, 2]}, "", argv="--sz 3"),
    row("comma-separated, text as default, changed", CSVT, {"sz": [3]}, "--sz 3"),
    row("comma-separated words", option("--w", type=words, default="a"), {"w": "b,c"}, "--w b,c"),
    row("own type that looks up", LOOKUP, {"opt": "adam"}, "--opt adam"),
    row("own type that looks up, as recorded", LOOKUP, {"opt": f"{matrix_types.__name__}.Sgd"}, "", argv="--opt adam"),
    row("own type that looks up, another as recorded", LOOKUP, {"opt": f"{matrix_types.__name__}.Adam"}, None),
    row("own type that changes a number", option("--p", type=percent, default=0.5), {"p": 0.25}, None),
    row("own type that changes a number, its default", option("--p", type=percent, default=0.5), {"p": 0.5}, "", argv="--p 10"),
    row("own type with text as default", option("--p", type=percent, default="50"), {"p": 0.5}, "", argv="--p 10"),
    row("own type that reads 1e3", option("--n", type=whole, default=10), {"n": 1000}, "--n 1e3"),
    row("own type that checks", option("--p", type=positive, default=1.0), {"p": 2}, "--p 2"),
    row("own type that checks, bad", option("--p", type=positive, default=1.0), {"p": -2}, None),
    row("own type that adds text", option("--name", type=experiment, default="exp_a"), {"name": "exp_b"}, None),
    row("own type that adds text, its default", option("--name", type=experiment), {"name": None}, ""),
    row("own type that changes case", option("--name", type=upper, default="A"), {"name": "b"}, "--name b"),
    row("own type that gives None", option("--n", type=maybe_int, default="none"), {"n": None}, "", argv="--n 3"),
    row("own type that gives None, a number", option("--n", type=maybe_int, default="none"), {"n": 3}, "--n 3"),
    row("own type that joins a folder", option("--o", type=in_data), {"o": "x"}, None),
    row("type=list", option("--layers", type=list, default=[1, 2]), {"layers": [3, 4]}, None, result=[3, 4]),
    row("no type, a list as default", LIST, {"layers": [3, 4]}, None, result=[3, 4]),
    row("no type, a list, its default", LIST, {"layers": [1, 2]}, "", argv="--layers 5"),
    row("no type, a dict as default", DICT, {"kw": {"b": [2]}}, None, result={"b": [2]}),
    row("no type, an array for a dict", DICT, {"kw": [1]}, None),
    row("text, a list", TAG, {"tag": ["a"]}, None),
    row("text, a dict", TAG, {"tag": {"a": 1}}, None),
    row("text, a truth value", TAG, {"tag": True}, None),
    # actions of the script's own
    row("own action, text", KW, {"kw": "a:1"}, "--kw a:1"),
    row("own action, several", KW, {"kw": ["a:1", "b:2"]}, "--kw a:1 b:2", argv="--kw c:3"),
    row("own action, its default", KW, {"kw": {}}, "", argv="--kw a:1"),
    row("own action, as recorded", KW, {"kw": {"a": "1"}}, None),
    row("own action of a dict, as recorded", CONF, {"conf": {"a": 1}}, "--conf {'a':1}"),
    row("own action of a dict, also in argv", CONF, {"conf": {"a": 1}}, "--conf {'a':1}", argv="--conf {'b':2}"),
    row("own action of a dict, over another", option("--conf", action=Updated, default={"b": 2}), {"conf": {"a": 1}}, None),
    row("own action of a dict, all of it", option("--conf", action=Updated, default={"b": 2}), {"conf": {"a": 1, "b": 3}}, "--conf {'a':1,'b':3}"),
    row("own action of a dict, its default", CONF, {"conf": {}}, "", argv="--conf {'b':2}"),
    row("own action of a dict, text", CONF, {"conf": "{'a':1}"}, "--conf {'a':1}"),
    row("own action of a dict, a number", CONF, {"conf": 3}, None),
    row("own action, a number", LOWER, {"name": 5}, "--name 5"),
    row("own action that changes case", LOWER, {"name": "A"}, "--name a"),
    row("own action, null for None", LOWER, {"name": None}, "", argv="--name a"),
    row("own action that joins a folder", option("--o", action=InData), {"o": "x"}, None),
    row("own action that sets another", [LR, PRESET], {"preset": "p"}, "--preset p", argv="--lr 3"),
    row("own action that sets another, launched too", [LR, PRESET], {"preset": "p", "lr": 5}, "--preset p --lr 5"),
    row("own action that sets another, an earlier one", [PRESET, LR], {"lr": 5, "preset": "p"}, "--preset p --lr 5"),
    row("own pair of switches, off", ONOFF, {"f": False}, "--no-f", argv="--f"),
    row("own pair of switches, on", ONOFF, {"f": True}, "--f", argv="--no-f"),
    row("own pair of switches, text", ONOFF, {"f": "yes"}, None),
    row("own pair of switches that is on", option("--f", action=OnOff, default=True), {"f": False}, "--no-f"),
    row("own action of a positional", option("name", action=Lower), {"name": "A"}, "A"),
    row("own action, required", option("--kw", action=StoreDict, nargs="+", required=True), {"kw": "a:1"}, "--kw a:1"),
    # required, positionals, groups
    row("required", DATA, {"data": "d"}, "--data d"),
    row("required, missing", DATA, {}, None),
    row("required with a default", option("--n", type=int, default=3, required=True), {"n": 3}, "--n 3"),
    row("positional", P, {"data": "d"}, "d"),
    row("positional, also in argv", P, {"data": "d"}, "d", argv="x"),
    row("positional, missing", P, {}, None),
    row("positional, null", P, {"data": None}, None),
    row("positional that starts with a dash", P, {"data": "-d"}, "-- -d"),
    row("positional int", PI, {"data": 3}, "3", argv="4"),
    row("positional int, text", PI, {"data": "x"}, None),
    row("positional Path", option("data", type=Path), {"data": "d"}, "d"),
    row("positional ?", PQ, {"data": "d"}, "d", argv="x"),
    row("positional ?, null", PQ, {"data": None}, "", argv="x"),
    row("positional ? with a default", PQD, {"data": "d"}, "d"),
    row("positional ?, its default", PQD, {"data": "d0"}, "", argv="x"),
    row("positional ? int with a default", option("data", type=int, nargs="?", default=5), {"data": 6}, "6"),
    row("positional *", PS, {"data": ["d", "e"]}, "d e", argv="x y z"),
    row("positional * of ints, 0", option("data", nargs="*", type=int), {"data": 0}, "0"),
    row("positional *, empty text", PS, {"data": ""}, [""]),
    row("positional *, empty", PS, {"data": []}, ""),
    row("positional *, empty against argv", PS, {"data": []}, "", argv="x"),
    row("positional * with a default", PSD, {"data": ["e"]}, "e"),
    row("positional *, its default", PSD, {"data": ["d0"]}, "", argv="x"),
    row("positional * with choices", option("data", nargs="*", choices=["d", "e"], default="d"), {"data": ["e"]}, "e"),
    row("positional +", PP, {"data": [1, 2]}, "1 2", argv="3"),
    row("positional + empty", PP, {"data": []}, None),
    row("positional nargs=2", P2, {"data": ["a", "b"]}, "a b", argv="c d"),
    row("positional nargs=2, too few", P2, {"data": ["a"]}, None),
    row("two positionals, one launched", [option("src"), option("dst")], {"dst": "z"}, "a z", argv="a b"),
    row("two positionals, both", [option("src"), option("dst")], {"dst": "z", "src": "y"}, "y z"),
    row("positional with a choice", option("cmd", choices=["a", "b"]), {"cmd": "b"}, "b"),
    row("positional with a bad choice", option("cmd", choices=["a", "b"]), {"cmd": "z"}, None),
    row("positional and options", [P, LR, F], {"data": "d", "lr": 1, "f": True}, "d --lr 1 --f", argv="x --lr 3"),
    row("positional with dashes", option("data-dir"), {"data-dir": "d"}, "d"),
    row("required group", [A, B], {"a": "1"}, "--a 1"),
    row("required group, as recorded", [A, B], {"a": "1", "b": None}, "--a 1"),
    row("required group, both", [A, B], {"a": "1", "b": "2"}, None),
    row("required group, none", [A, B], {}, None),
    row("required group of switches", [option("--x", action="store_true", group="required y"), option("--y", action="store_true", group="required y")], {"x": False, "y": True}, "--y"),
    row("group, the other in argv", [option("--a", group="z"), option("--b", group="z")], {"a": "1"}, None, argv="--b 2"),
    # names, keys
    row("SUPPRESS as default", option("--lr", type=float, default=argparse.SUPPRESS), {"lr": 0.5}, "--lr 0.5"),
    row("SUPPRESS beside a default to convert", [option("--lr", type=float, default=argparse.SUPPRESS), CSVT], {"sz": [3]}, "--sz 3"),
    row("dashes in the name", option("--batch-size", type=int, default=1), {"batch_size": 2}, "--batch-size 2"),
    row("the flag's name is no key", option("--batch-size", type=int, default=1), {"batch-size": 2}, ""),
    row("a key with dashes before it", LR, {"--lr": 0.5}, "--lr 0.5"),
    row("dest", option("--lr", dest="learning_rate", type=float, default=0.1), {"learning_rate": 0.5}, "--lr 0.5"),
    row("dest that starts with _", option("--seed", dest="_seed", type=int, default=1), {"_seed": 2}, "--seed 2"),
    row("a key of no parameter", LR, {"n_params": 12345}, ""),
    row("a key that abbreviates", option("--model-name", default="a"), {"model": "resnet"}, ""),
    row("keys of W&B's own", LR, {"_wandb": {"x": 1}}, ""),
    row("the key self", LR, {"self": 1}, ""),
    row("the key help", [LR, option("--o")], {"help": "x"}, ""),
    row("the key help, null", [LR, option("--o")], {"help": None}, ""),
    row("the key version", [LR, option("--o"), option("--version", action="version", version="1")], {"version": "x"}, ""),
    row("the key version, null", [LR, option("--o"), option("--version", action="version", version="1")], {"version": None}, ""),
    row("the key version, plain options only", [LR, option("--version", action="version", version="1")], {"version": None, "help": 1}, ""),
    row("dots in the name", option("--opt.lr", type=float, default=0.1), {"opt.lr": 0.5}, "--opt.lr 0.5"),
    row("an object with the name before the dot", option("--opt.lr", type=float, default=0.1), {"opt": {"lr": 0.5}}, ""),
    row("a member of wandb.Config", option("--update", action="store_true"), {"update": True}, "--update"),
    row("an abbreviation in argv", [option("--learning-rate", type=float), F], {"learning_rate": None}, "", argv="--learn 3"),
    row("an abbreviation in argv, others launched", [option("--learning-rate", type=float), F], {"f": False}, "--learn 3", argv="--learn 3"),
)
# fmt: on
