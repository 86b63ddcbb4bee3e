"""Which files are tests, and no scripts that anybody launches."""

from __future__ import annotations

from pathlib import Path

import pytest

from jobready.outcome import Failed
from jobready.script.of_tests import is_of_tests
from jobready.script.source.tree import syntax_of

MAIN = 'if __name__ == "__main__":\n    main()\n'


def is_test(name: str, text: str) -> bool:
    syntax = syntax_of(text)
    assert not isinstance(syntax, Failed)
    return is_of_tests(syntax, Path(name))


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("tests/conftest.py", 'import os\nos.environ["WANDB_MODE"] = "disabled"\n'),
        ("tests/test_train.py", "def test_training():\n    pass\n"),
        ("train_test.py", "class TestTraining:\n    pass\n"),
        ("test_train.py", "import pytest\n\npytest.importorskip('torch')\nrun()\n"),
        ("checks.py", "import pytest\n\ndef test_it():\n    pass\n" + MAIN),
        ("pkg/tests/generate_data.py", "from pytest import MonkeyPatch\n" + MAIN),
        ("checks.py", "import unittest\nclass A(unittest.TestCase):\n    pass\n" + MAIN),
        ("checks.py", "class A(TestCase):\n    pass\n"),
    ],
)
def test_a_file_that_a_test_runner_runs(name: str, text: str) -> None:
    assert is_test(name, text)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("test_model.py", "def test(model):\n    pass\n\n\ntest(load())\n"),
        ("test_model.py", "def test_model(model):\n    pass\n" + MAIN),
        ("test_model.py", "import wandb\nwandb.init()\n"),
        ("tests/train_t5.py", "def train():\n    pass\n" + MAIN),
        ("train.py", "def test_epoch(model):\n    pass\n"),
        ("train.py", "from pytest import approx\n" + MAIN),
        ("train.py", "from .pytest import test_loader\n\ndef test_it():\n    pass\n"),
        ("train.py", "class TestCase:\n    pass\n\n\nclass A(TestCase):\n    pass\n"),
        ("testing.py", "def test_it():\n    pass\n"),
    ],
)
def test_a_script_with_a_name_like_a_test(name: str, text: str) -> None:
    assert not is_test(name, text)


def test_text_that_is_in_no_file() -> None:
    syntax = syntax_of("import pytest\n\ndef test_it():\n    pass\n")
    assert not isinstance(syntax, Failed)
    assert is_of_tests(syntax, None)
