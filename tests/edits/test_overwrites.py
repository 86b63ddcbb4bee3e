"""Parameters that a script sets anew: a clone sets them again, unless that is harmless."""

from __future__ import annotations

import pytest

from jobready.outcome import Refused, Rewritten
from tests.edits.tools import migrated, shown_apart

PARSER = """\
import argparse
import wandb

parser = argparse.ArgumentParser()
parser.add_argument("--lr", type=float, default=0.1)
parser.add_argument("--batch", type=int, default=8)
parser.add_argument("--name", default=None)
parser.add_argument("--tags", nargs="*", default=[])
args = parser.parse_args()
"""


def overwritten(change: str) -> list[str]:
    """The parameters of which a note says that the script overwrites them."""
    outcome = migrated(f"{PARSER}{change}\nwandb.init(config=args)\nprint(args)\n")
    assert isinstance(outcome, Rewritten), outcome
    said = [r.message for r in outcome.reasons if "is overwritten" in r.message]
    return [text.split()[1] for text in said]


@pytest.mark.parametrize(
    ("change", "name"),
    [
        ('setattr(args, "lr", args.lr * 2)', "lr"),
        ('args.__dict__.update({"lr": args.lr * 2})', "lr"),
        ("vars(args).update(lr=args.lr * 2)", "lr"),
        ("for args.batch in (1, 2):\n    pass", "batch"),
        ('args.tags.append("more")', "tags"),
        ("args.lr, n = args.lr * 2, 1", "lr"),
        ("if args.batch % 2 == 0:\n    args.batch = args.batch // 2", "batch"),
        ('if args.name:\n    args.name = args.name + "_v1"', "name"),
        ("lr = args.lr\nargs.lr = lr * args.batch", "lr"),
        ("args.lr = scaled(args, args.batch)", "lr"),
        ("tags = args.tags\ntags += [args.name]", "tags"),
        ("def more(tags):\n    tags.append(1)\nmore(args.tags)", "tags"),
        ('for k in ("lr",):\n    setattr(args, k, getattr(args, k) * 8)', "lr"),
        ("def scale(given):\n    given.lr *= 8\nscale(args)", "lr"),
    ],
)
def test_a_clone_overwrites_it_again(change: str, name: str) -> None:
    assert overwritten(change) == [name]


UNNAMED = "note: only a run tells which parameters are overwritten here, those of a job too"
SETTINGS = "import json\nsettings = json.load(open('settings.json'))\n"


@pytest.mark.parametrize(
    "change",
    [
        "args.__dict__.update(settings)",
        "vars(args).update(settings)",
        "vars(args).update(**settings, lr=1)",
        "given = vars(args)\ngiven.update(settings)",
        "vars(args).update({**settings, 'lr': 1})",
        "for k, v in settings.items():\n    setattr(args, k, v)",
        "for k in settings:\n    if k in args:\n        setattr(args, k, settings[k])",
        "for k, v in settings.items():\n    args.__setattr__(k, v)",
        "for k, v in settings.items():\n    object.__setattr__(args, k, v)",
        "for k in settings:\n    vars(args)[k] = settings[k]",
        "def put(given):\n    for k in settings:\n        setattr(given, k, 1)\nput(args)",
    ],
)
def test_names_that_only_a_run_tells(change: str) -> None:
    outcome = migrated(
        f"{PARSER}{SETTINGS}{change}\nwandb.init(config=args)\nprint(args)\n"
    )
    assert isinstance(outcome, Rewritten), outcome
    assert UNNAMED in [reason.message for reason in outcome.reasons]


@pytest.mark.parametrize(
    "change",
    [
        "own = dict(vars(args))\nown.update(settings)",
        "own = {**vars(args)}\nown.update(settings)",
        "vars(args).update({'lr': 1})",
        "vars(args).update(lr=1)",
        "vars(args)['lr'] = settings['lr']",
        "for k in ('lr', 'batch'):\n    setattr(args, k, settings[k])",
        "for k, v in vars(args).items():\n    if v == '':\n        setattr(args, k, None)",
        "own = vars(args)\nfor k, v in settings.items():\n    if own[k] is None:\n"
        "        own[k] = v",
        "for k in settings:\n    if k not in args or args.k is None:\n"
        "        setattr(args, k, settings[k])",
        "for k, v in settings.items():\n    setattr(parser, k, v)",
        "settings.update(vars(args))",
        "for k in settings:\n    setattr(args, f'l{k}', settings[k])",
        "def run(**given):\n    args = parser.parse_args()\n"
        "    for k, v in given.items():\n        setattr(args, k, v)",
        "for k in vars(args):\n    settings[k] = getattr(args, k)",
    ],
)
def test_names_that_the_source_tells(change: str) -> None:
    outcome = migrated(
        f"{PARSER}{SETTINGS}{change}\nwandb.init(config=args)\nprint(args)\n"
    )
    assert UNNAMED not in [reason.message for reason in outcome.reasons]


