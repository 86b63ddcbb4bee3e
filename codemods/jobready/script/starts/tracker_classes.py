"""The classes of frameworks that start runs, by whatever name a script calls them."""

from __future__ import annotations

import ast
import sys
from functools import cached_property

from jobready.script.source.syntax import Syntax
from jobready.script.values.flow import Flow
from jobready.script.values.functions import method_of, name_of
from jobready.script.values.parser_classes import EMPTY_BASES

# Whose trainers make the tokens of a text, and start no run.
TOKENIZERS = "tokenizers"
# How classes that keep what they are given are called, such as SFTConfig.
KEEPING = ("Args", "Arguments", "Config")
# And those that a class of the script may be made of, to start a run.
MADE_OF = (*KEEPING, "Trainer", "Accelerator")
# Packages whose classes neither start runs nor are a Trainer's arguments.
STARTING_NOTHING = sys.stdlib_module_names | {"pydantic", "torch"}
CALLED = ("init_trackers", "WandbLogger", "WandbCallback", "WandBCallback")


class TrackerClasses:
    """Tells which class of a framework a call makes an object of."""

    def __init__(self, syntax: Syntax, flow: Flow) -> None:
        self._syntax = syntax
        self._flow = flow

    def is_accelerator(self, call: ast.Call) -> bool:
        """Whether a call makes an Accelerator, by whatever name: none of the script's."""
        if name_of(call.func) == "Accelerator":
            return not self.is_wholly_own(call)
        told = any(k.arg == "log_with" for k in call.keywords)
        return told and "accelerate.Accelerator" in self._imported_as(call.func)

    def is_of(self, call: ast.Call, name: str, packages: tuple[str, ...]) -> bool:
        """Whether a call makes an object of a package's class, or of one made of it."""
        if name_of(call.func) not in self._called:
            return False
        owner = self._flow.definition(call.func)
        bases = [call.func]
        if owner is not None:
            bases = [base for each in self._flow.lineage(owner) for base in each.bases]
        dotted = (each for base in bases for each in self._imported_as(base))
        return any(
            each.partition(".")[0] in packages and each.rpartition(".")[2] == name
            for each in dotted
        )

    @cached_property
    def _called(self) -> frozenset[str]:
        """The names by which the class of a logger may be called.

        Its own, those that imports give it, and those of classes that are made of it.
        """
        found = {*CALLED}
        for _ in range(2):  # a class may have another name in the file that imports it
            for statement in self._syntax.of(ast.ImportFrom):
                named = [a for a in statement.names if a.asname and a.name in found]
                found |= {a.asname or "" for a in named}
            for owner in self._syntax.of(ast.ClassDef):
                if any(name_of(base) in found for base in owner.bases):
                    found.add(owner.name)
        return frozenset(found)

    def _imported_as(self, node: ast.expr) -> list[str]:
        """What a name is imported as, in each branch that imports it."""
        if isinstance(node, ast.Name):
            bindings = self._syntax.bindings(node.id, self._syntax.scope(node))
            every = [self._flow.imported(b) for b in bindings if b.kind == "import"]
            return [dotted for dotted in every if dotted is not None]
        dotted = self._flow.qualified(node)
        return [] if dotted is None else [dotted]

    def hands_on(self, call: ast.Call) -> bool:
        """Whether what a module that isn't read is given may come to a Trainer otherwise.

        The classes of a Trainer's arguments keep it as it is, and Python's own modules do.
        """
        return any(
            not dotted.endswith(KEEPING)
            and dotted.partition(".")[0] not in sys.stdlib_module_names
            for dotted in self._imported_as(call.func)
        )

    def is_own(self, call: ast.Call) -> bool:
        """Whether a call makes an object of the script's own, and of no Trainer's.

        A class of the script that is made of a framework's has that one's fields.
        """
        owner = self._flow.definition(call.func)
        if owner is None:
            return False
        bases = [base for each in self._flow.lineage(owner) for base in each.bases]
        foreign = [base for base in bases if self._flow.definition(base) is None]
        return not any((name_of(base) or "").endswith(MADE_OF) for base in foreign)

    def is_wholly_own(self, call: ast.Call) -> bool:
        """The same of a class that no framework's can be behind, whatever it is called.

        What starts a run in its methods is seen there.
        """
        owner = self._flow.definition(call.func)
        if owner is None:
            return False
        bases = [base for each in self._flow.lineage(owner) for base in each.bases]
        foreign = [base for base in bases if self._flow.definition(base) is None]
        return all(map(self._starts_nothing, foreign))

    def _starts_nothing(self, base: ast.expr) -> bool:
        """Whether it is a class that starts no run, nor keeps what one is started with."""
        if isinstance(base, ast.Subscript):  # Generic[T]
            base = base.value
        if ast.unparse(base) in EMPTY_BASES:
            return True
        packages = {dotted.partition(".")[0] for dotted in self._imported_as(base)}
        return bool(packages) and packages <= STARTING_NOTHING

    def trainer_of(self, call: ast.Call) -> str | None:
        """The name of the Trainer that a call makes; a variable may stand for it."""
        func = call.func
        if self.is_wholly_own(call):
            return None  # what starts a run in it is seen there
        bindings = self._flow.bindings_of(func) if isinstance(func, ast.Name) else []
        values = [b.value for b in bindings if b.kind == "assign" and b.index is None]
        parts = [p for v in values if v is not None for p in (v, *ast.iter_child_nodes(v))]
        every = [p for p in (func, *parts) if isinstance(p, ast.expr)]
        dotted = ((p, self._flow.qualified(p) or "") for p in every)
        names = [name_of(p) for p, name in dotted if name.partition(".")[0] != TOKENIZERS]
        return next((n for n in names if n and n.endswith("Trainer")), None)

    def inits(self, call: ast.Call) -> list[ast.Call]:
        """The calls by which a class of the script makes itself a logger."""
        owner = self._flow.definition(call.func)
        lineage = [] if owner is None else self._flow.lineage(owner)
        made = [m for each in lineage if (m := method_of(each, "__init__")) is not None]
        inside = (n for method in made for n in ast.walk(method))
        return [
            n for n in inside if isinstance(n, ast.Call) and name_of(n.func) == "__init__"
        ]
