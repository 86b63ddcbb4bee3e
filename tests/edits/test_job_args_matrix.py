from __future__ import annotations

import pytest

from tests.edits.matrix import ROWS, Row
from tests.edits.matrix_laws import (
    Option,
    Result,
    function,
    launched,
    original,
    parameters,
    parse,
    recorded,
    stops_by_name,
    variants,
)
from jobready.edits.job_args import unsupported
from tests.edits.matrix_laws import build, launch

UNTOUCHED = [[], *({o.flags: o for r in ROWS for o in r.options}.values(),)]
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
            parser = build(row.options)
            args = function(needed)(parser)
            assert parse(lambda: parser.parse_args([*words, *args])) == original(row.options, words)


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
        parser = build(row.options)
        job_args = function(needed)
        with launch(row.config):
            parse(lambda: parser.parse_known_args([*row.argv, *job_args(parser)])[0])
            twice = parse(lambda: parser.parse_args([*row.argv, *job_args(parser)]))
        assert twice == once
