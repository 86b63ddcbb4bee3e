"""Types of a script's own whose values JSON has."""

from __future__ import annotations

import pytest

from jobready.script.model import Script
from jobready.script.read import read

HEAD = "import argparse\nimport ast\nimport json\nfrom pathlib import Path\n\n"
ADD = 'parser = argparse.ArgumentParser()\nparser.add_argument("--x", type=TYPE)\n'
NUMBER = """\
def kind(text):
    try:
        return int(text)
    except ValueError:
        return float(text)
"""


MAKER = """\
def any_of(names):
    def kind(text):
        found = list(map(str, text.split(",")))
        for name in found:
            assert name in names
        return found
    return kind
"""
LITERAL = """\
def kind(text):
    if type(text) is dict:
        return text
    return ast.literal_eval(text)
"""


def gives_json(type_: str, definitions: str = "", default: str = "") -> bool:
    """What is said of the type of the one parameter."""
    added = ADD.replace("TYPE", type_)
    if default:
        added = added.replace("type=", f"default={default}, type=")
    script = read(HEAD + definitions + added + "parser.parse_args()\n")
    assert isinstance(script, Script)
    (parameter,) = script.parameters
    return parameter.gives_json


@pytest.mark.parametrize(
    "body",
    [
        NUMBER,
        NUMBER.replace("float(text)", "text"),
        NUMBER.replace("float(text)", "None if text == 'no' else f'{text}!'"),
        NUMBER.replace("int(text)", "[int(t) for t in text.split(',')]"),
        NUMBER.replace("int(text)", "(int(text), json.loads(text))"),
        NUMBER.replace("    try", "    def made():\n        return Path()\n    try"),
        "def kind(text):\n    if text:\n        return len(text)\n",
        NUMBER.replace("int(text)", "text.strip().lower()"),
        NUMBER.replace("int(text)", "[t.upper() for t in text.split(',')]").replace(
            "t.upper()", "str(t).upper()"
        ),
    ],
)
def test_numbers_texts_and_lists(body: str) -> None:
    assert gives_json("kind", body)


@pytest.mark.parametrize(
    "type_",
    [
        "json.loads",
        "lambda t: float(t)",
        "lambda t: t or 3",
        "str.lower",
        "str.split",
        "lambda t: t.strip().lower()",
        "lambda t: t.split(',')",
        "list",
        "tuple",
        "lambda t: tuple(int(n) for n in t.split(','))",
        "lambda t: list(map(float, t.split(',')))",
        "lambda t: sorted(t)",
        "lambda t: t.lower() in ('yes', 'on')",
        "lambda t: t == 'yes'",
        "lambda t: not t",
    ],
)
def test_types_without_a_function(type_: str) -> None:
    assert gives_json(type_)


@pytest.mark.parametrize(
    "body",
    [
        NUMBER.replace("int(text)", "Path(text)"),
        NUMBER.replace("int(text)", "text.encode()"),
        NUMBER.replace("int(text)", "{int(text)}"),
        NUMBER.replace("int(text)", "[Path(t) for t in text]"),
        NUMBER.replace("int(text)", "eval(text)"),
        NUMBER.replace("int(text)", "b'x'"),
        NUMBER.replace("int(text)", "other"),
        NUMBER.replace("    try", "    text = Path(text)\n    try").replace(
            "int(text)", "text"
        ),
        NUMBER.replace("    return int", "    yield 1\n        return int"),
        "from own import int\n" + NUMBER,
        "@other\n" + NUMBER,
        "async " + NUMBER,
        NUMBER.replace("def kind", "class kind:\n  def other"),
        "from own import kind\n",
        NUMBER.replace("int(text)", "Path(text).lower()"),
        NUMBER.replace("int(text)", "text.encode().upper()"),
        NUMBER.replace("int(text)", "text.partition(',')"),
    ],
)
def test_values_that_may_be_anything(body: str) -> None:
    assert not gives_json("kind", body)


@pytest.mark.parametrize(
    "type_",
    [
        "eval",
        "Path",
        "lambda t: Path(t)",
        "lambda t: x",
        "str.encode",
        "str.maketrans",
        "text.lower",
        "lambda t: x.lower()",
        "set",
        "lambda t: set(t)",
        "lambda t: tuple(Path(p) for p in t)",
        "lambda t: list(map(Path, t))",
        "lambda t: sorted(x)",
        "lambda t: t == x",
        "lambda t: -x",
    ],
)
def test_types_that_may_give_anything(type_: str) -> None:
    assert not gives_json(type_)


def test_a_series_of_another_name() -> None:
    assert not gives_json("list", "from own import Items as list\n")
    assert not gives_json("lambda t: list(t)", "from own import Items as list\n")
    assert not gives_json("lambda t: list(map(int, t))", "from own import every as map\n")


def test_a_method_of_another_str() -> None:
    assert not gives_json("str.lower", "from own import Text as str\n")


def test_a_function_that_another_one_makes() -> None:
    assert gives_json("any_of(['a'])", MAKER)
    again = MAKER.replace("        for", "        found == names\n        for")
    assert gives_json("any_of([])", again)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("    return kind", "    return partial(kind)"),
        ("    return kind", "    return kind if names else Path"),
        ("    return kind", "    kind = Path\n    return kind"),
        ("def any_of", "@other\ndef any_of"),
        ("map(str,", "map(Path,"),
        ("        return found", "        found.append(Path())\n        return found"),
        ("        return found", "        fill(found)\n        return found"),
        ("        return found", "        found = Path()\n        return found"),
        ("        found =", "        global found\n        found ="),
    ],
)
def test_a_function_that_may_be_made_otherwise(old: str, new: str) -> None:
    assert old in MAKER
    assert not gives_json("any_of(['a'])", MAKER.replace(old, new))


@pytest.mark.parametrize("default", ["", "{}", "[]", "None"])
def test_literals_of_which_no_default_is_one(default: str) -> None:
    assert gives_json("kind", LITERAL, default)


@pytest.mark.parametrize("default", ["[{1}]", "{'a': 1}", "made()"])
def test_literals_beside_a_default(default: str) -> None:
    assert not gives_json("kind", LITERAL, default)
    assert not gives_json("ast.literal_eval", "", default)
