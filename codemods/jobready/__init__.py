"""jobready: make training scripts ready to run as W&B Launch jobs."""

from __future__ import annotations

__version__ = "0.1.0"
