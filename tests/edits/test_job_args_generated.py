from __future__ import annotations

import os
from typing import Any

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from jobready.edits.job_args import unsupported
from tests.edits.matrix_generated import (
    VALUES,
    command_lines,
    dest_of,
    may_become,
    parsers,
    text_of,
)
from tests.edits.matrix_laws import (
    Option,
    Result,
    alike,
    launched,
    original,
    parameters,
    recorded,
    stops_by_name,
    variants,
)

slow = settings(
    max_examples=int(os.environ.get("JOBREADY_EXAMPLES", "100")),
    deadline=None,
    suppress_health_check=list(HealthCheck),
)


def supported(options: list[Option]) -> bool:
    return not unsupported(parameters(options))


def _with_its_text(options: list[Option], argv: list[str], dest: str, value: Any) -> Result:
    """What one more option on the command line gives: an append goes on from there."""
    first = next(o for o in options if dest_of(o) == dest)
    return original(options, [*argv, f"{first.flags[-1]}={text_of(first, value)}"])


@slow
@given(st.data())
def test_a_launched_value_is_right_or_stops_by_name(data: st.DataObject) -> None:
    options = data.draw(parsers())
    assume(supported(options))
    argv = data.draw(command_lines(options, full=True))
    plain = original(options, argv)
    assume(plain.values is not None)
    assert plain.values is not None
    dest = data.draw(st.sampled_from([dest_of(o) for o in options]))
    value: Any = data.draw(st.sampled_from(VALUES))
    good, must = may_become(options, dest, value)
    # Stopping is allowed where the value meets what argv gives others.
    grouped = any(o.group for o in options if dest_of(o) == dest)
    positionals = [o for o in options if not o.flags[0].startswith("-")]
    for needed in variants(options):
        result = launched(options, {dest: value}, argv, needed)
        if result.values is None:
            assert stops_by_name(result, options), result
            assert grouped or len(positionals) > 1 or not must, (result, good)
        elif result != _with_its_text(options, argv, dest, value):
            assert any(alike(result.values[dest], g) for g in good), (result, good)
            others = {k: v for k, v in result.values.items() if k != dest}
            assert alike(others, {k: v for k, v in plain.values.items() if k != dest})


@slow
@given(st.data())
def test_a_run_of_any_parser_can_be_cloned(data: st.DataObject) -> None:
    options = data.draw(parsers())
    assume(supported(options))
    run = original(options, data.draw(command_lines(options, full=True)))
    assume(run.values is not None)
    assert run.values is not None
    fixed = data.draw(st.sampled_from([[], data.draw(command_lines(options))]))
    wrong_anyway = original(options, fixed).values is None
    for needed in variants(options):
        clone = launched(options, recorded(run.values), fixed, needed)
        stops = clone.values is None and (wrong_anyway or stops_by_name(clone, options))
        assert clone == run or stops, (clone, run)


@slow
@given(st.data())
def test_the_smallest_function_does_what_the_largest_does(data: st.DataObject) -> None:
    options = data.draw(parsers())
    assume(supported(options))
    names = sorted({dest_of(o) for o in options})
    config = data.draw(st.dictionaries(st.sampled_from(names), st.sampled_from(VALUES)))
    smallest, *others = (launched(options, config, needed=v) for v in variants(options))
    for other in others:
        if smallest.values is not None and other.values is not None:
            assert other == smallest
