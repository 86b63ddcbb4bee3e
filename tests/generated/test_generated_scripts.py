"""Generated scripts, before and after their migration, held to the contract."""

from __future__ import annotations

import os

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.generated.laws import violations
from tests.generated.scripts import Script, scripts

few = settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
# JOBREADY_EXAMPLES=2000 for a long night; each takes about a tenth of a second.
many = settings(
    few, max_examples=int(os.environ.get("JOBREADY_EXAMPLES", "400")), derandomize=False
)


def _holds(script: Script, data: st.DataObject) -> None:
    case = violations(script, data)
    assert not case.violations, "\n".join([*case.violations, case.text])


@few
@given(scripts(), st.data())
def test_a_migrated_script_does_what_its_command_line_does(
    script: Script, data: st.DataObject
) -> None:
    _holds(script, data)


@pytest.mark.generated
@many
@given(scripts(), st.data())
def test_so_do_others_with_other_seeds(script: Script, data: st.DataObject) -> None:
    _holds(script, data)


def test_half_of_the_parsers_combine_three_features_or_more() -> None:
    found: list[bool] = []

    @settings(few, max_examples=200, phases=[Phase.generate])
    @given(scripts())
    def look(script: Script) -> None:
        found.append(len(script.parser.features) >= 3)

    look()
    assert sum(found) >= len(found) / 2
