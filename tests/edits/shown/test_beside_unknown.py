"""Parameters that are shown beside what isn't known, where a config is put together."""

from __future__ import annotations

import pytest

from jobready.outcome import Refused, Rewritten, Unchanged
from tests.edits.tools import NEEDY, migrated

CALLBACK = """\
class Callback:
    def __init__(self, project, config, log=print):
        self.run = wandb.init(project=project, config=config)


def fit(args, settings):
    callback = Callback("fit", vars(args) | asdict(settings))
    return callback


"""
SCRIPT = NEEDY.replace("parser = ", f"{CALLBACK}parser = ") + (
    "\n\ndef main():\n    args = parser.parse_args()\n"
    "    fit(args, load(args.data))\n\n\nmain()\n"
)
SHOWN = '{f"args/{k}": v for k, v in vars(args).items()}'


def rewritten(script: str) -> str:
    """The rewritten script, which a second run leaves as it is."""
    outcome = migrated(script)
    assert isinstance(outcome, Rewritten), outcome
    assert isinstance(migrated(outcome.text), Unchanged)
    assert 'if k.startswith("args/")' in outcome.text
    return outcome.text


def test_the_call_gets_one_dict_more() -> None:
    lines = f"""\
    callback = Callback(
        "fit",
        vars(args) | asdict(settings) | {SHOWN},
    )
"""
    assert lines in rewritten(SCRIPT)
    lines = f"""\
    callback = Callback(
        "fit",
        vars(args)
        | asdict(settings.of_the_trainer)
        | {SHOWN},
    )
"""
    assert lines in rewritten(SCRIPT.replace("(settings)", "(settings.of_the_trainer)"))


def test_an_argument_on_a_line_of_its_own() -> None:
    call = 'Callback("fit", vars(args) | asdict(settings))'
    opened = """\
Callback(
        "fit",
        config=vars(args) | asdict(settings),
        log=None,
    )
"""
    lines = f"""\
        config=vars(args)
        | asdict(settings)
        | {SHOWN},
        log=None,
"""
    assert lines in rewritten(SCRIPT.replace(call, opened))


def test_one_that_fits_stays_on_its_line() -> None:
    script = SCRIPT.replace('"fit", vars(args) | asdict(settings)', "1, s | t")
    script = script.replace("callback = Callback(1", "it = Callback(1")
    text = rewritten(script.replace("return callback", "return it"))
    assert f"    it = Callback(1, s | t | {SHOWN})\n" in text


def test_a_secret_is_left_out() -> None:
    text = rewritten(SCRIPT.replace('"--data"', '"--api-key"').replace(".data", ".api_key"))
    assert 'for k, v in vars(args).items() if k != "api_key"}' in text


@pytest.mark.parametrize(
    ("old", "new"),
    [
        # what is given is used for something else too, or may be changed
        ("        self.run", "        self.config = config\n        self.run"),
        ("        self.run", "        config.pop('n', None)\n        self.run"),
        ("        self.run", "        config = config or {}\n        self.run"),
        ("        self.run", "        print(*config)\n        self.run"),
        # a dict that has another name, or is none that is put together
        (
            'Callback("fit", vars(args) | asdict(settings))',
            'Callback("fit", made(vars(args), settings))',
        ),
        (
            'callback = Callback("fit", vars(args) | asdict(settings))',
            'both = vars(args) | asdict(settings)\n    callback = Callback("fit", both)',
        ),
        # a call of it that hasn't got the arguments, or one that isn't seen
        ("\nmain()", '\nmain()\nCallback("other", one | other)'),
        ("\nmain()", "\nmain()\nlaunch(Callback)"),
        ("    return callback", '    Callback("b", vars(args) | more())'),
        # the run's config is read, and the arguments' names are others'
        ("    return callback", "    return dict(callback.run.config)"),
        ("    return callback", "    return [*wandb.config.keys()]"),
        ("def fit(args, settings):\n", "def fit(args, settings):\n    vars = dict\n"),
        ("def fit(args, settings):\n", "def fit(args, settings):\n    del args.data\n"),
    ],
)
def test_no_sure_place_for_it(old: str, new: str) -> None:
    assert old in SCRIPT
    script = SCRIPT.replace(old, new)
    compile(script, "train.py", "exec")
    outcome = migrated(script)
    assert isinstance(outcome, Refused) or (
        isinstance(outcome, Rewritten) and f"| {SHOWN}" not in outcome.text
    ), outcome
