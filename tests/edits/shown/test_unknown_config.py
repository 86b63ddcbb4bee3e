"""Parameters that are shown beside a run's config that isn't known."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from jobready.outcome import Refused, Rewritten, Unchanged
from jobready.script.values.shown_apart import PREFIX
from tests.edits.tools import NEEDY, migrated

PARSED = f"{NEEDY}args = parser.parse_args()\n"


def update(run: str = "wandb", shown: str = "vars(args)", test: str = "") -> str:
    """The line that shows a dict of parameters."""
    made = f'{{f"args/{{k}}": v for k, v in {shown}.items(){test}}}'
    return f"{run}.config.update({made}, allow_val_change=True)"


def behind(rest: str, before: str = PARSED) -> str:
    """The statement that a script gets behind its init, without its line ends."""
    outcome = migrated(before + rest)
    assert isinstance(outcome, Rewritten), outcome
    assert isinstance(migrated(outcome.text), Unchanged)
    below = outcome.text.rpartition("wandb.init(")[2]
    found = [line for line in _statements(below) if "args/{k}" in line]
    assert len(found) == 1, outcome.text
    return found[0]


def _statements(below: str) -> list[str]:
    """The statements below an init, each on one line."""
    text = re.sub(r",\n\s*\)", ")", below)
    text = re.sub(r"(?<=[({])\n\s*|\n\s*(?=[)}])", "", text)
    text = re.sub(r"\n\s+(?=for k, v|if k|allow_val)", " ", text)
    return [line.strip() for line in text.splitlines()]


def refusal(rest: str, before: str = PARSED) -> str:
    """Why a script is left alone."""
    outcome = migrated(before + rest)
    assert isinstance(outcome, Refused), outcome
    return outcome.reasons[0].message


@pytest.mark.parametrize(
    ("init", "run"),
    [
        ("wandb.init(config=made(args))\n", "wandb"),
        ("run = wandb.init(config=made(args))\n", "run"),
        ("wandb.init(**made(args))\n", "wandb"),
        ("wandb.init(config=made(args)),\n", "wandb"),
        ("with wandb.init(config=made(args)) as run:\n    fit()\n", "run"),
        ("with wandb.init(config=made(args)):\n    fit()\n", "wandb"),
    ],
)
def test_the_parameters_come_beside_whatever_the_config_holds(init: str, run: str) -> None:
    assert behind(init) == update(run=run)


@pytest.mark.parametrize(
    "config",
    [
        '{"layers": args.layers, "all": vars(args), "file": made(args).data}',
        '{"net": {"layers": args.layers}, "path": args.data, "file": made(args).layers}',
        '{"layers": args.layers, "file": made(args).data}',
        '{"layers": 3, "data": args.data}',
        '{"layers": args.data, "data": args.layers}',
        "{name(): args.data, **vars(args)}",
    ],
)
def test_a_config_that_is_spelled_out_and_leaves_something_open(config: str) -> None:
    parsed = PARSED.replace("args =", 'parser.add_argument("--layers")\nargs =')
    assert behind(f"wandb.init(config={config})\n", parsed).endswith("True)")


@pytest.mark.parametrize(
    ("key", "is_known"),
    [
        ('"best_" + name()', True),
        ('"best_" + name() + "_epoch"', True),
        ('f"best_{name()}"', True),
        ('"da" + name()', False),
        ('name() + "_best"', False),
        ('f"{name()}_best"', False),
    ],
)
def test_a_key_that_is_made_at_run_time(key: str, is_known: bool) -> None:
    rest = f'wandb.init(config={{"data": args.data, {key}: 1}})\n'
    outcome = migrated(PARSED + rest)
    assert isinstance(outcome, Rewritten)
    assert ("args/{k}" not in outcome.text) is is_known


def test_a_parameter_that_has_another_name_there_keeps_it() -> None:
    parsed = PARSED.replace("args =", 'parser.add_argument("--lr")\nargs =')
    rest = 'wandb.init(config={"rate": args.lr, **made()})\n'
    assert behind(rest, parsed) == update(test=' if k != "lr"')
    outcome = migrated(parsed + rest)
    assert isinstance(outcome, Rewritten)
    assert 'names = {"rate": "lr"}' in outcome.text


def test_an_init_that_is_called_by_its_own_name() -> None:
    rest = "from wandb import init\nrun = init(config=made(args))\n"
    outcome = migrated(PARSED + rest)
    assert isinstance(outcome, Rewritten)
    assert "run.config.update(\n" in outcome.text


def test_a_dict_of_the_arguments_is_taken_as_it_is() -> None:
    parsed = PARSED.replace("parser.parse_args()", "vars(parser.parse_args())")
    assert behind("wandb.init(config=made(args))\n", parsed) == update(shown="args")


def test_all_stages_of_a_parse() -> None:
    parsed = (
        f"{NEEDY}first = argparse.ArgumentParser(add_help=False)\n"
        'first.add_argument("--preset")\n'
        "stage, rest = first.parse_known_args()\n"
        "args = parser.parse_args(rest)\n"
    )
    line = behind("wandb.init(config=made(args))\n", parsed)
    assert line == update(shown="{**vars(stage), **vars(args)}")


def test_secrets_and_ranks_are_left_out() -> None:
    for name in ("api_key", "local_rank"):
        parsed = PARSED.replace("args =", f'parser.add_argument("--{name}")\nargs =')
        line = behind("wandb.init(config=made())\n", parsed)
        assert line == update(test=f' if k != "{name}"')


RETURN = """\
def start():
    # why
    return wandb.init(  # here
        config=made()
    )  # there

