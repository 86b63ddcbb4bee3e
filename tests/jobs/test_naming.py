"""Names are made as the SDK makes them: thousands of texts through its own functions."""

from __future__ import annotations

import os
import re
from pathlib import Path
from unittest import mock

import pytest
import wandb
from hypothesis import given, settings
from hypothesis import strategies as st
from wandb.sdk.artifacts._internal_artifact import InternalArtifact
from wandb.sdk.internal.job_builder import JobBuilder
from wandb.sdk.launch.create_job import _make_code_artifact_name
from wandb.util import auto_project_name, make_artifact_name_safe

from jobready.jobs import naming
from jobready.jobs.create import created
from jobready.jobs.image import read_image
from jobready.jobs.program import Program, project_of
from jobready.jobs.versions import NEWEST, parse_version

MANY = settings(max_examples=1000)
TEXT = st.text(max_size=200)
# What people call images, registries, tags and digests, and what they mistype.
PART = st.text("abz09._-", min_size=1, max_size=8)
TAG = st.text("vV1._-+ é", max_size=8)
IMAGE = st.builds(
    lambda registry, path, tag, digest: registry + path + tag + digest,
    st.one_of(st.just(""), PART.map(lambda p: f"{p}.io/"), st.just("localhost:5000/")),
    st.lists(PART, min_size=1, max_size=3).map("/".join),
    st.one_of(st.just(""), TAG.map(lambda t: f":{t}"), st.just(":5000")),
    st.one_of(st.just(""), st.just("@sha256:" + "a" * 64)),
)


@MANY
@given(TEXT)
def test_a_safe_name_is_the_sdks(text: str) -> None:
    assert naming.safe_name(text, NEWEST) == make_artifact_name_safe(text)


@given(st.text("ab/é.", min_size=120, max_size=140))
def test_a_name_is_cut_where_the_sdk_cuts_it(text: str) -> None:
    cut = naming.safe_name(text, NEWEST)
    assert cut == make_artifact_name_safe(text)
    assert len(cut) <= naming.LONGEST
    assert naming.is_cut(text, NEWEST) == (len(text) > naming.LONGEST)


def test_the_oldest_cuts_nothing() -> None:
    assert naming.safe_name("é" * 200, (0, 13, 8)) == "_" * 200
    assert len(naming.safe_name("é" * 200, (0, 13, 10))) == 128


@pytest.fixture(scope="module")
def builder(tmp_path_factory: pytest.TempPathFactory) -> JobBuilder:
    """The SDK's own builder, which `wandb job create` uses to this day."""
    folder = str(tmp_path_factory.mktemp("files"))
    return JobBuilder(wandb.Settings(disable_job_creation=False), files_dir=folder)


@MANY
@given(image=st.one_of(IMAGE, TEXT))
def test_an_images_job_is_the_builders(builder: JobBuilder, image: str) -> None:
    builder._aliases = []
    source, name = builder._build_image_job_source({"docker": image})
    found = created("image", image, None, NEWEST)
    assert found.name == name
    assert set(found.aliases) == {*builder._aliases, "latest"}
    assert source == {"image": image}


@MANY
@given(remote=TEXT, path=TEXT)
def test_a_repositorys_job_is_the_builders(
    builder: JobBuilder, remote: str, path: str
) -> None:
    metadata = {"git": {"remote": remote, "commit": "c"}}
    _, name = builder._build_repo_job_source(path, metadata)
    assert naming.safe_name(naming.repo_job(remote, path), NEWEST) == name


@given(st.text("aZ0_-.", min_size=1, max_size=128))
def test_logged_codes_job_is_the_builders(builder: JobBuilder, code: str) -> None:
    builder._logged_code_artifact = {"id": "i", "name": f"{code}:v0"}
    _, name = builder._build_artifact_job_source("train.py", {})
    assert naming.artifact_job(code, NEWEST) == name


@given(TEXT.filter(bool))
def test_a_name_of_code_that_the_sdk_takes_as_it_is(name: str) -> None:
    valid = re.fullmatch(r"[a-zA-Z0-9_\-.]+", name) is not None
    if len(name) > naming.LONGEST:
        with pytest.raises(ValueError, match=r"128"):
            InternalArtifact(name, "code")
    else:
        assert (InternalArtifact(name, "code").name == name) == valid


