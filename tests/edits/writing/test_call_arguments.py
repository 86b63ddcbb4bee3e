"""Comments and line breaks in the calls that get another argument."""

from __future__ import annotations

import pytest

from tests.edits.tools import (
    NEEDY,
    check_argv,
    check_config,
    check_noop,
    check_refused,
    migrated,
)

PARSE = "args = parser.parse_args()\n"
PARSED = "args = parser.parse_args(sys.argv[1:] + job_args(parser))\n"


@pytest.mark.parametrize(
    ("init", "after"),
    [
        (
            'wandb.init(project="x",  # why\n)',
            'wandb.init(project="x",  # why\n    config=args,\n)',
        ),
        (
            'wandb.init(project="x"  # why\n)',
            'wandb.init(project="x",  # why\n    config=args\n)',
        ),
        ("wandb.init(config=(  # none\n None))", "wandb.init(config=(  # none\n args))"),
        ("wandb.init(config=  # none\n None)", "wandb.init(config=  # none\n args)"),
        ("wandb.init(config=None,  # none\n)", "wandb.init(config=args,  # none\n)"),
        (
            'wandb.init(\n    project="x", name="n",  # both\n)',
            'wandb.init(\n    project="x", name="n",  # both\n    config=args,\n)',
        ),
        (
            'wandb.init(project="x",  # a\n    # b\n\n    name="n",\n\n    # c\n)',
            'wandb.init(project="x",  # a\n    # b\n\n    name="n",\n\n    # c\n'
            "    config=args,\n)",
        ),
        (
            'wandb.init(config={  # ours\n    "seed": 1,  # fixed\n})',
            'wandb.init(config={  # ours\n    **vars(args),\n    "seed": 1,  # fixed\n})',
        ),
        (
            'wandb.init(project="x", \\\n    name="n")',
            'wandb.init(project="x", \\\n    name="n", config=args)',
        ),
    ],
)
def test_config_stands_beside_comments(init: str, after: str) -> None:
    check_argv(f"{PARSE}{init}\n", f"{PARSED}{after}\n")


def test_config_is_indented_as_the_call_is() -> None:
    check_config(
        'def main():\n    args = parser.parse_args()\n    wandb.init(project="x"  # why\n'
        "    )\n    print(args.lr)\nmain()\n",
        'def main():\n    args = parser.parse_args()\n    wandb.init(project="x",  # why\n'
        "        config=args\n    )\n    args = wandb.config\n    print(args.lr)\nmain()\n",
    )


@pytest.mark.parametrize(
    ("parse", "after"),
    [
        ('(\n["-x"]  # fixed\n)', '((\n["-x"]  # fixed\n) + job_args(parser))'),
        (
            '\n    "--data "\n    "x".split()\n',
            '(\n    "--data "\n    "x".split() + job_args(parser)\n)',
        ),
        (
            '\n    "--data x"\n    .split()  # fixed\n',
            '(\n    "--data x"\n    .split() + job_args(parser)  # fixed\n)',
        ),
        ("sys\n    .argv[1:]", "(sys\n    .argv[1:] + job_args(parser))"),
        ("sys.argv", "(sys.argv + job_args(parser))"),
    ],
)
def test_words_over_several_lines(parse: str, after: str) -> None:
    before = f"import sys\n{NEEDY}args = parser.parse_args"
    outcome = migrated(f"{before}({parse})\nwandb.init(config=args)\n")
    assert f"args = parser.parse_args{after}\n" in getattr(outcome, "text", "")


def test_words_that_are_not_known() -> None:
    words = '["-x"] if here else None'
    parse = f"here = 1\nargs = parser.parse_args({words})\n"
    line = NEEDY.count("\n") + 2
    check_refused(f"{NEEDY}{parse}wandb.init(config=args)\n", "what words", line)


def test_words_that_a_function_is_given() -> None:
    check_argv(
        "def main(argv=None):\n    args = parser.parse_args(  # ours\n"
        "        argv  # or the shell's\n    )\n    wandb.init(config=args)\nmain()\n",
        "def main(argv=None):\n    args = parser.parse_args(  # ours\n"
        "        [*(sys.argv[1:] if argv is None else argv), *job_args(parser)]"
        "  # or the shell's\n    )\n    wandb.init(config=args)\nmain()\n",
    )


@pytest.mark.parametrize(
    "call",
    [
        "wandb.init(  # ours\n    config=args  # all\n)",
        "wandb.init(config=(  # all\n    args\n))",
    ],
)
def test_a_script_as_we_would_write_it_is_left_alone(call: str) -> None:
    source = NEEDY.replace("required=True", "default=1, type=int")
    check_noop(f"{source}{PARSE}{call}\nargs = wandb.config\nprint(args.data)\n")
