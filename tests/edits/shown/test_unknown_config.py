"""Parameters that ``--unsafe-fixes`` shows over a run's config that isn't known."""

from __future__ import annotations

import pytest

from jobready.outcome import UNSAFELY, Refused, Rewritten, Unchanged
from tests.edits.tools import NEEDY, migrated

PARSED = f"{NEEDY}args = parser.parse_args()\n"


def behind(rest: str, before: str = PARSED) -> str:
    """The line that a script gets behind its init, without what stands around it."""
    outcome = migrated(before + rest, unsafe_fixes=True)
    assert isinstance(outcome, Rewritten), outcome
    lines = [line.strip() for line in outcome.text.splitlines()]
    added = [x for x in lines if ".config.update(" in x and x not in rest]
    assert len(added) == 1, outcome.text
    start = next(i for i, x in enumerate(lines) if "wandb.init(" in x)
    assert lines[start + 1] == added[0], outcome.text
    assert isinstance(migrated(outcome.text), Unchanged)
    return added[0]


def refusal(rest: str, before: str = PARSED) -> str:
    """Why a script is left alone, even where unsafe fixes are asked for."""
    (reason,) = _refused(before + rest, unsafe_fixes=True)
    assert UNSAFELY not in _refused(before + rest, unsafe_fixes=False)[0]
    return reason


def _refused(source: str, *, unsafe_fixes: bool) -> list[str]:
    outcome = migrated(source, unsafe_fixes=unsafe_fixes)
    assert isinstance(outcome, Refused), outcome
    return [reason.message for reason in outcome.reasons]


@pytest.mark.parametrize(
    ("init", "run"),
    [
        ("wandb.init(config=made(args))\n", "wandb"),
        ("run = wandb.init(config=made(args))\n", "run"),
        ("with wandb.init(config=made(args)) as run:\n    fit()\n", "run"),
        ("with wandb.init(config=made(args)):\n    fit()\n", "wandb"),
        ("wandb.init(**made(args))\n", "wandb"),
    ],
)
def test_the_parameters_come_over_whatever_the_config_holds(init: str, run: str) -> None:
    assert behind(init) == f"{run}.config.update(vars(args), allow_val_change=True)"


@pytest.mark.parametrize(
    "config",
    [
        '{"layers": args.layers, "all": vars(args), "file": made(args).data}',
        '{"net": {"layers": args.layers}, "path": args.data, "file": made(args).layers}',
        '{"layers": args.layers, "file": made(args).data}',
    ],
)
def test_what_the_config_only_shows_inside_something(config: str) -> None:
    parsed = PARSED.replace("args =", 'parser.add_argument("--layers")\nargs =')
    line = behind(f"wandb.init(config={config})\n", parsed)
    assert line == "wandb.config.update(vars(args), allow_val_change=True)"


def test_an_init_that_is_called_by_its_own_name() -> None:
    rest = "from wandb import init\nrun = wandb.init(config=made(args))\n"
    rest = rest.replace("wandb.init", "init")
    outcome = migrated(PARSED + rest, unsafe_fixes=True)
    assert isinstance(outcome, Rewritten)
    assert "run.config.update(vars(args), allow_val_change=True)\n" in outcome.text


def test_a_dict_of_the_arguments_is_taken_as_it_is() -> None:
    parsed = PARSED.replace("parser.parse_args()", "vars(parser.parse_args())")
    rest = "wandb.init(config=made(args))\n"
    assert behind(rest, parsed) == "wandb.config.update(args, allow_val_change=True)"


def test_all_stages_of_a_parse() -> None:
    parsed = (
        f"{NEEDY}first = argparse.ArgumentParser(add_help=False)\n"
        'first.add_argument("--preset")\n'
        "stage, rest = first.parse_known_args()\n"
        "args = parser.parse_args(rest)\n"
    )
    line = behind("wandb.init(config=made(args))\n", parsed)
    shown = "{**vars(stage), **vars(args)}"
    assert line == f"wandb.config.update({shown}, allow_val_change=True)"


def test_without_the_option_it_is_refused_and_the_option_named() -> None:
    (reason,) = _refused(f"{PARSED}wandb.init(config=made())\n", unsafe_fixes=False)
    assert reason.endswith(UNSAFELY)


def test_the_note_says_by_which_names_to_launch() -> None:
    outcome = migrated(f"{PARSED}wandb.init(config=made())\n", unsafe_fixes=True)
    assert isinstance(outcome, Rewritten)
    (note,) = [r.message for r in outcome.reasons if "shown over" in r.message]
    assert "launch them by their own names" in note


@pytest.mark.parametrize(
    ("rest", "why"),
    [
        ("def start():\n    return wandb.init(config=made())\nstart()\n", "statement"),
        ("for _ in range(2): wandb.init(config=made())\n", "statement"),
        ("wandb.init(config=made()); fit()\n", "statement"),
        ("if wandb.init(config=made()): fit()\n", "statement"),
        ("from wandb import init\ninit(config=made())\n", "holds the run"),
        ("wandb.init(config=made())\nfit(wandb.config.data)\n", "reads the run's config"),
        ("wandb.init(config=made())\nfit(**wandb.config)\n", "reads the run's config"),
        (
            "wandb.init(config=made())\nwandb.config.data = args.data + '2'\n",
            "gets another 'data' here",
        ),
    ],
)
def test_no_room_for_a_line_or_a_config_that_is_read(rest: str, why: str) -> None:
    assert why in refusal(rest)


def test_no_name_of_the_arguments_where_the_run_starts() -> None:
    rest = "def main():\n    fit(parser.parse_args())\n    start()\n"
    rest += "def start():\n    wandb.init(config=made())\nmain()\n"
    assert "no name there holds what is parsed here" in refusal(rest, NEEDY)


def test_a_secret_is_not_shown() -> None:
    parsed = PARSED.replace("args =", 'parser.add_argument("--api-key")\nargs =')
    assert "api_key can't be shown" in refusal("wandb.init(config=made())\n", parsed)


def test_a_run_that_goes_on_with_another_keeps_its_config() -> None:
    rest = 'wandb.init(id="a", resume="must", config=made())\n'
    assert "can't tell" in refusal(rest)


def test_what_else_is_wrong_is_still_refused() -> None:
    rest = "wandb.init(config=made())\nwandb.config.update({'data': 1})\n"
    reasons = _refused(PARSED + rest, unsafe_fixes=True)
    assert "isn't surely the parameter" in reasons[0]
    reasons = _refused(
        PARSED + "wandb.init(config={key(): 1, **made()})\n", unsafe_fixes=True
    )
    assert "made at run time" in reasons[0]


def test_a_sweep_is_still_refused() -> None:
    rest = "def fit():\n    wandb.init(config=made())\n    print(args.data)\n"
    rest += 'wandb.agent("a", function=fit)\n'
    assert isinstance(migrated(PARSED + rest, unsafe_fixes=True), Refused)
