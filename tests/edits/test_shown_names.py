"""Under which names a run shows the parameters, however the script says it."""

from __future__ import annotations

import pytest

from jobready.outcome import Refused, Rewritten, Unchanged
from tests.edits.tools import is_doubted, migrated, shown_apart

PARSER = """\
import argparse
import wandb

parser = argparse.ArgumentParser()
parser.add_argument("--lr", type=float, default=0.1)
parser.add_argument("--epochs", type=int, default=3)
args = parser.parse_args()
print(args.lr, vars(args))
"""
RENAMED = 'names = {"learning_rate": "lr"}'


def text_of(rest: str) -> str:
    outcome = migrated(PARSER + rest)
    assert isinstance(outcome, Rewritten), outcome
    return outcome.text


@pytest.mark.parametrize(
    "rest",
    [
        "wandb.init(config={EPOCHS})\nwandb.config.learning_rate = args.lr\n",
        'lr, n = args.lr, 1\nwandb.init(config={"learning_rate": lr, EPOCHS})\n',
        'wandb.init(config={"learning_rate": float(args.lr), EPOCHS})\n',
        'wandb.init(config={"learning_rate": getattr(args, "lr"), EPOCHS})\n',
        'd = dict(vars(args))\nd["learning_rate"] = d["lr"]\ndel d["lr"]\n'
        "wandb.init(config=d)\n",
        'wandb.init()\nrun = wandb.run\nrun.config.update(d={"learning_rate": args.lr})\n',
        "from wandb import config\nwandb.init()\n"
        'config.update({"learning_rate": args.lr})\n',
    ],
)
def test_the_name_that_the_run_shows(rest: str) -> None:
    assert RENAMED in text_of(rest.replace("EPOCHS", '"epochs": args.epochs'))


SPLATTED = """
def main(lr, epochs=3):
    wandb.init(config={"learning_rate": lr, "epochs": epochs})

main(**vars(args))
"""


def test_the_names_of_parameters_that_are_given_all_at_once() -> None:
    assert RENAMED in text_of(SPLATTED)


@pytest.mark.parametrize(
    "rest",
    [
        SPLATTED.replace("**vars(args)", "**load()"),
        SPLATTED.replace("    wandb", "    lr = lr * 2\n    wandb"),
        "class T:\n    def __init__(self):\n        self.__dict__.update(vars(args))\n"
        '        wandb.init(config={"learning_rate": self.lr, "epochs": self.epochs})\n'
        "T()\n",
        "settings = load(args)\n"
        'wandb.init(config={"learning_rate": settings.lr, "epochs": args.epochs})\n',
    ],
)
def test_what_may_be_the_parameter_under_another_name(rest: str) -> None:
    outcome = migrated(PARSER + rest)
    assert shown_apart(outcome)


def test_the_name_of_an_attribute_of_self() -> None:
    rest = """
class Trainer:
    def __init__(self, args):
        self.lr = args.lr

    def fit(self):
        wandb.init(config={"learning_rate": self.lr})

Trainer(args).fit()
"""
    assert RENAMED in text_of(rest)


@pytest.mark.parametrize(
    "rest",
    [
        'wandb.init(config={"learning_rate": args.lr, **vars(args)})\n',
        "wandb.init()\nrun = wandb.run\nrun.config.update(args)\n",
        "wandb.init()\nwandb.config.update(d=args)\n",
        "from wandb import config\nwandb.init()\nconfig.update(args)\n",
        "wandb.init()\nfor k, v in vars(args).items():\n    wandb.config[k] = v\n",
        "wandb.init(config=args)\nwandb.config.total = args.lr * args.epochs\n",
    ],
)
def test_what_shows_all_of_them_is_left_as_it_is(rest: str) -> None:
    text = text_of(rest)
    assert text.endswith(rest)
    assert "names = " not in text


NESTED = '{"epochs": args.epochs, "optimizer": {"lr": args.lr}}'
SPELLED = f"config = {NESTED}\nwandb.init(config=config)\n"


