"""What the path of a script, and where it is started, make of the name of a job."""

from __future__ import annotations

from tests.jobs.case import HTTPS, Case

OFTEN = [
    Case("from its own folder", cwd="src"),
    Case("spaces and brackets", script="my dir/tr ain (1).py"),
    Case("not Latin letters", script="tr\u00e4in_\u65e5\u672c.py"),
    Case("dots in a folder's name", script="a../train.py"),
    Case(
        "as a module", script="pkg/mod.py", module="pkg.mod", files={"pkg/__init__.py": ""}
    ),
    Case(
        "as a module with its program named",
        script="pkg/mod.py",
        module="pkg.mod",
        files={"pkg/__init__.py": ""},
        env={"WANDB_PROGRAM": "pkg/mod.py"},
    ),
    Case(
        "as a module with its path named in the source",
        script="pkg/mod.py",
        module="pkg.mod",
        files={"pkg/__init__.py": ""},
        init="settings=wandb.Settings(program_relpath='pkg/mod.py')",
    ),
    Case("another path is named", env={"WANDB_PROGRAM_RELPATH": "a/b c.py"}),
    Case(
        "started from outside its repository",
        cwd="../elsewhere",
        remote=HTTPS,
    ),
]
SELDOM = [
    Case("at the root", script="train.py"),
    Case("from a folder below it", cwd="src/inner"),
    Case("a long path", script=f"{'deep/' * 20}train.py"),
    Case("a program is named that isn't there", env={"WANDB_PROGRAM": "gone.py"}),
    Case("from a folder beside it", cwd="docs"),
    Case("an emoji", script="\U0001f600.py"),
    Case("a folder that starts with dots", script="..a/train.py"),
    Case("no suffix", script="bin/train"),
    Case(
        "as a module of the root",
        script="mod.py",
        module="mod",
    ),
    Case(
        "as a module with its program named in the source",
        script="pkg/mod.py",
        module="pkg.mod",
        files={"pkg/__init__.py": ""},
        init="settings=wandb.Settings(program='pkg/mod.py')",
    ),
    Case(
        "as a module with its path named",
        script="pkg/mod.py",
        module="pkg.mod",
        files={"pkg/__init__.py": ""},
        env={"WANDB_PROGRAM_RELPATH": "pkg/mod.py"},
    ),
    Case(
        "another program is named",
        env={"WANDB_PROGRAM": "other.py"},
        files={"other.py": ""},
    ),
    Case("a program from below", cwd="src", env={"WANDB_PROGRAM": "train.py"}),
    Case(
        "started from outside its repository, with code",
        cwd="../elsewhere",
        remote=HTTPS,
        after="run.log_code()\n",
        files={"../elsewhere/other.py": ""},
    ),
    Case("the folder of runs is elsewhere", env={"WANDB_DIR": "{root}/../runs"}),
    Case("the root of git is named", env={"WANDB_GIT_ROOT": "{root}"}),
    Case("a program is named, but empty", env={"WANDB_PROGRAM": ""}),
    Case("a path is named, but empty", env={"WANDB_PROGRAM_RELPATH": ""}),
    Case(
        "the folder of runs is below",
        env={"WANDB_DIR": "{root}/sub"},
        files={"sub/x": ""},
    ),
    Case("the folder of runs is at home", env={"WANDB_DIR": "~/runs"}),
    Case("a notebook is named", env={"WANDB_NOTEBOOK_NAME": "x.ipynb"}),
]
