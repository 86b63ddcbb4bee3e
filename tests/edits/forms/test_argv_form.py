"""Form argv: the job's config joins the command line, at each parse."""

from __future__ import annotations

import pytest

from jobready.outcome import Refused, Rewritten, Unchanged
from jobready.project.environment import Environment
from tests.edits.tools import (
    NEEDY,
    NEEDY_AFTER,
    by_environment,
    check_apart,
    check_argv,
    check_noop,
    check_refused,
    check_rewritten,
    migrated,
    with_function,
)

PARSED = "parser.parse_args(sys.argv[1:] + job_args(parser))"
# A function that makes the parser, so that the parse is called on no name.
MAKER = """\
import argparse

import wandb


def make():
    p = argparse.ArgumentParser()
    p.add_argument("--data", required=True)
    return p


"""
MAKER_AFTER = MAKER.replace(
    "argparse\n\n", "argparse\nimport os\nimport sys\n\n", 1
).replace("def make", "<job_args>\n\n\ndef make")


def test_parse_args_without_arguments() -> None:
    check_argv(
        "args = parser.parse_args()\nwandb.init(config=args)\n",
        f"args = {PARSED}\nwandb.init(config=args)\n",
    )


def test_parse_known_args_keeps_its_two_targets() -> None:
    check_argv(
        "args, rest = parser.parse_known_args()\nwandb.init(config=args)\n",
        "args, rest = parser.parse_known_args(sys.argv[1:] + job_args(parser))\n"
        "wandb.init(config=args)\n",
    )


def test_vars_of_the_parse() -> None:
    check_argv(
        'args = vars(parser.parse_args())\nwandb.init(config=args)\nprint(args["data"])\n',
        f'args = vars({PARSED})\nwandb.init(config=args)\nprint(args["data"])\n',
    )


def test_config_update_after_init() -> None:
    check_argv(
        "args = parser.parse_args()\nwandb.init()\nwandb.config.update(args)\n",
        f"args = {PARSED}\nwandb.init()\nwandb.config.update(args)\n",
    )


def test_init_without_config_gets_the_arguments() -> None:
    check_argv(
        'args = parser.parse_args()\nwandb.init(project="p")\n',
        f'args = {PARSED}\nwandb.init(project="p", config=args)\n',
    )


def test_init_in_a_function_gets_its_own_name_for_them() -> None:
    check_argv(
        "def train(options):\n    with wandb.init():\n        pass\n\n\n"
        "train(parser.parse_args())\n",
        "def train(options):\n    with wandb.init(config=options):\n        pass\n\n\n"
        f"train({PARSED})\n",
    )


def test_a_key_is_not_put_into_a_config_that_was_not_there() -> None:
    check_rewritten(
        NEEDY.replace("--data", "--api-key") + "args = parser.parse_args()\nwandb.init()\n",
        NEEDY_AFTER.replace("--data", "--api-key") + f"args = {PARSED}\n"
        'wandb.init(config={k: v for k, v in vars(args).items() if k != "api_key"})\n',
    )


def test_a_getter_that_returns_the_parse() -> None:
    check_rewritten(
        MAKER.replace("return p", "return p.parse_args()")
        + "args = make()\nwandb.init(config=args)\n",
        MAKER_AFTER.replace("return p", "return p.parse_args(sys.argv[1:] + job_args(p))")
        + "args = make()\nwandb.init(config=args)\n",
    )


def test_a_parser_without_a_name_gets_one_on_a_line_of_its_own() -> None:
    check_rewritten(
        MAKER + "# the words\nargs = make().parse_args()  # of the shell\n"
        "wandb.init(config=args)\n",
        MAKER_AFTER + "# the words\nparser = make()\n"
        f"args = {PARSED}  # of the shell\nwandb.init(config=args)\n",
    )


def test_a_parser_without_a_name_in_a_return() -> None:
    check_rewritten(
        MAKER
        + "def get():\n    return make().parse_args()\n\n\nwandb.init(config=get())\n",
        MAKER_AFTER + f"def get():\n    parser = make()\n    return {PARSED}\n\n\n"
        "wandb.init(config=get())\n",
    )


