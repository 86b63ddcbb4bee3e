"""What a value shows that is given as config: dicts, copies of the arguments, keys."""

from __future__ import annotations

import ast

from jobready.script.arguments.parameter_reads import (
    HOPS,
    cast_read,
    names_copy,
    parameter_read,
    reads_within,
)
from jobready.script.configs.chosen_keys import chosen_keys
from jobready.script.configs.config_copies import (
    copies_of,
    excluded_names,
    is_filtered,
    sources_of,
)
from jobready.script.configs.file_config import comes_from_file
from jobready.script.configs.keyword_items import or_nothing
from jobready.script.configs.parts_inside import (
    fields_given,
    holds_fields,
    part_inside,
    with_fields,
)
from jobready.script.configs.recording import ALL, Problem, Recording
from jobready.script.configs.set_on import set_on
from jobready.script.configs.spelled_out import items_of
from jobready.script.source.literals import literal
from jobready.script.source.reaching import reaching
from jobready.script.source.syntax import Syntax
from jobready.script.values.config_items import (
    Change,
    Items,
    attribute_changes,
    changes,
    changes_inside,
    display,
)
from jobready.script.values.dataclass_parts import fields_within
from jobready.script.values.flow import Flow
from jobready.script.values.functions import name_of
from jobready.script.values.handed_over import handed_over, left_names
from jobready.script.values.meanings import (
    Arguments,
    ArgumentsDict,
    Foreign,
    Meanings,
    Part,
    RunConfig,
)
from jobready.script.values.namespace_copies import copied_items
from jobready.script.values.set_anew import is_ours, set_anew
from jobready.script.values.shown_apart import shown_apart

# Dicts that those of a config are made of, before it is refused: one that has another
# twice, which has another twice, has more than can be read.
MOST = 1000


