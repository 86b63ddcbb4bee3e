"""Reading one file: from its text to a `Script`."""

from __future__ import annotations

import ast
from dataclasses import replace

from jobready.outcome import Failed, Reason
from jobready.script.arguments.kept_names import words_kept
from jobready.script.arguments.overwrites import read_overwrites
from jobready.script.configs.given_doubts import given_doubts
from jobready.script.configs.reading_back import reads_back
from jobready.script.configs.removals import all_names
from jobready.script.model import LOOKS, Init, KeptName, Parameter, Script
from jobready.script.parsers.options.library_options import names_behind
from jobready.script.parsers.other_values import read_other_values
from jobready.script.parsers.parsers import read_parsers
from jobready.script.source.place import Place
from jobready.script.source.syntax import Syntax
from jobready.script.source.tree import syntax_of
from jobready.script.starts.runs import read_inits
from jobready.script.starts.strange_runs import read_strange_runs
from jobready.script.starts.trackers import read_trackers
from jobready.script.values.flow import Flow
from jobready.script.words.argv_uses import argv_uses
from jobready.script.words.asked_words import read_asked_words
from jobready.script.words.command_word import read_command_word
from jobready.script.words.file_branches import read_file_branches
from jobready.script.words.foreign_commands import read_foreign_command
from jobready.script.words.handed_on import handed_on
from jobready.script.words.needed_words import read_needed_words
from jobready.script.words.word_branches import read_word_branches
from jobready.script.words.wordless import read_wordless_branches
from jobready.script.words.words_behind import read_words_behind

FOREIGN = {
    "click": "click",
    "absl": "absl",
    "tyro": "tyro",
    "typer": "typer",
    "fire": "fire",
    "hydra": "hydra",
    "simple_parsing": "simple_parsing",
    "jsonargparse": "jsonargparse",
    "configargparse": "ConfigArgParse",
    "tap": "Tap",
    "pyrallis": "pyrallis",
    "docopt": "docopt",
    "plac": "plac",
    "sacred": "sacred",
    "ml_collections": "ml_collections",
}
# What reads a command line of simple_parsing's names: others are for fields.
PARSES = frozenset(("*", "ArgumentParser", "parse", "parse_known_args"))
TOO_DEEP = Failed((Reason("nests too deeply to be read: split its longest expression"),))


def read(text: str) -> Script | Failed:
    """What the script in ``text`` does with its parameters and its runs."""
    try:
        syntax = syntax_of(text)
        return syntax if isinstance(syntax, Failed) else read_syntax(syntax, Flow(syntax))
    except RecursionError:
        return TOO_DEEP


def read_syntax(syntax: Syntax, flow: Flow) -> Script:
    """What the script of a tree, of one file or several, does with them."""
    parsers, parses, strange = read_parsers(syntax, flow)
    names = frozenset(p.name for m in parsers for p in m.parameters if p.named)
    names |= {m.commands.shown_as for m in parsers if m.commands and m.commands.shown_as}
    parameters = {p.name: p for m in parsers if not m.given_only for p in m.parameters}
    names |= names_behind(parameters.values())
    every = all_names(parsers)
    inits = tuple(read_inits(syntax, flow, names, parameters, every))
    unnamed = [p for m in parsers for p in m.parameters if not p.named]
    if unnamed:
        inits = tuple(_with_unnamed(i, unnamed[0]) for i in inits)
    command, taken = read_command_word(parses, syntax, flow)
    callable_elsewhere: tuple[KeptName, ...] = ()
    if command is None:
        command, taken, callable_elsewhere = read_words_behind(parses, syntax, flow)
    wordless = read_wordless_branches(syntax, flow)
    branches = read_file_branches(syntax, flow) + wordless
    branches = [(b, inside) for b, inside in branches if b.test not in taken]
    own = {node for _, inside in branches for node in inside} | taken
    own |= read_word_branches(syntax, flow) | read_needed_words(parses, syntax, flow)
    own |= {node for p in parses if p.above is not None for node in ast.walk(p.above)}
    asked, inside = read_asked_words(parsers, parses, syntax, flow)
    own |= inside
    if command is None and not asked:  # which put words of a job into sys.argv
        own |= handed_on(syntax, flow)
    stops, past = read_other_values(syntax, flow, own, parses)
    trackers = tuple(read_trackers(syntax, flow, names, parameters, every))
    also = tuple(each for t in trackers for each in t.run.otherwise)
    inits = tuple(replace(i, otherwise=(*i.otherwise, *also)) for i in inits)
    runs = [*inits, *(t.run for t in trackers)]
    kept, doubts = given_doubts(parses, inits, syntax, flow)
    kept += [KeptName(k.attr, syntax.place(k), LOOKS) for k in words_kept(syntax, flow)]
    return Script(
        parsers=tuple(parsers),
        parses=tuple(parses),
        strange_parses=(*strange, *past),
        inits=inits,
        strange_inits=() if inits else tuple(read_strange_runs(syntax, flow)),
        trackers=trackers,
        foreign=tuple(_foreign(syntax)),
        foreign_command=read_foreign_command(parses, runs, syntax, flow),
        argv_uses=tuple(argv_uses(syntax, flow, own, [b.test for b, _ in wordless])),
        asked_words=tuple(asked),
        command_word=command,
        count_branches=tuple(b for b, _ in branches),
        stop_branches=tuple(stops),
        overwrites=(
            tuple(read_overwrites(syntax, flow, names, inits, unnamed))
            if inits or trackers
            else ()
        ),
        kept_names=(*kept, *callable_elsewhere),
        doubts=tuple(doubts),
        reads_back=reads_back(syntax, flow, inits),
        agent=_agent(syntax, flow),
        syntax=syntax,
        flow=flow,
    )


def _with_unnamed(init: Init, parameter: Parameter) -> Init:
    """An init that spells out its config, where a parameter's name isn't known."""
    if init.whole or not init.records:
        return init
    text = f"can't tell under which name the run shows {parameter.name}"
    return replace(init, problems=(*init.problems, (text, parameter.place)))


def _foreign(syntax: Syntax) -> list[tuple[str, Place]]:
    """Imports of libraries that read a command line in another way than argparse."""
    found = []
    for node in syntax.of(ast.Import, ast.ImportFrom):
        if isinstance(node, ast.Import):
            modules = [a.name for a in node.names]
        elif isinstance(node, ast.ImportFrom) and not node.level:
            modules = [node.module or ""]
            if any(a.name == "HfArgumentParser" for a in node.names):
                found.append(("HfArgumentParser", syntax.place(node)))
            if node.module == "simple_parsing" and _is_for_fields(node):
                continue
        else:
            continue
        for module in modules:
            top = module.partition(".")[0]
            if top in FOREIGN and module != "absl.logging":
                found.append((FOREIGN[top], syntax.place(node)))
    return found


def _is_for_fields(node: ast.ImportFrom) -> bool:
    """Whether what is imported says how a dataclass is to be read, and reads none."""
    return not any(alias.name in PARSES for alias in node.names)


def _agent(syntax: Syntax, flow: Flow) -> Place | None:
    """Where ``wandb.agent`` runs a function of the script, whose values come after init."""
    calls = flow.calls.get("wandb.agent")
    return syntax.place(calls[0]) if calls else None
