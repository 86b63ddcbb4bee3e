"""Parameters whose keywords come from a dict that the source spells out."""

from __future__ import annotations

import pytest

from jobready.script.model import Script
from jobready.script.read import read

HEAD = """\
import argparse
import dataclasses

parser = argparse.ArgumentParser()
"""
FIELDS = """\
for item in dataclasses.fields(Settings):
    kwargs = {"default": item.default, "help": item.metadata.get("help")}
    if item.type is bool:
        kwargs["action"] = argparse.BooleanOptionalAction
    else:
        kwargs["type"] = item.type
    parser.add_argument("--" + item.name, **kwargs)
"""
ADDED = "parser.add_argument(option, **kwargs)\n"


def script_of(text: str) -> Script:
    script = read(f"{HEAD}{text}args = parser.parse_args()\n")
    assert isinstance(script, Script)
    return script


def test_each_way_to_the_call_is_a_parameter() -> None:
    script = script_of(FIELDS)
    found = [(p.action, p.type, p.type_kind, p.named) for p in script.parameters]
    assert found == [
        ("BooleanOptionalAction", None, "none", False),
        ("store", "item.type", "own", False),
    ]
    assert not script.parsers[0].unseen
    assert len({p.place for p in script.parameters}) == 2


@pytest.mark.parametrize("test", ["item.type is int", "item.type != bool", "other is bool"])
def test_a_type_that_may_be_bool(test: str) -> None:
    script = script_of(FIELDS.replace("item.type is bool", test))
    assert [p.type_kind for p in script.parameters] == ["none", "any"]


@pytest.mark.parametrize(
    "made",
    [
        '    parser.add_argument("--" + item, **{"type": int, "default": 3})\n',
        '    parser.add_argument("--" + item, default=3, **dict(type=int))\n',
        '    kwargs = {"type": str}\n'
        '    kwargs.update({"type": int})\n'
        "    kwargs.update(default=3)\n"
        "    print(item)\n"
        '    parser.add_argument("--" + item, **kwargs)\n',
        # a loop starts with a dict of its own, and copies are no change
        '    kwargs: dict = {"type": int, "default": 3}\n'
        "    for prefix in ITEMS:\n"
        '        parser.add_argument("--" + prefix + item, **kwargs)\n'
        "    check(**kwargs)\n",
        # a way that leaves the loop doesn't come to the call
        '    kwargs = {"type": float}\n'
        "    if item in SEEN:\n"
        '        kwargs["type"] = str\n'
        "        continue\n"
        '    kwargs["type"] = int\n'
        "    try:\n"
        "        check(item)\n"
        "    except KeyError:\n"
        "        raise\n"
        '    parser.add_argument("--" + item, default=3, **kwargs)\n',
    ],
)
def test_dicts_that_come_to_the_same(made: str) -> None:
    script = script_of(f"for item in ITEMS:\n{made}")
    assert [(p.type, p.default, p.named) for p in script.parameters] == [("int", 3, False)]
    assert not script.parsers[0].unseen


def test_an_option_that_the_source_names() -> None:
    made = 'kwargs = {"type": int}\nif SHORT:\n    kwargs["help"] = "n"\n'
    script = script_of(f'{made}parser.add_argument("--n", default=1, **kwargs)\n')
    assert [(p.name, p.type, p.default) for p in script.parameters] == [("n", "int", 1)]


@pytest.mark.parametrize(
    "made",
    [
        # a dict that isn't spelled out, or has more keys than are seen
        "kwargs = options()\n",
        "kwargs = {**OTHERS}\n",
        "kwargs = {KEY: int}\n",
        "kwargs = dict(OTHERS)\n",
        'kwargs = {"type": int}\nkwargs[KEY] = 3\n',
        'kwargs = {"type": int}\nkwargs.update(OTHERS)\n',
        'kwargs = {"type": int}\nkwargs |= OTHERS\n',
        'kwargs = {"type": int}\nkwargs.pop("type")\n',
        'kwargs = {"type": int}\ndel kwargs["type"]\n',
        'kwargs = {"type": int}\nkwargs.setdefault("nargs", "+")\n',
        # another name for it, or a function that may change it
        'kwargs = other = {"type": int}\n',
        'kwargs = {"type": int}\nother = kwargs\n',
        'kwargs = {"type": int}\nfill(kwargs)\n',
        'kwargs = {"type": int}\ndef fill():\n    kwargs["nargs"] = "+"\n',
        # a loop that may have changed it on its last round
        'kwargs = {"type": int}\n'
        "for item in ITEMS:\n"
        '    parser.add_argument("--" + item, **kwargs)\n'
        '    kwargs["nargs"] = "+"\n',
        'kwargs = {"type": int}\nwhile more():\n    kwargs["nargs"] = "+"\n',
        # a block that may be left halfway
        'kwargs = {"type": int}\ntry:\n    kwargs["nargs"] = "+"\nfinally:\n    pass\n',
        # no dict on some way
        'if SHORT:\n    kwargs = {"type": int}\n',
        "def dict(**given):\n    return {}\n\nkwargs = dict(type=int)\n",
        # what it gives twice, and more than one dict
        'kwargs = {"default": 2}\nparser.add_argument("--m", default=1, **kwargs)\n',
        'kwargs = {"default": 2}\nparser.add_argument("--m", **kwargs, **OTHERS)\n',
        # a positional or an option: it can't be told
        'kwargs = {"type": int}\nparser.add_argument(NAME, **kwargs)\n',
    ],
)
def test_dicts_of_which_only_a_run_tells_what_they_hold(made: str) -> None:
    rest = "" if "add_argument(" in made else 'parser.add_argument("--n", **kwargs)\n'
    (parser,) = script_of(made + rest).parsers
    texts = [text for text, _ in parser.unseen]
    assert "a parameter is added of which only a run tells what it is" in texts


@pytest.mark.parametrize(
    "change", ['kwargs["default"] = 2', 'kwargs["nargs"] = "+"', "kwargs = {}"]
)
def test_an_option_that_is_another_on_some_way(change: str) -> None:
    made = f'kwargs = {{"type": int, "default": 1}}\nif SHORT:\n    {change}\n'
    (parser,) = script_of(f'{made}parser.add_argument("--n", **kwargs)\n').parsers
    assert not parser.parameters
    assert [place.line for _, place in parser.unseen] == [8]


def test_a_dict_that_a_function_is_given_is_left_alone() -> None:
    text = 'def add(**kwargs):\n    parser.add_argument("--n", **kwargs)\n\nadd(type=int)\n'
    assert script_of(text).parsers[0].unseen


def test_more_ways_than_are_told_apart() -> None:
    keys = [f'    if item == {n}:\n        kwargs["type"] = t{n}\n' for n in range(20)]
    loop = f"for item in ITEMS:\n    kwargs = {{}}\n{''.join(keys)}"
    assert (
        script_of(f'{loop}    parser.add_argument("--" + item, **kwargs)\n')
        .parsers[0]
        .unseen
    )
