from __future__ import annotations

import ast
import io
import random
import subprocess
import sys
import tokenize
from dataclasses import replace
from pathlib import Path

import pytest

from jobready.edits.job_args import (
    EVERY_BRANCH,
    WITHOUT_COMMANDS,
    Branch,
    branches,
    complete,
    emit,
    recognise,
    unsupported,
)
from tests.edits.matrix import ROWS
from tests.edits.matrix_laws import Option, option, parameters
from tests.edits.matrix_types import Crossed, OnOff, Sgd, numbers, str2bool

LR = option("--lr", type=float, default=0.1)
TAG = option("--tag", default="x")
AMP = option("--amp", action="store_true")

chooser = random.Random(0)
VARIANTS = sorted(
    {
        *(branches(parameters(r.options)) for r in ROWS),
        *(branches(parameters(r.options, opaque=True)) for r in ROWS),
        *(
            complete(chooser.sample(list(Branch), chooser.randint(0, 12)))
            for _ in range(100)
        ),
        *(
            complete([*branches(parameters(options)), Branch.OLDER])
            for options in ([LR], [TAG], [AMP], [option("--s", type=numbers)])
        ),
        EVERY_BRANCH,
    },
    key=lambda found: sorted(b.name for b in found),
)


def function(text: str) -> ast.FunctionDef:
    (found,) = ast.parse(text).body
    assert isinstance(found, ast.FunctionDef)
    return found


def _strings(text: str) -> list[str]:
    tokens = tokenize.generate_tokens(io.StringIO(text).readline)
    return [t.string for t in tokens if t.type == tokenize.STRING]


def lines(*branch: Branch) -> int:
    return len([line for line in emit(complete(branch)).splitlines() if line])


def test_numbers_need_eleven_lines() -> None:
    assert branches(parameters([LR])) == frozenset()
    assert emit(frozenset()) == (
        "def job_args(parser: argparse.ArgumentParser) -> list[str]:\n"
        '    """Return the config of a launched W&B job as arguments for the parser."""\n'
        '    if os.environ.get("WANDB_LAUNCH") not in ("True", "true", "1"):\n'
        "        return []\n"
        "    from wandb.sdk.launch import load_wandb_config\n"
        "\n"
        "    config = load_wandb_config()\n"
        "    known = "
        '[a for a in parser._actions if a.dest in config and a.dest != "help"]\n'
        "    odd = [a.dest for a in known if a.nargs is not None]\n"
        "    if odd:\n"
        "        parser.error("
        'f"argument {odd[0]}: invalid W&B config: {config[odd[0]]!r}")\n'
        '    return [f"{a.option_strings[-1]}={config[a.dest]}" for a in known]\n'
    )


def test_numbers_text_none_and_switches_stay_short() -> None:
    needed = branches(parameters([LR, TAG, AMP, option("--out")]))
    assert needed == {Branch.DEFAULT, Branch.SWITCH}
    assert lines(*needed) <= 26


SWITCHED_ON = option("--f", action="store_true", default=True, group="required exclusive")


@pytest.mark.parametrize(
    ("options", "branch"),
    [
        ([LR, option("--d", required=True), AMP], Branch.REQUIRED),
        ([option("--b", default=(1, 2))], Branch.RECORDED),
        ([option("--n", type=int, default=1e5)], Branch.WHOLE),
        ([option("--g", nargs="+")], Branch.LIST),
        ([option("--f", type=bool)], Branch.BOOL),
        ([option("--f", type=str2bool, kind="boolean")], Branch.BOOLEAN),
        ([option("--s", type=numbers)], Branch.OWN),
        ([option("data")], Branch.POSITIONAL),
        ([AMP, option("--no-amp", dest="amp", action="store_false")], Branch.SHARED),
        ([option("-v", action="count")], Branch.COUNT),
    ],
)
def test_a_feature_brings_its_branch(options: list[Option], branch: Branch) -> None:
    assert branch in branches(parameters(options))
    assert branch not in branches(parameters([LR, TAG, AMP]))