@pytest.mark.parametrize(
    ("rest", "line"),
    [
        (
            f"wandb.init(config={NESTED})\n",
            f"wandb.init(config={{**vars(args), {NESTED[1:]})",
        ),
        (SPELLED, "wandb.init(config={**vars(args), **config})"),
        (
            SPELLED.replace('{"lr": args.lr}', "[args.lr, 1]"),
            "wandb.init(config={**vars(args), **config})",
        ),
        (
            'sgd = {"lr": args.lr}\nif late():\n    sgd = {"lr": 1}\n'
            + SPELLED.replace('{"lr": args.lr}', "sgd"),
            "wandb.init(config={**vars(args), **config})",
        ),
        (
            SPELLED.replace("init(config=config)", "init()\nwandb.config.update(config)"),
            "wandb.config.update({**vars(args), **config})",
        ),
        (
            'wandb.init(config={"args": vars(args), "lr": args.lr})\n',
            'wandb.init(config={**vars(args), "args": vars(args), "lr": args.lr})',
        ),
        (
            "def start(config):\n    wandb.init(config=config)\n"
            f"def main():\n    args = parser.parse_args()\n    start({NESTED})\nmain()\n",
            "wandb.init(config={**(run_config or {}), **config})",
        ),
    ],
)
def test_a_parameter_that_only_something_inside_a_value_shows(rest: str, line: str) -> None:
    parser = (
        PARSER.replace("args = parser.parse_args()\n", "") if "main" in rest else PARSER
    )
    outcome = migrated(parser + rest)
    assert isinstance(outcome, Rewritten), outcome
    assert line in [x.strip() for x in outcome.text.splitlines()], outcome.text
    assert isinstance(migrated(outcome.text), Unchanged)
    assert any("also shows parameters inside" in r.message for r in outcome.reasons)


LEFT = '{k: v for k, v in vars(args).items() if k != "epochs"}'


@pytest.mark.parametrize(
    ("rest", "line"),
    [
        (
            SPELLED.replace('"epochs"', '"steps"'),
            f"wandb.init(config={{**{LEFT}, **config}})",
        ),
        (
            SPELLED.replace('"epochs"', '"steps"').replace(
                "init(config=config)", "init()\nwandb.config.update(config)"
            ),
            f"wandb.config.update({{**{LEFT}, **config}})",
        ),
        (f'c = {{"steps": args.epochs, **{LEFT}}}\nwandb.init(config=c)\n', ""),
        (f'c = {LEFT}\nc["steps"] = args.epochs\nwandb.init(config=c)\n', ""),
        (
            'def start(c):\n    wandb.init(config={**c, "steps": args.epochs})\n'
            f"start({LEFT})\n",
            "",
        ),
    ],
)
def test_a_parameter_with_another_name_is_left_out_of_those_beside_it(
    rest: str, line: str
) -> None:
    text = text_of(rest)
    assert 'names = {"steps": "epochs"}' in text
    assert "".join(line.split()) in "".join(text.split()).replace(",)", ")")
    assert isinstance(migrated(text), Unchanged)


@pytest.mark.parametrize(
    "rest",
    [
        f'c = {LEFT[:-1]} and v}}\nwandb.init(config={{**c, "steps": args.epochs}})\n',
        f"def start(c):\n    wandb.init(config={{**c, 'steps': args.epochs}})\n"
        f"start({LEFT})\nstart(vars(args))\n",
        f"c = {LEFT}\nif late():\n    c = vars(args)\n"
        'wandb.init(config={**c, "steps": args.epochs})\n',
        "wandb.init(config={**{k: v for k, v in vars(args).items() if k != late()},"
        ' "steps": args.epochs})\n',
        "wandb.init(config={**{k: v for k, v in vars(args).items() if k in ['epochs']},"
        ' "steps": args.epochs})\n',
        f'wandb.init(config={{**{LEFT}, "epochs": args.epochs, "steps": args.epochs}})\n',
    ],
)
def test_a_parameter_that_may_be_shown_by_its_own_name_as_well(rest: str) -> None:
    assert "names = " not in text_of(rest)


