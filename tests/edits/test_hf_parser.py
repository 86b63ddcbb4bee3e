"""HfArgumentParser: its words, its dataclasses, and the file that may stand in for them."""

from __future__ import annotations

import argparse
import ast
import json
import os
import sys
from typing import Any

import pytest

from jobready.outcome import Refused, Rewritten, Unchanged
from tests.edits.tools import (
    check_noop,
    check_refused,
    check_rewritten,
    migrated,
    with_function,
)

SCRIPT = """\
import argparse
import os
import sys
from dataclasses import dataclass

import wandb
from transformers import HfArgumentParser, Trainer, TrainingArguments

<job_args>

@dataclass
class Args:
    data: str
    lr: float = 0.05


parser = HfArgumentParser(Args)
"""
BEFORE = SCRIPT.replace("<job_args>\n", "")
AFTER = SCRIPT.replace("<job_args>\n", "\n<job_args>\n\n")
FILE = """\
if len(sys.argv) == 2 and sys.argv[1].endswith(".json"):
    # all from a file
    (args,) = parser.parse_json_file(sys.argv[1])
else:
    (args,) = parser.parse_args_into_dataclasses()
"""
WHOLE = "wandb.init(config=vars(args))\n"
TRAINER = BEFORE.replace("(Args)", "((Args, TrainingArguments))").replace(
    "import wandb\n", ""
)


def notes(source: str) -> list[str]:
    """What a migrated script's reader is told."""
    outcome = migrated(source)
    assert isinstance(outcome, Rewritten), outcome
    return [r.message for r in outcome.reasons]


def test_dataclasses() -> None:
    check_rewritten(
        BEFORE + "args = parser.parse_args_into_dataclasses()[0]\n"
        "wandb.init(config=vars(args))\n",
        AFTER + "args = parser.parse_args_into_dataclasses(sys.argv[1:] + "
        "job_args(parser))[0]\nwandb.init(config=vars(args))\n",
        "argv",
    )


def test_words_that_are_given() -> None:
    check_rewritten(
        BEFORE + "args, rest = parser.parse_args_into_dataclasses(\n"
        "    args=sys.argv[2:], return_remaining_strings=True\n)\n"
        "wandb.init(config=vars(args))\n",
        AFTER + "args, rest = parser.parse_args_into_dataclasses(\n"
        "    args=sys.argv[2:] + job_args(parser), return_remaining_strings=True\n)\n"
        "wandb.init(config=vars(args))\n",
    )


def test_a_file_in_place_of_the_words() -> None:
    after = FILE.replace("== 2 and", "== 2 and not job_args(parser) and")
    after = after.replace("dataclasses()", "dataclasses(sys.argv[1:] + job_args(parser))")
    check_rewritten(
        BEFORE + FILE + "wandb.init(config=vars(args))\n",
        AFTER + after + "wandb.init(config=vars(args))\n",
    )


def test_a_file_with_more_words_behind_it() -> None:
    outcome = migrated(BEFORE + FILE.replace("== 2", ">= 2") + WHOLE)
    assert isinstance(outcome, Rewritten), outcome
    assert "if len(sys.argv) >= 2 and not job_args(parser) and" in outcome.text
    assert isinstance(migrated(outcome.text), Unchanged)


def test_a_test_in_parentheses() -> None:
    script = BEFORE + FILE.replace("if len(sys.argv) == 2", "if (len(sys.argv) == 2)")
    outcome = migrated(script + "wandb.init(config=vars(args))\n")
    assert isinstance(outcome, Rewritten)
    assert "if (len(sys.argv) == 2) and not job_args(parser) and" in outcome.text


def test_a_trainer() -> None:
    script = TRAINER + "args, training = parser.parse_args_into_dataclasses()\n"
    told = notes(script + "Trainer(args=training)\n")
    assert told[0] == "a Trainer (Trainer) starts the run"
    assert any("doesn't show data and lr" in text for text in told)
    assert any("what ends in _token masked: a clone takes the def" in text for text in told)
    assert any("local_rank is left to the launcher" in text for text in told)


def test_a_trainer_shows_the_fields_of_its_own_arguments() -> None:
    own = "class Args(Deep):\n    data: str\n    lr: float = 0.05\n"
    base = "@dataclass\nclass Deep(TrainingArguments):\n    depth: int = 2\n\n\n"
    script = TRAINER.replace("class Args:\n    data: str\n    lr: float = 0.05\n", own)
    script = script.replace("@dataclass\n", base + "@dataclass\n", 1)
    parses = "args = parser.parse_args_into_dataclasses()[0]\n"
    alone = script.replace("((Args, TrainingArguments))", "(Args)") + parses
    told = notes(alone + "Trainer(args=args)\n")
    assert not any("doesn't show" in text for text in told)
    plain = "@dataclass\nclass Plain:\n    width: int = 3\n\n\nparser = "
    beside = alone.replace("parser = ", plain, 1).replace("(Args)", "((Plain, Args))")
    told = notes(beside.replace("()[0]", "()[1]") + "Trainer(args=args)\n")
    assert any("doesn't show width: a clone" in text for text in told)


