"""Watches a script from inside its process and writes down what it reads.

Controlled by the environment, which child processes inherit:

- ``JOBREADY_RECORD``: the file that gets one JSON object a line; without it nothing is on
- ``JOBREADY_ROOTS``: the folders and files whose code counts as the user's
- ``JOBREADY_STOP``: ``init``, ``first-log`` (the default) or ``exit``
- ``JOBREADY_SECONDS``: stop after so long, from inside
- ``JOBREADY_BUSY_SECONDS``: stop after so much of the processor's time, or with a run after
  a quarter of it in which nothing new was seen
- ``JOBREADY_DUMP``: the file that says where the script is, once it gets SIGUSR1
- ``JOBREADY_ALARM``: end after so many seconds, if nobody has ended it before
- ``JOBREADY_SETTLED``: stop after so many reads in a row that brought nothing new
- ``JOBREADY_STAND_INS``: ``missing``: imports that can't be resolved become permissive
  stand-ins; ``all``: so does every module of the user's but the script itself
  (``JOBREADY_MODULE``, where it is run as one)
- ``JOBREADY_STOOD_IN_FOR``: modules of the user's that become stand-ins as well, by name
- ``JOBREADY_LENIENT``: files that are missing, limits of the machine, and settings that
  only an older wandb knows stop nothing
- ``JOBREADY_LAST_PATH``: folders in which modules are looked for before that
- ``JOBREADY_CANDIDATES``: write down values that each parameter would take; a JSON object
  gives the values of some
- ``JOBREADY_FINISH``: finish the runs before it stops, so that W&B has all of them
- ``JOBREADY_URL``: the only W&B that may be reached
- ``JOBREADY_RANK``: the process is this rank of several, and not the main one
"""

from __future__ import annotations

import os


def start() -> None:
    """Put the watchers in place."""
    from . import (
        classes,
        imports,
        installed,
        lightning,
        loopback,
        machine,
        missing_files,
        parsers,
        ranks,
        reads,
        runs,
        stop,
        trackers,
        user_code,
    )

    user_code.configure()
    stop.configure()
    parsers.watch()
    ranks.watch()
    reads.watch_namespaces()
    loopback.configure()  # before the watchers, so that these see the script call
    imports.after_import(
        {
            "wandb": runs.watch_init,
            "wandb.sdk.wandb_settings": runs.watch_settings,
            "wandb.sdk.wandb_config": reads.watch_config,
            "wandb.sdk.wandb_run": runs.watch_log,
            "wandb.sdk.lib.noop_run": runs.watch_noop_log,
            "tap.tap": reads.watch_tap,
            "simple_parsing.parsing": reads.watch_dataclasses,
        }
    )
    imports.configure()
    classes.configure()
    installed.configure()
    missing_files.configure()
    machine.configure()
    trackers.configure()
    lightning.configure()
    if os.environ.get("JOBREADY_STAND_INS"):
        from . import dataclass_arguments

        dataclass_arguments.configure()
