"""From the text of a script to its outcome: read, decide, rewrite, look again."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace
from difflib import SequenceMatcher

from jobready.edits.choose import choose
from jobready.edits.job_args import OWN_COMMENTS
from jobready.edits.lost_whitespace import with_lost, without_lost
from jobready.edits.options import Options
from jobready.edits.plan import Plan
from jobready.outcome import Outcome, Reason, Refused, Rewritten, Unchanged
from jobready.project.environment import Environment
from jobready.script.model import Script
from jobready.script.read import read


def migrate_text(text: str, options: Options, environment: Environment) -> Outcome:
    """What becomes of a script: the same input always gives the same outcome."""
    plain = without_lost(text)
    outcome = _migrate_plain(plain, options, environment)
    if plain == text or not isinstance(outcome, Rewritten):
        return outcome
    new = with_lost(text, plain, outcome.text)
    return _guarded(text, replace(outcome, text=new))


def _migrate_plain(text: str, options: Options, environment: Environment) -> Outcome:
    """The same of a text that libcst gives back as it is."""
    script = read(text)
    if not isinstance(script, Script):
        return script
    if options.add_init and _lacks_only_init(script):
        return _migrate_with_init(text, script, options, environment)
    return _migrate(text, script, options, environment)


def decide(text: str, options: Options, environment: Environment) -> Outcome | Plan:
    """The same judgement without the rewriting."""
    script = read(text)
    if not isinstance(script, Script):
        return script
    return choose(script, options, environment)


def _lacks_only_init(script: Script) -> bool:
    return bool(script.parses) and not script.inits and not script.trackers


def _migrate_with_init(
    text: str, script: Script, options: Options, environment: Environment
) -> Outcome:
    from jobready.edits.add_init import add_init
    from jobready.edits.notes import secret_notes

    if script.strange_parses:
        message, place = script.strange_parses[0]
        return Refused((Reason.at(message, place),))
    if not any(m.parameters or m.unseen for m in script.parsers):
        return Unchanged((Reason("parses no parameters"),))
    added = add_init(text, script, environment)
    if isinstance(added, Reason):
        return Refused((added,))
    outcome = _migrate_plain(added, replace(options, add_init=False), environment)
    if isinstance(outcome, Unchanged):
        return Refused((Reason("a wandb.init was added, but nothing can use it"),))
    reasons = _placed_in(text, added, outcome.reasons)
    if not isinstance(outcome, Rewritten):
        return replace(outcome, reasons=reasons)
    reasons += (
        *secret_notes(script),
        Reason("wandb.init is added: it starts a run in every process"),
    )
    return _guarded(text, replace(outcome, reasons=reasons))


def _placed_in(text: str, added: str, reasons: Iterable[Reason]) -> tuple[Reason, ...]:
    """Reasons about a text to which lines were added, with the lines of the old one."""
    matcher = SequenceMatcher(None, text.splitlines(), added.splitlines(), autojunk=False)
    lines = {
        block.b + i + 1: block.a + i + 1
        for block in matcher.get_matching_blocks()
        for i in range(block.size)
    }
    return tuple(
        replace(r, line=lines.get(r.line), column=r.column if r.line in lines else None)
        if r.line
        else r
        for r in reasons
    )


def _migrate(
    text: str, script: Script, options: Options, environment: Environment
) -> Outcome:
    decision = choose(script, options, environment)
    if not isinstance(decision, Plan):
        return decision
    # libcst is only imported for files that get an edit
    from jobready.edits.rewrite import rewrite

    try:
        new = rewrite(text, decision, script.syntax, environment.line_length)
    except RecursionError:
        return Refused((Reason("nests too deeply to be edited"),))
    if isinstance(new, Reason):
        return Refused((new,))
    if new == text:
        return Refused((Reason("the edit changed nothing: please report this script"),))
    function = decision.job_args
    ours = OWN_COMMENTS if function is not None and function.replaces else ()
    outcome = _guarded(text, Rewritten(new, (decision.form,), decision.reasons), ours)
    if isinstance(outcome, Rewritten):
        again = decide(new, replace(options, add_init=False), environment)
        if not isinstance(again, Unchanged):
            return _left_alone("a second run would change it again", again)
    return outcome


def _guarded(old: str, outcome: Rewritten, may_go: Collection[str] = ()) -> Outcome:
    from jobready.edits.guard import fault

    problem = fault(old, outcome.text, may_go)
    return outcome if problem is None else _left_alone(problem)


def _left_alone(problem: str, again: Outcome | Plan | None = None) -> Refused:
    reasons = [Reason(f"left alone: {problem}; please report this script")]
    if again is not None and not isinstance(again, Rewritten | Plan):
        reasons += again.reasons
    return Refused(tuple(reasons))