@pytest.mark.parametrize(
    ("launched", "words"),
    [
        ({"eos_token": "<EOS_TOKEN>", "lr": 0.5}, ["--lr=0.5"]),
        ({"eos_token": ".", "hub_token": "<HUB_TOKEN>"}, ["--eos_token=."]),
        ({"eos_token": "<PAD_TOKEN>"}, ["--eos_token=<PAD_TOKEN>"]),
        ({"eos_token": "eos_token", "local_rank": 3}, ["--eos_token=eos_token"]),
    ],
)
def test_a_mask_of_a_trainer_is_no_value(
    launched: dict[str, object], words: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    script = TRAINER + "args, training = parser.parse_args_into_dataclasses()\n"
    outcome = migrated(script + "Trainer(args=training)\n")
    assert isinstance(outcome, Rewritten)
    assert isinstance(migrated(outcome.text), Unchanged)
    function = next(
        f
        for f in ast.parse(outcome.text).body
        if isinstance(f, ast.FunctionDef) and f.name == "job_args"
    )
    scope: dict[str, Any] = {"argparse": argparse, "os": os, "sys": sys}
    exec(ast.unparse(function), scope)  # the function that was written
    parser = argparse.ArgumentParser()
    for name in ("lr", "eos_token", "hub_token", "local_rank"):
        parser.add_argument(f"--{name}")
    monkeypatch.setenv("WANDB_LAUNCH", "True")
    monkeypatch.setenv("WANDB_CONFIG", json.dumps(launched))
    assert scope["job_args"](parser) == words


@pytest.mark.parametrize(
    "made",
    [
        "make = Trainer\n",
        "make = Trainer if args.lr else load()\n",
        "if args.lr:\n    make = partial(Trainer, n=1)\nelse:\n    make = load()\n",
    ],
)
def test_a_trainer_that_a_variable_stands_for(made: str) -> None:
    script = TRAINER + "args, training = parser.parse_args_into_dataclasses()\n"
    told = notes(f"{script}{made}make(args=training)\n")
    assert told[0] == "a Trainer (Trainer) starts the run"


def test_a_variable_that_stands_for_no_trainer() -> None:
    script = TRAINER + "args, training = parser.parse_args_into_dataclasses()\n"
    check_noop(f"{script}make = load\nmake(args=training)\n", "no run")


@pytest.mark.parametrize(
    ("line", "call"),
    [
        ("from tokenizers.trainers import WordLevelTrainer", "WordLevelTrainer(2)"),
        ("from tokenizers import trainers", "trainers.BpeTrainer(vocab_size=2)"),
        ("from tokenizers.trainers import BpeTrainer as Trainer", "Trainer()"),
    ],
)
def test_a_trainer_of_tokens(line: str, call: str) -> None:
    script = TRAINER + "args, training = parser.parse_args_into_dataclasses()\n"
    script = script.replace("HfArgumentParser, Trainer,", "HfArgumentParser,")
    check_noop(f"{line}\n{script}{call}\n", "no run is seen")
    also = f"import transformers\n{line}\n{script}{call}\n"
    told = notes(also + "transformers.Trainer(args=training)\n")
    assert told[0] == "a Trainer (Trainer) starts the run"


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ('training.output_dir = f"{training.output_dir}-{args.lr}"', True),
        ("training.learning_rate *= 8", True),
        ("training.remove_unused_columns = False", True),
        ("training.world = 8", False),
        ("training.world = args.world_size()", False),
        ('args.data = f"{training.output_dir}/data"', False),
    ],
)
def test_a_field_of_a_trainer_that_is_overwritten(line: str, told: bool) -> None:
    script = TRAINER + "args, training = parser.parse_args_into_dataclasses()\n"
    said = notes(f"{script}{line}\nTrainer(args=training)\n")
    name = line.split()[0].removeprefix("training.")
    note = f"note: {name} is overwritten; a clone overwrites it again"
    assert (note in said) is told