@pytest.mark.parametrize(
    "statement",
    [
        "if (args := make().parse_args()): pass",
        "def get(): return make().parse_args()\nargs = get()",
        "x = 1; args = make().parse_args()",
        "args = make().parse_args(); x = 1",
        "args = make().parse_args() if True else None",
    ],
)
def test_a_parser_without_a_name_and_without_room_is_refused(statement: str) -> None:
    source = f"{MAKER}{statement}\nwandb.init(config=args)\n"
    check_refused(source, "the parser has no name and the statement leaves no room", 12)


@pytest.mark.parametrize(
    ("words", "after"),
    [
        ("None", "sys.argv[1:] + job_args(parser)"),
        ("args=None", "args=sys.argv[1:] + job_args(parser)"),
        ("namespace=defaults", "sys.argv[1:] + job_args(parser), namespace=defaults"),
        (
            "argv",
            "[*(sys.argv[1:] if argv is None else argv), *job_args(parser)]",
        ),
    ],
)
def test_words_that_may_be_none(words: str, after: str) -> None:
    check_argv(
        f"args = parser.parse_args({words})\nwandb.init(config=args)\n",
        f"args = parser.parse_args({after})\nwandb.init(config=args)\n"
        if len(after) < 64
        else f"args = parser.parse_args(\n    {after}\n)\nwandb.init(config=args)\n",
    )


@pytest.mark.parametrize(
    ("words", "after"),
    [
        ("[]", "job_args(parser)"),
        ('["--data", "x"]', '["--data", "x"] + job_args(parser)'),
        ("sys.argv[1:]", "sys.argv[1:] + job_args(parser)"),
        ("(sys.argv[1:])", "(sys.argv[1:]) + job_args(parser)"),
        ('"--data x".split()', '"--data x".split() + job_args(parser)'),
        ('f"--data {x}".split()', 'f"--data {x}".split() + job_args(parser)'),
        ('("--data "\n    "x").split()', '("--data "\n    "x").split() + job_args(parser)'),
        ("list(words)", "list(words) + job_args(parser)"),
    ],
)
def test_words_that_are_a_list_for_sure(words: str, after: str) -> None:
    head = NEEDY.replace("argparse\n", "argparse\nimport sys\n", 1)
    check_rewritten(
        f"{head}args = parser.parse_args({words})\nwandb.init(config=args)\n",
        head.replace("argparse\n", "argparse\nimport os\n", 1).replace(
            "wandb\n\n", "wandb\n\n\n<job_args>\n\n\n"
        )
        + f"args = parser.parse_args({after})\nwandb.init(config=args)\n",
    )


@pytest.mark.parametrize(
    ("words", "cause"),
    [
        ("*words", "can't tell what words the parse is given: *words"),
        ("**given", "given **given"),
        ("None, **given", "given **given"),
        ("get_words()", "can't tell what words the parse is given: get_words()"),
        ("a + b", "can't tell what words the parse is given: a + b"),
        ("words[3]", "can't tell what words the parse is given: words[3]"),
        ("x or y", "can't tell what words the parse is given: x or y"),
    ],
)
def test_words_of_unknown_making_are_refused(words: str, cause: str) -> None:
    source = f"{NEEDY}args = parser.parse_args({words})\nwandb.init(config=args)\n"
    check_refused(source, cause, 7)


@pytest.mark.parametrize(
    ("line", "cause"),
    [
        (
            'parser.add_argument("--x", action="append_const", const=1)',
            "--x has action append_const",
        ),
        ('parser.add_argument("rest", nargs=argparse.REMAINDER)', "takes the rest of"),
        ("parser.add_subparsers(dest=name)", "only a run tells under which name"),
        ("add_more(parser)", "the parser is passed to add_more(), which may add"),
        ("for n in names:\n    parser.add_argument(n)", "of which only a run tells"),
        ("parser.add_argument(*flags)", "of which only a run tells"),
        ("parser.add_argument('--x', **how)", "of which only a run tells"),
        ("if '--data' in sys.argv: print()", "the script itself looks at sys.argv"),
    ],
)
def test_a_parser_that_is_not_all_seen_is_refused(line: str, cause: str) -> None:
    source = (
        f"import sys\n{NEEDY}{line}\nargs = parser.parse_args()\nwandb.init(config=args)\n"
    )
    check_refused(source, cause, 8 + line.count("\n"))


