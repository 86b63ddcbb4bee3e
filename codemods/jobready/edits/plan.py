"""What is to be done to a script, decided before anything is edited."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from dataclasses import dataclass

from jobready.edits.job_args import Branch, emit
from jobready.outcome import Reason
from jobready.script.source.scopes import Function
from jobready.script.source.syntax import Syntax

# Where it stands in the new words of a parse, there are those that it was given.
GIVEN = "_given_words"


@dataclass(frozen=True, eq=False)
class ParseEdit:
    """A parse that gets the launched values: its new words, and a parser to name first.

    ``words`` is the text of the new first argument, with `GIVEN` for the old. ``hoist`` is
    the name that the parser gets in a statement of its own, where the parse is called on a
    parser without a name. With ``above``, the line that puts them in ``sys.argv``, the
    parse stays as it is.
    """

    call: ast.Call
    words: str
    hoist: str | None = None
    above: str | None = None


@dataclass(frozen=True, eq=False)
class GuardEdit:
    """A test that something more must hold for: the text behind its ``and``."""

    test: ast.expr
    condition: str


@dataclass(frozen=True, eq=False)
class StopEdit:
    """What stands above a statement, for some jobs not to get to it: a test, one line."""

    statement: ast.stmt
    test: str
    line: str


@dataclass(frozen=True, eq=False)
class CallEdit:
    """An edit of a call, or of what follows it."""

    call: ast.Call

    @property
    def node(self) -> ast.AST:
        """Where the edit is made."""
        return self.call


@dataclass(frozen=True, eq=False)
class InitEdit(CallEdit):
    """A ``wandb.init`` that gets ``config=``, or an update of it: the text of the value.

    With ``extends`` it has a dict as config already, which keeps its items.
    """

    config: str
    extends: bool = False


@dataclass(frozen=True, eq=False)
class LinesBehind(CallEdit):
    """The lines that follow a call, such as ``args = wandb.config`` a ``wandb.init``.

    ``uses`` are the modules that they name. Where the call is what a function returns,
    ``named`` is the name that it gets for them, and is returned by behind them.
    """

    lines: tuple[str, ...]
    uses: tuple[str, ...] = ()
    named: str | None = None


@dataclass(frozen=True, eq=False)
class ParameterEdit:
    """A function, ``node``, that gets one more parameter, None by default."""

    node: Function
    name: str
    annotation: str | None


@dataclass(frozen=True, eq=False)
class ArgumentEdit(CallEdit):
    """A call that gives such a parameter: its name, and the text of the value."""

    name: str
    value: str


@dataclass(frozen=True, eq=False)
class ValueEdit:
    """A value of a dict, ``node``, or of an argument, that becomes another: its text."""

    node: ast.expr
    text: str


# What shows the parameters of a run: at its ``wandb.init``, or on the way there.
ShowEdit = InitEdit | LinesBehind | ParameterEdit | ArgumentEdit | ValueEdit


@dataclass(frozen=True, eq=False)
class NewInit:
    """A ``wandb.init`` for a script without one, behind the statement of a parse."""

    after: ast.stmt
    line: str


@dataclass(frozen=True, eq=False)
class JobArgs:
    """The emitted function: under which name, with which branches, in place of what.

    ``renamed`` are the pairs of a dest and the key that the run shows it under, ``opened``
    the gates that are opened in a job, with the value that opens each, ``ranks`` the
    parameters that a launcher sets for each process. ``quoted`` annotations are texts, for
    a Python that can't evaluate them.
    """

    name: str
    branches: frozenset[Branch]
    renamed: tuple[tuple[str, str], ...] = ()
    opened: tuple[tuple[str, object], ...] = ()
    ranks: tuple[str, ...] = ()
    replaces: ast.FunctionDef | None = None
    quoted: bool = False


@dataclass(frozen=True, eq=False)
class SharedImport:
    """The line that imports the function from a module that scripts share.

    It goes among the imports ``beside``, in their order, or else above the statement
    ``above`` of the module, None for its end. ``replaces`` is the function that the file
    has itself, and ``unused`` are the imports that only it uses.
    """

    dotted: str
    line: str
    beside: tuple[ast.Import | ast.ImportFrom, ...] = ()
    above: ast.stmt | None = None
    replaces: ast.FunctionDef | None = None
    unused: tuple[ast.stmt, ...] = ()


def source_of(
    function: JobArgs,
    name: str,
    modules: Mapping[str, str],
    *,
    indent: str = "    ",
    quote: str = '"',
) -> str:
    """The source of the function; ``modules`` says what the file calls argparse and co."""
    return emit(
        function.branches,
        name=name,
        argparse=modules["argparse"],
        os=modules["os"],
        sys=modules["sys"],
        indent=indent,
        quote=quote,
        renamed=dict(function.renamed),
        opened=dict(function.opened),
        ranks=function.ranks,
        quoted=function.quoted,
    )


@dataclass(frozen=True)
class Modules:
    """The names by which emitted lines use modules.

    ``missing`` are those that the file must import yet, ``before`` is the statement of the
    module above which that and the emitted function go, None for its end.
    """

    names: Mapping[str, str]
    missing: tuple[str, ...]
    before: ast.stmt | None


NO_MODULES = Modules({}, (), None)


@dataclass(frozen=True, eq=False)
class Plan:
    """The edits of one script and the sentences that explain them.

    ``modules`` are those that its new lines use. ``also`` are the edits of other files
    that its parameters pass through, and ``new_files`` the names and texts of files that
    are not there yet.
    """

    form: str
    reasons: tuple[Reason, ...]
    parses: tuple[ParseEdit, ...] = ()
    guards: tuple[GuardEdit | StopEdit, ...] = ()
    inits: tuple[ShowEdit, ...] = ()
    read_back: LinesBehind | None = None
    new_init: NewInit | None = None
    job_args: JobArgs | None = None
    modules: Modules = NO_MODULES
    shared: SharedImport | None = None
    also: tuple[tuple[Syntax, Plan], ...] = ()
    new_files: tuple[tuple[str, str], ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether nothing changes in the script's own file."""
        edits = (self.parses, self.guards, self.inits, self.read_back)
        return not any((*edits, self.job_args, self.shared))

    @property
    def brings_function(self) -> bool:
        """Whether the file gets launched values that it didn't have."""
        emitted = self.job_args is not None and self.job_args.replaces is None
        return emitted or (self.shared is not None and self.shared.replaces is None)
