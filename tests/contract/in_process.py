"""Runs a script and its migrated copy in this process: for parsers, many times over."""

from __future__ import annotations

import contextlib
import io
import json
import sys
from collections.abc import Mapping
from types import ModuleType
from typing import Any

import pytest
import wandb

# On Python 3.10 it can't be imported once simple_parsing has read a dataclass, which undoes
# what pydantic did to InitVar; a script imports it before, a second one here would not.
import wandb.sdk.launch


class Runs:
    """Both versions of a script that leaves what it takes in ``args``."""

    def __init__(
        self, original: str, migrated: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        self._original = original
        self._migrated = migrated
        self._monkeypatch = monkeypatch
        monkeypatch.setenv("WANDB_MODE", "disabled")

    def before(self, argv: str) -> dict[str, Any]:
        """What the original takes from a command line."""
        return self._taken(self._original, argv)

    def after(self, argv: str, launched: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """What the migrated copy takes from a command line, and from a job's config."""
        with self._monkeypatch.context() as patch:
            if launched is not None:
                patch.setenv("WANDB_LAUNCH", "True")
                patch.setenv("WANDB_CONFIG", json.dumps(launched))
            return self._taken(self._migrated, argv)

    def refusal(self, argv: str, launched: Mapping[str, Any]) -> str:
        """What the migrated copy says where it stops because of the job's config."""
        said = io.StringIO()
        with contextlib.redirect_stderr(said), pytest.raises(SystemExit):
            self.after(argv, launched)
        return said.getvalue()

    def _taken(self, text: str, argv: str) -> dict[str, Any]:
        with self._monkeypatch.context() as patch:
            patch.setattr(sys, "argv", ["train.py", *argv.split()])
            module = ModuleType("__main__")  # where annotations are looked up
            patch.setitem(sys.modules, "__main__", module)
            try:
                exec(compile(text, "train.py", "exec"), vars(module))
            finally:
                wandb.finish()  # of the run that is disabled: the next test has none
            args = vars(module)["args"]
            return dict(args.as_dict() if hasattr(args, "as_dict") else vars(args))
