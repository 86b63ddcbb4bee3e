"""Scripts that hand the words behind a command on to the parser of the command."""

from __future__ import annotations

import pytest

from jobready.outcome import COMMAND_IN_ENTRY, Refused, Rewritten, Unchanged
from tests.edits.tools import migrated

LOOKS = "the script itself looks at sys.argv"
SCRIPT = """\
import argparse
import sys

import wandb


def train(argv):
    parser = argparse.ArgumentParser()
    parser.add_argument("--lr", type=float, default=0.5)
    args = parser.parse_args(argv)
    wandb.init(config=args)
    print(args.lr)


def export(argv):
    parser = argparse.ArgumentParser()
    parser.add_argument("--lr", type=float, default=0.1)
    print(parser.parse_args(argv).lr)


def main(argv=None):
    args = list(sys.argv[1:] if argv is None else argv)
    commands = {"train": train}
    if args and args[0] in ("-h", "--help"):
        print("usage: cli.py COMMAND")
        return 0
    if args and args[0] == "export":
        return export(args[1:])
    if not args or args[0] not in commands:
        print("usage: cli.py COMMAND", file=sys.stderr)
        return 2
    return commands[args[0]](args[1:])


if __name__ == "__main__":
    raise SystemExit(main())
"""
ARGS = "    args = list(sys.argv[1:] if argv is None else argv)\n"
TABLE = '    commands = {"train": train}\n'
EXPORT = '    if args and args[0] == "export":\n        return export(args[1:])\n'
UNKNOWN = "    if not args or args[0] not in commands:\n"
CALL = "    return commands[args[0]](args[1:])\n"
PARSE = "    args = parser.parse_args(argv)\n"
INIT = "    wandb.init(config=args)\n"
MAIN = SCRIPT[SCRIPT.index("def main(") :]
LAUNCHED = "[*(sys.argv[1:] if argv is None else argv), *job_args(parser)]"
# Functions that take the words one by one, as *args; the table is the module's.
STARRED = (
    SCRIPT[: SCRIPT.index("def main(")].replace("(argv):", "(*argv):")
    + """\
COMMANDS = {"train": train, "export": export}


def main():
    if len(sys.argv) < 2:
        print("usage: cli.py " + "|".join(COMMANDS))
        sys.exit(0)
    command = sys.argv[1]
    args = sys.argv[2:]
    if command not in COMMANDS:
        sys.exit(1)
    COMMANDS[command](*args)


if __name__ == "__main__":
    sys.exit(main())
"""
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


@pytest.mark.parametrize("script", [SCRIPT, STARRED])
def test_what_is_launched_comes_behind_the_words_that_are_handed_on(script: str) -> None:
    text = rewritten(script)
    assert text.count(LAUNCHED) == 2
    main = script.index("def main(")
    assert text.endswith(script[main:])  # which chooses as before


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (ARGS, "    args = sys.argv[1:]\n"),
        (ARGS, "    args = list(sys.argv[1:])\n"),
        (ARGS, "    args = sys.argv[1:] if argv is None else list(argv)\n"),
        (UNKNOWN, "    if len(args) == 0 or args[0] not in commands:\n"),
        (UNKNOWN, "    if len(args) < 1 or args[0] not in commands:\n"),
        (EXPORT, EXPORT.replace("if args and", "if len(args) > 0 and")),
        (
            CALL,
            "    command, rest = args[0], args[1:]\n    return commands[command](rest)\n",
        ),
        (CALL, "    run = commands[args[0]]\n    return run(args[1:])\n"),
        (CALL, "    return train(argv=args[1:])\n"),
        (CALL, '    if args[0] == "train":\n        return train(args[1:])\n'),
        (TABLE, '    commands = {"train": train, "export": export}\n'),
        # without a test: the first word is read first
        (UNKNOWN + MAIN[MAIN.index(UNKNOWN) + len(UNKNOWN) : MAIN.index(CALL)], ""),
        (UNKNOWN, "    if args and args[0] not in commands:\n"),
        ("        return 2\n", ""),
        (CALL, f'    print("running", " ".join(args))\n{CALL}'),
        (PARSE, f"    print(argv)\n{PARSE}"),
    ],
)
def test_words_that_are_handed_on_in_another_way(old: str, new: str) -> None:
    rewritten(changed(SCRIPT, (old, new)))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("    args = sys.argv[2:]\n", "    args = list(sys.argv[2:])\n"),
        ("    COMMANDS[command](*args)\n", "    COMMANDS[sys.argv[1]](*args)\n"),
        ("len(sys.argv) < 2", "len(sys.argv) == 1"),
        ("len(sys.argv) < 2", "not len(sys.argv) > 1"),
        (
            "    command = sys.argv[1]\n    args = sys.argv[2:]\n",
            "    command, args = sys.argv[1], sys.argv[2:]\n",
        ),
    ],
)
def test_words_that_a_function_takes_one_by_one(old: str, new: str) -> None:
    rewritten(changed(STARRED, (old, new)))


