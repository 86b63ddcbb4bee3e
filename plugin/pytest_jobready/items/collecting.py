"""The scripts join what a run collects, and pytest's own collector never sees them."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Generator
from fnmatch import fnmatch
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from pytest_jobready.items.chosen import Chosen, chosen_scripts
from pytest_jobready.items.script_file import ScriptFile, ScriptItem
from pytest_jobready.items.summary import summary_lines

if TYPE_CHECKING:
    from _pytest.terminal import TerminalReporter


class ScriptCollector:
    """What the plugin does in a run that asks for it.

    ``shared`` is a folder that this run's xdist workers share.
    """

    def __init__(self, chosen: Chosen, rehearse: bool, shared: Path | None) -> None:
        self.chosen = chosen
        self.rehearse = rehearse
        self._shared = shared
        self._owned: Path | None = None

    @classmethod
    def of(cls, config: pytest.Config) -> ScriptCollector:
        """The collector for a run; the scripts join what the run collects."""
        chosen = chosen_scripts(config)
        if not _names_one(config, chosen):
            known = set(config.args)  # a worker of pytest-xdist has got them already
            config.args.extend(
                str(script)
                for script in chosen.scripts
                if str(script) not in known and not _is_found(script, config)
            )
        given = getattr(config, "workerinput", {}).get("jobready_shared")
        shared = Path(given) if given else None
        return cls(chosen, config.getoption("jobready_rehearse"), shared)

    @property
    def shared(self) -> Path:
        """The folder that the items of this run share; it ends with the run."""
        if self._shared is None:
            self._owned = self._shared = Path(tempfile.mkdtemp(prefix="jobready-"))
        return self._shared

    @pytest.hookimpl(optionalhook=True)
    def pytest_configure_node(self, node: Any) -> None:
        """Tell a worker of pytest-xdist where takes are shared."""
        node.workerinput["jobready_shared"] = str(self.shared)

    def pytest_unconfigure(self) -> None:
        """Remove the shared folder, in the process that made it."""
        if self._owned is not None:
            shutil.rmtree(self._owned, ignore_errors=True)

    @pytest.hookimpl(wrapper=True)
    def pytest_collect_file(
        self, file_path: Path, parent: pytest.Collector
    ) -> Generator[None, list[pytest.Collector], list[pytest.Collector]]:
        """A script is read, never imported, in whatever way pytest comes by it."""
        found = yield
        script = file_path.resolve()
        if script not in self.chosen.scripts:
            return found
        file = ScriptFile.from_parent(parent, path=file_path)
        file.collected_for(self)
        return [file]

    @pytest.hookimpl(tryfirst=True)
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Each item once: pytest before 8 finds a named file again in its folder."""
        known: set[str] = set()
        kept = []
        for item in items:
            if isinstance(item, ScriptItem) and item.nodeid in known:
                continue
            known.add(item.nodeid)
            kept.append(item)
        items[:] = kept

    def pytest_terminal_summary(self, terminalreporter: TerminalReporter) -> None:
        """Say what came of the scripts as a whole."""
        reports = [r for each in terminalreporter.stats.values() for r in each]
        for line in summary_lines(reports):
            terminalreporter.write_line(line)


def _names_one(config: pytest.Config, chosen: Chosen) -> bool:
    """Whether the command line names a script or an item of one, as a choice."""
    folder = config.invocation_params.dir
    named = (str(word).partition("::")[0] for word in config.getoption("file_or_dir") or ())
    return any((folder / path).resolve() in chosen.scripts for path in named)


def _is_found(script: Path, config: pytest.Config) -> bool:
    """Whether a script lies in a folder that is collected anyway.

    pytest 8 passes over a folder of which a file is given beside it.
    """
    passed_over = config.getini("norecursedirs")
    for word in config.args:
        folder = (config.invocation_params.dir / word.partition("::")[0]).resolve()
        if folder.is_dir() and script.is_relative_to(folder):
            parts = script.relative_to(folder).parts[:-1]
            return not any(fnmatch(part, each) for part in parts for each in passed_over)
    return False
