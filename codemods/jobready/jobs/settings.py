"""The settings of wandb that decide about a job, and which of several places wins."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from jobready.jobs.versions import (
    CUTS,
    FILES_MAY_BE_WRONG,
    JOB_NAME,
    JOB_SOURCE,
    MACHINE_INFO,
    OFF_BY_DEFAULT,
    STRICT,
    Version,
    shown,
)

Kind = Literal["text", "flag", "source", "mode"]
# What is looked at, under the name that it has today without the `x_` of the private ones.
KINDS: dict[str, Kind] = {
    "code_dir": "text",
    "disable_code": "flag",
    "disable_git": "flag",
    "disable_job_creation": "flag",
    "disable_machine_info": "flag",
    "disable_meta": "flag",
    "disabled": "flag",
    "docker": "text",
    "git_commit": "text",
    "git_remote": "text",
    "git_remote_url": "text",
    "git_root": "text",
    "job_name": "text",
    "job_source": "source",
    "mode": "mode",
    "program": "text",
    "program_relpath": "text",
    "project": "text",
    "root_dir": "text",
    "save_code": "flag",
    "save_requirements": "flag",
}
SINCE: dict[str, Version] = {
    "disable_job_creation": CUTS,
    "disable_machine_info": MACHINE_INFO,
    "job_name": JOB_NAME,
    "job_source": JOB_SOURCE,
}
PRIVATE = frozenset(("disable_machine_info", "disable_meta", "save_requirements"))
OF_OTHER_NAME = {"WANDB_DIR": "root_dir"}
DEFAULTS: dict[str, object] = {"save_requirements": True}
TRUE = frozenset(("1", "on", "t", "true", "y", "yes"))
FALSE = frozenset(("0", "off", "f", "false", "n", "no"))
SOURCES = ("repo", "artifact", "image")
MODES = ("online", "offline", "dryrun", "disabled", "run", "shared")
PROJECT = re.compile(r"[^/\\#?%:]{0,128}", re.DOTALL)


@dataclass(frozen=True)
class Unknown:
    """A value that only the running script knows: its source text."""

    expression: str


Value = str | bool | None | Unknown


@dataclass(frozen=True)
class Given:
    """A setting and where it comes from: ``WANDB_PROJECT``, a file, ``line 12``.

    The value is left out of the repr: a remote may hold a credential.
    """

    value: Value = field(repr=False)
    origin: str


# The settings of a file, or what about it ends `wandb.init` with an error.
SettingsFile = Mapping[str, Given] | str


@dataclass(frozen=True)
class SourceSettings:
    """What a script itself sets, by where it does: each a mapping of setting to value.

    ``setup`` is ``wandb.setup(settings=…)``, ``settings`` and ``arguments`` belong to
    ``wandb.init``, ``environ`` is what it puts into ``os.environ`` before that, and
    ``unless`` what it puts there unless it is set. ``objects`` are the keys of
    ``settings`` that stand in a `wandb.Settings`, not in a dict.
    """

    setup: Mapping[str, Given] = field(default_factory=dict)
    settings: Mapping[str, Given] = field(default_factory=dict)
    arguments: Mapping[str, Given] = field(default_factory=dict)
    environ: Mapping[str, Given] = field(default_factory=dict)
    unless: Mapping[str, Given] = field(default_factory=dict)
    objects: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Settings:
    """The settings that hold for a run; ``troubles`` end `wandb.init` with an error."""

    given: Mapping[str, Given] = field(default_factory=dict)
    troubles: tuple[str, ...] = ()

    def get(self, key: str) -> Value:
        """The value, or what holds where none is given."""
        found = self.given.get(key)
        return found.value if found else DEFAULTS.get(key)  # type: ignore[return-value]

    def text(self, key: str) -> str | None:
        """The value of a text; None too where only the script knows it."""
        value = self.get(key)
        return value if isinstance(value, str) else None

    def on(self, key: str) -> bool:
        """Whether a switch is on; one that only the script knows counts as its default."""
        value = self.get(key)
        return value if isinstance(value, bool) else bool(DEFAULTS.get(key))

    def origin(self, key: str) -> str | None:
        """Where a setting was given."""
        found = self.given.get(key)
        return found.origin if found else None

    def with_value(self, key: str, value: Value, origin: str) -> Settings:
        """The same with one more, which wins."""
        return Settings({**self.given, key: Given(value, origin)}, self.troubles)


def merge(
    version: Version,
    source: SourceSettings,
    environ: Mapping[str, str],
    files: tuple[SettingsFile, ...] = (),
) -> Settings:
    """The settings of a run, of which the last of these wins.

    Files, the environment, `wandb.setup`, `settings` of `wandb.init`, its arguments.

    ``files`` are settings files, the user's before the folder's.
    """
    merged: dict[str, Given] = {}
    troubles: list[str] = []

    def add(layer: Mapping[str, Given], unknown: bool = False) -> None:
        """Add a layer; ``unknown`` says whether a name that wandb lacks is an error."""
        for name, given in layer.items():
            key = _key(name)
            if key is None or given.value is None:
                continue
            if not _is_known(name, key, version):
                if unknown:
                    troubles.append(f"wandb {shown(version)} has no setting {name}")
                continue
            value = _read(key, given, version)
            if isinstance(value, str):
                troubles.append(value)
            else:
                merged[key] = value

    strict = version >= STRICT
    troubles += [file for file in files if isinstance(file, str)]
    read = [file for file in files if not isinstance(file, str)]
    wrong = any(_is_wrong(file, version) for file in read)
    if not wrong or version < FILES_MAY_BE_WRONG:
        for file in read:
            add(file, unknown=not strict)
    outside = {name: Given(value, name) for name, value in environ.items()}
    everything = {**source.unless, **outside, **source.environ}
    add({k: g for n, g in everything.items() if (k := _key_of(n, version))})
    if version >= OFF_BY_DEFAULT:
        add(source.setup, unknown=strict)
    # What it didn't know an older wandb refused in a dict, not in a `Settings`.
    add(_effective(source, version), unknown=strict or not source.objects)
    arguments = dict(source.arguments)
    if _is_launched(everything):
        arguments.pop("project", None)  # the launch's own counts
    add(arguments)
    _from_outside_alone(merged, everything, version)
    return Settings(merged, tuple(troubles))


def _is_wrong(file: Mapping[str, Given], version: Version) -> bool:
    """Whether a settings file has a value that wandb refuses: then it takes none at all."""
    for name, given in file.items():
        key = _key(name)
        if key is not None and isinstance(_read(key, given, version), str):
            return True
        if key == "project" and wrong_project(str(given.value)):
            return True
    return False


def _is_known(name: str, key: str, version: Version) -> bool:
    """Whether a version of wandb has a setting, under this name."""
    if name.startswith("x_") and version < OFF_BY_DEFAULT:
        return False
    return version >= SINCE.get(key, version)


def _effective(source: SourceSettings, version: Version) -> Mapping[str, Given]:
    """What of the settings in `wandb.init` counts.

    Before 0.19 a `wandb.Settings` couldn't say that something is as it is by default.
    """
    if version >= OFF_BY_DEFAULT:
        return source.settings
    return {
        name: given
        for name, given in source.settings.items()
        if name not in source.objects or given.value is not _default(name)
    }


def _default(name: str) -> bool:
    return bool(DEFAULTS.get(_key(name) or name))


def _from_outside_alone(
    merged: dict[str, Given], environ: Mapping[str, Given], version: Version
) -> None:
    """Apply the variables that are read past the other settings (`wandb.env`)."""
    git = environ.get("WANDB_DISABLE_GIT")
    if git is not None and isinstance(git.value, str):
        own = merged.get("disable_git")
        if own is None or own.origin == git.origin:
            merged["disable_git"] = Given(git.value.lower() != "false", git.origin)
    code = environ.get("WANDB_DISABLE_CODE")
    if code is not None and _flag(code.value) is True:
        saved = merged.get("save_code")
        asked = saved is not None and saved.origin != "WANDB_SAVE_CODE"
        if not asked or version < OFF_BY_DEFAULT:
            merged["save_code"] = Given(False, code.origin)
    if version >= OFF_BY_DEFAULT:
        merged.pop("disabled", None)


def _is_launched(environ: Mapping[str, Given]) -> bool:
    launch = environ.get("WANDB_LAUNCH")
    return "WANDB_SWEEP_ID" in environ or (
        launch is not None and _flag(launch.value) is True
    )


def _key_of(variable: str, version: Version) -> str | None:
    """The setting that an environment variable gives."""
    if not variable.startswith("WANDB_"):
        return None
    if variable in OF_OTHER_NAME:
        return OF_OTHER_NAME[variable]
    name = variable.removeprefix("WANDB_").lower()
    if name.startswith("_"):
        return name[1:] if name[1:] in PRIVATE else None
    if name.startswith("x_"):
        own = name[2:] in PRIVATE and version >= OFF_BY_DEFAULT
        return name[2:] if own else None
    return name if name in KINDS and name not in PRIVATE else None


def _key(name: str) -> str | None:
    """The key of a setting by one of its names: ``x_disable_meta``, ``_disable_meta``."""
    bare = name.removeprefix("x_").removeprefix("_")
    return bare if bare in KINDS else None


def _read(key: str, given: Given, version: Version) -> Given | str:
    """The value as wandb takes it, or why it does not."""
    if isinstance(given.value, Unknown):
        return given
    match KINDS[key]:
        case "flag":
            flag = _flag(given.value)
            if flag is None and version < STRICT:
                flag = bool(given.value)
            if flag is None and key != "disable_git":
                return f"{given.origin} gives {key} a value that is neither true nor false"
            return Given(flag if flag is not None else True, given.origin)
        case "source":
            if given.value not in SOURCES:
                return (
                    f"{given.origin} gives a job_source that is none of {_listed(SOURCES)}"
                )
            return given
        case "mode":
            if given.value not in MODES:
                return f"{given.origin} gives a mode that is none of {_listed(MODES)}"
            return given
        case _:
            return given


def wrong_project(project: str) -> str | None:
    """What wandb has against the name of a project, if anything."""
    if PROJECT.fullmatch(project):
        return None
    return (
        f"{project!r} is no name of a project: at most 128 characters, none of / \\ # ? % :"
    )


def _flag(value: Value) -> bool | None:
    if isinstance(value, bool):
        return value
    word = value.lower() if isinstance(value, str) else ""
    return True if word in TRUE else False if word in FALSE else None


def _listed(words: tuple[str, ...]) -> str:
    return f"{', '.join(words[:-1])} and {words[-1]}"


def unknown_settings(settings: Settings) -> Iterator[tuple[str, Unknown]]:
    """The settings that only the running script knows."""
    for key, given in settings.given.items():
        if isinstance(given.value, Unknown):
            yield key, given.value
