"""Launched values and the dataclass that simple_parsing fills, with the real one."""

from __future__ import annotations

import ast
from typing import Any

import pytest

from jobready.outcome import Rewritten
from tests.contract.in_process import Runs
from tests.edits.tools import migrated

pytest.importorskip("simple_parsing")
TOP = """\
from dataclasses import asdict, dataclass, field
from enum import Enum
from pathlib import Path
from typing import ClassVar, List, Literal, Optional, Tuple

import wandb
from simple_parsing import ArgumentParser
from simple_parsing.helpers import list_field


class Kind(Enum):
    SGD = 1
    ADAM = "adam"


@dataclass
class Config:
    data: str
    lr: float = 0.1
"""
FIELDS = """\
    whole: float = 2.0
    amp: bool = False
    flip: bool = True
    maybe: Optional[bool] = None
    seed: Optional[int] = 3
    steps: int = None
    n: int = 1
    gpus: List[int] = field(default_factory=lambda: [0])
    names: Optional[List[str]] = None
    masks: List[bool] = list_field(True, False)
    how: Kind = Kind.SGD
    level: Optional[Literal["x", "y"]] = None
    tags: List[str] = list_field("a", "b")
    betas: Tuple[float, float] = (0.9, 0.99)
    sizes: Tuple[int, ...] = (1, 2)
    out: Path = Path("runs")
    mode: Literal["a", "b"] = "a"
    note: str = field(default="n", metadata={"help": "a note"})
    KIND: ClassVar[str] = "x"
    plain = 3
    made: int = field(default=0, init=False)

    def __post_init__(self):
        self.made = len(self.gpus)

"""
REST = """\

parser = ArgumentParser(description="trains")
parser.add_arguments(Config, dest="config")
args = parser.parse_args().config
wandb.init(config=vars(args))
"""
SCRIPT = TOP + FIELDS + REST
# Each beside the words that say the same.
SAME: list[tuple[dict[str, Any], str]] = [
    ({"lr": 0.5}, "--lr 0.5"),
    ({"lr": 1, "whole": 3}, "--lr 1 --whole 3"),
    ({"amp": True, "flip": False}, "--amp --noflip"),
    ({"amp": False, "flip": True}, "--amp False --flip yes"),
    ({"maybe": True}, "--maybe True"),
    ({"maybe": False}, "--maybe false"),
    ({"seed": 5, "steps": 7, "n": 2}, "--seed 5 --steps 7 -n 2"),
    ({"gpus": [1, 2], "names": ["c"], "tags": []}, "--gpus 1 2 --names c --tags"),
    ({"masks": [False], "how": "ADAM", "level": "y"}, "--masks no --how ADAM --level y"),
    ({"betas": [0.5, 1], "sizes": [3]}, "--betas 0.5 1 --sizes 3"),
    ({"out": "x/y", "mode": "b", "note": "--x"}, "--out x/y --mode b --note=--x"),
]
RECORDED = {
    "data": "d",
    "lr": 0.1,
    "whole": 2,
    "amp": False,
    "flip": True,
    "maybe": None,
    "seed": 3,
    "steps": None,
    "n": 1,
    "gpus": [0],
    "names": None,
    "masks": [True, False],
    "how": "SGD",
    "level": None,
    "tags": ["a", "b"],
    "betas": [0.9, 0.99],
    "sizes": [1, 2],
    "out": "runs",
    "mode": "a",
    "note": "n",
    "made": 1,
}
CONTRARY = "--data e --lr 7 --amp --noflip --maybe 1 --steps 4 --gpus 9 --names z --sizes 8"


@pytest.fixture
def runs(monkeypatch: pytest.MonkeyPatch) -> Runs:
    outcome = migrated(SCRIPT)
    assert isinstance(outcome, Rewritten), outcome
    return Runs(SCRIPT, outcome.text, monkeypatch)


@pytest.mark.parametrize("argv", ["--data d", CONTRARY])
def test_the_same_without_a_launch(argv: str, runs: Runs) -> None:
    assert repr(runs.after(argv)) == repr(runs.before(argv))


