"""Parameters that hold a key, a token or a password: kept out of a run's config."""

from __future__ import annotations

import re

from jobready.script.model import Parameter

# What a name ends in that holds a secret itself, not its kind, place or number.
SECRET = re.compile(
    r"""(?:^|_)(?:
        password | passwd | pwd | passphrase | passcode | secret | credentials?
        | (?:api|access|secret|private|auth|wandb|wb|openai|hf)_?key | apikey
        | token
    )$""",
    re.VERBOSE,
)
# `key` alone, and tokens that are words of a text.
KEYS = frozenset(("key", "wandb_api", "api"))
WORDS = re.compile(
    r"(?:^|_)(?:pad|bos|eos|unk|mask|cls|sep|special|num|n|max|min|per|add|image|start|end"
    r"|prefix|stop|begin|first|last|new|trigger|placeholder|initializer|class|target)_token$"
)


def looks_secret(parameter: Parameter) -> bool:
    """Whether a parameter's name says that its value must not be shown on a page."""
    if not may_hold_text(parameter):
        return False
    return _spelled(parameter.name) in KEYS or secret_name(parameter.name)


def may_hold_text(parameter: Parameter) -> bool:
    """Whether it may hold a secret at all, which no switch and no number does."""
    return parameter.action in ("store", "append") and parameter.type not in (
        "int",
        "float",
    )


def secret_name(name: str) -> bool:
    """Whether a name says that its value is a key, a token or a password."""
    name = _spelled(name)
    return bool(SECRET.search(name) and not WORDS.search(name))


def _spelled(name: str) -> str:
    """A name by its words: ``logger.wandb.key`` is no less secret than ``wandb_key``."""
    return name.lower().replace("-", "_").replace(".", "_")
