"""The parameters as argparse itself reports them, for all that the source tells."""

from __future__ import annotations

import argparse
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jobready.script.model import Expression, Parameter, Script
from jobready.script.read import read

CALLS = [
    '"--lr", type=float, default=0.1',
    '"-l", "--learning-rate", type=float, default=1e-3, help="how fast"',
    '"-n"',
    '"-n", "-m"',
    '"-x", "--x-y", "--z"',
    '"--steps", dest="num_steps", type=int',
    '"data"',
    '"data", nargs="?"',
    '"data", nargs="*"',
    '"data", nargs="*", default=["a"]',
    '"data", nargs="+", type=int',
    '"data", nargs=2, metavar=("A", "B")',
    '"--data", required=True',
    '"--on", action="store_true"',
    '"--off", dest="on", action="store_false"',
    '"--was-on", action="store_true", default=True',
    '"--all", action="store_const", const=3, default=4',
    '"--add", action="append_const", const="a", dest="things"',
    '"--both", action=argparse.BooleanOptionalAction, default=True',
    '"-b", "--both", "--or-this", action=argparse.BooleanOptionalAction',
    '"-v", action="count", default=0',
    '"--tag", action="append", default=["base"]',
    '"--more", action="extend", nargs="+", type=int',
    '"--gpus", type=int, nargs="*", default=None',
    '"--gpus", nargs=argparse.ZERO_OR_MORE',
    '"--clip", type=float, nargs=argparse.OPTIONAL, const=1.0',
    '"data", nargs=argparse.ONE_OR_MORE',
    '"--betas", type=float, nargs=2, default=(0.9, 0.999)',
    '"--debug", nargs="?", const="all", default=None',
    '"--mode", choices=["a", "b"], default="a"',
    '"--size", type=int, choices=(1, 2, 3)',
    '"--seed", type=int, default=-1',
    '"--rest", nargs=argparse.REMAINDER',
    '"--not-there", default=argparse.SUPPRESS',
    '"--neg", default="-1", type=float',
    '"--text", default="a" "b"',
    '"--none", default=None, type=str, help=argparse.SUPPRESS',
]


def real_action(call: str) -> argparse.Action:
    """The action that argparse makes of the call."""
    parser = argparse.ArgumentParser(add_help=False)
    names: dict[str, Any] = {"argparse": argparse, "parser": parser}
    exec(f"parser.add_argument({call})", names)
    (action,) = parser._actions
    return action


def parameter_of(call: str) -> Parameter:
    """The parameter that is read from the call."""
    script = read(
        f"import argparse\nparser = argparse.ArgumentParser()\n"
        f"parser.add_argument({call})\n"
    )
    assert isinstance(script, Script)
    (parameter,) = script.parameters
    return parameter


def assert_alike(call: str) -> None:
    """What is read equals what argparse has, except where it is said to be unknown."""
    ours, real = parameter_of(call), real_action(call)
    assert ours.name == real.dest
    assert list(ours.flags) == list(real.option_strings)
    kind = getattr(real.type, "__name__", None)
    assert ours.type == kind
    for mine, its in [
        (ours.default, real.default),
        (ours.required, real.required),
        (ours.choices, real.choices),
        (ours.nargs, real.nargs),
        (ours.const, real.const),
        (ours.help, real.help),
    ]:
        assert isinstance(mine, Expression) or mine == its, (ours, real)


@pytest.mark.parametrize("call", CALLS)
def test_a_parameter_is_as_argparse_reports_it(call: str) -> None:
    assert_alike(call)


FLAGS = st.from_regex(r"--?[a-z][a-z0-9]{0,4}(-[a-z]{1,3})?", fullmatch=True)
LITERALS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(allow_nan=False, allow_infinity=False),
    st.text(max_size=5),
    st.lists(st.integers(), max_size=2),
    st.tuples(st.integers(), st.text(max_size=2)),
)
VALUED = st.fixed_dictionaries(
    {},
    optional={
        "type": st.sampled_from(["int", "float", "str"]),
        "default": LITERALS.map(repr),
        "nargs": st.sampled_from(["'?'", "'*'", "'+'", "1", "2"]),
        "choices": st.lists(st.integers(), max_size=3).map(repr),
        "required": st.booleans().map(repr),
        "dest": st.sampled_from(["'a'", "'b_c'"]),
        "help": st.text(alphabet="abc %", max_size=4).map(
            lambda t: repr(t.replace("%", ""))
        ),
        "action": st.sampled_from(["'store'", "'append'"]),
    },
)
SWITCH = st.fixed_dictionaries(
    {"action": st.sampled_from(["'store_true'", "'store_false'", "'count'"])},
    optional={
        "default": LITERALS.map(repr),
        "required": st.booleans().map(repr),
        "dest": st.sampled_from(["'a'", "'b_c'"]),
    },
)