def test_an_init_that_shows_nothing_of_several_dataclasses() -> None:
    script = BEFORE.replace("(Args)", "((Args, TrainingArguments))")
    script += "args, training = parser.parse_args_into_dataclasses()\nwandb.init()\n"
    assert "note: the run shows no parameters but those that a Trainer records" in notes(
        script
    )


def test_a_namespace_of_it() -> None:
    script = BEFORE + "args = parser.parse_args()\nwandb.init(config=args)\n"
    assert "parse_args(sys.argv[1:] + job_args(parser))" in str(migrated(script))


def test_without_a_run() -> None:
    check_noop(BEFORE + "args = parser.parse_args_into_dataclasses()\n", "no run is seen")


def test_arguments_of_a_trainer_that_nothing_trains_with() -> None:
    script = TRAINER + "args, training = parser.parse_args_into_dataclasses()\n"
    check_noop(script + "print(training)\n", "no run is seen")


@pytest.mark.parametrize("word", ["--report_to=none", "--report_to=wandb"])
def test_a_trainer_whose_arguments_stand_in_the_script(word: str) -> None:
    words = f'args=["--output_dir=/tmp", "{word}"]'
    script = TRAINER + f"args, training = parser.parse_args_into_dataclasses({words})\n"
    script += "Trainer(args=training)\n"
    if word.endswith("none"):
        check_noop(script, "no run is seen")
    else:
        assert "a Trainer (Trainer) starts the run" in notes(script)


def test_fields_that_no_trainer_shows() -> None:
    text = TRAINER.replace("import HfArg", "import set_seed, HfArg")
    text = text.replace("from transformers", "from peft import Lora\nfrom transformers")
    script = text + "args, *others = parser.parse_args_into_dataclasses()\n"
    alone = script.replace("(Args, TrainingArguments)", "(Args, Lora)")
    check_noop(alone + "Trainer(args=load()).train()\n", "no run is seen")
    both = script.replace("(Args, TrainingArguments)", "(Args, Lora, TrainingArguments)")
    told = notes(both + "Trainer(args=others[1]).train()\n")
    assert told[0] == "a Trainer (Trainer) starts the run"


def test_only_a_file() -> None:
    script = BEFORE + "(args,) = parser.parse_json_file('a.json')\nwandb.init()\n"
    check_refused(script, "parse_json_file takes the values past the command line", 17)


@pytest.mark.parametrize(
    "branch",
    [
        FILE.replace("== 2", "!= 2"),
        FILE.replace("len(sys.argv) == 2 and ", ""),
        FILE.replace(" and ", " or "),
    ],
)
def test_another_way_to_a_file(branch: str) -> None:
    script = BEFORE + branch + "wandb.init(config=vars(args))\n"
    check_refused(script, "past the command line", 19)


CONFIG = """\
config = os.getenv("CONFIG")
if config:
    # all from the environment
    (args,) = parser.parse_dict(json.loads(config))
else:
    (args,) = parser.parse_args_into_dataclasses()
"""
STOPPED = """\
config = os.getenv("CONFIG")
if config:
    # all from the environment
    if job_args(parser):
        parser.error("config: not allowed with a W&B config")
    (args,) = parser.parse_dict(config)
else:
    (args,) = parser.parse_args_into_dataclasses(sys.argv[1:] + job_args(parser))
"""


def test_a_dict_of_the_environment_in_place_of_the_words() -> None:
    check_rewritten(
        BEFORE + CONFIG.replace("json.loads(config)", "config") + WHOLE,
        AFTER + STOPPED + WHOLE,
        "argv",
    )


def test_a_stop_in_a_file_with_tabs_and_single_quotes() -> None:
    script = (BEFORE + CONFIG + WHOLE).replace("    ", "\t").replace('"', "'")
    outcome = migrated(script)
    assert isinstance(outcome, Rewritten), outcome
    stop = "\tif job_args(parser):\n\t\tparser.error('config: not allowed with a W&B"
    assert f"{stop} config')\n\t(args,) = parser.parse_dict(" in outcome.text
    assert isinstance(migrated(outcome.text), Unchanged)


def test_a_stop_that_was_formatted() -> None:
    script = with_function(BEFORE, AFTER + STOPPED + WHOLE)
    formatted = script.replace(
        '        parser.error("config: not allowed with a W&B config")\n',
        "        parser.error(\n"
        '            "config: not allowed with a W&B config"\n        )\n\n',
    )
    assert formatted != script
    assert isinstance(migrated(formatted), Unchanged)


def test_a_stop_that_was_lost_comes_back() -> None:
    script = with_function(BEFORE, AFTER + STOPPED + WHOLE)
    lost = script.replace("    if job_args(parser):\n        parser.error(", "    print(")
    outcome = migrated(lost)
    assert isinstance(outcome, Rewritten), outcome
    assert outcome.text.count("if job_args(parser):\n        parser.error(") == 1


