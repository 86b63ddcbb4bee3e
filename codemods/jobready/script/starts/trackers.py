"""Runs that a framework starts: which it is, whether it does, and what the run shows.

Read in accelerate 1.15 (``Accelerator.init_trackers`` starts the run and updates its config
with what it is given), Lightning 2.6 (``WandbLogger`` gives its keywords to ``wandb.init``,
``log_hyperparams`` updates the config), mlx_lm 0.32 (``WandBCallback`` gives its config to
``wandb.init``) and transformers 5.24 (``Trainer`` updates the config with its
``TrainingArguments`` and the model's). All of them allow changed values, and none changes
one that is launched: those are locked.
"""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace

from jobready.script.arguments.parameter_reads import parameter_read
from jobready.script.configs.recorder import Recorder
from jobready.script.configs.recording import Recording
from jobready.script.model import INTO_DATACLASSES, Init, Parameter, Tracker
from jobready.script.source.literals import is_known, literal
from jobready.script.source.place import Place
from jobready.script.source.syntax import Syntax
from jobready.script.starts.gates import read_gate
from jobready.script.starts.kept_for_trainers import KeptForTrainers
from jobready.script.starts.saved_hyperparameters import saved_otherwise
from jobready.script.starts.tracker_classes import CALLED, TrackerClasses
from jobready.script.starts.trainer_changes import ANY, changed_fields
from jobready.script.starts.trainer_fields import TRAINER_FIELDS
from jobready.script.starts.trainer_keywords import (
    WHAT_TO_USE,
    chosen_by_key,
    named_as_keys,
    renamed_in,
)
from jobready.script.starts.unpacked_keywords import unpacked_keywords
from jobready.script.values.conditions import Condition, conditions_around
from jobready.script.values.config_items import Items
from jobready.script.values.flow import Flow
from jobready.script.values.functions import name_of
from jobready.script.values.meanings import Run

# What `report_to` and `log_with` hold where a run is started.
STARTS = ("wandb", "all")
# What a Trainer records as a list of texts, though it is given as a text.
AS_LIST = "report_to"
TRAINS_WITH = "TrainingArguments"  # how the classes of a Trainer's arguments are called
# All that must hold for the run to start, beside what stands around the call.
Conditions = tuple[Condition, ...]


def read_trackers(
    syntax: Syntax,
    flow: Flow,
    names: frozenset[str],
    parameters: Mapping[str, Parameter],
    every: Collection[str] | None,
) -> list[Tracker]:
    """What starts a run without ``wandb.init``; ``names`` are the dests and more.

    ``every`` are those of all parameters, None where there may be more than are seen.
    """
    fields = any(p.type_kind == "fields" for p in parameters.values())
    called = any(map(syntax.mentions, CALLED))  # by whatever name
    if not (fields or called or _is_told(syntax)):
        return []
    reader = _Reader(syntax, flow, Recorder(syntax, flow, names, every), parameters)
    return list(reader.trackers())


def _is_told(syntax: Syntax) -> bool:
    """Whether something says what a framework is to track with."""
    keywords = {k.arg for k in syntax.of(ast.keyword)}
    named = any(word in syntax.named or word in keywords for word in WHAT_TO_USE)
    return named or bool(named_as_keys(syntax))


