"""Which parse methods of a script's own parser hand their words on, and which don't."""

from __future__ import annotations

import ast

import pytest

from jobready.script.values.parse_overrides import hands_on, parses_again

TAIL = "return super().parse_known_args(args, namespace)"
FIRST = "first, _ = super().parse_known_args(args, namespace)"
SETS = "self.set_defaults(**load(first.config))"


def method(head: str, *body: str) -> ast.FunctionDef:
    """A method of a parser's class."""
    lines = "".join(f"    {line}\n" for part in body for line in part.splitlines())
    function = ast.parse(f"def {head}:\n{lines}").body[0]
    assert isinstance(function, ast.FunctionDef)
    return function


ALL = "parse_args(self, *args, **kwargs)"
KNOWN = "parse_known_args(self, args=None, namespace=None)"


@pytest.mark.parametrize(
    ("head", "body"),
    [
        (ALL, "return super().parse_args(*args, **kwargs)"),
        ("parse_args(self, *a)", "return super().parse_args(*a)"),
        (ALL, "args_ = super().parse_args(*args, **kwargs)\nargs_.x = 1\nreturn args_"),
        (ALL, "print('x')\nreturn super(Parser, self).parse_args(*args, **kwargs)"),
        (KNOWN, TAIL),
        (KNOWN, f"if not self._actions:\n    self.error('none')\n{TAIL}"),
        (KNOWN, f"{FIRST}\nprint(first.config)\n{TAIL}"),
        (KNOWN, "known, rest = super().parse_known_args(args)\nreturn known, rest"),
    ],
)
def test_words_that_are_handed_on(head: str, body: str) -> None:
    assert hands_on(method(head, body))
    assert not parses_again(method(head, body))


@pytest.mark.parametrize(
    ("head", "body"),
    [
        # other words, or not all of them
        (ALL, "return super().parse_args(*args)"),
        (ALL, "return super().parse_args([])"),
        (ALL, "return super().parse_args(*args[1:], **kwargs)"),
        (ALL, "kwargs.pop('args')\nreturn super().parse_args(*args, **kwargs)"),
        (KNOWN, "return super().parse_known_args(['--x', *args], namespace)"),
        (KNOWN, "return super().parse_known_args(namespace=namespace)"),
        (KNOWN, f"args = args[1:]\n{TAIL}"),
        # something is decided by the words
        (KNOWN, f"if args is None:\n    print('hello')\n{TAIL}"),
        (KNOWN, f"if '--x' in args:\n    print('x')\n{TAIL}"),
        (ALL, "print(args)\nreturn super().parse_args(*args, **kwargs)"),
        # other parameters
        (KNOWN, f"self.add_argument('--x')\n{TAIL}"),
        (KNOWN, f"{FIRST}\nself.add_more(first)\n{TAIL}"),
        (KNOWN, f"{FIRST}\nadd_more(self, first)\n{TAIL}"),
        (KNOWN, f"super().add_argument('--x')\n{TAIL}"),
        (KNOWN, f"it = self\nit.add_argument('--x')\n{TAIL}"),
        # another result, or none
        (ALL, "return vars(super().parse_args(*args, **kwargs))"),
        (ALL, "super().parse_args(*args, **kwargs)\nreturn 1"),
        (ALL, "super().parse_args(*args, **kwargs)"),
        (ALL, "it = super().parse_args(*args, **kwargs)\nit = clean(it)\nreturn it"),
        (ALL, "if x:\n    return super().parse_args(*args, **kwargs)"),
        (KNOWN, f"{FIRST}\nreturn first"),
        # not a parse, or not its own
        ("parse(self, *args)", "return super().parse(*args)"),
        (ALL, "return self.parse_args(*args, **kwargs)"),
        (ALL, "return other.parse_args(*args, **kwargs)"),
        (ALL, "return super().parse_known_args(*args, **kwargs)[0]"),
        (KNOWN, f"def later():\n    self.x = 1\n{TAIL}"),
        ("parse_args(self, args=None)", "return super().parse_args(args)"),
    ],
)
def test_words_that_may_become_others(head: str, body: str) -> None:
    assert not hands_on(method(head, body))
    assert not parses_again(method(head, body))


@pytest.mark.parametrize(
    "body",
    [
        f"{FIRST}\n{SETS}\n{TAIL}",
        f"{FIRST}\nif first.config:\n    {SETS}\n{TAIL}",
        f"{FIRST}\nfor a in self._actions:\n    print(a.dest)\n{SETS}\n{TAIL}",
        f"{FIRST}\n{SETS}\n{TAIL}".replace(
            "(args,", "([*(sys.argv[1:] if args is None else args), *job_args(self)],"
        ),
    ],
)
def test_other_defaults_between_two_parses(body: str) -> None:
    assert parses_again(method(KNOWN, body))
    assert not hands_on(method(KNOWN, body))


@pytest.mark.parametrize(
    ("head", "body"),
    [
        (KNOWN, f"{FIRST}\n{SETS}\nself.add_argument('--x')\n{TAIL}"),
        (KNOWN, f"{FIRST}\n{SETS}\nreturn super().parse_known_args([], namespace)"),
        (KNOWN, f"{FIRST}\nself.set_defaults(args=args)\n{TAIL}"),
        (
            "parse_known_args(self, *args)",
            "self.set_defaults(a=1)\nreturn super().parse_known_args(*args)",
        ),
        (ALL, "self.set_defaults(a=1)\nreturn super().parse_args(*args, **kwargs)"),
        (KNOWN, f"{FIRST}\nreturn super().parse_known_args(args, first)"),
        (KNOWN, f"{FIRST}\nreturn super().parse_known_args(args, namespace=first)"),
        (
            KNOWN,
            f"{FIRST.replace('first', 'namespace')}\nself.set_defaults(lr=3)\n{TAIL}",
        ),
    ],
)
def test_defaults_that_a_job_would_not_know(head: str, body: str) -> None:
    assert not hands_on(method(head, body))
    assert not parses_again(method(head, body))