def test_parameters_that_the_source_does_not_show_bring_every_branch() -> None:
    anything = replace(*parameters([LR]), type_kind="any")
    assert branches([anything]) == WITHOUT_COMMANDS


@pytest.mark.parametrize(
    ("options", "cause"),
    [
        ([option("--rest", nargs="...")], "rest of the command line"),
        ([option("--t", dest="t", action="append_const", const=1)], "append_const"),
        ([option("--t", action="append", default=[1])], "items in its default"),
        ([option("--kw", default={1: 2})], "keys"),
        ([LR, option("--rate", dest="lr", type=int)], "line 1"),
        ([option("lr"), option("--lr")], "positional"),
        ([option("n", type=int, nargs="*", default="5")], "doesn't convert"),
        ([option("--c", type=Crossed, kind="mixed enum")], "another's value"),
        ([option("--on", action=OnOff, group="required exclusive")], "group needs"),
        ([SWITCHED_ON], "is on already in a group that needs one"),
    ],
)
def test_what_cannot_be_given_rightly_is_told(options: list[Option], cause: str) -> None:
    (reason,) = unsupported(parameters(options))
    assert cause in reason.message
    assert reason.line == len(options)


def test_what_can_be_given_is_not_refused() -> None:
    const = option("--sgd", dest="opt", action="store_const", const=Sgd)
    grouped = option("--on", action=OnOff, group="exclusive")
    data = option("data", nargs="*")
    assert unsupported(parameters([LR, TAG, AMP, const, grouped, data])) == ()


@pytest.mark.parametrize("needed", VARIANTS)
def test_the_function_is_recognised_however_it_is_laid_out(
    needed: frozenset[Branch],
) -> None:
    for text in (
        emit(needed),
        emit(needed, quote="'", indent="\t"),
        emit(needed, name="launched", argparse="ap", os="operating", annotated=False),
        emit(needed, indent="  ").replace("(parser", "(\n    parser", 1),
    ):
        assert recognise(function(text)) == needed


def test_a_function_that_was_edited_is_not_ours() -> None:
    text = emit(EVERY_BRANCH)
    assert recognise(function(text.replace("args.append", "args.extend"))) is None
    assert (
        recognise(function(text.replace("return args", "print(args)\n    return args")))
        is None
    )
    assert recognise(function("def job_args(parser):\n    return []\n")) is None
    assert recognise(function("@cache\n" + text)) is None


def test_quotes_indent_and_names_are_the_scripts_own() -> None:
    text = emit(EVERY_BRANCH, quote="'", indent="\t", argparse="ap", name="launched")
    assert text.startswith('def launched(parser: ap.ArgumentParser) -> list[str]:\n\t"""')
    strings = [t for t in _strings(text) if not t.startswith('"""')]
    assert all(t.lstrip("f").startswith("'") for t in strings)
    assert "argparse." not in text
    compile(text, "job_args", "exec")


def test_without_annotations_no_name_is_needed_for_them() -> None:
    tree = ast.parse(emit(EVERY_BRANCH, annotated=False))
    assert not any(getattr(n, "annotation", None) for n in ast.walk(tree))
    assert not any(getattr(n, "returns", None) for n in ast.walk(tree))


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("emitted")
    start = "from __future__ import annotations\n\nimport argparse\nimport os\n"
    for number, needed in enumerate(VARIANTS):
        text = emit(needed)
        also = "import sys\n\n\n" if "sys." in text else "\n\n"
        (folder / f"variant_{number}.py").write_text(start + also + text)
    return folder


@pytest.mark.parametrize(
    "command",
    ["black --check -q", "ruff format --isolated --check", "ruff check --isolated"],
)
def test_formatters_and_linters_leave_it_as_it_is(written: Path, command: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", *command.split(), str(written)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_strict_mypy_accepts_it(written: Path) -> None:
    from mypy import api

    options = ["--strict", "--follow-imports=silent", f"--cache-dir={written / 'cache'}"]
    out, err, code = api.run([*options, *map(str, sorted(written.glob("*.py"))[::12])])
    assert code == 0, out + err
