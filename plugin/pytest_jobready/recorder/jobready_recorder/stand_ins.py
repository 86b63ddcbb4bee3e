"""What stands in for a library that is not installed: it takes part in everything.

A stand-in can be called, subclassed, indexed, iterated, compared, computed with, used as
a decorator or context manager, and turned into a number or text. It is the same on every
run, and finite: a loop over one ends after two rounds.
"""

from __future__ import annotations

import abc
import argparse
import contextlib
import dataclasses
import dis
import inspect
import os
import sys
import typing
from collections.abc import Sequence
from types import FrameType, ModuleType
from typing import Any

from .known import KNOWN, KNOWN_ENDS

LENGTH = 2  # items of a stand-in, unless what unpacks it says how many it wants
REST = 16  # those that ``first, *rest = …`` leaves for the rest
# What a machine with one device says, and a launcher of one process.
_ANSWERS = {"device_count": 1, "get_rank": 0, "get_world_size": 1}
# Questions that the only process there is answers with yes: it is the first.
_FIRST = {"is_global_zero", "is_local_main_process", "is_main_process", "is_master"}
_FIRST |= {"is_rank_0", "is_rank_zero", "is_world_process_zero"}
# Questions about each item of some data, which has nothing of the kind.
_DOUBTS = {"isinf", "isna", "isnan", "isnull"}
# What scripts ask for that Python doesn't: the function of a method that they patch.
_DUNDERS = {"__config__", "__func__"}
# Methods of data that are given a function, and don't decorate it.
_TAKE_FUNCTIONS = {"agg", "aggregate", "apply", "filter", "imap", "map"}
_OPERATORS = (
    *("add", "sub", "mul", "truediv", "floordiv", "mod", "pow", "matmul"),
    *("and", "or", "xor", "lshift", "rshift"),
)
_ORDER = ("lt", "le", "gt", "ge")
_UNARY = ("neg", "pos", "abs", "invert", "round", "floor", "ceil", "trunc")


def is_stand_in(value: object) -> bool:
    """Whether a value stands in for one of a missing library."""
    return isinstance(value, (StandIn, StandInModule, Permissive))


def attribute(owner: str, name: str) -> Any:
    """What a stand-in called ``owner`` has under ``name``.

    Questions (``is_initialized``) are answered with no but where this is the first process,
    exceptions can be caught.
    """
    full = f"{owner}.{name}"
    if full in KNOWN:
        return KNOWN[full]
    if name in ("__version__", "version"):
        return Version("2.0.0")
    if name in ("__name__", "__qualname__"):
        return owner.rpartition(".")[2]
    if name.startswith("__") and name.endswith("__") and name not in _DUNDERS:
        raise AttributeError(name)
    if name == "dataclass":
        return dataclasses.dataclass
    if name[:1].isupper() and name.endswith(("Error", "Exception", "Warning", "Exit")):
        base = Warning if name.endswith("Warning") else Exception
        return type(name, (base,), {"__module__": owner})
    for end, value in KNOWN_ENDS.items():
        if full.endswith(end):
            return value
    if name == "keys":
        return Keys(full)
    if name in ("_modules", "_parameters"):  # a walk through all there is must end
        return {}
    if name in ("children", "named_children") and "children()" in owner:
        return list
    if name == "empty":  # no table is, and torch.empty can be called
        return Answer(full)
    if name in _DOUBTS:
        return lambda *args, **kwargs: Answer(f"{full}()")
    if name.startswith(("is_", "get_is_", "has_", "supports_")):
        return Question(full, answer=name in _FIRST)
    if name in _ANSWERS:
        return Question(full, answer=_ANSWERS[name])
    return StandIn(full)


class Version(str):
    """The version of a library: text, or the function or the module that has it."""

    __slots__ = ()

    def __call__(self) -> str:
        """What ``torch.backends.cudnn.version`` gives."""
        return str(self)

    @property
    def cuda(self) -> str:
        """What ``torch.version`` has."""
        return str(self)


def _unpacked_into(frame: FrameType) -> int:
    """How many items the instruction wants that is at work in ``frame``."""
    at = frame.f_lasti
    code = frame.f_code.co_code
    name = dis.opname[code[at]]
    if name.startswith("UNPACK_SEQUENCE"):
        return code[at + 1]
    if name == "UNPACK_EX":
        return code[at + 1] + REST
    return LENGTH


