"""How the parameters get into the config of a run, and under which names."""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cached_property

from jobready.script.arguments.parameter_reads import (
    parameter_read,
)
from jobready.script.configs.config_copies import excluded_names
from jobready.script.configs.config_objects import key_read
from jobready.script.configs.config_values import ConfigValues
from jobready.script.configs.file_config import comes_from_file, comes_with
from jobready.script.configs.keyword_items import keywords_of_branches, or_nothing
from jobready.script.configs.named_pops import has_pops, shows_pop
from jobready.script.configs.recording import Recording
from jobready.script.configs.removals import Removal, removals
from jobready.script.configs.spelled_out import items_of
from jobready.script.model import INTO_DATACLASSES
from jobready.script.source.literals import literal
from jobready.script.source.syntax import Syntax
from jobready.script.values.carriers import config_carriers
from jobready.script.values.config_items import (
    display,
    is_changed_until,
    is_handed_on,
    is_item_changed,
    key_of,
)
from jobready.script.values.flow import Flow
from jobready.script.values.functions import name_of
from jobready.script.values.handed_over import handed_over, left_names
from jobready.script.values.meanings import ArgumentsDict, RunConfig
from jobready.script.values.never_given import is_never_given
from jobready.script.values.order import (
    always_behind,
    comes_later,
    running_scope,
    runs_behind,
)
from jobready.script.values.shown_apart import shown_apart

# Keywords of wandb.init that keep parameters out of the config.
PARTIAL = frozenset(("config_exclude_keys", "config_include_keys"))


