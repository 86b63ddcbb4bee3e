"""Saying once what is true of many scripts, such as that their repository has no remote."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from jobready.lint.verdict import Verdict


def said_once(verdicts: Sequence[Verdict]) -> list[Verdict]:
    """The verdicts less the findings of a rule that an earlier file has word for word.

    That holds for the rules that say so (`Rule.once`); the finding that is left counts the
    files that it is true for.
    """
    if len(verdicts) < 2 or not any(verdict.findings for verdict in verdicts):
        return list(verdicts)
    from jobready.rules import all_rules

    once = {rule.code for rule in all_rules() if rule.once}
    files: dict[tuple[str, str], list[str]] = {}
    for verdict in verdicts:
        for finding in verdict.findings:
            paths = files.setdefault((finding.code, finding.message), [])
            if verdict.path not in paths:
                paths.append(verdict.path)
    left = []
    for verdict in verdicts:
        findings = []
        for finding in verdict.findings:
            first, *others = files[finding.code, finding.message]
            if finding.code in once and others:
                if verdict.path != first:
                    continue
                also = f"{len(others)} other script{'s' if len(others) > 1 else ''}"
                finding = replace(finding, message=f"{finding.message} (so in {also})")
            findings.append(finding)
        left.append(replace(verdict, findings=tuple(findings)))
    return [verdict for verdict in left if not verdict.is_empty]