def test_commands_of_commands_by_hand() -> None:
    model = MAIN.replace("def main(", "def model(").partition("if __name__")[0]
    model = model.replace("return 2", "return 3")
    outer = MAIN.replace(TABLE, '    commands = {"model": model}\n')
    rewritten(changed(SCRIPT, (MAIN, model + outer)))


def left_alone(script: str) -> list[str]:
    outcome = migrated(script)
    assert isinstance(outcome, Refused), outcome
    return [reason.message for reason in outcome.reasons]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        # a job without words may run a command all the same
        (CALL, '    command = args[0] if args else "train"\n    return train(args[1:])\n'),
        ("        return 2\n", "        train(args)\n"),
        ("        return 2\n", "        args = []\n"),
        # the words are counted, or looked for
        (UNKNOWN, "    if len(args) < 2 or args[0] not in commands:\n"),
        (EXPORT, EXPORT.replace("args[0] ==", "len(args) > 1 and args[0] ==")),
        (UNKNOWN, '    if not args or "--fast" in args:\n'),
        (CALL, f"    if len(args) > 3:\n        print('many')\n{CALL}"),
        (PARSE, f"    if not argv:\n        return 0\n    print(len(argv))\n{PARSE}"),
        (PARSE, f'    if "--lr" in argv:\n        print("lr")\n{PARSE}'),
        # no tail of the command line, or another one for another parse
        (CALL, "    return commands[args[0]](args[2:])\n"),
        (CALL, "    return commands[args[0]](args[1:3])\n"),
        (CALL, "    return commands[args[0]](args[:-1])\n"),
        (CALL, "    return commands[args[0]](args)\n"),
        (CALL, "    return commands[args[0]](sorted(args[1:]))\n"),
        (CALL, "    return commands[args[0]]([a.lower() for a in args[1:]])\n"),
        (CALL, '    return commands[args[0]](["--lr", "1", *args[1:]])\n'),
        (CALL, '    return commands[args[0]](args[1:] + ["--lr=1"])\n'),
        (CALL, f"    args.append('--lr=1')\n{CALL}"),
        (CALL, f"    args += ['--lr=1']\n{CALL}"),
        (CALL, f"    args[1] = '--lr=1'\n{CALL}"),
        (CALL, f"    args.pop(0)\n{CALL}"),
        (PARSE, f"    argv += ['--lr=1']\n{PARSE}"),
        (PARSE, f"    argv = ['--lr=1'] if DEBUG else argv\n{PARSE}"),
        (PARSE, "    args = parser.parse_args()\n"),
        (PARSE, "    args = parser.parse_args(argv[1:])\n"),
        (ARGS, "    args = argv or sys.argv[1:]\n"),
        (ARGS, '    args = os.environ["WORDS"].split() + sys.argv[1:]\n'),
        # the function may get other words
        ("    raise SystemExit(main())", "    train([])\n    raise SystemExit(main())"),
        ("    raise SystemExit(main())", '    train(["--lr=1"])\n    main()'),
        (CALL, '    if args[0] == "demo":\n        return train(["--lr=1"])\n' + CALL),
        ("    raise SystemExit(main())", "    train(None)\n    raise SystemExit(main())"),
        (TABLE, f"{TABLE}    commands.update(more)\n"),
        (TABLE, f"{TABLE}    register(commands)\n"),
        (TABLE, f'{TABLE}    commands["fit"] = load("fit")\n'),
        (TABLE, '    commands = {"train": train, "fit": lambda words: train(words)}\n'),
        (TABLE, f"{TABLE}    again = train\n"),
        ("def train(argv):", "@again\ndef train(argv):"),
        ("def train(argv):", "def train(argv, *more):"),
        # the first word may be a value
        (CALL, f"    load(args[0])\n{CALL}"),
        (CALL, f"    data = open(args[0])\n{CALL}"),
        # another list of the words, or one that the script changes
        (ARGS, f"    sys.argv.append('--lr=1')\n{ARGS}"),
        (ARGS, f"    sys.argv[1:] = ['train']\n{ARGS}"),
    ],
)
def test_other_scripts_are_left_alone(old: str, new: str) -> None:
    if "*more" in new:  # which would get words, where the table's call has a star
        old, new = CALL, "    return commands[args[0]](*args[1:])\n"
    assert LOOKS in left_alone(changed(SCRIPT, (old, new)))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("    COMMANDS[command](*args)\n", "    COMMANDS[command](*args, 1)\n"),
        ("    COMMANDS[command](*args)\n", "    COMMANDS[command](args)\n"),
        ("    COMMANDS[command](*args)\n", '    COMMANDS[command]("--lr=1", *args)\n'),
        ("    args = sys.argv[2:]\n", "    args = sys.argv[3:]\n"),
        ("    args = sys.argv[2:]\n", "    args = sys.argv[1:]\n"),
        ("def train(*argv):", "def train(first, *argv):"),
        ("len(sys.argv) < 2", "len(sys.argv) < 3"),
        ("    sys.exit(main())", "    train()\n    sys.exit(main())"),
        ('"export": export}', '"export": export, "more": more}'),
    ],
)
def test_words_one_by_one_that_are_not_sure(old: str, new: str) -> None:
    assert LOOKS in left_alone(changed(STARRED, (old, new)))