def _keys(owner: str, frame: FrameType) -> Any:
    """None where ``frame`` is at ``**options``, which must be text; else more stand-ins."""
    at_work = dis.opname[frame.f_code.co_code[frame.f_lasti]]
    return [] if at_work in ("DICT_MERGE", "DICT_UPDATE") else StandIn(f"{owner}()")


class _Behaviour:
    """What stand-ins and the instances of classes derived from them have in common."""

    def __getattr__(self, name: str) -> Any:
        value = attribute(_name(self), name)
        object.__setattr__(self, name, value)
        return value

    def __getitem__(self, key: Any) -> Any:
        return StandIn(f"{_name(self)}[]")

    def __setitem__(self, key: Any, value: Any) -> None:
        pass

    def __delitem__(self, key: Any) -> None:
        pass

    def __iter__(self) -> Any:
        count = _unpacked_into(sys._getframe(1))
        return iter([StandIn(f"{_name(self)}[]") for _ in range(count)])

    def __next__(self) -> Any:
        return StandIn(f"{_name(self)}[]")

    def __len__(self) -> int:
        return LENGTH

    def __contains__(self, item: Any) -> bool:
        return True

    def __bool__(self) -> bool:
        return True

    def __enter__(self) -> Any:
        return self

    def __exit__(self, *exception: Any) -> None:
        pass

    def __int__(self) -> int:
        return 1

    __index__ = __int__

    def __float__(self) -> float:
        return 1.0

    def __array__(self, dtype: Any = None, copy: Any = None) -> Any:
        """A number for a real numpy, which would look for items of items without end."""
        return sys.modules["numpy"].array(1.0, dtype=dtype)

    def __format__(self, spec: str) -> str:
        return str(self)

    def __fspath__(self) -> str:
        return "stand-in"

    def __repr__(self) -> str:
        return f"<stand-in {_name(self)}>"

    def __hash__(self) -> int:
        return id(self)

    def __eq__(self, other: object) -> Any:
        # How typing looks for its own among the bases of a class.
        if sys._getframe(1).f_globals.get("__name__") in ("typing", "typing_extensions"):
            return self is other
        # Whatever a script hopes for: shapes that fit, a supported model, rank 0.
        return StandIn(f"{_name(self)} compared")

    def __ne__(self, other: object) -> Any:
        return Answer(f"{_name(self)} compared")

    def __deepcopy__(self, memo: Any) -> Any:
        return self

    def __copy__(self) -> Any:
        return self


def _computed(name: str) -> Any:
    def operator(self: Any, *others: Any) -> Any:
        return StandIn(f"{_name(self)}.{name}")

    return operator


def _no(self: Any, other: Any) -> Any:
    return Answer(f"{_name(self)} compared")


for _operator in _OPERATORS:
    for _prefix in ("", "r"):
        setattr(_Behaviour, f"__{_prefix}{_operator}__", _computed(_operator))
for _operator in _UNARY:
    setattr(_Behaviour, f"__{_operator}__", _computed(_operator))
for _operator in _ORDER:
    setattr(_Behaviour, f"__{_operator}__", _no)


def _name(value: Any) -> str:
    if isinstance(value, StandIn):
        return str(object.__getattribute__(value, "_stands_for"))
    return type(value).__name__


class _Class(abc.ABCMeta):
    """Gives the user's classes what they inherit: ``TrainState.create(…)``."""

    def __getattr__(cls, name: str) -> Any:
        return attribute(cls.__name__, name)

    def register(cls, *args: Any, **kwargs: Any) -> Any:
        """What the library's class has, not what ABCMeta has for any."""
        return attribute(cls.__name__, "register")(*args, **kwargs)

    # What a library gives back may be anything: also an object of the user's class.
    def __instancecheck__(cls, instance: object) -> bool:
        return isinstance(instance, StandIn) or super().__instancecheck__(instance)

    def __subclasscheck__(cls, subclass: type) -> bool:
        return isinstance(subclass, StandIn) or super().__subclasscheck__(subclass)


