"""A rehearsal stays on this machine, whatever the script and its user have set."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.plugin.rehearsal.repository import rehearsed

ELSEWHERE = "https://tok:en@wandb.example.com"
# Each is a way to name another server, on the second line of a script.
WAYS = {
    "wandb.Settings": f"wandb.init(settings=wandb.Settings(base_url={ELSEWHERE!r}))",
    "wandb.init": f"wandb.init(settings=dict(base_url={ELSEWHERE!r}))",
    "wandb.login": f"wandb.login(host={ELSEWHERE!r})",
    "wandb.setup": f"wandb.setup(dict(base_url={ELSEWHERE!r}))",
    "WANDB_BASE_URL": (
        f"import os; os.environ['WANDB_BASE_URL'] = {ELSEWHERE!r}; wandb.init()"
    ),
    "wandb.Api": f"wandb.Api(overrides=dict(base_url={ELSEWHERE!r}))",
}


@pytest.mark.parametrize("way", WAYS)
def test_a_script_that_names_another_server_is_stopped(way: str, tmp_path: Path) -> None:
    text = f"import wandb\n{WAYS[way]}\nprint('gone too far')\n"
    found = rehearsed(tmp_path, text)
    assert (found.ended, found.exit_code, found.stdout) == ("refused", None, "")
    assert found.refusal is not None
    assert found.refusal.startswith(way)
    assert "another W&B (wandb.example.com)" in found.refusal
    assert "train.py:2; take the server from WANDB_BASE_URL" in found.refusal
    assert "en@" not in repr(found)
    assert found.runs == ()


SIGHT = """
import os, sys

opened = []
sys.addaudithook(lambda name, args: opened.append(str(args[0])) if name == "open" else None)
import wandb

os.environ["WANDB_API_KEY"] = "e" * 40
wandb.login(key="f" * 40)
run = wandb.init(config={"a": 1})
theirs = [name for name in opened if "sentinel" in name]
print(theirs, run.settings.api_key, run.settings.mode, run.settings.entity)
print(os.environ["NO_PROXY"], os.environ["WANDB_API_KEY"])
"""


def test_the_users_own_wandb_is_out_of_sight(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "sentinel"
    for name in (".netrc", ".config/wandb/settings", "own/settings"):
        (home / name).parent.mkdir(parents=True, exist_ok=True)
        (home / name).write_text("machine 127.0.0.1 login user password " + "d" * 40)
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("USERPROFILE", str(home))
    monkeypatch.setenv("NO_PROXY", "intern")
    for name, value in {
        "WANDB_API_KEY": "d" * 40,
        "WANDB_BASE_URL": ELSEWHERE,
        "WANDB_MODE": "disabled",
        "WANDB_ENTITY": "mine",
        "WANDB_CONFIG_DIR": str(home / "own"),
    }.items():
        monkeypatch.setenv(name, value)
    found = rehearsed(tmp_path, SIGHT)
    assert found.output.splitlines()[1:] == [
        f"[] {'0' * 40} online entity",
        f"intern,127.0.0.1,localhost {'0' * 40}",
    ]
    assert found.config == {"a": 1}
    assert (home / ".netrc").read_text().count("\n") == 0
    assert not os.path.exists(home / ".cache")  # noqa: PTH110


def test_a_script_that_is_offline_stays_offline(tmp_path: Path) -> None:
    text = "import wandb\nrun = wandb.init(mode='offline', config={'a': 1})\nrun.log({})\n"
    found = rehearsed(tmp_path, text)
    assert (found.ended, found.config, found.runs) == ("stopped", {"a": 1}, ())
    assert [started.mode for started in found.started] == ["offline"]


def test_a_local_login_and_a_setting_of_ones_own_are_fine(tmp_path: Path) -> None:
    text = (
        "import os, wandb\nwandb.login(host=os.environ['WANDB_BASE_URL'])\n"
        "wandb.init(settings=wandb.Settings(run_notes='x')).log({})\n"
    )
    found = rehearsed(tmp_path, text)
    assert (found.ended, found.output) == ("stopped", "")
