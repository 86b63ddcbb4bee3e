"""Which rules hold: select, ignore, per-file-ignores."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from jobready.lint.selection import Selection, select_rules
from jobready.outcome import Failed
from jobready.project.config import Config, load_config
from jobready.rules import all_rules

CONFIG = Config(root=Path("/project"))


def codes(config: Config, path: Path | None = None) -> set[str]:
    selection = select_rules(config)
    assert isinstance(selection, Selection), selection
    return {r.code for r in selection.for_file(path)}


def beginning(*with_: str) -> set[str]:
    return {r.code for r in all_rules() if r.code.startswith(with_)}


def test_the_default_is_what_is_on() -> None:
    assert codes(CONFIG) == {r.code for r in all_rules() if r.default}


@pytest.mark.parametrize(
    ("select", "ignore", "chosen"),
    [
        (("JR101",), (), {"JR101"}),
        (("JR1",), ("JR105",), beginning("JR1") - {"JR105"}),
        (("JR",), ("JR0", "JR1", "JR2", "JR3", "JR6"), beginning("JR4", "JR5", "JR7")),
        (("JR301", "JR2"), ("JR202",), beginning("JR2", "JR301") - {"JR202"}),
        ((), (), set()),
    ],
)
def test_codes_and_their_beginnings(
    select: tuple[str, ...], ignore: tuple[str, ...], chosen: set[str]
) -> None:
    config = replace(CONFIG, select=select, ignore=tuple((c, "") for c in ignore))
    assert codes(config) == chosen


def test_all_rules() -> None:
    assert codes(replace(CONFIG, select=("ALL",))) == {r.code for r in all_rules()}


@pytest.mark.parametrize(
    ("glob", "path", "left_out"),
    [
        ("eval/*.py", "eval/a.py", True),
        ("eval/*.py", "train.py", False),
        ("eval/", "eval/deep/a.py", True),
        ("*_test.py", "deep/a_test.py", True),
        ("/train.py", "train.py", True),
        ("/train.py", "deep/train.py", False),
    ],
)
def test_per_file_ignores(tmp_path: Path, glob: str, path: str, left_out: bool) -> None:
    config = Config(root=tmp_path, per_file_ignores=((glob, ("JR1",)),))
    file = tmp_path / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.touch()
    assert ("JR101" in codes(config, file)) is not left_out
    assert "JR301" in codes(config, file)


@pytest.mark.parametrize(
    ("setting", "line", "said"),
    [
        ('select = ["JR101", "JR999"]', 2, "select: there is no rule 'JR999'"),
        ('select = [\n  "JR101",\n  "JR119",\n]', 4, "did you mean JR1"),
        ('ignore = ["JR98"]', 2, "ignore: there is no rule 'JR98'"),
        ('ignore = {JR997 = "why"}', 2, "there is no rule 'JR997'"),
        ('[tool.jobready.ignore]\nJR1 = "x"\nJR996 = "y"', 4, "'JR996'"),
        ('per-file-ignores = {"a.py" = ["JR995"]}', 2, "per-file-ignores: there is no"),
    ],
)
def test_a_code_that_no_rule_has(
    tmp_path: Path, setting: str, line: int, said: str
) -> None:
    path = tmp_path / "pyproject.toml"
    path.write_text(f"[tool.jobready]\n{setting}\n")
    config = load_config(tmp_path)
    assert isinstance(config, Config), config
    failed = select_rules(config)
    assert isinstance(failed, Failed)
    assert failed.reasons[0].message.startswith(f"{path}:{line}: ")
    assert said in failed.reasons[0].message