@pytest.mark.parametrize(
    ("line", "cause"),
    [
        ("assert typeguard.check_return_type(parser)", ""),
        ("from typeguard import check_type; check_type('p', parser, object)", ""),
        ("assert parser", ""),
        ("assert add_more(parser)", "the parser is passed to add_more(), which may add"),
        ("typeguard.typechecked(parser)", "the parser is passed to typeguard.typechecked"),
    ],
)
def test_a_parser_whose_type_is_checked(line: str, cause: str) -> None:
    source = f"{NEEDY}{line}\nargs = parser.parse_args()\nwandb.init(config=args)\n"
    source = f"import typeguard\n{source}"
    if cause:
        check_refused(source, cause, 8)
    else:
        assert isinstance(migrated(source), Rewritten)


@pytest.mark.parametrize(
    ("init", "cause"),
    [
        ("wandb.init(**how)", "given **keywords that are made elsewhere"),
        ("wandb.init(config=load())", "can't tell what the run's config shows: load()"),
        ("wandb.init(config={**load()})", "load() is made elsewhere"),
        ("wandb.init(config={key: args.data})", "a key of the run's config is made"),
    ],
)
def test_beside_an_init_that_may_show_anything(init: str, cause: str) -> None:
    check_apart(f"{NEEDY}args = parser.parse_args()\n{init}\n", cause, 8)


def test_an_init_with_arguments_by_position_is_refused() -> None:
    source = f'{NEEDY}args = parser.parse_args()\nwandb.init("job", args)\n'
    check_refused(source, "given arguments by position", 8)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('wandb.init(config={"a": 1})', 'wandb.init(config={**vars(args), "a": 1})'),
        ("wandb.init(config=dict(a=1))", "wandb.init(config=dict(vars(args), a=1))"),
        (
            'k = {"a": 1}\nk["b"] = 2\nwandb.init(config=k)',
            'k = {"a": 1}\nk["b"] = 2\nwandb.init(config={**vars(args), **k})',
        ),
        ("wandb.init(config={})", "wandb.init(config=args)"),
        ("wandb.init(config=None)", "wandb.init(config=args)"),
        (
            'wandb.init(config={\n    "a": 1,  # why\n})',
            'wandb.init(config={\n    **vars(args),\n    "a": 1,  # why\n})',
        ),
        (
            'wandb.init()\nwandb.config.update({"a": 1})',
            'wandb.init(config=args)\nwandb.config.update({"a": 1})',
        ),
    ],
)
def test_a_config_of_other_things_gets_the_parameters_too(before: str, after: str) -> None:
    check_argv(
        f"args = parser.parse_args()\n{before}\n",
        f"args = {PARSED}\n{after}\n",
    )


@pytest.mark.parametrize(
    "config",
    [
        '{"data": args.data, "a": 1}',
        "{k: getattr(args, k) for k in vars(args)}",
        '{k: getattr(args, k) for k in dir(args) if not k.startswith("_")}',
        "dict(vars(args), a=1)",
        '{"data": data}',
    ],
)
def test_a_config_that_shows_the_parameters_stays_as_it_is(config: str) -> None:
    start = "def run(data):\n    wandb.init(config=CONFIG)\n\n\n".replace("CONFIG", config)
    before = f"{start}args = parser.parse_args()\nrun(args.data)\n"
    check_argv(before, before.replace("parser.parse_args()", PARSED))


def test_an_init_that_no_name_of_the_arguments_reaches() -> None:
    source = (
        f"{NEEDY}def start():\n    wandb.init()\n\n\ndef main():\n"
        "    args = parser.parse_args()\n    hooks = [start]\n    start()\n\n\nmain()\n"
    )
    assert by_environment(migrated(source))