@pytest.mark.parametrize(
    "taken",
    [
        "vars(args).update(wandb.config)",
        "for k, v in wandb.config.items():\n    setattr(args, k, v)",
    ],
)
def test_values_of_the_run_itself_are_no_others(taken: str) -> None:
    outcome = migrated(f"{PARSER}wandb.init()\n{taken}\nprint(args)\n")
    assert UNNAMED not in [reason.message for reason in outcome.reasons]


@pytest.mark.parametrize(
    "change",
    [
        'if args.name is None:\n    args.name = "run"',
        'if not args.name:\n    args.name = f"run-{args.lr}"',
        'if args.name is None and args.lr > 1:\n    args.name = "fast"',
        "if args.batch == -1:\n    args.batch = 64",
        "args.batch = int(args.lr * 100)",
        "args.total = args.lr * args.batch",
        "tags = list(args.tags)\ntags.append(1)",
        'config = dict(vars(args))\nconfig.update({"lr": 1})\nprint(config)',
        'settings = {}\nsettings.update({"lr": 1})',
        'setattr(args, "total", args.lr)',
        "tags = list(args.tags)\ntags += [1]",
        "lr = args.lr\nlr += 1",
    ],
)
def test_what_repeats_harmlessly_or_is_another_value(change: str) -> None:
    assert overwritten(change) == []


@pytest.mark.parametrize(
    "rest",
    [
        "wandb.init()\nargs.lr *= 8\nwandb.config.update(args)\n",
        "run = wandb.init()\nargs.lr *= 8\nrun.config.update({**vars(args)})\n",
        "wandb.init(config=args)\nargs.lr *= 8\n"
        "wandb.config.update({'lr': args.lr}, allow_val_change=True)\n",
    ],
)
def test_what_is_recorded_only_after_it_was_changed(rest: str) -> None:
    outcome = migrated(PARSER + rest + "print(args.lr)\n")
    assert isinstance(outcome, Rewritten), outcome
    said = [r.message for r in outcome.reasons]
    assert "note: lr is overwritten; a clone overwrites it again" in said


def test_what_is_changed_after_it_was_recorded() -> None:
    rest = "wandb.init()\nwandb.config.update(args)\nargs.lr *= 8\n"
    rest += "wandb.config.update({'steps': 3})\nprint(args.lr)\n"
    outcome = migrated(PARSER + rest)
    assert isinstance(outcome, Rewritten), outcome
    assert not [r for r in outcome.reasons if "is overwritten" in r.message]


ANEW = """\
changed = vars(args).copy()
CHANGE
args = argparse.Namespace(**changed)
wandb.init(config=args)
print(args)
"""


@pytest.mark.parametrize(
    ("change", "note"),
    [
        ('changed["lr"] *= 8', "the run shows another value as lr"),
        ("changed.update(load())", "the arguments may be set anew here"),
    ],
)
def test_arguments_that_are_made_of_a_changed_dict(change: str, note: str) -> None:
    outcome = migrated(PARSER + ANEW.replace("CHANGE", change))
    assert isinstance(outcome, Rewritten), outcome
    assert any(note in r.message for r in outcome.reasons), outcome.reasons


RESUMED = """\
def train(opt):
    wandb.init(config=opt)
    print(opt.lr)

def main(opt):
    if opt.batch < 0:
        opt = argparse.Namespace(**load("opt.yaml"))
    train(opt)
    for _ in range(3):
        train(opt)

main(args)
"""


def test_arguments_that_may_be_set_anew_before_a_function_gets_them() -> None:
    outcome = migrated(PARSER + RESUMED)
    assert isinstance(outcome, Rewritten), outcome
    notes = [(r.message, r.line) for r in outcome.reasons]
    line = PARSER.count("\n") + 7
    assert (
        "note: the arguments may be set anew here, as from any command line",
        line,
    ) in notes


KEPT = """\
class Logger:
    def __init__(self, opt):
        self.opt = opt
        wandb.init(config=self.opt)

def train(opt):
    Logger(opt)
    print(opt.lr)
"""


