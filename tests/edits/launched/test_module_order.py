"""What is emitted stands where it is executed in time, and names what it means."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from textwrap import indent

import pytest

from jobready.outcome import Rewritten
from tests.edits.tools import (
    JOB_ARGS,
    check_noop,
    check_refused,
    check_rewritten,
    migrated,
)

PARSER = """\
parser = argparse.ArgumentParser()
parser.add_argument("--lr", type=float, required=True)
args = parser.parse_args()
"""
P = PARSER + "wandb.init(config=args)\nprint(args.lr)\n"
AFTER = P.replace("parse_args()", "parse_args(sys.argv[1:] + job_args(parser))")
HEAD = "import argparse\nimport wandb\n"
BY_NAME = "from argparse import ArgumentParser\nimport wandb\n"
IN_MAIN = "def main():\n" + indent(P, "    ")
WITHOUT_INIT = PARSER + "print(args.lr)\n"

# Scripts that run, whose migrated copies must run alike.
SCRIPTS = {
    "a function above the imports": f"def helper(): pass\n{HEAD}{P}",
    "a class above the imports": f"class Helper: pass\n{HEAD}{P}",
    "a block above the imports that asks for the main program": (
        'import os\nif __name__ == "__main__":\n    os.environ["X"] = "0"\n' + HEAD + P
    ),
    "a text above the imports that names the parser": f'x = "ArgumentParser"\n{HEAD}{P}',
    "an import behind the parse": f"{BY_NAME}{P}import random\n".replace("argparse.A", "A"),
    "imports under a condition": f"if True:\n{indent(HEAD, '    ')}{P}import random\n",
    "imports that are tried": (
        f"try:\n{indent(HEAD, '    ')}except ImportError:\n    raise\n{P}import random\n"
    ),
    "a script that is tried": (
        "import argparse\ntry:\n    import wandb\n"
        + indent(P, "    ")
        + "finally:\n    pass\n"
    ),
    "a script in the other branch": (
        f"{HEAD}if False:\n    import json\nelse:\n{indent(P, '    ')}"
    ),
    "all on one line": "; ".join((HEAD + P).splitlines()) + "\n",
    "all but the parser on one line": "; ".join(HEAD.splitlines()) + f"; import os\n{P}",
    "a main that is called above an import": f"{HEAD}{IN_MAIN}main()\nimport os, sys\n",
    "a main that a decorator calls": (
        f"def now(f):\n    return f()\n{HEAD}@now\n{IN_MAIN}import os, sys\n"
    ),
    "a main by another name": f"{HEAD}{IN_MAIN}start = main\nstart()\nimport sys\n",
    "a function that leads to main": (
        f"{HEAD}{IN_MAIN}def start():\n    main()\nstart()\nimport os\n"
    ),
    "a class that parses as it is made": (
        f"{HEAD}class Options:\n{indent(P, '    ')}import sys\n"
    ),
    "an object that parses as it is made": (
        f"{HEAD}class Trainer:\n    def __init__(self):\n{indent(P, '        ')}"
        "Trainer()\nimport os, sys\n"
    ),
    "a module imported for types only": (
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import argparse\n"
        f"{BY_NAME}{P}".replace("argparse.A", "A")
    ),
    "modules under other names": (
        "import sys as s, json as other\nimport os.path as p\nimport argparse as argparse\n"
        f"import wandb\n{P}"
    ),
    "a module that is imported twice": f"{HEAD}{P}import sys\nimport os, argparse\n",
    "an import in the function that parses": (
        f"{HEAD}def main():\n    import sys\n{indent(P, '    ')}main()\n"
    ),
}
# The same for scripts that get a wandb.init.
WITHOUT_A_RUN = {
    "wandb imported behind the parse": f"import argparse\n{WITHOUT_INIT}import wandb\n",
    "wandb for types only": (
        "import argparse\nfrom typing import TYPE_CHECKING\nif TYPE_CHECKING:\n"
        f"    import wandb\n{WITHOUT_INIT}"
    ),
    "wandb under a condition": (
        f"import argparse\nif False:\n    import wandb\n{WITHOUT_INIT}"
    ),
    "wandb under another name": f"import argparse\nimport wandb as wb\n{WITHOUT_INIT}",
    "another import behind the parse": f"import argparse\n{WITHOUT_INIT}import click\n",
    "a function above the imports": f"def f(): pass\nimport argparse\n{WITHOUT_INIT}",
    "wandb imported by the function that parses": (
        f"import argparse\ndef main():\n    import wandb\n{indent(WITHOUT_INIT, '    ')}"
        "main()\n"
    ),
}

RUNNER = """\
import contextlib, io, json, runpy, sys
sys.argv[1:] = ["--lr", "0.5"]
seen = {}
for path in sys.stdin.read().split("\\n"):
    out = io.StringIO()
    try:
        with contextlib.redirect_stdout(out):
            runpy.run_path(path, run_name="__main__")
    except Exception as error:
        print(repr(error), file=out)
    seen[path] = out.getvalue()
