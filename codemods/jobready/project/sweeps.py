"""The YAML file of a sweep: which program it runs, and which values it gives it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from yaml.nodes import Node

TAGS = "tag:yaml.org,2002:"
# The macros of a sweep's command that become `--name=value`.
# https://docs.wandb.ai/models/sweeps/define-sweep-configuration
WITH_HYPHENS = ("${args}", "${args_no_boolean_flags}")


@dataclass(frozen=True)
class SweepKey:
    """A parameter of a sweep: its 1-based place, and the kinds of its values.

    They are YAML's own: bool, null, int, float, str, seq, map.
    """

    name: str
    line: int
    column: int
    kinds: frozenset[str]


@dataclass(frozen=True)
class Sweep:
    """A sweep's program and keys; ``command`` has the words that it is run by.

    It is None where the file leaves it to W&B: the interpreter, the program, ``${args}``.
    """

    program: str
    keys: tuple[SweepKey, ...]
    command: tuple[str, ...] | None

    def writes(self, *macros: str) -> bool:
        """Whether the command has one of these macros."""
        words = ("${args}",) if self.command is None else self.command
        return any(macro in word for macro in macros for word in words)


def read_sweep(data: bytes) -> Sweep | None:
    """The sweep in a file; None where it is none that runs a program."""
    if b"program" not in data or b"parameters" not in data:
        return None
    import yaml  # 20 ms, for projects with sweeps

    try:
        node = yaml.compose(data.decode("utf-8", "replace"), Loader=yaml.SafeLoader)
    except (yaml.YAMLError, RecursionError):  # for wandb to complain about
        return None
    top = {_text(key): value for key, value in _pairs(node)}
    program = _text(top.get("program"))
    if not program or not _pairs(top.get("parameters")):
        return None
    keys = tuple(_key(key, value) for key, value in _pairs(top["parameters"]))
    command = top.get("command")
    words = None if command is None else tuple(_text(i) or "" for i in _items(command))
    return Sweep(program, keys, words)


def _key(key: Node, node: Node) -> SweepKey:
    kinds = frozenset(
        value.tag.removeprefix(TAGS)
        for name, given in _pairs(node)
        for value in _values(_text(name), given)
    )
    mark = key.start_mark
    return SweepKey(_text(key) or "", mark.line + 1, mark.column + 1, kinds)


def _values(name: str | None, given: Node) -> Iterator[Node]:
    """The values of a parameter: the one of ``value``, those of ``values``."""
    if name == "value":
        yield given
    elif name == "values":
        yield from _items(given)


def _pairs(node: Node | None) -> list[tuple[Node, Node]]:
    """The keys and values of a mapping; none of any other node."""
    value = node.value if node is not None else None
    pairs = isinstance(value, list) and all(isinstance(item, tuple) for item in value)
    return value if isinstance(value, list) and pairs else []


def _items(node: Node) -> list[Node]:
    """The items of a sequence; of any other node itself."""
    return node.value if isinstance(node.value, list) and not _pairs(node) else [node]


def _text(node: Node | None) -> str | None:
    return node.value if node is not None and isinstance(node.value, str) else None
