"""The shapes of the corpus keep the contract where they import one function for all."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.contract.contract import assert_contract
from tests.contract.migrating import migrate
from tests.contract.test_shapes import CORPUS, SHAPES, Shape

# Those of the ordinary suite; -m corpus has the others.
FEW = frozenset(("every_action", "own_types"))
# What its run shows otherwise, no function for several scripts knows.
SHARING = [s for s in SHAPES if s.form == "argv" and s.script != "renamed_keys"]


@pytest.mark.parametrize(
    "shape",
    [
        pytest.param(s, marks=() if s.script in FEW else pytest.mark.corpus, id=s.script)
        for s in SHARING
    ],
)
def test_a_shape_keeps_the_contract(
    shape: Shape, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    original = CORPUS / f"{shape.script}.py"
    script = tmp_path / original.name
    script.write_bytes(original.read_bytes())
    monkeypatch.chdir(tmp_path)
    done = migrate("--shared", "launch.py", *shape.options, script.name)
    assert done["exit"] == 0, done
    assert "from launch import job_args" in script.read_text(encoding="utf-8")
    assert_contract(
        original,
        script,
        form="argv",
        argv=shape.argv,
        launched=shape.launched,
        contrary=shape.contrary,
    )