{}start()
"""


@pytest.mark.parametrize(
    ("rest", "run"),
    [
        (RETURN.format(""), "run"),
        (RETURN.format("run = "), "wandb_run"),
        (RETURN.replace("start", "run").format(""), "wandb_run"),
        (RETURN.replace("made()", "run.get()").format("import run\n"), "wandb_run"),
        ("def start(x):\n    if x:\n        return wandb.init(**x)\nstart(x())\n", "run"),
    ],
)
def test_a_run_that_is_returned_gets_a_name(rest: str, run: str) -> None:
    assert behind(rest) == update(run)
    outcome = migrated(PARSED + rest)
    assert isinstance(outcome, Rewritten)
    assert f"{run} = wandb.init(" in outcome.text
    assert outcome.text.count(f" return {run}\n") == 1
    assert all(f"  # {word}" in outcome.text for word in re.findall("# ([a-z]+)", rest))


@pytest.mark.parametrize(
    "init", ["wandb.init(config=args)", "wandb.init()", "wandb.init(config={'a': 1})"]
)
def test_a_run_that_is_returned_needs_no_name_for_a_config(init: str) -> None:
    outcome = migrated(f"{PARSED}def start():\n    return {init}\nstart()\n")
    assert isinstance(outcome, Rewritten)
    assert "    return wandb.init(" in outcome.text


def test_the_notes_say_why_and_by_which_names_to_launch() -> None:
    outcome = migrated(f"{PARSED}wandb.init(config=made())\n")
    assert isinstance(outcome, Rewritten)
    notes = [r.message for r in outcome.reasons if r.message.startswith("note: ")]
    assert "shown as args/NAME, beside" in notes[0]
    assert "made() is made elsewhere" in notes[1]


@pytest.mark.parametrize(
    "rest",
    [
        "wandb.init(config=made())\nwandb.config.update(load())\n",
        "wandb.init(config=made())\nif late():\n    wandb.config.update(load())\n",
        "wandb.init(config=made())\nfor k in load():\n    wandb.config[k] = 1\n",
        "wandb.init(config=made())\nwandb.config.data = args.data + '2'\n",
        "wandb.init(config=made())\n"
        "wandb.config.update({'data': 1}, allow_val_change=True)\n",
        "wandb.init(config=made())\nfit('data' in wandb.config)\n",
    ],
)
def test_whatever_the_config_gets_later(rest: str) -> None:
    assert behind(rest) == update()


@pytest.mark.parametrize(
    ("rest", "why"),
    [
        ("start = lambda: wandb.init(config=made())\nstart()\n", "statement"),
        ("def start():\n    return wandb.init(config=made()), 1\nstart()\n", "statement"),
        (
            "def start():\n    if x(): return wandb.init(config=made())\nstart()\n",
            "statement",
        ),
        (
            "def start(run, wandb_run):\n    return wandb.init(config=made())\nstart(1, 2)",
            "statement",
        ),
        ("def f():\n    return wandb.init(config=made())\nfit(f().config['x'])\n", "back"),
        ("def f():\n    return wandb.init(config=made())\nfit(**f().config)\n", "reads"),
        ("for _ in range(2): wandb.init(config=made())\n", "statement"),
        ("wandb.init(config=made()); fit()\n", "statement"),
        ("if wandb.init(config=made()): fit()\n", "statement"),
        ("from wandb import init\ninit(config=made())\n", "holds the run"),
        ("wandb.init(config=made())\nfit(wandb.config.data)\n", "takes values back"),
        ("wandb.init(config=made())\nfit(wandb.config['x'])\n", "takes values back"),
        ("wandb.init(config=made())\nfit(wandb.config.get('x'))\n", "takes values back"),
        ("wandb.init(config=made())\nfit(**wandb.config)\n", "reads the run's config"),
        (
            "wandb.init(config=made())\nw = load()\nfit(**w['run'].config)\n",
            "may be",
        ),
        ("wandb.init(config=made())\nfit(load().the_run.config.items())\n", "may be"),
        ("wandb.init(config=made())\nfit(wandb.config.net)\n", "takes values back"),
    ],
)
def test_no_room_for_a_line_or_a_config_that_is_read(rest: str, why: str) -> None:
    assert why in refusal(rest)


@pytest.mark.parametrize(
    "lines",
    [
        "run = wandb.Api().run(path)\nfit(**run.config)",
        "def load(api, path):\n    run = api.run(path)\n    return run.config",
        "class Job:\n    def load(self):\n        fit(self.wandb_api.run('a/b/c').config)",
    ],
)
def test_the_config_of_a_run_on_record(lines: str) -> None:
    assert behind(f"wandb.init(config=made(args))\n{lines}\n") == update()


@pytest.mark.parametrize(
    "lines",
    [
        "run = wandb.Api().run()\nfit(**run.config)",
        "run = jobs.run(path)\nfit(**run.config)",
        "run = api.run_of(path)\nfit(**run.config)",
        "run = api.run(path) if path else mine()\nfit(**run.config)",
        "def load(run):\n    return run.config",
    ],
)
def test_the_config_of_a_run_that_may_be_this_one(lines: str) -> None:
    assert "may be" in refusal(f"wandb.init(config=made(args))\n{lines}\n")


STARTS = """\
def start(args):
    wandb.init(config=made(args))
    return wandb.config
