"""Only the lines that must change, laid out as their neighbours are; comments stay."""

from __future__ import annotations

import pytest

from jobready.edits.writing.guard import comments, fault
from jobready.outcome import Rewritten
from jobready.project.environment import Environment
from tests.edits.tools import (
    CLEAN,
    NEEDY,
    check_argv,
    check_config,
    migrated,
)

READ_BACK = "args = wandb.config\nprint(args.lr)\n"


@pytest.mark.parametrize(
    ("init", "after"),
    [
        ("wandb.init()  # go", "wandb.init(config=args)  # go"),
        ('wandb.init(project="p",)', 'wandb.init(project="p", config=args)'),
        (
            "wandb.init(\n    # later: the project\n)",
            "wandb.init(\n    # later: the project\n    config=args,\n)",
        ),
        (
            'wandb.init(\n    project="p",  # ours\n    name="n",  # his\n)',
            'wandb.init(\n    project="p",  # ours\n    name="n",  # his\n'
            "    config=args,\n)",
        ),
        (
            'wandb.init(\n    project="p",  # ours\n    name="n"  # his\n)',
            'wandb.init(\n    project="p",  # ours\n    name="n",  # his\n'
            "    config=args\n)",
        ),
        (
            'wandb.init(project="p",\n           name="n")',
            'wandb.init(project="p",\n           name="n",\n           config=args)',
        ),
        (
            'wandb.init(\n    # the name\n    name="n",\n    # that is all\n)',
            'wandb.init(\n    # the name\n    name="n",\n    # that is all\n'
            "    config=args,\n)",
        ),
        ("run = \\\n    wandb.init()", "run = \\\n    wandb.init(config=args)"),
        (
            "run = (\n    wandb.init()  # go\n)",
            "run = (\n    wandb.init(config=args)  # go\n)",
        ),
    ],
)
def test_config_joins_the_arguments_of_init(init: str, after: str) -> None:
    parse = "args = parser.parse_args()\n"
    check_config(f"{parse}{init}\nprint(args.lr)\n", f"{parse}{after}\n{READ_BACK}")


@pytest.mark.parametrize(
    ("parse", "after"),
    [
        (
            "parser.parse_args(\n    # of the shell\n)",
            "parser.parse_args(\n    # of the shell\n"
            "    sys.argv[1:] + job_args(parser),\n)",
        ),
        (
            'parser.parse_args(\n    ["-x"],  # fixed\n)',
            'parser.parse_args(\n    ["-x"] + job_args(parser),  # fixed\n)',
        ),
        (
            'parser.parse_args([\n    "--data",  # fixed\n    "x",\n])',
            'parser.parse_args([\n    "--data",  # fixed\n    "x",\n] + job_args(parser))',
        ),
        (
            "(\n    parser.parse_args()  # here\n)",
            "(\n    parser.parse_args(sys.argv[1:] + job_args(parser))  # here\n)",
        ),
        (
            "\\\n    parser.parse_args()",
            "\\\n    parser.parse_args(sys.argv[1:] + job_args(parser))",
        ),
    ],
)
def test_comments_in_and_around_a_parse_stay(parse: str, after: str) -> None:
    needs_sys = "sys." in after
    init = "wandb.init(config=args)\n"
    if needs_sys:
        check_argv(f"args = {parse}\n{init}", f"args = {after}\n{init}")
    else:
        outcome = migrated(f"{NEEDY}args = {parse}\n{init}")
        assert f"args = {after}\n" in getattr(outcome, "text", "")


def test_a_line_that_grows_too_long_is_opened() -> None:
    name = "the_arguments_of_the_longest_training_run"
    check_argv(
        f"{name} = parser.parse_args()\nwandb.init(config={name})\n",
        f"{name} = parser.parse_args(\n    sys.argv[1:] + job_args(parser)\n)\n"
        f"wandb.init(config={name})\n",
    )


def test_a_part_of_what_a_long_parse_gives() -> None:
    name = "the_arguments_of_the_longest_run"
    check_argv(
        f"{name} = parser.parse_known_args()[0]\nwandb.init(config={name})\n",
        f"{name} = parser.parse_known_args(\n    sys.argv[1:] + job_args(parser)\n)[0]\n"
        f"wandb.init(config={name})\n",
    )


