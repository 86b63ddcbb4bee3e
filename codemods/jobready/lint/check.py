"""From the text of a script to its findings."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from jobready.jobs.circumstances import Circumstances
from jobready.lint.cache import Cache
from jobready.lint.suppressions import (
    Suppressed,
    opted_out,
    suppressions_in,
    without_suppressed,
)
from jobready.lint.verdict import Verdict
from jobready.outcome import Failed, Reason
from jobready.project.environment import Environment
from jobready.project.files import decode_source
from jobready.project.mentions import CALLS_INIT, Mentions
from jobready.rules import all_rules
from jobready.rules.finding import Finding, Migration, Suppression
from jobready.rules.rule import Rule, may_find
from jobready.rules.subject import Files, Subject
from jobready.script.model import Script
from jobready.script.of_tests import is_of_tests
from jobready.script.read import read
from jobready.script.source.tree import parse


def check_text(
    text: str, environment: Environment, rules: Sequence[Rule] | None = None
) -> tuple[Finding, ...] | Failed:
    """What stops the script in ``text`` from being a good job, by the given rules.

    Without ``rules`` by those that are on by default.
    """
    if rules is None:
        rules = [rule for rule in all_rules() if rule.default]
    found = look_and_judge(text, environment, rules)
    return found if isinstance(found, Failed) else found.findings


def look_and_judge(
    text: str,
    environment: Environment,
    rules: Sequence[Rule],
    circumstances: Circumstances | None = None,
) -> Suppressed | Failed:
    """The same with what is suppressed."""
    circumstances = circumstances or Circumstances()
    data = text.encode("utf-8", "surrogatepass")
    rules, _ = asked(rules, data, environment, circumstances)
    looked = look(text, Mentions(data), environment, rules, Files(), circumstances)
    if isinstance(looked, Failed):
        return looked
    return judge(text, looked.findings, environment, rules)


def check_bytes(
    data: bytes,
    path: Path,
    rules: Callable[[], Sequence[Rule]],
    environment: Callable[[], Environment],
    *,
    given: bool,
    known: Cache,
    circumstances: Circumstances,
    files: Files,
) -> Verdict | None:
    """The verdict on a file; None where nothing can be found in it.

    ``rules`` and ``environment`` are only asked for where they are needed. A file that
    calls wandb.init, or that the user named himself, must be Python, even if no rule looks
    at it. ``known`` is what was found out before, ``files`` are those beside it.
    """
    mentions = Mentions(data)
    chosen = rules()
    must_be_python = given or mentions.meets(CALLS_INIT)
    able: Sequence[Rule] = [rule for rule in chosen if may_find(rule, mentions)]
    if not (must_be_python or any(rule.find_in_project is None for rule in able)):
        return None
    source = decode_source(data, path)
    if isinstance(source, Failed):
        return Verdict(str(path), problems=source.reasons)
    around = environment()
    able, surroundings = asked(able, data, around, circumstances)
    if not (must_be_python or any(map(_looks_at_script, able))):
        return None
    key = known.key(data, around, surroundings)
    before = known.find(key, files)
    of_git = {rule.code for rule in able if rule.uses_git}
    now = [r for r in able if before is None or r.code in of_git]
    found = Looked([])
    if before is None or now:
        looked = look(source.text, mentions, around, now, files, circumstances)
        if isinstance(looked, Failed):
            return Verdict(str(path), problems=looked.reasons)
        found = looked
    if before is None:
        kept = [f for f in found.findings if f.code not in of_git]
        known.keep(key, kept, files, found.job)
    findings, job = before or ([], found.job)
    judged = judge(source.text, [*findings, *found.findings], around, chosen)
    return Verdict(str(path), judged.findings, (), judged.count, job)


def asked(
    rules: Sequence[Rule],
    data: bytes,
    environment: Environment,
    circumstances: Circumstances,
) -> tuple[Sequence[Rule], str]:
    """The rules that the surroundings of a script let find anything, and those in short."""
    said = {
        when: when(data, environment, circumstances)
        for when in {rule.when for rule in rules if rule.when is not None}
    }
    kept = [rule for rule in rules if rule.when is None or said[rule.when] is not None]
    surroundings = sorted({text for text in said.values() if text is not None})
    return kept, "\n".join(surroundings)


@dataclass(frozen=True)
class Looked:
    """What the rules find in a script, and the digest of its job's name if it has one."""

    findings: list[Finding]
    job: str | None = None


