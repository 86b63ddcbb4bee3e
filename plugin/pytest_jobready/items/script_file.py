"""A script as a pytest file, and its items."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from pytest_jobready.items.findings import findings
from pytest_jobready.items.predicted import predicted_job
from pytest_jobready.verdicts.verdict import Expected, Good, Red, Verdict

# What the SDK does by itself is told by the rehearsal of the plain run, once.
OF_THE_SDK = ("JR401", "JR408")

if TYPE_CHECKING:
    from pytest_jobready.items.collecting import ScriptCollector


class ScriptFile(pytest.File):
    """A script: one item for its findings, one for its job, and its rehearsals."""

    def collected_for(self, run: ScriptCollector) -> None:
        """Take over what the run knows."""
        self.run = run
        self.script = self.path.resolve()

    def collect(self) -> Iterator[pytest.Item]:
        """The items, in the order in which they get slower."""
        settings = self.run.chosen.settings
        root = settings.root
        name = self.path.as_posix()
        if self.script.is_relative_to(root):
            name = self.script.relative_to(root).as_posix()
        rehearsed = self.run.chosen.is_rehearsed(self.script, self.run.rehearse)
        elsewhere = OF_THE_SDK if rehearsed else ()
        yield self._item(
            "findings", name, lambda: findings(self.script, name, settings, elsewhere)
        )
        yield self._item(
            "predicted-job", name, lambda: predicted_job(self.script, name, settings)
        )

        if rehearsed:
            # Only those who ask pay for importing it.
            from pytest_jobready.items.rehearsals import Rehearsals

            of = self.run.chosen.job_of(self.script).rehearsal
            takes = Rehearsals(self.script, name, settings, of, self.run.shared)
            yield self._item("as-it-is", name, takes.as_it_is, "rehearsal")
            yield self._item("cloned", name, takes.cloned, "rehearsal")
            yield self._item("overridden", name, takes.overridden, "rehearsal")

    def _item(
        self, name: str, script: str, find: Callable[[], Verdict], *keywords: str
    ) -> ScriptItem:
        item: ScriptItem = ScriptItem.from_parent(self, name=name)
        item.find = find
        item.extra_keyword_matches.update(keywords)  # so that `-k rehearsal` selects it
        item.add_marker("jobready")
        # With `--dist loadgroup` one worker of pytest-xdist has all items of a script.
        if self.config.pluginmanager.hasplugin("xdist"):  # which registers the marker
            item.add_marker(pytest.mark.xdist_group(f"jobready-{script}"))
        item.user_properties.append(("jobready", script))
        return item


class ScriptError(Exception):
    """What is wrong with a script, as the text of a failure."""


class ScriptItem(pytest.Item):
    """One question about a script; ``find`` answers it."""

    find: Callable[[], Verdict]

    def runtest(self) -> None:
        """Find out, and tell pytest."""
        verdict = self.find()
        self.user_properties.extend(verdict.facts)
        if isinstance(verdict, Red):
            raise ScriptError(verdict.text)
        if isinstance(verdict, Expected):
            pytest.xfail(verdict.reason)
            raise ScriptError(verdict.reason)  # --runxfail gets here
        assert isinstance(verdict, Good)

    def repr_failure(
        self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None
    ) -> Any:
        """What is wrong as it is, without a traceback."""
        if isinstance(excinfo.value, ScriptError):
            return str(excinfo.value)
        return super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[Path, int | None, str]:
        """Where a report places this item."""
        return self.path, None, f"{dict(self.user_properties)['jobready']}: {self.name}"
