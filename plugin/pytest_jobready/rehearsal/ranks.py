"""The environments of several ranks, as torchrun gives them to processes of one machine."""

from __future__ import annotations

import socket

# What a launcher such as torchrun sets; a script by itself is to see none of it.
VARIABLES = frozenset(
    """
    GROUP_RANK LOCAL_RANK LOCAL_WORLD_SIZE MASTER_ADDR MASTER_PORT NODE_RANK RANK
    ROLE_RANK ROLE_WORLD_SIZE WORLD_SIZE
    """.split()  # noqa: SIM905 - as they are read
)


def rank_environments(ranks: int) -> list[dict[str, str]]:
    """What each of several ranks has in its environment; nothing where there is one."""
    if ranks == 1:
        return [{}]
    port = str(_free_port())
    return [
        {
            "GROUP_RANK": "0",
            "LOCAL_RANK": str(rank),
            "LOCAL_WORLD_SIZE": str(ranks),
            "MASTER_ADDR": "127.0.0.1",
            "MASTER_PORT": port,
            "RANK": str(rank),
            "ROLE_RANK": str(rank),
            "ROLE_WORLD_SIZE": str(ranks),
            "WORLD_SIZE": str(ranks),
            **({"JOBREADY_RANK": str(rank), "JOBREADY_SETTLED": "500"} if rank else {}),
        }
        for rank in range(ranks)
    ]


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])
