"""Form config: the documented line, for scripts that nothing stands against."""

from __future__ import annotations

import pytest

from jobready.outcome import Rewritten
from jobready.project.environment import Environment
from tests.edits.tools import (
    CLEAN,
    check_config,
    check_noop,
    check_refused,
    check_rewritten,
    migrated,
)


def test_config_args_at_module_level() -> None:
    check_config(
        "args = parser.parse_args()\nwandb.init(config=args)\nprint(args.lr)\n",
        "args = parser.parse_args()\nwandb.init(config=args)\nargs = wandb.config\n"
        "print(args.lr)\n",
    )


def test_config_vars_of_args() -> None:
    check_config(
        "args = parser.parse_args()\nwandb.init(config=vars(args))\nprint(args.lr)\n",
        "args = parser.parse_args()\nwandb.init(config=vars(args))\nargs = wandb.config\n"
        "print(args.lr)\n",
    )


def test_no_config_at_all() -> None:
    check_config(
        "args = parser.parse_args()\nwandb.init()\nprint(args.lr)\n",
        "args = parser.parse_args()\nwandb.init(config=args)\nargs = wandb.config\n"
        "print(args.lr)\n",
    )


def test_a_bound_run() -> None:
    check_config(
        'opt = parser.parse_args()\nrun = wandb.init(project="p")\n'
        'run.log({"x": opt.lr})\n',
        'opt = parser.parse_args()\nrun = wandb.init(project="p", config=opt)\n'
        'opt = wandb.config\nrun.log({"x": opt.lr})\n',
    )


def test_a_with_statement_reads_back_inside() -> None:
    check_config(
        "args = parser.parse_args()\nwith wandb.init(config=args) as run:\n"
        "    # train\n    print(args.lr)\n",
        "args = parser.parse_args()\nwith wandb.init(config=args) as run:\n"
        "    args = wandb.config\n    # train\n    print(args.lr)\n",
    )


def test_in_main_under_the_usual_guard() -> None:
    head = CLEAN.partition("parser")[0]
    body = (
        "\n\ndef main():\n    parser = argparse.ArgumentParser()\n"
        '    parser.add_argument("--lr", type=float, default=0.05)\n'
        "    args = parser.parse_args()\n    wandb.init(config=args)\n"
    )
    rest = '    print(args.lr)\n\n\nif __name__ == "__main__":\n    main()\n'
    check_rewritten(
        head + body + rest, head + body + "    args = wandb.config\n" + rest, "config"
    )


def test_a_dictionary_read_by_keys() -> None:
    check_config(
        'args = vars(parser.parse_args())\nwandb.init(config=args)\nprint(args["lr"])\n',
        "args = vars(parser.parse_args())\nwandb.init(config=args)\nargs = wandb.config\n"
        'print(args["lr"])\n',
    )


@pytest.mark.parametrize(
    ("option", "reason"),
    [
        ('"data"', "data is a positional"),
        ('"--data", required=True', "--data is required"),
        ('"--keys", type=int, default=3', "--keys has the name of a member"),
        ('"--_x", type=int, default=3', "--_x has the name of a member"),
        ('"--on", action="store_true", default=True', "--on is a switch with a default"),
        ('"--v", action="count", default=0', "--v has action count"),
        ('"--m", choices=["a", "b"], default="a"', "--m has choices"),
        ('"--n", nargs="+", type=int', "--n takes several values"),
        ('"--b", type=bool, default=False', "--b has type bool"),
        ('"--x", type=float, default=1.0', "--x has the default 1.0"),
        ('"--x", type=float, default=1', "--x has a default of another type, 1"),
        ('"--x", type=int, default=N', "--x has a default that is made at run time"),
        ('"--x", type=int, default=2**64', "--x has a default that is made at run time"),
        ('"--x", type=int, default=18446744073709551616', "--x has the default 18446"),
        ('"--x", default=3', "--x has a default of another type, 3"),
    ],
)
def test_a_parameter_that_wandb_config_does_not_keep_rules_it_out(
    option: str, reason: str
) -> None:
    source = (
        f"N = 3\n{CLEAN}parser.add_argument({option})\nargs = parser.parse_args()\n"
        "wandb.init(config=args)\nprint(args.lr)\n"
    )
    outcome = migrated(source)
    assert isinstance(outcome, Rewritten)
    assert outcome.forms == ("argv",)
    assert reason in outcome.reasons[0].message
    assert outcome.reasons[0].line == 8
    check_refused(source, f"form config would break: {reason}", 8, form="config")


