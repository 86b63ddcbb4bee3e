"""The copy of a working tree that a script runs in."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from pytest_jobready.rehearsal import Take, copying
from pytest_jobready.rehearsal.tree import Tree, make_tree
from tests.plugin.rehearsal.repository import git, repository


def tree_of(
    project: Path, tmp_path: Path, script: str = "train.py", **asked: object
) -> Tree:
    into = tmp_path / "temporary"
    into.mkdir()
    return make_tree(Take(project / script, **asked), into)  # type: ignore[arg-type]


def names(folder: Path) -> set[str]:
    found = [p.relative_to(folder) for p in folder.rglob("*")]
    return {p.as_posix() for p in found if ".git" not in p.parts}


def test_it_is_the_working_tree_as_git_lists_it(tmp_path: Path) -> None:
    root = repository(tmp_path / "shop", {"train.py": "1", "lib/a.py": "", "gone.py": ""})
    (root / "train.py").write_text("changed")
    (root / "new.py").write_text("")
    (root / "gone.py").unlink()
    tree = tree_of(root, tmp_path)
    assert names(tree.top) == {"train.py", "lib", "lib/a.py", "new.py"}
    assert (tree.top / "train.py").read_text() == "changed"
    assert tree.top.name == "shop"
    assert (tree.original, tree.cwd) == (root, tree.top)


def test_git_says_the_same_in_the_copy(tmp_path: Path) -> None:
    root = repository(tmp_path / "shop", {"train.py": "1", "lib/a.py": ""})
    (root / "train.py").write_text("2")
    tree = tree_of(root, tmp_path)
    for question in (
        ("rev-parse", "HEAD"),
        ("rev-parse", "--abbrev-ref", "HEAD"),
        ("remote", "get-url", "origin"),
        ("status", "--porcelain"),
        ("diff", "HEAD"),
    ):
        assert git(tree.top, *question) == git(root, *question), question
    git(tree.top, "commit", "-qam", "second")
    assert git(root, "log", "--format=%s") == "first"


def test_a_linked_worktree_and_a_detached_head_are_copied_as_well(tmp_path: Path) -> None:
    root = repository(tmp_path / "shop", {"train.py": "1"})
    git(root, "worktree", "add", "-q", "--detach", str(tmp_path / "linked"))
    tree = tree_of(tmp_path / "linked", tmp_path)
    assert git(tree.top, "rev-parse", "HEAD") == git(root, "rev-parse", "HEAD")
    assert git(tree.top, "remote", "get-url", "origin") == git(
        root, "remote", "get-url", "origin"
    )


def test_a_password_in_a_remote_is_written_nowhere(tmp_path: Path) -> None:
    remote = "https://user:secret@github.com/acme/repo.git"
    root = repository(tmp_path / "shop", {"train.py": "1"}, remote)
    tree = tree_of(root, tmp_path)
    assert git(tree.top, "remote", "get-url", "origin") == (
        "https://user:@github.com/acme/repo.git"
    )
    assert not any(b"secret" in p.read_bytes() for p in tree.top.rglob("*") if p.is_file())


def test_before_the_first_commit_there_is_none_in_the_copy(tmp_path: Path) -> None:
    root = tmp_path / "shop"
    root.mkdir()
    git(root, "init", "-q", "-b", "trunk")
    (root / "train.py").write_text("")
    tree = tree_of(root, tmp_path)
    assert git(tree.top, "symbolic-ref", "HEAD") == "refs/heads/trunk"
    assert git(tree.top, "status", "--porcelain") == "?? train.py"


def test_data_that_git_ignores_is_there_and_large_data_is_linked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(copying, "LARGE", 10)
    monkeypatch.setattr(copying, "MANY", 3)
    root = repository(
        tmp_path / "shop", {"train.py": "1", ".gitignore": "data/\nwandb/\n.venv/\n.env\n"}
    )
    for name in ("data/small", "data/many/a", "data/many/b", "data/many/c", "data/many/d"):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text("x")
    (root / "data/large").write_text("x" * 11)
    for name in ("wandb/settings", ".venv/pyvenv.cfg", ".env"):
        (root / name).parent.mkdir(exist_ok=True)
        (root / name).write_text("x")
    tree = tree_of(root, tmp_path)
    data = tree.top / "data"
    assert not (data / "small").is_symlink()
    assert (data / "large").readlink() == root / "data/large"
    assert (data / "many").readlink() == root / "data/many"
    assert (tree.top / ".env").readlink() == root / ".env"
    assert not (tree.top / "wandb").exists()
    assert not (tree.top / ".venv").exists()
    (data / "small").write_text("y")
    (data / "new").write_text("y")
    assert (root / "data/small").read_text() == "x"
    assert not (root / "data/new").exists()


@pytest.mark.skipif(os.name == "nt", reason="grants symlinks to few")
def test_links_lead_where_they_led(tmp_path: Path) -> None:
    root = repository(tmp_path / "shop", {"train.py": "1", "real.py": "2"})
    (tmp_path / "outside").write_text("3")
    (root / "inner.py").symlink_to("real.py")
    (root / "outer").symlink_to("../outside")
    tree = tree_of(root, tmp_path)
    assert os.readlink(tree.top / "inner.py") == "real.py"  # noqa: PTH115
    assert (tree.top / "outer").read_text() == "3"


def test_without_a_repository_it_is_the_folder_of_the_script(tmp_path: Path) -> None:
    (tmp_path / "shop").mkdir()
    (tmp_path / "shop/train.py").write_text("")
    (tmp_path / "shop/__pycache__").mkdir()
    (tmp_path / "beside.py").write_text("")
    tree = tree_of(tmp_path / "shop", tmp_path)
    assert names(tree.top) == {"train.py"}


def test_in_place_there_is_no_copy(tmp_path: Path) -> None:
    root = repository(tmp_path / "shop", {"src/train.py": "1"})
    tree = tree_of(root, tmp_path, "src/train.py", in_place=True, root=root / "src")
    assert (tree.top, tree.cwd) == (root, root / "src")


def test_a_root_within_the_repository_is_where_it_starts(tmp_path: Path) -> None:
    root = repository(tmp_path / "shop", {"src/train.py": "1", "top.txt": ""})
    tree = tree_of(root, tmp_path, "src/train.py", root=root / "src")
    assert tree.cwd == tree.top / "src"
    assert (tree.top / "top.txt").exists()


def test_paths_are_moved_and_told(tmp_path: Path) -> None:
    tree = Tree(Path("/home/shop"), Path("/tmp/1/shop"), Path("/tmp/1/shop"))
    given = {"a": ["/home/shop/data", 1], "b": "/home/shop-2/data", "c": "x=/home/shop"}
    moved = {"a": ["/tmp/1/shop/data", 1], "b": "/home/shop-2/data", "c": "x=/tmp/1/shop"}
    assert tree.moved(given) == moved
    assert tree.told(moved) == given
