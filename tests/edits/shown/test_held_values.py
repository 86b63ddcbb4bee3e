"""Parameters that a run shows by the names that their values have where it starts."""

from __future__ import annotations

import pytest

from jobready.outcome import Refused, Rewritten, Unchanged
from tests.edits.tools import NEEDY, by_environment, migrated

TRAIN = "\ndef train(data):\n    wandb.init(project='p')\n    print(data)\n"
MAIN = (
    "\nif __name__ == '__main__':\n    args = parser.parse_args()\n    train(args.data)\n"
)
FILE = """
def train(data):
    with open(data) as f:
        config = json.load(f)
    keywords = {"project": "p", "config": config}
    if config["resume"]:
        keywords.update({"id": config["resume"]})
    wandb.init(**keywords)
"""
MORE = "".join(f'parser.add_argument("--p{i}", type=int, default=1)\n' for i in range(3))


def shown(script: str) -> list[str]:
    """The lines of a migrated script that show something in its run."""
    outcome = migrated(NEEDY + script)
    assert isinstance(outcome, Rewritten), outcome
    again = migrated(outcome.text)
    assert isinstance(again, Unchanged), again
    lines = outcome.text.replace('"', "'").splitlines()
    return [x.strip() for x in lines if "init(" in x or "config.update(" in x]


def test_the_one_parameter_that_a_function_gets() -> None:
    assert shown(TRAIN + MAIN) == ["wandb.init(project='p', config={'data': data})"]


def test_each_by_the_name_that_it_has_there() -> None:
    train = TRAIN.replace("(data)", "(p1, p0, p2, data)")
    main = MAIN.replace("args.data", "args.p0, args.p1, p2=args.p2, data=args.data")
    (line,) = shown(MORE + train + main)
    assert "config={'data': data, 'p0': p1, 'p1': p0, 'p2': p2}" in line


def test_behind_the_keys_of_a_file() -> None:
    train = (
        FILE[: FILE.index("    keywords")]
        + "    wandb.init(config=config, name=config['n'])\n"
    )
    (line,) = shown("import json\n" + train + MAIN)
    assert line == "wandb.init(config={**config, 'data': data}, name=config['n'])"


def test_over_a_file_whose_keys_come_with_keywords() -> None:
    _, line = shown("import json\n" + FILE + MAIN)
    assert line == "wandb.config.update({'data': data}, allow_val_change=True)"


def test_many_are_handed_down_together() -> None:
    names = ", ".join(["data", *(f"p{i}" for i in range(9))])
    more = "".join(
        f'parser.add_argument("--p{i}", type=int, default=1)\n' for i in range(9)
    )
    main = MAIN.replace("train(args.data)", "train(**vars(args))")
    (line,) = shown(more + TRAIN.replace("(data)", f"({names})") + main)
    assert line == "wandb.init(project='p', config=config)"


def test_many_are_spelled_out_where_they_can_not_be_handed_down() -> None:
    names = [f"p{i}" for i in range(9)]
    more = "".join(f'parser.add_argument("--{n}", type=int, default=1)\n' for n in names)
    train = TRAIN.replace("(data)", f"({', '.join(['data', *names])}, **other)")
    outcome = migrated(NEEDY + more + train + MAIN.replace("args.data", "**vars(args)"))
    assert isinstance(outcome, Rewritten), outcome
    assert '"p8": p8' in outcome.text.replace("'", '"')


def test_a_secret_is_left_out() -> None:
    key = 'parser.add_argument("--api_key")\n'
    train = TRAIN.replace("(data)", "(data, api_key)")
    main = MAIN.replace("args.data", "args.data, args.api_key")
    assert shown(key + train + main) == ["wandb.init(project='p', config={'data': data})"]


@pytest.mark.parametrize(
    ("train", "main"),
    [
        (TRAIN.replace("    wandb", "    data = data or 'x'\n    wandb"), MAIN),
        (TRAIN.replace("    wandb", "    data += '/x'\n    wandb"), MAIN),
        (TRAIN.replace("    wandb", "    if ready():\n        data = 1\n    wandb"), MAIN),
        (
            TRAIN.replace("    wandb", "    for data in read():\n        pass\n    wandb"),
            MAIN,
        ),
        (
            TRAIN.replace(
                "    wandb",
                "    def change():\n        nonlocal data\n        data = 1\n"
                "    change()\n    wandb",
            ),
            MAIN,
        ),
        (TRAIN, MAIN.replace("args.data", "args.data + '/x'")),
        (TRAIN, MAIN.replace("args.data", "args.data or 'x'")),
        (TRAIN, MAIN.replace("train(args.data)", "for x in args.data:\n        train(x)")),
        (TRAIN, MAIN + "    train('x')\n"),
        (TRAIN.replace("(data)", "(data=1)"), MAIN + "    train()\n"),
        (
            TRAIN,
            MAIN.replace("train(args.data)", "Process(target=train, args=(args.data,))"),
        ),
        (TRAIN, MAIN + "    hooks = [train]\n    args.other = parser.parse_args([])\n"),
        (
            TRAIN,
            MAIN.replace(
                "train(args",
                "other = argparse.Namespace(**vars(args))\n    other.data = 1\n"
                "    train(other",
            ),
        ),
        (MORE + TRAIN, MAIN),
    ],
)
def test_a_name_that_may_have_another_value(train: str, main: str) -> None:
    traced = train.replace("\ndef train", "\n@traced\ndef train")  # no other way down
    outcome = migrated(NEEDY + traced + main)
    assert isinstance(outcome, Refused) or by_environment(outcome)


def test_a_config_that_the_script_reads_back() -> None:
    outcome = migrated(NEEDY + TRAIN + "    print(wandb.config['data'])\n" + MAIN)
    assert by_environment(outcome)


def test_an_update_that_has_no_line_of_its_own() -> None:
    train = FILE.replace("wandb.init(**keywords)", "wandb.init(**keywords); start()")
    outcome = migrated(NEEDY + "import json\n@traced\n" + train.lstrip() + MAIN)
    assert isinstance(outcome, Refused), outcome
