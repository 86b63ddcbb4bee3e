"""Options that a loop over texts of the source adds."""

from __future__ import annotations

import pytest

from jobready.script.model import Script
from jobready.script.read import read


def script_of(loop: str) -> Script:
    script = read(
        "import argparse\n"
        "parser = argparse.ArgumentParser()\n"
        f"{loop}"
        "args = parser.parse_args()\n"
    )
    assert isinstance(script, Script)
    return script


@pytest.mark.parametrize(
    ("texts", "option", "names"),
    [
        ('("lr", "seed")', '"--" + name', ["lr", "seed"]),
        ('["--lr", "--seed"]', "name", ["lr", "seed"]),
        ('("a_b",)', '"--" + name.replace("_", "-")', ["a_b"]),
        ('("lr",)', 'f"--{name}_scale"', ["lr_scale"]),
        ('("lr",)', '"--%s" % name', ["lr"]),
        ('("lr",)', '"--" + name, "--max-" + name', ["lr"]),
        ('("lr",)', '"--" + name, dest=name + "_rate"', ["lr_rate"]),
        ('("data",)', "name", ["data"]),
    ],
)
def test_each_text_is_an_option(texts: str, option: str, names: list[str]) -> None:
    script = script_of(f"for name in {texts}:\n    parser.add_argument({option})\n")
    assert [p.name for p in script.parameters] == names
    assert all(p.named for p in script.parameters)
    assert not script.parsers[0].unseen
    assert len({p.place for p in script.parameters}) == len(names)


def test_a_list_under_a_name_and_keywords_of_each() -> None:
    script = script_of(
        'NAMES = ["lr", "seed"]\n'
        "for name in NAMES:\n"
        '    parser.add_argument(f"--{name}", type=TYPES[name], default=None)\n'
    )
    found = [(p.name, p.flags, p.type_kind, p.default) for p in script.parameters]
    assert found == [("lr", ("--lr",), "any", None), ("seed", ("--seed",), "any", None)]


@pytest.mark.parametrize(
    "loop",
    [
        'for name in names():\n    parser.add_argument("--" + name)\n',
        'for name in ("lr", LAST):\n    parser.add_argument("--" + name)\n',
        'for name in ("lr", *MORE):\n    parser.add_argument("--" + name)\n',
        'for name in ("lr", 1):\n    parser.add_argument(f"--{name}")\n',
        'for name, n in (("lr", 1),):\n    parser.add_argument("--" + name)\n',
        # what is made of the text isn't seen, or is another text by then
        'for name in ("lr",):\n    parser.add_argument("--" + name.upper())\n',
        'for name in ("lr",):\n    parser.add_argument("--" + name, "-" + short)\n',
        'for name in ("lr",):\n    parser.add_argument(f"--{name:>9}")\n',
        'for name in ("lr",):\n    name += "x"\n    parser.add_argument("--" + name)\n',
        'for name in ("lr",):\n    name = "n"\n    parser.add_argument("--" + name)\n',
        'NAMES = ["lr"]\nNAMES.append(more())\n'
        'for name in NAMES:\n    parser.add_argument("--" + name)\n',
        # the last text, once the loop is over
        'for name in ("lr", "seed"):\n    pass\nparser.add_argument("--" + name)\n',
    ],
)
def test_options_that_only_a_run_names(loop: str) -> None:
    (parser,) = script_of(loop).parsers
    assert [p.named for p in parser.parameters] == [False]


def test_a_text_that_may_be_no_option_is_left_alone() -> None:
    (parser,) = script_of("for name in names():\n    parser.add_argument(name)\n").parsers
    assert [text for text, _ in parser.unseen] == [
        "a parameter is added of which only a run tells what it is"
    ]


def test_so_many_on_a_line_that_their_places_are_those_of_others() -> None:
    texts = tuple(f"n{i}" for i in range(40))
    added = 'parser.add_argument("--" + name); parser.add_argument(f"--x-{name}")'
    (parser,) = script_of(f"for name in {texts}: {added}\n").parsers
    assert [text for text, _ in parser.unseen] == [
        "more options are added here than can be told apart"
    ] * len(parser.unseen)
    assert parser.unseen
