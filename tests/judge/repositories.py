"""Entry scripts of a whole repository before the judge: all its files are real.

The original runs in one copy of the tree, the migrated script in another, in which
``jobready migrate`` may have changed several files.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import Any

from jobready.edits.launched.job_config import rank_parameters
from jobready.outcome import Failed
from jobready.project.files import read_source
from jobready.script.files.library import Library
from jobready.script.linked import read_linked
from jobready.script.model import Script
from tests.judge.judge import judge
from tests.judge.needs import NOTHING, Given
from tests.judge.original import run_original
from tests.judge.packages import module_name, named
from tests.judge.setting import Setting
from tests.judge.verdict import CLAUSES, Verdict

# What torchrun sets for the only process there is.
LAUNCHER = {"RANK": "0", "LOCAL_RANK": "0", "WORLD_SIZE": "1", "LOCAL_WORLD_SIZE": "1"}
LAUNCHER |= {"MASTER_ADDR": "127.0.0.1", "MASTER_PORT": "29500"}


@dataclass(frozen=True)
class Migrated:
    """What ``jobready migrate`` says of an entry script, and of the files it goes through.

    ``outcome`` is the word of its report, ``through`` are paths from the tree.
    """

    outcome: str
    form: str | None
    through: tuple[str, ...]
    reasons: tuple[str, ...]


def copy_of(tree: Path, folder: Path) -> Path:
    """A copy of a tree that is a repository, as the one of its authors was."""
    shutil.copytree(tree, folder, ignore=shutil.ignore_patterns(".git"))
    subprocess.run(["git", "init", "--quiet", folder], check=True)
    return folder


def migrate(tree: Path, entry: str, run_in: Sequence[str] = ()) -> Migrated:
    """Migrate an entry script, with the other files that its parameters pass through."""
    runs = [word for file in run_in for word in ("--run-in", file)]
    checked = _report(tree, "--check", *runs, entry)
    asked = next(file for file in checked if file["path"] == entry)
    done = _report(tree, *runs, entry, *asked["through"])
    own = next(file for file in done if file["path"] == entry)
    forms = [form for file in done for form in file["forms"]]
    return Migrated(
        own["outcome"],
        forms[0] if forms else None,
        tuple(asked["through"]),
        tuple(_sentence(reason) for reason in own["reasons"]),
    )


def _report(tree: Path, *words: str) -> list[dict[str, Any]]:
    command = [sys.executable, "-m", "jobready", "migrate", "--output-format", "json"]
    ran = subprocess.run([*command, *words], cwd=tree, stdout=subprocess.PIPE, check=False)
    files: list[dict[str, Any]] = json.loads(ran.stdout)["files"]
    return files


def _sentence(reason: dict[str, Any]) -> str:
    file = f"{reason['file']} " if reason.get("file") else ""
    line = "" if reason["line"] is None else f"line {reason['line']}: "
    return f"{file}{line}{reason['message']}"


def rule_on_entry(before: Path, after: Path, entry: str, given: Given = NOTHING) -> Verdict:
    """The verdict on one entry script; ``after`` is a fresh copy of ``before``."""
    for tree in (before, after):
        given.needs.put_files(tree)
    made = migrate(after, entry, given.needs.run_in)
    if made.outcome in ("refused", "failed"):
        verdict = rule_on_refused(before, entry, made, given)
    elif made.outcome == "unchanged" and not made.form:
        verdict = rule_on_unseen(before, entry, made, given)
    else:
        verdict = rule_on_trees(before, after, entry, made, given=given)
    return replace(verdict, needs=given.needs.as_json())


def rule_on_refused(before: Path, entry: str, made: Migrated, given: Given) -> Verdict:
    """The verdict on an entry script that is refused."""
    ran = run_original(before / entry, settings(before, entry, given))
    if isinstance(ran, str):
        return Verdict(entry, "not judgeable", reasons=(ran, *made.reasons))
    return Verdict(
        entry, "refused", reasons=made.reasons, through=made.through, stand_ins=ran
    )


def rule_on_unseen(before: Path, entry: str, made: Migrated, given: Given) -> Verdict:
    """The verdict on an entry script in which jobready sees no run, or no arguments."""
    ran = run_original(before / entry, settings(before, entry, given))
    if isinstance(ran, str):
        return Verdict(entry, "not judgeable", reasons=(ran,))
    reasons = made.reasons or ("neither W&B nor a tracker is named in the file",)
    return Verdict(entry, "not seen", reasons=reasons, stand_ins=ran)


def rule_on_trees(
    before: Path,
    after: Path,
    entry: str,
    made: Migrated,
    clauses: Sequence[str] = CLAUSES,
    given: Given = NOTHING,
) -> Verdict:
    """The verdict on an entry script that is migrated in ``after``."""
    source = read_source(before / entry)
    assert not isinstance(source, Failed)
    runs = frozenset((before / file).resolve() for file in given.needs.run_in)
    script = read_linked(source.text, before / entry, Library(), runs=runs)
    assert isinstance(script, Script)
    verdicts = []
    for setting in settings(before, entry, given, alone=not made.through):
        verdict = judge(
            before / entry,
            after / entry,
            form=made.form,
            setting=setting,
            migrated_setting=replace(setting, root=after),
            gates=[i.gate.test for i in script.runs if i.gate],
            overwritten=[
                *(w.name for w in script.overwrites),
                *(name for i in script.runs for name, _ in i.otherwise),
            ],
            ranks=[name for name, _ in rank_parameters(script)],
            name=entry,
            clauses=clauses,
        )
        verdict = replace(verdict, through=made.through)
        if verdict.ruling != "not judgeable":
            return verdict
        verdicts.append(verdict)
    return verdicts[0]


def settings(
    tree: Path, entry: str, given: Given = NOTHING, *, alone: bool = False
) -> Iterator[Setting]:
    """The ways in which a project may start a script, the likely ones first.

    For a script that does everything ``alone`` something may stand in for its neighbours.
    """
    folders = [folder.as_posix() for folder in PurePosixPath(entry).parents]
    package = outermost(tree, entry)
    roots = [".", "src", package.relative_to(tree).as_posix()]
    setting = Setting(
        root=tree,
        start=".",
        path=tuple(dict.fromkeys(r for r in roots if (tree / r).is_dir())),
        last=tuple(folders),
        module=module_name(tree / entry, package),
        stand_ins="missing",
        **given.of_setting(),
    )
    yield setting
    if setting.module is None and PurePosixPath(entry).name == "__main__.py":
        # Started by the name of its package, whose folder is on no path then.
        yield replace(setting, module=named(tree / entry, package))
    if setting.module is None and folders[0] != ".":
        yield replace(setting, start=folders[0])
    launched = replace(setting, env={**LAUNCHER, **setting.env})
    yield launched
    if alone:
        yield replace(setting, stand_ins="all")
        yield replace(launched, stand_ins="all")


def outermost(tree: Path, entry: str) -> Path:
    """The folder that the package of a script is imported from."""
    folder = (tree / entry).parent
    while folder != tree and (folder / "__init__.py").exists():
        folder = folder.parent
    return folder if folder != (tree / entry).parent else tree
