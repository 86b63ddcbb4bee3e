"""How the parameters get into the config of a run, and under which names."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field

from jobready.script.flow import Flow
from jobready.script.meanings import Arguments, ArgumentsDict, Foreign, Meanings, RunConfig
from jobready.script.model import Place
from jobready.script.syntax import Syntax
from jobready.script.values import literal

Problem = tuple[str, Place]
# Methods that change a dict.
CHANGES = frozenset(("update", "pop", "setdefault", "clear", "popitem"))
Items = list[tuple[ast.expr | None, ast.expr]]


@dataclass
class Recording:
    """What the config of a run shows of the parameters.

    ``records`` is True where it shows parameters at all, ``renamed`` maps a dest to the
    key that shows it, where that is another. ``problems`` say what can't be told,
    ``notes`` which keys look like parameters and hold something else.
    """

    records: bool = False
    renamed: dict[str, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    notes: list[Problem] = field(default_factory=list)


class Recorder:
    """Reads the recording of each init of one file; ``names`` are the dests."""

    def __init__(self, syntax: Syntax, flow: Flow, names: frozenset[str]) -> None:
        self.syntax = syntax
        self.flow = flow
        self.names = names
        self.updates = [n for n in syntax.nodes if self._is_update(n)]

    def recording(self, init: ast.Call) -> Recording:
        """How the parameters get into the config of the run that ``init`` starts."""
        found = Recording()
        if init.args:
            place = self.syntax.place(init)
            found.problems.append(("wandb.init is given arguments by position", place))
            return found
        config = self._config_argument(init, found)
        if found.problems:
            return found
        if config is not None and not _is_none(config):
            self._read_value(config, found)
        elif not self.updates:
            self._read_writes(found)
        self._read_updates(found)
        if found.records:
            found.problems += self._removals()
        return found

    def _is_update(self, node: ast.AST) -> bool:
        """Whether it is a call of ``wandb.config.update`` or ``setdefaults``."""
        return (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr in ("update", "setdefaults")
            and self._is_config(node.func.value)
        )

    def _is_config(self, node: ast.expr) -> bool:
        return any(isinstance(m, RunConfig) for m in self.flow.meanings(node))

    def _config_argument(self, init: ast.Call, found: Recording) -> ast.expr | None:
        config: ast.expr | None = None
        for keyword in init.keywords:
            if keyword.arg is None:
                given = self._keywords(keyword.value)
                if given is None:
                    text = "wandb.init is given **keywords that are made elsewhere"
                    found.problems.append((text, self.syntax.place(keyword.value)))
                    return None
                config = given.get("config", config)
            elif keyword.arg == "config":
                config = keyword.value
        return config

    def _keywords(self, node: ast.expr) -> dict[str, ast.expr] | None:
        """The keywords that ``**node`` gives, where one display in the source says them."""
        items = self._items(node)
        if items is None or any(k is None for k, _ in items):
            return None
        keys = {literal(k): v for k, v in items if k is not None}
        return keys if all(isinstance(k, str) for k in keys) else None

    def _items(self, node: ast.expr) -> Items | None:
        """Keys and values of a dict that is spelled out, here or where it got its name."""
        if isinstance(node, ast.Name):
            bindings = self.syntax.bindings(node.id, self.syntax.scope(node))
            if len(bindings) != 1 or bindings[0].kind != "assign":
                return None
            if bindings[0].index is not None or bindings[0].value is None:
                return None
            if _is_changed(node.id, self.syntax):
                return None
            return _display(bindings[0].value)
        return _display(node)

    def _read_updates(self, found: Recording) -> None:
        """Add what ``wandb.config.update(…)`` brings in later."""
        for node in self.updates:
            assert isinstance(node, ast.Call)
            if not node.args:
                continue
            later = Recording()
            self._read_value(node.args[0], later)
            if later.records or not found.records:
                found.problems += later.problems
                found.renamed.update(later.renamed)
            found.records = found.records or later.records
            found.notes += later.notes

    def _removals(self) -> list[Problem]:
        """Where a parameter is taken out of the arguments, as it is when it is renamed."""
        problems = []
        for node in self.syntax.nodes:
            removed: list[ast.expr] = []
            if isinstance(node, ast.Delete):
                removed = node.targets
            elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                held = any(_is_arguments(m) for m in self.flow.meanings(node.func.value))
                if held and node.func.attr in ("pop", "popitem", "clear"):
                    removed = [node]
            elif isinstance(node, ast.Call) and ast.unparse(node.func) == "delattr":
                held = any(_is_arguments(m) for m in self.flow.meanings(node.args[0]))
                removed = [node] if held else []
            for target in removed:
                if isinstance(target, ast.Call) or parameter_read(target, self.flow):
                    text = (
                        f"a parameter is taken out of the arguments: {ast.unparse(target)}"
                    )
                    problems.append((text, self.syntax.place(target)))
        return problems

    def writes(self) -> Iterator[tuple[ast.Attribute | ast.Subscript, ast.expr]]:
        """The single keys that are written to the config: ``wandb.config.lr = …``."""
        for node in self.syntax.nodes:
            if not isinstance(node, (ast.Assign, ast.AugAssign)):
                continue
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            for target in targets:
                if isinstance(target, (ast.Attribute, ast.Subscript)):
                    if self._is_config(target.value):
                        yield target, node.value

    def _read_writes(self, found: Recording) -> None:
        """Add what is written key by key, where that is all that a run gets."""
        for target, value in self.writes():
            key = _key(target)
            if key is None:
                text = f"the run's config is written key by key: {ast.unparse(target)}"
                found.problems.append((text, self.syntax.place(target)))
            else:
                self._read_item(key, value, found)

    def _read_value(self, node: ast.expr, found: Recording) -> None:
        """Add what a value that is given as config shows."""
        items = self._items(node)
        if items is not None:
            self._read_items(items, found)
            return
        change = self._changed_copy(node)
        if change is not None:
            text = (
                f"the run's config is a copy of the arguments that is changed: {change[0]}"
            )
            found.problems.append((text, change[1]))
            return
        meanings = self.flow.meanings(node)
        known = (Arguments, ArgumentsDict, RunConfig)
        if meanings and all(isinstance(m, known) for m in meanings):
            found.records |= any(not isinstance(m, RunConfig) for m in meanings)
        else:
            found.problems.append(self._unclear(node, meanings))

    def _changed_copy(self, node: ast.expr) -> Problem | None:
        """Where a named copy of the arguments is changed; None where it stays one."""
        if not isinstance(node, ast.Name):
            return None
        bindings = self.syntax.bindings(node.id, self.syntax.scope(node))
        if all(b.value is None or not _is_copy(b.value) for b in bindings):
            return None
        for use in self.syntax.nodes:
            if isinstance(use, ast.Name) and use.id == node.id:
                parent = self.syntax.parent[use]
                written = isinstance(
                    parent, (ast.Subscript, ast.Attribute)
                ) and not isinstance(parent.ctx, ast.Load)
                if written and _key(parent) not in (None, *self.names):  # type: ignore[arg-type]
                    continue  # a key of its own
                called = isinstance(parent, ast.Attribute) and parent.attr in CHANGES
                if written or called:
                    return ast.unparse(parent), self.syntax.place(parent)
        return None

    def _unclear(self, node: ast.expr, meanings: Meanings) -> Problem:
        text, place = ast.unparse(node), self.syntax.place(node)
        linked = any(isinstance(m, (Arguments, ArgumentsDict)) for m in meanings)
        ends = [self.syntax.place(m.node).line for m in meanings if isinstance(m, Foreign)]
        if linked and ends:
            message = (
                f"the run's config is made of {text}, which line {min(ends)} sets anew"
            )
        else:
            message = f"can't tell what the run's config shows: {text} is made elsewhere"
        return message, place

    def _read_items(self, items: Items, found: Recording) -> None:
        """The same for a dict that is spelled out key by key."""
        before = found.records, len(found.problems)
        for key, value in items:
            if key is None:
                self._read_value(value, found)
            else:
                self._read_item(literal(key), value, found)
        if (found.records, len(found.problems)) == before and not found.records:
            place = self.syntax.place(items[0][1]) if items else Place(1, 1)
            found.problems.append(("the run's config holds none of the parameters", place))

    def _read_item(self, name: object, value: ast.expr, found: Recording) -> None:
        place = self.syntax.place(value)
        read = parameter_read(value, self.flow)
        held = [m for m in self.flow.meanings(value) if _is_arguments(m)]
        if not isinstance(name, str):
            found.problems.append(("a key of the run's config is made at run time", place))
        elif held:
            text = f"the run's config holds all parameters under one key, {name!r}"
            found.problems.append((text, place))
        elif read == name and name in self.names:
            found.records = True
        elif read in self.names and (name in self.names or read in found.renamed):
            text = (
                f"the run's config shows {read!r} as {name!r}, and that name is not its own"
            )
            found.problems.append((text, place))
        elif read in self.names:
            found.records = True
            found.renamed[str(read)] = name
        elif name in self.names:
            shown = ast.unparse(value)
            text = f"the run shows {shown!r} as {name!r}, which isn't surely the parameter"
            found.problems.append((text, place))


def parameter_read(node: ast.expr, flow: Flow) -> str | None:
    """The name in ``args.name`` or ``args["name"]``, or in what a local name stands for."""
    if isinstance(node, ast.Name):
        bindings = flow.syntax.bindings(node.id, flow.syntax.scope(node))
        only = bindings[0] if len(bindings) == 1 else None
        if only is None or only.kind != "assign" or only.index is not None:
            return None
        if only.value is None or isinstance(only.value, ast.Name):
            return None
        return parameter_read(only.value, flow)
    if isinstance(node, ast.Attribute):
        owners = flow.meanings(node.value)
        return node.attr if any(isinstance(m, Arguments) for m in owners) else None
    if isinstance(node, ast.Subscript):
        owners = flow.meanings(node.value)
        key = literal(node.slice)
        held = any(isinstance(m, ArgumentsDict) for m in owners)
        return key if held and isinstance(key, str) else None
    return None


def _is_copy(value: ast.expr) -> bool:
    """Whether an expression makes an object of its own, though out of the arguments."""
    if isinstance(value, (ast.Dict, ast.DictComp)):
        return True
    return isinstance(value, ast.Call) and ast.unparse(value.func).rpartition(".")[2] in (
        "dict",
        "copy",
        "deepcopy",
        "Namespace",
    )


def _is_arguments(meaning: object) -> bool:
    return isinstance(meaning, (Arguments, ArgumentsDict))


def _key(node: ast.Attribute | ast.Subscript) -> str | None:
    if isinstance(node, ast.Attribute):
        return node.attr
    key = literal(node.slice)
    return key if isinstance(key, str) else None


def _display(node: ast.expr) -> Items | None:
    """Keys and values of a dict that is spelled out: ``{…}`` or ``dict(a=…)``."""
    if isinstance(node, ast.Dict):
        return list(zip(node.keys, node.values, strict=True))
    if (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "dict"
    ):
        items: Items = [(None, a) for a in node.args]
        for keyword in node.keywords:
            key = ast.Constant(keyword.arg) if keyword.arg else None
            items.append((key, keyword.value))
        return items
    return None


def _is_changed(name: str, syntax: Syntax) -> bool:
    """Whether a dict that has a name is used in a way that may change its keys."""
    for node in syntax.nodes:
        if isinstance(node, ast.Name) and node.id == name:
            parent = syntax.parent[node]
            if isinstance(parent, ast.Subscript) and not isinstance(parent.ctx, ast.Load):
                return True
            if isinstance(parent, ast.Attribute) and parent.attr in CHANGES:
                return True
    return False


def _is_none(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value is None