@pytest.mark.parametrize(
    ("text", "instead"),
    [
        # a name that the run shows in place of the parameter's, or may show
        ('"epochs": args.epochs', '"steps": args.epochs, "also": args.epochs'),
        ('{"lr": args.lr}', "load(args).lr"),
        ('{"lr": args.lr}', "rate"),
        # a value that the script takes back out of what it shows
        ("wandb.init(config=config)", "fit(wandb.init(config=config).config.optimizer)"),
        ("(config=config)\n", "(config=config)\nfit(wandb.config.optimizer['lr'])\n"),
        ("(config=config)\n", "(config=config)\nfit(wandb.config['optimizer'])\n"),
        ("(config=config)\n", "(config=config)\nfit(wandb.config.get('optimizer'))\n"),
        ("(config=config)\n", "(config=config)\nc = wandb.config\nfit(c.optimizer)\n"),
        ("(config=config)\n", "(config=config)\nfit(wandb.config)\n"),
        ("(config=config)\n", "(config=config)\nfit(wandb.config.epochs)\n"),
        # a key that can't be told, or is another parameter's
        ('"epochs": args.epochs', "**load()"),
        ('"epochs": args.epochs', "late(): args.epochs"),
        ('"optimizer"', '"epochs"'),
        ('"epochs": args.epochs', '"epochs": 7'),
        # what W&B refuses, or comes with some runs only
        ("(config=config)\n", "(config=config)\nwandb.config.epochs = 7\n"),
        ("(config=config)", "()\nif late():\n    wandb.config.update(config)"),
        (
            "(config=config)",
            "()\nwandb.config.update(config)\nwandb.config.update({'a': 1})",
        ),
        ("(config=config)", "()\nwandb.config.setdefaults(config)"),
        ("(config=config)", f"()\nwandb.config.update({NESTED})"),
        ("(config=config)", "(config=config, config_exclude_keys=['lr'])"),
        ("(config=config)", "(id='a', resume='must', config=config)"),
    ],
)
def test_what_is_not_shown_beside_what_is_inside(text: str, instead: str) -> None:
    before = "rate = args.lr\nif late():\n    rate = 1\n" if instead == "rate" else ""
    assert text in SPELLED
    outcome = migrated(PARSER + before + SPELLED.replace(text, instead))
    if "resume" in instead:  # a run that is there keeps its config
        assert isinstance(outcome, Rewritten)
        assert SPELLED.replace(text, instead) in outcome.text
    else:
        assert is_doubted(outcome)


@pytest.mark.parametrize(
    "read",
    [
        "c = wandb.config\nfit(c.epochs, args.lr)\n",
        "args = wandb.config\nfit(args.lr)\n",
        "vars(args).update(wandb.config)\n",
        "for k, v in wandb.config.items():\n    setattr(args, k, v)\n",
    ],
)
def test_values_that_are_taken_back_beside_what_is_inside(read: str) -> None:
    outcome = migrated(PARSER + SPELLED + read)
    assert isinstance(outcome, Refused), outcome
    assert "the script reads the run's config" in outcome.reasons[0].message


def test_a_sweep_shows_nothing_beside_what_is_inside() -> None:
    start = f"def f():\n    wandb.init(config={NESTED})\n    fit(args.lr)\n"
    outcome = migrated(f"{PARSER}{start}wandb.agent('x', function=f)\n")
    assert isinstance(outcome, Refused), outcome
    assert "only inside 'optimizer'" in outcome.reasons[0].message


@pytest.mark.parametrize("start", ["wandb.init", "WandbLogger"])
def test_dataclasses_are_not_shown_beside_what_is_inside(start: str) -> None:
    script = (
        "from dataclasses import dataclass\nimport wandb\n"
        "from transformers import HfArgumentParser\n"
        "from pytorch_lightning.loggers import WandbLogger\n\n@dataclass\nclass Options:\n"
        "    lr: float = 0.5\n    epochs: int = 3\n\n"
        "(args,) = HfArgumentParser(Options).parse_args_into_dataclasses()\n"
    )
    outcome = migrated(f"{script}{start}(config={NESTED})\n")
    assert isinstance(outcome, Refused), outcome
    assert "only inside 'optimizer'" in outcome.reasons[0].message


def test_a_part_that_is_shown_elsewhere_too() -> None:
    config = '{"optimizer": {"lr": args.lr}, "lr": args.lr, "epochs": args.epochs}'
    assert "job_args" in text_of(f"wandb.init(config={config})\n")


def test_a_cast_that_loses_something_is_noted() -> None:
    outcome = migrated(f'{PARSER}wandb.init(config={{"rate": int(args.lr)}})\n')
    assert isinstance(outcome, Rewritten)
    assert "note: the run shows another value as lr" in [r.message for r in outcome.reasons]


FUNCTION = """
def to_config(args):
    config = dict(vars(args))
    CHANGE
    return config

wandb.init(config=to_config(args))
"""
ATTRIBUTE = """
class Trainer:
    def __init__(self, args):
        self.config = {**vars(args)}
        CHANGE
        wandb.init(config=self.config)

Trainer(args)
"""