class Recorder(ConfigValues):
    """Reads the recording of each init of one file; ``names`` are the dests.

    ``every`` are those of all parameters, None where there may be more than are seen.
    """

    def __init__(
        self,
        syntax: Syntax,
        flow: Flow,
        names: frozenset[str],
        every: Collection[str] | None = None,
    ) -> None:
        super().__init__(syntax, flow, names)
        self._every = every
        self._carriers = config_carriers(syntax, flow)
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
            self.read_value(config, found)
            if found.unclear:
                self.read_of_elsewhere(config, init, found)
            if not found.records and not found.problems and not found.unclear:
                found.extends = config
        told = len(found.unclear)
        self._read_updates(found)
        if not (told or found.records or found.problems or found.extends):
            self._read_update_by_file(init, found)
        if self._updates_with_all(init):
            found.unclear.clear()  # whatever it shows, it shows all parameters behind it
        self._read_writes(found)
        if found.apart and self._updates_with_all(init, apart=True):
            found.forget_doubts()
        if found.records and found.extends is None and self._lacks_nested(found):
            found.show_beside(config or self._one_update(init))
        elif not found.records:
            found.show_beside(found.extends)
        found.settle()
        if found.records and found.file is not None and found.extends is not None:
            # the script itself shows the parameters beside it: all, and before its keys?
            behind = any(name_of(u.func) == "setdefaults" for u in self.updates)
            if behind or not (found.whole or self.names <= found.shown):
                meanings = self.flow.meanings(found.extends)
                found.unclear.append(self.unclear(found.extends, meanings))
            found.file = None
        found.problems += found.unclear
        found.unclear = list(found.problems)
        if found.records or found.unclear:
            removed = removals(self.syntax, self.flow, self._every, (init, *self.updates))
            if self._updates_with_all(init, apart=True):
                removed = [r for r in removed if not self._is_kept(r, init)]
            problems = [removal.problem(self.syntax) for removal in removed]
            found.problems += problems
            if found.unclear:  # once they are shown beside it, none is missing
                found.unclear += problems
        return found

    def shown_by(self, values: Sequence[ast.expr]) -> Recording:
        """What the config shows of a run that a framework starts with these values."""
        found = Recording()
        for value in values:
            if not _is_empty(value):
                self.read_value(value, found)
        self._read_updates(found)
        if len(values) == 1 and self._lacks_nested(found):
            found.show_beside(values[0])
        found.settle()
        if found.records:
            removed = removals(self.syntax, self.flow, self._every)
            found.problems += [removal.problem(self.syntax) for removal in removed]
        return found

    def places(self, inits: Iterable[ast.Call]) -> list[ast.expr]:
        """Where parameters are recorded: by inits, and later changes of their config."""
        updates = (c for c in self.updates if self._updates_parameters(c))
        written = (t for t, v in self.writes if parameter_read(v, self.flow))
        return [*inits, *updates, *written]

    def _updates_parameters(self, call: ast.Call) -> bool:
        found = Recording()
        for given in (*call.args[:1], *(k.value for k in call.keywords)):
            self.read_value(given, found)
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
                    if "config" in given and _shows_nothing(given["config"], self.flow):
                        text = "wandb.init is given its config in **keywords"
                        text += ": give it config= by name"
                        found.unclear.append((text, self.syntax.place(keyword.value)))
                        return None
                    if PARTIAL & given.keys():
                        found.filtered = self.syntax.place(keyword.value)
            elif keyword.arg == "config":
                config = keyword.value
        if config is None or is_never_given(config, self.flow):
            return None
        return or_nothing(config)

    def _keywords(self, node: ast.expr) -> dict[str, ast.expr] | None:
        """The keywords that ``**node`` gives, where displays in the source say them."""
        items = items_of(node, self.names, self.flow)
        if items is None and isinstance(node, ast.Name):
            items = keywords_of_branches(node, self.flow)
        if items is None or any(k is None for k, _ in items):
            return None
        if isinstance(node, ast.Name) and is_handed_on(node, self.syntax):
            return None
        keys = {literal(k): v for k, v in items if k is not None}
        config = keys.get("config")
        if isinstance(node, ast.Name) and is_item_changed(node, "config", self.syntax):
            return None
        if isinstance(config, ast.Name) and is_changed_until(config, node, self.syntax):
            return None
        return keys if all(isinstance(k, str) for k in keys) else None

    def _read_updates(self, found: Recording) -> None:
        """Add what ``wandb.config.update(…)`` brings in later."""
        for node in self.updates:
            named = [k.value for k in node.keywords if k.arg == "d"]
            for given in (*node.args[:1], *named):
                later = Recording(whole=found.whole)
                self.read_value(given, later)
                found.add(later)

    def _read_update_by_file(self, init: ast.Call, found: Recording) -> None:
        """Add what the one update of a run without a config shows, out of a file."""
        given = self._one_update(init)
        if given is not None:
            (update,) = self.updates
            if comes_from_file(given, update, self.names, self.syntax, self.flow):
                found.unclear.clear()
                found.extends = given
                found.file = self.syntax.place(given)

    def _one_update(self, init: ast.Call) -> ast.expr | None:
        """What the one update of a script gives each run of an init."""
        if len(self.updates) != 1 or len(self.updates[0].args) != 1:
            return None
        (update,) = self.updates
        if running_scope(update, self.syntax) is not running_scope(init, self.syntax):
            return None
        if not comes_with(update, init, self.syntax):
            return None
        if name_of(update.func) != "update" or update.keywords:
            return None
        return update.args[0]

    def _lacks_nested(self, found: Recording) -> bool:
        """Whether a config that is known has some parameters inside of values only.

        They can be shown beside those, unless the script reads the values back: a job sets
        what is shown by its name. One of another name may be shown twice then. Nothing is
        shown for dataclasses, and a sweep's values come from another side.
        """
        if (
            self.flow.calls.get("wandb.agent")
            or INTO_DATACLASSES & self.syntax.named.keys()
        ):
            return False
        keys = {key for _, key, _ in found.nested}
        if not found.hidden or found.doubtful or found.problems or found.unclear:
            return False
        if found.filtered or found.replaced:
            return False
        return not any(
            isinstance(node, (ast.Name, ast.Attribute))
            and self._is_config(node)
            and key_read(node, self.syntax) in keys
            for node in self._carriers
        )

    def _updates_with_all(self, init: ast.Call, *, apart: bool = False) -> bool:
        """Whether a statement behind an init always gives its run all the arguments.

        With ``apart`` one that shows them beside whatever else the config holds.
        """
        statement = self.syntax.statement(init)
        return any(
            name_of(u.func) == "update"
            and len(u.args) == 1
            and (not apart or shown_apart(u.args[0]) is not None)
            and self._has_all(u.args[0])
            and isinstance(self.syntax.parent[u], ast.Expr)
            and always_behind(self.syntax.statement(u), statement, self.syntax)
            for u in self.updates
        )

    def _has_all(self, node: ast.expr) -> bool:
        """Whether a dict has all the arguments, of one parse or several, or in parts."""
        if all(map(self.is_whole, _parts(node, self.syntax))):
            return True
        made = shown_apart(node) or node
        items = display(made)
        if not items or not any(self.part(value) is not None for _, value in items):
            return False
        found = Recording()
        self.read_items(items, found)
        left = frozenset() if made is node else excluded_names(node, self.flow)
        doubts = (found.problems, found.unclear, found.otherwise, found.renamed)
        return self.names <= found.shown | left and not any(doubts)

    def _is_kept(self, removal: Removal, init: ast.Call) -> bool:
        """Whether a run shows a parameter that is taken out, apart from its config.

        It is left in the environment behind the parse, only taken out later, or left out
        by its name: a secret.
        """
        if comes_later(removal.target, init, self.syntax, self.flow):
            return True
        shown = [u.args[0] for u in self.updates if u.args]
        if any(removal.name in excluded_names(s, self.flow) for s in shown):
            return True
        taken = [shown_apart(s) for s in shown]
        if any(t is not None and shows_pop(t, removal, init, self.syntax) for t in taken):
            return True
        calls = [call for call in taken if isinstance(call, ast.Call)]
        left = [values for call in calls for values in handed_over(call, self.syntax)]
        return bool(left) and all(
            ((names := left_names(values)) is None or removal.name in names)
            and not runs_behind(values, removal.target, self.syntax, self.flow)
            for values in left
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
                self.read_item(key, value, found)

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


def _parts(node: ast.expr, syntax: Syntax) -> list[ast.expr]:
    """The dicts that one is put together of: ``{**vars(stage), **vars(args)}``."""
    made = shown_apart(node)
    made = made if isinstance(made, ast.Dict) else node
    if isinstance(made, ast.Dict) and made.keys and not any(made.keys):
        return made.values
    if isinstance(made, ast.Dict) and made is not node and has_pops(made, syntax):
        return made.values[:1]
    return [node]


def _shows_nothing(config: ast.expr, flow: Flow) -> bool:
    """Whether a config that is given can't be given another time, and holds nothing."""
    return _is_empty(config) or is_never_given(config, flow)


def _is_empty(node: ast.expr) -> bool:
    return literal(node) in (None, {})
