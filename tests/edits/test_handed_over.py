"""Parameters that go by the environment to a run that starts far from their parse."""

from __future__ import annotations

from pathlib import Path

import pytest

from jobready.edits.migrate import Linked, migrate_text
from jobready.edits.options import Options
from jobready.outcome import Refused, Rewritten, Unchanged
from jobready.project.environment import Environment
from jobready.script.files.library import Library
from tests.edits.tools import NEEDY, migrated

WIDE = Environment(line_length=120, type_checked=False, wandb_version=None)
NAME = '"RUN_PARAMETERS " + sys.argv[0]'
LEFT = f"os.environ[{NAME}] = json.dumps(vars(args), default=str, skipkeys=True)"
TAKEN = f'json.loads(os.environ.get({NAME}, "{{}}"))'
START = "def start(config):\n    wandb.init(config=config)\n"
MAIN = """\
def main():
    args = parser.parse_args()
    print(args.data)
    start(read())

main()
"""


def lines_of(script: str) -> list[str]:
    """The lines of a script that was rewritten."""
    outcome = migrated(script, WIDE)
    assert isinstance(outcome, Rewritten), outcome
    assert isinstance(migrated(outcome.text), Unchanged)
    return outcome.text.splitlines()


def refusal(script: str) -> str:
    """Why a script is refused."""
    outcome = migrated(script)
    assert isinstance(outcome, Refused), outcome
    return outcome.reasons[0].message


@pytest.mark.parametrize(
    "parse", ["args = parser.parse_args()", "args, rest = parser.parse_known_args()"]
)
def test_the_values_are_left_behind_the_parse(parse: str) -> None:
    lines = lines_of(NEEDY + START + MAIN.replace("args = parser.parse_args()", parse))
    start = next(i for i, line in enumerate(lines) if ".parse" in line)
    assert lines[start + 1] == f"    {LEFT}"


@pytest.mark.parametrize(
    "text",
    [
        "    json = 3\n",
        "    import json\n    json = 3\n",
        "    import simplejson as json\n",
        "    from os import path as os\n",
        "    for os in ():\n        pass\n",
    ],
)
def test_a_function_that_hides_a_module_from_the_lines(text: str) -> None:
    for script in (
        START + text + MAIN,
        START + MAIN.replace("\nmain()", f"{text}\nmain()"),
    ):
        assert "stands for something else here" in refusal(NEEDY + script)


@pytest.mark.parametrize("text", ["import os", "import os.path", "if wandb: import os"])
def test_lines_that_import_what_their_function_imports_below(text: str) -> None:
    below = f"    {text}\n"
    lines = lines_of(NEEDY + START + below + MAIN)
    init = next(i for i, line in enumerate(lines) if "wandb.init(" in line)
    assert lines[init + 1] == "    import os"
    lines = lines_of(NEEDY + START + MAIN.replace("\nmain()", f"{below}\nmain()"))
    assert lines[lines.index(f"    {LEFT}") - 1] == "    import os"
    assert "import json" in lines  # which no function imports


def test_a_function_around_it_that_imports_a_module() -> None:
    inner = START.replace("\n", "\n    ").rstrip(" ")
    outer = f"def outer():\n    {inner}    start(1)\n    import os\n"
    assert "os is imported by the same function" in refusal(NEEDY + outer + MAIN)


def test_a_function_that_imports_the_module_before() -> None:
    start = START.replace("    wandb", "    import os\n\n    wandb")
    lines = lines_of(NEEDY + start + MAIN)
    assert any(TAKEN in line for line in lines)


def test_a_function_that_returns_what_it_parses() -> None:
    getter = "def options():\n    return parser.parse_args()\n"
    main = MAIN.replace("parser.parse_args()", "options()")
    lines = lines_of(NEEDY + getter + START + main)
    assert lines[lines.index("    args = options()") + 1] == f"    {LEFT}"


def test_a_secret_is_not_left() -> None:
    secret = NEEDY.replace("--data", "--api-key")
    lines = lines_of(secret + START + MAIN.replace("data", "api_key"))
    assert '{k: v for k, v in vars(args).items() if k != "api_key"}' in " ".join(lines)


