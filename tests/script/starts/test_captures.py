"""What a script itself says of its job: settings, and the code that it logs."""

from __future__ import annotations

import pytest

from jobready.jobs.model import LoggedCode
from jobready.jobs.settings import Unknown
from jobready.outcome import Failed
from jobready.script.read import read
from jobready.script.starts.captures import Captures, read_captures

PARSER = """\
import argparse
parser = argparse.ArgumentParser()
parser.add_argument("--project", default="the-default")
parser.add_argument("--name")
args = parser.parse_args()
"""


def captures(text: str) -> Captures:
    script = read(f"import os\nimport wandb\n{text}")
    assert not isinstance(script, Failed)
    return read_captures(script)


def values(given: object) -> dict[str, object]:
    assert isinstance(given, dict)
    return {name: each.value for name, each in given.items()}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("wandb.init(project='p')", {"project": "p"}),
        ("wandb.init(project=None)", {"project": None}),
        ("wandb.init(mode='offline', dir='d', save_code=True)",
         {"mode": "offline", "root_dir": "d", "save_code": True}),
        ("from wandb import init\ninit(project='p')", {"project": "p"}),
        ("import wandb as wb\nwb.init(project='p')", {"project": "p"}),
        ("NAME = 'p'\nwandb.init(project=NAME)", {"project": "p"}),
        ("wandb.init(**{'project': 'p', 'name': 'n'})", {"project": "p"}),
        ("kw = dict(project='p')\nwandb.init(**kw)", {"project": "p"}),
        (f"{PARSER}wandb.init(project=args.project)", {"project": "the-default"}),
        ("wandb.init(entity='e', name='n')", {}),
        ("wandb.init()", {}),
        ("print('no run')", {}),
        ("first = wandb.init(project='a')\nwandb.init(project='b')", {"project": "a"}),
        ("other.init(project='p')", {}),
    ],
)  # fmt: skip
def test_arguments_of_the_run(text: str, found: dict[str, object]) -> None:
    assert values(captures(text).settings.arguments) == found


@pytest.mark.parametrize(
    ("argument", "expression"),
    [
        ("project=os.environ['P']", "os.environ['P']"),
        ("project=f'a-{x}'", "f'a-{x}'"),
        ("project=cfg.project", "cfg.project"),
        ("**cfg", "**cfg"),
    ],
)
def test_what_only_the_script_knows(argument: str, expression: str) -> None:
    found = values(captures(f"wandb.init({argument})").settings.arguments)
    assert found == {"project": Unknown(expression)}


def test_a_parameter_without_a_default_is_not_known() -> None:
    found = values(captures(f"{PARSER}wandb.init(project=args.name)").settings.arguments)
    assert found == {"project": Unknown("args.name")}


@pytest.mark.parametrize(
    ("text", "is_object"),
    [
        ("wandb.init(settings=wandb.Settings(job_name='j'))", True),
        ("s = wandb.Settings(job_name='j')\nwandb.init(settings=s)", True),
        ("from wandb import Settings\nwandb.init(settings=Settings(job_name='j'))", True),
        ("wandb.init(settings={'job_name': 'j'})", False),
        ("wandb.init(settings=dict(job_name='j'))", False),
    ],
)
def test_settings_of_the_run(text: str, is_object: bool) -> None:
    found = captures(text).settings
    assert values(found.settings) == {"job_name": "j"}
    assert found.objects == (frozenset({"job_name"}) if is_object else frozenset())


def test_settings_before_the_run() -> None:
    text = "wandb.setup(settings=wandb.Settings(job_source='repo'))\nwandb.init()"
    assert values(captures(text).settings.setup) == {"job_source": "repo"}


def test_settings_from_elsewhere_are_named() -> None:
    found = captures("wandb.init(settings=make())")
    assert [(text, place.line) for text, place in found.opaque] == [
        ("the settings of wandb are only known when the script runs", 3)
    ]


@pytest.mark.parametrize(
    ("text", "always", "unless"),
    [
        ("os.environ['WANDB_PROJECT'] = 'p'\nwandb.init()", {"WANDB_PROJECT": "p"}, {}),
        ("os.environ.setdefault('WANDB_MODE', 'offline')\nwandb.init()",
         {}, {"WANDB_MODE": "offline"}),
        ("os.environ.update(WANDB_MODE='offline', A='b')\nwandb.init()",
         {"WANDB_MODE": "offline"}, {}),
        ("os.environ.update({'WANDB_MODE': 'offline'})\nwandb.init()",
         {"WANDB_MODE": "offline"}, {}),
        ("from os import environ\nenviron['WANDB_PROJECT'] = 'p'\nwandb.init()",
         {"WANDB_PROJECT": "p"}, {}),
        ("wandb.init()\nos.environ['WANDB_PROJECT'] = 'late'", {}, {}),
        ("os.environ['CUDA_VISIBLE_DEVICES'] = '0'\nwandb.init()", {}, {}),
        ("settings['WANDB_PROJECT'] = 'p'\nwandb.init()", {}, {}),
        ("def main():\n    wandb.init()\nos.environ['WANDB_PROJECT'] = 'p'\nmain()",
         {"WANDB_PROJECT": "p"}, {}),
    ],
)  # fmt: skip
def test_the_environment_before_the_run(
    text: str, always: dict[str, str], unless: dict[str, str]
) -> None:
    found = captures(text).settings
    assert values(found.environ) == always
    assert values(found.unless) == unless


@pytest.mark.parametrize(
    ("call", "code"),
    [
        ("run.log_code()", LoggedCode(None, ".", 4)),
        ("run.log_code('src')", LoggedCode(None, "src", 4)),
        ("run.log_code(None)", LoggedCode(None, None, 4)),
        ("run.log_code('src', 'n')", LoggedCode("n", "src", 4)),
        ("run.log_code(name='n', root='..')", LoggedCode("n", "..", 4)),
        ("wandb.run.log_code(name=f'{x}')", LoggedCode(Unknown("f'{x}'"), ".", 4)),
        ("run.log_code(include_fn=lambda p: True, exclude_fn=f)",
         LoggedCode(None, ".", 4, "lambda p: True", "f")),
        ("if rank == 0: run.log_code()", LoggedCode(None, ".", 4, guarded=True)),
        ("if __name__ == '__main__': run.log_code()", LoggedCode(None, ".", 4)),
        ("logger.experiment.log_code()", LoggedCode(None, ".", 4)),
    ],
)  # fmt: skip
def test_logged_code(call: str, code: LoggedCode) -> None:
    assert captures(f"run = wandb.init()\n{call}").code == (code,)


@pytest.mark.parametrize("call", ["log_code()", "run.log_codes()", "run.log_code"])
def test_what_logs_no_code(call: str) -> None:
    assert captures(f"run = wandb.init()\n{call}").code == ()


def test_where_a_setting_stands() -> None:
    found = captures("wandb.init(\n    project='p',\n)").settings.arguments
    assert found["project"].origin == "line 4"
