"""Scripts that only other programs start anew, by modules that both import."""

from __future__ import annotations

from pathlib import Path

import pytest

from jobready.edits.migrate import Linked, migrate_text
from jobready.edits.options import Options
from jobready.outcome import Outcome, Refused, Rewritten
from jobready.script.files.library import Library
from tests.edits.tools import NEWEST

SCRIPT = """\
import argparse

import wandb

from package import tools


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--lr", type=float, default=0.1)
    parser.add_argument("--role", default="auto")
    args = parser.parse_args()
    tools.check(args.lr)
    wandb.init(config=args)
    print(args.lr)


if __name__ == "__main__":
    main()
"""
TOOLS = """\
import subprocess
import sys


def check(lr):
    assert lr > 0


class Plan:
    def words(self):
        return ["--role", "worker"]


def start():
    subprocess.run([sys.executable, "-m", "package.train", *Plan().words()])


def main():
    start()


if __name__ == "__main__":
    main()
"""


def outcome(folder: Path, script: str, tools: str, **more: str) -> Outcome:
    """What becomes of a script of a package, beside its other modules."""
    package = folder / "package"
    package.mkdir()
    texts = {"__init__": "", "train": script, "tools": tools, **more}
    for name, text in texts.items():
        (package / f"{name}.py").write_text(text)
    linked = Linked(package / "train.py", Library())
    return migrate_text(script, Options(), NEWEST, linked)


def changed(text: str, *changes: tuple[str, str]) -> str:
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new)
    return text


@pytest.mark.parametrize(
    "changes",
    [
        (),
        (("def start", '__all__ = ["check", "start"]\n\n\ndef start'),),
        (
            ("class Plan", "@dataclass\nclass Plan"),
            ("import sys", "import sys\nfrom dataclasses import dataclass"),
        ),
        (("import sys", 'import sys\n\nTEXT = "how to start a worker"'),),
        (("    assert", "    lr.eval()\n    assert"),),
        (("    assert", "    getattr(lr, str(lr), None)\n    assert"),),
        (('["--role", "worker"]', '["--role", "worker", "--lr", "1"]'),),
    ],
)
def test_what_the_script_never_runs(
    tmp_path: Path, changes: tuple[tuple[str, str], ...]
) -> None:
    found = outcome(
        tmp_path, changed(SCRIPT, ("main()", "run()")), changed(TOOLS, *changes)
    )
    assert isinstance(found, Rewritten), found
    assert "WANDB_LAUNCH_PROCESS" not in found.text
    (note,) = [r for r in found.reasons if "another program" in r.message]
    assert Path(str(note.file)).name == "tools.py"


def test_what_other_programs_run_by_a_module_of_their_own(tmp_path: Path) -> None:
    more = "from package.tools import start\n\n\ndef go():\n    start()\n"
    script = changed(SCRIPT, ("main()", "run()"))
    assert isinstance(outcome(tmp_path, script, TOOLS, command=more), Rewritten)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("    tools.check(args.lr)", "    tools.start()"),
        ("    tools.check(args.lr)", "    go = tools.start\n    go()"),
        ("    tools.check(args.lr)", "    getattr(tools, 'start')()"),
        ("    tools.check(args.lr)", "    getattr(tools, args.role)()"),
        ("    tools.check(args.lr)", "    vars(tools)[args.role]()"),
        ("    tools.check(args.lr)", "    tools.__dict__[args.role]()"),
        ("    tools.check(args.lr)", "    eval('tools.st' + 'art')()"),
        ("    tools.check(args.lr)", "    __import__('package.' + args.role)"),
        ("    tools.check(args.lr)", "    import sys\n    sys.modules[args.role].go()"),
        ("    tools.check(args.lr)", "    from package.tools import start as go\n    go()"),
        ("    tools.check(args.lr)", "    from package.tools import *\n    start()"),
        ("    tools.check(args.lr)", "    from package import more\n    more.go()"),
        ("from package import tools", "from package import more, tools"),
    ],
)
def test_what_the_script_may_run(tmp_path: Path, old: str, new: str) -> None:
    script = changed(SCRIPT, (old, new), ("main()", "run()"))
    more = "from package import tools\n\n\ndef go():\n    pass\n\n\ntools.start()\n"
    assert_refused(outcome(tmp_path, script, TOOLS, more=more))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("    assert lr > 0", "    start()"),
        ("    assert lr > 0", "    main()"),
        ("    assert lr > 0", "    globals()['st' + 'art']()"),
        ("    assert lr > 0", "    exec(lr)"),
        ("    assert lr > 0", "    lr.text = 'x'\n    exec(lr.text)"),
        ("    assert lr > 0", "    Base.__subclasses__()[0]()"),
        ('if __name__ == "__main__":\n    main()', "main()"),
        ("def main", "BEGIN = {'a': start}\n\n\ndef main"),
        ("def main", "def later(first=start()):\n    pass\n\n\ndef main"),
        ("def main", "class Later:\n    begin = start()\n\n\ndef main"),
        ("def start", "@register\ndef start"),
        (
            "def main",
            "class Later(Base):\n    def go(self):\n        start()\n\n\ndef main",
        ),
        ("def main", "@register\ndef main"),
        ("def main", "import atexit\n\natexit.register(start)\n\n\ndef main"),
    ],
)
def test_a_module_that_may_be_run(tmp_path: Path, old: str, new: str) -> None:
    script = changed(SCRIPT, ("main()", "run()"))
    assert_refused(outcome(tmp_path, script, changed(TOOLS, (old, new))))


def test_words_that_come_to_no_command(tmp_path: Path) -> None:
    change = ("    tools.check(args.lr)", "    print(tools.Plan().words())")
    script = changed(SCRIPT, change, ("main()", "run()"))
    assert isinstance(outcome(tmp_path, script, TOOLS), Rewritten)


def test_a_package_that_starts_it_when_it_is_imported(tmp_path: Path) -> None:
    script = changed(SCRIPT, ("main()", "run()"))
    more = {"__init__": "from package.tools import start\n\nstart()\n"}
    package = tmp_path / "package"
    package.mkdir()
    for name, text in {"train": script, "tools": TOOLS, **more}.items():
        (package / f"{name}.py").write_text(text)
    linked = Linked(package / "train.py", Library())
    assert_refused(migrate_text(script, Options(), NEWEST, linked))


def assert_refused(found: Outcome) -> None:
    assert isinstance(found, Refused), found
    assert "started anew with words of its own for" in found.reasons[0].message