@pytest.mark.parametrize("indent", ["  ", "    ", "\t"])
def test_a_comprehension_that_is_too_long_is_opened(indent: str) -> None:
    blocks = "".join(f"{indent * i}if {i}:\n" for i in range(8))
    inner = indent * 8
    start = f"{inner}self.the_run_of_this_job = wandb.init(config=made())\n"
    rest = f"args = parser.parse_args()\n{blocks}{start}"
    environment = Environment(len(inner.expandtabs(4)) + 45, False, None)
    outcome = migrated(NEEDY + rest, environment)
    assert isinstance(outcome, Rewritten), outcome
    below = outcome.text.rpartition("wandb.init(config=made())\n")[2]
    assert below == "".join(
        f"{inner}{line}\n"
        for line in (
            "wandb.config.update(",
            f"{indent}{{",
            f'{indent * 2}f"args/{{k}}": v',
            f"{indent * 2}for k, v in vars(args).items()",
            f"{indent}}},",
            f"{indent}allow_val_change=True,",
            ")",
        )
    )


def test_the_projects_line_length_counts() -> None:
    name = "the_arguments_of_the_longest_training_run"
    wide = Environment(line_length=120, type_checked=False, wandb_version=None)
    check_argv(
        f"{name} = parser.parse_args()\nwandb.init(config={name})\n",
        f"{name} = parser.parse_args(sys.argv[1:] + job_args(parser))\n"
        f"wandb.init(config={name})\n",
        environment=wide,
    )


def test_statements_behind_a_semicolon() -> None:
    check_argv(
        "args = parser.parse_args(); wandb.init(config=args)\n",
        "args = parser.parse_args(sys.argv[1:] + job_args(parser)); "
        "wandb.init(config=args)\n",
    )


@pytest.mark.parametrize(
    "line",
    ["if True: args = {}", "try: args = {}\nfinally: pass", "for _ in '1': args = {}"],
)
def test_a_suite_on_one_line(line: str) -> None:
    check_argv(
        line.format("parser.parse_args()") + "\nwandb.init(config=args)\n",
        line.format("parser.parse_args(sys.argv[1:] + job_args(parser))")
        + "\nwandb.init(config=args)\n",
    )


def test_the_files_quotes_are_used() -> None:
    single = NEEDY.replace('"', "'")
    outcome = migrated(single + "args = parser.parse_args()\nwandb.init(config=args)\n")
    text = getattr(outcome, "text", "")
    assert "os.environ.get('WANDB_LAUNCH')" in text
    assert '"""Return the config' in text


@pytest.mark.parametrize("feed", ["\f\n", "\f", " \f", "\f\f"])
def test_a_form_feed_stays(feed: str) -> None:
    init = f"{feed}wandb.init(config=args)\n{feed}print(args)\n"
    check_argv(
        f"{feed}args = parser.parse_args()\n{init}",
        f"{feed}args = parser.parse_args(sys.argv[1:] + job_args(parser))\n{init}",
    )


@pytest.mark.parametrize(
    "rest",
    [
        "def f():\n\f    return '''\n\f'''\n",
        "if x:\n    y\n\felse:\n\f    z\n",
        "\f@decorated\n\fdef f(): pass\n",
        "x = (1,\n\f 2)\n",
    ],
)
def test_form_feeds_behind_the_edit_stay(rest: str) -> None:
    init = "wandb.init(config=args)\n"
    check_argv(
        f"args = parser.parse_args()\n{init}{rest}",
        f"args = parser.parse_args(sys.argv[1:] + job_args(parser))\n{init}{rest}",
    )


def test_a_form_feed_before_the_first_indented_line() -> None:
    function = "def f():\n\f    return 1\n"
    body = "args = parser.parse_args()\nwandb.init(config=args)\n"
    text = getattr(migrated(function + NEEDY + body), "text", "")
    assert text.startswith(function)
    assert "\n    if os.environ" in text


@pytest.mark.parametrize(
    "end",
    [
        "\n\n    ",
        "\n    \n  ",
        "\n    # done\n\n  # really\n",
        "\n\f",
        "\n\n  # done",
        "\t# done",
    ],
)
def test_what_stands_at_the_end_stays_there(end: str) -> None:
    init = f"if True:\n    wandb.init(config=args){end}"
    check_argv(
        f"args = parser.parse_args()\n{init}",
        f"args = parser.parse_args(sys.argv[1:] + job_args(parser))\n{init}",
    )


def test_the_last_line_is_added_above_what_stands_at_the_end() -> None:
    body = "args = parser.parse_args()\nwandb.init(config=args)\n"
    check_config(f"{body}\n    ", f"{body}args = wandb.config\n\n    ")


