"""What takes of a script prove: pure functions from what was seen to what is said of it."""

from __future__ import annotations
