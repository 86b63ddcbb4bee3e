from __future__ import annotations

import pytest

from jobready.edits.job_args import unsupported
from tests.edits.matrix import ROWS, Row
from tests.edits.matrix_laws import (
    launched,
    launched_twice,
    original,
    parameters,
    recorded,
    stops_by_name,
    unlaunched,
    variants,
)

ids = [r.name for r in ROWS]


@pytest.mark.parametrize("row", ROWS, ids=ids)
def test_a_launched_value_counts_as_on_the_command_line(row: Row) -> None:
    assert unsupported(parameters(row.options)) == ()
    for needed in variants(row.options):
        result = launched(row.options, row.config, row.argv, needed)
        if row.result is not None:
            (name,) = row.config
            assert result.values is not None, result.error
            assert dict(result.values)[name] == row.result
        elif row.cli is None:
            assert stops_by_name(result, row.options), result
        else:
            expected = original(row.options, row.cli)
            assert expected.values is not None, expected.error
            assert result == expected, (result, expected)


@pytest.mark.parametrize("row", ROWS, ids=ids)
def test_nothing_changes_without_a_launch(row: Row) -> None:
    for needed in variants(row.options):
        for words in ((), row.argv, row.cli or ()):
            assert unlaunched(row.options, words, needed) == original(row.options, words)


@pytest.mark.parametrize("row", ROWS, ids=ids)
def test_a_run_can_be_cloned(row: Row) -> None:
    for words in ((), row.argv, row.cli or ()):
        run = original(row.options, words)
        if run.values is None:
            continue
        for needed in variants(row.options):
            clone = launched(row.options, recorded(run.values), needed=needed)
            assert clone == run or stops_by_name(clone, row.options), (clone, run)


@pytest.mark.parametrize("row", ROWS, ids=ids)
def test_a_parser_that_parses_twice_gives_the_same_twice(row: Row) -> None:
    for needed in variants(row.options):
        once = launched(row.options, row.config, row.argv, needed)
        twice = launched_twice(row.options, row.config, row.argv, needed)
        assert twice == once
