"""How the parameters get into the config of a run, and under which names."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from functools import cached_property

from jobready.script.carriers import config_carriers
from jobready.script.chosen_keys import chosen_keys
from jobready.script.config_copies import copies_of, is_filtered, sources_of
from jobready.script.config_items import (
    Change,
    Items,
    attribute_changes,
    changes,
    is_handed_on,
    key_of,
)
from jobready.script.file_config import comes_from_file, comes_with
from jobready.script.flow import Flow
from jobready.script.functions import name_of
from jobready.script.keyword_items import or_nothing
from jobready.script.meanings import Arguments, ArgumentsDict, Foreign, Meanings, RunConfig
from jobready.script.never_given import is_never_given
from jobready.script.order import always_behind, running_scope
from jobready.script.parameter_reads import (
    HOPS,
    cast_read,
    names_copy,
    parameter_read,
    reads_within,
)
from jobready.script.reaching import reaching
from jobready.script.recording import ALL, Problem, Recording
from jobready.script.removals import removals
from jobready.script.set_anew import is_ours, set_anew
from jobready.script.set_on import set_on
from jobready.script.spelled_out import items_of
from jobready.script.syntax import Syntax
from jobready.script.values import literal

# Keywords of wandb.init that keep parameters out of the config.
PARTIAL = frozenset(("config_exclude_keys", "config_include_keys"))

# Dicts that those of a config are made of, before it is refused: one that has another
# twice, which has another twice, has more than can be read.
MOST = 1000


class Recorder:
    """Reads the recording of each init of one file; ``names`` are the dests."""

    def __init__(self, syntax: Syntax, flow: Flow, names: frozenset[str]) -> None:
        self.syntax = syntax
        self.flow = flow
        self.names = names
        self._carriers = config_carriers(syntax, flow)
        self._read = 0  # of those dicts
        self.updates = self._find_updates()

    def recording(self, init: ast.Call) -> Recording:
        """How the parameters get into the config of the run that ``init`` starts."""
        found = Recording()
        if init.args:
            place = self.syntax.place(init)
            found.problems.append(("wandb.init is given arguments by position", place))
            return found
        config = self._config_argument(init, found)
        if config is not None and not _is_empty(config):
            self._read_value(config, found)
            if found.unclear:
                self._read_of_elsewhere(config, init, found)
            if not found.records and not found.problems and not found.unclear:
                found.extends = config
        told = len(found.unclear)
        self._read_updates(found)
        if not (told or found.records or found.problems or found.extends):
            self._read_update_by_file(init, found)
        if self._updates_with_all(init):
            found.unclear.clear()  # whatever it shows, it shows all parameters behind it
        self._read_writes(found)
        if not found.records:
            found.nested.clear()  # all of them will be shown beside it
        found.settle()
        if found.records and found.file is not None and found.extends is not None:
            # the script itself shows the parameters beside it: all, and before its keys?
            behind = any(name_of(u.func) == "setdefaults" for u in self.updates)
            if behind or not (found.whole or self.names <= found.shown):
                meanings = self.flow.meanings(found.extends)
                found.unclear.append(self._unclear(found.extends, meanings))
            found.file = None
        found.problems += found.unclear
        found.unclear += found.hidden
        if found.records:
            found.problems += removals(self.syntax, self.flow, (init, *self.updates))
        return found

    def shown_by(self, values: Iterable[ast.expr]) -> Recording:
        """What the config shows of a run that a framework starts with these values."""
        found = Recording()
        for value in values:
            if not _is_empty(value):
                self._read_value(value, found)
        self._read_updates(found)
        found.settle()
        if found.records:
            found.problems += removals(self.syntax, self.flow)
        return found

    def places(self, inits: Iterable[ast.Call]) -> list[ast.expr]:
        """Where parameters are recorded: by inits, and later changes of their config."""
        updates = (c for c in self.updates if self._updates_parameters(c))
        written = (t for t, v in self.writes if parameter_read(v, self.flow))
        return [*inits, *updates, *written]

    def _updates_parameters(self, call: ast.Call) -> bool:
        found = Recording()
        for given in (*call.args[:1], *(k.value for k in call.keywords)):
            self._read_value(given, found)
        return found.records

    def _find_updates(self) -> list[ast.Call]:
        """The calls of ``wandb.config.update`` or ``setdefaults``."""
        named = self.syntax.named
        methods = {*named.get("update", ()), *named.get("setdefaults", ())}
        return [
            call
            for call in (self.syntax.of(ast.Call) if methods else ())
            if call.func in methods
            and isinstance(call.func, ast.Attribute)
            and self._is_config(call.func.value)
        ]

    def _is_config(self, node: ast.expr) -> bool:
        if node not in self._carriers:
            return False
        return any(isinstance(m, RunConfig) for m in self.flow.meanings(node))

    def _config_argument(self, init: ast.Call, found: Recording) -> ast.expr | None:
        config: ast.expr | None = None
        named = any(keyword.arg == "config" for keyword in init.keywords)
        for keyword in init.keywords:
            if keyword.arg in PARTIAL:
                found.filtered = self.syntax.place(keyword.value)
            if keyword.arg is None:
                given = self._keywords(keyword.value)
                if given is None and named:  # which they can't hold too
                    found.filtered = self.syntax.place(keyword.value)
                elif given is None:
                    text = "wandb.init is given **keywords that are made elsewhere"
                    text += ": give it config= by name"
                    found.unclear.append((text, self.syntax.place(keyword.value)))
                    return None
                else:
                    config = given.get("config", config)
            elif keyword.arg == "config":
                config = keyword.value
        if config is None or is_never_given(config, self.flow):
            return None
        return or_nothing(config)

    def _keywords(self, node: ast.expr) -> dict[str, ast.expr] | None:
        """The keywords that ``**node`` gives, where one display in the source says them."""
        items = items_of(node, self.names, self.flow)
        if items is None or any(k is None for k, _ in items):
            return None
        if isinstance(node, ast.Name) and is_handed_on(node, self.syntax):
            return None
        keys = {literal(k): v for k, v in items if k is not None}
        return keys if all(isinstance(k, str) for k in keys) else None

    def _read_updates(self, found: Recording) -> None:
        """Add what ``wandb.config.update(…)`` brings in later."""
        for node in self.updates:
            named = [k.value for k in node.keywords if k.arg == "d"]
            for given in (*node.args[:1], *named):
                later = Recording(whole=found.whole)
                self._read_value(given, later)
                found.add(later)

    def _read_update_by_file(self, init: ast.Call, found: Recording) -> None:
        """Add what the one update of a run without a config shows, out of a file."""
        if len(self.updates) != 1 or len(self.updates[0].args) != 1:
            return
        (update,) = self.updates
        (given,) = update.args
        if running_scope(update, self.syntax) is not running_scope(init, self.syntax):
            return
        if not comes_with(update, init, self.syntax):
            return
        if name_of(update.func) == "update" and not update.keywords:
            if comes_from_file(given, update, self.names, self.syntax, self.flow):
                found.unclear.clear()
                found.extends = given
                found.file = self.syntax.place(given)

    def _updates_with_all(self, init: ast.Call) -> bool:
        """Whether a statement behind an init always gives its run all the arguments."""
        statement = self.syntax.statement(init)
        return any(
            name_of(u.func) == "update"
            and len(u.args) == 1
            and all(self._is_whole(part) for part in _parts(u.args[0]))
            and isinstance(self.syntax.parent[u], ast.Expr)
            and always_behind(self.syntax.statement(u), statement, self.syntax)
            for u in self.updates
        )

    @cached_property
    def writes(self) -> list[tuple[ast.Attribute | ast.Subscript, ast.expr]]:
        """The single keys that are written to the config: ``wandb.config.lr = …``."""
        return list(self._find_writes())

    def _find_writes(
        self,
    ) -> Iterator[tuple[ast.Attribute | ast.Subscript, ast.expr]]:
        for node in self.syntax.of(ast.Assign, ast.AugAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            for target in targets:
                if isinstance(target, (ast.Attribute, ast.Subscript)):
                    if self._is_config(target.value):
                        yield target, node.value

    def _read_writes(self, found: Recording) -> None:
        """Add what is written key by key: ``wandb.config.learning_rate = args.lr``."""
        for target, value in self.writes:
            key = key_of(target)
            if key is None and self._copies_all(target, value):
                found.whole = found.records = True
            elif key is None and not found.records:
                text = f"the run's config is written key by key: {ast.unparse(target)}"
                found.problems.append((text, self.syntax.place(target)))
            elif key is not None:
                self._read_item(key, value, found)

    def _copies_all(self, target: ast.expr, value: ast.expr) -> bool:
        """Whether a loop writes all arguments: ``for k, v in vars(args).items(): …``."""
        if not isinstance(target, ast.Subscript) or not isinstance(value, ast.Name):
            return False
        loop = self.syntax.parent[self.syntax.statement(target)]
        if not isinstance(loop, ast.For):
            return False
        pair = ast.unparse(ast.Tuple([target.slice, value], ast.Load()))
        call = loop.iter
        if ast.unparse(loop.target).strip("()") != pair.strip("()"):
            return False
        if not isinstance(call, ast.Call) or not isinstance(call.func, ast.Attribute):
            return False
        meanings = self.flow.meanings(call.func.value)
        held = bool(meanings) and all(isinstance(m, ArgumentsDict) for m in meanings)
        return held and call.func.attr == "items"

    def _read_value(self, node: ast.expr, found: Recording) -> None:
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
        items = items_of(node, self.names, self.flow)
        if items is not None:
            self.read_items(items, found)
            return
        meanings = self.flow.meanings(node)
        known = (Arguments, ArgumentsDict, RunConfig)
        if meanings and all(isinstance(m, known) for m in meanings):
            found.whole |= any(not isinstance(m, RunConfig) for m in meanings)
            found.records |= found.whole
            if is_filtered(node, self.syntax):
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
            found.unclear.append(self._unclear(node, meanings))

    def _read_replaced(self, source: ast.Name, found: Recording) -> None:
        """Add what is changed in the dict that arguments are made of anew."""
        for change in changes(source, self.syntax):
            place = self.syntax.place(change.node)
            if change.key is None:
                found.replaced = place
            elif change.value is not None and change.key in self.names:
                found.otherwise.append((change.key, place))

    def _read_of_elsewhere(
        self, config: ast.expr, init: ast.Call, found: Recording
    ) -> None:
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
        for change in self._changes(node):
            if change.key is None:
                text = "the run's config is a copy of the arguments that is changed"
                text += f": {ast.unparse(change.node)}"
                found.problems.append((text, self.syntax.place(change.node)))
            elif change.value is not None:
                self._read_item(change.key, change.value, found)
            elif change.key in self.names:
                found.taken_out.add(change.key)

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

    def _unclear(self, node: ast.expr, meanings: Meanings) -> Problem:
        text, place = ast.unparse(node), self.syntax.place(node)
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
            if key is None:
                behind.clear()
                value = or_nothing(value)
                if self._is_whole(value):
                    found.unclear.clear()  # all parameters come behind what isn't known
                self._read_value(value, found)
            else:
                self._read_item(literal(key), value, found)
                behind.add(str(literal(key)))
        if self.names and self.names <= behind & found.shown:
            found.unclear.clear()

    def _is_whole(self, node: ast.expr) -> bool:
        """Whether it is the dict of the arguments, from which nothing can be missing."""
        if not is_ours(node, self.flow) or is_filtered(node, self.syntax):
            return False
        return not names_copy(node, self.flow)

    def _read_item(self, name: object, value: ast.expr, found: Recording) -> None:
        """Add one key that is spelled out."""
        place = self.syntax.place(value)
        cast = cast_read(value, self.flow)
        read = parameter_read(value, self.flow) or (cast if name != cast else None)
        held = [m for m in self.flow.meanings(value) if _is_arguments(m)]
        if not isinstance(name, str):
            found.problems.append(("a key of the run's config is made at run time", place))
        elif held and name in self.names:
            text = f"the run's config holds all parameters as one of them, {name!r}"
            found.problems.append((text, place))
        elif held:
            found.nested.append((ALL, name, place))
        elif read == name and name in self.names:
            found.records = True
            found.shown.add(name)
            if self._is_set_in_copy(value, name):
                found.otherwise.append((name, place))
        elif found.whole:
            if name in self.names:
                found.otherwise.append((name, place))
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
            if isinstance(value, (ast.Name, ast.Attribute)):
                # it may be the parameter, which got there on a way that isn't followed
                inside.update(self.names & {name_of(value)})
            found.nested += [(n, name, place) for n in sorted(inside)]

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


def _parts(node: ast.expr) -> list[ast.expr]:
    """The dicts that one is put together of: ``{**vars(stage), **vars(args)}``."""
    if isinstance(node, ast.Dict) and node.keys and not any(node.keys):
        return node.values
    return [node]


def _reads_file(meaning: Foreign) -> bool:
    """Whether it is what a call like ``yaml.safe_load(f)`` returns."""
    if not isinstance(meaning.node, ast.Call):
        return False
    module, _, name = ast.unparse(meaning.node.func).rpartition(".")
    return bool(module) and name in ("load", "safe_load", "full_load", "load_config")


def _is_arguments(meaning: object) -> bool:
    return isinstance(meaning, (Arguments, ArgumentsDict))


def _is_empty(node: ast.expr) -> bool:
    return literal(node) in (None, {})