@pytest.mark.parametrize(
    "config",
    [
        CONFIG.replace('os.getenv("CONFIG")', "load()"),
        CONFIG.replace('"CONFIG"', '"CONFIG", "{}"'),
        CONFIG.replace("if config:", "if config or len(sys.argv) > 2:"),
        CONFIG.replace("if config:", "if len(config):"),
        CONFIG.replace("parser.parse_args_into", "HfArgumentParser(Args).parse_args_into"),
    ],
)
def test_a_dict_that_any_job_may_have(config: str) -> None:
    assert isinstance(migrated(BEFORE + config + WHOLE), Refused)


def test_a_dict_that_another_script_gives() -> None:
    before = BEFORE.replace("parser = HfArgumentParser(Args)\n", "")
    main = (
        "def main(**kwargs):\n    parser = HfArgumentParser(Args)\n    if kwargs:\n"
        "        (args,) = parser.parse_dict(kwargs)\n    else:\n"
        "        (args,) = parser.parse_args_into_dataclasses(<words>)\n"
        "    <init>\n\nmain()\n"
    ).replace("<init>", WHOLE)
    words = "sys.argv[1:] + job_args(parser)"
    outcome = migrated(before + main.replace("<words>", ""))
    assert isinstance(outcome, Rewritten), outcome
    assert outcome.text.endswith(main.replace("<words>", words))
    assert isinstance(migrated(outcome.text), Unchanged)
    given = main.replace("<words>", "").replace("main()\n", "main(lr=1)\n")
    check_refused(before + given, "parse_dict takes the values past", 19)


def test_an_init_is_not_added_to_dataclasses() -> None:
    check_refused(
        BEFORE + "args = parser.parse_args_into_dataclasses()[0]\n",
        "the arguments are dataclasses",
        17,
        add_init=True,
    )


def test_a_dataclass_of_another_file() -> None:
    script = BEFORE.replace("@dataclass", "from mine import Args\n\n\n@dataclass")
    script = script.replace("class Args", "class Others")
    script += "args = parser.parse_args_into_dataclasses()[0]\nwandb.init(config=args)\n"
    check_refused(script, "the dataclass Args is not in this file", 19)


def test_a_trainer_that_is_told_to_track_nothing_takes_no_arguments() -> None:
    check_noop("from transformers import Trainer\nTrainer()\n", "parses no arguments")


TRL = BEFORE.replace("HfArgumentParser, Trainer, TrainingArguments", "Trainer").replace(
    "import wandb\n", "from trl import SFTConfig, TrlParser\n"
)


def test_the_parser_of_trl() -> None:
    script = TRL.replace("HfArgumentParser(Args)", "TrlParser((Args, SFTConfig))")
    script += "args, training, _ = parser.parse_args_and_config(\n"
    script += "    return_remaining_strings=True\n)\n"
    script += "Trainer(args.data, args=training).train()\n"
    outcome = migrated(script)
    assert isinstance(outcome, Rewritten), outcome
    # by its name: trl before 0.13 takes another argument first
    given = "args=sys.argv[1:] + job_args(parser), return_remaining_strings=True"
    assert f"parser.parse_args_and_config(\n    {given}\n)\n" in outcome.text


def test_dataclasses_in_a_tuple_of_their_own() -> None:
    script = BEFORE.replace("HfArgumentParser(Args)", "HfArgumentParser(types)")
    script = script.replace("parser =", "types = (Args,)\nparser =")
    script += (
        "(args,) = parser.parse_args_into_dataclasses()\nwandb.init(config=vars(args))\n"
    )
    assert isinstance(migrated(script), Rewritten)
    chosen = script.replace("types = (Args,)", "types = load()")
    check_refused(chosen, "the dataclass types is not in this file", 17)


def test_the_parser_of_an_old_trl_which_takes_no_words() -> None:
    script = TRL.replace("from trl", "from trl.commands.cli_utils")
    script = script.replace("HfArgumentParser(Args)", "TrlParser((Args, SFTConfig))")
    script += "args, training = parser.parse_args_and_config()\n"
    script += "Trainer(args.data, args=training, report_to='wandb').train()\n"
    check_refused(script, "made in another file, by trl.commands.cli_utils.Trl", 17)


MORE = "@dataclass\nclass More:\n    steps: int\n\n\n"