def test_a_project_with_an_older_wandb_reads_the_environment_itself() -> None:
    for version in ("0.13.8", "0.16.0", "0.16.1", "0.31.0"):
        environment = Environment(88, type_checked=False, wandb_version=version)
        source = f"{NEEDY}args = parser.parse_args()\nwandb.init(config=args)\n"
        outcome = migrated(source, environment)
        assert isinstance(outcome, Rewritten)
        old = 'json.loads(os.environ["WANDB_CONFIG"])' in outcome.text
        assert old is (version in ("0.13.8", "0.16.0"))
        assert old is not ("load_wandb_config" in outcome.text)
        again = migrated(outcome.text, environment)
        assert isinstance(again, Unchanged), again


def test_what_is_not_argparse_is_refused_by_name() -> None:
    check_refused(
        "import tyro\nimport wandb\nargs = tyro.cli(Args)\nwandb.init(config=args)\n",
        "parameters are read by tyro",
        1,
    )


@pytest.mark.parametrize(
    "source",
    [
        "",
        "# nothing\n",
        "import wandb\nwandb.init()\n",
        NEEDY.replace("import wandb\n", "") + "args = parser.parse_args()\n",
        "import wandb\nwandb.init(config={'lr': 1})\nprint(wandb.config.lr)\n",
    ],
)
def test_a_script_without_a_parse_or_a_run_is_unchanged(source: str) -> None:
    check_noop(source)


def test_a_script_that_has_the_function_already_is_unchanged() -> None:
    source = f"{NEEDY}args = parser.parse_args()\nwandb.init(config=args)\n"
    outcome = check_argv(
        "args = parser.parse_args()\nwandb.init(config=args)\n",
        f"args = {PARSED}\nwandb.init(config=args)\n",
    )
    check_noop(outcome.text, "takes launched values already")
    assert outcome.text != source


def test_a_function_that_the_parser_has_outgrown_is_renewed() -> None:
    body = f"args = {PARSED}\nwandb.init(config=args)\n"
    old = check_argv("args = parser.parse_args()\nwandb.init(config=args)\n", body).text
    switch = 'parser.add_argument("--amp", action="store_true")\n'
    grown = old.replace("args = parser.", switch + "args = parser.")
    head, _, rest = grown.partition("def job_args")
    after = head + "<job_args>\n\n\nparser = " + rest.partition("\nparser = ")[2]
    check_rewritten(grown, after, "argv")


def test_a_function_that_was_edited_by_hand_is_refused() -> None:
    source = with_function(
        f"{NEEDY}",
        "import argparse\nimport os\nimport sys\n\nimport wandb\n\n\n<job_args>\n\n"
        + NEEDY.partition("wandb\n\n")[2]
        + f"args = {PARSED}\nwandb.init(config=args)\n",
    ).replace("return []", "return ['--fast']")
    check_refused(source, "job_args was edited by hand", 8)


def test_the_reason_says_why_this_form() -> None:
    outcome = migrated(f"{NEEDY}args = parser.parse_args()\nwandb.init(config=args)\n")
    assert outcome.reasons[0].message == "--data is required"
    assert (outcome.reasons[0].line, outcome.reasons[0].column) == (6, 1)


def test_a_gate_and_an_overwrite_are_noted() -> None:
    outcome = migrated(
        f"{NEEDY}args = parser.parse_args()\nargs.data += '/x'\n"
        "if args.data:\n    wandb.init(config=args)\n"
    )
    notes = [(r.message, r.line) for r in outcome.reasons if r.message.startswith("note")]
    assert notes == [
        ("note: the run only starts where `args.data` holds; give it to the job", 9),
        ("note: data is overwritten; a clone overwrites it again", 8),
    ]


def test_words_that_are_surely_given_are_only_joined() -> None:
    check_argv(
        "def parse(words=None):\n    if words is not None:\n"
        "        return parser.parse_args(words)\n    return parser.parse_args()\n\n\n"
        "args = parse()\nwandb.init(config=args)\n",
        "def parse(words=None):\n    if words is not None:\n"
        "        return parser.parse_args([*words, *job_args(parser)])\n"
        f"    return {PARSED}\n\n\nargs = parse()\nwandb.init(config=args)\n",
    )