@pytest.mark.parametrize("given", ["func=start", "func=Own()"])
def test_an_object_beside_the_parameters_is_not_left(given: str) -> None:
    main = MAIN.replace("main():\n", f"main():\n    parser.set_defaults({given})\n")
    lines = lines_of(NEEDY + START + main)
    assert '{k: v for k, v in vars(args).items() if k != "func"}' in " ".join(lines)


@pytest.mark.parametrize("given", ["stage='train'", "data=read()", "**read()"])
def test_texts_and_parameters_are_left(given: str) -> None:
    main = MAIN.replace("main():\n", f"main():\n    parser.set_defaults({given})\n")
    assert f"    {LEFT}" in lines_of(
        NEEDY.replace("True", "False, type=str") + START + main
    )


@pytest.mark.parametrize("config", ["config=config", "", "config={'a': 1}"])
def test_they_are_taken_where_the_run_starts(config: str) -> None:
    start = START.replace("config=config", config) + "hooks = [start]\n"
    lines = lines_of(NEEDY + start + MAIN)
    init = next(i for i, line in enumerate(lines) if "wandb.init(" in line)
    update = " ".join(line.strip() for line in lines[init + 1 : init + 5])
    made = f'{{f"args/{{k}}": v for k, v in {TAKEN}.items()}}'
    assert update == f"wandb.config.update( {made}, allow_val_change=True, )"
    assert {"import json", "import os", "import sys"} <= set(lines)


@pytest.mark.parametrize(
    ("options", "why"),
    [
        ("type=str.encode", "has values that no environment takes"),
        ("type=lambda text: Kind(text)", "has values that no environment takes"),
        ("type=eval", "has values that no environment takes"),
        ("type=ast.literal_eval", "has values that no environment takes"),
        ("type=yaml.safe_load", "has values that no environment takes"),
        ("type=argparse.FileType('r'), default=sys.stdin", "may have a default"),
        ("type=json.loads, default=other()", "may have a default"),
        ("type=json.loads, default={'a': b''}", "may have a default"),
        ("type=Kind", "has values that no environment takes"),
        ("action=Own", "has values that no environment takes"),
        ("default=b'x'", "may have a default"),
        ("default={1}", "may have a default"),
        ("default=Adam", "may have a default"),
        ("default='a'.encode()", "may have a default"),
        ("default=os.getenv('A') or frozenset()", "may have a default"),
        ("default=str(3).isdigit", "may have a default"),
        ("action='store_const', const=Adam", "may have a default"),
    ],
)
def test_values_of_which_json_makes_others(options: str, why: str) -> None:
    head = NEEDY.replace("parser.add", f"parser.add_argument('--x', {options})\nparser.add")
    head = head.replace(
        "import wandb\n", "import ast, json, yaml\nimport wandb\nfrom own import *\n"
    )
    assert why in refusal(head + START + MAIN)


@pytest.mark.parametrize(
    "options",
    [
        "type=Path, default=Path('x')",
        "type=float, default=other()",
        "type=str, default=other()",
        "default=os.path.join('a', 'b')",
        "default=f'{x()}'",
        "default=os.environ.get('A') or 'b'",
        "default='a-{}'.format(x())",
        "default='%s' % x()",
        "default=2 * 1e-4",
        "default=(1, 2), nargs=2, type=int",
        "default={'a': [1, None]}",
        "action='store_const', const='x'",
        "type=json.loads, default={}",
        "type=str.lower, default='A'",
        "type=lambda text: int(text) or float(text)",
        "type=json.loads, default='{}', nargs='+'",
        "type=argparse.FileType('r'), default='log.json'",
        "type=lambda text: tuple(map(int, text.split(','))), default='0,1'",
    ],
)
def test_values_that_json_has_as_wandb_records_them(options: str) -> None:
    head = NEEDY.replace("parser.add", f"parser.add_argument('--x', {options})\nparser.add")
    imports = "import json\nimport os\nfrom pathlib import Path\nimport wandb\n"
    lines = lines_of(head.replace("import wandb\n", imports) + START + MAIN)
    assert f"    {LEFT}" in [line.replace("'", '"') for line in lines]


