"""How the config of a job maps to the parameters: names, gates, ranks."""

from __future__ import annotations

import ast
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from jobready.edits.job_args import EVERY_BRANCH, Branch, emit, plain, recognise
from jobready.edits.migrate import migrate_text
from jobready.edits.options import Options
from jobready.outcome import Refused, Rewritten, Unchanged
from jobready.project.environment import Environment
from tests.edits.tools import shown_apart

ENVIRONMENT = Environment(line_length=88, type_checked=False, wandb_version=None)
SCRIPT = """\
import argparse
import os

import wandb

parser = argparse.ArgumentParser()
parser.add_argument("--lr", type=float, default=0.1)
parser.add_argument("--bs", type=int, default=8)
parser.add_argument("--track", action="store_true")
parser.add_argument("--local_rank", type=int, default=int(os.environ["LOCAL_RANK"]))
args = parser.parse_args()
if args.track:
    wandb.init(config=CONFIG)
train(args.lr, args.bs)
"""
MANY = {f"parameter_number_{n}": f"what_the_page_calls_it_{n}" for n in range(5)}


def migrated(config: str, **options: bool) -> str:
    text = SCRIPT.replace("CONFIG", config)
    outcome = migrate_text(text, Options(**options), ENVIRONMENT)  # type: ignore[arg-type]
    assert isinstance(outcome, Rewritten), outcome
    again = migrate_text(outcome.text, Options(), ENVIRONMENT)
    assert isinstance(again, Unchanged), again
    return outcome.text


def test_a_value_comes_under_the_name_that_the_run_shows() -> None:
    text = migrated('{"learning_rate": args.lr, "batch_size": args.bs}')
    assert 'names = {"batch_size": "bs", "learning_rate": "lr"}' in text
    assert "names.get(k, k): v" in text


def test_names_of_its_own_need_no_line() -> None:
    assert "names" not in migrated('{"lr": args.lr, "bs": args.bs}')


@pytest.mark.parametrize(
    ("config", "phrase"),
    [
        ('{"bs": args.lr, "lr": args.bs}', "that name is not its own"),
        ('{"lr": args.lr, "bs": 100}', "shows '100' as 'bs'"),
        (
            '{"args": vars(args), "lr": args.lr, "rate": load(args).lr, "bs": args.bs}',
            "all parameters under one key, 'args'",
        ),
        ("{name: args.lr}", "a key of the run's config is made at run time"),
        ("load()", "load() is made elsewhere"),
    ],
)
def test_what_the_run_shows_must_be_clear(config: str, phrase: str) -> None:
    outcome = migrate_text(SCRIPT.replace("CONFIG", config), Options(), ENVIRONMENT)
    assert any(phrase in cause for cause in shown_apart(outcome))


def test_a_gate_stays_closed_unless_asked() -> None:
    assert '"track": True' not in migrated("args")
    opened = migrated("args", unsafe_fixes=True)
    assert 'config = {"track": True}' in opened


