"""Parses of words that have a name, or are one of two; parameters added by a name."""

from __future__ import annotations

import pytest

from jobready.outcome import Refused, Rewritten, Unchanged
from tests.edits.tools import migrated

SCRIPT = """\
import argparse
import sys
import wandb

def main(given=None):
    ABOVE
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", required=True)
    args = parser.parse_args(WORDS)
    wandb.init(config=args)
    print(args.data)

main()
"""


def parse_of(above: str, words: str) -> str:
    """What the migrated script parses; a second run has nothing to do."""
    script = SCRIPT.replace("ABOVE", above).replace("WORDS", words)
    outcome = migrated(script)
    assert isinstance(outcome, Rewritten), outcome
    assert isinstance(migrated(outcome.text), Unchanged)
    start = outcome.text.index("args = parser.parse_args(") + len(
        "args = parser.parse_args("
    )
    inside = outcome.text[start : outcome.text.index("wandb.init(")].rstrip().rstrip(")")
    return " ".join(inside.split()).removesuffix(",") + ")"


@pytest.mark.parametrize(
    ("above", "words", "expected"),
    [
        ("argv = sys.argv[1:]", "argv", "argv + job_args(parser)"),
        ("args = sys.argv[1:]", "args", "args + job_args(parser)"),
        ("argv = ['--data', 'x']", "argv", "argv + job_args(parser)"),
        (
            "if given is None:\n        given = sys.argv[1:]",
            "given",
            "[*given, *job_args(parser)])",
        ),
        ("", "given or sys.argv[1:]", "[*(given or sys.argv[1:]), *job_args(parser)])"),
        (
            "",
            "sys.argv[1:] if given is None else given",
            "[*(sys.argv[1:] if given is None else given), *job_args(parser)])",
        ),
        (
            "",
            "given if given is not None else sys.argv[1:]",
            "[*(given if given is not None else sys.argv[1:]), *job_args(parser)])",
        ),
        (
            "",
            "given",
            "[*(sys.argv[1:] if given is None else given), *job_args(parser)])",
        ),
        (
            "argv = sys.argv[1:] if given is None else given",
            "argv",
            "[*argv, *job_args(parser)])",
        ),
        (
            "given = given if given is not None else sys.argv[1:]",
            "given",
            "[*given, *job_args(parser)])",
        ),
        ("argv = given or sys.argv[1:]", "argv", "[*argv, *job_args(parser)])"),
    ],
)
def test_the_launched_words_come_behind(above: str, words: str, expected: str) -> None:
    found = parse_of(above or "pass", words)
    assert found.rstrip(")] ") == expected.rstrip(")] ")


@pytest.mark.parametrize(
    ("above", "words"),
    [
        ("pass", "sys.argv[1:] or ['--help']"),
        ("pass", "given if given else None"),
        ("pass", "sys.argv[1:] if len(sys.argv) > 1 else ['--help']"),
        ("pass", "sys.argv[1:] and given"),
        ("argv = sys.argv[1:]\n    argv.append('--fast')", "argv"),
        ("argv = sys.argv[1:]\n    if not argv:\n        return", "argv"),
        ("argv = sys.argv[1:]\n    argv += ['--fast']", "argv"),
        ("argv = sys.argv[1:]\n    argv = argv + ['--fast']", "argv"),
        ("argv = sys.argv[1:] + ['--fast']", "argv"),
        ("argv = sys.argv[1:]\n    mode = argv[0]", "argv[1:]"),
        ("argv = sys.argv[1:]\n    run(argv)", "argv"),
        ("argv = copy = sys.argv[1:]", "argv"),
        ("argv = clean(sys.argv[1:])", "argv"),
        ("argv = sys.argv[1:] if given else ['--data', 'x']", "argv"),
        ("argv = sys.argv[1:] if wandb else given", "argv"),
        ("argv = given and sys.argv[1:]", "argv"),
        ("argv = given or sys.argv[1:]\n    mode = argv[0]", "argv"),
    ],
)
def test_words_by_which_something_is_decided(above: str, words: str) -> None:
    script = SCRIPT.replace("ABOVE", above).replace("WORDS", words)
    assert isinstance(migrated(script), Refused)


MAIN = SCRIPT.replace("given=None", "args").replace("main()\n", "main(sys.argv[1:])\n")


