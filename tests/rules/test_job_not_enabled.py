"""JR401: since wandb 0.19 a run makes a job only if it is told to."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.rules.tools import ON, fixed_beside, found_beside, found_in_project, rule

TEXT = 'import wandb\n\nwandb.init(project="p")\n'


def test_a_run_that_nobody_told_to_make_a_job(tmp_path: Path) -> None:
    ((line, message),) = found_beside("JR401", TEXT, tmp_path)
    assert (line, message) == (
        3,
        "since wandb 0.19 a run makes no job unless it is told to",
    )


def test_it_is_off_by_default() -> None:
    assert not rule("JR401").default


def test_the_fix_names_what_it_leads_to_and_the_roads_that_work(tmp_path: Path) -> None:
    ((_, finding),) = found_in_project("JR401", {"train.py": TEXT}, tmp_path)
    assert finding.fix is not None
    assert finding.fix.safety == "unsafe"
    for word in ("JR408", "wandb job create", "wandb launch -u", "image"):
        assert word in finding.fix.sentence


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("wandb.init()", f"wandb.init({ON})"),
        ('wandb.init(project="p")', f'wandb.init(project="p", {ON})'),
        (
            "wandb.init(settings=wandb.Settings(silent=True))",
            "wandb.init(settings=wandb.Settings(silent=True, disable_job_creation=False))",
        ),
    ],
)
def test_the_fix_adds_the_setting(tmp_path: Path, before: str, after: str) -> None:
    text = f"import wandb\n\n{before}  # here\n"
    done = fixed_beside("JR401", text, tmp_path, unsafe=True)
    assert done == f"import wandb\n\n{after}  # here\n"


@pytest.mark.parametrize(
    "text",
    [
        "from wandb import init\n\ninit()\n",
        "import wandb\n\nwandb.init(**given)\n",
        "import wandb\n\nwandb.init(settings=given)\n",
        "import wandb\n\nwandb.init()\nwandb.init()\n",
    ],
)
def test_where_it_can_not_be_added_the_variable_is_named(tmp_path: Path, text: str) -> None:
    ((_, finding),) = found_in_project("JR401", {"train.py": text}, tmp_path)
    assert finding.no_fix is not None
    assert "WANDB_DISABLE_JOB_CREATION=false" in finding.no_fix


@pytest.mark.parametrize(
    "text",
    [
        f"import wandb\n\nwandb.init({ON})\n",
        "import wandb\n\nwandb.init(settings={'disable_job_creation': False})\n",
        "import wandb\n\nwandb.init(settings={'disable_job_creation': True})\n",
        "import os, wandb\n"
        "os.environ['WANDB_DISABLE_JOB_CREATION'] = 'false'\nwandb.init()\n",
        "import wandb\n\ndef start():\n    wandb.init()\n",
        "import wandb\n\nprint(wandb.__version__)\n",
    ],
    ids=["on", "dict", "off", "variable", "module", "no-run"],
)
def test_somebody_decided_or_it_is_no_script(tmp_path: Path, text: str) -> None:
    assert found_beside("JR401", text, tmp_path) == []


def test_the_environment_decides(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WANDB_DISABLE_JOB_CREATION", "false")
    assert found_beside("JR401", TEXT, tmp_path) == []


def test_an_older_wandb_makes_jobs_unasked(tmp_path: Path) -> None:
    (tmp_path / "requirements.txt").write_text("wandb==0.18.7\n")
    assert found_beside("JR401", TEXT, tmp_path) == []
