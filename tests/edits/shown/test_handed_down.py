"""Arguments that reach a run by a new parameter of the function that starts it."""

from __future__ import annotations

from pathlib import Path

import pytest

from jobready.edits.migrate import Linked, migrate_text
from jobready.edits.options import Options
from jobready.outcome import Refused, Rewritten, Unchanged
from jobready.project.environment import Environment
from jobready.script.files.library import Library
from tests.edits.tools import (
    NEEDY,
    NEWEST,
    by_environment,
    is_doubted,
    migrated,
)

START = "def start(name):\n    wandb.init(name=name)\n"
MAIN = """
def main():
    args = parser.parse_args()
    start('a')
    print(args.data)

main()
"""
LOGGER = """
class Logger:
    def __init__(self, name):
        wandb.init(name=name)
"""
WITH_LOGGER = MAIN.replace("start(", "log = Logger(")


def changed(script: str, environment: Environment = NEWEST) -> list[str]:
    """The lines that a script has for the handing down, and didn't before."""
    outcome = migrated(NEEDY + script, environment)
    assert isinstance(outcome, Rewritten), outcome
    assert isinstance(migrated(outcome.text, environment), Unchanged)
    old = script.splitlines()
    below = outcome.text.split("required=True)\n")[1].splitlines()
    return [line.strip() for line in below if line not in old and "job_args" not in line]


def not_handed_down(script: str) -> None:
    """The environment takes the parameters to the run instead, if anything does."""
    outcome = migrated(NEEDY + script)
    if not isinstance(outcome, Refused):
        assert by_environment(outcome), outcome
        assert isinstance(outcome, Rewritten)
        assert "config=vars(args)" not in outcome.text
        assert isinstance(migrated(outcome.text), Unchanged)


def test_the_function_gets_a_parameter() -> None:
    assert changed(START + MAIN) == [
        "def start(name, config=None):",
        "wandb.init(name=name, config=config)",
        "start('a', config=vars(args))",
    ]


def test_a_class_whose_objects_start_the_run() -> None:
    assert changed(LOGGER + WITH_LOGGER) == [
        "def __init__(self, name, config=None):",
        "wandb.init(name=name, config=config)",
        "log = Logger('a', config=vars(args))",
    ]


def test_through_a_function_between() -> None:
    train = "\ndef train():\n    start('a')\n"
    main = MAIN.replace("    start('a')", "    train()")
    assert changed(START + train + main) == [
        "def start(name, config=None):",
        "wandb.init(name=name, config=config)",
        "def train(config=None):",
        "start('a', config=config)",
        "train(config=vars(args))",
    ]


def test_by_each_call_that_gets_there() -> None:
    main = MAIN.replace("    start('a')", "    start('a') if args.data else start('b')")
    line = "start('a', config=vars(args)) if args.data else start('b', config=vars(args))"
    assert changed(START + main)[2] == line


def test_two_calls_of_a_function_between() -> None:
    train = "\ndef train(x):\n    start('a') if x else start('b')\n"
    main = MAIN.replace("    start('a')", "    train(1)\n    train(2)")
    assert changed(START + train + main)[2:] == [
        "def train(x, config=None):",
        "start('a', config=config) if x else start('b', config=config)",
        "train(1, config=vars(args))",
        "train(2, config=vars(args))",
    ]


def test_a_function_that_calls_itself() -> None:
    not_handed_down(
        START + "\ndef train():\n    train()\n    start('a')\n\ntrain()\n" + MAIN
    )


def test_beside_a_config_of_its_own() -> None:
    start = START.replace("name=name", "config={'seed': 1}")
    assert changed(start + MAIN)[1] == "wandb.init(config={**(config or {}), 'seed': 1})"


def test_a_name_that_the_function_uses_is_not_taken() -> None:
    start = START.replace("\n    wandb", "\n    config = read(name)\n    wandb")
    assert changed(start + MAIN)[0] == "def start(name, run_config=None):"


def test_a_name_of_the_module_is_not_hidden() -> None:
    lines = changed(f"import config\n{START}{MAIN}")
    assert lines[0] == "def start(name, run_config=None):"


def test_a_secret_is_not_handed_down() -> None:
    key = 'parser.add_argument("--api_key")\n'
    held = '{k: v for k, v in vars(args).items() if k != "api_key"}'
    assert f"start('a', config={held})" in changed(key + START + MAIN)


def test_not_what_lacks_a_parameter_by_then() -> None:
    gone = MAIN.replace("    start('a')", "    del args.data\n    start('a')")
    outcome = migrated(NEEDY + START + gone.replace("    print(args.data)\n", ""))
    assert by_environment(outcome), outcome


def test_what_is_taken_out_of_a_copy_is_still_there() -> None:
    copied = MAIN.replace(
        "    start('a')",
        "    more = dict(vars(args))\n    more.pop('data')\n    start('a')",
    )
    assert "start('a', config=vars(args))" in changed(START + copied)


