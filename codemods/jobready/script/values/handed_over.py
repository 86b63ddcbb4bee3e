"""Parameters that the environment takes from a parse to a run that starts elsewhere.

The lines for that, and how they are known again: a line behind the parse leaves its values
in a variable, as JSON, and the file that starts the run takes them from there. The name of
the script is part of the variable's: what another script starts doesn't get it.
"""

from __future__ import annotations

import ast

from jobready.script.source.literals import literal
from jobready.script.source.syntax import Syntax
from jobready.script.values.functions import name_of

VARIABLE = "RUN_PARAMETERS"
# The modules that the lines use.
MODULES = ("json", "os", "sys")
_NAME = f'"{VARIABLE} " + sys.argv[0]'
TAKEN = f'json.loads(os.environ.get({_NAME}, "{{}}"))'
_LEFT = f"os.environ[{_NAME}]"
# Characters of what a shell expands, beside which others fit into a variable: no program
# starts with one of 128 KiB (Linux) or sets one of 32,767 characters (Windows), and JSON
# has up to twice as many as `ascii`.
LONGEST = 10_000


def left_by(values: str) -> str:
    """The line that leaves a dict of values in the environment."""
    return f"{_LEFT} = json.dumps({values}, default=str, skipkeys=True)"


def as_far_as_short(name: str) -> str:
    """A value, or where it has more characters what stops a clone that is launched with it.

    No parameter takes an object but one whose default is one.
    """
    text = f"len(ascii({name}))"
    return f'{name} if {text} < {LONGEST:_} else {{"too long": {text}}}'


def long_or_short(value: ast.expr) -> ast.expr:
    """The value that such an expression gives where it is short; any other itself."""
    match value:
        case ast.IfExp(body=ast.Name(id=name) as short):
            same = ast.unparse(value) == _plain(as_far_as_short(name))
            return short if same else value
    return value


def is_taken(call: ast.Call) -> bool:
    """Whether a call takes values from the environment that such a line has left there."""
    return name_of(call.func) == "loads" and ast.unparse(call) == _plain(TAKEN)


def handed_over(call: ast.Call, syntax: Syntax) -> list[ast.expr]:
    """The dicts that were left in the environment, where a call takes them from it."""
    if not is_taken(call):
        return []
    left = map(left_there, syntax.of(ast.Assign))
    return [values for values in left if values is not None]


def left_there(statement: ast.AST) -> ast.expr | None:
    """The dict that a statement leaves in the environment; None for any other statement."""
    match statement:
        case ast.Assign(value=ast.Call(ast.Attribute(attr="dumps"), [values])):
            if ast.unparse(statement) == _plain(left_by(ast.unparse(values))):
                return values
    return None


def left_names(values: ast.expr) -> frozenset[str] | None:
    """The names of those that a dict leaves in the environment; None for all of them.

    Those that it leaves out by their names, secrets, don't count.
    """
    loops = values.generators if isinstance(values, ast.DictComp) else []
    tests = [test for loop in loops for test in loop.ifs]
    match tests:
        case []:
            return None
        case [ast.Compare(ops=[ast.NotEq() | ast.NotIn()])]:
            return None
        case [ast.Compare(ops=[ast.Eq()], comparators=[known])]:
            return frozenset([literal(known)])
        case [ast.Compare(ops=[ast.In()], comparators=[known])]:
            names = literal(known)
            return frozenset(names) if isinstance(names, tuple) else frozenset()
    return frozenset()


def _plain(line: str) -> str:
    """A line as `ast.unparse` writes it."""
    return ast.unparse(ast.parse(line))
