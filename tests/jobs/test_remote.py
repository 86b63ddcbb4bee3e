"""Remotes: recorded as the SDK records them, shown without what is secret in them."""

from __future__ import annotations

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from wandb.sdk.launch.errors import LaunchError
from wandb.sdk.launch.git_reference import _validate_uri
from wandb.sdk.lib.gitlib import remote_url_without_password

from jobready.jobs.naming import SECRET, safe_name, shown_name
from jobready.jobs.remote import (
    Remote,
    Unreadable,
    agents_accept,
    form_of,
    masked,
    named,
    recorded,
)
from jobready.jobs.repository_problems import same_place
from jobready.jobs.versions import NEWEST

MANY = settings(max_examples=1000)
WORD = st.text("abcXYZ019._~%é-", min_size=1, max_size=8)
SCHEME = st.sampled_from(
    ["https", "http", "ssh", "git", "file", "HTTPS", "git+ssh", "ext::sh -c x", "C"]
)
PORT = st.one_of(
    st.just(""), st.integers(0, 70000).map(lambda n: f":{n}"), st.sampled_from([":", ":x"])
)
URL = st.builds(
    lambda scheme, user, host, port, path, end: (
        f"{scheme}://{user}{host}{port}/{path}{end}"
    ),
    SCHEME,
    st.one_of(
        st.just(""),
        WORD.map(lambda w: f"{w}@"),
        st.tuples(WORD, WORD).map(lambda p: f"{p[0]}:{p[1]}@"),
        WORD.map(lambda w: f"{w}:@"),
    ),
    st.one_of(WORD, st.sampled_from(["[::1]", "GitHub.com", "", "[::"])),
    PORT,
    st.lists(WORD, max_size=3).map("/".join),
    st.sampled_from(["", ".git", "/", "?x=y", "#", "?", ";a"]),
)
SCP = st.builds(lambda u, h, p: f"{u}{h}:{p}", st.sampled_from(["", "git@"]), WORD, WORD)


@MANY
@given(st.one_of(URL, SCP, st.text(max_size=60)))
def test_a_remote_is_recorded_as_the_sdk_does(url: str) -> None:
    url = url.strip()
    found = recorded(url, NEWEST)
    try:
        real = remote_url_without_password(url)
    except ValueError:
        assert isinstance(found, Unreadable)
    else:
        assert isinstance(found, Remote)
        assert found.url == real


@settings(max_examples=500)
@given(
    scheme=st.sampled_from(["https", "http", "ssh", "git", "HTTPS", "ftp"]),
    user=st.one_of(st.just(""), WORD),
    secret=st.text("aZ0/@:?#.~!-", min_size=4, max_size=20),
    path=st.sampled_from(["acme/repo.git", "a", "~me/x", "@scope/repo"]),
)
def test_a_password_is_never_shown(scheme: str, user: str, secret: str, path: str) -> None:
    secret = f"sEcReT{secret}sEcReT"
    assume(user or secret[0] not in "/@")
    url = f"{scheme}://{user}:{secret}@git.acme.com/{path}"
    for found in (recorded(url, NEWEST), named(url)):
        assert "sEcReT" not in found.shown
        assert "sEcReT" not in repr(found)


@pytest.mark.parametrize(
    "url",
    [
        "https://sEcReT@github.com/acme/repo.git",
        "https://sEcReT:@github.com/acme/repo.git",
        "https://sEcReT:x-oauth-basic@github.com/acme/repo.git",
        "https://x-access-token:sEcReT@github.com/acme/repo.git",
        "https://oauth2:sEcReT@gitlab.com:8443/acme/repo.git",
        "https://user:sE@sEcReT/cReT@host/acme/repo.git",
        "https://host/acme/repo.git?private_token=sEcReT",
        "http://git:sEcReT@host/repo",
        "ssh://git:sEcReT@host/repo",
        "ssh://me:sEcReT@host:22/repo",
        "user:sEcReT@host:acme/repo.git",
        "https://user:12#sEcReT@host/acme/repo.git",
        "https://user:12/sEcReT@host/acme/repo.git",
    ],
)
def test_forms_in_which_people_write_a_credential(url: str) -> None:
    for found in (recorded(url, NEWEST), named(url)):
        assert "sEcReT" not in found.shown
        assert "sEcReT" not in repr(found)
        if isinstance(found, Remote):
            exact = safe_name(f"job-{found.url}_train.py", NEWEST)
            assert "sEcReT" not in shown_name(f"job-{found.shown}_train.py", exact)


