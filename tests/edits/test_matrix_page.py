"""The published matrix is the one that is tested."""

from __future__ import annotations

from tests.edits.matrix_page import PAGE, page, shown_rows


def test_the_page_is_up_to_date() -> None:
    """python -m tests.edits.matrix_page writes it anew."""
    assert PAGE.read_text(encoding="utf-8") == page()


def test_it_has_a_line_for_each_row() -> None:
    lines = page().splitlines()
    assert [line.split(" | ")[0] for line in lines[-len(shown_rows()) :]] == [
        f"| {row.name}" for row in shown_rows()
    ]
