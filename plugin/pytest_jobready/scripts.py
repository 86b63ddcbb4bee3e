"""The configured scripts as pytest items: each carries its findings."""

from __future__ import annotations

from collections.abc import Generator, Iterable
from pathlib import Path
from typing import Any

import pytest

from jobready.lint.check import check_text
from jobready.lint.selection import select_rules
from jobready.outcome import Failed
from jobready.project.config import load_config
from jobready.project.environment import environment_of
from jobready.project.files import read_source
from jobready.report.findings import finding_line


class ScriptCollector:
    """Turns the configured scripts into items, and keeps pytest from importing them."""

    def __init__(self, scripts: frozenset[Path]) -> None:
        self.scripts = scripts

    @classmethod
    def of(cls, config: pytest.Config) -> ScriptCollector:
        """The collector for a run; the scripts join what the run collects."""
        settings = load_config(config.rootpath)
        if isinstance(settings, Failed):
            raise pytest.UsageError(f"jobready: {settings.reasons[0].message}")
        if not settings.scripts:
            raise pytest.UsageError("jobready: [tool.jobready] names no scripts")
        scripts: set[Path] = set()
        for pattern in settings.scripts:
            found = [p.resolve() for p in settings.root.glob(pattern) if p.is_file()]
            if not found:
                raise pytest.UsageError(
                    f"jobready: no file matches {pattern!r} of [tool.jobready] scripts"
                )
            scripts.update(found)
        known = {Path(a).resolve() for a in config.args}
        config.args.extend(str(s) for s in sorted(scripts) if s not in known)
        return cls(frozenset(scripts))

    @pytest.hookimpl(wrapper=True)
    def pytest_collect_file(
        self, file_path: Path, parent: pytest.Collector
    ) -> Generator[None, list[pytest.Collector], list[pytest.Collector]]:
        """A configured script is read, never imported.

        pytest 9 drops an argument that lies in a folder given beside it, and then passes
        over a file that isn't named like a test: so it is taken here, however found.
        """
        found = yield
        if file_path.resolve() not in self.scripts:
            return found
        return [ScriptFile.from_parent(parent, path=file_path)]


class ScriptFile(pytest.File):
    """A configured script."""

    def collect(self) -> Iterable[pytest.Item]:
        """One item: the findings."""
        item = FindingsItem.from_parent(self, name="findings")
        item.add_marker("jobready")
        yield item


class ScriptError(Exception):
    """The findings of a script, as the text of a failure."""


class FindingsItem(pytest.Item):
    """Passes where the script has no findings."""

    def runtest(self) -> None:
        """Read the script and hold it to the rules."""
        settings = load_config(self.config.rootpath)
        source = read_source(self.path)
        name = self.path.relative_to(self.config.rootpath).as_posix()
        if isinstance(settings, Failed) or isinstance(source, Failed):
            wrong = settings if isinstance(settings, Failed) else source
            assert isinstance(wrong, Failed)
            raise ScriptError(f"{name}: {wrong.reasons[0].message}")
        rules = select_rules(settings)
        if isinstance(rules, Failed):
            raise ScriptError(rules.reasons[0].message)
        around = environment_of(self.path, settings)
        found = check_text(source.text, around, rules.for_file(self.path))
        if isinstance(found, Failed):
            reason = found.reasons[0]
            raise ScriptError(f"{name}:{reason.line or 1}: {reason.message}")
        if found:
            raise ScriptError("\n".join(finding_line(name, f) for f in found))

    def repr_failure(
        self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None
    ) -> Any:
        """The findings as they are, without a traceback."""
        if isinstance(excinfo.value, ScriptError):
            return str(excinfo.value)
        return super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[Path, int | None, str]:
        """Where a report places this item."""
        return self.path, None, f"{self.path.name}: findings"
