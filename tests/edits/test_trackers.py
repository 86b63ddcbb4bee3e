"""Runs that a framework starts: the parse is migrated, the run's config looked for."""

from __future__ import annotations

import pytest

from jobready.outcome import Refused, Rewritten
from tests.edits.tools import (
    check_argv,
    check_noop,
    check_refused,
    check_rewritten,
    migrated,
)

ACCELERATE = """\
import argparse

from accelerate import Accelerator

parser = argparse.ArgumentParser()
parser.add_argument("--data", required=True)
parser.add_argument("--report_to", default="wandb")
parser.add_argument("--wandb", action="store_true")
"""
TRAINER = """\
import argparse

from transformers import Trainer, TrainingArguments

parser = argparse.ArgumentParser()
parser.add_argument("--lr", type=float, default=0.05)
parser.add_argument("--seed", type=int, default=1)
args = parser.parse_args()
"""
LIGHTNING = """\
import argparse

import pytorch_lightning as pl
from pytorch_lightning.loggers import WandbLogger

parser = argparse.ArgumentParser()
parser.add_argument("--lr", type=float, default=0.05)
args = parser.parse_args()
"""
ACCELERATE_IMPORT = "import wandb\nfrom accelerate import Accelerator\n"
ACCELERATED = (
    "from accelerate import Accelerator\n"
    'a = Accelerator(log_with="wandb")\n'
    'a.init_trackers("x", config={})\n'
)
PARSE = "args = parser.parse_args()\n"


def rewritten(source: str) -> Rewritten:
    """The outcome of a script that is migrated."""
    outcome = migrated(source)
    assert isinstance(outcome, Rewritten), outcome
    assert outcome.forms == ("argv",)
    return outcome


def notes(source: str) -> list[tuple[str, int | None]]:
    """What a migrated script's reader is told, and of which line."""
    reasons = rewritten(source).reasons
    return [
        (r.message.removeprefix("note: "), r.line)
        for r in reasons
        if r.message.startswith("note: ")
    ]


def test_accelerate() -> None:
    check_argv(
        "args = parser.parse_args()\n"
        'accelerator = Accelerator(log_with="wandb")\n'
        'accelerator.init_trackers("mine", config=vars(args))\n',
        "args = parser.parse_args(sys.argv[1:] + job_args(parser))\n"
        'accelerator = Accelerator(log_with="wandb")\n'
        'accelerator.init_trackers("mine", config=vars(args))\n',
    )


def test_a_logger_of_lightning() -> None:
    check_rewritten(
        LIGHTNING + "logger = WandbLogger(config=vars(args))\n",
        LIGHTNING.replace("argparse\n", "argparse\nimport os\nimport sys\n", 1)
        .replace("\nparser", "\n\n<job_args>\n\n\nparser", 1)
        .replace("parse_args()", "parse_args(sys.argv[1:] + job_args(parser))")
        + "logger = WandbLogger(config=vars(args))\n",
        "argv",
    )


@pytest.mark.parametrize(
    "tracked",
    [
        'a = Accelerator(log_with="wandb")\na.init_trackers("x", vars(args))\n',
        'a = Accelerator(log_with=["tensorboard", "wandb"])\n'
        'a.init_trackers("x", config={**vars(args)})\n',
        'a = Accelerator(log_with=args.report_to)\na.init_trackers("x", config=args)\n',
    ],
)
def test_accelerate_shows_all_parameters(tracked: str) -> None:
    assert notes(ACCELERATE + PARSE + tracked) == []