class ConfigValues:
    """Reads values that are given to a run as its config; ``names`` are the dests."""

    def __init__(self, syntax: Syntax, flow: Flow, names: frozenset[str]) -> None:
        self.syntax = syntax
        self.flow = flow
        self.names = names
        self._read = 0  # of those dicts

    def read_value(self, node: ast.expr, found: Recording) -> None:
        """Add what a value that is given as config shows."""
        self._read += 1
        if self._read > MOST:
            text = f"the run's config is made of over {MOST} dicts: give it the arguments"
            if self._read == MOST + 1:
                found.problems.append((text, self.syntax.place(node)))
            return
        if isinstance(node, ast.Name):
            gone = [c.key for c in changes(node, self.syntax) if c.value is None]
            found.taken_out |= {key for key in gone if key in self.names}
        if self._read_copied_parts(node, found):
            return
        apart = shown_apart(node)
        if isinstance(apart, ast.Dict):  # which several parses make together
            found.apart = True
            found.taken_out |= self._left_out(node) & self.names
            node = apart
        items = items_of(node, self.names, self.flow)
        if items is not None:
            self.read_items(items, found)
            return
        part = self.part(node)
        if part is not None:
            found.records = True
            found.shown |= part
            return
        meanings = self.flow.meanings(node)
        known = (Arguments, ArgumentsDict, RunConfig)
        if meanings and all(isinstance(m, known) for m in meanings):
            found.whole |= any(not isinstance(m, RunConfig) for m in meanings)
            found.records |= found.whole
            found.apart |= apart is not None
            out = self._left_out(node)
            found.taken_out |= out & self.names
            if is_filtered(node, self.syntax) and not out:
                found.filtered = self.syntax.place(node)
            for copied in copies_of(node, self.flow):
                self._read_changes(copied, found)
            for source in sources_of(node, self.syntax):
                if is_ours(source, self.flow):
                    self._read_replaced(source, found)
        elif (anew := set_anew(node, self.flow)) is not None:
            found.whole = found.records = True
            found.replaced = self.syntax.place(anew)
        elif (chosen := chosen_keys(node, self.syntax, self.flow)) is not None:
            found.whole = found.records = True
            found.filtered = self.syntax.place(chosen.place)
            self.read_items(chosen.items, found)
        else:
            found.unclear.append(self.unclear(node, meanings))

    def _read_replaced(self, source: ast.Name, found: Recording) -> None:
        """Add what is changed in the dict that arguments are made of anew."""
        for change in changes(source, self.syntax):
            place = self.syntax.place(change.node)
            if change.key is None:
                found.replaced = place
            elif change.value is not None and change.key in self.names:
                found.otherwise.append((change.key, place))

    def read_of_elsewhere(self, config: ast.expr, init: ast.Call, found: Recording) -> None:
        """Add what an object shows that isn't made of the arguments alone."""
        shows = set_on(config, init, self.names, self.syntax, self.flow)
        if shows is not None:
            found.unclear.clear()
            found.records = True
            found.whole = not shows.one_by_one
            found.shown |= shows.one_by_one
            places = ((name, self.syntax.place(at)) for name, at in shows.otherwise)
            found.otherwise += places
        elif comes_from_file(config, init, self.names, self.syntax, self.flow):
            found.unclear.clear()
            found.extends = config
            found.file = self.syntax.place(config)

    def _read_changes(self, node: ast.Name | ast.Attribute, found: Recording) -> None:
        """Add what a copy of the arguments shows otherwise than they do."""
        for inner, key in changes_inside(node, self.syntax):
            if key is None or holds_fields(key, self.names):
                found.problems.append(self._changed(inner))
        for change in self._changes(node):
            if (
                change.key is not None and holds_fields(change.key, self.names)
            ) or change.key is None:
                found.problems.append(self._changed(change.node))
            elif change.value is not None:
                self.read_item(change.key, change.value, found)
            elif change.key in self.names:
                found.taken_out.add(change.key)

    def _left_out(self, node: ast.expr) -> frozenset[str]:
        """What a copy leaves out, with the fields of a dataclass that has one key."""
        return with_fields(excluded_names(node, self.flow), self.names)

    def _changed(self, node: ast.expr) -> Problem:
        text = "the run's config is a copy of the arguments that is changed"
        return f"{text}: {ast.unparse(node)}", self.syntax.place(node)

    def _changes(self, copied: ast.Name | ast.Attribute) -> list[Change]:
        if isinstance(copied, ast.Name):
            return changes(copied, self.syntax)
        return attribute_changes(copied, self.syntax)

    def _is_set_in_copy(self, value: ast.expr, name: str) -> bool:
        """Whether a parameter is read from a copy of the arguments that has another."""
        if not isinstance(value, (ast.Attribute, ast.Subscript)):
            return False
        copies = copies_of(value.value, self.flow)
        return any(
            c.key in (name, None) for copied in copies for c in self._changes(copied)
        )

    def _read_own_key(self, key: str, value: ast.expr, found: Recording) -> None:
        """Add a key that is no parameter's, but may hold one that was taken out."""
        if isinstance(value, ast.Call) and isinstance(value.func, ast.Attribute):
            if value.func.attr == "pop" and value.args:
                name = literal(value.args[0])
                if name in self.names:
                    found.renamed[str(name)] = key
                    found.taken_out.add(str(name))
        elif (read := parameter_read(value, self.flow)) in found.taken_out:
            found.renamed[str(read)] = key

    def unclear(self, node: ast.expr, meanings: Meanings) -> Problem:
        """Why it can't be told what a value shows."""
        text, place = ast.unparse(node), self.syntax.place(node)
        if shown_apart(node) is not None:  # which jobready wrote, for another script
            return "the run shows the parameters of the script that starts it", place
        linked = any(isinstance(m, (Arguments, ArgumentsDict)) for m in meanings)
        ends = [self.syntax.place(m.node).line for m in meanings if isinstance(m, Foreign)]
        if linked and ends:
            message = (
                f"the run's config is made of {text}, which line {min(ends)} sets anew"
                ": give it the parsed arguments too"
            )
        else:
            files = [m.node for m in meanings if isinstance(m, Foreign) and _reads_file(m)]
            if files:
                read = min(self.syntax.place(file).line for file in files)
                message = (
                    f"the run's config is read from a file (line {read}), not from args"
                    ": show the parameters behind its keys, {**config, **vars(args)}"
                )
                return message, place
            message = f"can't tell what the run's config shows: {text} is made elsewhere"
            message += "; give it the parsed arguments too"
        return message, place

    def read_items(self, items: Items, found: Recording) -> None:
        """Add what a dict that is spelled out key by key shows."""
        behind: set[str] = set()  # what is shown over all that isn't known
        for key, value in items:
            if key is None and (part := self.part(value)) is not None:
                self.read_value(value, found)
                behind |= part
            elif key is None:
                behind.clear()
                value = or_nothing(value)
                if self.is_whole(value):
                    found.unclear.clear()  # all parameters come behind what isn't known
                self.read_value(value, found)
            elif not self._begins_as_no_name(key):
                self.read_item(literal(key), value, found)
                behind.add(str(literal(key)))
        if self.names and self.names <= behind & found.shown:
            found.unclear.clear()

    def _begins_as_no_name(self, key: ast.expr) -> bool:
        """Whether a key that is made at run time begins as no parameter does."""
        if isinstance(key, ast.JoinedStr) and key.values:
            key = key.values[0]
        elif not isinstance(key, ast.BinOp):
            return False
        while isinstance(key, ast.BinOp) and isinstance(key.op, ast.Add):
            key = key.left
        begin = literal(key)
        if not isinstance(begin, str):
            return False
        return not any(name.startswith(begin) for name in self.names)

    def _read_copied_parts(self, node: ast.expr, found: Recording) -> bool:
        """Add what a dict shows that copies those of dataclasses, less what it leaves out.

        Whether it is one: ``{k: v for k, v in {**vars(args.a), …}.items() if k != "b"}``.
        """
        made = copied_items(node) if isinstance(node, ast.DictComp) else None
        items = display(made) if isinstance(made, ast.Dict) else None
        out = self._left_out(node)
        if not items or (is_filtered(node, self.syntax) and not out):
            return False
        if not any(self.part(value) is not None for key, value in items if key is None):
            return False
        inner = Recording()
        self.read_items(items, inner)
        inner.shown -= out
        inner.apart = shown_apart(node) is not None
        found.add(inner)
        return True

    def part(self, node: ast.expr) -> frozenset[str] | None:
        """The parameters of one dataclass of several, where it or its dict is given.

        None for anything else, also for a copy that may have been changed.
        """
        out = frozenset[str]()
        if isinstance(node, ast.DictComp):
            out = self._left_out(node)
            if is_filtered(node, self.syntax) and not out:
                return None
        inner: ast.expr = node
        while isinstance(inner, ast.Call) and len(inner.args) == 1:
            inner = inner.args[0]
        meanings = self.flow.meanings(node)
        parts = [m for m in meanings if isinstance(m, Part) and not m.within]
        if len(parts) != 1 or len(meanings) != 1 or names_copy(inner, self.flow):
            return None
        return (fields_within(parts[0], self.flow) & self.names) - out

    def is_whole(self, node: ast.expr) -> bool:
        """Whether it is the dict of the arguments, from which nothing can be missing.

        Beside a config's own names also one that leaves out what it says, a secret.
        """
        if not is_ours(node, self.flow) or self._is_partly_left(node):
            return False
        if is_filtered(node, self.syntax):
            return shown_apart(node) is not None and bool(excluded_names(node, self.flow))
        return not names_copy(node, self.flow)

    def _is_partly_left(self, node: ast.expr) -> bool:
        """Whether the environment has it, and has some of the parameters alone."""
        taken = shown_apart(node) or node
        left = handed_over(taken, self.syntax) if isinstance(taken, ast.Call) else []
        return any(left_names(values) is not None for values in left)

    def read_item(self, name: object, value: ast.expr, found: Recording) -> None:
        """Add one key that is spelled out."""
        place = self.syntax.place(value)
        cast = cast_read(value, self.flow)
        read = parameter_read(value, self.flow) or (cast if name != cast else None)
        held = [m for m in self.flow.meanings(value) if _is_arguments(m)]
        if not isinstance(name, str):
            found.problems.append(("a key of the run's config is made at run time", place))
        elif part := part_inside(value, name, self.names, self.flow):
            found.records = True
            found.shown |= part
        elif holds_fields(name, self.names):
            text = f"the run shows {ast.unparse(value)!r} as {name!r}"
            found.problems.append((f"{text}, not surely the parameters in it", place))
        elif held and name in self.names:
            text = f"the run's config holds all parameters as one of them, {name!r}"
            found.problems.append((text, place))
        elif held:
            found.nested.append((ALL, name, place))
        elif read == name and name in self.names:
            found.records = True
            found.taken_out.discard(name)
            found.shown.add(name)
            if self._is_set_in_copy(value, name):
                found.otherwise.append((name, place))
        elif found.whole:
            if name in self.names:
                found.otherwise.append((name, place))
                found.taken_out.discard(name)
            else:
                self._read_own_key(name, value, found)
        elif read in self.names and (name in self.names or read in found.renamed):
            text = (
                f"the run's config shows {read!r} as {name!r}, and that name is not its own"
            )
            found.problems.append((text, place))
        elif read in self.names:
            found.records = True
            found.renamed[str(read)] = name
            found.shown.add(str(read))
            if cast is not None and ast.unparse(value).partition("(")[0] != "float":
                found.otherwise.append((str(read), place))
        elif name in self.names and self._is_made_of(value, name):
            found.otherwise.append((name, place))
            found.shown.add(name)
        elif name in self.names:
            shown = ast.unparse(value)
            text = f"the run shows {shown!r} as {name!r}, which isn't surely the parameter"
            text += ": show that, or take another name"
            found.problems.append((text, place))
            if isinstance(value, ast.Constant):
                found.constants.append((name, value, (text, place)))
        else:
            inside = {n for n in reads_within(value, self.flow) if n in self.names}
            inside |= fields_given(value, self.names, self.flow)
            if isinstance(value, (ast.Name, ast.Attribute)):
                # it may be the parameter, which got there on a way that isn't followed
                inside.update(self.names & {name_of(value)})
                if not self._is_collection(value):
                    found.doubtful |= inside
            found.nested += [(n, name, place) for n in sorted(inside)]

    def _is_collection(self, value: ast.Name | ast.Attribute) -> bool:
        """Whether a name is that of collections alone, whatever is in them."""
        if not isinstance(value, ast.Name):
            return False
        bindings = self.syntax.bindings(value.id, self.syntax.scope(value))
        return bool(bindings) and all(
            b.kind == "assign" and b.index is None and _is_display(b.value)
            for b in bindings
        )

    def _is_made_of(self, value: ast.expr, name: str, hops: int = HOPS) -> bool:
        """Whether a value is made of the parameter: ``args.lr * world_size``.

        At least on one way: ``device = "cuda" if cuda() else args.device``, also where that
        is a local name, or given to the function.
        """
        kinds = (ast.Name, ast.Attribute, ast.Subscript)
        parts = [n for n in ast.walk(value) if isinstance(n, kinds)]
        if any(parameter_read(n, self.flow) == name for n in parts):
            return True
        names = [n for n in parts if isinstance(n, ast.Name)] if hops else []
        return any(
            self._is_made_of(given, name, hops - 1)
            for n in names
            for binding in reaching(n, self.syntax)
            for given in self.flow.given(binding)
        )


def _reads_file(meaning: Foreign) -> bool:
    """Whether it is what a call like ``yaml.safe_load(f)`` returns."""
    if not isinstance(meaning.node, ast.Call):
        return False
    module, _, name = ast.unparse(meaning.node.func).rpartition(".")
    return bool(module) and name in ("load", "safe_load", "full_load", "load_config")


def _is_display(value: ast.expr | None) -> bool:
    if isinstance(value, (ast.Dict, ast.List, ast.Tuple)):
        return True
    return isinstance(value, ast.Call) and display(value) is not None


def _is_arguments(meaning: object) -> bool:
    return isinstance(meaning, (Arguments, ArgumentsDict))
