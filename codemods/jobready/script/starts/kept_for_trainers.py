"""Objects of a script's own that keep what to track with, for what starts the run.

``config = Config(report_to=args.report_to)`` and, in whatever function,
``TrainingArguments(report_to=config.report_to, max_length=config.length)``: the run shows
what this one is given, by the names that it has here.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence

from jobready.script.arguments.parameter_reads import parameter_read
from jobready.script.starts.tracker_classes import TrackerClasses
from jobready.script.starts.trainer_keywords import WHAT_TO_USE
from jobready.script.values.flow import Flow


class KeptForTrainers:
    """Tells which calls that are told what to track with only keep that."""

    def __init__(
        self, calls: Sequence[ast.Call], classes: TrackerClasses, flow: Flow
    ) -> None:
        self._calls = calls
        self._classes = classes
        self._flow = flow

    def only_keeps(self, call: ast.Call) -> bool:
        """Whether an object of the script's own has the word for a call that is seen.

        For that of a function of the script too, which calls ``wandb.init`` where it is
        told to: the run shows what that is given.
        """
        if self._flow.calls.get("wandb.init") and self._classes.is_wholly_own(call):
            return True
        words = self._parameters(call)
        return (
            bool(words)
            and self._classes.is_own(call)
            and any(self._parameters(other) & words for other in self._others())
        )

    def keeper_for(self, call: ast.Call) -> ast.Call | None:
        """What makes an object of the script's own that may tell a call what to track with.

        By a field of whatever name that isn't seen to be a parameter, though it is given
        one: its class is made of another library's, such as pydantic's.
        """
        if self._classes.is_own(call):
            return None
        fields = {
            node.attr
            for node in _told(call)
            if isinstance(node, ast.Attribute) and parameter_read(node, self._flow) is None
        }
        keepers = (c for c in self._calls if fields and self._keeps(c, fields))
        return next(keepers, None)

    def _keeps(self, call: ast.Call, fields: set[str]) -> bool:
        """Whether an object of the script's own is given a parameter for such a field."""
        given = [k.value for k in call.keywords if k.arg in fields]
        return any(parameter_read(each, self._flow) for each in given) and (
            self._classes.is_own(call)
        )

    def _others(self) -> Iterator[ast.Call]:
        """The calls that are told, less those that make objects of the script's own."""
        for call in self._calls:
            if any(_told(call)) and not self._classes.is_own(call):
                yield call

    def _parameters(self, call: ast.Call) -> set[str]:
        """The parameters that tell a call what to track with."""
        reads = (parameter_read(node, self._flow) for node in _told(call))
        return {name for name in reads if name is not None}


def _told(call: ast.Call) -> Iterator[ast.expr]:
    """The parts of what tells a call what to track with."""
    for keyword in call.keywords:
        if keyword.arg in WHAT_TO_USE:
            yield from (n for n in ast.walk(keyword.value) if isinstance(n, ast.expr))
