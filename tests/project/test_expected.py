"""``[tool.jobready.jobs."train.py"]``: read, and wrong tables are named with their line."""

from __future__ import annotations

from pathlib import Path

import pytest

from jobready.outcome import Failed
from jobready.project.config import Config, load_config
from jobready.project.expected import ExpectedJob


def load(folder: Path, text: str) -> Config | Failed:
    (folder / "pyproject.toml").write_text(text, encoding="utf-8")
    return load_config(folder)


@pytest.mark.parametrize(
    "text",
    [
        '[tool.jobready.jobs."train.py"]\nsource = "repo"\nname = "job-*"\n',
        '[tool.jobready]\njobs = {"train.py" = {source = "repo", name = "job-*"}}\n',
        '[tool.jobready.jobs]\n"train.py".source = "repo"\n"train.py".name = "job-*"\n',
    ],
)
def test_ways_to_write_it(tmp_path: Path, text: str) -> None:
    config = load(tmp_path, text)
    assert isinstance(config, Config)
    assert config.jobs == (ExpectedJob("train.py", "repo", "job-*"),)


def test_several_scripts_and_parts(tmp_path: Path) -> None:
    config = load(
        tmp_path,
        '[tool.jobready.jobs."a.py"]\nsource = "none"\n'
        '[tool.jobready.jobs."src/b.py"]\nname = "b"\n[tool.jobready.jobs."c.py"]\n',
    )
    assert isinstance(config, Config)
    assert config.jobs == (
        ExpectedJob("a.py", "none"),
        ExpectedJob("src/b.py", None, "b"),
        ExpectedJob("c.py"),
    )


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("[tool.jobready]\njobs = 1\n", 2, "must be a table for each script"),
        ('[tool.jobready.jobs]\n"a.py" = 1\n', 2, "must be a table, like"),
        (
            '[tool.jobready.jobs."a.py"]\nsource = "repo"\n\n'
            '[tool.jobready.jobs."b.py"]\nname = "x"\nsource = "git"\n',
            6,
            "source must be repo, artifact, image or none, not 'git'",
        ),
        (
            '[tool.jobready.jobs."a.py"]\nnmae = "x"\n',
            2,
            "has no setting 'nmae': did you mean 'name'?",
        ),
        ('[tool.jobready.jobs."a.py"]\nzzz = 1\n', 2, "there are name, source"),
        ('[tool.jobready.jobs."a.py"]\nname = 1\n', 2, "must be a text"),
        ('[tool.jobready.jobs."a.py"]\nname = ""\n', 2, "must be a text"),
        (
            '[tool.jobready]\nscripts = ["a.py"]\njobs."a.py".source = 3\n',
            3,
            'jobs."a.py" source must be a text',
        ),
    ],
)
def test_what_is_wrong_is_named_with_its_line(
    tmp_path: Path, text: str, line: int, said: str
) -> None:
    failed = load(tmp_path, text)
    assert isinstance(failed, Failed)
    (reason,) = failed.reasons
    assert said in reason.message
    assert reason.line == line
    assert reason.message.startswith(f"{tmp_path / 'pyproject.toml'}:{line}: ")