def test_a_main_that_has_one_name_for_words_and_arguments() -> None:
    script = MAIN.replace("ABOVE", "pass").replace("WORDS", "args")
    outcome = migrated(script)
    assert isinstance(outcome, Rewritten), outcome
    assert "*job_args(parser)" in outcome.text
    assert isinstance(migrated(outcome.text), Unchanged)


@pytest.mark.parametrize(
    ("above", "words"),
    [
        ("fast = '--fast' in args", "args"),
        ("if args[0] == 'x':\n        args = []", "args"),
        ("def fast():\n        return '--fast' in args\n    fast()", "args"),
        ("pass", "clean(args)"),
    ],
)
def test_a_main_that_decides_by_the_words_before(above: str, words: str) -> None:
    script = MAIN.replace("ABOVE", above).replace("WORDS", words)
    assert isinstance(migrated(script), Refused)


CALLED = """\
import argparse
import sys
import wandb

class Cli:
    def __init__(self, argv):
        parser = argparse.ArgumentParser()
        parser.add_argument("--data", required=True)
        self.args = parser.parse_args(argv)

    def run(self, *, argv=()):
        print(" ".join(argv))
        wandb.init(config=self.args)
        print(self.args.data)

class Base:
    pass

cli = Cli(argv=sys.argv[1:])
cli.run(argv=sys.argv[1:])
"""
CREATED = "Cli(argv=sys.argv[1:])"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("", ""),
        (CREATED, "Cli(sys.argv[1:])"),
        ("class Cli:", "class Cli(object):"),
        ("class Base:\n    pass", "class Other(Cli):\n    pass"),
        (CREATED, "Cli(*(), argv=sys.argv[1:])"),
    ],
)
def test_words_for_a_constructor_or_a_method(old: str, new: str) -> None:
    assert old in CALLED
    outcome = migrated(CALLED.replace(old, new, 1))
    assert isinstance(outcome, Rewritten), outcome
    assert "*job_args(parser)" in outcome.text
    assert isinstance(migrated(outcome.text), Unchanged)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (
            "        self.args =",
            "        self.fast = '--fast' in argv\n        self.args =",
        ),
        ("        self.args =", "        self.argv = argv\n        self.args ="),
        ("        print(", "        self.words = argv\n        print("),
        ("class Cli:", "@clean\nclass Cli:"),
        ("class Cli:", "class Cli(metaclass=Meta):"),
        ("class Cli:", "class Cli(Elsewhere):"),
        (
            "    def __init__",
            "    def __new__(cls, argv):\n        pass\n\n    def __init__",
        ),
        ("    def __init__(", "    @clean\n    def __init__("),
        (CREATED, "Cli(*sys.argv[1:])"),
        (CREATED, "Cli(**{'argv': sys.argv[1:]})"),
        ("cli.run(", "other(cli).run("),
        ("cli.run(", "Base().run("),
        (
            "class Base:\n    pass",
            "class Other(Cli):\n    def run(self, argv):\n        return '-x' in argv",
        ),
    ],
)
def test_a_constructor_or_a_method_that_may_do_more(old: str, new: str) -> None:
    assert old in CALLED
    outcome = migrated(CALLED.replace(old, new, 1))
    assert isinstance(outcome, Refused), outcome


def test_a_function_that_calls_itself() -> None:
    again = "if wandb.run:\n        return main(args)"
    script = MAIN.replace("ABOVE", again).replace("WORDS", "args")
    outcome = migrated(script)
    assert isinstance(outcome, Rewritten), outcome


ADDED = """\
import argparse
import wandb

parser = argparse.ArgumentParser()
ADD
args = parser.parse_args()
print(args.lr)
wandb.init(config=args)
"""


@pytest.mark.parametrize(
    "add",
    [
        'add = parser.add_argument\nadd("--lr", type=float)\nadd("--data", required=True)',
        'group = parser.add_argument_group()\nadd = group.add_argument\nadd("--lr")',
        'add = parser.add_argument\ndef more():\n    add("--lr")\nmore()',
    ],
)
def test_parameters_that_are_added_by_a_name(add: str) -> None:
    outcome = migrated(ADDED.replace("ADD", add))
    assert isinstance(outcome, Rewritten), outcome
    assert "parse_args(sys.argv[1:] + job_args(parser))" in outcome.text