def _looks_at_script(rule: Rule) -> bool:
    """Whether a rule looks at what a script does, be it for the name of its job."""
    return rule.find_in_project is None or _names_jobs(rule)


def _names_jobs(rule: Rule) -> bool:
    """Whether a rule compares the names of the jobs of several scripts."""
    return rule.find_in_project is not None and rule.when is not None


def look(
    text: str,
    mentions: Mentions,
    environment: Environment,
    rules: Sequence[Rule],
    files: Files,
    circumstances: Circumstances,
) -> Looked | Failed:
    """What the rules find in a script.

    Of the rules those look that are true for the project's wandb and whose words stand
    in the file; where that is none, the text must only be Python.
    """
    able = [r for r in rules if environment.has_wandb(r.since, r.until)]
    able = [r for r in able if may_find(r, mentions) and (r.find or _names_jobs(r))]
    if not able:
        tree = parse(text)
        return tree if isinstance(tree, Failed) else Looked([])
    script = read(text)
    if not isinstance(script, Script):
        return script
    if is_of_tests(script.syntax, environment.path):
        able = [rule for rule in able if rule.in_tests]
    subject = Subject(script, environment, files, circumstances)
    try:
        finds = [rule.find for rule in able if rule.find is not None]
        found = [finding for find in finds for finding in find(subject)]
        made = subject.wanted_job if any(map(_names_jobs, able)) else None
        return Looked(found, made.digest if made else None)
    except RecursionError:
        reason = "nests too deeply to be read: split its longest expression"
        return Failed((Reason(reason),))


def judge(
    text: str, findings: Sequence[Finding], environment: Environment, rules: Sequence[Rule]
) -> Suppressed:
    """Findings in the order of the source, less those that comments suppress.

    With them what is to be said of those comments.
    """
    able = [r for r in rules if environment.has_wandb(r.since, r.until)]
    suppressions = suppressions_in(text)
    judged = without_suppressed(
        findings,
        suppressions,
        # What depends on the machine may be found on the next one.
        looked_for=frozenset(
            r.code for r in able if r.find is not None and not r.is_of_surroundings
        ),
        known=frozenset(r.code for r in all_rules()),
    )
    about = [r.find_in_comments for r in able if r.find_in_comments is not None]
    also = [f for find in about for f in find(judged.suppressions)]
    left = [*judged.findings, *also]
    if _opted_out(findings, judged.findings, suppressions):
        left = [_not_migrated(finding) for finding in left]
    return replace(judged, findings=in_order(left))


def _opted_out(
    findings: Sequence[Finding],
    left: Sequence[Finding],
    suppressions: Sequence[Suppression],
) -> bool:
    """Whether a comment suppresses what the migration would mend."""
    if not suppressions:
        return False
    gone = [f for f in findings if f not in left]
    return opted_out(suppressions) is not None or any(map(_is_migrated, gone))


def _is_migrated(finding: Finding) -> bool:
    return finding.fix is not None and isinstance(finding.fix.change, Migration)


def _not_migrated(finding: Finding) -> Finding:
    if not _is_migrated(finding):
        return finding
    why = "its fix is that of JR101, which a comment suppresses"
    return replace(finding, fix=None, no_fix=why)


def in_order(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Findings by place, each once."""
    once = dict.fromkeys(findings)
    return tuple(sorted(once, key=lambda f: (f.place.line, f.place.column, f.code)))
