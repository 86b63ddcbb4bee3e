"""Launched values and dataclasses inside others, as simple_parsing fills them."""

from __future__ import annotations

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
from typing import List, Literal, Optional, Tuple, Union

import wandb
from simple_parsing import ArgumentParser, ConflictResolution, choice, flag, mutable_field
from simple_parsing import subgroups
from simple_parsing import field as option

Loss = Literal["ce", "kl"]


class Kind(Enum):
    SGD = 1
    ADAM = "adam"


@dataclass
class Schedule:
    name: str = "cosine"
    warmup: Optional[int] = None


@dataclass
class Optimizer:
    lr: float = 0.1
    kind: Kind = Kind.SGD
    nesterov: bool = False
    zero: Optional[bool] = option(action="store_true")
    plain: bool = option(action="store_false")
    betas: Tuple[float, float] = (0.9, 0.99)
    schedule: Schedule = mutable_field(Schedule, warmup=3)

    def rate(self):
        return self.lr


@dataclass
class Data:
    path: Path
    name: List[str] = option(default_factory=lambda: ["pile"], nargs="*")
    size: int = 8
    n: int = 1
"""
CONFIG = """\


@dataclass
class Config:
    data: Data
    optimizer: Optimizer = field(default_factory=lambda: Optimizer(lr=0.5, kind=Kind.ADAM))
    name: str = "run"
    seed: int = option(default=1, alias=["-s"])
    losses: List[Loss] = field(default_factory=lambda: ["ce"])
    how: str = choice("a", "b", default="a")
    fast: bool = flag(True)
    n: int = 2

    def batch(self):
        return self.data.size * self.n
"""
REST = """\

parser = ArgumentParser()
parser.add_arguments(Config, dest="config")
args = parser.parse_args()
wandb.init(config=asdict(args.config))
"""
SCRIPT = TOP + CONFIG + REST
# Each beside the words that say the same.
SAME: list[tuple[dict[str, Any], str]] = [
    ({"optimizer": {"lr": 0.25}, "seed": 3}, "--lr 0.25 -s 3"),
    ({"optimizer.lr": 0.25, "data.size": 3}, "--lr 0.25 --size 3"),
    ({"name": "x", "data": {"name": ["a", "b"]}}, "--name x --data.name a b"),
    (
        {"optimizer": {"schedule": {"name": "no", "warmup": 1}}},
        "--schedule.name no --warmup 1",
    ),
    ({"optimizer": {"kind": "SGD", "nesterov": True}}, "--kind SGD --nesterov"),
    ({"optimizer": {"zero": True, "plain": False}}, "--zero --plain"),
    ({"optimizer": {"betas": [0.5, 1]}, "fast": False}, "--betas 0.5 1 --nofast"),
    ({"how": "b", "n": 5, "data": {"n": 4}}, "--how b -n 5 --data.n 4"),
]
RECORDED = {
    "data": {"path": "d", "name": ["pile"], "size": 8, "n": 1},
    "optimizer": {
        "lr": 0.5,
        "kind": "ADAM",
        "nesterov": False,
        "zero": False,
        "plain": True,
        "betas": [0.9, 0.99],
        "schedule": {"name": "cosine", "warmup": 3},
    },
    "name": "run",
    "seed": 1,
    "losses": ["ce"],
    "how": "a",
    "fast": True,
    "n": 2,
}
CONTRARY = "--path e --lr 7 --kind SGD --zero --data.name z --warmup 9 --nofast --name y"


@pytest.fixture(params=["AUTO", "EXPLICIT"])
def resolution(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def runs(resolution: str, monkeypatch: pytest.MonkeyPatch) -> Runs:
    given = f"ArgumentParser(conflict_resolution=ConflictResolution.{resolution})"
    script = SCRIPT.replace("ArgumentParser()", given)
    outcome = migrated(script)
    assert isinstance(outcome, Rewritten), outcome
    return Runs(script, outcome.text, monkeypatch)


def spelled(words: str, resolution: str) -> str:
    """The words with the names that options have where all have their whole paths."""
    if resolution == "EXPLICIT":
        for old, new in (
            ("--name", "--config.name"),
            ("--data.", "--config.data."),
            ("--schedule.", "--config.optimizer.schedule."),
            ("-n ", "-config.n "),
        ):
            words = f" {words}".replace(f" {old}", f" {new}").strip()
    return words


@pytest.mark.parametrize("argv", ["--path d", CONTRARY])
def test_the_same_without_a_launch(argv: str, runs: Runs, resolution: str) -> None:
    argv = spelled(argv, resolution)
    assert repr(runs.after(argv)) == repr(runs.before(argv))


@pytest.mark.parametrize(("launched", "words"), SAME)
def test_a_launched_value_counts_as_on_the_command_line(
    launched: dict[str, Any], words: str, runs: Runs, resolution: str
) -> None:
    expected = repr(runs.before(f"--path d {spelled(words, resolution)}"))
    assert repr(runs.after("--path d", launched)) == expected
    with_path = {**launched, "data": {"path": "d", **launched.get("data", {})}}
    assert repr(runs.after("", with_path)) == expected


def test_what_was_recorded_is_launched_again(runs: Runs, resolution: str) -> None:
    for argv in ("", spelled(CONTRARY, resolution)):
        assert repr(runs.after(argv, RECORDED)) == repr(runs.before("--path d"))


def test_what_is_wrong_stops_by_name(runs: Runs) -> None:
    def refusal(**optimizer: Any) -> str:
        return runs.refusal("--path d", {"optimizer": optimizer})

    assert "argument --lr" in refusal(lr="x")
    assert "argument --kind" in refusal(kind="adam")
    assert "argument config.optimizer.zero" in refusal(zero=None)
    assert "argument config.optimizer.lr" in refusal(lr={"a": 1})
    assert "argument --losses" in runs.refusal("--path d", {"losses": ["kl"]})
    assert "required: --path" in runs.refusal("", {"optimizer": {"lr": 1}})


def test_keys_that_are_no_field_are_passed_over(runs: Runs) -> None:
    launched = {"optimizer": {"x": 1}, "config": {"seed": 3}, "config.seed": 3, "lr": 9}
    launched |= {"data": 5, "schedule": {"warmup": 9}}
    assert repr(runs.after("--path d", launched)) == repr(runs.before("--path d"))


COMMANDS = """\


