"""Writes docs/rules/ anew: a page for each rule and their index, from the rules' files.

python scripts/write_rule_pages.py
"""

from __future__ import annotations

from pathlib import Path

from jobready.report.rule_page import index, page
from jobready.rules import all_rules

FOLDER = Path(__file__).parents[1] / "docs" / "rules"


def main() -> None:
    """Write the pages, and remove those of rules that are gone."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    pages = {f"{rule.code}.md": page(rule) for rule in all_rules()}
    pages["README.md"] = index(all_rules())
    for path in FOLDER.glob("*.md"):
        if path.name not in pages:
            path.unlink()
    for name, text in pages.items():
        (FOLDER / name).write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
