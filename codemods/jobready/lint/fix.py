"""Making the fixes of findings, pass by pass, until none is left that can be made."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from jobready.edits.options import Options
from jobready.edits.writing.guard import fault
from jobready.edits.writing.text import Edit, apply, overlap
from jobready.jobs.circumstances import Circumstances
from jobready.lint.check import look_and_judge
from jobready.lint.suppressions import Suppressed
from jobready.outcome import Failed, Rewritten
from jobready.project.environment import Environment
from jobready.rules.finding import Finding, Migration
from jobready.rules.rule import Rule

# A file that isn't done after so many passes has fixes that undo each other.
PASSES = 20


@dataclass(frozen=True)
class Fixed:
    """A text after its fixes: what is left in it, and how many findings are gone by code.

    A finding counts as fixed only if it is no longer found.
    """

    text: str
    left: tuple[Finding, ...]
    fixed: tuple[tuple[str, int], ...]
    suppressed: int


@dataclass(frozen=True)
class _Fixer:
    """How one file is looked at and what may be done to it."""

    environment: Environment
    rules: Sequence[Rule]
    unsafe: bool
    circumstances: Circumstances

    def look(self, text: str) -> Suppressed | Failed:
        return look_and_judge(text, self.environment, self.rules, self.circumstances)

    def may(self, finding: Finding) -> bool:
        """Whether a finding of this file has a fix that was asked for."""
        if finding.fix is None or finding.path is not None:
            return False
        return self.unsafe or finding.fix.safety == "safe"


def fix_text(
    text: str,
    environment: Environment,
    rules: Sequence[Rule],
    *,
    unsafe: bool,
    circumstances: Circumstances | None = None,
) -> Fixed | Failed:
    """Make the safe fixes of a script, with ``unsafe`` all of them.

    Each pass makes those that don't touch each other, in the order of the source; what is
    nested comes in the next. A fix whose text doesn't compile, loses a comment or leaves
    its finding where it was is taken back, and the finding says so. ``circumstances`` are
    those of a run over several files.
    """
    fixer = _Fixer(environment, rules, unsafe, circumstances or Circumstances())
    first = fixer.look(text)
    if isinstance(first, Failed):
        return first
    now = first
    failed: dict[str, str] = {}
    for _ in range(PASSES):
        open_ = [f for f in now.findings if fixer.may(f) and _key(f, text) not in failed]
        if not open_:
            break
        done = _pass(text, now, open_, fixer, failed)
        if done is not None:
            text, now = done
    before, after = _count(first.findings), _count(now.findings)
    gone = {code: n - after[code] for code, n in before.items() if n > after[code]}
    left = tuple(_with_reason(f, failed.get(_key(f, text))) for f in now.findings)
    return Fixed(text, left, tuple(sorted(gone.items())), now.count)


def _pass(
    text: str,
    now: Suppressed,
    findings: Sequence[Finding],
    fixer: _Fixer,
    failed: dict[str, str],
) -> tuple[str, Suppressed] | None:
    """The text after one pass, with what is found in it; None where nothing was done.

    Small edits come before the migration, which looks at the script as a whole.
    """
    small = [f for f in findings if f.fix and not isinstance(f.fix.change, Migration)]
    if not small:
        return _migrated(text, now, findings, fixer, failed)
    apart: list[Finding] = []
    for finding in small:
        if not any(overlap(_edits(finding), _edits(other)) for other in apart):
            apart.append(finding)
    together = _tried(text, now, apart, fixer)
    if not isinstance(together, str):
        return together
    for finding in apart:
        alone = _tried(text, now, [finding], fixer)
        if not isinstance(alone, str):
            return alone
        failed[_key(finding, text)] = alone
    return None


def _tried(
    text: str, now: Suppressed, findings: Sequence[Finding], fixer: _Fixer
) -> tuple[str, Suppressed] | str:
    """The text with some fixes and what is found in it, or why they can't be made."""
    try:
        new = apply(text, [edit for f in findings for edit in _edits(f)])
    except ValueError as error:
        return str(error)
    if problem := fault(text, new, may_go=("jobready:",)):
        return problem
    return _seen(new, now, findings, fixer)


def _seen(
    new: str, now: Suppressed, findings: Sequence[Finding], fixer: _Fixer
) -> tuple[str, Suppressed] | str:
    """What is found in a new text, where it is less by the findings that were fixed."""
    then = fixer.look(new)
    if isinstance(then, Failed):
        return then.reasons[0].message
    before, after = _count(now.findings), _count(then.findings)
    for code, number in _count(findings).items():
        if after[code] > before[code] - number:
            return "the finding was still there afterwards"
    return new, then


def _migrated(
    text: str,
    now: Suppressed,
    findings: Sequence[Finding],
    fixer: _Fixer,
    failed: dict[str, str],
) -> tuple[str, Suppressed] | None:
    from jobready.edits.migrate import Linked, migrate_text
    from jobready.edits.shared.target import configured_module
    from jobready.script.files.library import Library

    path = fixer.environment.path
    linked = None if path is None else Linked(path, Library())
    shared = None if path is None else configured_module(fixer.environment.config)
    options = Options(unsafe_fixes=fixer.unsafe, shared=shared)
    outcome = migrate_text(text, options, fixer.environment, linked)
    if isinstance(outcome, Rewritten) and outcome.also:
        why = f"{outcome.also[0][0]} changes too"
    elif isinstance(outcome, Rewritten):
        done = _seen(outcome.text, now, findings, fixer)
        if not isinstance(done, str):
            return done
        why = done
    else:
        why = outcome.reasons[0].message if outcome.reasons else "nothing changed"
    failed.update((_key(f, text), why) for f in findings)
    return None


def _edits(finding: Finding) -> tuple[Edit, ...]:
    assert finding.fix is not None
    change = finding.fix.change
    return () if isinstance(change, Migration) else change


def _count(findings: Sequence[Finding]) -> Counter[str]:
    return Counter(finding.code for finding in findings)


def _key(finding: Finding, text: str) -> str:
    """What knows a finding again after other lines have moved it."""
    line = finding.place.line
    lines = text.split("\n")[line - 1 : line]
    return "\0".join((finding.code, finding.message, *lines))


def _with_reason(finding: Finding, why: str | None) -> Finding:
    if why is None or finding.fix is None:
        return finding
    return replace(finding, fix=None, no_fix=f"its fix was taken back: {why}")