@given(
    flags=st.lists(FLAGS, min_size=1, max_size=3, unique=True),
    keywords=st.one_of(VALUED, SWITCH),
)
@settings(max_examples=50, deadline=None)
def test_any_option_is_as_argparse_reports_it(
    flags: list[str], keywords: dict[str, str]
) -> None:
    words = [repr(flag) for flag in flags] + [f"{k}={v}" for k, v in keywords.items()]
    assert_alike(", ".join(words))


@given(
    name=st.from_regex(r"[a-z][a-z_]{0,5}", fullmatch=True),
    nargs=st.sampled_from([None, "'?'", "'*'", "'+'", "1", "3"]),
    default=st.one_of(st.none(), LITERALS.map(repr)),
)
@settings(max_examples=40, deadline=None)
def test_any_positional_is_as_argparse_reports_it(
    name: str, nargs: str | None, default: str | None
) -> None:
    words = [repr(name)]
    words += [f"nargs={nargs}"] if nargs else []
    words += [f"default={default}"] if default else []
    assert_alike(", ".join(words))


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("Path('x')", "Path('x')"),
        ("1 / 3", "1 / 3"),
        ("os.cpu_count()", "os.cpu_count()"),
        ("not True", "not True"),
        ("f'{x}'", "f'{x}'"),
    ],
)
def test_what_only_a_run_can_tell_is_marked(value: str, text: str) -> None:
    assert parameter_of(f'"--x", default={value}').default == Expression(text)


@pytest.mark.parametrize(
    ("kind", "definitions"),
    [
        ("none", None),
        ("number", "int"),
        ("number", "float"),
        ("str", "str"),
        ("bool", "bool"),
        ("boolean", "lambda v: v.lower() == 'true'"),
        ("boolean", "lambda v: bool(strtobool(v))"),
        ("path", "Path"),
        ("path", "os.path.abspath"),
        ("parsed", "json.loads"),
        ("parsed", "eval"),
        ("enum", "Mode"),
        ("file", "argparse.FileType('r')"),
        ("own", "make"),
        ("own", "os.path.dirname"),
        ("own", "lambda v: v == 'true' or v.lower() == 'yes'"),
        ("boolean", "lambda v: str(v).strip().lower() in ('true', '1')"),
        ("mixed enum", "Crossed"),
        ("own", "lambda v: v + 'x'"),
    ],
)
def test_how_a_type_reads_words(kind: str, definitions: str | None) -> None:
    given_type = f", type={definitions}" if definitions else ""
    script = read(
        "import argparse, json, os\nfrom enum import Enum\nfrom pathlib import Path\n"
        "class Mode(Enum):\n    A = 1\n"
        "class Crossed(Enum):\n    A = 'B'\n    B = 'A'\n"
        f"p = argparse.ArgumentParser()\np.add_argument('--x'{given_type})\n"
    )
    assert isinstance(script, Script)
    assert script.parameters[0].type_kind == kind


def test_an_int_of_the_files_own_is_no_number() -> None:
    script = read(
        "import argparse\ndef int(x): return x\np = argparse.ArgumentParser()\n"
        "p.add_argument('--x', type=int)\n"
    )
    assert isinstance(script, Script)
    assert script.parameters[0].type_kind == "own"


