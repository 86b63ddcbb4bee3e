"""Keeping a script to the one W&B that its environment names.

What a script says in code counts more than the environment, so the calls are watched by
which it can name another server: it is stopped there, before anything is sent. A key that
it gives is replaced, so that none leaves the process.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from types import FrameType, ModuleType
from typing import Any, NoReturn

from . import record, stop
from .imports import after_import
from .user_code import is_user_file

_url = ""
_key = ""


def configure() -> None:
    """Watch, if the environment names the only W&B there is."""
    global _url, _key
    _url = os.environ.get("JOBREADY_URL", "")
    _key = os.environ.get("WANDB_API_KEY", "")
    if _url:
        after_import(
            {
                "wandb": _watch_calls,
                "wandb.sdk.wandb_settings": _watch_settings,
                "wandb.apis.public": _watch_api,
            }
        )


def _is_other(url: object) -> bool:
    return isinstance(url, str) and bool(url) and url.rstrip("/") != _url


def _refuse(what: str, url: object) -> NoReturn:
    """Stop the script; ``url`` may hold a credential, so only its host is told."""
    where = _place(sys._getframe(2))
    host = str(url).rpartition("://")[2].partition("/")[0].rpartition("@")[2]
    record.write(
        "refused",
        message=f"{what} leads to another W&B ({host or 'elsewhere'}), and a rehearsal "
        f"stays on this machine{where}; take the server from WANDB_BASE_URL",
    )
    stop.leave("refused")


def _place(frame: FrameType | None) -> str:
    while frame is not None:
        if is_user_file(frame.f_code.co_filename):
            return f", at {frame.f_code.co_filename}:{frame.f_lineno}"
        frame = frame.f_back
    return ""


def _check_environment(what: str) -> None:
    url = os.environ.get("WANDB_BASE_URL", "")
    if url.rstrip("/") != _url:
        _refuse(f"WANDB_BASE_URL, as the script sets it before {what},", url)
    os.environ["WANDB_API_KEY"] = _key


def _watch_calls(module: ModuleType) -> None:
    init, login, setup = module.init, module.login, module.setup

    def checked_init(*args: Any, **kwargs: Any) -> Any:
        _check_environment("wandb.init")
        _check_settings("wandb.init(settings=…)", kwargs.get("settings"))
        return init(*args, **kwargs)

    def checked_login(*args: Any, **kwargs: Any) -> Any:
        _check_environment("wandb.login")
        # key, relogin, host: by position since 0.13.8
        host = kwargs.get("host") or (args[2] if len(args) > 2 else None)
        if _is_other(host):
            _refuse("wandb.login(host=…)", host)
        if args:
            args = (_key, *args[1:])
        elif "key" in kwargs:
            kwargs["key"] = _key
        return login(*args, **kwargs)

    def checked_setup(*args: Any, **kwargs: Any) -> Any:
        _check_environment("wandb.setup")
        _check_settings("wandb.setup(settings=…)", kwargs.get("settings") or args[:1])
        return setup(*args, **kwargs)

    module.init = checked_init  # type: ignore[attr-defined]
    module.login = checked_login  # type: ignore[attr-defined]
    module.setup = checked_setup  # type: ignore[attr-defined]


def _check_settings(what: str, given: object) -> None:
    for each in given if isinstance(given, tuple) else (given,):
        if isinstance(each, dict):
            if _is_other(each.get("base_url")):
                _refuse(what, each["base_url"])
            if "api_key" in each:
                each["api_key"] = _key


def _watch_settings(module: ModuleType) -> None:
    settings = module.Settings
    init, set_one = settings.__init__, settings.__setattr__

    def __init__(self: Any, *args: Any, **kwargs: Any) -> None:  # noqa: N807
        if _is_other(kwargs.get("base_url")):
            _refuse("wandb.Settings(base_url=…)", kwargs["base_url"])
        if kwargs.get("api_key"):
            kwargs["api_key"] = _key
        init(self, *args, **kwargs)

    def __setattr__(self: Any, name: str, value: Any) -> None:  # noqa: N807
        if name == "base_url" and _is_other(value) and _place(sys._getframe(1)):
            _refuse("settings.base_url", value)
        set_one(self, name, value)

    settings.__init__ = __init__
    settings.__setattr__ = __setattr__
    if hasattr(settings, "_load_config_file"):
        settings._load_config_file = staticmethod(_only_own(settings._load_config_file))


def _only_own(load: Callable[..., Any]) -> Callable[..., Any]:
    """Older SDKs (0.18.7) look for settings in the home folder whatever is set."""
    own = tuple(os.environ.get(name, "?") for name in ("WANDB_CONFIG_DIR", "WANDB_DIR"))

    def load_own(file_name: str, *args: Any, **kwargs: Any) -> Any:
        return load(file_name, *args, **kwargs) if str(file_name).startswith(own) else {}

    return load_own


def _watch_api(module: ModuleType) -> None:
    api = module.Api
    init = api.__init__

    def __init__(self: Any, *args: Any, **kwargs: Any) -> None:  # noqa: N807
        _check_environment("wandb.Api")
        overrides = kwargs.get("overrides") or (args[0] if args else None)
        if isinstance(overrides, dict) and _is_other(overrides.get("base_url")):
            _refuse("wandb.Api(overrides=…)", overrides["base_url"])
        if kwargs.get("api_key"):
            kwargs["api_key"] = _key
        init(self, *args, **kwargs)

    api.__init__ = __init__
