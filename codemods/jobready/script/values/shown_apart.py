"""Parameters that are shown beside what a run's config holds, apart from it.

``{f"args/{k}": v for k, v in vars(args).items()}``: nothing that the config holds has such
a name, and nothing that the script takes from it.
"""

from __future__ import annotations

import ast

PREFIX = "args/"


def apart(shown: str, left_out: str = "") -> str:
    """The text of such a dict, of the dict ``shown``.

    ``left_out`` is the condition on the key ``k`` by which some are not shown.
    """
    condition = f" if {left_out}" if left_out else ""
    return f'{{f"{PREFIX}{{k}}": v for k, v in {shown}.items(){condition}}}'


def shown_apart(node: ast.expr) -> ast.expr | None:
    """The dict whose items another shows so; None for any other."""
    match node:
        case ast.DictComp(
            generators=[ast.comprehension(iter=ast.Call(func=ast.Attribute(value=shown)))]
        ):
            loop = node.generators[0]
            plain = ast.comprehension(loop.target, loop.iter, [], 0)
            text = ast.unparse(ast.DictComp(node.key, node.value, [plain]))
            same = text == ast.unparse(ast.parse(apart(ast.unparse(shown))))
            return shown if same else None
    return None