@pytest.mark.parametrize(
    ("behind_the_parse", "reason", "line"),
    [
        ("print(args.lr)\nwandb.init(config=args)\n", "read before wandb.init", 8),
        ("wandb.init(name=str(args.lr), config=args)\n", "read before wandb.init", 8),
        ("wandb.init(config=args)\nargs.lr = 3\n", "more than read: args.lr", 9),
        ("wandb.init(config=args)\nargs.lr *= 2\n", "more than read: args.lr", 9),
        ("wandb.init(config=args)\ntrain(args)\n", "more than read: train(args)", 9),
        ("wandb.init(config=args)\nprint(vars(args))\n", "more than read: vars(args)", 9),
        ("wandb.init(config=args)\nprint(args.other)\n", "more than read: args.other", 9),
        ("wandb.init(config=args)\nargs = change(args)\n", "args is bound again", 9),
        ("wandb.init(config=args, mode='disabled')\n", "may be disabled", 8),
        ("wandb.init(config=args, mode=os.environ['M'])\n", "may be disabled", 8),
        ("wandb.init(config=args, settings=s)\n", "given settings=", 8),
        ("wandb.init(config={**vars(args), 'a': 1})\n", "config= isn't just the parsed", 8),
        (
            "wandb.init(config=args)\nf = lambda: args.lr\n",
            "function or class of its own",
            9,
        ),
        (
            "wandb.init(config=args)\ndef f(): return args.lr\n",
            "function or class of its own",
            9,
        ),
        (
            "wandb.init(config=args)\nx = [args.lr for _ in y]\n",
            "function or class of its own",
            9,
        ),
        ("if rank == 0:\n    wandb.init(config=args)\n", "not called beside the parse", 9),
        ("try:\n    wandb.init(config=args)\nfinally:\n    end()\n", "beside the parse", 9),
        ("wandb.init(config=args); print(args.lr)\n", "shares its line", 8),
        ("with wandb.init(config=args): print(args.lr)\n", "shares its line", 8),
    ],
)
def test_a_use_that_is_no_plain_read_after_init_rules_it_out(
    behind_the_parse: str, reason: str, line: int
) -> None:
    source = CLEAN + "args = parser.parse_args()\n" + behind_the_parse
    outcome = migrated(source)
    assert isinstance(outcome, Rewritten)
    assert outcome.forms == ("argv",)
    found = [(r.message, r.line) for r in outcome.reasons]
    assert any(reason in m and at == line for m, at in found), found
    check_refused(source, "form config would break: ", line, form="config")


@pytest.mark.parametrize(
    "parse",
    [
        "args = parser.parse_args(namespace=defaults)",
        "args = parser.parse_args(None, defaults)",
        'args = parser.parse_args(["--lr", "3"])',
        "args, rest = parser.parse_known_args()",
        "print((args := parser.parse_args()).lr)",
        "args = other = parser.parse_args()",
    ],
)
def test_only_a_plain_parse_is_read_back(parse: str) -> None:
    source = f"{CLEAN}{parse}\nwandb.init(config=args)\nprint(args.lr)\n"
    outcome = migrated(source)
    assert isinstance(outcome, Rewritten)
    assert outcome.forms == ("argv",)
    check_refused(source, "form config would break", 7, form="config")


def test_a_file_that_a_type_checker_covers_gets_form_argv() -> None:
    source = CLEAN + "args = parser.parse_args()\nwandb.init(config=args)\nprint(args.lr)\n"
    checked = Environment(line_length=88, type_checked=True, wandb_version=None)
    outcome = migrated(source, checked)
    assert isinstance(outcome, Rewritten)
    assert outcome.forms == ("argv",)
    assert "type checker" in outcome.reasons[0].message
    check_refused(source, "type checker", None, checked, form="config")


def test_form_argv_can_be_forced_on_a_clean_script() -> None:
    source = CLEAN + "args = parser.parse_args()\nwandb.init(config=args)\nprint(args.lr)\n"
    outcome = migrated(source, form="argv")
    assert isinstance(outcome, Rewritten)
    assert outcome.forms == ("argv",)
    assert outcome.reasons[0].message == "form argv was asked for"


def test_a_parser_without_parameters_is_left_alone() -> None:
    check_noop(
        "import argparse\nimport wandb\nargs = argparse.ArgumentParser().parse_args()\n"
        "wandb.init(config=args)\n",
        "no parameters",
    )


@pytest.mark.parametrize(
    ("rest", "why"),
    [
        ('wandb.init(config=args, reinit="create_new")', "another run's, as reinit= says"),
        ("wandb.init(config=args)\nprint(vars())", "vars() may read any name"),
        ("wandb.init(config=args)\nprint(dir())", "dir() may read any name"),
    ],
)
def test_what_wandb_config_may_not_serve(rest: str, why: str) -> None:
    outcome = migrated(f"{CLEAN}args = parser.parse_args()\n{rest}\nprint(args.lr)\n")
    assert isinstance(outcome, Rewritten), outcome
    assert outcome.forms == ("argv",)
    assert why in outcome.reasons[0].message


def test_reinit_as_it_always_was() -> None:
    rest = "args = parser.parse_args()\nwandb.init(config=args, reinit=True)\n"
    outcome = migrated(f"{CLEAN}{rest}print(args.lr)\n")
    assert isinstance(outcome, Rewritten), outcome
    assert outcome.forms == ("config",)


def test_a_rank_is_no_value_of_the_run() -> None:
    rank = 'parser.add_argument("--local_rank", type=int, default=0)\n'
    rest = "args = parser.parse_args()\nwandb.init(config=args)\nprint(args.lr)\n"
    outcome = migrated(CLEAN + rank + rest)
    assert isinstance(outcome, Rewritten), outcome
    assert outcome.forms == ("argv",)
