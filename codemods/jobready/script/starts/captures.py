"""What a script itself says about its job: settings of wandb, and code that it logs."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass

from jobready.jobs.model import LoggedCode
from jobready.jobs.settings import Given, SourceSettings, Unknown, Value
from jobready.script.arguments.parameter_reads import parameter_read
from jobready.script.model import Expression, Script
from jobready.script.source.literals import literal
from jobready.script.source.place import Place
from jobready.script.source.syntax import Syntax
from jobready.script.values.config_items import display
from jobready.script.values.flow import Flow

# The arguments of `wandb.init` that are settings, and which.
ARGUMENTS = {
    "dir": "root_dir",
    "mode": "mode",
    "project": "project",
    "save_code": "save_code",
}
Settings = dict[str, Given]


@dataclass(frozen=True)
class Captures:
    """The settings that the source gives and the code that it logs.

    Of several runs the first counts. ``opaque`` are the places where settings come from
    something that only the running script knows.
    """

    settings: SourceSettings
    code: tuple[LoggedCode, ...] = ()
    opaque: tuple[tuple[str, Place], ...] = ()


def read_captures(script: Script) -> Captures:
    """What the source of a script says about its job."""
    return _Reader(script).captures()


class _Reader:
    def __init__(self, script: Script) -> None:
        self.syntax: Syntax = script.syntax
        self.flow: Flow = script.flow
        self.inits = [init.call for init in script.inits]
        self.defaults = {p.name: p.default for p in script.parameters if p.has_default}
        self.opaque: list[tuple[str, Place]] = []

    def captures(self) -> Captures:
        setup: Settings = {}
        settings: Settings = {}
        arguments: Settings = {}
        objects: set[str] = set()
        for call in self._calls("wandb.setup"):
            given = self._argument(call, "settings", 0)
            if given is not None:
                setup |= self._settings(given)[0]
        if self.inits:
            first = self.inits[0]
            arguments = self._init_arguments(first)
            given = self._argument(first, "settings", None)
            if given is not None:
                settings, is_object = self._settings(given)
                objects = set(settings) if is_object else set()
        environ, weak = self._environ()
        return Captures(
            SourceSettings(setup, settings, arguments, environ, weak, frozenset(objects)),
            tuple(self._code()),
            tuple(self.opaque),
        )

    # -- settings

    def _init_arguments(self, call: ast.Call) -> Settings:
        found: Settings = {}
        for keyword in call.keywords:
            if keyword.arg in ARGUMENTS:
                found[ARGUMENTS[keyword.arg]] = self._given(keyword.value)
            elif keyword.arg is None:
                items = self._items(keyword.value)
                if items is None:
                    unknown = Unknown(f"**{ast.unparse(keyword.value)}")
                    found.setdefault("project", Given(unknown, self._origin(call)))
                for name, value in items or ():
                    if name in ARGUMENTS:
                        found[ARGUMENTS[name]] = self._given(value)
        return found

    def _settings(self, node: ast.expr) -> tuple[Settings, bool]:
        """The settings in ``settings=…``, and whether they stand in a `wandb.Settings`."""
        value = self._followed(node)
        if isinstance(value, ast.Call):
            name = self.flow.qualified(value.func) or ""
            if name.startswith("wandb.") and name.endswith(".Settings"):
                for keyword in value.keywords:
                    if keyword.arg is None:
                        self._note(
                            "some settings of wandb are only known when the script runs",
                            value,
                        )
                named = {k.arg: self._given(k.value) for k in value.keywords if k.arg}
                return named, True
        items = self._items(value)
        if items is None:
            self._note("the settings of wandb are only known when the script runs", node)
            return {}, False
        return {name: self._given(item) for name, item in items}, False

    def _environ(self) -> tuple[Settings, Settings]:
        """What the script puts into its environment before the run: always, or if unset."""
        always: Settings = {}
        unless: Settings = {}
        for node in self.syntax.nodes:
            if isinstance(node, ast.Assign):
                for target in node.targets:
                    name = self._variable(target)
                    if name is not None and self._counts(node):
                        always[name] = self._given(node.value)
            elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                if not self._is_environ(node.func.value) or not self._counts(node):
                    continue
                if node.func.attr == "setdefault" and len(node.args) == 2:
                    key = literal(node.args[0])
                    if isinstance(key, str) and key.startswith("WANDB_"):
                        unless[key] = self._given(node.args[1])
                elif node.func.attr == "update":
                    for name, value in self._updated(node):
                        if name.startswith("WANDB_"):
                            always[name] = self._given(value)
        return always, unless

    def _updated(self, call: ast.Call) -> Iterator[tuple[str, ast.expr]]:
        for argument in call.args:
            yield from self._items(argument) or ()
        for keyword in call.keywords:
            if keyword.arg is not None:
                yield keyword.arg, keyword.value

    def _variable(self, target: ast.expr) -> str | None:
        """The variable in ``os.environ["WANDB_…"]``."""
        if isinstance(target, ast.Subscript) and self._is_environ(target.value):
            key = literal(target.slice)
            if isinstance(key, str) and key.startswith("WANDB_"):
                return key
        return None

    def _is_environ(self, node: ast.expr) -> bool:
        return self.flow.qualified(node) == "os.environ"

    def _counts(self, node: ast.AST) -> bool:
        """Whether it may come before the first run; in another scope, it may."""
        if not self.inits:
            return True
        first = self.inits[0]
        if self.syntax.scope(node) is not self.syntax.scope(first):
            return True
        return self.syntax.place(node).line <= self.syntax.place(first).line

    # -- logged code

    def _code(self) -> Iterator[LoggedCode]:
        for node in self.syntax.nodes:
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
                continue
            if node.func.attr != "log_code":
                continue
            root = self._argument(node, "root", 0)
            name = self._argument(node, "name", 1)
            include = self._argument(node, "include_fn", 2)
            exclude = self._argument(node, "exclude_fn", 3)
            yield LoggedCode(
                name=_text(self._value(name)) if name is not None else None,
                root=_text(self._value(root)) if root is not None else ".",
                line=self.syntax.place(node).line,
                include=ast.unparse(include) if include is not None else None,
                exclude=ast.unparse(exclude) if exclude is not None else None,
                guarded=self._is_guarded(node),
            )

    def _is_guarded(self, node: ast.AST) -> bool:
        """Whether it stands under a condition other than ``__name__ == "__main__"``."""
        return any(
            isinstance(ancestor, (ast.If, ast.IfExp, ast.ExceptHandler))
            and not (
                isinstance(ancestor, ast.If) and "__name__" in ast.unparse(ancestor.test)
            )
            for ancestor in self.syntax.ancestors(node)
        )

    # -- values

    def _calls(self, name: str) -> Iterator[ast.Call]:
        for node in self.syntax.nodes:
            if isinstance(node, ast.Call) and self.flow.qualified(node.func) == name:
                yield node

    def _argument(self, call: ast.Call, name: str, index: int | None) -> ast.expr | None:
        for keyword in call.keywords:
            if keyword.arg == name:
                return keyword.value
        if index is not None and index < len(call.args):
            given = call.args[index]
            return None if isinstance(given, ast.Starred) else given
        return None

    def _followed(self, node: ast.expr) -> ast.expr:
        """What a name stands for, where one assignment says it."""
        if isinstance(node, ast.Name):
            bindings = self.syntax.bindings(node.id, self.syntax.scope(node))
            if len(bindings) == 1 and bindings[0].kind == "assign":
                binding = bindings[0]
                if binding.value is not None and binding.index is None:
                    return binding.value
        return node

    def _items(self, node: ast.expr) -> list[tuple[str, ast.expr]] | None:
        """Keys and values of a dict that is spelled out."""
        items = display(self._followed(node))
        if items is None:
            return None
        pairs = [(literal(key) if key is not None else None, item) for key, item in items]
        named = [(key, item) for key, item in pairs if isinstance(key, str)]
        return named if len(named) == len(pairs) else None

    def _given(self, node: ast.expr) -> Given:
        return Given(self._value(node), self._origin(node))

    def _origin(self, node: ast.AST) -> str:
        return f"line {self.syntax.place(node).line}"

    def _note(self, text: str, node: ast.AST) -> None:
        self.opaque.append((text, self.syntax.place(node)))

    def _value(self, node: ast.expr) -> Value:
        """A literal, the default of a parameter, or the text of what is neither."""
        value = literal(self._followed(node))
        if isinstance(value, Expression):
            try:
                name = parameter_read(node, self.flow)
            except RecursionError:
                name = None
            if name is not None and name in self.defaults:
                value = self.defaults[name]
        if value is None or isinstance(value, (str, bool)):
            return value
        return Unknown(ast.unparse(node))


def _text(value: Value) -> str | Unknown | None:
    return Unknown(repr(value)) if isinstance(value, bool) else value
