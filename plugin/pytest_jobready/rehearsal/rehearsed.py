"""What came of a take, as plain values."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from pytest_jobready.backend import Job, Run
from pytest_jobready.recording import Parsed

Ended = Literal["stopped", "exited", "killed", "timeout", "refused"]
LONGEST = 2000  # characters of a value that the recorder keeps
TAIL = 20  # lines of output that a failure shows
WIDEST = 300  # characters of such a line


@dataclass(frozen=True)
class Read:
    """One read of one parameter; the same value on the same line counts once.

    ``text`` is the repr of the value (its first 2000 characters, without addresses) and
    ``type`` the name of its type. ``when`` is seen from the process that reads, named by
    ``process``: main, or a child's name and id. ``source`` is ``namespace`` (what argparse
    gave) or ``config`` (``wandb.config``); ``whole`` marks a read of all parameters at
    once, as by ``vars(args)``, which says nothing of what is then used.
    """

    parameter: str
    type: str
    text: str
    file: Path
    line: int
    when: Literal["before init", "after init"]
    source: Literal["namespace", "config"] = "namespace"
    whole: bool = False
    process: str = "main"

    @property
    def value(self) -> Any:
        """The value, where its repr is a literal (or inf or nan); else the repr."""
        try:
            return ast.literal_eval(self.text)
        except (ValueError, SyntaxError, MemoryError, RecursionError):
            pass
        return float(self.text) if self.text in ("inf", "-inf", "nan") else self.text


@dataclass(frozen=True)
class Started:
    """A run that was started: where in the code, and what it is to W&B.

    ``mode`` is ``online`` unless the script itself says otherwise.
    """

    file: Path
    line: int
    entity: str | None
    project: str | None
    id: str | None
    mode: str | None
    process: str = "main"


@dataclass(frozen=True)
class Crash:
    """An exception that nobody caught, and the last line of the user's that it crossed."""

    type: str
    message: str
    file: Path | None
    line: int | None
    process: str = "main"


@dataclass(frozen=True)
class Rehearsed:
    """What one take did.

    ``ended`` is ``stopped`` where it was asked to; ``exited`` where the script ended by
    itself, well or not; ``killed`` by a signal from elsewhere; ``timeout``; or ``refused``
    where it would have left the loopback interface, and ``refusal`` says how.
    ``exit_code`` is its main process's: 0 where it was stopped, None after a timeout or
    refusal, negative for a signal.

    ``config`` is what the first run recorded, None without a run; ``job`` the job that
    was created. ``reads`` come in the order in which they happened. ``stdout`` and
    ``stderr`` are the last megabyte of each. ``parses`` are the parsers at each parse,
    ``values`` what they came to: the type's name and the repr of each parameter. Paths
    into a temporary copy are told as paths into the original.

    ``late`` is the line of the user's where the script was shortly before its time was up.
    ``stand_ins`` are the libraries that something stood in for, and ``asked_rank`` says
    whether the script looked for its rank in the environment. Of several ranks all is
    about the first, but for the reads, and for ``rank_crashes``, those of the others.
    """

    ended: Ended
    exit_code: int | None
    config: Mapping[str, Any] | None
    reads: tuple[Read, ...]
    started: tuple[Started, ...]
    job: Job | None
    runs: tuple[Run, ...]
    crash: Crash | None
    refusal: str | None
    stdout: str = field(repr=False)
    stderr: str = field(repr=False)
    seconds: float = 0.0
    parses: tuple[Parsed, ...] = field(default=(), repr=False)
    values: Mapping[str, tuple[str, str]] = field(default_factory=dict, repr=False)
    stand_ins: tuple[str, ...] = ()
    asked_rank: bool = False
    late: tuple[Path, int] | None = None
    rank_crashes: tuple[Crash, ...] = ()

    @property
    def reached_init(self) -> bool:
        """Whether a run was started."""
        return bool(self.started)

    def reads_of(self, parameter: str) -> tuple[Read, ...]:
        """The reads of one parameter by itself; those of all at once are left out."""
        return tuple(r for r in self.reads if r.parameter == parameter and not r.whole)

    @property
    def output(self) -> str:
        """The last lines that the script wrote, errors last, for a message."""
        shown = []
        for name, text in (("stdout", self.stdout), ("stderr", self.stderr)):
            lines = text.rstrip().splitlines()
            if lines:
                cut = [f"({len(lines) - TAIL} lines before)"] if len(lines) > TAIL else []
                tail = (_narrowed(line) for line in lines[-TAIL:])
                shown += [f"--- {name}", *cut, *tail]
        return "\n".join(shown)

    @property
    def ending(self) -> str:
        """How it ended, as the end of a sentence about the script."""
        if self.ended == "stopped":
            return "was stopped as asked"
        if self.ended == "timeout":
            return f"was still running after {self.seconds:.0f} s, and was killed"
        if self.ended == "refused":
            return f"was stopped: {self.refusal}"
        if self.ended == "killed":
            return f"was killed by signal {-(self.exit_code or 0)}"
        if self.crash is not None:
            where = f" ({self.crash.file}:{self.crash.line})" if self.crash.file else ""
            return f"crashed with {self.crash.type}: {self.crash.message}{where}"
        return f"exited with code {self.exit_code}"


def _narrowed(line: str) -> str:
    left = len(line) - WIDEST
    return line if left <= 0 else f"{line[:WIDEST]}… ({left} characters more)"


def same_value(read: Read, expected: Any) -> bool:
    """Whether a read saw this value; numbers and switches by ``==``, else by type too."""
    if isinstance(expected, int | float):
        seen = read.value
        if isinstance(seen, bool) is not isinstance(expected, bool):
            return False
        if isinstance(seen, int | float):
            return seen == expected or (seen != seen and expected != expected)
        return False
    text = repr(expected)[:LONGEST]
    return (read.text, read.type) == (text, type(expected).__name__)