@pytest.mark.parametrize(
    ("logger", "told"),
    [
        ("WandbLogger(config=args)", []),
        ("pl.loggers.WandbLogger(config=vars(args))", []),
        ("WandbLogger()\nlogger.log_hyperparams(args)", []),
        ("WandbLogger()\nlogger.experiment.config.update(args)", []),
        (
            "WandbLogger()",
            "the run of Lightning (WandbLogger) shows no parameters: give WandbLogger "
            "config=vars(args), or log_hyperparams, to show them",
        ),
        (
            "WandbLogger()\nother().log_hyperparams({'version': 1})",
            "the run of Lightning (WandbLogger) shows no parameters: give WandbLogger "
            "config=vars(args), or log_hyperparams, to show them",
        ),
        (
            "WandbLogger()\nknown = {}\nknown.update(vars(args))",
            "the run of Lightning (WandbLogger) shows no parameters: give WandbLogger "
            "config=vars(args), or log_hyperparams, to show them",
        ),
        (
            "WandbLogger(config=load())",
            "can't tell what the run's config shows: load() is made elsewhere; "
            "give it the parsed arguments too",
        ),
    ],
)
def test_what_a_logger_of_lightning_shows(logger: str, told: str | list[str]) -> None:
    expected = [(told, 9)] if told else []
    assert notes(f"{LIGHTNING}logger = {logger}\n") == expected


@pytest.mark.parametrize(
    "shows",
    [
        "{'a': logger}['a'].experiment.config.update",
        "other().experiment.config.update",
        "other().log_hyperparams",
    ],
)
def test_what_may_be_a_logger_of_lightning_shows(shows: str) -> None:
    told = f"can't tell whether {shows} shows the parameters in this run"
    found = notes(f"{LIGHTNING}logger = WandbLogger()\n{shows}(args)\n")
    assert found == [(told, 10)]


OWN_LOGGER = """\
class Own(WandbLogger):
    def __init__(self, folder, **keywords):
        super().__init__(save_dir=folder, CONFIG)


"""


@pytest.mark.parametrize(
    ("logger", "told"),
    [
        ("config=vars(args)", ""),
        ("**keywords", "WandbLogger is given **keywords that are made elsewhere"),
        ("name='x'", "give WandbLogger config=vars(args), or log_hyperparams"),
        ("config=load()", "load() is made elsewhere"),
    ],
)
def test_a_class_that_is_made_of_a_logger(logger: str, told: str) -> None:
    owner = OWN_LOGGER.replace("CONFIG", logger)
    script = LIGHTNING.replace("parser = ", owner + "parser = ", 1)
    found = notes(script + "logger = Own('x')\n")
    assert [told in text for text, _ in found] == [True] * bool(told)


@pytest.mark.parametrize(
    "imports",
    [
        "from pytorch_lightning.loggers import WandbLogger as Logger\n",
        "try:\n    from lightning.pytorch.loggers import WandbLogger as Logger\n"
        "except ImportError:\n"
        "    from lightning.pytorch.loggers import CSVLogger as Logger\n",
    ],
)
def test_a_logger_of_another_name(imports: str) -> None:
    line = "from pytorch_lightning.loggers import WandbLogger\n"
    script = LIGHTNING.replace(line, imports)
    assert notes(script + "logger = Logger(config=vars(args))\n") == []
    other = script.replace("WandbLogger", "MLFlowLogger")
    check_noop("import wandb\n" + other + "logger = Logger(config=vars(args))\n", "no run")


def test_a_run_that_only_starts_where_a_parameter_says_so() -> None:
    script = ACCELERATE.replace('"wandb")', '"tensorboard")') + PARSE
    script += "a = Accelerator(log_with=args.report_to)\n"
    script += 'a.init_trackers("x", config=vars(args))\n'
    text = "the run only starts where `args.report_to in ('wandb', 'all')` holds; "
    assert notes(script) == [(text + "give it to the job", 10)]


def test_a_run_that_only_starts_behind_a_switch() -> None:
    script = ACCELERATE + PARSE
    script += 'a = Accelerator(log_with="wandb" if args.wandb else None)\n'
    script += 'a.init_trackers("x", config=vars(args))\n'
    text = "the run only starts where `args.wandb` holds; give it to the job"
    assert notes(script) == [(text, 10)]


def test_accelerate_by_another_name() -> None:
    script = ACCELERATE.replace("import Accelerator", "import Accelerator as Acc") + PARSE
    told = notes(script + 'a = Acc(log_with="wandb")\na.init_trackers("x", vars(args))\n')
    assert told == []


def test_a_run_without_a_config() -> None:
    script = ACCELERATE + PARSE
    script += 'a = Accelerator(log_with="wandb")\na.init_trackers("x")\n'
    text = "the run of accelerate (init_trackers) shows no parameters: "
    assert notes(script) == [
        (text + "give init_trackers config=vars(args) to show them", 11)
    ]


