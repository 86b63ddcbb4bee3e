"""The tables of verdicts that are checked in, and what can be counted from them."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from tests.judge.verdict import Verdict, counts

PACKAGES = Path(__file__).with_name("verdicts.json")
REPOSITORIES = Path(__file__).with_name("repositories.json")
# What counts for a template of which several scripts were judged, the worst first.
WORST = ("wrong", "refused", "not seen", "right", "nothing to do", "not judgeable")
# What a template has that counts in the percentage.
JUDGED = ("wrong", "refused", "not seen", "right")

Table = dict[str, Any]


def read(path: Path) -> Table:
    """The table; empty where there is none yet."""
    table: Table = json.loads(path.read_text()) if path.exists() else {}
    return table


def write(path: Path, name: str, verdicts: Sequence[Verdict], template: str = "") -> None:
    """Put all verdicts on one package or repository into a table."""
    entries = [verdict.as_json() for verdict in verdicts]
    table = read(path)
    table[name] = {"counts": counts(verdicts), "scripts": entries}
    if template:
        table[name] = {"template": template, **table[name]}
    path.write_text(json.dumps(table, indent=1, ensure_ascii=False) + "\n")


def needs(path: Path, name: str | None) -> dict[str, Any]:
    """What the scripts of an entry need, as the table has it: by their paths."""
    scripts = read(path).get(name or "", {"scripts": []})["scripts"]
    return {script["script"]: script.get("needs", {}) for script in scripts}


def by_template(table: Table) -> dict[str, Any]:
    """How many templates have which ruling, each counted once, and how many scripts.

    A template is a family of projects that copy a script from each other. It is right
    where all of its scripts are that can be judged. ``percent`` is how many of the
    templates that can be judged are right; the others are listed with their causes.
    """
    scripts: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for name, entry in table.items():
        scripts[entry.get("template", name.partition(" ")[0])] += entry["scripts"]
    ruled = _worst(scripts)
    return {
        "percent": _percent(ruled),
        "templates": dict(Counter(ruled.values())),
        "scripts": dict(Counter(s["ruling"] for each in scripts.values() for s in each)),
        **{
            ruling: {
                template: _causes(scripts[template], ruling)
                for template in sorted(ruled)
                if ruled[template] == ruling
            }
            for ruling in (*JUDGED[:-1], "not judgeable")
        },
    }


def _worst(scripts: Mapping[str, Sequence[dict[str, Any]]]) -> dict[str, str]:
    """The ruling that counts for each template that has scripts."""
    return {
        template: next(w for w in WORST if any(s["ruling"] == w for s in found))
        for template, found in scripts.items()
        if found
    }


def _percent(ruled: Mapping[str, str]) -> int | None:
    """How many of the templates that can be judged are right; None where none can be."""
    judged = [ruling for ruling in ruled.values() if ruling in JUDGED]
    return round(100 * judged.count("right") / len(judged)) if judged else None


def _causes(scripts: Sequence[dict[str, Any]], ruling: str) -> list[str]:
    """The first reason of each script with a ruling, none twice."""
    found = [s.get("reasons", ["?"])[0] for s in scripts if s["ruling"] == ruling]
    return list(dict.fromkeys(found))


def published() -> dict[str, Any]:
    """What `by_template` says of packages, of public repositories, and of both."""
    tables = (read(PACKAGES), read(REPOSITORIES))
    every: Table = {}
    for name, entry in (item for table in tables for item in table.items()):
        before = every.get(name, {"scripts": []})["scripts"]
        every[name] = {**entry, "scripts": before + entry["scripts"]}
    packages = {name: entry for name, entry in every.items() if "/" not in name}
    others = {name: entry for name, entry in every.items() if "/" in name}
    return {
        "packages": by_template(packages),
        "repositories": by_template(others),
        "both": {
            key: value
            for key, value in by_template(every).items()
            if key.startswith("percent") or key in ("templates", "scripts")
        },
    }