@pytest.mark.parametrize(("launched", "words"), SAME)
def test_a_launched_value_counts_as_on_the_command_line(
    launched: dict[str, Any], words: str, runs: Runs
) -> None:
    expected = repr(runs.before(f"--data d {words}"))
    assert repr(runs.after("--data d", launched)) == expected
    assert repr(runs.after("", {**launched, "data": "d"})) == expected


def test_what_was_recorded_is_launched_again(runs: Runs) -> None:
    for argv in ("", CONTRARY):
        assert repr(runs.after(argv, RECORDED)) == repr(runs.before("--data d"))


def test_what_is_wrong_stops_by_name(runs: Runs) -> None:
    assert "argument --lr" in runs.refusal("--data d", {"lr": "x"})
    assert "argument --amp" in runs.refusal("--data d", {"amp": "maybe"})
    assert "argument config.gpus" in runs.refusal("--data d", {"gpus": [[1]]})
    assert "argument config.seed" in runs.refusal("--data d", {"seed": None})
    assert "argument --how" in runs.refusal("--data d", {"how": "adam"})
    assert "argument --level" in runs.refusal("--data d", {"level": "z"})
    assert "argument --mode" in runs.refusal("--data d", {"mode": "c"})
    assert "the following arguments are required: --data" in runs.refusal("", {"lr": 1})


def test_keys_that_are_no_field_are_passed_over(runs: Runs) -> None:
    launched = {"made": 5, "KIND": "y", "config": {"lr": 3}, "config.lr": 3}
    assert repr(runs.after("--data d", launched)) == repr(runs.before("--data d"))


def outcome_of(body: str = "", rest: str = REST) -> str:
    """What becomes of a dataclass with more in it, and of other ways to parse and show."""
    return str(migrated(f"{TOP}{body}{rest}"))


@pytest.mark.parametrize(
    ("parse", "shown"),
    [
        (
            "args = parser.parse_args()\nwandb.init()",
            "wandb.init(config=vars(args.config))",
        ),
        ("c = parser.parse_args().config\nwandb.init()", "wandb.init(config=vars(c))"),
        (
            "c = parser.parse_args().config\nwandb.init(config=asdict(c))",
            "(config=asdict(c))",
        ),
        ("c = parser.parse_args().config\nwandb.init(config=c)", "wandb.init(config=c)"),
    ],
)
def test_what_an_init_shows(parse: str, shown: str) -> None:
    outcome = migrated(f"{TOP}{REST.partition('args =')[0]}{parse}\nprint(wandb.run)\n")
    assert isinstance(outcome, Rewritten), outcome
    assert shown in outcome.text
    assert "job_args(parser))" in outcome.text


def test_a_dataclass_that_a_function_gets() -> None:
    rest = REST.replace(
        "args = parser", "def main(config):\n    wandb.init()\n\nmain(parser"
    )
    rest = rest.replace("().config\nwandb.init(config=vars(args))", "().config)")
    assert "wandb.init(config=vars(config))" in outcome_of(rest=rest)