def test_the_names_that_a_trackers_config_gives() -> None:
    script = ACCELERATE + PARSE
    script += 'a = Accelerator(log_with="wandb")\n'
    script += 'a.init_trackers("x", config={"folder": args.data, "wandb": args.wandb})\n'
    assert 'names = {"folder": "data"}' in rewritten(script).text


def test_the_names_that_a_trainers_arguments_give() -> None:
    script = TRAINER
    script += 't = TrainingArguments(report_to="wandb", learning_rate=args.lr, '
    script += "seed=args.seed)\n"
    assert 'names = {"learning_rate": "lr"}' in rewritten(script).text
    assert notes(script) == []


def test_what_a_trainer_records_as_a_list() -> None:
    script = TRAINER.replace(
        "args =", 'parser.add_argument("--report_to", default="wandb")\nargs ='
    )
    script += "t = TrainingArguments(report_to=args.{0}, seed=args.seed)\n"
    told = dict(notes(script.format("report_to")))
    assert "a clone stops at report_to, which the Trainer records as a list" in told
    told = dict(notes(script.replace("--report_to", "--log").format("log")))
    assert "the run doesn't show lr and log: a clone takes the defaults" in told


def test_a_parameter_that_a_trainer_shows_under_two_names() -> None:
    script = TRAINER
    script += 't = TrainingArguments(report_to="wandb", learning_rate=args.lr, '
    script += "adam_epsilon=args.lr, seed=args.seed)\n"
    assert "names" not in rewritten(script).text
    assert "the run doesn't show lr: a clone takes the defaults" in dict(notes(script))


def test_a_value_that_a_trainer_shows_in_place_of_a_parameter() -> None:
    script = TRAINER + 't = TrainingArguments(report_to="wandb", seed=args.seed + rank)\n'
    assert "the run may show another value as seed" in dict(notes(script))


@pytest.mark.parametrize(
    "kept",
    ['more = {}\nmore["report_to"] = "wandb"\n', 'more = {"report_to": ["wandb"]}\n'],
)
def test_a_dict_says_what_a_trainers_arguments_are_given(kept: str) -> None:
    script = f"{TRAINER}{kept}t = TrainingArguments(learning_rate=args.lr, **more)\n"
    assert 'names = {"learning_rate": "lr"}' in rewritten(script).text


def test_a_dict_says_so_under_a_condition() -> None:
    script = TRAINER + "more = {}\nif args.seed == 7:\n"
    script += '    more["report_to"] = "wandb"\n'
    script += "t = TrainingArguments(learning_rate=args.lr, **more)\n"
    text = "the run only starts where `args.seed == 7` holds; give it to the job"
    assert text in dict(notes(script))


@pytest.mark.parametrize(
    "tracked",
    [
        'a = Accelerator(log_with="tensorboard")\na.init_trackers("x", config=args)\n',
        'a = Accelerator(log_with=None)\na.init_trackers("x", config=vars(args))\n',
        "a = Accelerator(log_with=[])\n",
        'trainer = Trainer(report_to="none")\n',
        'trainer = Trainer(report_to=["tensorboard"])\n',
        'trainer = Trainer(report_to="none" if args.wandb else "tensorboard")\n',
        "logger = TensorBoardLogger(config=args)\n",
        "callback = wandb.keras.WandbCallback()\n",
        't = TrainingArguments(**{"report_to": "none"})\n',
        'more = {"report_to": "wandb"}\nt = TrainingArguments()\n',
        'more = {"report_to": "wandb"}\nt = Settings(**more)\n',
        'print("report_to", more["report_to"])\nt = TrainingArguments(**more)\n',
        "class Mine:\n    def init_trackers(self):\n        pass\nMine().init_trackers()\n",
    ],
)
def test_other_trackers_start_no_run(tracked: str) -> None:
    check_noop("import wandb\n" + ACCELERATE + PARSE + tracked, "no run")


def test_a_choice_without_wandb_starts_no_run() -> None:
    script = ACCELERATE.replace('"wandb")', '"none", choices=["none", "tensorboard"])')
    check_noop(script + PARSE + "a = Accelerator(log_with=args.report_to)\n", "no run")


