"""Where values go: getters, self.args, functions' parameters, other processes."""

from __future__ import annotations

import pytest

from jobready.script.model import Script
from jobready.script.read import read

PARSER = (
    "import argparse\nimport wandb\np = argparse.ArgumentParser()\np.add_argument('--lr')\n"
)


def script_of(source: str) -> Script:
    script = read(source)
    assert isinstance(script, Script), script
    return script


@pytest.mark.parametrize(
    "rest",
    [
        "args = p.parse_args()\nwandb.init(config=args)\n",
        "args = vars(p.parse_args())\nwandb.init(config=args)\n",
        "args = p.parse_args()\nwandb.init(config=args.__dict__)\n",
        "args = p.parse_args()\nwandb.init(config=dict(vars(args)))\n",
        "args = p.parse_args()\nwandb.init(config={**vars(args)})\n",
        "args = p.parse_args()\nwandb.init(config=dict(lr=args.lr))\n",
        "args = p.parse_args()\nwandb.init(config={'lr': args.lr, 'n': 3})\n",
        "args = p.parse_args()\nc = {'lr': args.lr}\nwandb.init(config=c)\n",
        "args = p.parse_args()\nk = dict(config=args)\nwandb.init(**k)\n",
        "args, rest = p.parse_known_args()\nwandb.init(config=args)\n",
        "args = p.parse_known_args()[0]\nwandb.init(config=args)\n",
        "args = p.parse_intermixed_args()\nwandb.init(config=args)\n",
        "def get():\n    return p.parse_args()\nwandb.init(config=get())\n",
        "def get():\n    args = p.parse_args()\n    return args, 3\na, n = get()\n"
        "wandb.init(config=a)\n",
        "def main(args):\n    wandb.init(config=args)\nmain(p.parse_args())\n",
        "def main(a, *, args=None):\n    wandb.init(config=args)\n"
        "main(1, args=p.parse_args())\n",
        "def main(args=None):\n    args = args or p.parse_args()\n"
        "    wandb.init(config=args)\nmain()\n",
        "class T:\n    def __init__(self, args):\n        self.args = args\n"
        "    def fit(self):\n        wandb.init(config=self.args)\n"
        "T(p.parse_args()).fit()\n",
        "def train(rank, args):\n    wandb.init(config=args)\n"
        "mp.spawn(train, args=(p.parse_args(),), nprocs=2)\n",
        "def train(rank, args):\n    wandb.init(config=args)\n"
        "Process(target=train, args=(0, p.parse_args())).start()\n",
        "def train(args):\n    wandb.init(config=args)\n"
        "{'train': train, 'test': print}[mode](p.parse_args())\n",
        "def train(args):\n    wandb.init(config=args)\nMODES = {'train': train}\n"
        "MODES.get(mode, train)(p.parse_args())\n",
        "def train(args):\n    wandb.init(config=args)\nMODES = {}\n"
        "MODES['train'] = train\nrun = MODES[mode]\nrun(args=p.parse_args())\n",
        "class Train:\n    def __init__(self, args):\n        self.args = args\n"
        "    def fit(self):\n        wandb.init(config=self.args)\n"
        "KINDS = dict(a=1)\nKINDS['train'] = Train\n"
        "it = KINDS[mode](p.parse_args())\nit.fit()\n",
        "MODES = {}\ndef keep(name):\n    def kept(f):\n        MODES[name] = f\n"
        "        return f\n    return kept\n"
        "@keep('train')\ndef train(args):\n    wandb.init(config=args)\n"
        "MODES[mode](p.parse_args())\n",
        "def train(args):\n    wandb.init(config=args)\ndef test(args): ...\n"
        "run = train if mode else test\nrun(p.parse_args())\n",
        "from functools import partial\ndef train(args, rank):\n"
        "    wandb.init(config=args)\nrun = partial(train, p.parse_args())\nrun(0)\n",
        "from functools import partial\ndef train(args, rank):\n"
        "    wandb.init(config=args)\nlaunch(partial(train, p.parse_args()))\n",
        "from functools import partial\ndef train(rank, args):\n"
        "    wandb.init(config=args)\npartial(train, 0)(p.parse_args())\n",
        "def launch(run, args):\n    run(args)\ndef train(args):\n"
        "    wandb.init(config=args)\nlaunch(train, p.parse_args())\n",
        "def launch(run, args=()):\n    run(*args)\ndef train(args):\n"
        "    wandb.init(config=args)\nlaunch(train, args=(p.parse_args(),))\n",
        "def get(kind):\n    return p.parse_args()\nGETS = {'a': get}\n"
        "wandb.init(config=GETS[kind]('a'))\n",
        "def main():\n    global args\n    args = p.parse_args()\n    start()\n"
        "def start():\n    wandb.init(config=args)\nmain()\n",
        "import copy\nargs = p.parse_args()\nwandb.init(config=copy.deepcopy(args))\n",
        "if (args := p.parse_args()):\n    wandb.init(config=args)\n",
        "args = p.parse_args()\nwandb.init()\nwandb.config.update(args)\n",
        "args = p.parse_args()\nrun = wandb.init()\nrun.config.update(vars(args))\n",
        "args = p.parse_args()\nwandb.init(config={k: v for k, v in vars(args).items()})\n",
    ],
)
def test_the_arguments_are_followed_into_the_run(rest: str) -> None:
    (init,) = script_of(PARSER + rest).inits
    assert init.records
    assert init.problems == ()


