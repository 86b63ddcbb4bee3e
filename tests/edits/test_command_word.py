"""Scripts that take their command from ``sys.argv`` themselves."""

from __future__ import annotations

import pytest

from jobready.outcome import COMMAND_IN_ENTRY, Refused, Rewritten, Unchanged
from tests.edits.tools import migrated

LOOKS = "the script itself looks at sys.argv"
SCRIPT = """\
import argparse
import sys

import wandb


def train():
    parser = argparse.ArgumentParser()
    parser.add_argument("--lr", type=float, default=0.5)
    args = parser.parse_args()
    wandb.init(config=args)
    print(args.lr)


def export():
    parser = argparse.ArgumentParser()
    parser.add_argument("--lr", type=float, default=0.1)
    print(parser.parse_args().lr)


if __name__ == "__main__":
    if len(sys.argv) < 2:
        print("usage: cli.py train|export")
        sys.exit(1)
    command = sys.argv[1]
    sys.argv = sys.argv[1:]
    if command == "train":
        train()
    elif command == "export":
        export()
    else:
        print(f"unknown command: {command}")
"""
TAKE = "    command = sys.argv[1]\n    sys.argv = sys.argv[1:]\n"
REMOVE = "    sys.argv = sys.argv[1:]\n"
TEST = "    if len(sys.argv) < 2:\n"
SAY = '        print("usage: cli.py train|export")\n'
END = f"{TEST}{SAY}        sys.exit(1)\n"
PRINT = "    print(args.lr)\n"
MAIN = 'if __name__ == "__main__":\n'
CHOOSE = SCRIPT[SCRIPT.index('    if command == "train"') :]
GIVEN = "parser.parse_args(sys.argv[1:] + job_args(parser))"
# Without a removal: each parse is given the words behind the command.
BEHIND = SCRIPT.replace(REMOVE, "").replace("parse_args()", "parse_args(sys.argv[2:])")
# In a function, which is called where the script starts.
IN_MAIN = SCRIPT.replace(MAIN, "def main():\n") + f"\n\n{MAIN}    main()\n"
IN_BRANCHES = SCRIPT.replace(
    SCRIPT[SCRIPT.index(TAKE) :],
    """\
    if sys.argv[1] == "train":
        sys.argv.pop(1)
        train()
    elif sys.argv[1] == "export":
        del sys.argv[1]
        export()
""",
)


def changed(script: str, *changes: tuple[str, str]) -> str:
    for old, new in changes:
        assert old in script, old
        script = script.replace(old, new)
    return script


def rewritten(script: str) -> str:
    """The text of a script that is rewritten, once and for all."""
    outcome = migrated(script)
    assert isinstance(outcome, Rewritten), outcome
    assert isinstance(migrated(outcome.text), Unchanged)
    assert f"note: {COMMAND_IN_ENTRY}" in [reason.message for reason in outcome.reasons]
    return outcome.text


@pytest.mark.parametrize("script", [SCRIPT, IN_MAIN, IN_BRANCHES])
def test_what_is_launched_comes_behind_the_words_that_are_left(script: str) -> None:
    text = rewritten(script)
    assert text.count(GIVEN) == 2
    assert text.endswith(script[script.index("print(parser.parse") :].partition("\n")[2])


