"""The program: ``jobready``, and ``python -m jobready``."""

from __future__ import annotations

import os
import sys
from contextlib import suppress

from jobready.cli import main


def run() -> None:
    """Run the command line, and end the process as soon as that is done.

    Python would free all objects one by one, which the end of the process does at once:
    that takes a twentieth of a run over thousands of files.
    """
    try:
        main(prog_name="jobready")
    except SystemExit as ended:
        if not isinstance(ended.code, int):
            raise
        with suppress(OSError, ValueError, AttributeError):  # it is closed, or not there
            sys.stderr.flush()
        os._exit(ended.code)


if __name__ == "__main__":
    run()