@pytest.mark.parametrize(
    "rest",
    [
        "args = merge(p.parse_args())\nwandb.init(config=args)\n",
        "args = p.parse_args()\nargs = merge(args)\nwandb.init(config=args)\n",
        "args = p.parse_args()\nwandb.init(config=load(args))\n",
        "args = p.parse_args()\nwandb.init(**settings)\n",
        "args = p.parse_args()\nwandb.init('job', args)\n",
        # a value that may be another one: of elsewhere, of another dict, of a later call
        "def train(args):\n    wandb.init(config=args)\nargs = p.parse_args()\n"
        "MODES = {'train': train}\nMODES[mode](load(args))\n",
        "def train(args):\n    wandb.init(config=args)\nargs = p.parse_args()\n"
        "MODES = {'train': train}\nMODES[mode](args)\nMODES['train'](load(args))\n",
        "def get(kind):\n    return p.parse_args()\nGETS = {'a': get, 'b': lib.get}\n"
        "wandb.init(config=GETS[kind]('a'))\n",
        "def get(kind):\n    return p.parse_args()\nGETS = {'a': get, **lib.GETS}\n"
        "wandb.init(config=GETS[kind]('a'))\n",
        "def get(kind):\n    return p.parse_args()\nGETS = {'a': get}\n"
        "GETS.update(more)\nwandb.init(config=GETS[kind]('a'))\n",
        "from functools import partial\nargs = p.parse_args()\ndef train(rank, args):\n"
        "    wandb.init(config=args)\nlaunch(partial(train, 0), load(args))\n",
        "from functools import partial\nargs = p.parse_args()\ndef train(rank, args):\n"
        "    wandb.init(config=args)\npartial(train, 0, args=args)(args=load(args))\n",
        "from functools import partial\nargs = p.parse_args()\ndef train(rank, args):\n"
        "    wandb.init(config=args)\nrun = partial(train, 0)\nrun(load(args))\n",
        "args = p.parse_args()\nrun = get()\nwandb.init(config=run(args))\n",
        "def launch(run, args):\n    run(load(args))\ndef train(args):\n"
        "    wandb.init(config=args)\nlaunch(train, p.parse_args())\n",
        "def main(args):\n    wandb.init(config=args)\n",
        "args = p.parse_args()\nc = {'lr': args.lr}\nc.update(more)\n"
        "wandb.init(config=c)\n",
        "for args in sweep(p.parse_args()):\n    wandb.init(config=args)\n",
    ],
)
def test_a_trail_that_ends_is_a_problem_never_a_guess(rest: str) -> None:
    (init,) = script_of(PARSER + rest).inits
    assert init.problems


def test_an_init_without_a_config_records_nothing() -> None:
    (init,) = script_of(f"{PARSER}args = p.parse_args()\nwandb.init(project='x')\n").inits
    assert not init.records
    assert init.problems == ()


def test_renamed_keys_are_pairs_of_dest_and_key() -> None:
    (init,) = script_of(
        f"{PARSER}args = p.parse_args()\nwandb.init(config={{'learning_rate': args.lr}})\n"
    ).inits
    assert init.renamed == (("lr", "learning_rate"),)


