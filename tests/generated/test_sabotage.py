"""Would the generated scripts find it? Rewrites with a mend switched off are caught.

Each sabotage is looked for in some hundred scripts; only those that it makes another text
of are run. What a second run of the rewrite says of it doesn't count: the contract has to
be broken when the script runs.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any
from unittest import mock

import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from jobready.edits import argv_form
from jobready.edits.job_args import Branch, parser_branches
from jobready.outcome import Outcome, Rewritten
from tests.generated.laws import migrated, violations
from tests.generated.scripts import Script, scripts

Sabotage = Callable[[Script], Outcome]


class _BrokenError(Exception):
    """A script that the sabotage breaks."""


def patched(name: str, value: object) -> Sabotage:
    """A rewrite in which a name that form argv uses stands for something else."""

    def rewrite(script: Script) -> Outcome:
        with mock.patch.object(argv_form, name, value):
            return migrated(script)

    return rewrite


def edited(pattern: str, by: str) -> Sabotage:
    """A rewrite whose text is changed afterwards."""

    def rewrite(script: Script) -> Outcome:
        found = migrated(script)
        if not isinstance(found, Rewritten):
            return found
        return replace(found, text=re.sub(pattern, by, found.text, flags=re.DOTALL))

    return rewrite


def without(branch: Branch) -> Sabotage:
    """A rewrite whose function lacks a branch."""

    def fewer(parsers: Any) -> frozenset[Branch]:
        return parser_branches(parsers) - {branch}

    return patched("parser_branches", fewer)


SABOTAGES: dict[str, Sabotage] = {
    "the command line wins": edited(
        r"sys\.argv\[1:\] \+ (job_args\(\w+\))", r"\1 + sys.argv[1:]"
    ),
    "the config becomes the defaults": edited(
        r"    args: list\[str\] = \[\]\n.*?    return args\n",
        "    parser.set_defaults(**config)\n    return []\n",
    ),
    "nothing is launched": edited(r"sys\.argv\[1:\] \+ job_args\(\w+\)", ""),
    "an overwritten parameter isn't told of": patched("notes", lambda *_: ()),
    "renamed keys are not": patched("renamed_keys", lambda _: ()),
    **{f"no branch {b.name}": without(b) for b in (Branch.DEFAULT, Branch.REQUIRED)},
    **{f"no branch {b.name}": without(b) for b in (Branch.SWITCH, Branch.LIST)},
    **{f"no branch {b.name}": without(b) for b in (Branch.RECORDED,)},
}


def caught(sabotage: Sabotage, examples: int) -> str | None:
    """How the first script breaks that the sabotage breaks."""

    @seed(1)
    @settings(
        max_examples=examples,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(scripts(), st.data())
    def look(script: Script, data: st.DataObject) -> None:
        outcome = sabotage(script)
        if not isinstance(outcome, Rewritten) or outcome == migrated(script):
            return
        broken = violations(script, data, outcome).violations
        seen = [v for v in broken if not v.startswith("a second run")]
        if seen:
            raise _BrokenError(seen[0])

    try:
        look()
    except _BrokenError as found:
        return str(found)
    return None


@pytest.mark.generated
@pytest.mark.parametrize("name", SABOTAGES)
def test_a_sabotaged_rewrite_is_caught(name: str) -> None:
    assert caught(SABOTAGES[name], 400) is not None


def test_a_sabotaged_rewrite_is_caught_at_once() -> None:
    assert caught(SABOTAGES["nothing is launched"], 40) is not None
