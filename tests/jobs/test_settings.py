"""Settings of wandb: where they come from, which wins, and what no wandb takes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest

from jobready.jobs.settings import Given, Settings, SourceSettings, Unknown, Value, merge
from jobready.jobs.versions import NEWEST, Version


def layer(**values: Value) -> dict[str, Given]:
    return {name: Given(value, "line 1") for name, value in values.items()}


def merged(
    source: SourceSettings | None = None,
    environ: Mapping[str, str] | None = None,
    version: Version = NEWEST,
    files: tuple[Mapping[str, Given], ...] = (),
) -> Settings:
    return merge(version, source or SourceSettings(), environ or {}, files)


def test_the_last_place_wins() -> None:
    files = (layer(project="home"), layer(project="folder"))
    environ = {"WANDB_PROJECT": "environment"}
    setup = SourceSettings(setup=layer(project="setup"))
    settings = replace(setup, settings=layer(project="settings"))
    arguments = replace(settings, arguments=layer(project="argument"))
    assert merged(files=files).text("project") == "folder"
    assert merged(None, environ, files=files).text("project") == "environment"
    assert merged(setup, environ, files=files).text("project") == "setup"
    assert merged(settings, environ, files=files).text("project") == "settings"
    assert merged(arguments, environ, files=files).text("project") == "argument"


def test_nothing_is_given() -> None:
    found = merged()
    assert found.text("job_name") is None
    assert not found.on("disable_git")
    assert found.on("save_requirements")
    assert found.origin("project") is None


@pytest.mark.parametrize(
    ("variable", "key"),
    [
        ("WANDB_JOB_NAME", "job_name"),
        ("WANDB_DIR", "root_dir"),
        ("WANDB__DISABLE_META", "disable_meta"),
        ("WANDB_X_DISABLE_META", "disable_meta"),
        ("WANDB_DISABLE_META", None),
        ("WANDB_LR", None),
        ("JOB_NAME", None),
    ],
)
def test_variables(variable: str, key: str | None) -> None:
    assert list(merged(None, {variable: "1"}).given) == ([key] if key else [])


def test_an_older_wandb_knows_no_x() -> None:
    assert not merged(None, {"WANDB_X_DISABLE_META": "1"}, (0, 18, 7)).given
    (trouble,) = merged(
        SourceSettings(settings=layer(x_disable_meta=True)), version=(0, 18, 7)
    ).troubles
    assert trouble == "wandb 0.18.7 has no setting x_disable_meta"


def test_what_is_no_value_is_a_trouble() -> None:
    for environ in (
        {"WANDB_JOB_SOURCE": "git"},
        {"WANDB_DISABLE_JOB_CREATION": "maybe"},
        {"WANDB_DISABLE_JOB_CREATION": ""},
    ):
        assert len(merged(None, environ).troubles) == 1


def test_a_wandb_without_the_setting_passes_over_it() -> None:
    found = merged(None, {"WANDB_JOB_NAME": "x", "WANDB_JOB_SOURCE": "git"}, (0, 13, 10))
    assert (found.given, found.troubles) == ({}, ())


@pytest.mark.parametrize(
    ("value", "off"),
    [("true", True), ("0", True), ("", True), ("False", False), ("false", False)],
)
def test_git_is_off_unless_it_says_false(value: str, off: bool) -> None:
    assert merged(None, {"WANDB_DISABLE_GIT": value}).on("disable_git") == off


def test_a_script_overrules_that() -> None:
    source = SourceSettings(settings=layer(disable_git=False))
    assert not merged(source, {"WANDB_DISABLE_GIT": "true"}).on("disable_git")


def test_code_is_not_saved_where_code_is_disabled() -> None:
    environ = {"WANDB_SAVE_CODE": "true", "WANDB_DISABLE_CODE": "true"}
    assert not merged(None, environ).on("save_code")
    assert merged(None, {"WANDB_SAVE_CODE": "true"}).on("save_code")
    source = SourceSettings(arguments=layer(save_code=True))
    assert merged(source, environ).on("save_code")


def test_before_0_19_a_default_could_not_be_set_again() -> None:
    given = layer(disable_job_creation=False)
    source = SourceSettings(settings=given, objects=frozenset(given))
    environ = {"WANDB_DISABLE_JOB_CREATION": "true"}
    assert merged(source, environ, (0, 18, 7)).on("disable_job_creation")
    assert not merged(source, environ, (0, 19, 0)).on("disable_job_creation")


def test_a_launch_overrules_the_project_of_the_script() -> None:
    source = SourceSettings(arguments=layer(project="own"))
    launched = {"WANDB_LAUNCH": "True", "WANDB_PROJECT": "launched"}
    assert merged(source, launched).text("project") == "launched"
    assert merged(source, {"WANDB_PROJECT": "x"}).text("project") == "own"


def test_what_the_script_sets_unless_it_is_set() -> None:
    source = SourceSettings(unless={"WANDB_PROJECT": Given("weak", "line 1")})
    assert merged(source).text("project") == "weak"
    assert merged(source, {"WANDB_PROJECT": "outside"}).text("project") == "outside"


def test_a_value_is_not_in_the_repr() -> None:
    found = merged(None, {"WANDB_GIT_REMOTE_URL": "https://u:hunter2@host/r"})
    assert "hunter2" in str(found.text("git_remote_url"))
    assert "hunter2" not in repr(found)


def test_a_value_that_only_the_script_knows() -> None:
    found = merged(SourceSettings(arguments=layer(project=Unknown("cfg.project"))))
    assert found.text("project") is None
    assert found.get("project") == Unknown("cfg.project")


def test_one_more_value_wins() -> None:
    found = merged(None, {"WANDB_PROJECT": "a"}).with_value("project", "b", "--project")
    assert (found.text("project"), found.origin("project")) == ("b", "--project")
