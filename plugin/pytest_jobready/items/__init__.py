"""Scripts as pytest files, in runs that ask for it: what is collected, run and said."""

from __future__ import annotations
