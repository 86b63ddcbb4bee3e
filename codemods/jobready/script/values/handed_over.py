"""Parameters that the environment takes from a parse to a run that starts elsewhere.

The lines for that, and how they are known again: a line behind the parse leaves its values
in a variable, as JSON, and the file that starts the run takes them from there.
"""

from __future__ import annotations

import ast

from jobready.script.source.syntax import Syntax
from jobready.script.values.functions import name_of

VARIABLE = "RUN_PARAMETERS"
# The modules that the lines use.
MODULES = ("json", "os")
TAKEN = f'json.loads(os.environ.get("{VARIABLE}", "{{}}"))'
_LEFT = f'os.environ["{VARIABLE}"]'


def left_by(values: str) -> str:
    """The line that leaves a dict of values in the environment."""
    return f"{_LEFT} = json.dumps({values}, default=str)"


def handed_over(call: ast.Call, syntax: Syntax) -> list[ast.expr]:
    """The dicts that were left in the environment, where a call takes them from it."""
    if name_of(call.func) != "loads" or ast.unparse(call) != _plain(TAKEN):
        return []
    found = []
    for statement in syntax.of(ast.Assign):
        match statement.value:
            case ast.Call(args=[values]):
                if ast.unparse(statement) == _plain(left_by(ast.unparse(values))):
                    found.append(values)
    return found


def _plain(line: str) -> str:
    """A line as `ast.unparse` writes it."""
    return ast.unparse(ast.parse(line))
