"""Whether a file belongs to a test suite, whose runner runs it and never a job."""

from __future__ import annotations

import ast
import re
from pathlib import Path

from jobready.script.source.scopes import FUNCTIONS
from jobready.script.source.syntax import Syntax
from jobready.script.values.functions import name_of
from jobready.script.when_run import does_something

# What pytest collects, and where tests mostly are.
COLLECTED = re.compile(r"test_\w*\.py|\w*_test\.py")
FOLDERS = frozenset(("test", "tests"))


def is_of_tests(syntax: Syntax, path: Path | None) -> bool:
    """Whether a file is tests, or what tests are made of, and not a script to launch.

    A name like ``test_model.py`` is not enough: scripts have it that evaluate a model.
    """
    if path is not None and path.name == "conftest.py":
        return True
    if _has_cases(syntax):
        return True
    collected = path is not None and COLLECTED.fullmatch(path.name) is not None
    if _imports_pytest(syntax):
        among = path is not None and not FOLDERS.isdisjoint(path.parent.parts)
        return collected or among or _has_tests(syntax)
    return collected and _has_tests(syntax) and not does_something(syntax)


def _imports_pytest(syntax: Syntax) -> bool:
    for node in syntax.of(ast.Import, ast.ImportFrom):
        names = [alias.name for alias in node.names]
        if isinstance(node, ast.ImportFrom):
            names = [node.module or ""] if not node.level else []
        if any(name.partition(".")[0] == "pytest" for name in names):
            return True
    return False


def _has_cases(syntax: Syntax) -> bool:
    """Whether a class is a ``TestCase``, of unittest or of what a library makes of it."""
    classes = syntax.of(ast.ClassDef)
    if any(node.name == "TestCase" for node in classes):
        return False  # of the script's own, say for the cases of a benchmark
    return any(name_of(base) == "TestCase" for node in classes for base in node.bases)


def _has_tests(syntax: Syntax) -> bool:
    """Whether a module has functions or classes that pytest collects.

    ``def test(model, loader)`` is none of them: it is how scripts evaluate a model.
    """
    return any(
        (isinstance(node, FUNCTIONS) and node.name.startswith("test_"))
        or (isinstance(node, ast.ClassDef) and node.name.startswith("Test"))
        for node in syntax.tree.body
    )
