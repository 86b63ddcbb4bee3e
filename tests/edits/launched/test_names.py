"""Names: how wandb and the standard library are imported, and whose name is whose."""

from __future__ import annotations

import pytest

from tests.edits.tools import (
    CLEAN,
    NEEDY,
    NEEDY_AFTER,
    by_environment,
    check_apart,
    check_argv,
    check_config,
    check_noop,
    check_refused,
    check_rewritten,
    migrated,
)

PARSED = "parser.parse_args(sys.argv[1:] + job_args(parser))"
BODY = "args = parser.parse_args()\nwandb.init(config=args)\n"
BODY_AFTER = f"args = {PARSED}\nwandb.init(config=args)\n"


def test_wandb_under_another_name() -> None:
    before = (CLEAN + BODY + "print(args.lr)\n").replace("wandb.", "wb.")
    before = before.replace("import wandb", "import wandb as wb")
    after = before.replace("print", "args = wb.config\nprint")
    check_rewritten(before, after, "config")


def test_init_by_its_own_name_and_a_bound_run() -> None:
    before = (CLEAN + BODY + "print(args.lr)\n").replace("wandb.init", "run = init")
    before = before.replace("import wandb", "from wandb import init")
    after = before.replace("print", "args = run.config\nprint")
    check_rewritten(before, after, "config")


def test_init_by_its_own_name_without_a_run_to_read_from() -> None:
    imported = NEEDY.replace("import wandb", "from wandb import init")
    check_rewritten(
        imported + BODY.replace("wandb.", ""),
        NEEDY_AFTER.replace("import wandb", "from wandb import init")
        + BODY_AFTER.replace("wandb.", ""),
        "argv",
    )


def test_both_styles_in_one_file() -> None:
    both = "import wandb\nfrom wandb import init"
    check_rewritten(
        NEEDY.replace("import wandb", both) + BODY.replace("wandb.", ""),
        NEEDY_AFTER.replace("import wandb", both) + BODY_AFTER.replace("wandb.", ""),
    )


def test_a_guarded_import_stays_guarded() -> None:
    guarded = "try:\n    import wandb\nexcept ImportError:\n    wandb = None"
    rest = "if wandb is not None:\n    wandb.init(config=args)\n"
    check_rewritten(
        NEEDY.replace("import wandb", guarded) + f"args = parser.parse_args()\n{rest}",
        NEEDY_AFTER.replace("import wandb", guarded) + f"args = {PARSED}\n{rest}",
        "argv",
    )


def test_an_import_inside_a_function_stays_there() -> None:
    no_wandb = NEEDY.replace("import wandb\n\n", "")
    rest = "def track():\n    import wandb\n\n    wandb.init(config=args)\n\n\n"
    outcome = migrated(f"{no_wandb}{rest}args = parser.parse_args()\ntrack()\n")
    text = getattr(outcome, "text", "")
    assert text.startswith("import argparse\nimport os\nimport sys\n\n")
    assert text.count("import wandb") == 1
    assert text.endswith(f"args = {PARSED}\ntrack()\n")


def test_modules_under_other_names_are_used_by_these() -> None:
    head = "import argparse as ap\nimport os as o\nimport sys as s\n\nimport wandb\n\n"
    parser = 'parser = ap.ArgumentParser()\nparser.add_argument("--data", required=True)\n'
    check_rewritten(
        head + parser + BODY,
        head + "\n<job_args>\n\n\n" + parser + BODY_AFTER.replace("sys.", "s."),
        function={"argparse": "ap", "os": "o"},
    )


def test_argparse_imported_by_name_only() -> None:
    outcome = migrated(
        NEEDY.replace("import argparse", "from argparse import ArgumentParser").replace(
            "argparse.A", "A"
        )
        + BODY
    )
    text = getattr(outcome, "text", "")
    assert "import argparse\n" in text
    assert "from argparse import ArgumentParser\n" in text


def test_sys_argv_imported_by_name() -> None:
    head = NEEDY.replace("argparse\n", "argparse\nfrom sys import argv\n", 1)
    outcome = migrated(head + BODY.replace("parse_args()", "parse_args(argv[1:])"))
    assert "parse_args(argv[1:] + job_args(parser))" in getattr(outcome, "text", "")


@pytest.mark.parametrize("module", ["os", "sys"])
def test_a_module_name_that_is_something_else_is_refused(module: str) -> None:
    source = f"{module} = 'mine'\n{NEEDY}{BODY}"
    check_refused(source, f"the name {module} stands for something else", 1)


@pytest.mark.parametrize(
    ("taken", "name"),
    [
        ("job_args = 1\n", "launched_args"),
        ("def f(job_args): return job_args\n", "launched_args"),
        ("job_args = launched_args = 1\n", "wandb_job_args"),
    ],
)
def test_a_name_that_the_file_uses_is_not_taken(taken: str, name: str) -> None:
    outcome = migrated(NEEDY + taken + BODY)
    text = getattr(outcome, "text", "")
    assert f"\ndef {name}(parser: argparse.ArgumentParser) -> list[str]:\n" in text
    assert f"parse_args(sys.argv[1:] + {name}(parser))" in text


def test_any_name_for_parser_and_arguments() -> None:
    check_rewritten(
        NEEDY.replace("parser", "ap")
        + "flags = ap.parse_args()\nwandb.init(config=flags)\n",
        NEEDY_AFTER.replace("\nparser", "\nap")
        + "flags = ap.parse_args(sys.argv[1:] + job_args(ap))\nwandb.init(config=flags)\n",
    )