def test_groups_and_set_defaults_belong_to_their_parser() -> None:
    script = read(
        "import argparse\np = argparse.ArgumentParser()\n"
        "g = p.add_argument_group('model')\ng.add_argument('--width', type=int)\n"
        "m = p.add_mutually_exclusive_group(required=True)\nm.add_argument('--a')\n"
        "m.add_argument('--b')\np.set_defaults(width=8)\n"
    )
    assert isinstance(script, Script)
    found = {p.name: (p.group, p.default) for p in script.parameters}
    assert found == {
        "width": (None, 8),
        "a": ("required exclusive", None),
        "b": ("required exclusive", None),
    }


@pytest.mark.parametrize(
    ("lines", "default"),
    [
        ("p.set_defaults(n=2)\np.add_argument('--n', default=1)", 1),
        ("p.set_defaults(n=2)\np.add_argument('--n')", 2),
        ("p.add_argument('--n', default=1)\np.set_defaults(n=2)", 2),
        ("p.add_argument('--n', default=1)\np.set_defaults(n=2)\np.set_defaults(n=3)", 3),
        (
            "def more(p):\n    p.set_defaults(n=2)\nmore(p)\n"
            "p.add_argument('--n', default=1)",
            Expression("2"),
        ),
        (
            "p.add_argument('--n', default=1)\nif big:\n    p.set_defaults(n=2)",
            Expression("2"),
        ),
        (
            "def more(p):\n    if big:\n        p.set_defaults(n=2)\n"
            "p.add_argument('--n')\nmore(p)",
            Expression("2"),
        ),
        (
            "if big:\n    p.add_argument('--n', default=1)\n    p.set_defaults(n=2)",
            2,
        ),
        (
            "p.add_argument('--n', default=1)\nif __name__ == '__main__':\n"
            "    p.set_defaults(n=2)",
            2,
        ),
    ],
)
def test_set_defaults_counts_for_what_is_added_before(lines: str, default: object) -> None:
    script = read(f"import argparse\np = argparse.ArgumentParser()\n{lines}\n")
    assert isinstance(script, Script)
    assert [p.default for p in script.parameters] == [default]


@pytest.mark.parametrize(
    ("lines", "default"),
    [
        ("", 1),
        ("p.set_defaults(n=2)\n", 2),  # the action is the parent's
        ("c.set_defaults(n=2)\n", 2),
        ("c.set_defaults(n=2)\nif big:\n    c.set_defaults(n=3)\n", Expression("3")),
        ("c.add_argument('--m')\nc.set_defaults(m=2)\n", 1),
    ],
)
def test_the_default_of_a_parent_is_what_the_parser_makes_it(
    lines: str, default: object
) -> None:
    script = read(
        "import argparse\np = argparse.ArgumentParser(add_help=False)\n"
        "p.add_argument('--n', default=1)\nc = argparse.ArgumentParser(parents=[p])\n"
        f"{lines}c.parse_args()\n"
    )
    assert isinstance(script, Script)
    assert [p.default for p in script.parameters if p.name == "n"] == [default]


@pytest.mark.parametrize(
    "line", ["a.default = 3", "a.required = True", "a.choices = [1, 2]"]
)
def test_an_action_that_is_changed_later_is_unseen(line: str) -> None:
    script = read(
        "import argparse\np = argparse.ArgumentParser()\n"
        f"a = p.add_argument('--n', type=int)\n{line}\n"
    )
    assert isinstance(script, Script)
    ((message, place),) = script.parsers[0].unseen
    assert "changes a parameter that was added" in message
    assert place.line == 4


@pytest.mark.parametrize(
    "line",
    ["p.add_argument('--n').completer = names", "a = p.add_argument('--n'); print(a.dest)"],
)
def test_an_action_that_is_only_looked_at_stays_as_it_is(line: str) -> None:
    script = read(f"import argparse\np = argparse.ArgumentParser()\n{line}\n")
    assert isinstance(script, Script)
    assert not script.parsers[0].unseen


def test_a_parent_parser_gives_its_parameters() -> None:
    script = read(
        "import argparse\nbase = argparse.ArgumentParser(add_help=False)\n"
        "base.add_argument('--lr')\np = argparse.ArgumentParser(parents=[base])\n"
        "p.add_argument('--seed')\n"
    )
    assert isinstance(script, Script)
    assert [p.name for p in script.parsers[1].parameters] == ["lr", "seed"]