def test_a_script_without_arguments() -> None:
    check_noop('a = Accelerator(log_with="wandb")\n', "parses no arguments")


@pytest.mark.parametrize(
    ("config", "after"),
    [
        ("dict(all=vars(args), k=1)", "dict(vars(args), all=vars(args), k=1)"),
        ('{"args": vars(args)}', '{**vars(args), "args": vars(args)}'),
        ("made", "{**vars(args), **made}"),
        (
            '{"n": args.n, "net": {"lr": args.lr}}',
            '{**vars(args), "n": args.n, "net": {"lr": args.lr}}',
        ),
    ],
)
def test_parameters_that_a_config_only_has_inside(config: str, after: str) -> None:
    parser = LIGHTNING.replace("args =", 'parser.add_argument("--n")\nargs =')
    made = 'made = {"n": args.n, "net": {"lr": args.lr}}\n'
    for start in ("log = WandbLogger(project='p', config={})\n", ACCELERATED):
        outcome = rewritten(parser + made + start.format(config))
        text = "".join(outcome.text.split())
        assert "".join(start.format(after).split()) in text.replace(",)", ")")
        check_noop(outcome.text)
        said = [r.message for r in outcome.reasons]
        assert any("launch them by their own names" in message for message in said)


@pytest.mark.parametrize(
    "start",
    [
        # what a launch would be read from, beside what it sets
        'log = WandbLogger(config={"args": args})\nfit(log.experiment.config["args"])\n',
        'log = WandbLogger(config={"args": args})\nfit(wandb.config.args)\n',
        # another name of a parameter
        'log = WandbLogger(config={"args": args, "rate": args.lr, "also": args.lr})\n',
        'log = WandbLogger(config={"n": args.n, "a": [args.lr], "rate": load(args).lr})\n',
        # keys that aren't known, or come from several places
        'log = WandbLogger(config={"args": vars(args), **load()})\n',
        'log = WandbLogger(config={"args": vars(args), "n": 3})\n',
        'log = WandbLogger(config={"args": args})\nlog.log_hyperparams({"n": args.n})\n',
        'log = WandbLogger()\nlog.log_hyperparams({"args": vars(args)})\n',
        'a = Accelerator(log_with="wandb")\na.init_trackers("x", {"args": vars(args)})\n',
    ],
)
def test_parameters_that_can_not_be_shown_beside_what_is_inside(start: str) -> None:
    parser = LIGHTNING.replace("args =", 'parser.add_argument("--n")\nargs =')
    outcome = migrated(ACCELERATE_IMPORT + parser + start)
    assert isinstance(outcome, Refused), outcome


def test_a_sweep_whose_run_a_framework_starts() -> None:
    script = "import wandb\n" + LIGHTNING + "logger = WandbLogger(config=args)\n"
    script += 'wandb.agent("sweep", function=main)\n'
    check_refused(script, "which Lightning (WandbLogger) calls", 10)


@pytest.mark.parametrize("owner", ["pl.Callback", "Module", "trainer"])
def test_a_parser_that_a_framework_adds_to(owner: str) -> None:
    script = LIGHTNING.replace("args =", f"{owner}.add_argparse_args(parser)\nargs =")
    script += "logger = WandbLogger(config=args)\n"
    check_refused(script, f"passed to {owner}.add_argparse_args()", 8)


def test_keywords_that_may_show_a_parameter_by_another_name() -> None:
    script = TRAINER + 'more = load()\nmore["learning_rate"] = args.lr\n'
    script += 't = TrainingArguments(report_to="wandb", **more)\n'
    check_refused(script, "lr is kept as 'learning_rate', which may be a name", 10)
    assert rewritten(script.replace('"learning_rate"', '"lr"'))
    assert rewritten(script.replace(", **more", ""))
    script = script.replace("more[", "os.environ[")
    assert rewritten(script.replace("import arg", "import os, arg"))


UNPACKED = """
more = {}
if args.seed:
    more["seed"] = args.seed
more["learning_rate"] = args.lr
fit(more)
"""
FIT = """
def fit(keywords=None):
    if keywords is None:
        keywords = {}
    if "save_steps" not in keywords:
        keywords["save_steps"] = 5
    TrainingArguments(report_to="wandb", **keywords)
"""


