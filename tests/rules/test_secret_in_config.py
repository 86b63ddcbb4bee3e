"""JR605: a secret gets into the run's config."""

from __future__ import annotations

import pytest

from tests.rules.tools import FIELDS, assert_clean, found

HEAD = "import argparse\nimport wandb\nparser = argparse.ArgumentParser()\n"


def script(added: str, config: str = "args") -> str:
    return (
        f"{HEAD}parser.add_argument({added})\nargs = parser.parse_args()\n"
        f"wandb.init(config={config})\n"
    )


@pytest.mark.parametrize("name", ["hf_token", "api-key", "password", "wandb_key", "secret"])
def test_a_parameter_that_is_shown(name: str) -> None:
    ((line, column, message),) = found("JR605", script(f'"--{name}"'))
    assert (line, column) == (4, 1)
    assert message.startswith(f"{name.replace('-', '_')} is recorded")


def test_a_key_of_the_config() -> None:
    text = 'import wandb\nwandb.init(config={"lr": 1, "api_key": KEY})\n'
    assert [(line, column) for line, column, _ in found("JR605", text)] == [(2, 29)]


@pytest.mark.parametrize(
    "text",
    [
        script('"--max_tokens", type=int'),
        script('"--pad_token"'),
        script('"--tokenizer"'),
        script('"--keyword"'),
        script('"--use_auth_token", action="store_true"'),
        script('"--hf_token"', '{"lr": args.lr}'),
        'import wandb\nwandb.init(config={"api_key": None})\n',
        'import wandb\nwandb.init(project="token")\n',
    ],
)
def test_what_is_no_secret_or_not_shown(text: str) -> None:
    assert_clean("JR605", text)


def test_a_field_that_is_a_secret() -> None:
    text = FIELDS.format(field='hf_token: str = ""')
    assert [place[:2] for place in found("JR605", text)] == [(7, 5)]