@pytest.mark.parametrize(
    ("old", "new", "apart"),
    [
        ("", "", False),
        ("wandb.init(config=self.opt)", "self.opt = load('opt.yaml')", True),
        ("    Logger(opt)", "    Logger(load('opt.yaml'))", True),
    ],
)
def test_the_same_of_those_that_an_object_keeps(old: str, new: str, apart: bool) -> None:
    start = KEPT.replace(old, f"{new}\n        {old}" if "self" in new else new)
    rest = RESUMED[RESUMED.index("def main") :]
    outcome = migrated(PARSER + start + rest)
    assert isinstance(outcome, Rewritten)
    assert ("args/{k}" in outcome.text) is apart


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("    if opt.batch < 0:\n        opt", "    opt"),
        ("main(args)", "main(args)\ntrain(load('other.yaml'))"),
        ("main(args)", "main(args)\nmain(load('other.yaml'))"),
        ("main(args)", "main(args)\ntrain(*load('other.yaml'))"),
        ("main(args)", "main(args)\nstart(train)"),
        ("    if opt.batch < 0:\n        opt = argparse", "    with argparse"),
    ],
)
def test_arguments_that_may_never_get_there(old: str, new: str) -> None:
    script = RESUMED.replace(old, new)
    if "with" in new:
        script = script.replace('yaml"))\n', 'yaml")) as opt:\n        pass\n')
    outcome = migrated(PARSER + script)
    assert shown_apart(outcome)


TAKEN = "wandb.init(config=vars(args))\nprint(args.lr)\ndel args.batch\n"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("", ""),
        ("print(args.lr)", "    break"),
        ("del args.batch", "vars(args).pop('batch')"),
        ("wandb.init(", "for _ in range(3):\n    wandb.init("),
        ("wandb.init(config=vars(args))", "wandb.init()\nwandb.config.update(args)"),
        ("del args.batch", "if args.lr:\n    delattr(args, 'batch')"),
    ],
)
def test_what_is_taken_out_when_the_run_has_its_config(old: str, new: str) -> None:
    taken = TAKEN.replace(old, new)
    taken = f"while f():\n    {taken}" if "break" in taken else taken
    outcome = migrated(PARSER + taken)
    assert isinstance(outcome, Rewritten), outcome


@pytest.mark.parametrize(
    "rest",
    [
        "del args.batch\nwandb.init(config=args)\n",
        "if args.lr:\n    del args.batch\nwandb.init(config=args)\n",
        "for _ in range(3):\n    wandb.init(config=args)\n    vars(args).pop('batch', 0)\n",
        "def run(a):\n    wandb.init(config=a)\n    vars(a).pop('batch', 0)\nrun(args)\n",
        "wandb.init(config=args)\ndel args.batch\nwandb.config.update(args)\n",
        "def start():\n    wandb.init(config=args)\ndel args.batch\nstart()\n",
        "def start():\n    wandb.init(config=args)\n"
        "steps = [start]\ndel args.batch\nsteps[0]()\n",
    ],
)
def test_what_is_taken_out_before_a_run_may_record_it(rest: str) -> None:
    outcome = migrated(PARSER + rest)
    assert isinstance(outcome, Refused), outcome
    assert "a parameter is taken out" in outcome.reasons[0].message


@pytest.mark.parametrize(
    ("default", "noted"), [("early.lr * 2", True), ("early.batch", True), ("0.5", False)]
)
def test_a_default_that_is_made_of_arguments(default: str, noted: bool) -> None:
    stage = f"early, _ = parser.parse_known_args()\nparser.set_defaults(lr={default})\n"
    rest = f"{stage}args = parser.parse_args()\nwandb.init(config=args)\nprint(args.lr)\n"
    outcome = migrated(PARSER.replace("args = parser.parse_args()\n", "") + rest)
    assert isinstance(outcome, Rewritten), outcome
    note = "note: lr is overwritten; a clone overwrites it again"
    assert (note in [r.message for r in outcome.reasons]) is noted


def test_several_are_one_note() -> None:
    change = "args.lr *= 2\nargs.batch *= 2\nargs.lr += 1"
    outcome = migrated(f"{PARSER}{change}\nwandb.init(config=args)\nprint(args)\n")
    assert isinstance(outcome, Rewritten), outcome
    note = "note: lr and batch are overwritten; a clone overwrites them again"
    assert [(r.message, r.line) for r in outcome.reasons[1:]] == [(note, 10)]