def test_an_overwrite_behind_the_fields_is_named() -> None:
    body = "\n    def __post_init__(self):\n        self.lr *= 2\n"
    assert "lr is overwritten; a clone overwrites it again" in outcome_of(body)


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (
            "    inner: 'Config' = field(default_factory=dict)\n",
            "the field inner has a dataclass that it is in",
        ),
        ("    x: dict = None\n", "a type that isn't followed: dict"),
        ("    _x: int = 1\n", "'_x' is lost in a copy of the job's config"),
        ("    x: Tuple[int, str] = (1, 'a')\n", "a type that isn't followed"),
        ("    x: Literal[1, 2] = 1\n", "a type that isn't followed"),
        ("    x: int | str = 1\n", "a type that isn't followed"),
        ("    x: List[list] = list_field([1])\n", "a type that isn't followed"),
        ("    x: Unknown = None\n", "a type that isn't followed"),
        (
            "    x: int = field(default=1, metadata={'choices': [1]})\n",
            "how the field x is",
        ),
        ("    x: int = made()\n", "only a run tells how the field x is read"),
        ("    def __setattr__(self, *x):\n        pass\n", "may change the fields"),
        ("    def lr(self):\n        pass\n", "Config.lr may change the fields"),
        ("    lr = property(print)\n", "more than fields and methods"),
        (
            "    def f(self):\n        self.__dict__['lr'] = 2\n",
            "Config.f may change the f",
        ),
    ],
)
def test_what_is_refused_of_a_dataclass(body: str, reason: str) -> None:
    assert reason in outcome_of(body)
    assert not isinstance(migrated(f"{TOP}{body}{REST}"), Rewritten)


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("description=", "nested_mode=", "made with nested_mode"),
        ("description=", "add_config_path_arg=", "made with add_config_path_arg"),
        ('dest="config")', 'dest="config", prefix="x")', "only a run tells which options"),
        ('dest="config")', "dest=__name__)", "only a run tells which options"),
        ("(Config,", "(Config(data='x'),", "is not in this file"),
        (
            "args =",
            "parser.add_argument('--lr')\nargs =",
            "lr may be the name of something",
        ),
        (
            "args =",
            "parser.add_argument('--a.b')\nargs =",
            "b may be the name of something",
        ),
        ("args =", "parser.add_arguments(Config, 'b')\nargs =", "lr may be the name of"),
        ('"config")', '"lr")', "lr may be the name of something else"),
        ("args =", "parser.set_defaults(config=1)\nargs =", "set_defaults may change"),
        ("args =", "parser.add_subparsers()\nargs =", "has commands"),
        ("args =", "args = parser.parse_args()\nargs.config = 1\nargs =", "is set anew"),
        ("wandb.init(", "wandb.agent('x', function=print)\nwandb.init(", "a sweep whose"),
    ],
)
def test_what_is_refused_of_a_parser(old: str, new: str, reason: str) -> None:
    assert old in REST
    rest = REST.replace(old, new)
    outcome = migrated(f"{TOP}{rest}")
    assert not isinstance(outcome, Rewritten), outcome
    assert reason in str(outcome)


@pytest.mark.parametrize("decorator", ["", "@dataclass(slots=True)", "@dataclass\n@frozen"])
def test_what_is_no_plain_dataclass(decorator: str) -> None:
    script = SCRIPT.replace("@dataclass\n", f"{decorator}\n")
    assert "Config is no plain dataclass" in str(migrated(script))


def test_a_function_that_parses_is_not_followed() -> None:
    rest = "import simple_parsing\nargs = simple_parsing.parse(Config)\nwandb.init()\n"
    assert "simple_parsing, which is not supported" in outcome_of(rest=rest)


def test_a_parser_without_dataclasses_is_as_argparse_has_it() -> None:
    rest = REST.replace("s(Config, dest=", "(").replace('"config"', '"--lr", type=float')
    rest = rest.replace(".config", "")
    assert "parser.parse_args(sys.argv[1:] + job_args(parser))" in outcome_of(rest=rest)
    assert "_preprocessing" not in outcome_of(rest=rest)


def test_all_that_a_parse_gives_is_shown_with_the_fields_beside_it() -> None:
    rest = REST.replace(".config\n", "\n")
    text = outcome_of(rest=rest)
    assert '{f"args/{k}": v for k, v in vars(args.config).items()}' in text


TWO = (
    TOP.replace("    data: str\n", "")
    + """\


@dataclass
class Data:
    path: str
    size: int = 8


parser = ArgumentParser()
parser.add_argument("--seed", type=int, default=1)
parser.add_arguments(Config, "config")
parser.add_arguments(Data, dest="data")
"""
)
ALL = '{**vars(args.config), **vars(args.data), "seed": args.seed}'


