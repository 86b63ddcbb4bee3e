"""Runs that start before their arguments are parsed: shown by an update behind that."""

from __future__ import annotations

import pytest

from jobready.outcome import Refused, Rewritten, Unchanged
from tests.edits.tools import NEEDY, migrated

PARSE = "args = parser.parse_args()\n"
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
    assert behind(NEEDY + start + rest) == f"{run}.config.update(args)"


def test_the_parse_inside_the_run() -> None:
    script = f"{NEEDY}with wandb.init() as run:\n    {PARSE}    print(args.data)\n"
    assert behind(script) == "run.config.update(args)"


def test_a_run_that_ends_later() -> None:
    script = f"{NEEDY}wandb.init()\n{PARSE}wandb.finish()\n"
    assert behind(script) == "wandb.config.update(args)"


def test_functions_between_that_return() -> None:
    between = "def double(x):\n    return 2 * x\n\n"
    script = NEEDY + "wandb.init()\n\n" + between + MAIN
    assert behind(script) == "wandb.config.update(args)"


def test_a_secret_is_left_out() -> None:
    secret = NEEDY + 'parser.add_argument("--api-key")\n'
    line = behind(secret + "wandb.init()\n" + PARSE)
    assert line.startswith("wandb.config.update(")
    assert "'api_key'" in line or '"api_key"' in line


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
    ],
)
def test_what_isnt_sure(script: str, unsafe: bool) -> None:
    outcome = migrated(NEEDY + script, unsafe_fixes=unsafe)
    assert isinstance(outcome, Refused), outcome