def test_the_last_binding_before_the_read_counts() -> None:
    script = script_of(
        f"{PARSER}args = load()\nargs = p.parse_args()\nwandb.init(config=args)\n"
        "args = change(args)\n"
    )
    assert script.inits[0].records
    assert script.inits[0].problems == ()


def test_either_branch_counts_behind_an_if() -> None:
    script = script_of(
        f"{PARSER}if x:\n    args = p.parse_args()\nelse:\n    args = load()\n"
        "wandb.init(config=args)\n"
    )
    assert script.inits[0].problems


def test_arguments_that_are_set_anew_under_a_condition() -> None:
    script = script_of(
        f"{PARSER}args = p.parse_args()\nif args.lr:\n    args = load(args.lr)\n"
        "wandb.init(config=args)\n"
    )
    (init,) = script.inits
    assert init.records
    assert not init.problems
    assert init.replaced is not None
    assert init.replaced.line == 7


def test_functions_that_call_each_other_end() -> None:
    script = script_of(
        f"{PARSER}def a(args):\n    return b(args)\n\n\ndef b(args):\n"
        "    wandb.init(config=args)\n    return a(args)\n\n\na(p.parse_args())\n"
    )
    assert script.inits[0].records


@pytest.mark.parametrize(
    "imports",
    [
        "import wandb",
        "try:\n    import wandb\nexcept ImportError:\n    wandb = None",
        "if True:\n    import wandb\nelse:\n    wandb = None",
    ],
)
def test_wandb_is_known_by_its_import(imports: str) -> None:
    assert len(script_of(f"{imports}\nwandb.init()\n").inits) == 1


@pytest.mark.parametrize(
    "source",
    [
        "wandb.init()\n",
        "wandb = Own()\nwandb.init()\n",
        "from . import wandb\nwandb.init()\n",
        "import wandb\ndef f(wandb):\n    wandb.init()\n",
        "import wandb\nwandb.initialise()\n",
        "import wandb\nclass wandb:\n    pass\nwandb.init()\n",
    ],
)
def test_another_wandb_is_not_wandb(source: str) -> None:
    assert script_of(source).inits == ()


@pytest.mark.parametrize(
    ("parse", "words"),
    [
        ("p.parse_args()", False),
        ("p.parse_args(None)", False),
        ("p.parse_args(args=None)", False),
        ("p.parse_args(namespace=n)", False),
        ("p.parse_args([])", True),
        ("p.parse_args(args=argv)", True),
    ],
)
def test_the_words_that_a_parse_is_given(parse: str, words: bool) -> None:
    (found,) = script_of(f"{PARSER}args = {parse}\n").parses
    assert (found.words is not None) is words


@pytest.mark.parametrize(
    ("line", "parses"),
    [
        ("known = set(vars(p.parse_args([])))", 0),
        ("known = vars(p.parse_args([])).keys()", 0),
        ("known = vars(p.parse_args([]))", 1),
        ("known = list(vars(p.parse_args([])).values())", 1),
        ("known = set(vars(p.parse_args()))", 1),
        ("known = dict(vars(p.parse_args([])))", 1),
        ("known = sorted(vars(p.parse_args([])), key=vars(p.parse_args([])).get)", 2),
        ("known = p.parse_args([])", 1),
    ],
)
def test_a_parse_that_only_asks_for_the_names_of_parameters(line: str, parses: int) -> None:
    assert len(script_of(f"{PARSER}{line}\n").parses) == parses


@pytest.mark.parametrize(
    "line",
    [
        "if len(sys.argv) == 3: start()",
        "sys.argv = ['x']",
        "sys.argv.append('--lr')",
        "if '--lr' in sys.argv: pass",
        "first = sys.argv[1]",
        "del sys.argv[1]",
        "words = [w for w in sys.argv if start(w)]\nprint(words)",
        "words = [w for w in sys.argv]\nif words: start()",
        "words = {w: 1 for w in sys.argv}\nprint(words)",
        "words = [x for x in y for y in sys.argv]\nstart(words)",
        "words = sys.argv\nwords.append('x')\nprint(words)",
        "words = sys.argv\nprint(words)\nwords[1:] = []",
        "words = sys.argv\nprint(words)\nwords += ['x']",
        "run([*sys.argv])",
        "words = other = sys.argv\nprint(words)",
        "print([w for w in sys.argv], start(words := sys.argv))",
        "for w in sys.argv: print(w)",
    ],
)
def test_a_script_that_decides_by_sys_argv(line: str) -> None:
    assert script_of(f"import sys\n{PARSER}{line}\nargs = p.parse_args()\n").argv_uses