print(json.dumps(seen))
"""


def test_migrated_scripts_run_as_before(tmp_path: Path) -> None:
    cases = [(name, source, False) for name, source in SCRIPTS.items()]
    cases += [(f"init: {n}", source, True) for n, source in WITHOUT_A_RUN.items()]
    for name, source, add_init in cases:
        outcome = migrated(source, add_init=add_init)
        assert isinstance(outcome, Rewritten), (name, outcome)
        (tmp_path / f"{name} - before.py").write_text(source)
        (tmp_path / f"{name} - after.py").write_text(outcome.text)
    ran = subprocess.run(
        [sys.executable, "-c", RUNNER],
        input="\n".join(map(str, tmp_path.glob("*.py"))),
        capture_output=True,
        text=True,
        check=True,
        cwd=tmp_path,
        env={**os.environ, "WANDB_MODE": "disabled", "WANDB_SILENT": "true"},
    )
    seen = {Path(path).stem: out for path, out in json.loads(ran.stdout).items()}
    wrong = {name: out for name, out in seen.items() if out != "0.5\n"}
    assert not wrong


def test_the_function_stands_below_the_import_that_it_needs() -> None:
    helper = "def helper(): pass\n"
    check_rewritten(
        helper + HEAD + P,
        f"{helper}import argparse\nimport os\nimport sys\nimport wandb\n\n\n{JOB_ARGS}\n\n"
        + AFTER,
        "argv",
    )


def test_imports_stand_above_the_parse_though_others_stand_below() -> None:
    rest = "import random\nprint(random.random())\n"
    by_name = (BY_NAME + P + rest).replace("argparse.A", "A")
    after = "import argparse\nimport os\nimport sys\n" + BY_NAME + f"\n\n{JOB_ARGS}\n\n"
    check_rewritten(by_name, after + (AFTER + rest).replace("argparse.A", "A"), "argv")


@pytest.mark.parametrize(
    ("said", "added"),
    [
        ("  # noqa: E402", "  # noqa: E402"),
        ("  # noqa:E402", "  # noqa:E402"),
        # of that line alone
        ("  # noqa: E402, F401", ""),
        ("  # noqa: F401", ""),
        ("  # noqa", ""),
        ("  # late, for the path is set above", ""),
    ],
)
def test_an_import_among_late_ones_is_excused_like_them(said: str, added: str) -> None:
    head = f"helper = 1\nimport argparse{said}\n{{}}import wandb{said}\n{{}}"
    more = f"import os{added}\nimport sys{added}\n"
    check_rewritten(
        head.format("", "") + P, head.format(more, f"\n\n{JOB_ARGS}\n\n") + AFTER, "argv"
    )


def test_the_function_stands_above_a_block_that_parses() -> None:
    tried = "try:\n    import wandb\n{}finally:\n    pass\n"
    check_rewritten(
        "import argparse\n" + tried.format(indent(P, "    ")),
        f"import argparse\nimport os\nimport sys\n\n\n{JOB_ARGS}\n\n"
        + tried.format(indent(AFTER, "    ")),
        "argv",
    )


def test_statements_on_one_line_get_their_modules_above_it() -> None:
    before = "; ".join((HEAD + P).splitlines()) + "\n"
    check_rewritten(
        before,
        f"import argparse\nimport os\nimport sys\n\n\n{JOB_ARGS}\n\n"
        + "; ".join((HEAD + AFTER).splitlines())
        + "\n",
        "argv",
    )


@pytest.mark.parametrize(
    ("imported", "name", "line"),
    [
        ("from shutil import copy as os\n", "os", 3),
        ("import json as sys\n", "sys", 3),
        ("if True:\n    import json as sys\n", "sys", 4),
        ("import os.path as os\n", "os", 3),
        ("import os\ndel os\n", "os", 3),
        ("def f():\n    global sys\n    import json as sys\n", "sys", 5),
    ],
)
def test_a_name_that_an_import_gives_to_something_else(
    imported: str, name: str, line: int
) -> None:
    phrase = f"the name {name} stands for something else than the module"
    check_refused(HEAD + imported + P, phrase, line)


def test_argparse_that_is_something_else_is_refused() -> None:
    source = f"{BY_NAME}from json import dumps as argparse\n{P}".replace("argparse.A", "A")
    check_refused(source, "the name argparse stands for something else", 3)


def test_a_wandb_that_is_something_else_gets_no_init() -> None:
    source = f"from tracking import wandb\nimport argparse\n{WITHOUT_INIT}"
    phrase = "the name wandb stands for something else than the module"
    check_refused(source, phrase, 1, add_init=True)


@pytest.mark.parametrize(
    ("module", "add_init", "line"), [("sys", False, 6), ("wandb", True, 6)]
)
def test_a_module_that_the_same_function_imports_too_late(
    module: str, add_init: bool, line: int
) -> None:
    body = WITHOUT_INIT if add_init else P
    source = f"{HEAD}def main():\n{indent(body, '    ')}    import {module}\nmain()\n"
    phrase = f"{module} is imported by the same function, but not before this line"
    check_refused(source, phrase, line, add_init=add_init)


def test_a_parse_on_the_line_of_the_docstring_leaves_no_room() -> None:
    source = '"""Doc."""; ' + "; ".join((HEAD + P).splitlines()) + "\n"
    check_refused(source, "the file parses where it begins", 1)


@pytest.mark.parametrize("name", ["a function above the imports", "all on one line"])
def test_a_second_run_changes_nothing(name: str) -> None:
    outcome = migrated(SCRIPTS[name])
    assert isinstance(outcome, Rewritten)
    check_noop(outcome.text, "takes launched values already")


def test_a_renewed_function_gets_the_modules_that_it_needs_now() -> None:
    words = P.replace("parse_args()", "parse_args(['--lr', '1'])")
    outcome = migrated(HEAD + words)
    assert isinstance(outcome, Rewritten)
    assert "import sys" not in outcome.text
    command = "sub = parser.add_subparsers(dest='what')\nsub.add_parser('train')\n"
    grown = outcome.text.replace("args = ", f"{command}args = ")
    renewed = migrated(grown)
    assert isinstance(renewed, Rewritten), renewed
    assert "sys.argv[1:]" in renewed.text
    assert renewed.text.startswith("import argparse\nimport os\nimport sys\n")
