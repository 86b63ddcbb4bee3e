"""Objects of other files that a run shows: they are followed to what they hold."""

from __future__ import annotations

from pathlib import Path

import pytest

from jobready.edits.choose import choose
from jobready.edits.options import Options
from jobready.edits.plan import Plan
from jobready.outcome import Refused
from jobready.project.environment import Environment
from jobready.script.files.library import Library
from jobready.script.linked import read_linked
from jobready.script.model import Script
from jobready.script.read import read

NEWEST = Environment(line_length=88, type_checked=False, wandb_version=None)
PARSER = """\
import argparse

parser = argparse.ArgumentParser()
parser.add_argument("--lr", type=float, default=0.1)
parser.add_argument("--epochs", type=int, default=3)
"""
TRAIN = f"""\
{PARSER}
from fitting import Fitter
from strategies import get_strategy

def main(args):
    strategy = get_strategy(args)
    fitter = Fitter(strategy=strategy)
    fitter.fit()

main(parser.parse_args())
"""
FITTING = """\
import wandb

class Fitter:
    def __init__(self, strategy):
        self.strategy = strategy
        wandb.init(config=strategy.args.__dict__)

    def fit(self):
        print(self.strategy.args.lr)
"""
STRATEGIES = """\
def get_strategy(args):
    from plans import Plan
    plan = Plan(seed=3, args=args)
    return plan
"""
PLANS = """\
class Plan:
    def __init__(self, seed, args=None):
        self.args = args
        self.lr = args.lr
"""
FILES = {
    "train.py": TRAIN,
    "fitting.py": FITTING,
    "strategies.py": STRATEGIES,
    "plans.py": PLANS,
}


def decision(folder: Path, files: dict[str, str]) -> Plan | Refused:
    """What is decided of a project in which some files are others."""
    for name, text in {**FILES, **files}.items():
        (folder / name).parent.mkdir(exist_ok=True, parents=True)
        (folder / name).write_text(text)
    path = folder / "train.py"
    script = read_linked(path.read_text(), path, Library())
    assert isinstance(script, Script)
    made = choose(script, Options(), NEWEST)
    assert isinstance(made, (Plan, Refused))
    return made


PACKAGE = {
    "train.py": TRAIN.replace("from strategies", "from tools"),
    "tools/__init__.py": "from .making import get_strategy\n",
    "tools/making.py": STRATEGIES.replace("from plans", "from .plans"),
    "tools/plans/__init__.py": "from .plan import Plan\n",
    "tools/plans/plan.py": PLANS,
}
MEMBER = {
    "train.py": TRAIN.replace(
        "from strategies import get_strategy", "import strategies"
    ).replace("= get_strategy", "= strategies.get_strategy")
}
KEPT = {
    "fitting.py": FITTING.replace(
        "wandb.init(config=strategy.args.__dict__)",
        "self.args = strategy.args\n        self.start()",
    )
    + """
    def start(self):
        wandb.init(config=vars(self.args))
"""
}
INHERITED = {
    "plans.py": """\
from bases import Base
class Plan(Base):
    def __init__(self, seed, args):
        super().__init__(args)
        self.seed = seed
""",
    "bases.py": "class Base:\n    def __init__(self, args):\n        self.args = args\n",
}
HEIR = {
    "plans.py": "from bases import Base\nclass Plan(Base):\n    pass\n",
    "bases.py": PLANS.replace("Plan", "Base"),
}
BY_CLASS = {
    "strategies.py": STRATEGIES.replace("Plan(seed", "Plan.begin(seed"),
    "plans.py": PLANS
    + """
    @classmethod
    def begin(cls, seed, args):
        return cls(seed, args)
""",
}
PROPERTY = {
    "plans.py": PLANS.replace("self.args", "self._args")
    + "    @property\n    def args(self):\n        return self._args\n"
}
ONE_FILE = {
    "train.py": f"""\
{PARSER}
import wandb
from plans import Plan

plan = Plan(3, parser.parse_args())
wandb.init(config=plan.args)
print(plan.args.lr)
"""
}
OTHERS = {
    "plans.py": 'NAMES = ("one", "two")\n'
    + PLANS
    + """
        setattr(self, "seed", seed)
        for name in NAMES:
            setattr(self, name, load(name))
        for name in load():
            setattr(self, name, None)
"""
}
DATA = {
    "plans.py": """\
from dataclasses import dataclass
@dataclass
class Plan:
    seed: int
    args: object = None
"""
}
LATER = {
    "fitting.py": FITTING.replace(
        "wandb.init(config=strategy.args.__dict__)",
        "wandb.init()\n        wandb.config.update(strategy.args)",
    )
}


