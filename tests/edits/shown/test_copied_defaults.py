"""Runs that show a parameter's default, whatever is given for it."""

from __future__ import annotations

import pytest

from jobready.outcome import Rewritten, Unchanged
from tests.edits.tools import NEEDY, is_doubted, migrated

EPOCHS = 'parser.add_argument("--epochs", type=int, default=100)\n'
MAIN = """\
args = parser.parse_args()
wandb.init(config={"data": args.data, "epochs": 100, "kind": "cnn"})
print(args.epochs)
"""


def init_of(script: str) -> str:
    """The line of a migrated script that starts its run."""
    outcome = migrated(NEEDY + script)
    assert isinstance(outcome, Rewritten), outcome
    assert isinstance(migrated(outcome.text), Unchanged)
    return next(x for x in outcome.text.splitlines() if "init(" in x).strip()


def test_the_parameter_is_shown_in_its_place() -> None:
    after = '{"data": args.data, "epochs": args.epochs, "kind": "cnn"}'
    assert init_of(EPOCHS + MAIN) == f"wandb.init(config={after})"


def test_a_dict_of_keywords() -> None:
    main = MAIN.replace(
        '{"data": args.data, "epochs": 100, "kind": "cnn"}',
        "dict(data=args.data, epochs=100)",
    )
    assert (
        init_of(EPOCHS + main)
        == "wandb.init(config=dict(data=args.data, epochs=args.epochs))"
    )


def test_arguments_that_are_a_dict() -> None:
    main = MAIN.replace("parse_args()", "parse_args().__dict__").replace(
        "args.data", "args['data']"
    )
    assert '"epochs": args["epochs"]' in init_of(
        EPOCHS + main.replace("args.epochs", "args['epochs']")
    )


def test_form_config_would_show_the_default_alone() -> None:
    source = (NEEDY + EPOCHS + MAIN).replace("required=True", 'default="d"')
    outcome = migrated(source)
    assert isinstance(outcome, Rewritten)
    assert outcome.forms == ("argv",)
    assert '"epochs": args.epochs' in outcome.text


@pytest.mark.parametrize(
    "script",
    [
        EPOCHS.replace("100", "50") + MAIN,
        EPOCHS.replace("int", "float").replace("100", "100.0") + MAIN,
        EPOCHS.replace(", default=100", "") + MAIN.replace("100", "None"),
        EPOCHS + MAIN + "print(wandb.config.epochs)\n",
        EPOCHS + MAIN + "wandb.config.epochs = 7\n",
        EPOCHS
        + MAIN.replace("wandb.init(config=", "config = (").replace(
            "print(", "wandb.init(config=config)\nprint(config['epochs'], "
        ),
        EPOCHS
        + "def start(data):\n    wandb.init(config={'data': data, 'epochs': 100})\n\n"
        "if __name__ == '__main__':\n    args = parser.parse_args()\n"
        "    start(args.data)\n    print(args.epochs)\n",
        EPOCHS + MAIN.replace('"data": args.data, ', ""),
    ],
)
def test_what_may_be_meant_otherwise(script: str) -> None:
    outcome = migrated(NEEDY + script)
    assert is_doubted(outcome)
