"""Acting on imports: watchers for wandb's modules, stand-ins for what can't be imported."""

from __future__ import annotations

import ast
import builtins
import glob
import importlib.abc
import importlib.machinery
import importlib.util
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from types import FrameType, ModuleType
from typing import Any

from . import record
from .stand_ins import StandInModule, attribute
from .user_code import is_user_file

# Gone from wandb, and for nothing but tensorflow.
_GONE = "wandb.keras"
# Real modules that are told by name, so that a typo in one stays an error.
_NEVER = {"wandb", "argparse", "sitecustomize", "usercustomize"}


class AfterImport(importlib.abc.MetaPathFinder):
    """Calls a function with a module as soon as it has been imported."""

    def __init__(self, hooks: Mapping[str, Callable[[ModuleType], None]]) -> None:
        self.hooks = dict(hooks)

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        """The spec that the others find, with a call behind its execution."""
        hook = self.hooks.pop(fullname, None)
        if hook is None:
            return None
        spec = importlib.util.find_spec(fullname)
        self.hooks[fullname] = hook  # who asks for a spec may only ask whether there is one
        if spec is not None and spec.loader is not None:
            execute = spec.loader.exec_module

            def exec_module(module: ModuleType) -> None:
                self.hooks.pop(fullname, None)
                execute(module)
                hook(module)

            spec.loader.exec_module = exec_module  # type: ignore[method-assign]
        return spec


class _StandInLoader(importlib.abc.Loader):
    def create_module(self, spec: importlib.machinery.ModuleSpec) -> ModuleType:
        """The stand-in; a package keeps the folders that its real modules are in."""
        return StandInModule(spec.name, spec.submodule_search_locations or ())

    def exec_module(self, module: ModuleType) -> None:
        """It is complete as it is."""


class Neighbours(_StandInLoader, importlib.abc.MetaPathFinder):
    """Finds a stand-in for the user's modules: for some by name, or for all but the script.

    ``names`` are those of the modules, each with what is below it; None for all.
    """

    def __init__(self, names: Sequence[str] | None) -> None:
        self.names = names

    def _is_meant(self, fullname: str) -> bool:
        if self.names is None:
            return True
        return any(f"{fullname}.".startswith(f"{name}.") for name in self.names)

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        """A spec for a module that lies in the user's folders, None for any other."""
        if not self._is_meant(fullname):
            return None
        spec = importlib.machinery.PathFinder.find_spec(fullname, path)
        if spec is None or fullname == os.environ.get("JOBREADY_MODULE"):
            return None
        inside = spec.origin or next(iter(spec.submodule_search_locations or ()), "")
        if not inside or not is_user_file(inside):
            return None
        found = importlib.machinery.ModuleSpec(
            fullname, self, origin=spec.origin, is_package=True
        )
        found.submodule_search_locations = list(spec.submodule_search_locations or ())
        return found

    def exec_module(self, module: ModuleType) -> None:
        """Give it what `from module import *` takes."""
        spec = module.__spec__
        if spec is not None and spec.origin and spec.origin.endswith(".py"):
            with open(spec.origin, "rb") as source:  # noqa: PTH123
                body = ast.parse(source.read()).body
            for name in _bound(body):
                getattr(module, name)
            for name in _of_python(body):
                setattr(module, name, importlib.import_module(name))


def _bound(body: list[ast.stmt]) -> list[str]:
    """The functions and classes of a module, as far as no condition makes them."""
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
    return [statement.name for statement in body if isinstance(statement, kinds)]


def _of_python(body: list[ast.stmt]) -> list[str]:
    """The modules of Python's own that a module imports by their names."""
    names = [a.name for s in body if isinstance(s, ast.Import) for a in s.names]
    return [name for name in names if name in sys.stdlib_module_names]


class LastFinder(_StandInLoader, importlib.abc.MetaPathFinder):
    """Finds what nobody else finds for the user's own code: a module or a stand-in.

    ``folders`` are those in which the user may have modules that no path leads to yet.
    """

    def __init__(self, folders: Sequence[str]) -> None:
        self.folders = folders

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        """A spec for a module that is missing, None where a real package lacks it."""
        top, _, below = fullname.partition(".")
        frame = _asker()
        asker = "" if frame is None else frame.f_code.co_filename
        if frame is None or not (is_user_file(asker) or _integrates(asker, fullname)):
            return None
        if top in _NEVER and fullname != _GONE:
            return None
        if below:
            parent = sys.modules.get(fullname.rpartition(".")[0])
            lacks = isinstance(parent, StandInModule) or _is_shared(parent)
            lacks = lacks or fullname == _GONE
            if not lacks and not _is_unbuilt(fullname, path):
                return None
            if _is_shared(parent):
                record.write("stand-in", name=fullname)
        else:
            within = _own_packages(frame)
            folders = [f for f in self.folders if os.path.realpath(f) not in within]
            found = importlib.machinery.PathFinder.find_spec(fullname, folders)
            # A module that imports its own name means a library.
            if found is not None and found.origin != asker:
                if not _is_named_at_length(found, asker):
                    return found
            record.write("stand-in", name=top)
        return importlib.machinery.ModuleSpec(fullname, self, is_package=True)