@pytest.mark.parametrize(
    "files",
    [
        {},
        PACKAGE,
        MEMBER,
        KEPT,
        INHERITED,
        HEIR,
        BY_CLASS,
        PROPERTY,
        ONE_FILE,
        OTHERS,
        DATA,
        {**DATA, "strategies.py": STRATEGIES.replace("seed=3, args=args", "3, args")},
        LATER,
    ],
)
def test_an_object_of_another_file_that_keeps_the_arguments(
    files: dict[str, str], tmp_path: Path
) -> None:
    made = decision(tmp_path, files)
    assert isinstance(made, Plan)
    assert not made.inits
    assert not made.also


def plans(more: str) -> dict[str, str]:
    return {"plans.py": PLANS + more}


@pytest.mark.parametrize(
    "files",
    [
        plans("        self.args = load(args.lr)\n"),
        plans("        if args.lr:\n            self.args = load(args)\n"),
        plans("    def more(self, other):\n        self.args = read(other)\n"),
        plans("        setattr(self, 'args', load())\n"),
        plans(
            "        for name, value in more():\n            setattr(self, name, value)\n"
        ),
        plans("        for name in ('args', 'lr'):\n            setattr(self, name, 3)\n"),
        plans("        self.__dict__.update(load())\n"),
        plans("        for self.args in load():\n            pass\n"),
        plans("        with load() as self.args:\n            pass\n"),
        plans("    @property\n    def args(self):\n        return load()\n"),
        {"plans.py": PLANS.replace("self.args = args", "self.args = vars(args)['lr']")},
        {"plans.py": PLANS.replace("self.args = args", "self.known = args")},
    ],
)
def test_a_class_that_may_keep_something_else(
    files: dict[str, str], tmp_path: Path
) -> None:
    assert isinstance(decision(tmp_path, files), Refused)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("@dataclass", "@dataclass\n@sometimes"),
        ("Plan:", "Plan(Base):"),
        ("Plan:", "Plan:\n    rank: int"),
        ("= None", "= None\n    def __post_init__(self):\n        self.args = load()"),
        ("= None", "= None\n    def __init__(self, seed, args):\n        pass"),
    ],
)
def test_a_dataclass_that_may_keep_something_else(
    old: str, new: str, tmp_path: Path
) -> None:
    strategies = STRATEGIES.replace("seed=3, args=args", "3, args")
    files = {"plans.py": DATA["plans.py"].replace(old, new), "strategies.py": strategies}
    assert isinstance(decision(tmp_path, files), Refused)


@pytest.mark.parametrize(
    "made", ["seed=3", "3, load()", "*load()", "**load()", "args=load(), seed=3"]
)
def test_a_dataclass_that_is_made_of_something_else(made: str, tmp_path: Path) -> None:
    files = {**DATA, "strategies.py": STRATEGIES.replace("seed=3, args=args", made)}
    assert isinstance(decision(tmp_path, files), Refused)


def test_what_the_body_of_a_class_says_for_all_that_get_nothing_else(
    tmp_path: Path,
) -> None:
    plans = PLANS.replace("self.args =", "if seed:\n            self.args =")
    body = plans.replace("    def", "    args = load()\n    def")
    assert isinstance(decision(tmp_path, {"plans.py": body}), Refused)
    body = PLANS.replace("    def", "    args = load()\n    def")
    assert isinstance(decision(tmp_path, {"plans.py": body}), Plan)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("return self._args", "return load(self._args)"),
        ("@property", "@sometimes"),
        ("@property", "@args.setter"),
        ("self._args = args", "self._args = load(args)"),
    ],
)
def test_a_property_that_may_give_something_else(
    old: str, new: str, tmp_path: Path
) -> None:
    files = {"plans.py": PROPERTY["plans.py"].replace(old, new)}
    assert isinstance(decision(tmp_path, files), Refused)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("cls(seed, args)", "cls(seed, load(args))"),
        ("return cls(", "return seed("),
        ("(cls, seed", "(self, cls, seed"),
    ],
)
def test_a_classmethod_that_may_make_something_else(
    old: str, new: str, tmp_path: Path
) -> None:
    files = {**BY_CLASS, "plans.py": BY_CLASS["plans.py"].replace(old, new)}
    assert isinstance(decision(tmp_path, files), Refused)