def test_a_rank_is_left_to_the_launcher_of_its_process() -> None:
    assert 'if k != "local_rank"' in migrated("args")


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The function with each way of taking the config, as files."""
    folder = tmp_path_factory.mktemp("taking")
    start = "from __future__ import annotations\n\nimport argparse\nimport os\n\n\n"
    ways = [
        emit({Branch.SWITCH}, renamed={"lr": "learning_rate"}),
        emit({Branch.SWITCH}, renamed=MANY, opened={"track": True}),
        emit({Branch.SWITCH}, opened={"track": True}, ranks=["local_rank"]),
        emit({Branch.SWITCH}, renamed={"lr": "rate"}, ranks=["local_rank"]),
        emit({Branch.SWITCH}, ranks=["local_rank", "node_rank"]),
        emit({Branch.OLDER}, renamed={"lr": "rate"}, opened={"track": True}),
        emit({Branch.OLDER, Branch.OWN}, ranks=["local_rank"]),
    ]
    for number, text in enumerate(ways):
        (folder / f"way_{number}.py").write_text(start + text)
    return folder


@pytest.mark.parametrize("command", ["black --check -q", "ruff format --isolated --check"])
def test_formatters_leave_it_as_it_is(written: Path, command: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", *command.split(), str(written)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_strict_mypy_accepts_it(written: Path) -> None:
    from mypy import api

    options = ["--strict", "--follow-imports=silent", f"--cache-dir={written / 'cache'}"]
    out, err, code = api.run([*options, *map(str, sorted(written.glob("*.py")))])
    assert code == 0, out + err


@pytest.mark.parametrize("branches", [{Branch.SWITCH}, EVERY_BRANCH, set(), {Branch.OLDER}])
def test_it_is_known_again(branches: set[Branch]) -> None:
    text = emit(branches, renamed=MANY, opened={"track": True}, quote="'")
    function = ast.parse(text).body[0]
    assert isinstance(function, ast.FunctionDef)
    assert recognise(function) == recognise(_function(emit(branches)))
    assert plain(function)[1:] == (MANY, {"track": True})


def _function(text: str) -> ast.FunctionDef:
    function = ast.parse(text).body[0]
    assert isinstance(function, ast.FunctionDef)
    return function


@pytest.mark.parametrize(
    ("python", "start", "quoted"),
    [
        ((3, 8), "", True),
        ((3, 9), "", False),
        ((3, 8), "from __future__ import annotations\n\n", False),
    ],
)
def test_an_annotation_that_an_old_python_can_not_evaluate_is_a_text(
    python: tuple[int, int], start: str, quoted: bool
) -> None:
    environment = Environment(88, False, None, python)
    text = start + SCRIPT.replace("CONFIG", "args")
    outcome = migrate_text(text, Options(), environment)
    assert isinstance(outcome, Rewritten), outcome
    assert ('-> "list[str]":' in outcome.text) is quoted
    assert isinstance(migrate_text(outcome.text, Options(), environment), Unchanged)


def test_a_name_that_a_copy_of_the_config_loses() -> None:
    more = 'parser.add_argument("--_seed", type=int)\nargs = parser'
    text = SCRIPT.replace("CONFIG", "args").replace("args = parser", more, 1)
    outcome = migrate_text(text, Options(), ENVIRONMENT)
    assert isinstance(outcome, Refused)
    assert "'_seed' is lost in a copy of the job's config" in outcome.reasons[0].message


def test_a_type_checker_gets_the_dict_of_the_arguments() -> None:
    checked = Environment(88, type_checked=True, wandb_version=None)
    outcome = migrate_text(SCRIPT.replace("config=CONFIG", ""), Options(), checked)
    assert isinstance(outcome, Rewritten), outcome
    assert "wandb.init(config=vars(args))" in outcome.text


def test_a_gate_in_an_else_is_opened_by_its_opposite() -> None:
    text = (
        SCRIPT.replace("if args.track:\n", "if args.track:\n    pass\nelse:\n")
        .replace('action="store_true"', 'action="store_true", default=True')
        .replace("CONFIG", "args")
    )
    outcome = migrate_text(text, Options(unsafe_fixes=True), ENVIRONMENT)
    assert isinstance(outcome, Rewritten), outcome
    assert 'config = {"track": False}' in outcome.text


LOOP = """\
import argparse
import wandb
defaults = {"lr": 0.1, "amp": False, "layers": [1, 2], "name": "a"}
parser = argparse.ArgumentParser()
for key, value in defaults.items():
    parser.add_argument(f"--{key}", default=value, type=type(value))
