"""The migration as a command of libcst's own tool, for projects that run codemods with it.

``python -m libcst.tool codemod -x jobready.codemod.Migrate --no-format src``. It rewrites
one file at a time: scripts whose parameters pass through others are left alone, with the
``jobready migrate`` that takes them together. Only that tool imports this module.
"""

from __future__ import annotations

import argparse
import shlex
from pathlib import Path

import libcst as cst
from libcst.codemod import CodemodCommand, CodemodContext, SkipFile

from jobready.edits.migrate import Linked
from jobready.edits.options import Options
from jobready.lint.migrate import migrate_unless_opted_out
from jobready.outcome import Failed, Refused, Rewritten
from jobready.project.config import load_config
from jobready.project.discover import discover
from jobready.project.environment import environment_of
from jobready.report.text import sentences_of
from jobready.script.files.library import Library


class Migrate(CodemodCommand):
    """Rewrites a script so that its parameters take a launched job's values."""

    DESCRIPTION = "Route a script's parameters through the config of a W&B Launch job."

    def __init__(self, context: CodemodContext, *, unsafe_fixes: bool = False) -> None:
        super().__init__(context)
        self._options = Options(unsafe_fixes=unsafe_fixes)

    @staticmethod
    def add_args(arg_parser: argparse.ArgumentParser) -> None:
        """Add what the command takes beside what the tool does."""
        arg_parser.add_argument(
            "--unsafe-fixes",
            action="store_true",
            help="Also open gates such as `if args.track:` in a job.",
        )

    def transform_module_impl(self, tree: cst.Module) -> cst.Module:
        """The module as ``jobready migrate`` leaves it.

        Raises:
            SkipFile: for a script that is refused, with the line and the reason.
        """
        path = Path(self.context.filename or "stdin.py")
        config = load_config(path)
        if isinstance(config, Failed):
            raise SkipFile("; ".join(sentences_of(config.reasons)))
        if discover([path], config).excluded:
            return tree
        around = environment_of(path, config)
        linked = Linked(path, Library())
        outcome = migrate_unless_opted_out(tree.code, self._options, around, linked)
        if isinstance(outcome, Refused | Failed):
            raise SkipFile("; ".join(sentences_of(outcome.reasons)))
        if not isinstance(outcome, Rewritten):
            return tree
        if outcome.also or config.shared is not None:
            files = shlex.join((str(path), *(file for file, _ in outcome.also)))
            raise SkipFile(f"takes changes in several files: jobready migrate {files}")
        for sentence in sentences_of(outcome.reasons):
            self.warn(sentence)
        return cst.parse_module(outcome.text, config=tree.config_for_parsing)
