"""Starts the recorder as Python starts, after a sitecustomize that was there before."""

from __future__ import annotations

import importlib
import importlib.machinery
import importlib.util
import os
import sys

HERE = os.path.dirname(os.path.abspath(__file__))  # noqa: PTH100, PTH120


def run_the_one_before() -> None:
    """Execute the sitecustomize that this one hides, if there is one."""
    elsewhere = [p for p in sys.path if os.path.abspath(p) != HERE]  # noqa: PTH100
    spec = importlib.machinery.PathFinder.find_spec("sitecustomize", elsewhere)
    if spec is not None and spec.loader is not None:
        spec.loader.exec_module(importlib.util.module_from_spec(spec))


run_the_one_before()
if os.environ.get("JOBREADY_RECORD"):
    importlib.import_module("jobready_recorder").start()