"""


@pytest.mark.parametrize(
    "lines", ["start(args)", "if args.data:\n    start(args)\nelse:\n    start(args)"]
)
def test_a_config_that_is_returned_to_nobody(lines: str) -> None:
    typed = STARTS.replace("(args):", "(args: Any) -> Optional[run.config]:")
    assert "args/" in behind(f"{typed}{lines}\n")


@pytest.mark.parametrize("lines", ["fit(start(args))", "begin = start\nfit(begin(args))"])
def test_a_config_that_is_returned(lines: str) -> None:
    assert "reads the run's config" in refusal(f"{STARTS}{lines}\n")


def test_a_config_that_is_only_printed() -> None:
    assert behind("wandb.init(config=made())\nprint(wandb.config)\n") == update()


def test_a_run_that_goes_on_with_another_keeps_its_config() -> None:
    rest = 'wandb.init(id="a", resume="must", config=made())\n'
    assert "can't tell" in refusal(rest)


@pytest.mark.parametrize(
    "rest",
    [
        "del args.data\nwandb.init(config={**made(), **vars(args)})\n",
        "del args.data\nwandb.init(config={**vars(args)})\n",
        "vars(args).pop(made())\nwandb.init(config=made())\n",
        "vars(args).clear()\nwandb.init(config=made())\n",
    ],
)
def test_a_parameter_that_is_taken_out_is_still_refused(rest: str) -> None:
    assert "taken out" in refusal(rest)


def test_a_class_that_stands_in_for_wandb() -> None:
    stub = "try:\n    import wandb\nexcept ImportError:\n"
    stub += "    class wandb:\n        init = print\n"
    before = PARSED.replace("import wandb\n", stub)
    assert "a class of the script's own" in refusal("wandb.init(config=made())\n", before)


def test_a_secret_that_the_script_puts_among_the_arguments() -> None:
    rest = "args.wandb_key = read()\nwandb.init(config=made())\n"
    assert behind(rest) == update(test=' if k != "wandb_key"')


def test_a_sweep_is_still_refused() -> None:
    rest = "def fit():\n    wandb.init(config=made())\n    print(args.data)\n"
    rest += 'wandb.agent("a", function=fit)\n'
    assert isinstance(migrated(PARSED + rest), Refused)


def launched(config: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The words that the emitted function gives the parse in a job."""
    parsed = PARSED.replace("args =", 'parser.add_argument("--lr", type=float)\nargs =')
    outcome = migrated(f"{parsed}wandb.init(config=made())\n")
    assert isinstance(outcome, Rewritten)
    monkeypatch.setenv("WANDB_LAUNCH", "True")
    monkeypatch.setenv("WANDB_CONFIG", json.dumps(config))
    above = outcome.text.partition("args = parser")[0]
    known: dict[str, Any] = {}
    exec(above, known)
    words: list[str] = known["job_args"](known["parser"])
    return words


@pytest.mark.parametrize(
    ("config", "words"),
    [
        ({"data": "x", "lr": 0.5}, ["--data=x", "--lr=0.5"]),
        ({f"{PREFIX}data": "x", "data": {"path": "y"}}, ["--data=x"]),
        ({f"{PREFIX}data": "x", "other": 3}, ["--data=x"]),
        ({"other": 3}, []),
    ],
)
def test_what_is_launched_under_either_name(
    config: dict[str, Any], words: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert launched(config, monkeypatch) == words