@pytest.mark.parametrize(
    "line",
    [
        "print(sys.argv)",
        "log.info(' '.join(sys.argv))",
        "name = sys.argv[0]",
        "text = f'{sys.argv}'",
        "x = [w if all(' ' != c for c in w) else quote(w) for w in sys.argv]\nprint(x)",
        "words = [w.replace('x', 'y') for w in sys.argv]\nlog.info(' '.join(words))",
        "print(*[repr(w) for w in sys.argv[1:]])",
        "words = sys.argv\nprint(words[0], words[1:])",
        "args = p.parse_args(sys.argv[1:])",
        "args = p.parse_args(sys.argv[1:] + ['--x'])",
    ],
)
def test_showing_or_parsing_sys_argv_decides_nothing(line: str) -> None:
    assert script_of(f"import sys\n{PARSER}{line}\n").argv_uses == ()


@pytest.mark.parametrize(
    ("line", "counts"),
    [
        ("args.lr *= 2", True),
        ("args.lr = float(args.lr) * n", True),
        ("args.lr = 3", True),
        ("if args.lr is None:\n    args.lr = 3", False),
    ],
)
def test_an_overwrite_counts_where_a_clone_would_see_it(line: str, counts: bool) -> None:
    script = script_of(f"{PARSER}args = p.parse_args()\n{line}\nwandb.init(config=args)\n")
    assert [o.counts for o in script.overwrites] == [counts]


TAKES_BACK = [
    "args = wandb.config\nprint(args.lr)",
    "vars(args).update(wandb.config)\nprint(args.lr)",
    "args.__dict__.update(wandb.config)\nprint(args.lr)",
    "args = argparse.Namespace(**wandb.config)\nprint(args.lr)",
    "for k, v in wandb.config.items():\n    setattr(args, k, v)\nprint(args.lr)",
    "config = wandb.config\nprint(config.lr)",
    "print(wandb.config.lr)",
    "vars(args).update(wandb.config)\ndef f():\n    print(args.lr)\nf()",
    "args = wandb.config\ndef f():\n    print(args.lr)\nf()",
]
STAYS_STALE = [
    "",
    "print(args.lr)",
    "config = wandb.config\nprint(config.lr, args.lr)",
    "build(**wandb.config)\nprint(args.lr)",
    "wandb.log(dict(**wandb.config))\nprint(args.lr)",
    "print(args.lr)\nargs = wandb.config\nprint(args.lr)",
    "print(args.lr)\nvars(args).update(wandb.config)\nprint(args.lr)",
    "if sweep:\n    args = wandb.config\nprint(args.lr)",
    "if sweep:\n    vars(args).update(wandb.config)\nprint(args.lr)",
    "def f():\n    print(args.lr)\nf()\nvars(args).update(wandb.config)",
    "def f():\n    print(args.lr)\nf()\nargs = wandb.config",
    "args.lr = wandb.config.lr\nprint(args.lr)",
    "config = wandb.config\ntrain(args)",
]


@pytest.mark.parametrize("lines", TAKES_BACK)
def test_values_that_are_taken_back_already(lines: str) -> None:
    source = f"{PARSER}args = p.parse_args()\nwandb.init(config=args)\n{lines}\n"
    place = script_of(source).reads_back
    assert place is not None
    assert place.line == 7


@pytest.mark.parametrize("lines", STAYS_STALE)
def test_a_read_that_a_launch_does_not_reach(lines: str) -> None:
    source = f"{PARSER}args = p.parse_args()\nwandb.init(config=args)\n{lines}\n"
    assert script_of(source).reads_back is None


@pytest.mark.parametrize("start", ["print(args.lr)\n", "import wandb\nif x:\n    "])
def test_nothing_is_taken_back_before_or_beside_a_run(start: str) -> None:
    source = f"{PARSER}args = p.parse_args()\n{start}wandb.init(config=args)\n"
    assert script_of(f"{source}vars(args).update(wandb.config)\n").reads_back is None


CHANGED = "args = p.parse_args()\nc = dict(vars(args))\n{0}\nwandb.init(config=c)\n"


