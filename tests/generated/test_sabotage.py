"""Would the generated scripts find it? Rewrites with a trap's handling switched off.

Only scripts that a sabotage makes another text of are run, and what a second run of the
rewrite says of it doesn't count: the contract has to be broken when the script runs.
"""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from jobready.outcome import Rewritten
from tests.generated.laws import migrated, violations
from tests.generated.sabotages import BRANCHES, TRAPS, Trap
from tests.generated.scripts import Script, scripts

looking = settings(
    deadline=None,
    database=None,
    derandomize=True,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)


class _BrokenError(Exception):
    """A script that the sabotage breaks."""


def broken_by(trap: Trap, script: Script, data: st.DataObject) -> str | None:
    """How a script breaks that the sabotage breaks."""
    outcome = trap.sabotage(script)
    if not isinstance(outcome, Rewritten) or outcome == migrated(script):
        return None
    broken = violations(script, data, outcome).violations
    return next((v for v in broken if not v.startswith("a second run")), None)


def caught(trap: Trap, examples: int) -> str | None:
    """How the first script breaks of those that have the trap in them."""

    @settings(looking, max_examples=examples)
    @given(scripts(trap.wanted), st.data())
    def look(script: Script, data: st.DataObject) -> None:
        found = broken_by(trap, script, data)
        if found is not None:
            raise _BrokenError(found)

    try:
        look()
    except _BrokenError as found:
        return str(found)
    return None


# Found by a script that takes its time, or by the sabotage of another trap in the suite.
LATER = frozenset(
    (
        "the config becomes the defaults",
        "what differs from the defaults is what differs from the job",
        "only the last of two parses is launched",
        "words in sys.argv are counted",
        "unknown keys reach a function",
        "unknown keys reach a loop",
        "an Enum is taken for its value",
        "the name of a parser is taken",
        "an overwritten parameter isn't told of",
        "renamed keys are not",
    )
)


@pytest.mark.parametrize(
    "name",
    [pytest.param(n, marks=[pytest.mark.generated] * (n in LATER)) for n in TRAPS],
)
def test_scripts_with_a_trap_find_out_that_it_is_open(name: str) -> None:
    assert caught(TRAPS[name], 60) is not None


@pytest.mark.generated
@pytest.mark.parametrize("name", BRANCHES)
def test_scripts_with_a_parameter_find_out_that_its_branch_lacks(name: str) -> None:
    assert caught(BRANCHES[name], 200) is not None