@dataclass
class Train:
    data: Data
    optimizer: Optimizer
    name: str = "run"
    track: bool = True

    def run(self):
        wandb.init(config=asdict(self))


@dataclass
class Evaluate:
    data: Data
    name: str = "run"


@dataclass
class Main:
    command: Union[Train, Evaluate]

    def run(self):
        self.command.run()


parser = ArgumentParser()
parser.add_arguments(Main, dest="main")
args = parser.parse_args()
if isinstance(args.main.command, Train):
    args.main.run()
"""


@pytest.fixture
def commands(monkeypatch: pytest.MonkeyPatch) -> Runs:
    outcome = migrated(TOP + COMMANDS)
    assert isinstance(outcome, Rewritten), outcome
    return Runs(TOP + COMMANDS, outcome.text, monkeypatch)


@pytest.mark.parametrize("argv", ["train --path d", "evaluate --path d --name x"])
def test_commands_without_a_launch(argv: str, commands: Runs) -> None:
    assert repr(commands.after(argv)) == repr(commands.before(argv))


@pytest.mark.parametrize(
    ("launched", "words"),
    [
        ({"optimizer": {"lr": 2}, "track": False}, "--lr 2 --notrack"),
        ({"data": {"name": ["a"], "path": "e"}, "name": "y"}, "--data.name a --name y"),
        ({"optimizer": {"kind": "ADAM", "zero": True}}, "--kind ADAM --zero"),
    ],
)
def test_a_launched_value_of_a_command(
    launched: dict[str, Any], words: str, commands: Runs
) -> None:
    path = launched.get("data", {}).get("path", "d")
    expected = repr(commands.before(f"train --path {path} {words}"))
    assert repr(commands.after("train --path d", launched)) == expected
    assert repr(commands.after("train --path d --lr 9 --name z", launched)) == repr(
        commands.before(f"train --path {path} --lr 9 --name z {words}")
    )
    with_path = {**launched, "data": {"path": path, **launched.get("data", {})}}
    assert repr(commands.after("train", with_path)) == expected
    assert repr(commands.after("", {"command": "train", **with_path})) == expected


def test_what_a_job_can_not_say_of_commands(commands: Runs) -> None:
    assert "the job names no command" in commands.refusal("", {"optimizer": {"lr": 1}})
    assert "invalid W&B config: 'x'" in commands.refusal("", {"command": "x"})
    wrong = commands.refusal("evaluate --path d", {"command": "train"})
    assert "invalid W&B config: 'train'" in wrong
    assert "required" in commands.refusal("train", {"track": False})


def outcome_of(config: str = CONFIG, rest: str = REST, top: str = TOP) -> str:
    outcome = migrated(top + config + rest)
    return outcome.text if isinstance(outcome, Rewritten) else str(outcome)


def test_a_field_that_is_overwritten_inside_is_named() -> None:
    method = "    def rate(self):\n        self.lr *= 2\n"
    top = TOP.replace("    def rate(self):\n", method)
    outcome = str(migrated(top + CONFIG + REST))
    assert "optimizer.lr is overwritten; a clone overwrites it again" in outcome


@pytest.mark.parametrize(
    "shows",
    [
        "",
        "config=vars(args.config)",
        "config={**vars(args.config)}",
        "config={'optimizer': asdict(args.config.optimizer), 'seed': args.config.seed}",
        "config={'lr': args.config.optimizer.lr}",
    ],
)
def test_what_a_run_shows_is_launched_by_its_name(shows: str) -> None:
    rest = REST.replace("config=asdict(args.config)", shows)
    outcome = migrated(TOP + CONFIG + rest)
    assert isinstance(outcome, Rewritten), outcome
    assert ("config=vars(args.config))" in outcome.text) == (
        shows[:11] in ("", "config=vars")
    )
    assert ('names = {"lr": "optimizer.lr"}' in outcome.text) == ("'lr'" in shows)


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("data: Data\n", "data: Optional[Data] = None\n", "a type that isn't followed"),
        ("data: Data\n", "data: List[Data]\n", "a type that isn't followed"),
        ("data: Data\n", "data: Data = None\n", "only a run tells how the field data"),
        ("data: Data\n", "data: Union[Data, int]\n", "a type that isn't followed"),
        ("data: Data\n", "data: Data = subgroups({})\n", "which subgroup the field data"),
        ("data: Data\n", "data: Data\n    config: int = 1\n", "config may be the name of"),
        ("lambda: Optimizer(lr=0.5,", "lambda: Optimizer(0.5,", "how the field optimizer"),
        ("lambda: Optimizer(lr=0.5,", "lambda: made(lr=0.5,", "how the field optimizer is"),
        ("data: Data\n", "data: Data\n    inner: 'Config' = None\n", "that it is in"),
        ("losses: List[Loss]", "losses: List[Data]", "a type that isn't followed"),
        ('choice("a", "b",', 'choice({"a": 1},', "only a run tells how the field how"),
        ("flag(True)", 'flag(True, negative_prefix="no-")', "how the field fast is read"),
        ("option(default=1,", "option(default=1, type=int,", "how the field seed is read"),
        ("seed: int = option(", "seed: int = option(nargs=2, ", "how the field seed is"),
        ("seed: int = option(", "seed: int = option(cmd=False, ", "how the field seed is"),
    ],
)
def test_what_is_refused_of_dataclasses(old: str, new: str, reason: str) -> None:
    assert old in CONFIG
    assert reason in outcome_of(CONFIG.replace(old, new, 1))
    assert not isinstance(migrated(TOP + CONFIG.replace(old, new, 1) + REST), Rewritten)


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("    lr: float = 0.1\n", "    local_rank: int = 0\n", "local_rank is a rank"),
        ("    nesterov: bool = False\n", "    nesterov: dict = None\n", "isn't followed"),
        ("    def rate(", "    def lr(", "Optimizer.lr may change the fields"),
        ("@dataclass\nclass Opt", "@dataclass(slots=True)\nclass Opt", "no plain datac"),
        ("@dataclass\nclass Opt", "@frozen\n@dataclass\nclass Opt", "no plain dataclass"),
    ],
)
def test_what_is_refused_of_a_dataclass_inside(old: str, new: str, reason: str) -> None:
    assert old in TOP
    config = CONFIG.replace("Optimizer(lr=0.5, ", "Optimizer(")
    assert reason in outcome_of(config, top=TOP.replace(old, new, 1))


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("wandb.", "args.config.data = Data('x')\nwandb.", "args.config.data is set anew"),
        (
            "config))",
            "config))\nprint(wandb.config['data']['size'])",
            "a part of data alone",
        ),
        ("config))", "config))\nf(**wandb.config)", "taken back from the run"),
        ("args =", "parser.add_argument('--data')\nargs =", "data may be the name of"),
        ("args =", "parser.add_arguments(Holder, 'x')\nargs =", "data may be the name of"),
        ("args =", "parser.add_arguments(Plain, 'x')\nargs =", "optimizer may be the name"),
        ("ArgumentParser()", "ArgumentParser(nested_mode=1)", "made with nested_mode"),
        (
            "ArgumentParser()",
            "ArgumentParser(conflict_resolution=ConflictResolution.ALWAYS_MERGE)",
            "made with conflict_resolution",
        ),
        (
            "ArgumentParser()",
            "ArgumentParser(conflict_resolution=ConflictResolution.NONE)",
            "share an option",
        ),
    ],
)
def test_what_is_refused_of_what_is_done_with_it(old: str, new: str, reason: str) -> None:
    assert old in REST
    others = "\n@dataclass\nclass Holder:\n    data: Schedule\n"
    others += "\n@dataclass\nclass Plain:\n    optimizer: str = 'x'\n"
    outcome = migrated(TOP + CONFIG + others + REST.replace(old, new, 1))
    assert not isinstance(outcome, Rewritten), outcome
    assert reason in str(outcome)


@pytest.mark.parametrize(
    "change",
    [
        "shown['optimizer']['lr'] = 3",
        "shown['data'].update(size=3)",
        "del shown['data']['size']",
        "shown['data'] = 3",
        "shown.pop('data')",
    ],
)
def test_beside_a_copy_that_is_changed_inside_all_are_shown(change: str) -> None:
    rest = f"shown = asdict(args.config)\n{change}\nwandb.init(config=shown)\n"
    outcome = migrated(TOP + CONFIG + REST.partition("wandb.")[0] + rest)
    assert isinstance(outcome, Rewritten), outcome
    assert '{f"args/{k}": v for k, v in vars(args.config).items()}' in outcome.text
    assert "is a copy of the arguments that is changed" in str(outcome)


def test_a_secret_inside_is_shown_by_no_new_config() -> None:
    top = TOP.replace("    size: int = 8\n", "    size: int = 8\n    api_key: str = ''\n")
    outcome = migrated(top + CONFIG + REST.replace("config=asdict(args.config)", ""))
    assert "data.api_key is a secret, which a run would show" in str(outcome)
    assert isinstance(migrated(top + CONFIG + REST), Rewritten)


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        (
            "Union[Train, Evaluate]",
            "Union[Train, Evaluate] = None",
            "more than the command",
        ),
        ("Union[Train, Evaluate]", "Union[Train, int]", "a type that isn't followed"),
        (
            "    command: Union",
            "    seed: int = 1\n    command: Union",
            "Main has more than the command command",
        ),
        ("    command: Union[", "    name: Union[", "has the name of the command too"),
        (
            "    track: bool",
            "    command: Schedule = mutable_field(Schedule)\n    track: bool",
            "has the name of the command too",
        ),
        (
            "args = parser",
            "parser.add_argument('--x')\nargs = parser",
            "more than the command",
        ),
        (
            "args = parser",
            "parser.add_arguments(Data, 'data')\nargs = parser",
            "more than the command",
        ),
        (
            "args = parser",
            "parser.add_subparsers()\nargs = parser",
            "more than the command",
        ),
    ],
)
def test_what_is_refused_of_commands(old: str, new: str, reason: str) -> None:
    assert old in COMMANDS
    outcome = migrated(TOP + COMMANDS.replace(old, new, 1))
    assert not isinstance(outcome, Rewritten), outcome
    assert reason in str(outcome)


@pytest.mark.parametrize(
    ("shows", "text"),
    [
        ("", "config=vars(self)"),
        ("config=load()", 'f"args/{k}": v for k, v in vars(self).items()'),
        ("config={'lr': self.optimizer.lr}", 'names = {"lr": "optimizer.lr"}'),
    ],
)
def test_what_a_run_shows_of_a_command(shows: str, text: str) -> None:
    outcome = migrated(TOP + COMMANDS.replace("config=asdict(self)", shows))
    assert isinstance(outcome, Rewritten), outcome
    assert text in outcome.text
    assert "entry point names it" in str(outcome)


def test_a_run_that_starts_where_the_command_is_inside_is_refused() -> None:
    script = TOP + COMMANDS.replace("wandb.init(config=asdict(self))", "pass")
    outcome = migrated(f"{script}    wandb.init()\n")
    assert "no name there holds the parsed arguments" in str(outcome)


@pytest.mark.parametrize("value", ["args.config.seed", "load()", "{'size': 3}"])
def test_another_value_under_the_key_of_a_dataclass(value: str) -> None:
    rest = REST.replace("asdict(args.config)", f"{{'data': {value}}}")
    text = outcome_of(rest=rest)
    assert '{f"args/{k}": v for k, v in vars(args.config).items()}' in text


def test_a_dataclass_that_a_run_makes_is_refused() -> None:
    made = "\nfrom dataclasses import make_dataclass\nConfig = make_dataclass('C', ['x'])\n"
    assert "Config is made by make_dataclass" in outcome_of(config=made)


def test_a_module_of_fields_alone_reads_no_command_line() -> None:
    script = "import wandb\nfrom simple_parsing import field\nwandb.init()\n"
    outcome = migrated(script)
    assert "simple_parsing" not in str(outcome)
    read = migrated(script.replace("field", "field, parse"))
    assert "simple_parsing, which is not supported" in str(read)


def test_a_dataclass_that_a_run_leaves_out_is_named() -> None:
    shown = "{k: v for k, v in asdict(args.config).items() if k != 'data'}"
    outcome = migrated(TOP + CONFIG + REST.replace("asdict(args.config)", shown))
    assert isinstance(outcome, Rewritten), outcome
    assert "the run doesn't show data.path, data.name, data.size and data.n" in str(outcome)
