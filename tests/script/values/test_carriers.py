"""Expressions that a value may get to: some too many, none too few."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from jobready.script.source.syntax import Syntax
from jobready.script.source.tree import parse
from jobready.script.values.carriers import OF_ARGUMENTS, OF_PARSERS, Ways, carriers
from jobready.script.values.flow import Flow
from jobready.script.values.meanings import (
    Arguments,
    ArgumentsDict,
    Group,
    Parser,
    RunConfig,
)
from jobready.script.values.parser_classes import self_nodes

ROOT = Path(__file__).parents[3]
SCRIPTS = sorted(
    [*(ROOT / "tests" / "corpus").glob("*.py"), *(ROOT / "examples").glob("*")]
)
HARD = """
import argparse, copy, wandb

class Trainer:
    def __init__(self, parser, args=None):
        self.parser, self.args = parser, args

    def own(self):
        group = self.parser.add_argument_group("x")
        return group

def make(add=None):
    return argparse.ArgumentParser(), 1

def main(given, *, again):
    p, _ = make()
    p = foreign(p)
    trainer = Trainer(p)
    trainer.own().add_argument("--x")
    with p as q:
        (r := q).add_argument("--y")
    args, rest = r.parse_known_args()
    some = {k: v for k, v in vars(args).items()}
    other = argparse.Namespace(**some)
    trainer.args = copy.deepcopy(other)
    spawn(work, args=(trainer.args, 1))
    run = wandb.init()
    config = dict(run.config)
    return lambda: config

def work(rank, args):
    print(args.x)
"""


def texts() -> list[str]:
    return [HARD, *(p.read_text(encoding="utf-8") for p in SCRIPTS if p.suffix == ".py")]


@pytest.mark.parametrize("text", texts(), ids=lambda text: text[:20].strip())
@pytest.mark.parametrize("kind", ["parsers", "arguments", "configs"])
def test_nothing_that_the_flow_knows_is_left_out(text: str, kind: str) -> None:
    tree = parse(text)
    assert isinstance(tree, ast.Module)
    syntax = Syntax(text, tree)
    flow = Flow(syntax)
    meanings: tuple[type, ...]
    ways: Ways
    if kind == "parsers":
        meanings, ways = (Parser, Group), OF_PARSERS
        seeds = [c for c in syntax.of(ast.Call) if flow.parser_class(c.func)]
        seeds += self_nodes(syntax, flow)  # type: ignore[arg-type]
    elif kind == "arguments":
        meanings, ways = (Arguments, ArgumentsDict), OF_ARGUMENTS
        seeds = [c for c in syntax.of(ast.Call) if "parse_" in ast.unparse(c.func)]
    else:
        meanings, ways = (RunConfig,), OF_ARGUMENTS
        seeds = [c for c in syntax.of(ast.Call) if flow.qualified(c.func) == "wandb.init"]
        named = syntax.named.get("config", ())
        seeds += [n for n in named if flow.qualified(n) == "wandb.config"]  # type: ignore
    reached = carriers(seeds, syntax, ways)
    for node in syntax.of(ast.Name, ast.Attribute, ast.Call):
        if isinstance(getattr(node, "ctx", None), (ast.Store, ast.Del)):
            continue
        if any(isinstance(m, meanings) for m in flow.meanings(node)):
            assert node in reached, f"line {node.lineno}: {ast.unparse(node)}"


@pytest.mark.parametrize(
    "text",
    [
        "unrelated = f(1)\nunrelated.method()\n",
        "self.parser.x = 1\nother = parser_args\n",
        "size = len(p.parse_args().x)\nprint(size)\n",
        "if p is None:\n    q = p == 1\n",
    ],
)
def test_most_expressions_are_left_out(text: str) -> None:
    whole = "import argparse\np = argparse.ArgumentParser()\n" + text
    tree = parse(whole)
    assert isinstance(tree, ast.Module)
    syntax = Syntax(whole, tree)
    seed = syntax.of(ast.Call)[0]
    reached = carriers([seed], syntax, OF_PARSERS)
    after = [n for n in reached if isinstance(n, ast.expr) and n.lineno > 2]
    assert {ast.unparse(n) for n in after} <= {"p"}


def test_a_method_of_a_name_that_another_class_has_may_return_what_it_is_given() -> None:
    text = (
        "import argparse, lib\nclass Other:\n    def add(self, p):\n        pass\n"
        "p = argparse.ArgumentParser()\nq = lib.Model().add(p)\nq.add_argument('--x')\n"
    )
    tree = parse(text)
    assert isinstance(tree, ast.Module)
    syntax = Syntax(text, tree)
    flow = Flow(syntax)
    seeds = [c for c in syntax.of(ast.Call) if flow.parser_class(c.func)]
    (_, read) = (n for n in syntax.of(ast.Name) if n.id == "q")
    assert read in carriers(seeds, syntax, OF_PARSERS)
    assert any(isinstance(m, Parser) for m in flow.meanings(read))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        # a variable of a function or comprehension is none of the module's
        ("def other(p):\n    return p\n", set()),
        ("sizes = [p for p in range(3)]\n", set()),
        (
            "class Error(Exception):\n    def __init__(self, p):\n        self.x = p\n",
            set(),
        ),
        # an __init__ that a class has from another, called by the class or a name for it
        ("class Other(Base):\n    pass\nOther(p)\n", {"p", "given"}),
        (
            "class Other(Base):\n    pass\nmade = [Other][0]\nmade(p)\n",
            {"p", "made(p)", "given"},
        ),
        # what super() calls is of the classes that this one is made of
        (
            "class Other(Base):\n    def __init__(self, p):\n        super().__init__(p)\n",
            set(),
        ),
        (
            "class Other(Base):\n    def __init__(self, one):\n"
            "        super().__init__(one)\nOther(p)\n",
            {"p", "one", "super().__init__(one)", "given"},
        ),
    ],
)
def test_names_are_followed_to_those_who_share_their_value(
    text: str, found: set[str]
) -> None:
    whole = (
        "import argparse\nclass Base:\n    def __init__(self, given):\n"
        "        print(given.prog)\np = argparse.ArgumentParser()\n" + text
    )
    tree = parse(whole)
    assert isinstance(tree, ast.Module)
    syntax = Syntax(whole, tree)
    seeds = [c for c in syntax.of(ast.Call) if "ArgumentParser" in ast.unparse(c.func)]
    reached = carriers(seeds, syntax, OF_PARSERS)
    names = [n for n in reached if isinstance(n, ast.expr) and n not in seeds]
    assert {ast.unparse(n) for n in names if n.lineno != 5} == found