def test_a_run_that_is_disabled_is_left_alone() -> None:
    check_argv(
        "args = parser.parse_args()\nif args.data:\n    wandb.init(config=args)\n"
        'else:\n    wandb.init(mode="disabled")\n',
        f"args = {PARSED}\nif args.data:\n    wandb.init(config=args)\n"
        'else:\n    wandb.init(mode="disabled")\n',
    )


def test_a_run_in_either_branch_is_no_gate() -> None:
    outcome = migrated(
        f"{NEEDY}args = parser.parse_args()\nif args.data:\n    wandb.init(config=args)\n"
        "else:\n    wandb.init(config=args, tags=['none'])\n"
    )
    assert not [r for r in outcome.reasons if "only starts where" in r.message]


@pytest.mark.parametrize(
    "lines",
    [
        "for k, v in wandb.config.items():\n    print(k, v)",
        "config = wandb.config\nprint(dict(config))",
        "print(wandb.config.data)",
        "print('data' in wandb.config)",
        "print(wandb.config.get('data'))",
    ],
)
def test_a_config_that_is_read_gets_no_parameters(lines: str) -> None:
    check_refused(
        f"{NEEDY}args = parser.parse_args()\nwandb.init()\n{lines}\n",
        "the script reads the run's config, which would then hold the parameters",
        10 if lines.startswith("config") else 9,
    )


@pytest.mark.parametrize(
    "lines",
    [
        "wandb.config.seed = 3",
        "config = wandb.config\nconfig['seed'] = 3\nprint(config.seed)",
        "wandb.config.update({'seed': 3})",
    ],
)
def test_a_config_of_other_keys_gets_the_parameters(lines: str) -> None:
    check_argv(
        f"args = parser.parse_args()\nwandb.init()\n{lines}\n",
        f"args = {PARSED}\nwandb.init(config=args)\n{lines}\n",
    )


@pytest.mark.parametrize(
    ("type_", "cause"),
    [
        ("argparse.FileType('w')", "may open its file for writing"),
        ("argparse.FileType(mode)", "may open its file for writing"),
        ("Mode", "one member has the name that is another's value"),
    ],
)
def test_a_type_that_takes_a_record_for_something_else(type_: str, cause: str) -> None:
    check_refused(
        "import argparse\nfrom enum import Enum\nimport wandb\n"
        "class Mode(Enum):\n    A = 'B'\n    B = 'b'\n"
        "p = argparse.ArgumentParser()\n"
        f"p.add_argument('--x', type={type_})\n"
        "args = p.parse_args()\nwandb.init(config=args)\n",
        cause,
        8,
    )


def test_options_that_exclude_each_other_can_be_cloned() -> None:
    outcome = migrated(
        "import argparse\nimport wandb\np = argparse.ArgumentParser()\n"
        "g = p.add_mutually_exclusive_group()\n"
        "g.add_argument('--epochs', type=int, default=10)\n"
        "g.add_argument('--steps', type=int, default=1000)\n"
        "args = p.parse_args()\nwandb.init(config=args)\n"
    )
    assert isinstance(outcome, Rewritten)
    assert "--WANDB_LAUNCH:" in outcome.text  # what is at its default goes by no word


LOOKS = "the script itself looks at sys.argv"


@pytest.mark.parametrize(
    "lines",
    [
        'cmd = " ".join(sys.argv)\nif "--eval" in cmd:\n    pass',
        'if "--eval" in str(sys.argv):\n    pass',
        'line = " ".join(sys.argv)\nn = line.count("--lr")',
        "if logger.log_cmd(sys.argv):\n    pass",
        "logger.login(sys.argv)",
        "logger.catalog(sys.argv)",
        "def log_cmd(words):\n    args.eval = '--eval' in words\nlog_cmd(sys.argv)",
    ],
)
def test_a_command_line_that_decides_as_text(lines: str) -> None:
    source = NEEDY.replace("import argparse\n", "import argparse\nimport sys\n")
    text = f"{source}args = parser.parse_args()\n{lines}\nwandb.init(config=args)\n"
    check_refused(text, LOOKS, text[: text.index("sys.argv")].count("\n") + 1)