def _is_named_at_length(found: importlib.machinery.ModuleSpec, asker: str) -> bool:
    """Whether a module calls the package that was found by its whole name.

    Where it says ``project.transformers``, its ``transformers`` is a library.
    """
    for folder in found.submodule_search_locations or ():
        above, name = os.path.split(folder)
        while os.path.isfile(os.path.join(above, "__init__.py")):  # noqa: PTH113, PTH118
            above, package = os.path.split(above)
            name = f"{package}.{name}"
        if "." in name:
            with open(asker, "rb") as source:  # noqa: PTH123
                return f"{name}.".encode() in source.read().replace(b" import", b".")
    return False


def _integrates(asker: str, fullname: str) -> bool:
    """Whether a part of wandb asks for what it is there for: its own callbacks' classes."""
    stands_in = isinstance(sys.modules.get(fullname.partition(".")[0]), StandInModule)
    return stands_in and os.path.join("wandb", "integration", "") in asker  # noqa: PTH118


def _is_shared(package: ModuleType | None) -> bool:
    """Whether libraries share a package that is no module itself, such as google.cloud."""
    files = getattr(package, "__file__", None)
    paths = getattr(package, "__path__", ())
    if package is None or isinstance(package, StandInModule):
        return False
    return not files and not any(map(is_user_file, paths))


def _is_unbuilt(fullname: str, path: Sequence[str] | None) -> bool:
    """Whether a module of the user's is there, but in C or for another Python."""
    name = fullname.rpartition(".")[2]
    return any(glob.glob(f"{glob.escape(folder)}/{name}.*") for folder in path or ())  # noqa: PTH207


def _complete(module: ModuleType, names: Sequence[str] | None) -> None:
    """Let a folder without a module pass for the library of its name.

    It defines nothing, so what isn't a module in it is meant to come from the library:
    `from datasets import Dataset` beside a folder ``datasets``.
    """
    if not names or getattr(module, "__file__", None) or not hasattr(module, "__path__"):
        return
    if isinstance(module, StandInModule) or not any(map(is_user_file, module.__path__)):
        return
    for name in names:
        if name != "*" and not hasattr(module, name):
            record.write("stand-in", name=module.__name__.partition(".")[0])
            setattr(module, name, attribute(module.__name__, name))


def after_import(hooks: Mapping[str, Callable[[ModuleType], None]]) -> None:
    """Call each function with the module of that name, once it has been imported."""
    sys.meta_path.insert(0, AfterImport(hooks))


def configure() -> None:
    """Provide stand-ins if they are asked for, to the user's code only."""
    if not os.environ.get("JOBREADY_STAND_INS"):
        return
    folders = os.environ.get("JOBREADY_LAST_PATH", "").split(os.pathsep)
    sys.meta_path.append(LastFinder([f for f in folders if f]))
    if os.environ["JOBREADY_STAND_INS"] == "all":
        sys.meta_path.insert(0, Neighbours(None))
    elif os.environ.get("JOBREADY_STOOD_IN_FOR"):
        names = os.environ["JOBREADY_STOOD_IN_FOR"].split(os.pathsep)
        sys.meta_path.insert(0, Neighbours(names))
    original = builtins.__import__

    def __import__(name: str, *args: Any, **kwargs: Any) -> Any:  # noqa: N807
        module = original(name, *args, **kwargs)
        if isinstance(module, StandInModule) and not _is_meant(sys._getframe(1), name):
            # Libraries that try `import numpy` must not get what stands in for it.
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)
        _complete(module, args[2] if len(args) > 2 else kwargs.get("fromlist"))
        return module

    builtins.__import__ = __import__


def _is_meant(caller: FrameType, name: str) -> bool:
    """Whether a stand-in is for who imports it: the user's code, or what is made for it."""
    return not _is_library(caller) or _integrates(caller.f_code.co_filename, name)


def _own_packages(frame: FrameType) -> set[str]:
    """The folders of the packages that a module is part of.

    What lies there has another name for it: `import datasets` in ``project.datasets.text``
    means a library.
    """
    package = frame.f_globals.get("__package__") or ""
    depth = package.count(".") + 1 if package else 0
    folder = os.path.realpath(frame.f_code.co_filename)
    found = set()
    for _ in range(depth):
        folder = os.path.dirname(folder)  # noqa: PTH120
        found.add(folder)
    return found


def _asker() -> FrameType | None:
    """Whose code imports."""
    frame: FrameType | None = sys._getframe(2)
    while frame is not None:
        name = frame.f_code.co_filename
        if not name.startswith("<frozen importlib") and name != __file__:
            if "importlib" not in name:
                return frame
        frame = frame.f_back
    return None


def _is_library(frame: Any) -> bool:
    name = frame.f_code.co_filename
    return not (name.startswith("<") or "importlib" in name or is_user_file(name))
