"""What a rule looks at: a script with what surrounds it, or the project as a whole."""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from jobready.rules.finding import Finding, Fix
from jobready.script.configs.config_objects import ConfigObject, config_objects
from jobready.script.configs.own_config import OwnConfig, own_configs
from jobready.script.model import Parameter, Script
from jobready.script.parsers.launch_function import emitted_nodes
from jobready.script.source.literals import literal
from jobready.script.source.place import Place
from jobready.script.values.config_items import display

if TYPE_CHECKING:
    from jobready.edits.choose import Decision
    from jobready.jobs.circumstances import Circumstances
    from jobready.project.environment import Environment
    from jobready.project.sweeps import Sweep, SweepKey
    from jobready.rules.rule import Rule
    from jobready.script.files.library import Library
    from jobready.script.job import ScriptJob


@dataclass(eq=False)
class Files:
    """Files beside the script that a rule reads, so that the verdict depends on them.

    ``library`` are the modules that other scripts of the run have had read.
    """

    library: Library | None = None
    _held: dict[Path, bytes | None] = field(default_factory=dict)

    def read(self, path: Path) -> bytes | None:
        """What a file holds; None where it can't be read."""
        from jobready.outcome import Failed
        from jobready.project.files import read_bytes

        data = read_bytes(path)
        found = self._held[path] = None if isinstance(data, Failed) else data
        return found

    @cached_property
    def modules(self) -> Library:
        """The modules of the repository, of which those that are looked into count too."""
        from jobready.script.files.library import Library

        return (self.library or Library()).for_script(self._held.__setitem__)

    @property
    def read_also(self) -> dict[Path, str | None]:
        """The digest of each file that was read, None for one that isn't there.

        Whoever keeps the verdict must look whether they are still the same.
        """
        return {path: digest(data) for path, data in self._held.items()}


def digest(data: bytes | None) -> str | None:
    """What tells one content from another; None for no content."""
    from hashlib import blake2b  # 3 ms, for those who keep what they know

    return None if data is None else blake2b(data, digest_size=16).hexdigest()