@pytest.mark.parametrize("newline", ["\r\n", "\r"])
def test_other_newlines_stay(newline: str) -> None:
    source = f"{CLEAN}args = parser.parse_args()\nwandb.init(config=args)\nprint(args.lr)\n"
    after = source.replace(
        "init(config=args)\n", "init(config=args)\nargs = wandb.config\n"
    )
    outcome = migrated(source.replace("\n", newline))
    assert getattr(outcome, "text", "") == after.replace("\n", newline)


def test_a_comment_stays_in_a_file_that_ends_its_lines_in_carriage_returns() -> None:
    name = "the_arguments_of_the_longest_training_run"
    source = (
        f"{NEEDY}if True:\n    {name} = parser.parse_args(  # keep me\n    )\n"
        f"    wandb.init(config={name})\n"
    )
    outcome = migrated(source.replace("\n", "\r"))
    parse = "(  # keep me\r        sys.argv[1:] + job_args(parser),\r    )\r"
    assert f"    {name} = parser.parse_args{parse}" in getattr(outcome, "text", "")


def test_mixed_newlines_stay_where_they_are() -> None:
    source = f"{CLEAN}args = parser.parse_args()\nwandb.init(config=args)\nprint(args.lr)\n"
    mixed = source.replace("\n", "\r\n", 3)
    outcome = migrated(mixed)
    start, end = mixed.split("print")
    assert getattr(outcome, "text", "") in (
        f"{start}args = wandb.config\nprint{end}",
        f"{start}args = wandb.config\r\nprint{end}",
    )


def test_a_missing_final_newline_stays_missing() -> None:
    check_argv(
        "args = parser.parse_args()\nwandb.init(config=args)",
        "args = parser.parse_args(sys.argv[1:] + job_args(parser))\n"
        "wandb.init(config=args)",
    )
    check_config(
        "args = parser.parse_args()\nwandb.init(config=args)",
        "args = parser.parse_args()\nwandb.init(config=args)\nargs = wandb.config",
    )


def test_tabs_indent_what_is_added() -> None:
    source = (
        "import argparse\nimport wandb\n\n\ndef main():\n"
        "\tparser = argparse.ArgumentParser()\n"
        '\tparser.add_argument("--lr", type=float, default=0.05)\n'
        "\targs = parser.parse_args()\n\twandb.init(config=args)\n"
    )
    rest = "\tprint(args.lr)\n"
    outcome = migrated(source + rest)
    assert getattr(outcome, "text", "") == source + "\targs = wandb.config\n" + rest
    text = getattr(migrated(source.replace("default=0.05", "required=True")), "text", "")
    assert "\n\tif os.environ" in text
    assert "\n    " not in text


def test_letters_of_several_bytes_before_a_call() -> None:
    check_argv(
        "x = 'äöü𝄞'; args = parser.parse_args(); wandb.init(config=args)\n",
        "x = 'äöü𝄞'; args = parser.parse_args(sys.argv[1:] + job_args(parser)); "
        "wandb.init(config=args)\n",
    )


def test_characters_that_only_splitlines_takes_for_newlines() -> None:
    check_argv(
        "x = 'a\x1cb\u2028c\x85d'\nargs = parser.parse_args()\nwandb.init(config=args)\n",
        "x = 'a\x1cb\u2028c\x85d'\n"
        "args = parser.parse_args(sys.argv[1:] + job_args(parser))\n"
        "wandb.init(config=args)\n",
    )


@pytest.mark.parametrize(
    ("head", "after"),
    [
        ("#!/usr/bin/env python\n# -*- coding: utf-8 -*-\n", None),
        ('"""What it does."""\n\n', None),
        ("# Copyright\n\n", None),
        ('"""Doc."""\nfrom __future__ import annotations\n\n', None),
    ],
)
def test_what_stands_at_the_top_stays_at_the_top(head: str, after: str | None) -> None:
    outcome = migrated(
        f"{head}{NEEDY}args = parser.parse_args()\nwandb.init(config=args)\n"
    )
    text = getattr(outcome, "text", "")
    assert text.startswith(head + "import argparse\nimport os\nimport sys\n"), text[:200]


def test_the_guard_sees_what_is_lost() -> None:
    assert fault("x = 1  # one\n", "x = 1\n") == "the new text lacks a comment: # one"
    assert "does not compile" in str(fault("x = 1\n", "x = = 1\n"))
    assert fault("x = 1  # one\n", "y = 2\nx = 1  # one\n") is None
    for end in ("\n", "\r\n", "\r"):
        lines = ["x = '# no'  # yes", "if x:", "    y = 1", "# two", ""]
        assert comments(end.join(lines)) == ["# yes", "# two"]
        assert fault(end.join(lines), f"x = 1{end}# two{end}") == (
            "the new text lacks a comment: # yes"
        )
