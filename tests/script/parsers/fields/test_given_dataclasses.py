"""The dataclasses that HfArgumentParser is given by names and parameters of functions."""

from __future__ import annotations

import pytest

from jobready.script.model import Script
from jobready.script.read import read

TOP = """\
from dataclasses import dataclass
from transformers import HfArgumentParser, TrainingArguments


@dataclass
class Model:
    layers: int = 2


@dataclass
class Data:
    folder: str = "data"


"""
PARSE = """\
def parse(types=(Model, Data)):
    parser = HfArgumentParser(types)
    return parser.parse_args_into_dataclasses()


"""
DIRECT = "HfArgumentParser(types).parse_args_into_dataclasses()\n"


def names_of(text: str) -> set[str] | None:
    """The parameters of the parser, None where they can't be told."""
    script = read(TOP + text)
    assert isinstance(script, Script)
    if any(m.unseen for m in script.parsers):
        return None
    return {p.name for p in script.parameters}


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("types = (Model, Data)\n" + DIRECT, "layers folder"),
        ("types = [Model, Data]\n" + DIRECT, "layers folder"),
        ("types = Model\n" + DIRECT, "layers"),
        ("ours = (Model,)\ntypes = ours\n" + DIRECT, "layers"),
        ("HfArgumentParser(dataclass_types=(Data,)).parse_args()\n", "folder"),
        (PARSE + "parse()\n", "layers folder"),
        (PARSE + "parse((Data,))\n", "folder"),
        (PARSE + "parse(types=[Model])\n", "layers"),
        (PARSE + "parse(Model)\n", "layers"),
        (
            PARSE + "def start():\n    return parse((Model, Data))\nstart()\n",
            "layers folder",
        ),
        (
            PARSE + "def start(kinds):\n    return parse(kinds)\nstart([Model])\n",
            "layers",
        ),
        (
            PARSE + "parse((Model, TrainingArguments))\n",
            "layers TrainingArguments",
        ),
    ],
)
def test_the_classes_that_are_given(text: str, names: str) -> None:
    assert names_of(text) == set(names.split())


@pytest.mark.parametrize(
    "text",
    [
        "types = load()\n" + DIRECT,
        "types = (Model, *more)\n" + DIRECT,
        "types = (Model,)\nif big:\n    types = (Model, Data)\n" + DIRECT,
        "types = (Model,)\ntypes += (Data,)\n" + DIRECT,
        "types = [Model]\ntypes.append(Data)\n" + DIRECT,
        "types = [Model]\nextend(types)\n" + DIRECT,
        "types = [Model]\ntypes[0] = Data\n" + DIRECT,
        "types = [Model]\nothers = types\nothers.append(Data)\n" + DIRECT,
        PARSE,  # nobody calls it here
        PARSE + "parse((Model,))\nparse((Data,))\n",
        PARSE + "parse(load())\n",
        PARSE + "parse(*load())\n",
        PARSE + "parse(**load())\n",
        PARSE + "parse((Model,))\nspawn(parse)\n",
        PARSE + "parse((Model,))\nothers = [parse]\n",
        PARSE.replace("    parser", "    types = check(types)\n    parser") + "parse()\n",
        PARSE.replace("    parser", "    types.append(Data)\n    parser")
        + "parse([Model])\n",
        PARSE.replace("types=(Model, Data)", "*types") + "parse(Model)\n",
    ],
)
def test_classes_that_cant_be_told(text: str) -> None:
    assert names_of(text) is None