def test_a_name_of_the_command_line_that_gets_other_words() -> None:
    source = NEEDY.replace("import argparse\n", "import argparse\nfrom sys import argv\n")
    text = f"{source}argv = argv[1:]\nargs = parser.parse_args(argv)\n"
    text += 'wandb.init(config=args)\nprint("--eval" in argv)\n'
    check_refused(text, LOOKS, text[: text.index("argv = ")].count("\n") + 1)


@pytest.mark.parametrize(
    "line",
    [
        'cmd = " ".join(sys.argv)\nprint(cmd)',
        'log.info(" ".join(sys.argv))',
        "logger.log_cmd(sys.argv)",
        "def log_cmd(words):\n    print(words)\nlog_cmd(sys.argv)",
    ],
)
def test_a_command_line_that_is_only_shown(line: str) -> None:
    source = NEEDY.replace("import argparse\n", "import argparse\nimport sys\n")
    text = f"{source}args = parser.parse_args()\n{line}\nwandb.init(config=args)\n"
    assert isinstance(migrated(text), Rewritten)


def test_positionals_between_options_are_refused() -> None:
    check_refused(
        NEEDY + "parser.add_argument('files', nargs='*')\n"
        "args = parser.parse_intermixed_args()\nwandb.init(config=args)\n",
        "files: the parse takes positionals between options",
        7,
    )


def test_a_script_that_reads_the_job_itself_is_refused() -> None:
    check_refused(
        "import argparse, os\nimport wandb\ndef get():\n    p = argparse.ArgumentParser()\n"
        "    p.add_argument('--lr', type=float)\n    if os.environ.get('WANDB_LAUNCH'):\n"
        "        from wandb.sdk.launch import load_wandb_config\n"
        "        p.set_defaults(**load_wandb_config())\n    return p.parse_args()\n"
        "args = get()\nwandb.init(config=args)\nprint(args)\n",
        "takes the config of a launched job itself",
        8,
    )


def test_builtins_that_a_star_import_hides() -> None:
    check_refused(
        "import argparse\nfrom numpy import *\nimport wandb\n"
        "p = argparse.ArgumentParser()\n"
        "p.add_argument('--names', nargs='+', default=['x'])\n"
        "args = p.parse_args()\nwandb.init(config=args)\nprint(args)\n",
        "any no longer stands for the builtin",
        2,
    )


def test_a_star_import_of_something_else() -> None:
    source = NEEDY.replace("import wandb\n", "import wandb\nfrom tkinter import *\n")
    text = f"{source}args = parser.parse_args()\nwandb.init(config=args)\n"
    assert isinstance(migrated(text), Rewritten)


OWN_METHOD = """\
import argparse

import wandb


class Options(BASE):
    def parse_args(self):
        BODY


parser = Options()
args = parser.parse_args()
wandb.init(config=args)
"""


def test_a_method_of_its_own_that_parses() -> None:
    body = (
        'parser = argparse.ArgumentParser()\n        parser.add_argument("--lr", type=int)'
    )
    script = OWN_METHOD.replace("(BASE)", "")
    after = script.replace("BODY", f"{body}\n        return parser.parse_args()")
    outcome = migrated(after)
    assert isinstance(outcome, Rewritten), outcome
    assert "return parser.parse_args(sys.argv[1:] + job_args(parser))" in outcome.text
    assert "\nargs = parser.parse_args()\n" in outcome.text


def test_a_method_that_may_be_that_of_a_parser() -> None:
    script = OWN_METHOD.replace("(BASE)", "").replace("BODY", "return own.parse_args()")
    script = script.replace("Options()", "Options() if own else argparse.ArgumentParser()")
    outcome = migrated(script.replace("class", "own = argparse.ArgumentParser()\n\nclass"))
    assert not isinstance(outcome, Rewritten), outcome


