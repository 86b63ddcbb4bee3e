"""What goes into the process of a script, to see what it reads.

This folder stands on the PYTHONPATH of a recorded script, whose Python may know nothing
of jobready: everything in it needs the standard library only. `pytest_jobready.recording`
runs scripts with it.
"""

from __future__ import annotations
