"""What a script needs of whoever starts it, as the table of verdicts declares it."""

from __future__ import annotations

import importlib.metadata
import json
import shutil
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields
from hashlib import sha256
from pathlib import Path
from typing import Any

_building = threading.Lock()


@dataclass(frozen=True)
class Needs:
    """What every run of a script and of its migrated copy gets.

    ``words`` come first on the command line, as the entrypoint of a job has them too: a
    word that is the value of no parameter. ``command`` is the subcommand that starts the
    run, where it isn't the first one. ``given`` are parameters that keep one value, which a
    launched run gets from the job. ``files`` are data and configs that its user has in the
    tree, by path, as text. ``libraries`` are real where something would stand in for them
    else, ``python`` is the version that the script was written for, and ``env`` what its
    launcher sets. ``stood_in_for`` are modules of its own that compute with what a stand-in
    can't be, such as models: nothing that they do is seen. ``run_in`` are the files that
    whoever migrates it says start its run.
    """

    words: tuple[str, ...] = ()
    command: str = ""
    given: Mapping[str, Any] = field(default_factory=dict)
    files: Mapping[str, str] = field(default_factory=dict)
    libraries: tuple[str, ...] = ()
    python: str = ""
    env: Mapping[str, str] = field(default_factory=dict)
    stood_in_for: tuple[str, ...] = ()
    run_in: tuple[str, ...] = ()

    @classmethod
    def of(cls, entry: Mapping[str, Any]) -> Needs:
        """The needs in an entry of a table; raises ValueError for a key that is none."""
        unknown = entry.keys() - {f.name for f in fields(cls)}
        if unknown:
            raise ValueError(f"no script can need {', '.join(sorted(unknown))}")
        said: dict[str, Any] = {
            name: tuple(value) if isinstance(value, list) else value
            for name, value in entry.items()
        }
        return cls(**said)

    def as_json(self) -> dict[str, Any]:
        """The entry of a table; empty where it needs nothing."""
        return {name: value for name, value in asdict(self).items() if value}

    def put_files(self, tree: Path) -> None:
        """Write the files into a tree, no code instead of what is there."""
        for name, text in self.files.items():
            path = tree / name
            if path.suffix == ".py" and path.exists() and path.read_text() != text:
                raise ValueError(f"{name} is there already")
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")

    def interpreter(self, folder: Path) -> str:
        """The Python that it runs on; made in ``folder`` where it must be another one."""
        if not self.python and not self.libraries:
            return sys.executable
        with _building:
            return _environment(self.python, self.libraries, folder)


@dataclass(frozen=True)
class Given:
    """What a script is given that needs it, and the Python that it runs on."""

    needs: Needs = field(default_factory=Needs)
    python: str = sys.executable

    @classmethod
    def of(cls, entry: Mapping[str, Any], folder: Path) -> Given:
        """What the entry of a table says, with its Python made in ``folder``."""
        needs = Needs.of(entry)
        return cls(needs, needs.interpreter(folder))

    def of_setting(self) -> dict[str, Any]:
        """The fields of a setting that depend on it."""
        names = ("words", "command", "given", "env", "stood_in_for")
        return {"python": self.python} | {n: getattr(self.needs, n) for n in names}


NOTHING = Given()


def _environment(python: str, libraries: Sequence[str], folder: Path) -> str:
    """The interpreter of an environment with this wandb and these libraries."""
    wanted = [f"wandb=={importlib.metadata.version('wandb')}", *libraries]
    version = python or ".".join(map(str, sys.version_info[:2]))
    key = sha256(json.dumps([version, sorted(wanted)]).encode()).hexdigest()[:12]
    home = folder / key
    interpreter = home / "bin" / "python"
    if not (home / "complete").exists():
        base = shutil.which(f"python{python}") if python else sys.executable
        if base is None:
            raise FileNotFoundError(f"python{python} is not on the PATH")
        subprocess.run([base, "-m", "venv", "--clear", home], check=True)
        pip = [str(interpreter), "-m", "pip", "install", "--quiet", *wanted]
        subprocess.run(pip, check=True, stdin=subprocess.DEVNULL)
        (home / "complete").touch()
    return str(interpreter)
