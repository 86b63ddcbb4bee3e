"""Options that well-known functions of libraries add to a parser."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from jobready.script.model import Parameter, Place

# By function the switches, off by default, and the options of a text, None by default.
# deepspeed 0.3 to 0.17; those before 0.9 add --deepspeed_mpi too, a switch like the others.
OPTIONS: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "deepspeed.add_config_arguments": (
        ("deepspeed", "deepscale"),
        ("deepspeed_config", "deepscale_config"),
    ),
}


def added_by(function: str, place: Place) -> Iterator[Parameter]:
    """The parameters that a function of `OPTIONS` adds to the parser it is given.

    ``place`` is that of the call. Each gets a column of its own there, since it is by
    their places that parameters are told from one another.
    """
    switches, texts = OPTIONS[function]
    for index, name in enumerate((*switches, *texts)):
        switch = name in switches
        yield Parameter(
            name=name,
            flags=(f"--{name}",),
            type=None if switch else "str",
            default=False if switch else None,
            required=False,
            choices=None,
            nargs=0 if switch else None,
            action="store_true" if switch else "store",
            help=None,
            const=True if switch else None,
            has_default=True,
            place=replace(place, column=place.column + index),
            type_kind="none" if switch else "str",
        )