def test_two_stages_are_handed_down_together() -> None:
    first = "first = argparse.ArgumentParser()\nfirst.add_argument('--lr')\n"
    main = MAIN.replace(
        "args = parser.parse_args()",
        "known, rest = first.parse_known_args()\n    args = parser.parse_args(rest)",
    )
    together = "start('a', config={**vars(known), **vars(args)})"
    assert together in changed(first + START + main)


@pytest.mark.parametrize(
    ("head", "python", "annotation"),
    [
        ("", (3, 10), "dict[str, object] | None"),
        ("", (3, 9), '"dict[str, object] | None"'),
        ("import typing as T\nX = T.Any\n", (3, 10), "T.Optional[T.Dict[str, T.Any]]"),
        ("from typing import Any, Dict, Optional\n", (3, 9), "Optional[Dict[str, Any]]"),
    ],
)
def test_annotated_as_the_file_annotates(
    head: str, python: tuple[int, int], annotation: str
) -> None:
    environment = Environment(88, True, None, python)
    start = START.replace("(name)", "(name: str)")
    lines = changed(head + start + MAIN, environment)
    assert lines[0] == f"def start(name: str, config: {annotation} = None):"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("def start():", "def start(config=None):"),
        ("def start(*, a=1):", "def start(*, a=1, config=None):"),
        ("def start(a=1, /):", "def start(a=1, /, config=None):"),
        (
            "def start(\n    a=1,  # one\n):",
            "def start(\n    a=1,  # one\n    config=None,\n):",
        ),
        (
            "def start(a=1,\n          b=2):",
            "def start(a=1,\n          b=2,\n          config=None):",
        ),
        ("def start(\n    a=1, b=2\n):", "def start(\n    a=1, b=2, config=None\n):"),
        (
            f"def start({'a' * 40}=1, {'b' * 30}=2):",
            f"def start(\n    {'a' * 40}=1,\n    {'b' * 30}=2,\n    config=None,\n):",
        ),
    ],
)
def test_written_as_the_other_parameters_are(before: str, after: str) -> None:
    main = MAIN.replace("start('a')", "start()")
    outcome = migrated(f"{NEEDY}\n{before}\n    wandb.init()\n{main}")
    assert isinstance(outcome, Rewritten), outcome
    assert f"{after}\n    wandb.init(config=config)\n" in outcome.text


def test_across_files_and_for_a_second_script(tmp_path: Path) -> None:
    logger = tmp_path / "logger.py"
    logger.write_text(f"import wandb\n\n\n{START}")
    script = tmp_path / "train.py"
    head = NEEDY.replace("import wandb", "from logger import start")
    script.write_text(head + MAIN)
    outcome = migrate_text(head + MAIN, Options(), NEWEST, Linked(script, Library()))
    assert isinstance(outcome, Rewritten), outcome
    ((_, new),) = outcome.also
    assert "def start(name, config=None):\n    wandb.init(name=name, config=config)" in new

    logger.write_text(new)  # which another script finds so
    outcome = migrate_text(head + MAIN, Options(), NEWEST, Linked(script, Library()))
    assert isinstance(outcome, Rewritten), outcome
    assert not outcome.also
    assert "start('a', config=vars(args))" in outcome.text


def test_a_chain_that_another_script_has_got_already() -> None:
    chain = (
        "def start(config=None):\n    wandb.init(config=config)\n\n"
        "def train(config=None):\n    start(config=config)\n"
    )
    main = MAIN.replace("start('a')", "train()")
    assert changed(chain + main) == ["train(config=vars(args))"]


@pytest.mark.parametrize(
    "start",
    [
        "@once\n" + START,
        START.replace("(name)", "(name, **more)"),
        START.replace("(name)", "(name, *more)"),
        START.replace("    wandb", "    save(locals())\n    wandb"),
        START.replace("    wandb", "    save(vars())\n    wandb"),
        "import inspect\n" + START.replace("    wandb", "    inspect.stack()\n    wandb"),
        START.replace(
            "    wandb", "    config, run_config, wandb_config = read()\n    wandb"
        ),
        f"{START}if read():\n    def start(name):\n        pass\n",
        "if read():\n    def start(name):\n        wandb.init(name=name)\n",
        f"{START}start('again')\n",
        f"{START}\ndef other():\n    start('again')\n\nother()\n",
        f"{START}table = [start]\n",
        f"{START}thread = Thread(target=start)\n",
        f"{START}another = partial(start, 'a')\n",
        f"{START}start = traced(start)\n",
        "def outer():\n    def start():\n        wandb.init()\n    start()\n\n"
        "def start(name):\n    outer()\n    hooks = [outer]\n",
    ],
)
def test_a_function_that_may_be_called_otherwise(start: str) -> None:
    not_handed_down(start + MAIN)


