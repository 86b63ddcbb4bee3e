"""What a script is started for that leaves its parse to another file.

``if __name__ == "__main__": run()`` of a function that it imports: the file of that one is
as good as the script itself, whatever words stand in it. It may only bring together what
parses with what starts a run, and name neither.
"""

from __future__ import annotations

import ast

from jobready.script.source.syntax import Syntax
from jobready.script.values.functions import root_of
from jobready.script.values.parser_classes import PARSE_METHODS


def started_for(syntax: Syntax) -> frozenset[str]:
    """The names of imports that a script calls when it is run; none where it parses."""
    if any(method in syntax.named for method in PARSE_METHODS):
        return frozenset()
    calls = (c for c in syntax.of(ast.Call) if syntax.scope(c) is syntax.module)
    called = {root_of(c.func) for c in calls}
    return frozenset(name for name in called if name in syntax.imported)
