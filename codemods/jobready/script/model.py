"""What is known about one script: frozen values, read once from its syntax tree."""

from __future__ import annotations

import ast
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from jobready.script.source.place import Place
from jobready.script.source.syntax import Syntax


@dataclass(frozen=True)
class Expression:
    """A value that is only known when the script runs: its source text."""

    source: str


# A literal of the script as the Python object, or the text of what is no literal.
Value = Any


@dataclass(frozen=True)
class Parameter:
    """One ``add_argument`` call, as far as the source tells.

    ``name`` is the dest. ``flags`` is empty for a positional. ``type`` is the source text
    of ``type=`` (None where there is none), ``action`` the word or the source text of
    ``action=`` ("store" where there is none). ``default``, ``const`` and ``choices`` are
    literals or an `Expression`; ``nargs`` likewise (None, int or str).
    ``has_default`` tells ``default=None`` from no default at all. Where only a run tells
    the flags (``f"--{key}"``), ``named`` is False and ``name`` is their source text.
    """

    name: str
    flags: tuple[str, ...]
    type: str | None
    default: Value
    required: bool | Expression
    choices: Value
    nargs: Value
    action: str
    help: Value
    const: Value
    has_default: bool
    place: Place
    group: str | None = None  # "exclusive" or "required exclusive" for mutex members
    type_kind: str = "none"  # see TYPE_KINDS
    gives_json: bool = False  # of an own or parsed type: all its values are JSON's
    named: bool = True
    beside_fields: bool = False  # a field of a dataclass that is made of "fields"
    within: str | None = None  # what the arguments call the dataclass that it is a field of

    @property
    def positional(self) -> bool:
        """Whether it is given by its place on the command line, not by a flag."""
        return not self.flags


# How a ``type=`` turns words into values:
#   none     no type: the words themselves
#   number   int or float
#   str      str
#   bool     the builtin bool, for which any text is True
#   boolean  a callable known to read true and false, whatever the case of the letters
#   path     pathlib and os.path functions
#   parsed   json.loads, eval, literal_eval, yaml.safe_load
#   enum     an Enum class of this file
#   mixed enum  the same, where a member has the name that is another's value
#   file     argparse.FileType
#   own      any other callable
#   any      what only a run tells: ``type=type(default)``
#   fields   not one parameter but the fields of a dataclass of elsewhere
#   other fields  the same, of one that no Trainer is made with
TYPE_KINDS = (
    "none",
    "number",
    "str",
    "bool",
    "boolean",
    "path",
    "parsed",
    "enum",
    "mixed enum",
    "file",
    "own",
    "any",
    "fields",
    "other fields",
)
# Of what stands for more than one parameter.
OF_FIELDS = frozenset(("fields", "other fields"))


@dataclass(frozen=True, eq=False)
class CommandsModel:
    """The commands of a parser (``add_subparsers``), each with a parser of its own.

    ``dest`` is the name under which the arguments hold the command, None where they don't.
    They are ``of_dataclasses`` where simple_parsing makes each of one, whose name no run
    shows.
    """

    place: Place
    dest: str | None
    parsers: tuple[ParserModel, ...]
    of_dataclasses: bool = False

    @property
    def shown_as(self) -> str | None:
        """The name under which a run shows the command with the arguments."""
        return None if self.of_dataclasses else self.dest


@dataclass(frozen=True, eq=False)
class ParserModel:
    """One ``argparse.ArgumentParser`` and what the source tells of it.

    ``unseen`` names what may add parameters that the source doesn't show; ``parents`` are
    the parsers whose parameters it shares; ``oddities`` are settings that change how words
    are read (prefix_chars, …). ``library`` is the class that it is made of, ``own`` tells
    that the script has a class of its own for it. ``by_objects`` is where an object adds
    parameters of which a list or an attribute tells the class, and may not tell all. One
    that is ``copied`` is a deep copy of its one parent, which tells what is given where it
    is ``given_only``, without defaults. ``dataclasses`` are the names under which the
    arguments hold objects that have the parameters (simple_parsing's).
    """

    call: ast.Call
    place: Place
    parameters: tuple[Parameter, ...]
    unseen: tuple[tuple[str, Place], ...] = ()
    commands: CommandsModel | None = None
    parents: tuple[ast.Call, ...] = ()
    oddities: tuple[tuple[str, Place], ...] = ()
    library: str = "argparse.ArgumentParser"
    own: bool = False
    by_objects: Place | None = None
    copied: bool = False
    given_only: bool = False
    dataclasses: tuple[str, ...] = ()


# Methods that return dataclasses: HfArgumentParser's, and that of trl's parser.
INTO_DATACLASSES = frozenset(("parse_args_into_dataclasses", "parse_args_and_config"))


