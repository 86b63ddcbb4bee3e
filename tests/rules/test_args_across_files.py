"""JR112: the arguments are parsed, or the run is started, in another file."""

from __future__ import annotations

from pathlib import Path

import pytest

from jobready.rules.rule import files_of
from tests.rules.tools import found_in_project, rule

BAD = dict(files_of(rule("JR112").bad))
GOOD = dict(files_of(rule("JR112").good))


def test_the_chain_and_the_command_are_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    ((name, finding),) = found_in_project("JR112", BAD, tmp_path)
    assert name == "train.py"
    assert finding.place.line == 1
    assert "they are parsed in options.py, line 7" in finding.message
    assert "the run is started in engine.py, line 5" in finding.message
    assert str(finding.no_fix).endswith("options.py engine.py")


def test_a_refusal_names_the_file_that_it_is_about(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    odd = BAD["options.py"].replace("ArgumentParser()", 'ArgumentParser(prefix_chars="+")')
    files = {**BAD, "options.py": odd.replace("--lr", "++lr")}
    ((name, finding),) = found_in_project("JR112", files, tmp_path)
    assert name == "train.py"
    assert "(options.py:5)" in finding.message
    assert "refuses" in str(finding.no_fix)


@pytest.mark.parametrize(
    "changed",
    [
        GOOD,
        {"train.py": "from engine import run\nfrom options import get_args\n"},  # no call
        {"train.py": "from options import get_args\n\nprint(get_args())\n"},  # no run
        {"train.py": "import engine\n\nengine.run({})\n"},  # no parse
        {"engine.py": "def run(args):\n    print(args)\n"},  # starts nothing
        {"train.py": "# jobready: ignore[JR112] an example\n" + BAD["train.py"]},
    ],
)
def test_what_is_no_script_or_takes_its_values_is_clean(
    changed: dict[str, str], tmp_path: Path
) -> None:
    assert found_in_project("JR112", {**BAD, **changed}, tmp_path) == []


def test_a_script_with_both_is_the_business_of_jr101(tmp_path: Path) -> None:
    script = BAD["options.py"] + "\n\nimport wandb\n\nwandb.init(config=get_args())\n"
    assert found_in_project("JR112", {"train.py": script}, tmp_path) == []