@dataclass(eq=False)
class Subject:
    """What a rule looks at: one script, where it lives, what a migration would do."""

    script: Script
    environment: Environment
    files: Files = field(default_factory=Files)
    circumstances: Circumstances | None = None

    @cached_property
    def job(self) -> ScriptJob | None:
        """The job of a run of the script, and what decides about it.

        None for text that is in no file, and for a module that isn't started itself.
        """
        from jobready.jobs.circumstances import Circumstances
        from jobready.script.job import is_started, job_of

        if not self.starts_run or not is_started(self.script):
            return None
        around = self.circumstances or Circumstances()
        return job_of(self.script, self.environment, around)

    @property
    def wanted_job(self) -> ScriptJob | None:
        """The same where a run makes a job, or the project expects one."""
        return self.job if self.job is not None and self.job.is_wanted else None

    def at_start(
        self,
        rule: Rule,
        message: str,
        *,
        fix: Fix | None = None,
        no_fix: str | None = None,
    ) -> Finding:
        """A finding about the run as a whole: at the first call that starts one here."""
        syntax = self.script.syntax
        places = [init.place for init in self.script.inits]
        places += [tracker.place for tracker in self.script.trackers]
        for node in syntax.of(ast.Call):
            if places and syntax.place(node) == places[0]:
                return self.finding(rule, node, message, fix=fix, no_fix=no_fix)
        own = [place for place in places if place.file is None]
        place = own[0] if own else Place(1, 1)
        return Finding(rule.code, message, place, None, fix, no_fix)

    def at_line(
        self,
        rule: Rule,
        line: int | None,
        message: str,
        *,
        fix: Fix | None = None,
        no_fix: str | None = None,
    ) -> Finding:
        """A finding about the outermost call of a line; about the run where it is None."""
        syntax = self.script.syntax
        for node in syntax.of(ast.Call):
            if syntax.place(node).line == line:
                return self.finding(rule, node, message, fix=fix, no_fix=no_fix)
        return self.at_start(rule, message, fix=fix, no_fix=no_fix)

    @cached_property
    def decision(self) -> Decision:
        """What `jobready migrate` would do; made up when the first rule asks."""
        from jobready.edits.choose import choose
        from jobready.edits.options import Options
        from jobready.edits.shared.target import configured_module

        shared = configured_module(self.environment.config, self.files.read)
        return choose(self.linked, Options(shared=shared), self.environment)

    @cached_property
    def linked(self) -> Script:
        """The script with the modules that it imports, where it leaves something open."""
        from jobready.script.linked import linked

        path = self.environment.path
        if path is None:
            return self.script
        found = linked(self.script, path, self.files.modules)
        return found if isinstance(found, Script) else self.script

    @property
    def starts_run(self) -> bool:
        """Whether the script starts a run, itself or through a framework's tracker."""
        return bool(self.script.inits or self.script.trackers)

    @cached_property
    def is_migrated(self) -> bool:
        """Whether the script has the function that gives its parses a job's values.

        It has it too where it imports it.
        """
        if emitted_nodes(self.script.syntax):
            return True
        return any(p.function is not None for p in self.linked.parses)

    @cached_property
    def shares_function(self) -> bool:
        """Whether the script has that function, or would get it, from another file."""
        config = self.environment.config
        if config is not None and config.shared is not None:
            return True
        places = (p.function_place for p in self.linked.parses)
        return any(place is not None and place.file is not None for place in places)

    @cached_property
    def takes_back(self) -> bool:
        """Whether the script takes its values from the run's config by itself."""
        from jobready.outcome import Unchanged

        if self.script.reads_back is None or self.is_migrated:
            return False
        return isinstance(self.decision, Unchanged)

    @cached_property
    def config_objects(self) -> tuple[ConfigObject, ...]:
        """The places that read a run's config, under whichever name."""
        return config_objects(self.script.syntax, self.script.flow)

    @cached_property
    def own_configs(self) -> tuple[OwnConfig, ...]:
        """The objects that the script makes and gives to a run as its config."""
        script = self.script
        return own_configs(script.inits, script.syntax, script.flow)

    @cached_property
    def known_keys(self) -> frozenset[str]:
        """The keys that the config of the script's one run surely has from the start."""
        inits = self.script.inits
        if len(inits) != 1 or any(k.arg == "mode" for k in inits[0].call.keywords):
            return frozenset()
        made = [k.value for k in inits[0].call.keywords if k.arg == "config"]
        made += [own.made for own in self.own_configs]
        keys = {literal(k) for m in made for k, _ in display(m) or () if k is not None}
        if inits[0].whole:
            keys |= {p.name for p in self.script.parameters}
        return frozenset(k for k in keys if isinstance(k, str))

    def added(self, parameter: Parameter) -> ast.Call | None:
        """The ``add_argument`` call that makes a parameter; None where a field does."""
        return self._added.get(parameter.place)

    @cached_property
    def _added(self) -> dict[Place, ast.Call]:
        syntax = self.script.syntax
        return {
            syntax.place(node): node
            for node in syntax.of(ast.Call)
            if isinstance(node.func, ast.Attribute) and node.func.attr == "add_argument"
        }

    def about(
        self,
        rule: Rule,
        parameter: Parameter,
        message: str,
        *,
        keyword: str | None = None,
        fix: Fix | None = None,
        no_fix: str | None = None,
    ) -> Finding:
        """A finding about a parameter: at the call that adds it, or what it gives there."""
        call = self.added(parameter)
        if call is None:
            return Finding(rule.code, message, parameter.place, None, fix, no_fix)
        given = [k.value for k in call.keywords if k.arg == keyword]
        return self.finding(rule, (*given, call)[0], message, fix=fix, no_fix=no_fix)

    def finding(
        self,
        rule: Rule,
        node: ast.expr | ast.stmt,
        message: str,
        *,
        fix: Fix | None = None,
        no_fix: str | None = None,
    ) -> Finding:
        """A finding about a piece of the script."""
        syntax = self.script.syntax
        place, end = syntax.place(node), syntax.end(node)
        return Finding(rule.code, message, place, end, fix, no_fix)


@dataclass(eq=False)
class Project:
    """What a rule for the whole project looks at.

    ``names`` are the Python files that were found, ``others`` what else rules look at
    (`discover.is_sweep`), both as they are to be shown. ``read`` gives what a file holds
    and ``script`` what a script does, None where it can't be read; ``linked`` the same with
    the modules that it imports, and what a migration would do.
    ``jobs`` has the digest of the name of the job of each script whose run makes one.
    """

    root: Path
    names: tuple[str, ...]
    others: tuple[Path, ...]
    read: Callable[[Path], bytes | None]
    script: Callable[[Path], Script | None]
    linked: Callable[[Path], tuple[Script, Decision] | None]
    jobs: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def sweeps(self) -> tuple[tuple[Path, Sweep, Script], ...]:
        """The sweeps whose program is here to be read: file, sweep and program."""
        from jobready.project.sweeps import read_sweep

        found = []
        for path in self.others:
            data = self.read(path)
            sweep = read_sweep(data) if data is not None else None
            script = self._program(sweep, path) if sweep is not None else None
            if sweep is not None and script is not None:
                found.append((path, sweep, script))
        return tuple(found)

    def _program(self, sweep: Sweep, path: Path) -> Script | None:
        """The program of a sweep, which is named from the folder that it is run in."""
        places = [self.root / sweep.program, path.parent / sweep.program]
        found = next((p for p in places if p.is_file()), None)
        return self.script(found) if found is not None else None


def sweep_finding(
    rule: Rule, path: Path, key: SweepKey, message: str, advice: str
) -> Finding:
    """A finding about a key of a sweep, which has no fix: only Python is edited."""
    place = Place(key.line, key.column)
    end = Place(key.line, key.column + len(key.name))
    return Finding(rule.code, message, place, end, no_fix=advice, path=path)
