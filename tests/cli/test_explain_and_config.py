"""``jobready explain`` and ``jobready config``, and the completion of commands."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from jobready.report.rule_page import page
from jobready.rules import all_rules
from tests.cli.calling import jobready


def test_explain_shows_the_page_of_a_rule() -> None:
    (rule,) = (r for r in all_rules() if r.code == "JR105")
    for name in ("JR105", "jr105", "config-rebound"):
        result = jobready("explain", name)
        assert (result.exit_code, result.stdout) == (0, page(rule))


def test_explain_lists_all_rules_or_a_group() -> None:
    lines = jobready("explain").stdout.splitlines()
    assert [line.split()[0] for line in lines] == [r.code for r in all_rules()]
    group = jobready("explain", "JR3").stdout.splitlines()
    assert [line.split()[0] for line in group] == [
        r.code for r in all_rules() if r.code.startswith("JR3")
    ]


def test_explain_as_json() -> None:
    (record,) = json.loads(jobready("explain", "JR201", "--output-format=json").stdout)
    assert record["name"] == "type-bool"
    assert "type=bool" in record["bad"]["train.py"]


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("JR1O1", "did you mean JR101?"),
        ("type-boolean", "did you mean type-bool?"),
        ("x", "lists the rules"),
    ],
)
def test_explain_of_no_rule(code: str, said: str) -> None:
    result = jobready("explain", code)
    assert result.exit_code == 2
    assert said in result.stderr


def settings(*arguments: str) -> dict[str, dict[str, object]]:
    result = jobready("config", "--output-format=json", *arguments)
    assert result.exit_code == 0
    found: dict[str, dict[str, object]] = json.loads(result.stdout)
    return found


def test_config_names_the_source_of_each_setting(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "pyproject.toml"
    path.write_text(
        '[tool.jobready]\nselect = ["JR1"]\nignore = {JR105 = "no"}\n'
        'target-wandb = "0.16.6"\n'
    )
    found = settings()
    assert found["select"] == {"value": ["JR1"], "from": f"{path}:2"}
    assert found["ignore"] == {"value": {"JR105": "no"}, "from": f"{path}:3"}
    assert found["exclude"] == {"value": [], "from": "default"}
    assert found["wandb"] == {"value": "0.16.6", "from": "target-wandb"}
    codes = found["rules"]["value"]
    assert isinstance(codes, list)
    assert "JR101" in codes
    assert not {"JR105", "JR301"} & set(codes)


def test_config_takes_wandb_from_the_requirements(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("requirements.txt").write_text("wandb==0.17.9\n")
    assert settings()["wandb"] == {
        "value": "0.17.9",
        "from": "the project's requirements",
    }


def test_config_of_a_file_leaves_its_own_ignores_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("pyproject.toml").write_text(
        '[tool.jobready.per-file-ignores]\n"a.py" = ["JR1"]\n'
    )
    assert "JR101" in str(settings("b.py")["rules"])
    assert "JR101" not in str(settings("a.py")["rules"])


def test_config_as_text(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    lines = jobready("config").stdout.splitlines()
    assert lines[1].split() == ["scripts", "[]", "(default)"]


def test_config_says_what_is_wrong_with_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("pyproject.toml").write_text('[tool.jobready]\n\nselect = ["JR999"]\n')
    result = jobready("config")
    assert result.exit_code == 2
    assert "pyproject.toml:3: select: there is no rule 'JR999'" in result.stderr


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_a_shell_can_complete_commands_and_codes(shell: str) -> None:
    def ask(instruction: str, *words: str) -> str:
        ran = subprocess.run(
            [sys.executable, "-m", "jobready"],
            env={
                **os.environ,
                "_JOBREADY_COMPLETE": f"{shell}_{instruction}",
                "COMP_WORDS": " ".join(words),
                "COMP_CWORD": words[-1] if shell == "fish" and words else "2",
            },
            capture_output=True,
            text=True,
            check=False,
        )
        return ran.stdout

    if shell != "bash":  # for which click asks for the version of a bash that is there
        assert "_JOBREADY_COMPLETE" in ask("source")
    assert "JR301" in ask("complete", "jobready", "explain", "JR3")