def test_the_words_behind_the_command_that_a_parse_is_given() -> None:
    assert rewritten(BEHIND).count("parse_args(sys.argv[2:] + job_args(parser))") == 2


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (TAKE, "    command = sys.argv.pop(1)\n"),
        (TAKE, "    command = sys.argv.pop(1).lower()\n"),
        (REMOVE, "    del sys.argv[1]\n"),
        (REMOVE, "    sys.argv.pop(1)\n"),
        (REMOVE, "    sys.argv = [sys.argv[0]] + sys.argv[2:]\n"),
        (REMOVE, "    sys.argv = [sys.argv[0], *sys.argv[2:]]\n"),
        (REMOVE, "    sys.argv[1:] = sys.argv[2:]\n"),
        # what a script without words comes to
        (END, ""),
        ("        sys.exit(1)\n", "        raise SystemExit(2)\n"),
        ("len(sys.argv) < 2", "len(sys.argv) == 1"),
        ("len(sys.argv) < 2", 'len(sys.argv) < 2 or sys.argv[1] in ("-h", "--help")'),
        # what is done by the command
        ('if command == "train"', 'if command in ("train", "fit")'),
        (REMOVE, f'    print(f"running {{command}}")\n{REMOVE}'),
        (REMOVE, f"    RUNNERS[command].start\n{REMOVE}"),
        # what stands beside it
        (PRINT, f'{PRINT}    print("cmd:", " ".join(sys.argv))\n'),
        (PRINT, f"{PRINT}    print(sys.argv[0])\n"),
    ],
)
def test_a_command_that_is_taken_in_another_way(old: str, new: str) -> None:
    rewritten(changed(SCRIPT, (old, new)))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("        sys.exit(1)\n", "        return 1\n"),
        ("    main()\n", "    sys.exit(main())\n"),
        (
            "    main()\n",
            "    try:\n        main()\n    except KeyboardInterrupt:\n        0\n",
        ),
        (SAY, "        usage()\n"),
    ],
)
def test_a_function_that_takes_the_command(old: str, new: str) -> None:
    usage = 'def usage():\n    """Say how."""\n    print("cli.py COMMAND")\n\n\n'
    rewritten(changed(IN_MAIN, (old, new), ("def train():\n", f"{usage}def train():\n")))


def test_without_a_note_where_the_word_is_no_command() -> None:
    outcome = migrated(SCRIPT[: SCRIPT.index(MAIN)] + "\n\ntrain()\n")
    assert isinstance(outcome, Rewritten), outcome
    assert not any(COMMAND_IN_ENTRY in reason.message for reason in outcome.reasons)


def left_alone(script: str) -> list[str]:
    outcome = migrated(script)
    assert isinstance(outcome, Refused), outcome
    return [reason.message for reason in outcome.reasons]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        # a job without words may run a command all the same
        (
            f"{END}{TAKE}",
            '    command = sys.argv.pop(1) if len(sys.argv) > 1 else "train"\n',
        ),
        ("        sys.exit(1)\n", '        sys.argv.append("train")\n'),
        ("        sys.exit(1)\n", ""),
        (SAY, "        train()\n"),
        ("    command = sys.argv[1]\n", '    command = "train"\n'),
        (END + TAKE, f"    command = sys.argv[1] if sys.argv[1:] else ''\n{REMOVE}"),
        (
            f"{END}{TAKE}",
            "    try:\n        command = sys.argv.pop(1)\n"
            '    except IndexError:\n        command = "train"\n',
        ),
        ("len(sys.argv) < 2", "len(sys.argv) < 2 and train"),
        # the words are counted, or looked for
        ("len(sys.argv) < 2", "len(sys.argv) < 3"),
        ("len(sys.argv) < 2", 'len(sys.argv) < 2 or "--lr" in sys.argv'),
        ("len(sys.argv) < 2", 'len(sys.argv) < 2 or "--help" in sys.argv[2:]'),
        (PRINT, f"{PRINT}    if len(sys.argv) > 2:\n        print(1)\n"),
        # more than the first word is taken, or read
        (REMOVE, f"{REMOVE}    task = sys.argv[1]\n"),
        (REMOVE, f"{REMOVE}{REMOVE}"),
        (REMOVE, f"{REMOVE}    del sys.argv[1]\n"),
        (REMOVE, "    sys.argv = sys.argv[2:]\n"),
        (REMOVE, "    sys.argv = sys.argv[1:3]\n"),
        (REMOVE, '    sys.argv = ["cli.py", "--lr=1", *sys.argv[2:]]\n'),
        (REMOVE, f"    task = sys.argv[2]\n{REMOVE}"),
        (REMOVE, f"    task = sys.argv[-1]\n{REMOVE}"),
        (PRINT, f'{PRINT}    if sys.argv[1] == "fast":\n        print(1)\n'),
        # not surely once, or not before a parse
        (REMOVE, f"    for _ in range(2):\n    {REMOVE}"),
        (REMOVE, f'    if command == "train":\n    {REMOVE}'),
        (REMOVE, ""),
        (REMOVE + CHOOSE, f"    train()\n{REMOVE}"),
        (MAIN, f"train()\n{MAIN}"),
        (MAIN, f'RUN = {{"train": train}}\n{MAIN}'),
        # the word may be a value that a job would launch
        (REMOVE, f"{REMOVE}    load(command)\n"),
        (REMOVE, f"{REMOVE}    data = open(command)\n"),
        (REMOVE, f"{REMOVE}    train.data = command\n"),
        (REMOVE, f'{REMOVE}    command = command + "s"\n'),
        # another list of the words
        ("import sys\n", "import sys\nfrom sys import argv\n"),
    ],
)
def test_other_scripts_are_left_alone(old: str, new: str) -> None:
    script = changed(SCRIPT, (old, new))
    if "import argv" in new:
        script = script.replace("sys.argv", "argv")
    assert LOOKS in left_alone(script)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("parse_args(sys.argv[2:])", "parse_args()"),
        ("parse_args(sys.argv[2:])", "parse_args(sys.argv[1:])"),
        ("parse_args(sys.argv[2:])", "parse_args(sys.argv[3:])"),
        ("    args = parser", '    parser.add_subparsers(dest="x")\n    args = parser'),
        (MAIN, f"train()\n{MAIN}"),
        (END, ""),
    ],
)
def test_words_behind_the_command_that_are_not_sure(old: str, new: str) -> None:
    script = changed(BEHIND, (old, new))
    if old == END:  # the script could go on without a word
        take = "    command = sys.argv[1]\n"
        tried = "    try:\n    " + take + "    except IndexError:\n        pass\n"
        script = changed(script, (take, tried))
    assert LOOKS in left_alone(script)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("    main()\n", "    main()\n    train()\n"),
        ("    main()\n", "    main()\n    main()\n"),
        ("    main()\n", "    for _ in range(2):\n        main()\n"),
        (
            "    main()\n",
            "    try:\n        main()\n    except SystemExit:\n        train()\n",
        ),
        ("    main()\n", "    import atexit\n    atexit.register(main)\n"),
        ("def main():", "@retry\ndef main():"),
        ("        sys.exit(1)\n", "        return 1\n    again = main\n"),
    ],
)
def test_a_function_that_may_not_run_once(old: str, new: str) -> None:
    assert LOOKS in left_alone(changed(IN_MAIN, (old, new)))


