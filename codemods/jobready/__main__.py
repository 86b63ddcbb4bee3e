"""``python -m jobready``."""

from __future__ import annotations

from jobready.cli import main

if __name__ == "__main__":
    main(prog_name="jobready")