@pytest.mark.parametrize(
    "add",
    [
        'add = parser.add_argument\nadd("--lr")\nfill(add)',
        'add = parser.add_argument\nadd("--lr")\nadd = other.add_argument\nadd("--n")',
        "add = more = parser.add_argument\nadd('--lr')\nmore('--n')",
        "add = partial(parser.add_argument, type=float)\nadd('--lr')",
        "add = parser.add_argument\nadd('--lr', **more)",
        "self.add = parser.add_argument\nself.add('--lr')",
    ],
)
def test_a_name_that_goes_elsewhere(add: str) -> None:
    assert isinstance(migrated(ADDED.replace("ADD", add)), Refused)


HANDED = """\
import argparse
import sys
import wandb

def main(argv=None):
    if argv is None:
        argv = sys.argv[1:]
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", required=True)
    args = parser.parse_args(argv)
    wandb.init(config=args)
    finish(args, argv)

def finish(args, words):
    BODY

main()
"""


@pytest.mark.parametrize(
    "body",
    [
        'command = " ".join(words)\n    print(command)',
        'log.command = " ".join(words)',
        "print(words)",
        "print(f'run with {words}', words[1:])",
        "p = argparse.ArgumentParser()\n    print(words, p.parse_known_args(words))",
        "show(words)\n\ndef show(words):\n    print(' '.join(words))",
        # kept by the arguments, under a name that nothing says
        "args.command = ' '.join(words)",
        "args.command = f'run {words}'",
        "command = ' '.join(words)\n    args.command = command",
        "args.command = ' '.join(words)\n    command = 3\n    print(command, args)",
        "args.command = ' '.join(words)\n    print(vars(args).items())",
    ],
)
def test_words_that_a_function_shows_keeps_or_parses_again(body: str) -> None:
    for handed in (HANDED, HANDED.replace("if argv is None:", "if True:")):
        outcome = migrated(handed.replace("BODY", body))
        assert isinstance(outcome, Rewritten), outcome
        assert isinstance(migrated(outcome.text), Unchanged)


@pytest.mark.parametrize(
    "body",
    [
        "args.fast = '--fast' in words",
        "if words[0] == 'train':\n        run()",
        "args.command = ' '.join(words)\n    if '--fast' in args.command:\n        run()",
        "print(words)\n    run(words)",
        "words.append('--fast')",
        "del words[0]",
        "args.words = words",
        "vars(args)['command'] = str(words)",
        "setattr(args, 'command', ' '.join(words))",
        "return words",
    ],
)
def test_words_by_which_another_function_decides(body: str) -> None:
    assert isinstance(migrated(HANDED.replace("BODY", body)), Refused)


@pytest.mark.parametrize(
    "use",
    [
        "print(args.command)",
        "run(args.__dict__['command'])",
        "run(getattr(args, 'command'))",
        "args.command = args.command + '!'",
        "def run(command):\n        go(command)\n    run(**vars(args))",
        "run(command='train')",
        "class Run:\n        command: str\n    Run(**vars(args))",
        "parser = argparse.ArgumentParser()\n    parser.add_argument('--command')",
    ],
)
def test_words_that_the_arguments_keep_and_something_names(use: str) -> None:
    body = f"args.command = ' '.join(words)\n    {use}"
    assert isinstance(migrated(HANDED.replace("BODY", body)), Refused)


@pytest.mark.parametrize("test", ["words[0] == 'train'", "words[0].startswith('t')"])
def test_the_first_word_behind_the_name_of_the_program(test: str) -> None:
    body = f"words = sys.argv[1:]\n    if {test}:\n        run()"
    assert isinstance(migrated(HANDED.replace("BODY", body)), Refused)


@pytest.mark.parametrize("name", ["args.data", "args.__dict__['x']", "args.command"])
def test_the_command_line_that_the_arguments_hold(name: str) -> None:
    script = SCRIPT.replace("ABOVE", "pass").replace("WORDS", "")
    line = f"    {name} = ' '.join(sys.argv)\n"
    outcome = migrated(script.replace("    wandb.init", line + "    wandb.init"))
    assert isinstance(outcome, Rewritten if name == "args.command" else Refused)
    args_alone = script.replace(
        "    wandb.init", "    args.it = sys.argv[0]\n    wandb.init"
    )
    assert isinstance(migrated(args_alone), Rewritten)
