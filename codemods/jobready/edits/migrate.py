"""From the text of a script to its outcome: read, decide, rewrite, look again."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from pathlib import Path

from jobready.edits.choose import choose
from jobready.edits.job_args import OWN_COMMENTS
from jobready.edits.options import Options
from jobready.edits.plan import Plan
from jobready.edits.told_runs import unfit_run
from jobready.edits.writing.lost_whitespace import with_lost, without_lost
from jobready.outcome import Failed, Outcome, Reason, Refused, Rewritten, Unchanged
from jobready.project.environment import Environment
from jobready.script.files.library import Library
from jobready.script.linked import read_linked
from jobready.script.model import Script
from jobready.script.read import read
from jobready.script.source.syntax import Syntax
from jobready.script.source.tree import compiled


@dataclass(frozen=True)
class Linked:
    """Where a script stands, and the modules of its repository that it may import.

    ``runs`` are those of which its user says that they start its run.
    """

    path: Path
    library: Library
    runs: frozenset[Path] = frozenset()

    def read(self, text: str, *, idle: bool) -> Script | Failed:
        """The script with the modules it reaches."""
        return read_linked(text, self.path, self.library, idle=idle, runs=self.runs)

    def read_again(
        self, text: str, also: Sequence[tuple[str, str]], before: Script
    ) -> Script | Failed:
        """The same of what was edited, where some of the modules have a new text, too."""
        library = self.library.changed({Path(name).resolve(): new for name, new in also})
        return read_linked(
            text, self.path, library, idle=False, runs=self.runs, before=before
        )


def migrate_text(
    text: str, options: Options, environment: Environment, linked: Linked | None = None
) -> Outcome:
    """What becomes of a script: the same input always gives the same outcome.

    It is looked at alone, or with the modules that it imports where ``linked`` says so.
    """
    plain = without_lost(text)
    outcome = _migrate_plain(plain, options, environment, linked)
    if plain == text or not isinstance(outcome, Rewritten):
        return outcome
    new = with_lost(text, plain, outcome.text)
    return _guarded(text, replace(outcome, text=new))


def _migrate_plain(
    text: str, options: Options, environment: Environment, linked: Linked | None
) -> Outcome:
    """The same of a text that libcst gives back as it is."""
    idle = options.add_init
    script = read(text) if linked is None else linked.read(text, idle=idle)
    if not isinstance(script, Script):
        return script
    reason = None if linked is None else unfit_run(linked.runs, script)
    if reason is not None:
        return Refused((reason,))
    if options.add_init and _lacks_only_init(script):
        alone = script if linked is None else read(text)
        if isinstance(alone, Script) and _lacks_only_init(alone):
            return _migrate_with_init(text, alone, options, environment, linked)
        text = "a wandb.init is only added to a file that parses the arguments itself"
        return Refused((Reason.at(text, script.parses[0].place),))
    outcome = _migrate(text, script, options, environment, linked)
    if isinstance(outcome, Failed | Rewritten):
        return outcome
    return replace(outcome, through=script.through)


def _lacks_only_init(script: Script) -> bool:
    starts = script.inits or script.trackers or script.strange_inits
    return bool(script.parses) and not starts


def _migrate_with_init(
    text: str,
    script: Script,
    options: Options,
    environment: Environment,
    linked: Linked | None,
) -> Outcome:
    from jobready.edits.forms.add_init import add_init
    from jobready.edits.notes import unshown_notes

    if script.strange_parses:
        message, place = script.strange_parses[0]
        return Refused((Reason.at(message, place),))
    if not any(m.parameters or m.unseen for m in script.parsers):
        return Unchanged((Reason("parses no parameters"),))
    added = add_init(text, script, environment)
    if isinstance(added, Reason):
        return Refused((added,))
    linked = None if options.shared is None else linked  # which it is to import
    outcome = _migrate_plain(added, replace(options, add_init=False), environment, linked)
    if isinstance(outcome, Unchanged):
        return Refused((Reason("a wandb.init was added, but nothing can use it"),))
    reasons = _placed_in(text, added, outcome.reasons)
    if not isinstance(outcome, Rewritten):
        return replace(outcome, reasons=reasons)
    reasons += (
        *unshown_notes(script),
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
    text: str,
    script: Script,
    options: Options,
    environment: Environment,
    linked: Linked | None,
) -> Outcome:
    decision = choose(script, options, environment)
    if not isinstance(decision, Plan):
        return decision
    broken = compiled(text)
    if broken is not None:
        return broken
    own: Syntax = script.syntax.part_of(script.syntax.tree)
    texts: dict[str | None, str] = {None: text}
    for part, plan in ((own, decision), *decision.also):
        if plan.is_empty:
            continue
        new = _edited(part, plan, environment.line_length)
        if isinstance(new, Refused):
            return new
        texts[part.file] = new
    texts.update(decision.new_files)
    also = tuple((file, new) for file, new in texts.items() if file is not None)
    edited = (part.file for part, _ in decision.also if part.file in texts)
    through = tuple(dict.fromkeys((*script.through, *filter(None, edited))))
    outcome = Rewritten(texts[None], (decision.form,), decision.reasons, also, through)
    return _seen_again(outcome, script, options, environment, linked)


def _edited(part: Syntax, plan: Plan, line_length: int) -> str | Refused:
    """The new text of one file."""
    # libcst is only imported for files that get an edit
    from jobready.edits.writing.rewrite import rewrite

    try:
        new = rewrite(part.text, plan, part, line_length)
    except RecursionError:
        return Refused((Reason("nests too deeply to be edited", file=part.file),))
    if isinstance(new, Reason):
        return Refused((replace(new, file=part.file),))
    if new == part.text:
        text = "the edit changed nothing: please report this script"
        return Refused((Reason(text, file=part.file),))
    function = plan.job_args
    replaces = function is not None and function.replaces is not None
    moves = plan.shared is not None and plan.shared.replaces is not None
    ours = OWN_COMMENTS if replaces or moves else ()
    problem = _fault(part.text, new, ours)
    return new if problem is None else _left_alone(problem)


def _seen_again(
    outcome: Rewritten,
    before: Script,
    options: Options,
    environment: Environment,
    linked: Linked | None,
) -> Rewritten | Refused:
    """The outcome, if nothing would be left to do to its texts."""
    if linked is None:
        script = read(outcome.text)
    else:
        script = linked.read_again(outcome.text, outcome.also, before)
    options = replace(options, add_init=False)
    if options.shared is not None:
        options = replace(options, shared=options.shared.after(outcome.also))
    again: Outcome | Plan = (
        choose(script, options, environment) if isinstance(script, Script) else script
    )
    if isinstance(again, Unchanged) and isinstance(script, Script):
        # what needs no more is read alone, where it may show its own parameters by now
        through = dict.fromkeys((*outcome.through, *script.through))
        return replace(outcome, through=(*through,))
    return _left_alone("a second run would change it again", again)


def _fault(old: str, new: str, may_go: Collection[str] = ()) -> str | None:
    from jobready.edits.writing.guard import fault

    return fault(old, new, may_go)


def _guarded(old: str, outcome: Rewritten) -> Outcome:
    problem = _fault(old, outcome.text)
    return outcome if problem is None else _left_alone(problem)


def _left_alone(problem: str, again: Outcome | Plan | None = None) -> Refused:
    reasons = [Reason(f"left alone: {problem}; please report this script")]
    if again is not None and not isinstance(again, Rewritten | Plan):
        reasons += again.reasons
    return Refused(tuple(reasons))
