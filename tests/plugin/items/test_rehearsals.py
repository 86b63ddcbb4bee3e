"""The three takes of a script, for real: what is good, what is expected, what is red."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from jobready.edits.migrate import migrate_text
from jobready.edits.options import Options
from jobready.outcome import Rewritten
from jobready.project.environment import Environment
from pytest_jobready.verdicts.verdict import Good
from tests.plugin.items.rehearsing import (
    HEAD,
    expected,
    facts,
    line_of,
    red,
    rehearsals,
)

PLAIN = Environment(line_length=88, type_checked=False, wandb_version=None)
EXAMPLES = Path(__file__).parents[3] / "examples"
GOOD = HEAD + (
    "args = parser.parse_args()\nwandb.init(config=args)\nargs = wandb.config\n"
    "wandb.log({'loss': args.lr * args.epochs})\n"
)


def test_a_good_script_takes_launched_values(tmp_path: Path) -> None:
    takes = rehearsals(tmp_path, GOOD)
    reason = expected(takes.as_it_is())
    assert reason == "train.py: JR401 and JR408, which are the SDK's: see the summary"
    assert takes.cloned() == Good()
    verdict = takes.overridden()
    assert isinstance(verdict, Good)
    assert facts(verdict)["jobready_proven"] == "2"


@pytest.mark.rehearsals
def test_what_the_sdk_gets_wrong_can_be_ignored(tmp_path: Path) -> None:
    takes = rehearsals(tmp_path, GOOD)
    reasons = (("JR401", "we use job create"), ("JR408", ""))
    takes.project = replace(takes.project, ignore=reasons)
    assert takes.as_it_is() == Good()


@pytest.mark.rehearsals
def test_a_text_is_proven_by_a_command_line_that_says_something_else(
    tmp_path: Path,
) -> None:
    text = HEAD + "parser.add_argument('--name', default='base')\n"
    text += "args = parser.parse_args()\nwandb.init(config=args)\n"
    after = "wandb.log({'loss': args.lr * args.epochs * len(args.name)})\n"
    good = text + "args = wandb.config\n" + after
    assert isinstance(rehearsals(tmp_path / "good", good).overridden(), Good)
    found = red(rehearsals(tmp_path / "stale", text + after).overridden())
    said = "name is 'other' here, and should be 'base'; the command line says --name=other"
    assert said in found


@pytest.mark.rehearsals
def test_values_that_the_project_gives_are_launched(tmp_path: Path) -> None:
    text = HEAD + "parser.add_argument('--out', type=Path, default=Path('a'))\n"
    text += "args = parser.parse_args()\nwandb.init(config=args)\n"
    text += "wandb.log({'loss': args.lr * args.epochs, 'out': str(args.out)})\n"
    takes = rehearsals(tmp_path, text, overrides={"out": "b", "lr": 3.5})
    found = red(takes.overridden())
    assert "out is PosixPath('a') here, and should be PosixPath('b')" in found
    assert "lr is 0.1 here, and should be 3.5" in found


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"overrides": {"epoch": 3}}, "overrides: epoch is no parameter: did you mean"),
        (
            {"overrides": {"lr": "fast"}},
            "overrides: lr = 'fast' is refused: argument --lr: invalid",
        ),
        ({"keep": ("zzz",)}, "keep: zzz is no parameter: there are lr, epochs"),
    ],
)
def test_wrong_settings_are_named(
    tmp_path: Path, settings: dict[str, object], said: str
) -> None:
    found = red(rehearsals(tmp_path, GOOD, **settings).overridden())
    assert f'train.py: [tool.jobready.jobs."train.py"] {said}' in found


@pytest.mark.rehearsals
def test_what_is_kept_is_not_counted(tmp_path: Path) -> None:
    text = GOOD.replace(" * args.epochs", "")
    verdict = rehearsals(tmp_path, text, keep=("epochs",)).overridden()
    assert isinstance(verdict, Good)
    assert facts(verdict)["jobready_parameters"] == "1"


@pytest.mark.rehearsals
def test_an_overwritten_parameter_is_named_in_the_clone(tmp_path: Path) -> None:
    text = HEAD + "args = parser.parse_args()\nargs.lr = args.lr * 2\n"
    text += GOOD[GOOD.index("wandb.init") :]
    reason = expected(rehearsals(tmp_path, text).cloned())
    line = line_of(text, "args.lr = ")
    said = f"lr is overwritten before it is recorded (train.py:{line}), 0.1 as 0.2"
    assert f"train.py: {said}, so that a clone changes it again" == reason


@pytest.mark.rehearsals
def test_a_value_that_breaks_the_script_is_tried_apart(tmp_path: Path) -> None:
    check = "if args.lr != 0.1:\n    raise ValueError('too slow')\n"
    text = GOOD.replace("wandb.log", f"{check}wandb.log").replace("args.lr * ", "")
    verdict = rehearsals(tmp_path, text).overridden()
    assert isinstance(verdict, Good)
    assert facts(verdict)["jobready_proven"] == "2"


@pytest.mark.rehearsals
def test_a_crash_before_any_read_is_inconclusive_and_says_so(tmp_path: Path) -> None:
    check = "import os\nif 'WANDB_LAUNCH' in os.environ:\n    os._exit(3)\n"
    text = GOOD.replace("wandb.log", f"{check}wandb.log")
    reason = expected(rehearsals(tmp_path, text).overridden())
    assert "0 of 2 parameters proven" in reason
    assert "lr, epochs (inconclusive: the script exited with code 3 before it was" in reason


@pytest.mark.rehearsals
def test_a_closed_gate_says_how_to_open_it(tmp_path: Path) -> None:
    text = HEAD + "parser.add_argument('--track', action='store_true')\n"
    text += "args = parser.parse_args()\nif args.track:\n    wandb.init(config=args)\n"
    found = red(rehearsals(tmp_path, text).as_it_is())
    assert "train.py: no run was started: the script exited with code 0" in found
    assert 'set [tool.jobready.jobs."train.py"] args = ["--track"]' in found
    assert "    if args.track:" not in found
    assert "| if args.track:" in found


@pytest.mark.rehearsals
def test_a_crash_shows_its_line_and_the_end_of_the_output(tmp_path: Path) -> None:
    text = GOOD.replace("wandb.log", "print('so far')\n1 / 0\nwandb.log")
    found = red(rehearsals(tmp_path, text).as_it_is())
    assert (
        "after it had started its run, the script crashed with ZeroDivisionError" in found
    )
    assert (
        f"train.py:{line_of(text, '1 / 0')}: ZeroDivisionError: division by zero" in found
    )
    assert "--- stdout\nso far" in found


@pytest.mark.rehearsals
def test_what_is_not_installed_can_be_stood_in_for_and_is_named(tmp_path: Path) -> None:
    text = "import wandb\nfrom no_such_vision import draw\n" + GOOD
    text = text.replace("wandb.log({", "wandb.log({'seen': wandb.Image(draw()), ")
    assert "No module named 'no_such_vision'" in red(
        rehearsals(tmp_path / "without", text).as_it_is()
    )
    verdict = rehearsals(tmp_path / "with", text, stand_ins="missing").overridden()
    assert isinstance(verdict, Good)
    assert facts(verdict)["jobready_stand_ins"] == "no_such_vision"
    stale = text.replace("args = wandb.config\n", "")
    found = red(rehearsals(tmp_path / "stale", stale, stand_ins="missing").overridden())
    assert found.endswith("something stood in for what isn't installed: no_such_vision")


@pytest.mark.rehearsals
def test_output_is_shown_once_and_no_wider_than_a_screen(tmp_path: Path) -> None:
    text = GOOD.replace("wandb.log", "print('x' * 5000)\n1 / 0\nwandb.log")
    found = red(rehearsals(tmp_path, text).as_it_is())
    assert found.count("Traceback") == 1
    assert "x… (4700 characters more)" in found
    assert max(map(len, found.splitlines())) < 400


@pytest.mark.rehearsals
def test_a_hang_is_ended_and_named(tmp_path: Path) -> None:
    text = GOOD.replace("import wandb\n", "import time\ntime.sleep(60)\nimport wandb\n")
    found = red(rehearsals(tmp_path, text, timeout=5).as_it_is())
    assert (
        "was still running after 5 s, and was killed: raise timeout, or set stop" in found
    )
    assert f"train.py:{line_of(text, 'time.sleep')}: here it was when its time" in found


@pytest.mark.rehearsals
def test_a_config_without_the_parameters_is_named(tmp_path: Path) -> None:
    text = GOOD.replace("config=args", "")
    found = red(rehearsals(tmp_path, text, stop="init").as_it_is())
    assert f"train.py:{line_of(text, 'wandb.init')}: the run's config has none of" in found


@pytest.mark.rehearsals
@pytest.mark.parametrize("name", ["documentation.py", "getter_main.py"])
def test_an_example_goes_green_by_its_migration(tmp_path: Path, name: str) -> None:
    text = (EXAMPLES / name).read_text(encoding="utf-8")
    args = ("--data", "x") if name == "getter_main.py" else ()
    before = rehearsals(tmp_path / "before", text, args=args)
    assert "launched values don't arrive" in red(before.overridden())
    outcome = migrate_text(text, Options(), PLAIN)
    assert isinstance(outcome, Rewritten)
    after = rehearsals(tmp_path / "after", outcome.text, args=args)
    assert after.cloned() == Good()
    assert isinstance(after.overridden(), Good)


def test_forty_parameters_take_four_processes(tmp_path: Path) -> None:
    names = [f"p{i}" for i in range(38)]
    more = "".join(
        f"parser.add_argument('--{n}', type=int, default={i})\n"
        for i, n in enumerate(names)
    )
    uses = "".join(f"print(args.{n})\n" for n in names)
    text = HEAD + more + GOOD[len(HEAD) :].replace("wandb.log", uses + "wandb.log")
    takes = rehearsals(tmp_path, text)
    verdict = takes.overridden()
    assert isinstance(verdict, Good)
    assert facts(verdict)["jobready_proven"] == "40"
    assert len(list(takes.shared.iterdir())) <= 4
