"""Which files a path stands for, and which are left alone."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from warnings import catch_warnings, simplefilter

import pytest

from jobready.project.config import Config
from jobready.project.discover import Discovery, discover


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder that is the current one."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def make(*names: str) -> None:
    """Make empty files, or with ``name: text`` one with lines separated by spaces."""
    for name in names:
        path, _, text = name.partition(": ")
        Path(path).parent.mkdir(parents=True, exist_ok=True)
        Path(path).write_text(text.replace(" ", "\n"), encoding="utf-8")


def found(*paths: str, exclude: tuple[str, ...] = ()) -> Discovery:
    """Return what paths lead to, from the current folder."""
    return discover([Path(path) for path in paths], Config(Path.cwd(), None, (), exclude))


def files(*paths: str, exclude: tuple[str, ...] = ()) -> list[str]:
    """Return the files that paths lead to, without any problem."""
    discovery = found(*paths, exclude=exclude)
    assert not discovery.problems
    return [str(path) for path in discovery.files]


def test_a_folder_gives_its_python_files_sorted(here: Path) -> None:
    make("b.py", "a.py", "sub/c.py", "README.md", "gui.pyw", "data.py.txt")
    assert files(".") == ["a.py", "b.py", "sub/c.py"]


def test_paths_are_shown_as_they_were_given(here: Path) -> None:
    make("src/a.py", "src/b/c.py")
    assert files("src") == ["src/a.py", "src/b/c.py"]
    assert files("./src/a.py") == ["src/a.py"]
    assert files(str(here / "src/a.py")) == [str(here / "src/a.py")]
    assert files("src/../src/b") == ["src/../src/b/c.py"]


def test_a_file_that_is_named_twice_is_found_once(here: Path) -> None:
    make("src/a.py", "src/b.py")
    assert files("src/a.py", "src", str(here / "src")) == ["src/a.py", "src/b.py"]


def test_a_named_file_may_have_any_name(here: Path) -> None:
    make("train", "build/train.py")
    assert files("train", "build/train.py") == ["build/train.py", "train"]


def test_missing_paths_are_problems_and_the_others_still_found(here: Path) -> None:
    make("a.py")
    discovery = found("missing.py", "a.py", "b\0.py")
    assert discovery.files == (Path("a.py"),)
    (first, reason), _ = discovery.problems
    assert first == Path("missing.py")
    assert "no such file" in reason.message


def test_a_folder_without_python_files_is_a_problem(here: Path) -> None:
    make("docs/index.md", "notebooks/a.ipynb")
    (docs, notebooks) = found("docs", "notebooks").problems
    assert docs[0] == Path("docs")
    assert "no Python files" in docs[1].message
    assert "notebooks (1)" in notebooks[1].message


def test_notebooks_are_counted(here: Path) -> None:
    make("a.py", "b.ipynb", "sub/c.ipynb", ".ipynb_checkpoints/b.ipynb")
    assert found(".").skipped == (Path("b.ipynb"), Path("sub/c.ipynb"))


def test_a_named_notebook_is_a_problem(here: Path) -> None:
    make("b.ipynb")
    ((_, reason),) = found("b.ipynb").problems
    assert "notebook" in reason.message


NOT_OURS = (
    ".git/hooks",
    ".venv",
    "venv",
    "node_modules",
    "sub/build",
    "dist",
    "site-packages",
    "vendor",
    "third_party",
    "wandb/run-20240131_120000-abc123/files/code",
)


@pytest.mark.parametrize("folder", NOT_OURS)
def test_what_others_wrote_or_tools_made_is_left_out(here: Path, folder: str) -> None:
    make("a.py", f"{folder}/b.py")
    assert files(".") == ["a.py"]


@pytest.mark.parametrize("folder", ["env", "wandb/run-tests", "builder", ".github"])
def test_folders_that_only_look_like_it_are_looked_through(here: Path, folder: str) -> None:
    make("a.py", f"{folder}/b.py")
    assert files(".") == sorted(["a.py", f"{folder}/b.py"])


@pytest.mark.parametrize("marker", ["pyvenv.cfg", "conda-meta/history"])
def test_an_environment_is_left_out_whatever_its_name(here: Path, marker: str) -> None:
    make("a.py", "env/b.py", f"env/{marker}")
    assert files(".") == ["a.py"]


def test_a_folder_that_is_named_is_looked_through(here: Path) -> None:
    make("build/a.py", "env/pyvenv.cfg", "env/b.py")
    assert files("build", "env") == ["build/a.py", "env/b.py"]


def test_gitignore(here: Path) -> None:
    make(".gitignore: out/ *_old.py /top.py", "a.py", "a_old.py", "top.py")
    make("sub/top.py", "out/b.py", "sub/out/c.py")
    assert files(".") == ["a.py", "sub/top.py"]


def test_a_nested_gitignore_counts_more(here: Path) -> None:
    make(".gitignore: *_old.py", "sub/.gitignore: !keep_old.py drop.py")
    make("a_old.py", "sub/a_old.py", "sub/keep_old.py", "sub/drop.py", "drop.py")
    assert files(".") == ["drop.py", "sub/keep_old.py"]


def test_what_is_in_an_ignored_folder_cannot_come_back(here: Path) -> None:
    make(".gitignore: out/ !out/a.py", "out/a.py", "b.py")
    assert files(".") == ["b.py"]


def test_gitignore_up_to_the_root_of_the_repository(here: Path) -> None:
    make(".gitignore: *.py", "repo/.git/HEAD", "repo/.gitignore: /src/gen.py")
    make("repo/src/gen.py", "repo/src/a.py", "repo/src/pkg/gen.py")
    assert files("repo/src") == ["repo/src/a.py", "repo/src/pkg/gen.py"]


def test_an_ignored_folder_or_file_that_is_named_is_taken(here: Path) -> None:
    make(".git/HEAD", ".gitignore: out/", "out/a.py", "out/sub/b.py")
    assert files("out") == ["out/a.py", "out/sub/b.py"]
    assert files("out/sub") == ["out/sub/b.py"]
    assert files("out/a.py") == ["out/a.py"]


def test_info_exclude(here: Path) -> None:
    make(".git/info/exclude: scratch*.py", "scratch1.py", "sub/scratch2.py", "a.py")
    assert files(".") == ["a.py"]
    assert "no Python" in found("sub").problems[0][1].message


@pytest.mark.skipif(shutil.which("git") is None, reason="asks git itself")
def test_info_exclude_of_a_worktree(here: Path) -> None:
    git = ["git", "-c", "user.name=a", "-c", "user.email=a@example.org", "-C", "repo"]
    subprocess.run(["git", "init", "-q", "repo"], check=True)
    subprocess.run([*git, "commit", "-q", "--allow-empty", "-m", "x"], check=True)
    subprocess.run([*git, "worktree", "add", "-q", "../tree"], check=True)
    make("repo/.git/info/exclude: scratch.py", "tree/scratch.py", "tree/a.py")
    assert files("tree") == ["tree/a.py"]


@pytest.mark.skipif(shutil.which("git") is None, reason="asks git itself")
def test_the_same_files_as_git_lists(here: Path) -> None:
    make(".gitignore: a* !ab.py /b/c **/d/*.py e/**/f.py \\!x.py g/ [h-i].py *.py/")
    make("sub/.gitignore: !a1.py /k.py # \\#m.py b/c", "sub/deep/.gitignore: *")
    names = ["a1.py", "ab.py", "b/c/x.py", "c/x.py", "d/y.py", "d/z/y.py", "f.py"]
    names += ["e/f.py", "e/q/f.py", "!x.py", "g/n.py", "h.py", "j.py", "k.py", "#m.py"]
    names += ["dir.py/o.py", "deep/p.py"]
    make(*names, *(f"sub/{name}" for name in names))
    subprocess.run(["git", "init", "-q"], check=True)
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--others", "--exclude-standard", "*.py"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split("\0")
    assert files(".") == sorted(filter(None, listed))


@pytest.mark.parametrize("line", ["*/", "**/", "/**/", "/*/", "[[]x]*"])
def test_unusual_lines_as_git_takes_them(here: Path, line: str) -> None:
    make(f".gitignore: {line}", "a.py", "b/c.py", "b/d/e.py", "[x].py")
    subprocess.run(["git", "init", "-q"], check=True)
    listed = subprocess.run(
        ["git", "ls-files", "--others", "--exclude-standard", "*.py"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()
    with catch_warnings():
        simplefilter("error")
        assert files(".") == sorted(listed)


def test_a_repository_whose_settings_are_elsewhere_by_a_name_that_is_no_text(
    here: Path,
) -> None:
    make(".git: gitdir:git", "a.py", "git/HEAD")
    Path("git/commondir").write_bytes(b"\xff\n")
    assert files(".") == ["a.py"]


def test_a_gitignore_that_cannot_be_read_ignores_nothing(here: Path) -> None:
    make("a.py", ".gitignore/b.py")
    assert files(".") == [".gitignore/b.py", "a.py"]


def test_a_gitignore_with_lines_that_are_no_patterns(here: Path) -> None:
    make("a.py", "b.py")
    Path(".gitignore").write_bytes(b"\xef\xbb\xbf# x\r\n!\r\n/\r\n\xff\r\na.py\r\n")
    assert files(".") == ["b.py"]


def test_exclude_holds_for_files_that_are_named_too(here: Path) -> None:
    make("a.py", "legacy/b.py", "sub/legacy/c.py", "sub/d_test.py")
    exclude = ("legacy/", "*_test.py")
    assert files(".", exclude=exclude) == ["a.py"]
    named = ("a.py", "legacy/b.py", "sub/legacy/c.py", "sub/d_test.py")
    assert files(*named, exclude=exclude) == ["a.py"]


def test_exclude_is_relative_to_the_folder_of_the_settings(here: Path) -> None:
    make("proj/a.py", "proj/sub/a.py", "a.py")
    config = Config(here / "proj", exclude=("/a.py",))
    found = discover([Path("proj"), Path("a.py"), Path("proj/a.py")], config)
    assert found.files == (Path("a.py"), Path("proj/sub/a.py"))


def test_a_gitignore_does_not_bring_back_what_is_excluded(here: Path) -> None:
    make("a.py", "b.py", ".gitignore: !a.py")
    assert files(".", exclude=("a.py",)) == ["b.py"]


def test_a_loop_of_symlinked_folders_ends(here: Path) -> None:
    make("src/a.py")
    Path("src/loop").symlink_to("..")
    Path("src/self").symlink_to("self")
    assert files("src") == ["src/a.py"]


def test_a_symlinked_folder_that_is_named_is_looked_through(here: Path) -> None:
    make("src/a.py")
    Path("link").symlink_to("src")
    assert files("link") == ["link/a.py"]
    assert files("link", "src") == ["link/a.py"]


def test_a_symlinked_file_is_found_once(here: Path) -> None:
    make("src/train.py", "shared/common.py", "legacy/old.py")
    Path("src/again.py").symlink_to("train.py")
    Path("src/common.py").symlink_to("../shared/common.py")
    Path("src/old.py").symlink_to("../legacy/old.py")
    Path("src/nowhere.py").symlink_to("missing.py")
    assert files("src", exclude=("legacy",)) == ["src/common.py", "src/train.py"]


def test_a_pipe_in_a_folder_is_no_file(here: Path) -> None:
    make("a.py")
    os.mkfifo("b.py")
    assert files(".") == ["a.py"]


def test_a_folder_that_may_not_be_looked_into_is_a_problem(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make("a.py", "secret/b.py")
    scandir = os.scandir

    def guarded(folder: str) -> Iterator[os.DirEntry[str]]:
        if folder.endswith("/secret/"):  # root may look into every folder
            raise PermissionError(13, "Permission denied")
        return scandir(folder)

    monkeypatch.setattr(os, "scandir", guarded)
    discovery = found(".")
    assert discovery.files == (Path("a.py"),)
    assert [str(path) for path, _ in discovery.problems] == ["secret"]


def test_no_path_gives_no_file(here: Path) -> None:
    assert found() == Discovery((), (), ())