PARTIAL = """\
import argparse
from functools import partial
p = argparse.ArgumentParser()
add = partial(p.add_argument, type=float, default=0.1)
add("--lr")
add("--wd", default=0.0, help="decay")
"""


def test_parameters_that_are_added_by_a_partial_of_the_method() -> None:
    script = read(PARTIAL)
    assert isinstance(script, Script)
    (parser,) = script.parsers
    assert not parser.unseen
    read_ = [(p.name, p.type, p.default, p.place.line) for p in parser.parameters]
    assert read_ == [("lr", "float", 0.1, 5), ("wd", "float", 0.0, 6)]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("partial(", "wrapped("),
        ("p.add_argument, ", "p.add_argument, '--x', "),
        ("type=float, ", "**how, "),
        ('add("--lr")', "register(add)"),
        ('add("--lr")', 'add("--lr")\nadd = p.add_argument'),
        ('add("--lr")', 'add("--lr", **how)'),
    ],
)
def test_a_partial_that_may_add_anything(old: str, new: str) -> None:
    script = read(PARTIAL.replace(old, new))
    assert isinstance(script, Script)
    assert script.parsers[0].unseen


@pytest.mark.parametrize(
    "line",
    [
        "{a.dest: a.default for a in p._actions}",
        "for a in p._actions:\n    a.help = str(a.default)",
        "d = [a.dest for a in p._actions if hasattr(a, 'dest') and a.help]",
    ],
)
def test_actions_that_are_only_looked_at(line: str) -> None:
    script = read(f"import argparse\np = argparse.ArgumentParser()\n{line}\n")
    assert isinstance(script, Script)
    assert not script.parsers[0].unseen


@pytest.mark.parametrize(
    "line",
    [
        "p._actions.append(x)",
        "for a in p._actions:\n    a.default = None",
        "for a in p._actions:\n    a.choices = None",
        "for a in p._actions:\n    a.required = False",
        "[a for a in p._actions]",
        "[change(a) for a in p._actions]",
        "[a.option_strings for a in p._actions]",
        "[setattr(a, 'default', 1) for a in p._actions]",
    ],
)
def test_actions_that_may_be_changed(line: str) -> None:
    script = read(f"import argparse\np = argparse.ArgumentParser()\n{line}\n")
    assert isinstance(script, Script)
    ((message, _),) = script.parsers[0].unseen
    assert "_actions may change what the parser takes" in message


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ("p.add_argument(*flags)", "of which only a run tells"),
        ("p.add_argument('--x', **more)", "of which only a run tells"),
        ("add_arguments(p)", "passed to add_arguments()"),
        ("parsers['a'] = [p]", "isn't followed"),
    ],
)
def test_what_may_add_parameters_unseen_is_named(line: str, text: str) -> None:
    script = read(f"import argparse\np = argparse.ArgumentParser()\n{line}\n")
    assert isinstance(script, Script)
    ((message, place),) = script.parsers[0].unseen
    assert text in message
    assert place.line == 3


@pytest.mark.parametrize(
    ("call", "name"),
    [
        ("f'--{key}', default=v", "f'--{key}'"),
        ("'--' + key, type=int", "'--' + key"),
        ("'--%s' % key, type=int", "'--%s' % key"),
        ("'--{}'.format(key)", "'--{}'.format(key)"),
        ("f'-{key[0]}', f'--{key}'", "f'-{key[0]}', f'--{key}'"),
    ],
)
def test_an_option_whose_name_is_made_at_run_time(call: str, name: str) -> None:
    parameter = parameter_of(call)
    assert (parameter.named, parameter.name) == (False, name)
    assert not parameter.positional


# Where a name may have had another value first.
@pytest.mark.parametrize(
    "text",
    [
        "from names import *\ng = g + key\np.add_argument(g)",
        "g = 'lr'\nclass A:\n    g = g + key\n    p.add_argument(g)",
        "g = 'lr'\ndef made():\n    global g\n    g = g + key\np.add_argument(g)",
        "h = 'lr'\ng = h + ''\ndef add(g=h):\n    h = '--' + g\np.add_argument(g)",
    ],
)
def test_a_name_that_is_made_of_itself(text: str) -> None:
    script = read(f"import argparse\np = argparse.ArgumentParser()\n{text}\n")
    assert isinstance(script, Script)
    assert len(script.parsers[0].unseen) == 1