args = parser.parse_args()
wandb.init(config=CONFIG)
print(vars(args))
"""


def test_options_that_are_added_in_a_loop() -> None:
    outcome = migrate_text(LOOP.replace("CONFIG", "args"), Options(), ENVIRONMENT)
    assert isinstance(outcome, Rewritten), outcome
    assert "f'--{key}' has a name that is made at run time" in outcome.reasons[0].message
    launched = {"lr": 1, "amp": True, "layers": [3], "name": 5}
    ran = subprocess.run(
        [sys.executable, "-c", outcome.text],
        capture_output=True,
        text=True,
        check=False,
        env={
            **os.environ,
            "WANDB_MODE": "disabled",
            "WANDB_LAUNCH": "True",
            "WANDB_CONFIG": json.dumps(launched),
        },
    )
    expected = "{'lr': 1.0, 'amp': True, 'layers': [3], 'name': '5'}\n"
    assert ran.stdout == expected, ran.stderr


def test_options_of_a_loop_in_a_config_that_is_spelled_out() -> None:
    text = LOOP.replace("CONFIG", '{"rate": args.lr, "name": args.name}')
    text = text.replace("args = ", 'parser.add_argument("--rate")\nargs = ')
    text = text.replace('"rate": args.lr', '"rate": args.rate')
    outcome = migrate_text(text, Options(), ENVIRONMENT)
    assert isinstance(outcome, Refused)
    assert "under which name the run shows f'--{key}'" in outcome.reasons[0].message


def test_what_a_run_does_not_show_is_noted() -> None:
    text = SCRIPT.replace("CONFIG", '{"lr": args.lr}')
    outcome = migrate_text(text, Options(), ENVIRONMENT)
    note = "note: the run doesn't show bs and track: a clone takes the defaults"
    assert (note, 13) in [(r.message, r.line) for r in outcome.reasons]
    outcome = migrate_text(SCRIPT.replace("CONFIG", "args"), Options(), ENVIRONMENT)
    assert not [r for r in outcome.reasons if "doesn't show" in r.message]


def notes_of(old: str, new: str) -> list[str]:
    text = SCRIPT.replace("CONFIG", "args").replace(old, new)
    outcome = migrate_text(text, Options(unsafe_fixes=True), ENVIRONMENT)
    assert isinstance(outcome, Rewritten), outcome
    return [r.message for r in outcome.reasons]


def test_a_gate_that_only_a_run_can_tell_is_not_called_closed() -> None:
    (note,) = [
        m for m in notes_of("if args.track:", "if ok(args.lr):") if "run starts" in m
    ]
    assert note == "note: whether the run starts depends on `ok(args.lr)`"


def test_a_switch_of_which_both_sides_start_a_run_is_not_turned() -> None:
    both = "if not args.track:\n    wandb.init(project='a', config=args)\nelif args.lr:"
    text = SCRIPT.replace("CONFIG", "args")
    text = text.replace("if args.track:", f"{both}\n    pass\nif args.track:")
    outcome = migrate_text(text, Options(unsafe_fixes=True), ENVIRONMENT)
    assert isinstance(outcome, Rewritten), outcome
    assert '"track": True' not in outcome.text


def test_a_rank_that_is_set_where_none_is_given_is_left_to_the_launcher() -> None:
    lines = 'if args.bs == 8:\n    args.bs = int(os.environ["RANK"])\nif args.track:'
    told = notes_of("if args.track:", lines)
    assert "note: bs is left to the launcher of each process" in told
    assert not any("overwritten" in message for message in told)


def test_a_rank_that_is_set_whatever_is_given_is_a_parameter() -> None:
    lines = 'args.bs = int(os.environ["RANK"])\nif args.track:'
    assert not any("bs is left" in m for m in notes_of("if args.track:", lines))


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("subprocess.run([sys.executable, __file__, '--lr', '1'])", True),
        ("path = os.path.abspath(__file__)\nsubprocess.run([path, '1'])", True),
        ("run = [__file__]\nif OLD:\n    run = ['a']\nsubprocess.run(run)", True),
        ("os.execv(sys.executable, ['python'] + sys.argv)", True),
        ("subprocess.run(['nvidia-smi'])", False),
        ("run(__file__)", False),
    ],
)
def test_a_script_that_starts_itself_is_told(line: str, told: bool) -> None:
    text = f"import subprocess, sys\n{SCRIPT.replace('CONFIG', 'args')}{line}\n"
    outcome = migrate_text(text, Options(), ENVIRONMENT)
    if isinstance(outcome, Rewritten):
        assert any("starts itself" in r.message for r in outcome.reasons) is told
    else:
        assert "sys.argv" in line  # what it decides by these words can't be told


def test_tests_of_which_one_holds_on_some_rank_need_no_word() -> None:
    both = (
        "if args.bs == 0 and not args.track:\n    wandb.init(config=args)\nif args.track:"
    )
    lines = f'if args.bs == 8:\n    args.bs = int(os.environ["RANK"])\n{both}'
    assert not [m for m in notes_of("if args.track:", lines) if "run only starts" in m]