@pytest.mark.parametrize(
    "parse", ["args = parser.parse_args()", "args, _ = parser.parse_known_args()"]
)
def test_several_dataclasses_and_options_beside_them(
    parse: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = f"{TWO}{parse}\nwandb.init()\n"
    outcome = migrated(script)
    assert isinstance(outcome, Rewritten), outcome
    assert f"wandb.init(config={ALL})" in outcome.text
    runs = Runs(script, outcome.text, monkeypatch)
    launched = {"lr": 0.5, "path": "p", "size": 2, "seed": 3, "config": {"lr": 9}}
    expected = repr(runs.before("--lr 0.5 --path p --size 2 --seed 3"))
    assert repr(runs.after("", launched)) == expected
    assert repr(runs.after("--lr 7 --path q --seed 4", launched)) == expected
    assert repr(runs.after("--path p")) == repr(runs.before("--path p"))


@pytest.mark.parametrize(
    ("config", "note"),
    [
        ("vars(args.config)", "doesn't show path, size and seed: a clone takes"),
        ("{**vars(args.config), **asdict(args.data)}", "doesn't show seed: a clone takes"),
        ("{'lr': args.config.lr, 'seed': args.seed}", "doesn't show path and size: a"),
    ],
)
def test_a_run_that_shows_some_of_several(config: str, note: str) -> None:
    text = str(migrated(f"{TWO}args = parser.parse_args()\nwandb.init(config={config})\n"))
    assert note in text
    assert "args/" not in text


@pytest.mark.parametrize(
    "shows",
    [
        "wandb.init(config=args)",
        "wandb.init(config={'all': vars(args), **load()})",
        "c = asdict(args.config)\nc['lr'] = 3\nwandb.init(config=c)",
        "wandb.init(config=vars(load(args.config)))",
    ],
)
def test_a_run_of_which_it_can_not_be_told_what_it_shows(shows: str) -> None:
    outcome = migrated(f"{TWO}args = parser.parse_args()\n{shows}\n")
    assert isinstance(outcome, Rewritten), outcome
    update = ast.parse(outcome.text).body[-1]
    beside = f"{{f'args/{{k}}': v for k, v in {ALL}.items()}}"
    assert ast.unparse(ast.parse(beside)) in ast.unparse(update)


def test_what_a_run_shows_besides_is_refused_under_the_name_of_a_field() -> None:
    shows = "wandb.init(config={**vars(args.config), 'lr': 3})"
    outcome = migrated(f"{TWO}args = parser.parse_args()\n{shows}\n")
    assert "which isn't surely the parameter" in str(outcome)


def test_an_overwrite_of_one_of_several_is_named() -> None:
    rest = "args = parser.parse_args()\nargs.data.size *= 2\nargs.seed = 5\nwandb.init()\n"
    assert "size and seed are overwritten; a clone" in str(migrated(TWO + rest))


def test_a_secret_in_one_of_several_is_left_out() -> None:
    script = TWO.replace(
        "    size: int = 8\n", "    size: int = 8\n    api_key: str = ''\n"
    )
    rest = "args = parser.parse_args()\nwandb.init(<config>)\n"
    outcome = migrated(script + rest.replace("<config>", ""))
    assert isinstance(outcome, Rewritten), outcome
    assert 'if k != "api_key"' in outcome.text
    items = "{**vars(args.config), 'seed': args.seed}.items() if k != 'lr'"
    shown = migrated(
        script + rest.replace("<config>", f"config={{k: v for k, v in {items}}}")
    )
    assert "doesn't show lr, path, size and api_key: a clone takes" in str(shown)
    one = "config={k: v for k, v in vars(args.data).items() if k != 'size'}"
    assert "doesn't show lr, size and seed" in str(
        migrated(script + rest.replace("<config>", one))
    )


def test_one_of_two_dataclasses_under_one_name() -> None:
    add = 'parser.add_arguments(Data, dest="data")'
    either = (
        f"if 'BIG' in os.environ:\n    {add}\nelse:\n    {add.replace('Data', 'Other')}"
    )
    other = "@dataclass\nclass Other:\n    more: int = 1\n\n"
    script = TWO.replace(add, f"import os\n{other}{either}")
    outcome = migrated(f"{script}args = parser.parse_args()\nwandb.init()\n")
    assert "only a run tells which dataclass is called data" in str(outcome)
    assert not isinstance(outcome, Rewritten)