@pytest.mark.parametrize(
    "added",
    [
        "parser._add_dataclass_arguments(More)\n",
        "def add(to):\n    to._add_dataclass_arguments(More)\n\n\nadd(parser)\n",
    ],
)
def test_a_dataclass_that_is_added_later(added: str) -> None:
    script = BEFORE.replace("    data: str", '    data: str = ""')
    script = script.replace("parser =", f"{MORE}parser =") + added
    script += "args, more = parser.parse_args_into_dataclasses()\n"
    outcome = migrated(script + "wandb.init(config=vars(args))\n")
    assert isinstance(outcome, Rewritten), outcome
    assert "dataclasses(sys.argv[1:] + job_args(parser))\n" in outcome.text
    assert any("--steps is required" in each.message for each in outcome.reasons)


@pytest.mark.parametrize(
    ("added", "reason"),
    [
        ("if len(sys.argv):\n    parser.{}(More)\n", "only a run tells whether the parser"),
        (
            "for each in (More,):\n    parser.{}(each)\n",
            "only a run tells whether the pars",
        ),
        ("parser.{}(dtype=More)\n", "only a run tells whether the parser gets this"),
        ("parser.{}(load())\n", "the dataclass load() is not in this file"),
        ("add = parser.{}\nadd(More)\n", "_add_dataclass_arguments may change what the"),
    ],
)
def test_a_dataclass_that_may_be_added(added: str, reason: str) -> None:
    script = BEFORE.replace("parser =", f"{MORE}parser =")
    script += added.format("_add_dataclass_arguments")
    script += "args, more = parser.parse_args_into_dataclasses()\nwandb.init()\n"
    outcome = migrated(script)
    assert isinstance(outcome, Refused), outcome
    assert any(reason in each.message for each in outcome.reasons)


OWN = """\
class Own(HfArgumentParser):
    def read(self, path, words):
        filled = self.parse_yaml_file(path)
        return [kind(**vars(one)) for one, kind in zip(filled, self.dataclass_types)]

    def parse(self):
        if len(sys.argv) == 2 and sys.argv[1].endswith(".yaml"):
            found = self.parse_yaml_file(sys.argv[1])
        elif len(sys.argv) > 2 and sys.argv[1].endswith(".yaml"):
            found = self.read(sys.argv[1], sys.argv[2:])
        else:
            found = self.parse_args_into_dataclasses()
        if len(found) == 1:
            found = found[0]
        return found


"""
OWN_SCRIPT = TRAINER.replace("parser = HfArgumentParser(", f"{OWN}parser = Own(")
TRAINED = "args, training = parser.parse()\nTrainer(args.data, args=training).train()\n"


def test_a_parser_of_its_own_that_reads_files() -> None:
    outcome = migrated(OWN_SCRIPT + TRAINED)
    assert isinstance(outcome, Rewritten), outcome
    assert "if len(sys.argv) == 2 and not job_args(self) and sys" in outcome.text
    assert "elif len(sys.argv) > 2 and not job_args(self) and sys" in outcome.text
    assert "dataclasses(sys.argv[1:] + job_args(self))" in outcome.text
    assert isinstance(migrated(outcome.text), Unchanged)


def test_a_method_that_reads_a_file_and_nobody_calls() -> None:
    script = OWN_SCRIPT.replace("    def parse(self)", "    def parsed(self)")
    outcome = migrated(
        script + TRAINED.replace(".parse()", ".parse_args_into_dataclasses()")
    )
    assert isinstance(outcome, Rewritten), outcome
    assert "dataclasses(sys.argv[1:] + job_args(parser))" in outcome.text


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("elif len(sys.argv) > 2 and", "elif", "parser.parse takes the values"),
        ("elif len(sys.argv) > 2", "elif len(sys.argv) != 2", "parser.parse takes"),
        ("args, training =", "parser.read('', [])\nargs, training =", "parser.read takes"),
        ("args, training =", "read = parser.read\nargs, training =", "parser.read takes"),
        ("zip(filled, self.dataclass_types)", "self.dataclass_types.pop()", "types may"),
        ("    def read(", "    @wraps\n    def read(", "parser.parse_yaml_file takes the"),
        ("read(", "_read(", "parser.parse_yaml_file takes the values past"),
        (
            "        if len(",
            "        self.read('', [])\n        if len(",
            "parser.parse",
        ),
    ],
)
def test_a_parser_of_its_own_that_any_job_may_have_read_a_file(
    old: str, new: str, reason: str
) -> None:
    script = OWN_SCRIPT + TRAINED
    assert old in script
    outcome = migrated(script.replace(old, new))
    assert isinstance(outcome, Refused), outcome
    assert any(reason in each.message for each in outcome.reasons), outcome.reasons
