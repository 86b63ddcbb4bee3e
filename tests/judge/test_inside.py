"""Parameters whose values a page shows inside of others."""

from __future__ import annotations

from tests.judge.inside import flat, put_inside, shown_inside

PAGE = {"opt": {"lr": 0.1, "inner": {"n": 1}}, "seed": 3, "a.b": 4, "text": "x"}


def test_what_a_page_shows_inside_of_values() -> None:
    names = ("opt.lr", "opt.inner.n", "opt.x", "text.x", "seed", "a.b")
    assert shown_inside(PAGE, names) == {"opt.lr", "opt.inner.n"}
    assert flat(PAGE, names) == {**PAGE, "opt.lr": 0.1, "opt.inner.n": 1}


def test_a_config_has_them_there_too() -> None:
    config = {"opt.lr": 0.5, "opt.inner.n": 2, "a.b": 1}
    assert put_inside(config, {"opt.lr", "opt.inner.n"}) == {
        "opt": {"lr": 0.5, "inner": {"n": 2}},
        "a.b": 1,
    }
    assert put_inside(config, ()) == config