@pytest.mark.parametrize(
    "url",
    [
        "https://github.com/acme/repo.git",
        "git@github.com:acme/repo.git",
        "ssh://git@github.com:2222/acme/repo.git",
        "ssh://hg@host/repo",
        "/srv/git/repo.git",
        "../up.git",
        "C:\\git\\repo.git",
        "Work:acme/repo.git",
        "file:///srv/git/repo.git",
        "https://host/@scope/repo",
        "https://host:8443/@scope/repo",
        "https://[::1]:8443/@scope/repo",
        "",
    ],
)
def test_what_holds_no_credential_is_shown_as_it_is(url: str) -> None:
    assert masked(url) == url
    assert named(url).credential == "none"


@pytest.mark.parametrize(
    ("url", "credential"),
    [
        ("https://github.com/acme/repo.git", "none"),
        ("https://TOKEN@github.com/acme/repo.git", "dropped"),
        ("https://user:pw@github.com/acme/repo.git", "kept"),
        ("https://TOKEN:@github.com/acme/repo.git", "kept"),
        ("ssh://git@github.com/acme/repo.git", "none"),
        ("https://host/repo?token=x", "kept"),
    ],
)
def test_what_became_of_a_credential(url: str, credential: str) -> None:
    found = recorded(url, NEWEST)
    assert isinstance(found, Remote)
    assert found.credential == credential


def test_a_named_remote_keeps_its_credential() -> None:
    found = named("https://u:p@host/r.git")
    assert (found.credential, found.shown) == ("kept", f"https://{SECRET}@host/r.git")


@pytest.mark.parametrize(
    ("url", "older"),
    [("Work:acme/repo.git", "work:acme/repo.git"), ("C:\\git\\r", "c:\\git\\r")],
)
def test_gitpython_wrote_schemes_small(url: str, older: str) -> None:
    found, before = recorded(url, (0, 28, 1)), recorded(url, (0, 28, 0))
    assert isinstance(found, Remote)
    assert isinstance(before, Remote)
    assert (found.url, before.url) == (url, older)


@pytest.mark.parametrize(
    ("url", "form"),
    [
        ("https://h/r", "https"),
        ("HTTP://h/r", "http"),
        ("ssh://git@h/r", "ssh"),
        ("git@h:r", "scp"),
        ("h:r", "scp"),
        ("git://h/r", "git"),
        ("file:///r", "file"),
        ("ftp://h/r", "other"),
        ("/srv/r", "path"),
        ("../r", "path"),
        ("./a:b", "path"),
        ("C:\\r", "path"),
        ("C:/r", "path"),
    ],
)
def test_the_form_of_an_address(url: str, form: str) -> None:
    assert form_of(url) == form


@MANY
@given(st.one_of(URL, SCP, st.text(max_size=40)))
def test_agents_accept_what_the_newest_accepts(url: str) -> None:
    try:
        _validate_uri(url)
        real = True
    except LaunchError:
        real = False
    assert agents_accept(named(url), NEWEST) == real


def test_older_agents_left_it_to_git() -> None:
    assert agents_accept(named("git://h/r"), (0, 28, 1))
    assert not agents_accept(named("/srv/r"), (0, 28, 1))


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("https://github.com/acme/repo.git", "git@github.com:acme/repo.git", True),
        ("https://GitHub.com/acme/repo", "ssh://git@github.com:22/acme/repo.git", True),
        ("https://github.com/acme/repo.git", "https://github.com/acme/other.git", False),
        ("https://github.com/acme/repo.git", "https://github.com/acme/repo.git", False),
        ("https://github.com/acme/repo.git", "https://gitlab.com/acme/repo.git", False),
        ("https://u:p@github.com/acme/repo.git", "git@github.com:acme/repo.git", True),
    ],
)
def test_one_repository_in_two_forms(one: str, other: str, same: bool) -> None:
    assert same_place(named(one), named(other)) == same