@given(
    path=st.sampled_from([".", "./", "src", "./src/", "/abs", "code", "a/./b"]),
    file=st.sampled_from(["a.py", "src/encoder.py", "code/decode.py", "./x.py"]),
)
def test_job_create_code_is_named_as_the_command_does(path: str, file: str) -> None:
    code = _make_code_artifact_name(os.path.join(path, file), None)  # noqa: PTH118
    found = created("code", path, f"python {file}", NEWEST)
    assert found.name == code.replace("code", "job").split(":")[0]


@given(
    st.lists(st.sampled_from(["a", "b c", "ä", ".", ".."]), max_size=3).map("/".join),
    st.sampled_from(["train.py", "x/train.py", "../train.py", "-m pkg.mod"]),
)
def test_the_project_of_a_run_without_one(folder: str, program: str) -> None:
    root = "/srv/My repo"
    cwd = os.path.normpath(f"{root}/{folder}")
    with (
        mock.patch("wandb.sdk.lib.gitlib.GitRepo.root_dir", root),
        mock.patch("os.getcwd", return_value=cwd),
    ):
        real = auto_project_name(program)
    assert project_of(root, Program(program, cwd, exists=True)) == real


def test_a_run_outside_of_a_repository_has_no_project(tmp_path: Path) -> None:
    program = Program("train.py", str(tmp_path), exists=True)
    assert project_of(None, program) == "uncategorized"


PATHS = st.lists(
    st.sampled_from(["src", "a b", "..", ".", "x..", "..y", "ä"]), max_size=4
).map("/".join)


@MANY
@given(below=PATHS, path=PATHS, absolute=st.booleans())
def test_a_path_is_relative_as_the_sdk_has_it(
    below: str, path: str, absolute: bool
) -> None:
    root = "/srv/repo"
    cwd = os.path.normpath(f"{root}/{below}")
    program = f"{cwd}/{path}/t.py" if absolute else f"{path}/t.py".lstrip("/")
    with (
        mock.patch("os.getcwd", return_value=cwd),
        mock.patch("os.path.exists", return_value=True),
    ):
        real = wandb.Settings._get_program_relpath(program, root)
    assert Program(program, cwd, exists=True).relative_to(root) == real


@pytest.mark.parametrize(
    ("image", "version", "name", "aliases"),
    [
        ("reg:5000/img:5000", "0.31.0", "job-reg_img_5000", ("5000",)),
        ("reg:5000/img:5000", "0.17.9", "job-reg_img", ("5000",)),
        ("img:v1", "0.15.4", "job-img_v1", ()),
        ("img:v1", "0.15.5", "job-img", ("v1",)),
        ("img:a+b", "0.15.12", "job-img", ("a+b",)),
        ("img:a+b", "0.16.0", "job-img_a_b", ()),
    ],
)
def test_what_became_of_a_tag(
    image: str, version: str, name: str, aliases: tuple[str, ...]
) -> None:
    number = parse_version(version)
    assert number is not None
    assert naming.image_job(image, number) == naming.ImageName(name, aliases)


def test_two_colons_were_too_many() -> None:
    assert naming.image_job("localhost:5000/img:v1", (0, 15, 12)) is None


@pytest.mark.parametrize(
    ("image", "parts"),
    [
        ("img", (None, "img", None, None)),
        ("acme/img:v1", (None, "acme/img", "v1", None)),
        ("ghcr.io/acme/img", ("ghcr.io", "acme/img", None, None)),
        ("localhost:5000/img:v1", ("localhost:5000", "img", "v1", None)),
        ("reg:5000/a/b", ("reg:5000", "a/b", None, None)),
        ("img@sha256:" + "0" * 64, (None, "img", None, "sha256:" + "0" * 64)),
        ("[::1]:5000/img:v1", ("[::1]:5000", "img", "v1", None)),
    ],
)
def test_the_parts_of_an_image(image: str, parts: tuple[str | None, ...]) -> None:
    found = read_image(image)
    assert found is not None
    assert (found.registry, found.path, found.tag, found.digest) == parts


@pytest.mark.parametrize(
    "text", ["", " ", "my img", "IMG", "img:", ":v1", "a//b", "img:a+b", "img@sha256:00"]
)
def test_what_is_no_image(text: str) -> None:
    assert read_image(text) is None


@pytest.mark.parametrize(
    ("text", "version"),
    [
        ("0.31.0", (0, 31, 0)),
        ("0.16", (0, 16, 6)),
        ("v0.13.8", (0, 13, 8)),
        ("0.28.3.dev1", (0, 28, 3)),
        ("1.2", (1, 2, 0)),
        ("x", None),
        ("", None),
        ("0", None),
    ],
)
def test_versions(text: str, version: tuple[int, int, int] | None) -> None:
    assert parse_version(text) == version