def test_a_return_behind_which_the_script_goes_on() -> None:
    changes = (
        ("        sys.exit(1)\n", "        return 1\n"),
        ("main()\n", "main()\n    go()\n"),
    )
    assert LOOKS in left_alone(changed(IN_MAIN, *changes))


def test_a_switch_that_is_looked_for_beside_the_command() -> None:
    flag = '    parser.add_argument("--fast", action="store_true")\n    args = parser'
    look = '    if "--fast" in sys.argv:\n        print("fast")\n'
    changes = ("    args = parser", flag), (PRINT, PRINT + look)
    assert LOOKS in left_alone(changed(SCRIPT, *changes))


TRAINER = """\
class Trainer:
    def __init__(self, rate):
        self.rate = rate
        self.start()

    def start(self):
        wandb.init(config={"settings": self.__dict__})


"""
FAR = changed(
    SCRIPT,
    ("def train():\n", f"{TRAINER}def train():\n"),
    (f"    wandb.init(config=args)\n{PRINT}", "    Trainer(args.lr)\n"),
    ('"--lr", type=float, default=0.1', '"--size", type=float, default=0.1'),
    ("parse_args().lr", "parse_args().size"),
)
LEFT = 'os.environ["RUN_PARAMETERS " + sys.argv[0]] = json.dumps('
EXPORT = "    print(parser.parse_args().size)\n"


def test_a_run_far_from_the_parse_of_the_command_that_starts_it() -> None:
    text = rewritten(FAR)
    train, export = text.index("def train"), text.index("def export")
    assert text.count(LEFT) == 1
    assert train < text.index(LEFT) < export


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (EXPORT, "    Trainer(parser.parse_args().size)\n"),
        (EXPORT, f"{EXPORT}    train()\n"),
        ("    Trainer(args.lr)\n", "    export()\n    Trainer(args.lr)\n"),
        (f"{END}{TAKE}", '    command = "train"\n'),
        ("    else:\n", "    else:\n        train()\n        export()\n"),
    ],
)
def test_a_run_of_several_parses(old: str, new: str) -> None:
    said = left_alone(changed(FAR, (old, new)))
    assert any("no name there holds" in text for text in said), said
