"""Keys, tokens and passwords stay out of a config that wasn't there."""

from __future__ import annotations

import ast

import pytest

from jobready.edits.shown.secrets import looks_secret
from jobready.outcome import Refused, Rewritten
from jobready.script.model import Script
from jobready.script.read import read
from tests.edits.tools import CLEAN, NEEDY, migrated


def secret(call: str) -> bool:
    script = read(
        f"import argparse\np = argparse.ArgumentParser()\np.add_argument({call})\n"
    )
    assert isinstance(script, Script)
    return looks_secret(script.parameters[0])


SECRETS = """
    --api-key --api_key --apikey --key --token --hf-token --auth_token --password --passwd
    --wandb-key --wandb_api_key --secret --client-secret --access-key --credentials
    --logger.wandb.key --openai.api_key --hub.token --wandb.api --pwd --db-pwd
"""
OTHERS = """
    --lr --keys --token-type --key-file --pad-token --add_pad_token --num-tokens
    --max-tokens --eos_token --sort-key --monkey --password-file --image_token
    --tokenizer --keyword --secretary --data.image_key --model.pad_token --sort.key
    --token.type --secret.file
"""


@pytest.mark.parametrize("flag", SECRETS.split())
def test_a_secret(flag: str) -> None:
    assert secret(f'"{flag}"')


@pytest.mark.parametrize(
    "call",
    [
        *map(repr, OTHERS.split()),
        '"--token", type=int',
        '"--use-auth-token", action="store_true"',
    ],
)
def test_no_secret(call: str) -> None:
    assert not secret(call)


ADD = 'parser.add_argument("--wb", OPTIONS)\nargs = parser.parse_args()\n'


def config_with(options: str, use: str) -> str:
    """The call of wandb.init in a script with a parameter of no telling name."""
    source = CLEAN + ADD.replace("OPTIONS", options) + f"{use}\nwandb.init()\n"
    outcome = migrated(source)
    assert isinstance(outcome, Rewritten), outcome
    return outcome.text.rpartition("wandb.init(")[2].strip()


LEFT_OUT = 'config={k: v for k, v in vars(args).items() if k != "wb"})'


@pytest.mark.parametrize(
    ("options", "use"),
    [
        ('default=""', "wandb.login(key=args.wb)"),
        ('default=""', "wandb.login(args.wb)"),
        ('default=""', "login(token=args.wb)"),
        ('default=""', "key = args.wb\nwandb.login(key=key)"),
        ('default=""', "client = Client(api_key=args.wb)"),
        ('default=""', 'os.environ["WANDB_API_KEY"] = args.wb'),
        ('help="your W&B API key"', "print(args.wb)"),
        ('help="password of the database"', "print(args.wb)"),
        ('"--wandb-key", default=""', "print(args.wb)"),
    ],
)
def test_what_is_a_secret_by_its_use(options: str, use: str) -> None:
    assert config_with(options, use) == LEFT_OUT


@pytest.mark.parametrize(
    ("options", "use"),
    [
        ('default=""', "values.sort(key=args.wb)"),
        ('default=""', "tokens = Tokens(pad_token=args.wb)"),
        ('default=""', 'os.environ["WANDB_PROJECT"] = args.wb'),
        ('default=""', "wandb.login(key=other.wb)"),
        ('help="path to a file with the API key"', "print(args.wb)"),
        ('help="name of the variable with your API key"', "print(args.wb)"),
        ('help="the key of the column"', "print(args.wb)"),
        ("type=int", "wandb.login(key=args.wb)"),
    ],
)
def test_what_is_no_secret_by_its_use(options: str, use: str) -> None:
    assert config_with(options, use).startswith("config=args)")


@pytest.mark.parametrize("start", [CLEAN, NEEDY])
def test_a_new_config_leaves_it_out_and_says_so(start: str) -> None:
    source = (
        f'{start}parser.add_argument("--api_key", default="")\n'
        "args = parser.parse_args()\nwandb.init()\nprint(args.api_key)\n"
    )
    outcome = migrated(source)
    assert isinstance(outcome, Rewritten), outcome
    assert outcome.forms == ("argv",)
    (config,) = (
        k.value
        for n in ast.walk(ast.parse(outcome.text))
        if isinstance(n, ast.Call)
        for k in n.keywords
        if k.arg == "config"
    )
    assert ast.get_source_segment(outcome.text, config) == (
        '{k: v for k, v in vars(args).items() if k != "api_key"}'
    )
    note = "note: api_key looks like a secret and is left out of config="
    assert (note, 7) in [(r.message, r.line) for r in outcome.reasons]
    assert isinstance(migrated(source, form="config"), Refused)


def test_a_config_that_shows_it_already_stays_as_it_is() -> None:
    source = (
        f'{CLEAN}parser.add_argument("--api_key", default="")\n'
        "args = parser.parse_args()\nwandb.init(config=args)\nprint(args.api_key)\n"
    )
    outcome = migrated(source)
    assert isinstance(outcome, Rewritten), outcome
    assert outcome.forms == ("config",)