@pytest.mark.parametrize(
    ("change", "otherwise", "renamed"),
    [
        ("", [], {}),
        ("c['n'] = 3", [], {}),
        ("c['lr'] = float(c['lr'])", ["lr"], {}),
        ("c['lr'] *= 2", ["lr"], {}),
        ("c.update(n=3)", [], {}),
        ("c.update({'lr': 3})", ["lr"], {}),
        ("c.pop('lr')", [], {}),
        ("del c['lr']", [], {}),
        ("c.update({'max_lr': c.pop('lr')})", [], {"lr": "max_lr"}),
        ("c['max_lr'] = c.pop('lr')", [], {"lr": "max_lr"}),
        ("def f(c):\n    c['lr'] = 3", [], {}),
    ],
)
def test_what_a_changed_copy_shows(
    change: str, otherwise: list[str], renamed: dict[str, str]
) -> None:
    (init,) = script_of(PARSER + CHANGED.format(change)).inits
    assert init.records
    assert not init.problems
    assert [name for name, _ in init.otherwise] == otherwise
    assert dict(init.renamed) == renamed


@pytest.mark.parametrize("change", ["c.update(more)", "c[key] = 3", "c.clear()"])
def test_a_copy_that_is_changed_in_a_way_that_only_a_run_tells(change: str) -> None:
    (init,) = script_of(PARSER + CHANGED.format(change)).inits
    assert "a copy of the arguments that is changed" in init.problems[0][0]


TWO_PARSERS = """\
import argparse
import wandb
first = p = argparse.ArgumentParser()
p.add_argument("--config")
p = argparse.ArgumentParser()
p.add_argument("--lr")


def get():
    args, rest = first.parse_known_args()
    return p.parse_args(rest)


"""


@pytest.mark.parametrize(
    ("rest", "takes"),
    [
        ("wandb.init(config=get())\n", ["lr"]),
        ("def main():\n    wandb.init(config=get())\n\n\nmain()\n", ["lr"]),
        ("", ["lr"]),
        (
            "if x:\n    p = argparse.ArgumentParser()\n    p.add_argument('--n')\nget()\n",
            ["lr", "n"],
        ),
    ],
)
def test_a_function_sees_the_last_binding_of_a_modules_name(
    rest: str, takes: list[str]
) -> None:
    _, second = script_of(TWO_PARSERS + rest).parses
    assert sorted(p.name for m in second.parsers for p in m.parameters) == takes


def test_a_function_that_is_called_before_the_last_binding_may_see_either() -> None:
    (parse,) = script_of(
        f"{PARSER}def get():\n    return p.parse_args()\n\n\nget()\n"
        "p = argparse.ArgumentParser()\n"
    ).parses
    assert len(parse.parsers) == 2


OVERRIDDEN = """
import argparse
import wandb


class Base:
    def main(self):
        parser = argparse.ArgumentParser()
        self.add(parser)
        wandb.init(config=parser.parse_args())

    def add(self, parser):
        parser.add_argument("--seed", type=int, default=0)


class Derived(Base):
    def add(self, parser):
        BODY
"""


def names(body: str, call: str = "Derived().main()") -> list[str]:
    source = OVERRIDDEN.replace("BODY", body) + call
    return sorted(p.name for m in script_of(source).parsers for p in m.parameters)


def test_methods_that_a_derived_class_overrides() -> None:
    assert names('parser.add_argument("--resume")') == ["resume", "seed"]
    more = 'super().add(parser)\n        parser.add_argument("--resume")'
    assert names(more) == ["resume", "seed"]
    assert names(more.replace("super().add(", "Base.add(self, ")) == ["resume", "seed"]


def test_a_method_of_the_class_that_is_named() -> None:
    call = "p = argparse.ArgumentParser()\nDerived.add(None, p)\np.parse_args()"
    assert names("pass", call) == ["seed"]


def test_what_is_said_of_several_sources_is_always_the_same() -> None:
    branches = "".join(f"elif n == {i}:\n    q = lib{i}.make()\n" for i in range(6))
    imports = "".join(f"import lib{i}\n" for i in range(6))
    text = f"{imports}{PARSER}n = 3\nif n == 9:\n    q = lib5.make(1)\n{branches}"
    kept = [script_of(f"{text}args = q.parse_args()\n") for _ in range(12)]  # other nodes
    assert {script.strange_parses[0][0] for script in kept} == {
        "the parser 'q' is made in another file, by lib5.make"
    }