@pytest.mark.parametrize(
    "more",
    [
        "vars(self)['args'] = load()",
        "self.__dict__['args'] = load()",
        "self.__dict__ = load()",
        "vars(self).update(load())",
        "names = ['seed']\n        names.append('args')\n        "
        "for name in names:\n            setattr(self, name, load())",
    ],
)
def test_an_object_whose_dict_is_changed(more: str, tmp_path: Path) -> None:
    plans = PLANS.replace("self.lr = args.lr", more)
    assert isinstance(decision(tmp_path, {"plans.py": plans}), Refused)


def test_an_object_whose_dict_is_read_or_gets_other_keys(tmp_path: Path) -> None:
    plans = PLANS.replace("self.lr = args.lr", "vars(self)['lr'] = args.lr\n        ")
    plans += "print(vars(self), self.__dict__['args'])\n"
    assert isinstance(decision(tmp_path, {"plans.py": plans}), Plan)


@pytest.mark.parametrize(
    "made",
    [
        "replace(plan, args=load())",
        "dataclasses.replace(plan, **load())",
        "type(plan)(3, load())",
        "plan.__class__(3, load())",
    ],
)
def test_an_object_that_is_made_of_another(made: str, tmp_path: Path) -> None:
    strategies = STRATEGIES.replace("return plan", f"use({made})\n    return plan")
    files = {"plans.py": DATA["plans.py"], "strategies.py": strategies}
    assert isinstance(decision(tmp_path, files), Refused)


@pytest.mark.parametrize(
    "made",
    [
        "replace(plan, seed=4)",
        "type(plan).__name__",
        "type(plan)(4, plan.args)",
        "plan.__class__(args=plan.args, seed=4)",
    ],
)
def test_an_object_of_another_that_keeps_the_arguments(made: str, tmp_path: Path) -> None:
    strategies = STRATEGIES.replace("return plan", f"use({made})\n    return plan")
    files = {"plans.py": DATA["plans.py"], "strategies.py": strategies}
    assert isinstance(decision(tmp_path, files), Plan)


@pytest.mark.parametrize(
    "body",
    [
        "it = dict(vars(self.args))\n        it['lr'] = 3",
        "it = copy.copy(self.args)\n        it.lr = 3",
    ],
)
def test_a_property_that_changes_a_copy(body: str) -> None:
    source = f"""{PARSER}
import copy
import wandb

class Plan:
    def __init__(self, args):
        self.args = args

    @property
    def shown(self):
        {body}
        return it

wandb.init(config=Plan(parser.parse_args()).shown)
"""
    script = read(source)
    assert isinstance(script, Script)
    assert [name for name, _ in script.inits[0].otherwise] == ["lr"]


def test_a_base_class_that_sets_it_otherwise(tmp_path: Path) -> None:
    files = {
        "plans.py": "from bases import Base\n"
        + PLANS.replace("class Plan:", "class Plan(Base):")
        + "        self.more()\n",
        "bases.py": "class Base:\n    def more(self):\n        self.args = load()\n",
    }
    assert isinstance(decision(tmp_path, files), Refused)


@pytest.mark.parametrize(
    "strategies",
    [
        STRATEGIES.replace("return plan", "return plan if args.lr else other(args)"),
        STRATEGIES.replace("args=args", "args=load(args)"),
        STRATEGIES.replace("return plan", "plan.args = load()\n    return plan"),
        STRATEGIES.replace("return plan", "return wrapped(plan)"),
        "from elsewhere import get_strategy\n",
    ],
)
def test_a_function_that_may_make_it_otherwise(strategies: str, tmp_path: Path) -> None:
    assert isinstance(decision(tmp_path, {"strategies.py": strategies}), Refused)