class Permissive(_Behaviour, metaclass=_Class):
    """The base of the user's classes that derive from a stand-in."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        for name, value in kwargs.items():
            with contextlib.suppress(AttributeError):  # a property that nobody may set
                object.__setattr__(self, name, value)

    def __post_init__(self, *args: Any) -> None:
        """What the user's dataclass calls of a library's that it derives from."""

    def __init_subclass__(cls, **kwargs: Any) -> None:
        """Let Generic and Protocol do their part; a library's class takes the keywords."""
        if issubclass(cls, typing.Generic):
            super().__init_subclass__()

    def __class_getitem__(cls, item: Any) -> Any:
        """The class, which a library's base may make a generic one."""
        if issubclass(cls, typing.Generic):
            return super().__class_getitem__(item)  # type: ignore[misc]
        return cls

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """What the class's forward gives, where it has one."""
        for owner in type(self).__mro__:
            if "forward" in vars(owner):  # which torch.nn.Module calls
                return self.forward(*args, **kwargs)
        return StandIn(f"{_name(self)}()")


class _Kind(type):
    """Gives what scripts ask of a class that they don't name: ``type(model).forward``."""

    def __getattr__(cls, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        return attribute(cls.__name__, name)


class StandIn(_Behaviour, metaclass=_Kind):
    """One function, class, module member or value of a library that is not there."""

    __signature__ = inspect.signature(lambda *args, **kwargs: None)

    def __init__(self, stands_for: str) -> None:
        object.__setattr__(self, "_stands_for", stands_for)

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Another stand-in, or the user's own function or class that it decorates."""
        method = _name(self).rpartition(".")[2]
        # What says that it makes a folder (`create_exp_dir`) is taken at its word.
        if "dir" in method and args and type(args[0]) is str:
            os.makedirs(args[0], exist_ok=True)  # noqa: PTH103
        if method == "submit" and _name(self).startswith("submitit."):
            return args[0](*args[1:], **kwargs)  # the job, in this process
        # A decorator gives back what it is put on; so does what wraps a model or data.
        if len(args) == 1 and not kwargs and _is_defined_by_user(args[0]):
            if method == "step":  # an optimizer's gives the loss that it has made
                return args[0]()
            if method not in _TAKE_FUNCTIONS and "from_" not in method:
                return args[0]
        # So does what adds a library's options to a parser.
        if args and isinstance(args[0], argparse.ArgumentParser):
            return args[0]
        return StandIn(f"{_name(self)}()")

    # Those of one name are one key, as what `==` says of them is yes.
    def __hash__(self) -> int:
        return hash(_name(self))

    def __mro_entries__(self, bases: tuple[Any, ...]) -> tuple[type, ...]:
        first = next(b for b in bases if isinstance(b, StandIn))
        derived = any(isinstance(b, type) and issubclass(b, Permissive) for b in bases)
        return (Permissive,) if first is self and not derived else ()

    def __instancecheck__(self, instance: object) -> bool:
        return isinstance(instance, (StandIn, Permissive))

    def __subclasscheck__(self, subclass: type) -> bool:
        return isinstance(subclass, StandIn) or issubclass(subclass, Permissive)

    def __reduce__(self) -> Any:
        return StandIn, (_name(self),)


class Answer(StandIn):
    """What a comparison gives: no, or an array of such answers."""

    def __bool__(self) -> bool:
        return False

    def any(self, *args: Any, **kwargs: Any) -> Any:
        """Whether one of them is yes."""
        return self


class Question(StandIn):
    """A function whose answer is known; or no function, as a tensor of that name."""

    def __init__(self, stands_for: str, *, answer: bool | int) -> None:
        super().__init__(stands_for)
        object.__setattr__(self, "_answer", answer)

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """The answer."""
        return object.__getattribute__(self, "_answer")

    def __reduce__(self) -> Any:
        return StandIn, (_name(self),)


class Keys(StandIn):
    """What gives the keys of a mapping; or a field of that name, as data may have."""

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """None for ``**options``, else more stand-ins."""
        return _keys(_name(self), sys._getframe(1))

    def __reduce__(self) -> Any:
        return StandIn, (_name(self),)


def _is_defined_by_user(value: object) -> bool:
    if isinstance(value, type):
        return True
    return callable(value) and hasattr(value, "__code__")


class StandInModule(ModuleType):
    """A module that nobody could find."""

    def __init__(self, name: str, path: Sequence[str] = ()) -> None:
        super().__init__(name)
        self.__path__: list[str] = list(path)
        self.__file__ = None

    def __getattr__(self, name: str) -> Any:
        value = attribute(self.__name__, name)
        setattr(self, name, value)
        return value

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """What a function of the module's name gives."""
        # `from tqdm import tqdm` may find a module that was imported before.
        return StandIn(self.__name__)(*args, **kwargs)