def notes_of(rest: str) -> list[str]:
    outcome = migrated(PARSER + rest)
    assert isinstance(outcome, Rewritten), outcome
    return [r.message for r in outcome.reasons if r.message.startswith("note: ")]


@pytest.mark.parametrize(
    "rest",
    [
        FUNCTION.replace("CHANGE", 'config["lr"] = config["lr"] * 8'),
        FUNCTION.replace("CHANGE", "config.update(lr=args.lr * 8)"),
        ATTRIBUTE.replace("CHANGE", "self.config.update(lr=args.lr * 8)"),
        ATTRIBUTE.replace("CHANGE", 'self.config["lr"] = args.lr * 8'),
    ],
)
def test_a_copy_that_shows_another_value_is_noted(rest: str) -> None:
    assert notes_of(rest) == ["note: the run shows another value as lr"]


@pytest.mark.parametrize("rest", [FUNCTION, ATTRIBUTE])
def test_a_copy_that_is_only_added_to(rest: str) -> None:
    added = rest.replace("CHANGE", "config['more'] = 1" if rest is FUNCTION else "pass")
    assert notes_of(added) == []


@pytest.mark.parametrize(
    "rest",
    [
        FUNCTION.replace("CHANGE", 'config.pop("lr")'),
        ATTRIBUTE.replace("CHANGE", 'del self.config["lr"]'),
        "config = dict(vars(args))\nconfig.pop('lr')\nwandb.init(config=config)\n",
    ],
)
def test_a_parameter_that_a_copy_lacks_is_noted(rest: str) -> None:
    assert notes_of(rest) == ["note: the run doesn't show lr: a clone takes the defaults"]


def test_a_copy_that_gets_what_is_not_seen() -> None:
    rest = FUNCTION.replace("CHANGE", "config.update(more())")
    outcome = migrated(PARSER + rest)
    causes = shown_apart(outcome)
    assert any("a copy of the arguments that is changed" in cause for cause in causes)


@pytest.mark.parametrize(
    "rest",
    [
        'wandb.init(config=args, config_exclude_keys=["lr"])\n',
        'wandb.init(config=args, config_include_keys=["lr"])\n',
        'kw = {"config_exclude_keys": ["lr"]}\nwandb.init(config=args, **kw)\n',
        'kw = {"config": args}\nif ODD:\n    kw = {"config": args}\n'
        'kw["config_exclude_keys"] = ["lr"]\nwandb.init(**kw)\n',
        "wandb.init(config={k: v for k, v in vars(args).items() if v})\n",
        "c = {k: v for k, v in vars(args).items() if v}\nwandb.init(config=c)\n",
    ],
)
def test_a_run_that_may_not_show_all_of_them_is_noted(rest: str) -> None:
    (note,) = notes_of(rest)
    assert note.startswith("note: the run may not show all parameters")


def test_a_copy_of_all_is_not_noted() -> None:
    assert notes_of("wandb.init(config={k: v for k, v in vars(args).items()})\n") == []


def test_what_holds_of_several_runs_is_said_once() -> None:
    run = 'wandb.init(config={"lr": args.lr * 2, "batch_size": args.batch_size})\n'
    assert notes_of(run * 3) == ["note: the run shows another value as lr"]


@pytest.mark.parametrize(
    "rest",
    [
        'wandb.init(config=args)\nwandb.config.update({"lr": seen(0)})\n',
        "wandb.init(config=vars(args))\nwandb.config.update(dict(lr=3))\n",
    ],
)
def test_a_later_update_that_shows_another_value_is_noted(rest: str) -> None:
    assert notes_of(rest) == ["note: the run shows another value as lr"]


def test_a_later_update_with_keys_of_its_own() -> None:
    rest = 'wandb.init(config=args)\nwandb.config.update({"total": seen(0)})\n'
    assert notes_of(rest) == []


@pytest.mark.parametrize(
    ("config", "shown"),
    [
        ('{"args": vars(args), "n": 1}', '{**vars(args), "args": vars(args), "n": 1}'),
        ('{"args": args}', '{**vars(args), "args": args}'),
        ('{"opt": {"lr": args.lr}}', '{**vars(args), "opt": {"lr": args.lr}}'),
    ],
)
def test_what_is_only_shown_inside_is_shown_beside_it_too(config: str, shown: str) -> None:
    assert f"wandb.init(config={shown})\n" in text_of(f"wandb.init(config={config})\n")


