"""Findings as SARIF 2.1.0, which code scanning services take.

https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from urllib.parse import quote

from jobready import __version__
from jobready.report.checked import Checked
from jobready.report.findings import advice
from jobready.report.rule_page import page
from jobready.rules import all_rules
from jobready.rules.finding import Finding
from jobready.rules.rule import Rule

SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/"
    "sarif-schema-2.1.0.json"
)


def as_sarif(checked: Checked) -> str:
    """One run with the rules that found something, and what kept files from being read."""
    found = {finding.code for _, finding in checked.findings}
    rules = [rule for rule in all_rules() if rule.code in found]
    index = {rule.code: number for number, rule in enumerate(rules)}
    unread = [
        {
            "level": "error",
            "message": {"text": reason.message},
            "locations": [_location(path, {"startLine": reason.line or 1})],
        }
        for path, reason in checked.problems
    ]
    run = {
        "tool": {
            "driver": {
                "name": "jobready",
                "semanticVersion": __version__,
                "rules": [_rule(rule) for rule in rules],
            }
        },
        "columnKind": "unicodeCodePoints",
        "invocations": [
            {"executionSuccessful": not unread, "toolExecutionNotifications": unread}
        ],
        "results": [_result(path, f, index[f.code]) for path, f in checked.findings],
    }
    log = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(log, indent=2, ensure_ascii=False)


def _rule(rule: Rule) -> dict[str, Any]:
    return {
        "id": rule.code,
        "name": rule.name,
        "shortDescription": {"text": rule.summary},
        "fullDescription": {"text": rule.why},
        "help": {"text": page(rule), "markdown": page(rule)},
        "defaultConfiguration": {"level": "warning", "enabled": rule.default},
    }


def _result(path: str, finding: Finding, index: int) -> dict[str, Any]:
    region = {
        "startLine": finding.place.line,
        "startColumn": finding.place.column,
    }
    if finding.end is not None:
        region["endLine"] = finding.end.line
        region["endColumn"] = finding.end.column
    return {
        "ruleId": finding.code,
        "ruleIndex": index,
        "level": "warning",
        "message": {"text": f"{finding.message} ({advice(finding)})"},
        "locations": [_location(path, region)],
    }


def _location(path: str, region: dict[str, Any]) -> dict[str, Any]:
    if Path(path).is_absolute():
        uri = Path(path).as_uri()
    else:
        uri = quote(Path(path).as_posix().removeprefix("./"), errors="surrogateescape")
    return {"physicalLocation": {"artifactLocation": {"uri": uri}, "region": region}}
