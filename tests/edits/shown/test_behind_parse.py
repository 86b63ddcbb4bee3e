"""Runs that start before their arguments are parsed: shown by an update behind that."""

from __future__ import annotations

import pytest

from jobready.outcome import Refused, Rewritten, Unchanged
from tests.edits.tools import NEEDY, migrated

PARSE = "args = parser.parse_args()\n"
SHOWN = "config.update(args, allow_val_change=True)"
MAIN = f"def main():\n    {PARSE}    print(args.data)\n\nmain()\n"


def behind(script: str) -> str:
    """The line that a script gets behind its parse."""
    outcome = migrated(script)
    assert isinstance(outcome, Rewritten), outcome
    assert isinstance(migrated(outcome.text), Unchanged)
    lines = [line.strip() for line in outcome.text.splitlines()]
    parse = next(i for i, line in enumerate(lines) if ".parse_args(" in line)
    assert outcome.text.count("config.update(") == 1 + script.count("config.update(")
    return lines[parse + 1]


@pytest.mark.parametrize(
    ("start", "run"),
    [
        ("wandb.init()\n", "wandb"),
        ("run = wandb.init(project='p')\n", "run"),
        ("wandb.init()\nwandb.config.batch = 3\n", "wandb"),
    ],
)
@pytest.mark.parametrize("rest", [PARSE, MAIN, f"if True:\n    {PARSE}"])
def test_a_run_that_has_started(start: str, run: str, rest: str) -> None:
    assert behind(NEEDY + start + rest) == f"{run}.{SHOWN}"


def test_the_parse_inside_the_run() -> None:
    script = f"{NEEDY}with wandb.init() as run:\n    {PARSE}    print(args.data)\n"
    assert behind(script) == f"run.{SHOWN}"


def test_a_run_that_ends_later() -> None:
    script = f"{NEEDY}wandb.init()\n{PARSE}wandb.finish()\n"
    assert behind(script) == f"wandb.{SHOWN}"


def test_functions_between_that_return() -> None:
    between = "def double(x):\n    return 2 * x\n\n"
    script = NEEDY + "wandb.init()\n\n" + between + MAIN
    assert behind(script) == f"wandb.{SHOWN}"


@pytest.mark.parametrize(
    "script",
    [
        f"wandb.init()\nfor _ in '12':\n    {PARSE}    print(args.data)\n",
        f"for _ in '12':\n    wandb.init()\n    {PARSE}    wandb.finish()\n",
        "wandb.init()\n" + MAIN + "main()\n",
        f"import threading\nwandb.init()\n{MAIN}threading.Thread(target=main).start()\n",
    ],
)
def test_a_run_that_a_parse_comes_back_to(script: str) -> None:
    assert behind(NEEDY + script) == f"wandb.{SHOWN}"


def test_a_run_whose_name_is_nothings_before() -> None:
    script = f"{NEEDY}run = None\nrun = wandb.init()\n{PARSE}"
    assert behind(script) == f"run.{SHOWN}"


def test_a_second_run_behind_the_parse() -> None:
    script = f"{NEEDY}wandb.init()\n{PARSE}wandb.init(reinit=True, config=args)\n"
    assert behind(script) == f"wandb.{SHOWN}"


def test_a_secret_is_left_out() -> None:
    secret = NEEDY + 'parser.add_argument("--api-key")\n'
    outcome = migrated(secret + "wandb.init()\n" + PARSE)
    assert isinstance(outcome, Rewritten), outcome
    line = outcome.text.partition("wandb.config.update(")[2]
    assert "api_key" in line


@pytest.mark.parametrize("unsafe", [False, True])
@pytest.mark.parametrize(
    "script",
    [
        f"if NEEDED:\n    wandb.init()\n{PARSE}",
        f"def begin():\n    wandb.init()\n\nbegin()\n{PARSE}",
        f"wandb.init()\nwandb.finish()\n{MAIN}",
        f"with wandb.init() as run:\n    fit()\n{PARSE}",
        f"wandb.init()\nif ODD:\n    raise SystemExit\n{MAIN}",
        f"wandb.init()\n{MAIN}".replace("    args", "    wandb = None\n    args"),
        f"wandb.init()\n{PARSE}print(wandb.config.data)\n",
        f"wandb.init()\nwandb.config.data = 3\n{PARSE}",
        f"wandb.init(config=made())\n{PARSE}",
        "wandb.init()\nhold(parser.parse_args())\n",
        f"print(wandb.init())\n{PARSE}",
        f"wandb.init(config={{'a': 1}})\n{PARSE}",
        # another way to the parse, on which no run has started
        f"def get():\n    {PARSE}    return args\n\n"
        "def train():\n    wandb.init()\n    get()\n\n"
        "def evaluate():\n    get()\n\nevaluate() if EVALUATES else train()\n",
        # the run may have ended, or not be what has its name
        f"wandb.init()\nfor _ in '12':\n    {PARSE}    wandb.finish()\n",
        f"from wandb import finish as done\nwandb.init()\ndone()\n{PARSE}",
        f"run = wandb.init()\nend = run.finish\nend()\n{PARSE}",
        f"run = wandb.init()\nrun.join()\n{PARSE}",
        f"run = wandb.init()\nwith run:\n    pass\n{PARSE}",
        f"wandb.init()\n{MAIN[:-8]}\nat_exit(main)\nwandb.finish()\n",
        "with wandb.init() as run:\n    def main():\n        "
        + PARSE
        + "    at_exit(main)\n",
        f"run = wandb.init()\ndel run\n{PARSE}",
        f"run = wandb.init()\nfor run in range(3):\n    pass\n{PARSE}",
        f"run = wandb.init()\ndef other():\n    global run\n    run = 1\n\n{PARSE}",
        "def main():\n    run = wandb.init()\n    def other():\n        nonlocal run\n"
        f"        run = 1\n    other()\n    {PARSE}main()\n",
        # what is parsed may be nothing
        f"wandb.init()\n{PARSE[:-1]} if ODD else None\n",
        "def get():\n    if ODD:\n        return parser.parse_args()\n    return None\n\n"
        "wandb.init()\nargs = get()\n",
        "def get():\n    if ODD:\n        return get()\n    return parser.parse_args()\n\n"
        "wandb.init()\nargs = get()\n",
        "def get():\n    if ODD:\n        return parser.parse_args()\n\n"
        "wandb.init()\nargs = get()\n",
        # two runs, and one line
        f"run = wandb.init()\nother = wandb.init(reinit='create_new')\n{PARSE}",
        # no line fits in
        f"wandb.init()\ntry:\n    MAY_FAIL\nexcept NameError: {PARSE}",
        f"wandb.init()\nif ODD:\n    pass\nelse: {PARSE}",
    ],
)
def test_what_isnt_sure(script: str, unsafe: bool) -> None:
    outcome = migrated(NEEDY + script, unsafe_fixes=unsafe)
    assert isinstance(outcome, Refused), outcome
