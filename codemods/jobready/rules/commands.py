"""JR204: the script needs the name of a command, and a job has no command line."""

from __future__ import annotations

from collections.abc import Iterator

from jobready.edits.plan import Plan
from jobready.outcome import Unchanged
from jobready.project.mentions import PARSES, STARTS_A_RUN
from jobready.rules.finding import Finding, Fix, Migration
from jobready.rules.rule import Rule
from jobready.rules.subject import Subject
from jobready.script.model import ParserModel


def find(subject: Subject) -> Iterator[Finding]:
    """One finding for each parser with commands in a script that starts a run."""
    script = subject.script
    parsers = [m for m in script.parsers if m.commands is not None]
    parsed = {m.call for p in script.parses for m in p.parsers}
    if not parsers or not script.inits or isinstance(subject.decision, Unchanged):
        return
    for parser in parsers:
        if parser.call not in parsed:
            continue
        message = f"a job doesn't say which command to run{_named(parser)}: it has no"
        message += " command line"
        assert parser.commands is not None
        place = parser.commands.place
        if isinstance(subject.decision, Plan):
            dest = parser.commands.shown_as
            sentence = f"lets the job's config say it, under {dest}"
            if dest is None:
                sentence = "lets the job's config set its options; the entry point names it"
            sentence += ", as jobready migrate does"
            fix = Fix("safe", sentence, Migration())
            yield Finding(RULE.code, message, place, fix=fix)
        else:
            why = "jobready migrate refuses the script, as JR101 says"
            yield Finding(RULE.code, message, place, no_fix=why)


def _named(parser: ParserModel) -> str:
    """The commands, where the source names them and they are few."""
    assert parser.commands is not None
    names = [_command(m) for m in parser.commands.parsers]
    known = [n for n in names if n is not None]
    if not known or len(known) != len(names) or len(known) > 4:
        return ""
    return f" ({', '.join(known)})"


def _command(parser: ParserModel) -> str | None:
    first = parser.call.args[0] if parser.call.args else None
    value = getattr(first, "value", None)
    return value if isinstance(value, str) else None


RULE = Rule(
    code="JR204",
    name="commands",
    summary="The script needs a command on its command line, which a job doesn't have.",
    why=(
        "A job records its script without the arguments. argparse then ends it with exit "
        "code 2, or the script has no command and does nothing."
    ),
    bad="""\
import argparse

import wandb

parser = argparse.ArgumentParser()
commands = parser.add_subparsers(dest="command", required=True)
train = commands.add_parser("train")
train.add_argument("--lr", type=float, default=0.1)
args = parser.parse_args()
wandb.init(config=args)
""",
    good="""\
import argparse

import wandb

parser = argparse.ArgumentParser()
parser.add_argument("--lr", type=float, default=0.1)
args = parser.parse_args()
wandb.init(config=args)
args = wandb.config
""",
    safety="safe",
    fix=(
        "Lets the job's config join the command line, where it names the command too; "
        "without a dest the entry point of the job must name it. "
        "A script for each command, as in the example, does without that, and so does an "
        "entry point of the job's own."
    ),
    sources=(
        "wandb 0.13.8 to 0.31.0: a job's entrypoint is recorded without arguments",
        "https://github.com/wandb/wandb/issues/4706",
    ),
    find=find,
    words=(*STARTS_A_RUN, PARSES, (b"add_subparsers",)),
)