@dataclass(frozen=True, eq=False)
class Parse:
    """One call that turns words into values: ``parser.parse_args(…)``.

    ``words`` is the expression of the words it is given, None where it reads the command
    line; ``parsers`` are the parsers it may be called on (one, where all is clear).
    ``function`` is the one that it gets a launched job's values from already, at the place
    ``function_place``; ``above`` the statement ``sys.argv += job_args(parser)`` by which it
    does, where that is.
    """

    call: ast.Call
    place: Place
    parsers: tuple[ParserModel, ...]
    words: ast.expr | None
    function: ast.FunctionDef | None = None
    function_place: Place | None = None
    above: ast.AugAssign | None = None

    @property
    def into_dataclasses(self) -> bool:
        """Whether it is one of HfArgumentParser's, or of TrlParser's."""
        method = self.call.func
        return isinstance(method, ast.Attribute) and method.attr in INTO_DATACLASSES

    @property
    def leaves_words(self) -> bool:
        """Whether it gives back the words that it doesn't know, or none of them."""
        method = self.call.func
        known = isinstance(method, ast.Attribute) and method.attr.startswith("parse_known")
        return known or any(k.arg == "return_remaining_strings" for k in self.call.keywords)

    @property
    def holds_dataclasses(self) -> bool:
        """Whether the arguments are dataclasses, or hold some in place of parameters."""
        return self.into_dataclasses or any(m.dataclasses for m in self.parsers)


@dataclass(frozen=True, eq=False)
class CountBranch:
    """``if len(sys.argv) == 2 and …: parser.parse_json_file(sys.argv[1])``.

    Or ``if len(sys.argv) == 1: parser.print_help()``, ``if not argv``. ``test`` asks for
    the number of words, ``parser`` is the name of the parser; it is ``guarded`` where a job
    that launches values doesn't take the branch.
    """

    test: ast.expr
    parser: str
    place: Place
    guarded: bool


@dataclass(frozen=True, eq=False)
class StopBranch:
    """``if config: parser.parse_dict(config)``, where the environment decides on it.

    ``call`` takes the values, ``parser`` is the name of the parser and ``given`` that of
    what holds them; it is ``stopped`` where a job that launches values doesn't get to it.
    """

    call: ast.Call
    parser: str
    given: str
    place: Place
    stopped: bool


@dataclass(frozen=True)
class Overwrite:
    """A parameter that the script sets to another value after the parse.

    It ``counts`` unless it comes after the record, or gives the same again. ``of_none``: it
    is only set where it is None, which no word on a command line gives. ``node`` sets it.
    """

    name: str
    place: Place
    counts: bool
    node: ast.expr | ast.stmt
    of_none: bool = False


@dataclass(frozen=True)
class Gate:
    """What must hold of the parameters for a run to start.

    ``test`` is the condition as Python writes it, ``names`` the parameters in it, and
    ``switches`` those that decide by being true or false, each with the value that lets
    the run start. ``opens_by_default``: it surely holds where no parameter is given;
    ``closed_by_default``: it surely doesn't. ``needs_values``: it doesn't surely hold then,
    whatever else is the case that it asks for.
    """

    test: str
    place: Place
    names: frozenset[str]
    switches: tuple[tuple[str, bool], ...]
    opens_by_default: bool
    closed_by_default: bool
    needs_values: bool


@dataclass(frozen=True, eq=False)
class Init:
    """One ``wandb.init`` call and how the parameters get into its run's config.

    ``records`` is True where the run's config shows the parameters under their own
    names, False where nothing puts them there; ``renamed`` are the pairs of a dest and
    the key that shows it instead; ``problems`` say why it can't be told, of which those
    that are ``unclear`` are gone once all parameters are shown beside it, ``otherwise``
    for which parameters it shows a value that the script made of them. ``extends`` is
    the dict that is its config and holds none of the parameters, or some only ``inside`` of
    these keys; with ``whole`` it
    shows all of them under their own names but for those that are ``taken_out``, else only
    those that are ``shown``.
    ``replaced`` is where the arguments may become another object under a condition,
    ``filtered`` where something decides which of the parameters are shown.
    ``copied`` are the parameters that it shows as their defaults, with these literals.
    ``file`` is where the config is given that ``extends`` names, where its keys are those
    of a file. ``changed`` is where the script itself writes to the config of a run.
    ``gate`` is what must hold of the parameters for the run to start. ``disabled`` is one
    that is told to start none, ``mode="disabled"``; ``resumed`` one that goes on with a run
    that is there, ``resume="must"``, whose config isn't for this script to change.
    """

    call: ast.Call
    place: Place
    records: bool
    renamed: tuple[tuple[str, str], ...] = ()
    problems: tuple[tuple[str, Place], ...] = ()
    unclear: tuple[tuple[str, Place], ...] = ()
    otherwise: tuple[tuple[str, Place], ...] = ()
    copied: tuple[tuple[str, ast.expr], ...] = ()
    extends: ast.expr | None = None
    inside: tuple[tuple[str, Place], ...] = ()
    file: Place | None = None
    whole: bool = False
    shown: frozenset[str] = frozenset()
    taken_out: frozenset[str] = frozenset()
    replaced: Place | None = None
    filtered: Place | None = None
    changed: Place | None = None
    gate: Gate | None = None
    disabled: bool = False
    resumed: bool = False

    @property
    def may_show(self) -> bool:
        """Whether a run of its own starts there, whose config is the script's to make."""
        return not (self.disabled or self.resumed)

    @property
    def lacks_parameters(self) -> bool:
        """Whether a run of its own starts there without them, and may show them."""
        return self.may_show and not self.records


