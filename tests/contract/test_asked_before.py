"""Options that an earlier parse asks for, to make the parser, keep the contract."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.contract.migrating import migrate, rewritten_copy, two_copies
from tests.contract.running import run

pytestmark = pytest.mark.contract

SCRIPT = """\
import argparse
import json

import wandb

LIMITS = {"sft": {"beta": 0.0}, "dpo": {"beta": 0.5}}


def build(task, algorithm):
    algorithm = algorithm or "sft"
    parser = argparse.ArgumentParser()
    parser.add_argument("--task", choices=("vlm", "llm"), default=task)
    parser.add_argument("--algorithm", "--mode", choices=tuple(LIMITS), default=algorithm)
    parser.add_argument("--steps", type=int, default=10)
    for name in LIMITS[algorithm]:
        parser.add_argument("--" + name, type=float, default=LIMITS[algorithm][name])
    return parser


def parse(argv=None):
    probe = argparse.ArgumentParser(add_help=False)
    for name in ("task", "algorithm"):
        probe.add_argument("--" + name)
    probe.add_argument("--mode", dest="algorithm")
    probe.add_argument("--steps", type=int)
    early, _ = probe.parse_known_args(argv)
    parser = build(early.task or "vlm", early.algorithm)
    args = parser.parse_args(argv)
    if early.steps is not None and early.steps < 1:
        parser.error("--steps must be at least 1")
    return args


args = parse()
wandb.init(project="stages", config=vars(args))
print(json.dumps(vars(args)))
"""


@pytest.mark.parametrize(
    ("words", "launched"),
    [
        ([], {}),
        (["--mode=dpo"], {"algorithm": "dpo"}),
        (["--algorithm=dpo", "--beta=2"], {"algorithm": "dpo", "beta": 2}),
        (["--task=llm", "--steps=3"], {"task": "llm", "steps": 3}),
        (["--mode", "sft", "--beta", "1"], {"beta": 1.0}),
    ],
)
def test_both_parses_take_a_value(
    tmp_path: Path, words: list[str], launched: dict[str, Any]
) -> None:
    before, after = rewritten_copy(tmp_path, SCRIPT)
    assert migrate(after)["files"][0]["outcome"] == "unchanged"
    first = run(before, words)
    plain = run(after, words)
    assert plain.reads == first.reads
    expected = first.trained_with
    assert plain.trained_with == expected
    assert run(after, [], launched=launched).trained_with == expected
    assert plain.config is not None
    other = ["--steps=7", "--task=llm", "--mode=dpo"]
    assert run(after, other, launched=plain.config).trained_with == expected


@pytest.mark.parametrize(
    ("launched", "said"),
    [
        ({"algorithm": "rl"}, "KeyError: 'rl'"),
        ({"task": "text"}, "argument --task: invalid choice: 'text'"),
        ({"steps": 0}, "--steps must be at least 1"),
        ({"steps": 1.5}, "argument --steps: invalid int value: '1.5'"),
        ({"steps": None}, "argument steps: invalid W&B config: None"),
    ],
)
def test_values_that_neither_takes(
    tmp_path: Path, launched: dict[str, Any], said: str
) -> None:
    _, after = rewritten_copy(tmp_path, SCRIPT)
    ran = run(after, [], launched=launched)
    assert ran.exit_code != 0
    assert said in ran.stderr


LATER = 'parser.add_argument("--steps", type=int, default=10)'
PROBED = 'probe.add_argument("--steps", type=int)'


@pytest.mark.parametrize(
    ("old", "new"),
    [
        # the earlier parse has a value of its own where nobody says one
        (PROBED, 'probe.add_argument("--steps", type=int, default=5)'),
        (PROBED, f"{PROBED}\n    probe.set_defaults(steps=5)"),
        # it takes the words in another way
        (PROBED, 'probe.add_argument("--steps", type=float)'),
        (PROBED, 'probe.add_argument("--steps")'),
        (PROBED, 'probe.add_argument("--steps", type=int, nargs="?")'),
        (PROBED, 'probe.add_argument("--steps", type=int, choices=(10, 20))'),
        (PROBED, 'probe.add_argument("--max-steps", dest="steps", type=int)'),
        (PROBED, 'probe.add_argument("--steps", action="store_true")'),
        (LATER, 'parser.add_argument("--steps", action="append", default=[])'),
        (LATER, 'parser.add_argument("--steps", type=int, default="10")'),
        # it doesn't get the same words
        ("parse_args(argv)", "parse_args()"),
        ("parse_args(argv)", "parse_args(_)"),
        ("    args = p", '    argv = [*argv, "--steps=3"]\n    args = p'),
        ("    args = p", '    argv.append("--steps=3")\n    args = p'),
        # its values go where they may be shown, or changed
        ("    return args", "    vars(args).update(vars(early))\n    return args"),
        ("    return args", "    log(early)\n    return args"),
        ("    return args", "    early.steps = 3\n    return args"),
        ("config=vars(args)", 'config={"steps": args.steps}'),
        # an unknown word ends it, so that it isn't there to ask
        ("early, _ = probe.parse_known_args", "early = probe.parse_args"),
    ],
)
def test_parses_that_may_differ_are_left_alone(tmp_path: Path, old: str, new: str) -> None:
    before, after = two_copies(tmp_path, SCRIPT, (old, new))
    report = migrate(after)["files"][0]
    assert report["outcome"] == "refused", report
    assert after.read_bytes() == before.read_bytes()
