"""The tables of verdicts that are checked in, and what can be counted from them."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tests.judge.verdict import Verdict, counts

PACKAGES = Path(__file__).with_name("verdicts.json")
REPOSITORIES = Path(__file__).with_name("repositories.json")
# What counts for a template of which several scripts were judged, the worst first.
WORST = ("wrong", "refused", "right", "nothing to do", "not judgeable")

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


def by_template(table: Table) -> dict[str, Any]:
    """How many templates have which ruling, each counted once, and how many scripts.

    A template is a family of projects that copy a script from each other. It is right
    where all of its scripts are that can be judged.
    """
    rulings: dict[str, set[str]] = defaultdict(set)
    for name, entry in table.items():
        template = entry.get("template", name.partition(" ")[0])
        rulings[template].update(script["ruling"] for script in entry["scripts"])
    worst = (next(r for r in WORST if r in found) for found in rulings.values() if found)
    scripts = Counter(s["ruling"] for entry in table.values() for s in entry["scripts"])
    return {"templates": Counter(worst), "scripts": scripts}