@pytest.mark.parametrize(
    ("base", "body"),
    [
        ("argparse.ArgumentParser", "return super().parse_args()"),
        ("argparse.ArgumentParser", "return argparse.Namespace(lr=1)"),
        ("Elsewhere", "return self.parser.parse_args()"),
    ],
)
def test_a_method_that_stands_in_for_that_of_a_parser(base: str, body: str) -> None:
    outcome = migrated(OWN_METHOD.replace("BASE", base).replace("BODY", body))
    assert not isinstance(outcome, Rewritten), outcome


BRANCHES = """
kind = parser.parse_known_args()[0].data
if kind == "a":
    parser.add_argument("--mode", type=int, default=1, choices=[0, 1])
else:
    SECOND
args = parser.parse_args()
print(args.mode)
wandb.init(config=args)
"""


@pytest.mark.parametrize(
    "second",
    [
        'parser.add_argument("--mode", type=int, default=3, choices=[0, 1, 2, 3])',
        'parser.add_argument("--mode", "-m", default="x")',
        'parser.add_argument("--mode", required=True)',
        'parser.add_argument("--mode", nargs="+", action="append")',
        'parser.add_argument("--mode", action="store_true")',
    ],
)
def test_an_option_that_another_branch_adds_in_another_way(second: str) -> None:
    outcome = migrated(NEEDY + BRANCHES.replace("SECOND", second))
    assert isinstance(outcome, Rewritten), outcome


@pytest.mark.parametrize(
    ("first", "second", "cause"),
    [
        ('"--mode"', '"--other", dest="mode"', "of another kind"),
        ('"--mode", "-m"', '"--mode"', "of another kind"),
        ('"--mode"', '"--other", dest="mode", required=True', "is required"),
        ('"--mode"', '"--other", dest="mode", action="append"', "collects values"),
        ('"--mode"', '"mode"', "shares its dest with a positional"),
    ],
)
def test_an_option_that_may_stand_beside_another_of_its_dest(
    first: str, second: str, cause: str
) -> None:
    script = BRANCHES.replace('"--mode"', first)
    script = script.replace("SECOND", f"parser.add_argument({second})")
    outcome = migrated(NEEDY + script)
    assert isinstance(outcome, Refused), outcome
    assert cause in outcome.reasons[0].message


@pytest.mark.parametrize("nargs", ["?", "*"])
def test_a_positional_that_another_parse_may_lack(nargs: str) -> None:
    positional = f'parser.add_argument("items", nargs="{nargs}")\n'
    parsed = f"{NEEDY}{positional}args = parser.parse_args()\nwandb.init(config=args)\n"
    assert isinstance(migrated(parsed), Rewritten)
    check_refused(f"{parsed}known = parser.parse_args([])\n", "parsed another time", 7)


HELD = """\
import argparse
import wandb

parser = argparse.ArgumentParser()
parser.add_argument("--n", default=3)
parser.add_argument("--lr", type=float, default=0.1)
args = parser.parse_args(namespace=argparse.Namespace(n=4))
wandb.init(config=args)
print(args)
"""


@pytest.mark.parametrize("held", ["n=4", "n=[4]", "n=load()", "lr=1.0, n=True"])
def test_a_value_in_a_namespace_that_no_word_gives(held: str) -> None:
    check_refused(HELD.replace("n=4", held), "n has a value here that no word gives", 7)


@pytest.mark.parametrize(
    "held", ["argparse.Namespace(n=4)", "argparse.Namespace()\nheld.n = 4"]
)
def test_a_value_in_a_namespace_that_has_a_name(held: str) -> None:
    made = HELD.replace("argparse.Namespace(n=4)", "held")
    named = made.replace("args =", f"held = {held}\nargs =")
    line = 7 + named.count("\n") - made.count("\n")
    check_refused(named, "n has a value here that no word gives", line)
    assert isinstance(migrated(named.replace("4", "'4'")), Rewritten)


@pytest.mark.parametrize("held", ["n='4'", "n=None", "lr=4.0", "other=4"])
def test_a_value_in_a_namespace_that_a_word_gives(held: str) -> None:
    assert isinstance(migrated(HELD.replace("n=4", held)), Rewritten)
