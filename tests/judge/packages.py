"""The scripts of a package that parse and start a run in one file, before the judge."""

from __future__ import annotations

import ast
import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from jobready.edits.launched.job_config import rank_parameters
from jobready.edits.migrate import migrate_text
from jobready.edits.options import Options
from jobready.outcome import Failed, Outcome, Refused, Rewritten
from jobready.project.config import Config, load_config
from jobready.project.environment import environment_of
from jobready.project.files import encode_text, read_source
from jobready.script.model import Script
from jobready.script.read import read
from tests.judge.judge import judge
from tests.judge.needs import NOTHING, Given
from tests.judge.original import run_original
from tests.judge.setting import Setting
from tests.judge.verdict import Verdict


@dataclass(frozen=True)
class Found:
    """A script of a tree, and what jobready makes of it."""

    path: Path
    script: Script
    outcome: Outcome


def scripts_in(tree: Path) -> Iterator[Found]:
    """The scripts below ``tree`` that parse and start a run in one file."""
    config = load_config(tree)
    assert isinstance(config, Config)
    for path in sorted(tree.rglob("*.py")):
        content = path.read_bytes()
        if b"wandb" not in content or b"parse" not in content:
            continue
        source = read_source(path)
        script = source if isinstance(source, Failed) else read(source.text)
        if isinstance(source, Failed) or not isinstance(script, Script):
            continue
        if script.inits and (script.parses or script.strange_parses):
            outcome = migrate_text(source.text, Options(), environment_of(path, config))
            yield Found(path, script, outcome)


def migrated_tree(tree: Path, scripts: list[Found], folder: Path) -> Path:
    """A copy of a tree (by links) with the migrated scripts in their places."""
    shutil.copytree(tree, folder, copy_function=os.link, dirs_exist_ok=True)
    for found in scripts:
        if isinstance(found.outcome, Rewritten):
            copy = folder / found.path.relative_to(tree)
            copy.unlink()
            source = read_source(found.path)
            assert not isinstance(source, Failed)
            encoded = encode_text(source, found.outcome.text)
            assert isinstance(encoded, bytes)
            copy.write_bytes(encoded)
    return folder


def rule(tree: Path, migrated: Path, found: Found, given: Given = NOTHING) -> Verdict:
    """The verdict on one script of a tree, by the lightest stand-ins that will do."""
    for folder in (tree, migrated):
        given.needs.put_files(folder)
    verdict = _rule(tree, migrated, found, given)
    return replace(verdict, needs=given.needs.as_json())


def _rule(tree: Path, migrated: Path, found: Found, given: Given) -> Verdict:
    name = found.path.relative_to(tree).as_posix()
    outcome = found.outcome
    if isinstance(outcome, Refused | Failed):
        reasons = tuple(f"line {r.line}: {r.message}" for r in outcome.reasons)
        ran = run_original(found.path, _settings(tree, found, given))
        if isinstance(ran, str):
            return Verdict(name, "not judgeable", reasons=(ran, *reasons))
        return Verdict(name, "refused", reasons=reasons, stand_ins=ran)
    form = outcome.forms[0] if isinstance(outcome, Rewritten) else None
    verdicts = []
    for setting in _settings(tree, found, given):
        verdict = judge(
            found.path,
            migrated / found.path.relative_to(tree),
            form=form,
            setting=setting,
            migrated_setting=replace(setting, root=migrated),
            gates=[i.gate.test for i in found.script.inits if i.gate],
            overwritten=[
                *(w.name for w in found.script.overwrites),
                *(name for i in found.script.inits for name, _ in i.otherwise),
            ],
            ranks=[name for name, _ in rank_parameters(found.script)],
            name=name,
        )
        if verdict.ruling != "not judgeable":
            note = () if setting.stand_ins == "missing" else ("neighbours stood in for",)
            return replace(verdict, notes=verdict.notes + note)
        verdicts.append(verdict)
    return verdicts[0]


def _settings(tree: Path, found: Found, given: Given) -> tuple[Setting, Setting]:
    """The lightest stand-ins that may do, and the others."""
    module = module_name(found.path, tree)
    missing = Setting(root=tree, module=module, stand_ins="missing", **given.of_setting())
    return missing, replace(missing, stand_ins="all")


def module_name(path: Path, tree: Path) -> str | None:
    """The module that a script must be run as, if it imports its neighbours by dots."""
    relative = any(
        isinstance(node, ast.ImportFrom) and node.level
        for node in ast.walk(ast.parse(path.read_bytes()))
    )
    return named(path, tree) if relative else None


def named(path: Path, tree: Path) -> str:
    """The module that a file of a tree is."""
    return ".".join(path.relative_to(tree).with_suffix("").parts)
