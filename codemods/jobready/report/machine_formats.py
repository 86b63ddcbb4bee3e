"""Findings for programs: JSON, GitHub's annotations, GitLab's report, JUnit."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from jobready.report.checked import Checked
from jobready.report.findings import advice
from jobready.rules.finding import Finding

VERSION = 1


def as_json(checked: Checked) -> str:
    """``{"version", "findings": […], "errors": […], …}``; lines and columns are 1-based.

    ``fix`` is ``{"safety", "sentence"}`` or null, and then ``no_fix`` says why.
    """
    report = {
        "version": VERSION,
        "findings": [_record(path, f) for path, f in checked.findings],
        "errors": [
            {"path": path, "message": r.message, "line": r.line, "column": r.column}
            for path, r in checked.problems
        ],
        "fixed": dict(checked.fixed),
        "suppressed": checked.suppressed,
        "looked_at": checked.looked_at,
        "notebooks": list(checked.notebooks),
        "excluded": list(checked.excluded),
    }
    return json.dumps(report, indent=2, ensure_ascii=False)


def _record(path: str, finding: Finding) -> dict[str, Any]:
    fix, end = finding.fix, finding.end
    return {
        "path": path,
        "code": finding.code,
        "message": finding.message,
        "line": finding.place.line,
        "column": finding.place.column,
        "end_line": end.line if end else None,
        "end_column": end.column if end else None,
        "fix": {"safety": fix.safety, "sentence": fix.sentence} if fix else None,
        "no_fix": finding.no_fix,
    }


def as_github(checked: Checked) -> str:
    """One annotation a line, shown by GitHub Actions beside the code of a pull request.

    https://docs.github.com/actions/reference/workflow-commands-for-github-actions
    """
    return "\n".join(_annotations(checked))


def _annotations(checked: Checked) -> Iterator[str]:
    for path, finding in checked.findings:
        where = f"file={_property(path)},line={finding.place.line}"
        where += f",col={finding.place.column}"
        if finding.end is not None:
            where += f",endLine={finding.end.line}"
            if finding.end.line == finding.place.line:
                where += f",endColumn={finding.end.column}"
        text = f"{finding.message} ({advice(finding)})"
        yield f"::error {where},title=jobready {finding.code}::{_data(text)}"
    for path, reason in checked.problems:
        where = f"file={_property(path)},line={reason.line or 1}"
        yield f"::error {where},title=jobready::{_data(reason.message)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def as_gitlab(checked: Checked) -> str:
    """A Code Quality report.

    https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format
    """
    from hashlib import blake2b

    seen: dict[str, int] = {}

    def fingerprint(path: str, code: str, message: str) -> str:
        """The same for a finding on another line, another for a second one like it."""
        text = f"{path}\0{code}\0{message}"
        seen[text] = seen.get(text, 0) + 1
        whole = f"{text}\0{seen[text]}".encode("utf-8", "surrogatepass")
        return blake2b(whole, digest_size=16).hexdigest()

    def entry(path: str, code: str, message: str, line: int) -> dict[str, Any]:
        return {
            "description": message,
            "check_name": code,
            "fingerprint": fingerprint(path, code, message),
            "severity": "major",
            "location": {"path": _posix(path), "lines": {"begin": line}},
        }

    report = [entry(p, f.code, f.message, f.place.line) for p, f in checked.findings]
    report += [entry(p, "unreadable", r.message, r.line or 1) for p, r in checked.problems]
    return json.dumps(report, indent=2, ensure_ascii=False)


def as_junit(checked: Checked) -> str:
    """One test case a file with findings, which fails by them."""
    from xml.etree.ElementTree import Element, SubElement, indent, tostring

    root = Element("testsuites", name="jobready")
    errors = len({path for path, _ in checked.problems})
    suite = SubElement(
        root,
        "testsuite",
        name="jobready",
        tests=str(checked.looked_at),
        failures=str(checked.count),
        errors=str(errors),
    )
    for verdict in checked.verdicts:
        case = SubElement(suite, "testcase", classname="jobready", name=verdict.path)
        for finding in verdict.findings:
            place = f"line {finding.place.line}, column {finding.place.column}"
            failure = SubElement(case, "failure", type=finding.code)
            failure.set("message", _printable(finding.message))
            failure.text = _printable(f"{place}: {finding.message} ({advice(finding)})")
        for reason in verdict.problems:
            error = SubElement(case, "error", type="unreadable")
            error.set("message", _printable(reason.message))
    indent(root)
    text: str = tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="utf-8"?>\n{text}'


def _printable(text: str) -> str:
    """A text that XML can hold."""
    return "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in text)


def _posix(path: str) -> str:
    return Path(path).as_posix().removeprefix("./")