@pytest.mark.parametrize(
    "logger",
    [
        LOGGER.replace("class", "@register\nclass"),
        LOGGER.replace("Logger:", "Logger(Base):"),
        LOGGER.replace("Logger:", "Logger(metaclass=Meta):"),
        f"{LOGGER}\n    def __new__(cls, *args):\n        return object.__new__(cls)\n",
        f"{LOGGER}\nclass Other(Logger):\n    pass\n",
        LOGGER.replace(
            "        wandb", "        self.save_hyperparameters()\n        wandb"
        ),
        f"{LOGGER}\nloggers = {{'wandb': Logger}}\n",
        f"{LOGGER}\nLogger('another')\n",
    ],
)
def test_a_class_that_may_be_called_otherwise(logger: str) -> None:
    not_handed_down(logger + WITH_LOGGER)


@pytest.mark.parametrize(
    "use", ["def log(x: Logger) -> Logger:\n    pass\n", "isinstance(1, Logger)\n"]
)
def test_a_class_that_is_named_as_a_type(use: str) -> None:
    assert changed(f"{LOGGER}\n{use}{WITH_LOGGER}")[0].startswith("def __init__(self")


def test_a_method_that_a_framework_may_call() -> None:
    fit = LOGGER.replace("__init__(self, name)", "on_fit(self)").replace("name=name", "")
    not_handed_down(fit + WITH_LOGGER.replace("Logger('a')", "Logger().on_fit()"))


@pytest.mark.parametrize(
    "main",
    [
        MAIN.replace(
            "    args = parser", "    args = None\n    if ready():\n        args = parser"
        ),
        "\ndef main(args=None):\n    start('a')\n\nmain()\nmain(parser.parse_args())\n",
        "\ndef read():\n    if there():\n        return None\n    return parser"
        ".parse_args()\n" + MAIN.replace("parser.parse_args()", "read()"),
    ],
)
def test_arguments_that_may_be_none(main: str) -> None:
    not_handed_down(START + main)


def test_a_name_that_hides_the_builtin() -> None:
    main = MAIN.replace("    start", "    vars = 1\n    start")
    assert isinstance(migrated(NEEDY + START + main), Refused)


def test_a_function_that_another_may_stand_in_for(tmp_path: Path) -> None:
    (tmp_path / "logger.py").write_text(f"import wandb\n\n\n{START}")
    head = NEEDY.replace(
        "import wandb",
        "try:\n    from logger import start\nexcept ImportError:\n    start = print",
    )
    script = tmp_path / "train.py"
    script.write_text(head + MAIN)
    outcome = migrate_text(head + MAIN, Options(), NEWEST, Linked(script, Library()))
    assert by_environment(outcome), outcome


def test_a_function_that_is_set_anew_on_its_module(tmp_path: Path) -> None:
    (tmp_path / "logger.py").write_text(f"import wandb\n\n\n{START}")
    head = NEEDY.replace("import wandb", "import logger")
    text = head + MAIN.replace("start(", "logger.start(")
    script = tmp_path / "train.py"
    for more, by in (("", False), ("\nlogger.start = print\n", True)):
        script.write_text(text)
        again = text.replace("\nmain()", f"{more}\nmain()")
        outcome = migrate_text(again, Options(), NEWEST, Linked(script, Library()))
        assert by_environment(outcome) is by, outcome


def test_a_run_that_may_start_before_the_parse() -> None:
    main = MAIN.replace("    start('a')\n", "").replace(
        "def main():", "def main():\n    start('a')"
    )
    not_handed_down(START + main)


@pytest.mark.parametrize(
    "line",
    [
        "print(wandb.config.data)",
        "wandb.config.data = 1",
        "for k in wandb.config: print(k)",
    ],
)
def test_a_config_that_the_script_reads_or_writes(line: str) -> None:
    outcome = migrated(NEEDY + START + MAIN.replace("main()\n", f"main()\n{line}\n"))
    assert is_doubted(outcome)


def test_a_parameter_that_the_function_uses_otherwise() -> None:
    start = "def start(config=None):\n    wandb.init(config=config)\n    print(config)\n"
    not_handed_down(start + MAIN.replace("start('a')", "start()"))


def test_a_chain_whose_parameter_goes_two_ways() -> None:
    chain = (
        "def start(config=None):\n    wandb.init(config=config)\n\n"
        "def train(config=None):\n    start(config=config) or start(config=config)\n"
    )
    not_handed_down(chain + MAIN.replace("start('a')", "train()"))


def test_a_parameter_that_is_given_by_place() -> None:
    chain = (
        "def start(config=None):\n    wandb.init(config=config)\n\n"
        "def train(config=None):\n    start(config)\n"
    )
    not_handed_down(chain + MAIN.replace("start('a')", "train()"))