@dataclass(frozen=True, eq=False)
class Tracker:
    """What starts a run without ``wandb.init``: a framework that is told to track.

    ``run`` is the run as ``wandb.init`` would have it; its ``call`` is the framework's.
    ``unseen`` says what can't be told of the run's config.
    """

    name: str
    place: Place
    run: Init
    unseen: tuple[tuple[str, Place], ...] = ()


LOOKS = "the script itself looks at sys.argv"


@dataclass(frozen=True)
class KeptName:
    """What the script keeps on its arguments under a name of its own.

    ``why`` is what stands against a migration where somebody reads it.
    """

    name: str
    place: Place
    why: str


@dataclass(frozen=True, eq=False)
class Script:
    """What one file does with its parameters and its runs.

    ``foreign`` are libraries that read a command line and are not argparse, and
    ``foreign_command`` a command of one that starts a run without a parse. ``trackers`` are
    what starts a run without ``wandb.init``, ``argv_uses`` where the script itself looks
    at ``sys.argv`` in a way that decides something, ``asked_words`` where it is enough for
    that if the launched words stand in it. ``command_word`` is where it takes its first
    word for the name of a command. ``count_branches`` are for a command line without
    words, or one that is the name of a file with all values, and ``stop_branches`` for
    what holds them in the environment. ``started_anew`` are options that a file gives the
    script where it starts it, ``own_words`` where a process of it gets words, if such can
    be told from others, and ``started_by_others`` where only other programs give it words;
    ``written_elsewhere`` are files that may write to the config of its run. ``overwrites``
    are only looked for where a run is started, which would record them. ``kept_names`` are
    what its arguments keep beside parameters, which no file of it reads; ``doubts`` say why
    nothing of it may be migrated, and where. ``aside`` are the
    functions of sweeps whose runs take their values themselves, and are left as they are.
    """

    parsers: tuple[ParserModel, ...] = ()
    parses: tuple[Parse, ...] = ()
    strange_parses: tuple[tuple[str, Place], ...] = ()
    inits: tuple[Init, ...] = ()
    strange_inits: tuple[tuple[str, Place], ...] = ()
    trackers: tuple[Tracker, ...] = ()
    foreign: tuple[tuple[str, Place], ...] = ()
    foreign_command: tuple[str, Place] | None = None
    argv_uses: tuple[Place, ...] = ()
    asked_words: tuple[Place, ...] = ()
    command_word: Place | None = None
    count_branches: tuple[CountBranch, ...] = ()
    stop_branches: tuple[StopBranch, ...] = ()
    started_anew: tuple[tuple[str, Place], ...] = ()
    own_words: tuple[Place, ...] = ()
    started_by_others: tuple[Place, ...] = ()
    written_elsewhere: tuple[str, ...] = ()
    overwrites: tuple[Overwrite, ...] = ()
    kept_names: tuple[KeptName, ...] = ()
    doubts: tuple[tuple[str, Place], ...] = ()
    reads_back: Place | None = None
    agent: Place | None = None
    aside: frozenset[Any] = frozenset()
    syntax: Any = field(default=None, repr=False)
    flow: Any = field(default=None, repr=False)

    @property
    def runs(self) -> tuple[Init, ...]:
        """The runs that the script starts itself; without one, those of its trackers."""
        return self.inits or tuple(t.run for t in self.trackers)

    @property
    def extensible_runs(self) -> tuple[Init, ...]:
        """The runs whose config may get more: its own, or a tracker's that is given one."""
        return self.inits or tuple(run for run in self.runs if run.extends is not None)

    @property
    def through(self) -> tuple[str, ...]:
        """The other files that make its parser, parse, launch or start its run."""
        places = [
            *(m.place for m in self.parsers),
            *(p.place for p in self.parses),
            *(p.function_place for p in self.parses if p.function_place is not None),
            *(i.place for i in self.inits),
            *(t.place for t in self.trackers),
        ]
        return tuple(dict.fromkeys(p.file for p in places if p.file is not None))

    def within(self, part: Syntax) -> Script:
        """What of it stands in one of its files; the parsers are those of all."""
        return replace(
            self,
            syntax=part,
            parses=tuple(p for p in self.parses if p.call in part.parent),
            inits=tuple(i for i in self.inits if i.call in part.parent),
            count_branches=tuple(b for b in self.count_branches if b.test in part.parent),
            stop_branches=tuple(b for b in self.stop_branches if b.call in part.parent),
        )

    @cached_property
    def parameters(self) -> tuple[Parameter, ...]:
        """The parameters of all parsers, in the order of the source.

        One that several parsers have is as that which parses has it, with its default.
        """
        parsing = {m for parse in self.parses for m in parse.parsers}
        parsers = sorted(self.parsers, key=lambda m: m in parsing and not m.given_only)
        every = {p.place: p for m in parsers for p in m.parameters}
        places = sorted(every, key=lambda p: (p.file or "", p.line, p.column))
        return tuple(every[place] for place in places)
