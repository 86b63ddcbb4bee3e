"""What the config of a run shows of the parameters, and under which names."""

from __future__ import annotations

import ast
from dataclasses import dataclass, field

from jobready.script.source.place import Place

Problem = tuple[str, Place]
ALL = ""  # in place of a parameter's name


@dataclass
class Recording:
    """What the config of a run shows of the parameters.

    ``records`` is True where it shows parameters at all, ``renamed`` maps a dest to the
    key that shows it, where that is another, ``otherwise`` are the parameters for which
    it shows a value that the script made of them. ``problems`` say what can't be told.
    ``extends`` is the dict that is the config and holds none of the parameters; with
    ``whole`` all of them are there under their own names, else those that are
    ``shown``. ``taken_out`` are those that a copy of all of them lacks, ``nested`` those
    that only something inside a value shows, with its key; ``doubtful`` are those of them
    that the value itself may be, ``inside`` the keys of those that are to be shown beside
    it. ``replaced`` is where the arguments may become another object under a condition,
    ``filtered`` where a condition decides which parameters are shown. ``unclear`` says of a
    whole config that it can't be told what it shows, or what it only shows inside
    something. ``file`` is where the config is given that ``extends`` names, where it is
    read from a file, so that its keys aren't known. ``constants`` are the literals that it
    shows under parameters' names, each with the problem that this is. ``apart``: a
    parameter whose name the config has for something else goes by another.
    """

    records: bool = False
    renamed: dict[str, str] = field(default_factory=dict)
    otherwise: list[Problem] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    extends: ast.expr | None = None
    whole: bool = False
    replaced: Place | None = None
    filtered: Place | None = None
    shown: set[str] = field(default_factory=set)
    taken_out: set[str] = field(default_factory=set)
    nested: list[tuple[str, str, Place]] = field(default_factory=list)
    doubtful: set[str] = field(default_factory=set)
    inside: list[Problem] = field(default_factory=list)
    unclear: list[Problem] = field(default_factory=list)
    file: Place | None = None
    constants: list[tuple[str, ast.expr, Problem]] = field(default_factory=list)
    apart: bool = False

    def add(self, later: Recording) -> None:
        """Take in what a later ``wandb.config.update`` shows."""
        if later.records or not self.records:
            self.problems += later.problems
            self.unclear += later.unclear
            self.renamed.update(later.renamed)
        self.records = self.records or later.records
        self.filtered = self.filtered or (None if self.whole else later.filtered)
        self.otherwise += later.otherwise
        self.nested += later.nested
        self.doubtful |= later.doubtful
        self.shown |= later.shown
        self.taken_out |= later.taken_out
        self.whole |= later.whole
        self.apart |= later.apart
        self.constants += later.constants

    def show_beside(self, config: ast.expr | None) -> None:
        """Have all parameters shown beside what a config has of them inside of its values.

        Not where it can't be told where that is given, though it shows some already.
        """
        if self.records and config is None:
            return
        self.extends, self.records = config, False
        self.inside = [(key, place) for _, key, place in self.nested]
        self.nested.clear()

    def forget_doubts(self) -> None:
        """Drop what can't be told of a config beside which all parameters are shown."""
        self.problems.clear()
        self.unclear.clear()
        self.nested.clear()
        self.extends = self.file = None

    @property
    def hidden(self) -> list[Problem]:
        """The parameters that are shown inside something, and not by their own names."""
        found = []
        for name, key, place in self.nested:
            if not self.whole and name not in self.shown:
                text = f"the run shows {name!r} only inside {key!r}, or not on every way"
                text += ": show it by its own name too"
                if name == ALL:
                    text = f"the run's config holds all parameters under one key, {key!r}"
                    text += ": show them beside it, **vars(args)"
                found.append((text, place))
        return found

    def settle(self) -> None:
        """Draw what only the whole of it tells."""
        if self.whole:  # a name of its own goes before another that it is shown under
            kept = self.renamed.items()
            self.renamed = {dest: k for dest, k in kept if dest in self.taken_out}
        self.problems += self.hidden
