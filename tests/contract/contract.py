"""What a migrated script promises, as checks on the runs of `running`."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tests.contract.running import Result, run


def assert_contract(
    original: Path,
    migrated: Path,
    *,
    form: str,
    argv: str,
    launched: Mapping[str, Any],
    contrary: str = "",
    env: Mapping[str, str] | None = None,
) -> None:
    """Run both scripts and compare every read of a parameter.

    ``argv`` and ``launched`` give the same values, on the command line and as the
    config of a job. ``contrary`` is a command line that says something else than the job.
    Spaces divide command lines.
    """

    def same(ours: Result, theirs: Result, clause: str) -> None:
        assert ours.exit_code == 0, f"{clause}: {ours.stderr}"
        if form == "config":  # which gives numbers back as W&B records them
            assert ours.as_recorded() == theirs.as_recorded(), clause
        elif any(read.whole for read in theirs.reads):
            assert ours.reads == theirs.reads, clause
        else:  # what a new config=vars(args) hands to the run is no use of a value
            assert tuple(r for r in ours.reads if not r.whole) == theirs.reads, clause

    expected = run(original, argv.split(), mode="disabled", env=env)
    assert expected.exit_code == 0, expected.stderr
    assert expected.reads, "the script reads no parameter, so nothing would be proven"

    # Only form config reads from a run, and a run that is disabled records nothing.
    mode = "offline" if form == "config" else "disabled"
    unlaunched = run(migrated, argv.split(), mode=mode, env=env)
    same(unlaunched, expected, "the same without a launch")
    assert unlaunched.stdout == expected.stdout

    job = run(migrated, launched=launched, env=env)
    same(job, expected, "a launched value counts as on the command line")
    if job.config is not None:
        assert {key: job.config[key] for key in launched} == dict(launched)

        clone = run(migrated, contrary.split(), launched=job.config, env=env)
        same(clone, expected, "a recorded config launches again, and wins over argv")