def with_default(text: str, names: str) -> str:
    head = NEEDY.replace(
        "parser.add", f"parser.add_argument('x', {text}, nargs='?')\nparser.add"
    )
    return head.replace(
        "import wandb\n", f"from pathlib import Path\nimport wandb\n{names}"
    )


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("default=OUT", "OUT = 'out'\n"),
        ("default=OUT, const=COUNT", "OUT: str = 'out'\nCOUNT = 3\n"),
        ("default=OUT", "if wandb:\n    OUT = 'out'\nelse:\n    OUT = None\n"),
    ],
)
def test_a_default_that_is_a_constant_of_the_source(text: str, names: str) -> None:
    lines = lines_of(with_default(text, names) + START + MAIN)
    assert f"    {LEFT}" in [line.replace("'", '"') for line in lines]


@pytest.mark.parametrize(
    ("names", "later"),
    [
        ("OUT = b'out'\n", ""),
        ("OUT = Path('a') / read()\n", ""),
        ("OUT, b = 'out', {1}\n", ""),
        ("OUT = 'out'\nOUT += read()\n", ""),
        ("OUT = 'out'\nfrom own import *\n", ""),
        ("OUT = 'out'\nimport own as OUT\n", ""),
        ("OUT = 'out'\n", "def other():\n    global OUT\n    OUT = Path('out')\n"),
        ("OUT = 'out'\n", "import own\nown.OUT = Path('out')\n"),
        ("for OUT in read():\n    pass\n", ""),
        ("from own import OUT\n", ""),
    ],
)
def test_a_default_that_is_a_name_of_anything_else(names: str, later: str) -> None:
    script = with_default("default=OUT", names) + later + START + MAIN
    assert "may have a default" in refusal(script)


FILES = NEEDY.replace("parser.add", 'parser.add_argument("x", nargs="+")\nparser.add')
SHORT = 'k: v if len(ascii(v)) < 10_000 else {"too long": len(ascii(v))}'


def test_files_are_left_as_far_as_a_variable_can_hold_them() -> None:
    lines = lines_of(FILES + START + MAIN)
    start = next(i for i, line in enumerate(lines) if "parse_args(" in line)
    left = " ".join(line.strip() for line in lines[start + 1 : start + 6])
    made = f"{{{SHORT} for k, v in vars(args).items()}}"
    assert left == (
        f"os.environ[{NAME}] = json.dumps( {made}, default=str, skipkeys=True, )"
    )


def test_files_beside_a_secret() -> None:
    secret = 'parser.add_argument("--api-key")\n'
    lines = lines_of(FILES.replace("parser.add", f"{secret}parser.add", 1) + START + MAIN)
    loop = f'{{ {SHORT} for k, v in vars(args).items() if k != "api_key" }}'
    assert loop in " ".join(line.strip() for line in lines)


@pytest.mark.parametrize(
    "option",
    [
        "'--x2', type=json.loads, default={}",
        "'--x2', type=json.loads, default='{}'",
        "'--x2', type=json.loads",
        "'--x2', default={'a': 1}",
        "'--x2', type=str, default=other()",
    ],
)
def test_files_that_may_be_too_long_beside_an_object(option: str) -> None:
    head = FILES.replace("parser.add", f"parser.add_argument({option})\nparser.add", 1)
    head = f"import json\nfrom own import other\n{head}"
    assert "x may have more values than the environment" in refusal(head + START + MAIN)


@pytest.mark.parametrize("name", ["len", "ascii"])
def test_files_where_a_name_stands_for_something_else(name: str) -> None:
    main = MAIN.replace("    print", f"    {name} = 3\n    print")
    why = refusal(FILES + START + main)
    assert f"{name} stands for something else" in why


@pytest.mark.parametrize("nargs", ['"?"', "1"])
def test_a_value_that_is_one_word_needs_no_measure(nargs: str) -> None:
    main = MAIN.replace("    print", "    len = 3\n    print")
    lines = lines_of(FILES.replace('"+"', nargs) + START + main)
    assert f"    {LEFT}" in lines


