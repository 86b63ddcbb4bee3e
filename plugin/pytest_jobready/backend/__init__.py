"""A W&B on the loopback interface: real runs log to it, and it tells what it saw.

It answers what the wandb SDK asks of a server (0.13.8 to 0.31.0 were run against it), the
upload of a run's job included. Standard library only; nothing leaves the machine.
"""

from __future__ import annotations

from pytest_jobready.backend.server import Backend
from pytest_jobready.backend.values import Artifact, Job, Run

__all__ = ["Artifact", "Backend", "Job", "Run"]