def test_attributes_of_self() -> None:
    head = "import argparse\n\nimport wandb\n\n\n"
    trainer = (
        "class Trainer:\n    def __init__(self):\n"
        "        self.parser = argparse.ArgumentParser()\n"
        '        self.parser.add_argument("--lr", type=float, default=0.1)\n'
        "        self.args = self.parser.parse_args()\n\n"
        "    def fit(self):\n        wandb.init(config=vars(self.args))\n"
        "        print(self.args.lr)\n\n\nTrainer().fit()\n"
    )
    check_rewritten(
        head + trainer,
        "import argparse\nimport os\nimport sys\n\nimport wandb\n\n\n<job_args>\n\n\n"
        + trainer.replace(
            "parse_args()", "parse_args(sys.argv[1:] + job_args(self.parser))"
        ),
        "argv",
    )


def test_an_async_main() -> None:
    head = "import argparse\n\nimport wandb\n\n\n"
    main = (
        "async def main():\n    parser = argparse.ArgumentParser()\n"
        '    parser.add_argument("--lr", type=float, default=0.1)\n'
        "    args = parser.parse_args()\n    wandb.init(config=args)\n"
    )
    rest = "    await train(args.lr)\n"
    check_rewritten(
        head + main + rest, head + main + "    args = wandb.config\n" + rest, "config"
    )


def test_a_decorated_main_keeps_its_decorator() -> None:
    main = "@record\ndef main():\n    args = {}\n    wandb.init(config=args)\n\n\nmain()\n"
    check_argv(main.format("parser.parse_args()"), main.format(PARSED))


def test_a_decorator_that_reads_behind_init() -> None:
    rest = "@repeat(args.lr)\ndef train():\n    pass\n"
    check_config(BODY + rest, BODY + "args = wandb.config\n" + rest)


def test_a_walrus_binds_the_arguments() -> None:
    check_argv(
        "if (args := parser.parse_args()):\n    wandb.init(config=args)\n",
        f"if (args := {PARSED}):\n    wandb.init(config=args)\n",
    )


def test_a_comprehension_variable_of_the_same_name_is_another() -> None:
    rest = "squares = [args * args for args in range(3)]\nprint(args.lr)\n"
    check_config(BODY + rest, BODY + "args = wandb.config\n" + rest)


def test_a_global_that_functions_read() -> None:
    rest = "\n\ndef train():\n    print(args.data)\n\n\nmain()\n"
    main = "def main():\n    global args\n    args = {}\n    wandb.init(config=args)\n"
    check_argv(main.format("parser.parse_args()") + rest, main.format(PARSED) + rest)


def test_arguments_that_go_through_a_function() -> None:
    rest = "\n\ndef run(options):\n    wandb.init(config=vars(options))\n\n\n"
    check_argv(
        rest.lstrip() + "run(parser.parse_args())\n", rest.lstrip() + f"run({PARSED})\n"
    )


def test_arguments_that_spawn_hands_over() -> None:
    train = "def train(rank, args):\n    wandb.init(config=args)\n\n\n"
    start = "args = {}\nmp.spawn(train, args=(args,), nprocs=2)\n"
    check_argv(train + start.format("parser.parse_args()"), train + start.format(PARSED))


@pytest.mark.parametrize(
    ("source", "phrase", "line"),
    [
        (
            "from argparse import *\nimport wandb\np = ArgumentParser()\n"
            "p.add_argument('--x', required=True)\nargs = p.parse_args()\nwandb.init()\n",
            "is not made in this file",
            5,
        ),
        (
            "import wandb\nfrom .options import parser\nargs = parser.parse_args()\n"
            "wandb.init(config=args)\n",
            "is not made in this file",
            3,
        ),
        (
            f"{NEEDY}get = partial(parser.parse_args)\nargs = get()\n"
            "wandb.init(config=args)\n",
            "the parse is handed on",
            7,
        ),
        (
            f"{NEEDY}def get():\n    yield parser.parse_args()\n\n\n"
            "for args in get():\n    wandb.init(config=args)\n",
            "no name there holds what is parsed here",
            8,
        ),
    ],
)
def test_a_trail_that_is_lost_is_refused(source: str, phrase: str, line: int) -> None:
    check_refused(source, phrase, line)


@pytest.mark.parametrize(
    ("rest", "phrase"),
    [
        (
            "args = merge(args)\nwandb.init(config=args)\n",
            "can't tell what the run's config shows: args",
        ),
    ],
)
def test_a_run_that_shows_other_arguments(rest: str, phrase: str) -> None:
    source = f"{NEEDY}args = parser.parse_args()\n{rest}"
    check_apart(source, phrase, 9)
    assert by_environment(migrated(source))


def test_a_run_that_shows_others_by_the_name_of_the_arguments() -> None:
    rest = "for args in others:\n    wandb.init(config=args)\n"
    source = f"{NEEDY}args = parser.parse_args()\n{rest}"
    check_refused(source, "args stands for something else too", 7)


@pytest.mark.parametrize(
    "source",
    [
        "import argparse\nwandb = Own()\np = argparse.ArgumentParser()\n"
        "p.add_argument('--x')\nargs = p.parse_args()\nwandb.init(config=args)\n",
        "import argparse\nfrom mine import wandb\np = argparse.ArgumentParser()\n"
        "p.add_argument('--x')\nargs = p.parse_args()\nwandb.init(config=args)\n",
        "import wandb\nwandb.init()\nclass P:\n    pass\nprint('parser.parse_args()')\n",
    ],
)
def test_a_wandb_that_is_not_wandb_is_left_alone(source: str) -> None:
    check_noop(source)