def test_a_module_that_sets_it_from_outside(tmp_path: Path) -> None:
    train = TRAIN.replace("    fitter = ", "    adapt(strategy)\n    fitter = ")
    files = {
        "train.py": train.replace(
            "from fitting", "from adapting import adapt\nfrom fitting"
        ),
        "adapting.py": "def adapt(it):\n    it.args = load(it)\n",
    }
    assert isinstance(decision(tmp_path, files), Refused)


def test_a_module_that_sets_that_of_another_object(tmp_path: Path) -> None:
    train = TRAIN.replace("    fitter = ", "    adapt(make())\n    fitter = ")
    files = {
        "train.py": train.replace(
            "from fitting", "from adapting import adapt\nfrom fitting"
        ),
        "adapting.py": "def adapt(it):\n    it.args = load(it)\n",
    }
    assert isinstance(decision(tmp_path, files), Plan)


@pytest.mark.parametrize(
    "adapting",
    [
        "def adapt(it):\n    it.args, it.lr = load(it), 3\n",
        "def adapt(it):\n    setattr(it, 'args', load(it))\n",
    ],
)
def test_a_module_that_sets_it_in_another_way(adapting: str, tmp_path: Path) -> None:
    train = TRAIN.replace("    fitter = ", "    adapt(strategy)\n    fitter = ")
    files = {
        "train.py": train.replace(
            "from fitting", "from adapting import adapt\nfrom fitting"
        ),
        "adapting.py": adapting,
    }
    assert isinstance(decision(tmp_path, files), Refused)


BY_NAME = {
    "train.py": f"""\
{PARSER}
from fitting import Fitter
from quick import Quick

def main(args):
    kind = {{"quick": Quick, "slow": Fitter}}[args.kind]
    kind(args).fit()

parser.add_argument("--kind", default="slow")
main(parser.parse_args())
""",
    "fitting.py": """\
import wandb

class Fitter:
    def __init__(self, args):
        self.args = args

    def shown(self):
        return vars(self.args)

    def fit(self):
        wandb.init(config=self.shown())
""",
    "quick.py": """\
from fitting import Fitter

class Quick(Fitter):
    def more(self):
        return self.args.lr
""",
}


def test_a_class_of_another_file_that_is_made_of_it(tmp_path: Path) -> None:
    assert isinstance(decision(tmp_path, BY_NAME), Plan)


@pytest.mark.parametrize(
    "more",
    [
        "    def shown(self):\n        return {**vars(self.args), 'lr': 3}\n",
        "    def shown(self):\n        return load(self.args)\n",
        "    def __init__(self, args):\n        self.args = load(args)\n",
    ],
)
@pytest.mark.parametrize("base", ["Fitter", "\n    Fitter\n", "Mixin, Fitter"])
def test_a_class_of_another_file_that_does_something_else(
    base: str, more: str, tmp_path: Path
) -> None:
    quick = BY_NAME["quick.py"].replace("(Fitter)", f"({base})") + more
    made = decision(tmp_path, {**BY_NAME, "quick.py": quick})
    assert isinstance(made, Refused) or "args/NAME" in str(made.reasons)


KINDS = """\
import argparse

from own.kinds import flag
from own.tracking import start

parser = argparse.ArgumentParser()
parser.add_argument("--quiet", type=flag)
args = parser.parse_args()
start()
print(args.quiet)
"""
START = "import wandb\n\ndef start():\n    wandb.init()\n"
FLAG = "def flag(text):\n    return text.lower() in ('yes', 'on')\n"


@pytest.mark.parametrize(
    ("init", "kinds", "known"),
    [
        ("from own.reading import flag\n", FLAG, True),
        ("", FLAG, False),  # nothing of that name comes from there
        ("from own.reading import flag\n", FLAG.replace("return", "return set,"), False),
    ],
)
def test_the_function_of_another_file_that_makes_a_value(
    tmp_path: Path, init: str, kinds: str, known: bool
) -> None:
    files = {"kinds.py": init, "reading.py": kinds, "tracking.py": START}
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "__init__.py").touch()
    for name, text in files.items():
        (tmp_path / "own" / name).write_text(text, encoding="utf-8")
    (tmp_path / "train.py").write_text(KINDS, encoding="utf-8")
    found = read_linked(KINDS, tmp_path / "train.py", Library())
    assert isinstance(found, Script)
    (parameter,) = found.parameters
    assert parameter.gives_json is known