MADE = """\
import argparse
p = argparse.ArgumentParser()
def add_optimizer(parser, prefix, key):
{lines}
    parser.add_argument({flag}, type=float)
add_optimizer(p, "adam.", "lr")
"""


@pytest.mark.parametrize(
    ("lines", "flag"),
    [
        ("    g = f'--{prefix}'", "f'{g}lr'"),
        ("    g = '--' + prefix", "f'{g}lr'"),
        ("    g = '--%s.' % key", "g + 'lr'"),
        ("    g = '--{}'", "g.format(key)"),
        ("    g = '--'", "g + key"),
        ("    h = '--'\n    g = h", "f'{g}lr'"),
        ("    g = '-' if len(key) == 1 else '--'", "g + key"),
        ("    g = '--'\n    if key == 'x': g = '-'", "g + key"),
        ("    g = f'--{key}'.replace('_', '-')", "g"),
        ("    g = f'--{key}'\n    g = g.replace('_', '-')", "g"),
        ("    g = '--'", "(g + key).replace('_', '')"),
        ("    for part in prefix: g = f'--{part}'", "g"),
    ],
)
def test_an_option_that_starts_with_the_value_of_a_name(lines: str, flag: str) -> None:
    script = read(MADE.format(lines=lines, flag=flag))
    assert isinstance(script, Script)
    assert not script.parsers[0].unseen
    (parameter,) = script.parameters
    assert (parameter.named, parameter.positional) == (False, False)


@pytest.mark.parametrize(
    ("lines", "flag"),
    [
        ("    pass", "f'{prefix}lr'"),
        ("    g = f'{prefix}--'", "f'{g}lr'"),
        ("    g = prefix", "f'{g}lr'"),
        ("    g = '--'\n    if key: g = ''", "f'{g}lr'"),
        ("    g = '--'\n    g += prefix", "f'{g}lr'"),
        ("    g, h = '--', key", "f'{g}lr'"),
        ("    g = '--'", "f'{g!r}lr'"),
        ("    g = '--'", "f'{g:>4}lr'"),
        ("    h = prefix\n    g = h", "f'{g}lr'"),
        ("    g = f'--{key}'.replace('-', '')", "g"),
        ("    g = f'--{key}'.replace('--', '-')", "g"),
        ("    g = f'--{key}'.replace('', '_')", "g"),
        ("    g = f'--{key}'.replace(prefix, '_')", "g"),
        ("    g = f'--{key}'\n    g = g.replace('-', '_')", "g"),
        ("    g = f'--{key}'.lstrip('-')", "g"),
        ("    g = f'--{key}'[2:]", "g"),
        ("    g = '--' if key else ''", "g + key"),
        ("    g = key\n    g = g.replace('_', '-')", "g"),
        ("    h = g = key\n    g = h.replace('_', '-')\n    h = g", "g"),
        ("    g = g.replace('_', '-')\n    del g", "g"),
        (
            "    g = '--'\n    def f():\n        nonlocal g\n        g = key\n    f()",
            "g + key",
        ),
        ("    g = f'{g}--' if key else key", "f'{g}lr'"),
        ("    for g in ('--', ''): pass", "f'{g}lr'"),
    ],
)
def test_a_name_that_may_start_no_option(lines: str, flag: str) -> None:
    script = read(MADE.format(lines=lines, flag=flag))
    assert isinstance(script, Script)
    ((message, _),) = script.parsers[0].unseen
    assert "of which only a run tells" in message


@pytest.mark.parametrize(
    ("type_", "kind"),
    [
        ("type(v)", "any"),
        ("types[key]", "any"),
        ("kind", "any"),
        ("int", "number"),
        ("convert", "own"),
    ],
)
def test_a_type_that_only_a_run_tells(type_: str, kind: str) -> None:
    script = read(
        "import argparse\nfrom x import convert\np = argparse.ArgumentParser()\n"
        f"for key, v, kind in table:\n    p.add_argument('--' + key, type={type_})\n"
    )
    assert isinstance(script, Script)
    assert [p.type_kind for p in script.parameters] == [kind]
