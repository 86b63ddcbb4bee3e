"""The modules that many scripts share: what is found out once, and what is forgotten."""

from __future__ import annotations

from pathlib import Path

import pytest

from jobready.script.files import library as kept
from jobready.script.files.library import Library


@pytest.fixture
def asked() -> list[bytes]:
    return []


def test_what_a_module_tells_is_asked_once_for_all_scripts(asked: list[bytes]) -> None:
    library, question = Library(lambda _: b"import wandb\n"), _asking(asked)
    path = Path("models.py")
    assert [library.for_script().tells(path, question) for _ in range(3)] == [True] * 3
    assert asked == [b"import wandb\n"]


def test_another_text_is_asked_anew(asked: list[bytes]) -> None:
    question = _asking(asked)
    library = Library(lambda _: b"import wandb\n")
    one, other = Path("models.py"), Path("data.py")
    assert library.tells(one, question)
    assert library.tells(other, question)
    changed = library.changed({one: "import os\n"})
    assert not changed.tells(one, question)
    assert changed.tells(other, question)
    assert library.tells(one, question)
    assert asked == [b"import wandb\n", b"import wandb\n", b"import os\n"]


def test_a_module_that_is_not_there_tells_nothing(asked: list[bytes]) -> None:
    assert not Library(lambda _: None).tells(Path("models.py"), _asking(asked))
    assert asked == []


def test_each_script_is_noted_to_look_into_it() -> None:
    library = Library(lambda _: b"import wandb\n")
    for _ in range(2):
        noted: dict[Path, bytes | None] = {}
        library.for_script(noted.__setitem__).matters(Path("models.py"))
        assert noted == {Path("models.py"): b"import wandb\n"}


def test_what_was_not_used_for_longest_is_forgotten(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(kept, "MOST", 25)
    read: list[str] = []
    library = Library(lambda _: b"x = 1  # 10\n")  # 12 characters
    for names in (["a"], ["b"], ["a"], ["c"], []):
        script = library.for_script()
        for name in names:
            before = script._syntax.get(Path(name))
            if script.syntax(Path(name)) is not before:
                read.append(name)
    assert read == ["a", "b", "c"]
    assert {path.name for path in library._syntax} == {"a", "c"}


def test_what_the_last_script_used_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "MOST", 25)
    library = Library(lambda _: b"x = 1  # 10\n")
    script = library.for_script()
    trees = [script.syntax(Path(name)) for name in "abcd"]
    again = library.for_script()
    assert [again.syntax(Path(name)) for name in "abcd"] == trees


def _asking(asked: list[bytes]) -> kept.Question:
    """A question that notes of which bytes it was asked."""

    def question(data: bytes) -> bool:
        asked.append(data)
        return b"wandb" in data

    return question
