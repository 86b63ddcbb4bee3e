"""Parameters that are shown beside a config, apart from what it holds under their names.

``{k if config.get(k, v) in (v,) else f"args/{k}": v for k, v in vars(args).items()}``: each
has its own name, but where the config has something else there. Or all have another:
``{f"args/{k}": v for k, v in vars(args).items()}``.
"""

from __future__ import annotations

import ast

# What a parameter's name begins with where the config has its own name for another value.
PREFIX = "args/"


def apart(shown: str, config: str | None, left_out: str = "") -> str:
    """The text of such a dict: of the dict ``shown``, beside a run's ``config``.

    Without that all have the other name. ``left_out`` is the condition on the key ``k`` by
    which some are not shown.
    """
    key = f'f"{PREFIX}{{k}}"'
    if config is not None:
        key = f"k if {config}.get(k, v) in (v,) else {key}"
    condition = f" if {left_out}" if left_out else ""
    return f"{{{key}: v for k, v in {shown}.items(){condition}}}"


def shown_apart(node: ast.expr) -> ast.expr | None:
    """The dict whose items another shows so; None for any other."""
    match node:
        case ast.DictComp(
            key=key,
            generators=[ast.comprehension(iter=ast.Call(func=ast.Attribute(value=shown)))],
        ):
            config = None
            if isinstance(key, ast.IfExp) and isinstance(key.test, ast.Compare):
                config = ast.unparse(key.test.left).removesuffix(".get(k, v)")
            alone = ast.DictComp(key, node.value, [_without_tests(node.generators[0])])
            text = ast.unparse(ast.parse(apart(ast.unparse(shown), config)))
            return shown if ast.unparse(alone) == text else None
    return None


def _without_tests(loop: ast.comprehension) -> ast.comprehension:
    return ast.comprehension(loop.target, loop.iter, [], 0)
