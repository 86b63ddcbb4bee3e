"""Where the trail of a run's config leaves the files that are read.

``strategy = get_strategy(args)`` and ``wandb.init(config=strategy.args)``: what the run
shows is in the module of ``get_strategy``, and in that of the class of its object, neither
of which makes a parser or starts a run.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from jobready.script.configs.config_objects import is_config_object
from jobready.script.configs.set_on import changes_of
from jobready.script.files.library import Library
from jobready.script.files.program import Program
from jobready.script.model import Script
from jobready.script.source.scopes import Binding
from jobready.script.values.config_items import display
from jobready.script.values.flow import Flow
from jobready.script.values.meanings import Arguments, ArgumentsDict, Foreign, Instance


def left_for(script: Script, program: Program, library: Library) -> frozenset[Path]:
    """The modules of the repository that say more of what the runs of a script show.

    Those that are not part of the program: where the trail of a config ends, and what may
    set an attribute on it to something else, and the functions that make the values of
    parameters. None where all that is shown is known.
    """
    trail = _Trail(program, script.flow)
    for kind in _types(program):
        trail.name(kind)
    for run in script.runs:
        shown = [k.value for k in run.call.keywords if k.arg in ("config", None)]
        for value in (*shown, *run.call.args[1:]):  # of init_trackers
            trail.follow(value, through=not run.records)
    if script.doubts or any(init.problems for init in script.inits):
        for call in _updates(program, script.flow):
            for given in call.args:
                trail.follow(given)
    left = trail.left | _matching(_setting(trail.attributes), program, library)
    return frozenset(left | _matching(_inheriting(trail.classes), program, library))


def imported_from_others(node: ast.expr, program: Program, flow: Flow) -> frozenset[Path]:
    """The modules, no part of the program, that a name or a member of one may be of."""
    trail = _Trail(program, flow)
    trail.name(node)
    return frozenset(trail.left)


def _matching(
    wanted: re.Pattern[bytes] | None, program: Program, library: Library
) -> set[Path]:
    """The modules, of those that are no part of the program, in which something stands."""
    if wanted is None:
        return set()
    others = {path for each in program.others.values() for path in each.values()}
    return {p for p in others if (data := library.bytes_of(p)) and wanted.search(data)}


def _setting(attributes: set[str]) -> re.Pattern[bytes] | None:
    """What may set one of the attributes on an object of another, or an item of it."""
    if not attributes:
        return None
    names = "|".join(map(re.escape, sorted(attributes))).encode()
    ways = rb"\s*=[^=]|\s*,[^=\n()]*=[^=]|\[[^\]\n]*\]\s*\W?=[^=]|\.(?:update|pop)\("
    return re.compile(
        rb"\b(?!self\b|cls\b)\w+\.(?:%b)(?:%b)|setattr\(\w+,\s*[\"'](?:%b)[\"']"
        % (names, ways, names)
    )


def _inheriting(classes: set[str]) -> re.Pattern[bytes] | None:
    """What may be a class that is made of one of some, whose objects it may change."""
    if not classes:
        return None
    names = "|".join(map(re.escape, sorted(classes))).encode()
    return re.compile(rb"(?m)^\s*class\s+\w+\s*\([^)]*\b(?:%b)\b" % names)


def _types(program: Program) -> Iterator[ast.expr]:
    """What the options of the program have for a ``type=``."""
    for method in program.named.get("add_argument", ()):
        call = program.parent[method]
        if isinstance(call, ast.Call):
            yield from (k.value for k in call.keywords if k.arg == "type")


def _updates(program: Program, flow: Flow) -> Iterator[ast.Call]:
    """The calls of ``wandb.config.update``."""
    for method in program.named.get("update", ()):
        call = program.parent[method]
        if isinstance(method, ast.Attribute) and isinstance(call, ast.Call):
            if is_config_object(method.value, program, flow):
                yield call


class _Trail:
    """Goes back from a config to the names of other files that it is made with.

    ``attributes`` are those of objects of the script that hold the arguments on the way,
    or a dict that is spelled out; ``classes`` are the names of those of such objects.
    """

    def __init__(self, program: Program, flow: Flow) -> None:
        self.left: set[Path] = set()
        self.attributes: set[str] = set()
        self.classes: set[str] = set()
        self._program = program
        self._flow = flow
        self._seen: set[tuple[ast.AST, bool]] = set()

    def follow(self, value: ast.AST, *, through: bool = True) -> None:
        """Add the modules that decide what a value holds.

        Unless it is to go ``through`` what isn't known, those of the objects alone that
        hold the arguments.
        """
        if (value, through) in self._seen:
            return
        self._seen.add((value, through))
        for part in ast.walk(value):
            if isinstance(part, ast.Attribute):
                self._follow_objects(part)
            elif isinstance(part, ast.Name):
                for binding in self._flow.bindings_of(part):
                    for given in self._flow.given(binding):
                        self.follow(given, through=through)
            if through and isinstance(part, (ast.Name, ast.Attribute)):
                for meaning in self._flow.meanings(part):
                    if isinstance(meaning, Foreign):
                        self._leave(meaning.node)
        if through and isinstance(value, ast.Call):
            self._leave(value)
        if through and isinstance(value, ast.expr) and display(value) == []:
            for node, _, _ in changes_of(value, self._program, self._flow):
                stored = getattr(self._program.parent[node], "value", None)
                if isinstance(stored, ast.expr):
                    self.follow(stored)

    def _follow_objects(self, node: ast.Attribute) -> None:
        """Add the modules of the classes whose objects hold something here."""
        owners = [m for m in self._flow.meanings(node.value) if isinstance(m, Instance)]
        holds = any(_is_arguments(m) for m in self._flow.meanings(node))
        for owner in owners:
            self._follow_class(owner.definition)
            kept = self._flow.kept(owner.definition, node)
            if holds or any(display(value) for value in kept):
                self.attributes.add(node.attr)
            elif not self._flow.functions(node):
                continue
            self.classes.add(owner.definition.name)
            for value in kept:
                self.follow(value, through=False)

    def _leave(self, node: ast.AST) -> None:
        """Add the module of what is called, or goes on in a dict that is spelled out."""
        if isinstance(node, ast.Call):
            self.name(node.func)
            if isinstance(node.func, ast.Attribute):
                self.follow(node.func.value)
        elif isinstance(node, ast.Name):
            self.name(node)
        elif isinstance(node, (ast.Dict, ast.Attribute)):
            self.follow(node)

    def _follow_class(self, definition: ast.ClassDef) -> None:
        """Add the modules of what a class is made of."""
        if (definition, True) not in self._seen:
            self._seen.add((definition, True))
            for each in self._flow.lineage(definition):
                for base in each.bases:
                    self.name(base)

    def name(self, node: ast.expr) -> None:
        """Add the module that a name, or a member of one, is imported from."""
        members: list[str] = []
        while isinstance(node, ast.Attribute):
            for binding in self._flow.members(node) or ():
                self._import(binding, members)
            members.insert(0, node.attr)
            node = node.value
        if isinstance(node, ast.Name):
            for binding in self._flow.bindings_of(node):
                self._import(binding, members)

    def _import(self, binding: Binding, members: list[str]) -> None:
        dotted = self._flow.imported(binding)
        others = self._program.others.get(self._program.file_of(binding), {})
        if dotted is None:
            return
        for name in (dotted, *(f"{dotted}.{m}" for m in members[:1]), _module_of(dotted)):
            if name in others:
                self.left.add(others[name])


def _is_arguments(meaning: object) -> bool:
    return isinstance(meaning, (Arguments, ArgumentsDict))


def _module_of(dotted: str) -> str:
    """The module of what is imported: ``..a`` of ``..a.b``, ``.`` of ``.b``."""
    module = dotted.rpartition(".")[0]
    return module if module.strip(".") else "." * (len(dotted) - len(dotted.lstrip(".")))