def test_a_later_update_with_all_of_them_inside() -> None:
    rest = 'wandb.init()\nwandb.config.update({"args": vars(args)})\n'
    assert "wandb.init(config=args)\n" in text_of(rest)


@pytest.mark.parametrize(
    "rest",
    [
        'wandb.init(config={"lr": vars(args)})\n',
        'wandb.init(config={"args": vars(args)})\nwandb.config.update({"lr": args.lr})\n',
    ],
)
def test_all_of_them_inside_where_some_are_shown_elsewhere(rest: str) -> None:
    assert shown_apart(migrated(PARSER + rest))


def test_all_of_them_inside_of_what_is_given_with_keywords() -> None:
    rest = 'more = dict(config={"args": vars(args)})\nwandb.init(**more)\n'
    assert isinstance(migrated(PARSER + rest), Refused)


@pytest.mark.parametrize(
    ("config", "shown"),
    [
        ("dict(base, b=2)", "{**vars(args), **dict(base, b=2)}"),
        ("dict(base)", "{**vars(args), **dict(base)}"),
        ("dict(**base, b=2)", "dict(vars(args), **base, b=2)"),
        ("made()", "{**vars(args), **made()}"),
    ],
)
def test_a_config_that_a_call_makes(config: str, shown: str) -> None:
    before = 'base = {"a": 1}\ndef made():\n    return {"b": 2}\n'
    text = text_of(f"{before}wandb.init(config={config})\n")
    assert text.endswith(f"wandb.init(config={shown})\n")


MADE_OF = """
def train(lr, epochs):
    {line}
    wandb.init(config={{"lr": lr, "epochs": epochs}})

train(lr=args.lr, epochs=args.epochs)
"""


@pytest.mark.parametrize(
    "line",
    [
        "lr = 0.5 if late() else lr",
        "if late():\n        lr = 0.5",
        "rate = lr * 2\n    lr = max(rate, 1)",
    ],
)
def test_a_value_that_is_made_of_the_parameter_on_some_way(line: str) -> None:
    outcome = migrated(PARSER + MADE_OF.format(line=line))
    assert isinstance(outcome, Rewritten), outcome
    told = [r.message for r in outcome.reasons]
    assert "note: the run shows another value as lr" in told


@pytest.mark.parametrize(
    ("line", "call"),
    [
        ("", "train(lr=0.5, epochs=args.epochs)"),
        ("", "train(lr=load(args), epochs=args.epochs)"),
        ("", "train(**load())"),
        ("", "train(*load())"),
        ("lr = load()", "train(lr=args.lr, epochs=args.epochs)"),
        ("lr, n = 0.5, 1", "train(lr=args.lr, epochs=args.epochs)"),
    ],
)
def test_a_value_that_isnt_made_of_the_parameter(line: str, call: str) -> None:
    rest = MADE_OF.format(line=line).replace("train(lr=args.lr, epochs=args.epochs)", call)
    outcome = migrated(PARSER + rest)
    causes = shown_apart(outcome)
    assert any("isn't surely the parameter" in cause for cause in causes)


GIVEN = """
def start(name, config):
    wandb.init(name=name, config=config)

shown = {"learning_rate": args.lr}
shown["epochs"] = args.epochs
start("x", shown)
"""


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("", ""),
        ("shown)", 'config={"learning_rate": args.lr, "epochs": args.epochs})'),
        ("    wandb.init(name=name, config=config)", "    wandb.init(**config)"),
    ],
)
def test_a_dict_that_a_function_gets(old: str, new: str) -> None:
    rest = GIVEN.replace(old, new)
    if "**config" in new:
        rest = rest.replace("shown)", 'dict(project="p", config=shown))')
    assert RENAMED in text_of(rest)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('start("x", shown)', 'start("x", shown)\nstart("y", load())'),
        ('start("x", shown)', 'run(start)\nstart("y", load())'),
        ('start("x", shown)', 'fill(shown)\nstart("x", shown)'),
        ('start("x", shown)', 'shown.update(load())\nstart("x", shown)'),
        ('start("x", shown)', 'shown = load()\nstart("x", shown)'),
        ('start("x", shown)', 'start("x", **shown)'),
        ("    wandb", "    config.update(load())\n    wandb"),
        ("    wandb", "    config = load()\n    wandb"),
    ],
)
def test_a_dict_that_a_function_may_get_otherwise(old: str, new: str) -> None:
    outcome = migrated(PARSER + GIVEN.replace(old, new))
    assert shown_apart(outcome)