@pytest.mark.parametrize(
    ("text", "instead"),
    [
        ("", ""),
        ("more = {}", 'more = {"save_steps": 7}'),
        ("fit(more)", "print(more)\nfit(keywords=more)"),
        ('more["learning_rate"] = args.lr\n', ""),
        ("fit(more)", 'if late():\n    more["logging_dir"] = load()\nfit(more)'),
    ],
)
def test_keywords_that_surely_show_a_parameter_by_another_name(
    text: str, instead: str
) -> None:
    rest = UNPACKED.replace(text, instead, 1)
    rest = (
        rest.replace("{}", '{"learning_rate": args.lr}') if not instead and text else rest
    )
    outcome = rewritten(TRAINER + FIT + rest)
    assert 'names = {"learning_rate": "lr"}' in outcome.text


@pytest.mark.parametrize(
    ("text", "instead"),
    [
        # on some ways only, or another value on some
        ('more["learning_rate"]', 'if args.seed:\n    more["learning_rate"]'),
        ("fit(more)", 'if late():\n    more["learning_rate"] = 3\nfit(more)'),
        ("more = {}", 'more = {"learning_rate": 3}'),
        ("fit(more)", 'more["learning_rate"] *= 2\nfit(more)'),
        ("fit(more)", "fit(more)\nfit()"),
        ("fit(more)", "fit(more)\nfit(load())"),
        ("fit(more)", "run_all(fit)\nfit(more)"),
        # what may be changed where it isn't seen
        ("fit(more)", "tune(more)\nfit(more)"),
        ("fit(more)", "more.update(load())\nfit(more)"),
        ("fit(more)", "more[late()] = args.lr\nfit(more)"),
        ("fit(more)", "del more['learning_rate']\nfit(more)"),
        ("fit(more)", "more |= load()\nfit(more)"),
        ("fit(more)", "other = more\nother.clear()\nfit(more)"),
        ("fit(more)", "fit({**more})"),
        ("fit(more)", "fit(more if late() else load())"),
        ("more = {}", "more = load()"),
        ("more = {}", "more = {late(): 1}"),
        ("more = {}", "more = {**load()}"),
        (
            "fit(more)",
            "def twice(m):\n    m['learning_rate'] = 1\ntwice(more)\ntwice({})\nfit(more)",
        ),
    ],
)
def test_keywords_that_may_show_a_parameter_otherwise(text: str, instead: str) -> None:
    assert text in UNPACKED
    script = TRAINER + FIT + UNPACKED.replace(text, instead, 1)
    outcome = migrated(script)
    assert isinstance(outcome, Refused), outcome
    assert "lr is kept as 'learning_rate'" in outcome.reasons[0].message


def test_a_parameter_that_two_keywords_show_has_no_name() -> None:
    rest = UNPACKED.replace("fit(more)", 'more["warmup_ratio"] = args.lr\nfit(more)')
    assert "names = " not in rewritten(TRAINER + FIT + rest).text


def test_a_keyword_that_shows_a_parameters_name_otherwise_is_noted() -> None:
    rest = UNPACKED.replace("fit(more)", 'more["seed"] = bool(args.seed)\nfit(more)')
    rest = rest.replace('    more["seed"] = args.seed\n', "    pass\n")
    said = notes(TRAINER + FIT + rest)
    assert ("the run may show another value as seed", 21) in said


@pytest.mark.parametrize(
    "given",
    ['"p", "out", vars(args)', 'project_name="p", log_dir="out", config=vars(args)'],
)
def test_a_callback_of_mlx_lm(given: str) -> None:
    script = "import argparse\nfrom mlx_lm.tuner.callbacks import WandBCallback\n"
    script += "parser = argparse.ArgumentParser()\n"
    script += f'parser.add_argument("--lr", type=float, default=0.05)\n{PARSE}'
    outcome = rewritten(f"{script}WandBCallback({given})\n")
    assert "WandBCallback of mlx_lm starts the run" in str(outcome)
    assert notes(f"{script}WandBCallback({given})\n") == []
