"""Scripts that jobready migrated, in every shape of the corpus: no rehearsal goes red."""

from __future__ import annotations

from pathlib import Path

import pytest

from jobready.edits.migrate import migrate_text
from jobready.edits.options import Options
from jobready.outcome import Rewritten
from jobready.project.environment import Environment
from jobready.project.files import Source, read_source
from pytest_jobready.verdicts.verdict import Expected, Good
from tests.plugin.items.rehearsing import rehearsals

pytestmark = pytest.mark.rehearsals
CORPUS = Path(__file__).parents[2] / "corpus"
PLAIN = Environment(line_length=88, type_checked=False, wandb_version=None)
# What a script needs on its command line to start a run.
ARGS = {
    "required": ("here", "--output", "there", "--resume", "x"),
    "lazy_import": ("--wandb",),
}
SAMPLE = (
    "as_dictionary",
    "config_update",
    "derived_values",
    "far_run",
    "lazy_import",
    "own_types",
    "rank_gate",
    "read_before_init",
    "renamed_keys",
    "required",
    "unknown_config",
    "with_run",
)


@pytest.mark.parametrize("name", sorted(path.stem for path in CORPUS.glob("*.py")))
def test_a_migrated_script_is_not_red(
    name: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    if name not in SAMPLE and not request.config.getoption("all_cases"):
        pytest.skip("with --all-cases")
    source = read_source(CORPUS / f"{name}.py")
    assert isinstance(source, Source)
    outcome = migrate_text(source.text, Options(add_init=True), PLAIN)
    assert isinstance(outcome, Rewritten), outcome
    takes = rehearsals(tmp_path, outcome.text, args=ARGS.get(name, ()), stop="exit")
    for verdict in (takes.as_it_is(), takes.cloned(), takes.overridden()):
        assert isinstance(verdict, Good | Expected), verdict