def test_across_files(tmp_path: Path) -> None:
    logger = tmp_path / "logger.py"
    logger.write_text(f'"""Logging."""\n\nimport wandb\n\n\n{START}')
    script = tmp_path / "train.py"
    text = f"import argparse\n\nfrom logger import start\n\n{NEEDY.split('wandb')[1]}{MAIN}"
    script.write_text(text)
    linked = Linked(script, Library())
    outcome = migrate_text(text, Options(), WIDE, linked)
    assert isinstance(outcome, Rewritten), outcome
    assert f"    {LEFT}\n" in outcome.text
    ((_, new),) = outcome.also
    assert new.startswith(
        '"""Logging."""\n\nimport json\nimport os\nimport sys\n\nimport wandb'
    )
    assert TAKEN in new
    assert any("RUN_PARAMETERS" in reason.message for reason in outcome.reasons)


def test_a_second_script_of_the_same_run(tmp_path: Path) -> None:
    logger = tmp_path / "logger.py"
    logger.write_text(f"import json\nimport os\n\nimport wandb\n\n\n{START}")
    text = f"import argparse\n\nfrom logger import start\n\n{NEEDY.split('wandb')[1]}{MAIN}"
    changed = []
    for name in ("train.py", "tune.py"):
        script = tmp_path / name
        script.write_text(text)
        linked = Linked(script, Library())
        outcome = migrate_text(text, Options(), WIDE, linked)
        assert isinstance(outcome, Rewritten), outcome
        assert f"    {LEFT}\n" in outcome.text
        for _, new in outcome.also:
            logger.write_text(new)
        changed.append(len(outcome.also))
        said = " ".join(reason.message for reason in outcome.reasons)
        assert "json.loads" not in said  # what jobready wrote is nothing to mend
    assert changed == [1, 0]  # it takes the parameters of any
    assert logger.read_text().count(TAKEN) == 1


@pytest.mark.parametrize(
    ("script", "why"),
    [
        (
            NEEDY + START + MAIN.replace("args = parser", "box.args = parser"),
            "no name there holds",
        ),
        (
            NEEDY
            + START
            + MAIN.replace("args = parser", "args = parser.parse_args() or parser"),
            "no name there holds",
        ),
        (
            NEEDY + START + MAIN.replace("parse_args()", "parse_args(); more()"),
            "no line fits in",
        ),
        (
            NEEDY
            + 'other = argparse.ArgumentParser()\nother.add_argument("--n")\n'
            + START
            + MAIN.replace(
                "start(read())", "print(other.parse_args().n)\n    start(read())"
            ),
            "several parses",
        ),
        (
            f"import json as js\n{NEEDY}{START}{MAIN}",
            "calls json js",
        ),
    ],
)
def test_what_can_not_be_left_or_taken(script: str, why: str) -> None:
    assert why in refusal(script)


def test_a_tap_is_more_than_its_values() -> None:
    script = "import wandb\nfrom tap import Tap\n\nclass Options(Tap):\n    data: str\n\n"
    main = MAIN.replace("parser.parse_args()", "Options().parse_args()")
    assert "takes a Tap" in refusal(script + START + main)


def test_a_variable_of_the_scripts_own_is_none_of_ours() -> None:
    own = LEFT.replace("json.dumps", "str").replace(", default=str", "")
    main = MAIN.replace("    print", f"    {own}\n    print")
    start = START + f"    wandb.config.update({TAKEN})\n"
    lines = lines_of("import json\nimport os\n" + NEEDY + start + main)
    assert f"    {LEFT}" in lines


def test_a_run_that_has_them_of_one_parse_and_not_of_another() -> None:
    update = f'wandb.config.update({{f"args/{{k}}": v for k, v in {TAKEN}.items()}})'
    start = f"def start(config):\n    wandb.init()\n    {update}\n"
    other = 'other = argparse.ArgumentParser()\nother.add_argument("--n")\n'
    main = MAIN.replace("    print", f"    {LEFT}\n    print")
    main = main.replace("start(read())", "print(other.parse_args().n)\n    start(1)")
    assert "several parses" in refusal(f"import json, os\n{NEEDY}{other}{start}{main}")