class _Reader:
    """Reads the trackers of one script."""

    def __init__(
        self,
        syntax: Syntax,
        flow: Flow,
        recorder: Recorder,
        parameters: Mapping[str, Parameter],
    ) -> None:
        self.syntax = syntax
        self.flow = flow
        self.recorder = recorder
        self.parameters = parameters
        self.calls = syntax.of(ast.Call)
        self.classes = TrackerClasses(syntax, flow)
        self.kept = KeptForTrainers(self.calls, self.classes, flow)

    def trackers(self) -> Iterator[Tracker]:
        """All that start a run, in the order of the source."""
        begun = [c for c in self.calls if self._begins(c)]
        made = [c for c in self.calls if self.classes.is_accelerator(c)]
        fields = any(p.type_kind == "fields" for p in self.parameters.values())
        fields = fields and not self._is_told_none()
        chosen = [(c, when) for c in made for when in self._chosen(c)]
        if not begun:
            for call, when in chosen:
                if when is not None:
                    yield self._accelerate(call, when)
        for call in self.calls:
            if call in begun:
                used = [when for _, when in chosen if when is not None]
                if used or not chosen:
                    yield self._accelerate(call, used[0] if used else ())
            elif self.classes.is_of(
                call, "WandbLogger", ("lightning", "pytorch_lightning")
            ):
                yield self._lightning(call)
            elif self.classes.is_of(call, "WandbLogger", ("catalyst",)):
                yield self._unseen(call, "WandbLogger of catalyst")
            elif self.classes.is_of(call, "WandbCallback", ("transformers",)):
                yield self._unseen(call, "WandbCallback of transformers")
            elif self.classes.is_of(call, "WandBCallback", ("mlx_lm",)):
                yield self._callback(call)
            elif fields and (trainer := self.classes.trainer_of(call)) is not None:
                yield self._fed_trainer(call, trainer)
            elif call not in made and not self.kept.only_keeps(call):
                for when in self._chosen(call):
                    if when is not None:
                        yield self._trainer(call, when)

    def _is_told_none(self) -> bool:
        """Whether the words of each parse into dataclasses say that nothing tracks."""
        parses = [c for c in self.calls if name_of(c.func) in INTO_DATACLASSES]
        words = [
            next((k.value for k in c.keywords if k.arg == "args"), None) for c in parses
        ]
        given = [literal(each) if each is not None else None for each in words]
        return bool(given) and all(
            isinstance(texts, (list, tuple)) and "--report_to=none" in texts
            for texts in given
        )

    def _begins(self, call: ast.Call) -> bool:
        """Whether it is ``accelerator.init_trackers(…)``, and no method of the script."""
        if not isinstance(call.func, ast.Attribute) or call.func.attr != "init_trackers":
            return False
        return not self.flow.functions(call.func)

    def _chosen(self, call: ast.Call) -> Iterator[Conditions | None]:
        """When a call has a framework use W&B; None for never."""
        told = [k.value for k in call.keywords if k.arg in WHAT_TO_USE]
        if told and self.flow.functions(call.func):
            return  # of the script: what it does with the word is seen there
        yield from map(self._starts, told)
        unpacks = any(k.arg is None for k in call.keywords)
        if unpacks and not told and (name_of(call.func) or "").endswith(TRAINS_WITH):
            for value in chosen_by_key(self.syntax):
                when = self._starts(value)
                around = conditions_around(value, self.syntax, self.flow)
                yield None if when is None else (*when, *around)

    def _starts(self, value: ast.expr) -> Conditions | None:
        if isinstance(value, ast.IfExp):
            yes, no = self._starts(value.body), self._starts(value.orelse)
            if no is None:
                return None if yes is None else ((value.test, True),)
            return ((value.test, False),) if yes is None else ()
        name = parameter_read(value, self.flow)
        if name in self.parameters:
            choices = self.parameters[str(name)].choices
            if isinstance(choices, (list, tuple)) and not {*choices} & {*STARTS}:
                return None
            return ((self._is_one(value), True),)
        known = literal(value)
        if not is_known(known):
            return ()
        words = known if isinstance(known, (list, tuple)) else [known]
        return () if any(word in words for word in STARTS) else None

    def _is_one(self, value: ast.expr) -> ast.expr:
        """The test ``value in ("wandb", "all")``, as if it stood in the script."""
        words: list[ast.expr] = [ast.Constant(word) for word in STARTS]
        test = ast.Compare(value, [ast.In()], [ast.Tuple(words, ast.Load())])
        ast.copy_location(test, value)
        self.syntax.scopes[test] = self.syntax.scope(value)
        return test

    def _accelerate(self, call: ast.Call, conditions: Conditions) -> Tracker:
        name = "init_trackers" if self._begins(call) else "log_with="
        values = [k.value for k in call.keywords if k.arg == "config"]
        if not values and self._begins(call) and len(call.args) > 1:
            values = [call.args[1]]
        shown = self.recorder.shown_by(values)
        advice = "" if values else "give init_trackers config=vars(args) to show them"
        return self._tracker(f"accelerate ({name})", call, conditions, shown, advice)

    def _lightning(self, call: ast.Call) -> Tracker:
        made = [call, *self.classes.inits(call)]
        values = [k.value for c in made for k in c.keywords if k.arg == "config"]
        if any(k.arg is None for c in made for k in c.keywords):
            advice = "WandbLogger is given **keywords that are made elsewhere"
        else:
            advice = "give WandbLogger config=vars(args), or log_hyperparams, to show them"
        values += [
            given
            for logged in self.calls
            if name_of(logged.func) == "log_hyperparams"
            and isinstance(logged.func, ast.Attribute)
            and any(isinstance(m, Run) for m in self.flow.meanings(logged.func.value))
            for given in logged.args
        ]
        shown = self.recorder.shown_by(values)
        shown.otherwise += saved_otherwise(self.parameters, self.syntax, self.flow)
        if not (shown.records or shown.unclear or shown.extends):
            shown.unclear += self._shown_elsewhere()
        return self._tracker("Lightning (WandbLogger)", call, (), shown, advice)

    def _shown_elsewhere(self) -> Iterator[tuple[str, Place]]:
        """Who is given the parameters to show, and may be the logger or another's."""
        for call in self.calls:
            spelled = ast.unparse(call.func)
            if not spelled.endswith((".log_hyperparams", ".experiment.config.update")):
                continue
            given = Recording()
            for each in call.args[:1]:
                self.recorder.read_value(each, given)
            if given.records:
                text = f"can't tell whether {spelled} shows the parameters in this run"
                yield text, self.syntax.place(call)

    def _callback(self, call: ast.Call) -> Tracker:
        values = [k.value for k in call.keywords if k.arg == "config"] or call.args[2:3]
        shown = self.recorder.shown_by(values)
        advice = "give WandBCallback config=vars(args) to show them"
        return self._tracker("WandBCallback of mlx_lm", call, (), shown, advice)

    def _trainer(self, call: ast.Call, conditions: Conditions) -> Tracker:
        """A Trainer shows the arguments that it is made with, under their own names.

        A parameter that goes into several of them, or whose name another one has, is
        shown by none that a launch could name. What else makes the Trainer may give it
        another value, or none. It shows values of its own for what it isn't given.
        """
        items = [(k.arg, k.value) for k in call.keywords if k.arg is not None]
        unpacked = [k.value for k in call.keywords if k.arg is None]
        known = {
            each: found
            for each in unpacked
            if (found := unpacked_keywords(each, call, self.syntax, self.flow)) is not None
        }
        items += [(key, v) for found in known.values() for key, _, v in found.always]
        handed_on = self.classes.hands_on(call)
        reads = [parameter_read(value, self.flow) for _, value in items]
        recorded = TRAINER_FIELDS & {*self.parameters}
        if handed_on:
            recorded |= {r for (key, _), r in zip(items, reads, strict=True) if r == key}
            items, reads = [], []
        times = Counter(reads)
        single: Items = [
            (ast.Constant(key), value)
            for (key, value), read in zip(items, reads, strict=True)
            if read == key
            or (
                read is not None
                and times[read] == 1
                and key not in self.parameters
                and key != AS_LIST
                and read not in TRAINER_FIELDS
            )
        ]
        shown = self.recorder.shown_by([])
        self.recorder.read_items(single, shown)
        shown.otherwise += [
            (key, self.syntax.place(value))
            for (key, value), read in zip(items, reads, strict=True)
            if key in self.parameters and read != key
        ]
        self._note_changes(call, single, shown)
        recorded -= {*shown.shown, *(name for name, _ in shown.otherwise)}
        place = self.syntax.place(call)
        shown.otherwise += [(name, place) for name in self.parameters if name in recorded]
        renamed = (
            renamed_in(each, known.get(each), self.syntax, self.flow) for each in unpacked
        )
        shown.problems += [problem for problem in renamed if problem is not None]
        if self._is_dict_for_others(call):
            text = "can't tell by which names a Trainer shows what dict() holds"
            shown.problems.append((text, place))
        called = name_of(call.func) or ast.unparse(call.func)
        if (other := self.kept.keeper_for(call)) is not None:
            text = f"can't tell by which names {called} shows what "
            shown.problems.append((f"{text}{name_of(other.func)} keeps", place))
        name = f"a Trainer ({called})"
        if handed_on:
            text = f"can't tell what the run shows of the parameters that {called} is given"
            shown.unclear.append((text, place))
        advice = "it takes its values from elsewhere"
        tracker = self._tracker(name, call, conditions, shown, advice)
        if AS_LIST in shown.shown:
            text = f"a clone stops at {AS_LIST}, which the Trainer records as a list"
            tracker = replace(tracker, unseen=(*tracker.unseen, (text, tracker.place)))
        if shown.shown >= {*self.parameters}:
            return tracker
        text = "a clone also has what the Trainer records of itself and of the model, for "
        text += "parameters of such names"
        return replace(tracker, unseen=(*tracker.unseen, (text, tracker.place)))

    def _is_dict_for_others(self, call: ast.Call) -> bool:
        """Whether a call is ``dict(…)``, whose items a framework's class may get.

        Any of them may be a parameter that has another name there.
        """
        if not isinstance(call.func, ast.Name) or call.func.id != "dict":
            return False
        unpacking = (c for c in self.calls if any(k.arg is None for k in c.keywords))
        given = (c.func for c in unpacking if (name_of(c.func) or "")[:1].isupper())
        if not any(self.flow.definition(func) is None for func in given):
            return False
        return any(
            k.arg not in WHAT_TO_USE and self._may_be_another(k.value, k.arg)
            for k in call.keywords
        )

    def _may_be_another(self, value: ast.expr, key: str | None) -> bool:
        """Whether a value may be that of a parameter with another name than its key."""
        read = parameter_read(value, self.flow)
        if read is None and isinstance(value, ast.Name) and value.id in self.parameters:
            read = value.id  # through functions that call it the same
        return read not in (None, key)

    def _note_changes(self, call: ast.Call, shown_as: Items, shown: Recording) -> None:
        """What the arguments of a Trainer get later, which is what its run shows."""
        changed = changed_fields(call, self.syntax, self.flow) if shown_as else {}
        for key, value in shown_as:
            field = str(key.value) if isinstance(key, ast.Constant) else ""
            place = changed.get(field, changed.get(ANY))
            read = parameter_read(value, self.flow)
            if place is None or read is None:
                continue
            if read == field:
                shown.otherwise.append((read, place))
            else:
                text = f"{field} is set to another value, which the run shows for {read}"
                shown.problems.append((f"{text}: set it before", place))

    def _fed_trainer(self, call: ast.Call, name: str) -> Tracker:
        """A Trainer whose arguments HfArgumentParser makes: it shows them by their names.

        Those that it records otherwise than they are given (``report_to`` as a list) stop
        a clone; a launch that gives them as on the command line goes through.
        """
        shown = Recording(records=True)
        fed = [p.name for p in self.parameters.values() if p.type_kind == "fields"]
        if len(fed) == 1:  # there is no other that it may be made with
            shown.shown |= {n for n, p in self.parameters.items() if p.beside_fields}
        tracker = self._tracker(f"a Trainer ({name})", call, (), shown, "")
        told = (
            "the run only starts where report_to has wandb in it (by default up to "
            "transformers 4)",
            "a clone stops at what the Trainer records otherwise than it is given, such as "
            "report_to; what it records of the model goes to parameters of such names",
        )
        return replace(tracker, unseen=tuple((text, tracker.place) for text in told))

    def _unseen(self, call: ast.Call, name: str) -> Tracker:
        return self._tracker(name, call, (), self.recorder.shown_by([]), "")

    def _tracker(
        self,
        name: str,
        call: ast.Call,
        conditions: Conditions,
        shown: Recording,
        advice: str,
    ) -> Tracker:
        place = self.syntax.place(call)
        gate = read_gate(call, self.syntax, self.flow, self.parameters, conditions)
        run = Init(
            call=call,
            place=place,
            records=shown.records,
            renamed=tuple(sorted(shown.renamed.items())),
            problems=tuple(shown.problems),
            otherwise=tuple(shown.otherwise),
            extends=shown.extends,
            inside=tuple(shown.inside),
            whole=shown.whole,
            shown=frozenset(shown.shown),
            replaced=shown.replaced,
            gate=gate,
        )
        unseen: list[tuple[str, Place]] = list(shown.unclear)
        if advice and not (shown.records or shown.unclear or shown.extends):
            unseen.append((f"the run of {name} shows no parameters: {advice}", place))
        return Tracker(name, place, run, tuple(unseen))
