"""Scripts that start their run on rank 0 only, with a second rank beside it."""

from __future__ import annotations

from pathlib import Path

import pytest

from pytest_jobready.verdicts.verdict import Good
from tests.plugin.items.rehearsing import HEAD, expected, line_of, red, rehearsals

EXAMPLE = Path(__file__).parents[3] / "examples" / "ranks.py"
GATED = HEAD + (
    "import os\n"
    "args = parser.parse_args()\n"
    "rank = int(os.environ.get('RANK', 0))\n"
    "if rank == 0:\n"
    "    wandb.init(config=args)\n"
    "    args = wandb.config\n"
    "loss = args.lr * args.epochs\n"
    "if rank == 0:\n"
    "    wandb.log({'loss': loss})\n"
)
EVERYWHERE = GATED.replace("    args = wandb.config", "args = wandb.config")


def test_a_rank_without_the_run_that_goes_on_with_old_values_is_named(
    tmp_path: Path,
) -> None:
    found = red(rehearsals(tmp_path, GATED).overridden())
    line = line_of(GATED, "loss = args.lr")
    said = f"train.py:{line}: lr is 0.1 here, and should be 0.05 (in the process rank 1)"
    assert "launched values don't arrive on every rank: lr, epochs" in found
    assert said in found


@pytest.mark.rehearsals
def test_a_rank_that_reads_a_config_it_does_not_have_is_named(tmp_path: Path) -> None:
    found = red(rehearsals(tmp_path, EVERYWHERE).overridden())
    line = line_of(EVERYWHERE, "loss = args.lr")
    assert f"train.py:{line}: Error: You must call wandb.init() before" in found
    assert "(in the process rank 1)" in found


@pytest.mark.rehearsals
def test_values_that_every_rank_has_are_good(tmp_path: Path) -> None:
    text = GATED.replace("    args = wandb.config\n", "").replace(
        "args = parser.parse_args()\n",
        "import json, sys\n"
        "launched = json.loads(os.environ.get('WANDB_CONFIG', '{}'))\n"
        "words = [f'--{k}={v}' for k, v in launched.items()]\n"
        "args = parser.parse_args(sys.argv[1:] + words)\n",
    )
    assert isinstance(rehearsals(tmp_path, text).overridden(), Good)


@pytest.mark.rehearsals
def test_the_example_with_ranks_goes_green_by_its_migration(tmp_path: Path) -> None:
    from jobready.edits.migrate import migrate_text
    from jobready.edits.options import Options
    from jobready.outcome import Rewritten
    from tests.plugin.items.test_rehearsals import PLAIN

    outcome = migrate_text(EXAMPLE.read_text(encoding="utf-8"), Options(), PLAIN)
    assert isinstance(outcome, Rewritten)
    keep = ("local_rank",)
    overrides = {"batch_size": 8, "run_name": "a"}
    takes = rehearsals(tmp_path, outcome.text, keep=keep, overrides=overrides, stop="exit")
    assert isinstance(takes.overridden(), Good)


@pytest.mark.rehearsals
def test_one_rank_can_be_asked_for(tmp_path: Path) -> None:
    assert isinstance(rehearsals(tmp_path, GATED, ranks=1).overridden(), Good)


@pytest.mark.rehearsals
def test_ranks_can_be_asked_for_where_a_library_reads_them(tmp_path: Path) -> None:
    # What is no code of the user's is not seen, so the script never seems to ask.
    hidden = GATED.replace("os.environ.get('RANK', 0)", "environ().get(b'RANK', 0)")
    text = hidden.replace("import os\n", "import os\nenviron = lambda: os.environb\n")
    assert isinstance(rehearsals(tmp_path / "one", text).overridden(), Good)
    found = red(rehearsals(tmp_path / "two", text, ranks=2).overridden())
    assert "(in the process rank 1)" in found


@pytest.mark.rehearsals
def test_a_rank_that_can_not_run_here_is_inconclusive(tmp_path: Path) -> None:
    check = "if int(os.environ['WORLD_SIZE']) > 1:\n    raise RuntimeError('no GPU')\n"
    text = GATED.replace(
        "rank = int", "os.environ.setdefault('WORLD_SIZE', '1')\nrank = int"
    )
    text = text.replace("loss = ", check.replace("if ", "if rank and ") + "loss = ")
    reason = expected(rehearsals(tmp_path, text).overridden())
    assert reason == (
        "train.py: other ranks are inconclusive: rank 1 crashed with RuntimeError: no GPU"
    )


@pytest.mark.rehearsals
def test_a_rank_that_waits_for_ever_ends_with_the_first(tmp_path: Path) -> None:
    text = GATED.replace("loss = ", "import time\ntime.sleep(600 * rank)\nloss = ")
    reason = expected(rehearsals(tmp_path, text).overridden())
    assert reason == "train.py: other ranks are inconclusive: they read nothing"


@pytest.mark.rehearsals
def test_a_rank_set_by_hand_is_no_run_and_the_failure_says_why(tmp_path: Path) -> None:
    found = red(rehearsals(tmp_path, GATED, env={"RANK": "1"}).as_it_is())
    assert "no run was started" in found
    assert "env sets RANK = '1', and runs start on rank 0: leave it out" in found


@pytest.mark.rehearsals
def test_the_rank_of_who_starts_pytest_is_not_the_scripts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RANK", "1")
    assert "JR401" in expected(rehearsals(tmp_path, GATED, ranks=1).as_it_is())
