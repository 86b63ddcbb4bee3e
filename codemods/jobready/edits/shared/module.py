"""The module that holds the function for the scripts of a project."""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path

from jobready.edits.job_args import EVERY_BRANCH, Branch, complete, recognise
from jobready.edits.job_args.surroundings import (
    BOOLEAN_OPTIONAL,
    SUBSCRIPTS_LIST,
    takes_config_itself,
)
from jobready.edits.launched.job_config import RANKS
from jobready.edits.plan import JobArgs, source_of
from jobready.outcome import Failed, Reason
from jobready.project.environment import Environment
from jobready.project.files import decode_source
from jobready.script.files.library import Library
from jobready.script.parsers.launch_function import reads_launch
from jobready.script.source.syntax import Syntax

DOCSTRING = '"""Give the scripts of this project the values of a launched W&B job."""\n'
# What a module of ours imports.
MODULES = frozenset(("__future__", "argparse", "os", "sys"))


@dataclass(frozen=True)
class SharedModule:
    """The module at ``path``, which need not be there yet.

    ``shown`` is the path as the user would write it, ``environment`` what surrounds it,
    and ``library`` reads the files of its repository.
    """

    path: Path
    shown: str
    environment: Environment
    library: Library = field(repr=False, compare=False)

    @property
    def text(self) -> str:
        """What it holds, empty where it isn't there."""
        data = self.library.bytes_of(self.path)
        source = None if data is None else decode_source(data, self.path)
        return "" if source is None or isinstance(source, Failed) else source.text

    @property
    def syntax(self) -> Syntax | None:
        """Its syntax tree, None where it can't be read as Python."""
        return self.library.syntax(self.path)

    @property
    def is_new(self) -> bool:
        """Whether it has yet to be written."""
        return not self.text.strip()

    @property
    def function(self) -> ast.FunctionDef | Reason | None:
        """The function in it, None where it is new; or why it is none of ours."""
        if self.is_new:
            return None
        if self.syntax is None:
            why = "can't be read as Python: mend it, or name a new file"
            return Reason(f"the shared module {why}", 1, file=self.shown)
        tree = self.syntax.tree
        found = [n for n in tree.body if isinstance(n, ast.FunctionDef)]
        ours = found[0] if len(found) == 1 and reads_launch(found[0]) else None
        for number, statement in enumerate(tree.body):
            if statement is not ours and not _belongs(number, statement):
                why = "holds other code than the function for the scripts: name a new file"
                return Reason(f"the shared module {why}", statement.lineno, file=self.shown)
        if ours is None:
            why = "lacks the function for the scripts: delete it to have it anew"
            return Reason(f"the shared module {why}", 1, file=self.shown)
        if recognise(ours) is None:
            why = "was edited by hand: delete the file to have it anew, or name another"
            return Reason(f"{ours.name} {why}", ours.lineno, file=self.shown)
        return ours

    def after(self, texts: Iterable[tuple[str, str]]) -> SharedModule:
        """The same once files have new texts."""
        changed = {Path(name).resolve(): text for name, text in texts}
        return replace(self, library=self.library.changed(changed))

    def wanted(self, has: Collection[Branch] = ()) -> JobArgs:
        """The function that it is to hold, with those branches in any case.

        They are what a script needs, or what the present function has for others.
        """
        around = self.environment
        branches = set(EVERY_BRANCH)
        if around.python < BOOLEAN_OPTIONAL:
            branches.discard(Branch.BOOLEAN_OPTIONAL)
        if takes_config_itself(around):
            branches.add(Branch.OLDER)  # which a newer wandb takes as well
        branches.update(has)
        return JobArgs(
            "job_args",
            complete(branches),
            ranks=tuple(sorted(RANKS)),
            quoted=around.python < SUBSCRIPTS_LIST,
        )

    def new_text(
        self,
        needed: Collection[Branch] = (),
        quote: str = '"',
        indent: str = "    ",
        newline: str = "\n",
    ) -> str:
        """All of the module, in the style of the script that asks for it first."""
        modules = {name: name for name in ("argparse", "os", "sys")}
        function = self.wanted(needed)
        source = source_of(function, function.name, modules, indent=indent, quote=quote)
        imports = "".join(f"import {name}\n" for name in modules)
        return f"{DOCSTRING}\n{imports}\n\n{source}".replace("\n", newline)


def _belongs(number: int, statement: ast.stmt) -> bool:
    """Whether a statement may stand beside the function in a module of ours."""
    if isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant):
        return number == 0 and isinstance(statement.value.value, str)
    if isinstance(statement, ast.ImportFrom):
        return statement.module == "__future__"
    return isinstance(statement, ast.Import) and all(
        a.name in MODULES for a in statement.names
    )
