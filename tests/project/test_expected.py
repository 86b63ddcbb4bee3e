"""``[tool.jobready.jobs."train.py"]``: read, and wrong tables are named with their line."""

from __future__ import annotations

from pathlib import Path

import pytest

from jobready.outcome import Failed
from jobready.project.config import Config, load_config
from jobready.project.expected import ExpectedJob
from jobready.project.rehearsed import RehearsalSettings


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


def test_how_a_script_is_rehearsed(tmp_path: Path) -> None:
    config = load(
        tmp_path,
        "[tool.jobready]\nrehearse = true\n"
        '[tool.jobready.jobs."a.py"]\nstop = "init"\ntimeout = 5\nargs = ["--data", "x"]\n'
        'ranks = 4\ncheckout = "HEAD"\nstand-ins = "missing"\n'
        'env = {DATA = "x"}\noverrides = {lr = 0.5, tags = ["a"]}\nkeep = ["seed"]\n'
        'rehearse = false\n[tool.jobready.jobs."b.py"]\n',
    )
    assert isinstance(config, Config)
    assert config.rehearse
    first, second = (job.rehearsal for job in config.jobs)
    assert first == RehearsalSettings(
        rehearse=False,
        stop="init",
        timeout=5.0,
        args=("--data", "x"),
        env={"DATA": "x"},
        overrides={"lr": 0.5, "tags": ["a"]},
        keep=("seed",),
        ranks=4,
        checkout="HEAD",
        stand_ins="missing",
    )
    assert second == RehearsalSettings()
    assert second.stated == {}
    assert first.stated["keep"] == ["seed"]
    assert first.stated["stand-ins"] == "missing"


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('stop = "log"', 'stop must be "init", "first-log" or "exit", not \'log\''),
        ("timeout = 0", "timeout must be a number of seconds above 0"),
        ("timeout = true", "timeout must be a number"),
        ('args = "--lr 1"', 'args must be an array of words, like ["--data", "small"]'),
        ("env = {DATA = 0}", 'env must be a table of texts, like {DATA = "/data"}'),
        ("overrides = [1]", "overrides must be a table of values, like {lr = 0.5}"),
        ("overrides = {day = 2024-01-01}", "values that JSON has too, and 'day' is none"),
        ('keep = "seed"', "keep must be an array of names of parameters"),
        ("ranks = 0", "ranks must be a number of processes from 1 to 16"),
        ("ranks = true", "ranks must be a number of processes"),
        ('checkout = "main"', 'checkout must be "working-tree" or "HEAD", not \'main\''),
        ("stand-ins = true", 'stand-ins must be "missing" or "none", not True'),
        ("rehearse = 1", "rehearse must be true or false"),
        ("time_out = 3", "has no setting 'time_out': did you mean 'timeout'?"),
    ],
)
def test_what_is_wrong_with_a_rehearsal_is_named(
    tmp_path: Path, line: str, said: str
) -> None:
    failed = load(tmp_path, f'[tool.jobready.jobs."a.py"]\nname = "x"\n{line}\n')
    assert isinstance(failed, Failed)
    (reason,) = failed.reasons
    assert said in reason.message
    assert reason.line == 3


def test_what_holds_for_all_scripts(tmp_path: Path) -> None:
    config = load(tmp_path, '[tool.jobready]\ncheckout = "HEAD"\nstand-ins = "missing"\n')
    assert isinstance(config, Config)
    assert (config.checkout, config.stand_ins) == ("HEAD", "missing")


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('rehearse = "yes"', "rehearse must be true or false"),
        ("checkout = true", 'checkout must be "working-tree" or "HEAD", not True'),
        ('stand-ins = "all"', 'stand-ins must be "missing" or "none", not \'all\''),
    ],
)
def test_what_is_wrong_with_it_is_named(tmp_path: Path, line: str, said: str) -> None:
    failed = load(tmp_path, f'[tool.jobready]\nscripts = ["a.py"]\n{line}\n')
    assert isinstance(failed, Failed)
    assert failed.reasons[0].message.endswith(f"pyproject.toml:3: {said}")
