"""What the recorder sees from inside a script."""

from __future__ import annotations

from pathlib import Path

import pytest

from pytest_jobready.recording import Read, Recording, record

HEAD = """\
import argparse, multiprocessing, os, sys
import wandb

def options():
    parser = argparse.ArgumentParser()
    parser.add_argument("--lr", type=float, default=0.25)
    return parser.parse_args()

"""


def run(folder: Path, text: str, **how: object) -> Recording:
    """Record a script that starts with `HEAD`, 8 lines."""
    script = folder / "train.py"
    script.write_text(HEAD + text)
    return record(script, mode="disabled", **how)  # type: ignore[arg-type]


def reads(recording: Recording) -> list[tuple[str, str, int, str, bool]]:
    """The reads without what the test isn't about."""
    return [(r.name, r.value, r.line, r.source, r.after_init) for r in recording.reads]


def test_reads_before_and_after_init_are_seen_until_the_first_log(tmp_path: Path) -> None:
    ran = run(
        tmp_path,
        "args = options()\nprint(args.lr)\nrun = wandb.init(config=args)\n"
        "print(run.config.lr)\nrun.log({})\nprint(args.lr)\n",
    )
    assert reads(ran) == [
        ("lr", "0.25", 10, "namespace", False),
        ("lr", "0.25", 12, "config", True),
    ]
    assert (ran.ended, ran.exit_code, ran.config) == ("first-log", 0, {"lr": 0.25})
    assert ran.stdout == "0.25\n0.25\n"


@pytest.mark.parametrize(
    "read",
    ["vars(args)", "args.__dict__", "print(args)", "__import__('copy').copy(args)"],
)
def test_reading_all_parameters_at_once_is_seen(tmp_path: Path, read: str) -> None:
    ran = run(tmp_path, f"args = options()\n{read}\n")
    (seen,) = ran.reads
    assert (seen.name, seen.value, seen.line, seen.whole) == ("lr", "0.25", 10, True)


@pytest.mark.parametrize("start", ["fork", "spawn"])
def test_a_worker_is_seen_and_its_first_log_ends_the_script(
    tmp_path: Path, start: str
) -> None:
    ran = run(
        tmp_path,
        "def work(args):\n    print(args.lr)\n    wandb.init(config=args)\n"
        "    wandb.log({})\n    sys.exit('too far')\n\n"
        "if __name__ == '__main__':\n"
        f"    context = multiprocessing.get_context({start!r})\n"
        "    worker = context.Process(target=work, args=(options(),))\n"
        "    worker.start()\n    worker.join()\n    sys.exit('too far')\n",
    )
    assert ran.ended == "first-log", ran.stderr
    assert "too far" not in ran.stderr
    (seen,) = [r for r in ran.reads if not r.whole]
    assert seen.process.startswith(("ForkProcess-1", "SpawnProcess-1"))
    assert ran.config == {"lr": 0.25}


def test_an_endless_script_is_stopped_from_inside(tmp_path: Path) -> None:
    ran = run(tmp_path, "while True: pass\n", seconds=1)
    assert (ran.ended, ran.exit_code) == ("time", 0)


def test_the_parser_is_seen_even_where_it_refuses(tmp_path: Path) -> None:
    text = "parser = argparse.ArgumentParser()\n"
    text += "parser.add_argument('--data', required=True, choices=['a', 'b'])\n"
    ran = run(tmp_path, text + "parser.parse_args()\n", candidates=True)
    (option,) = [a for a in ran.parses[0].actions if a["dest"] == "data"]
    assert ran.exit_code == 2
    assert option["required"]
    assert option["candidates"] == [
        {"words": ["--data=a"], "json": "a", "seen": ["str", "'a'"]},
        {"words": ["--data=b"], "json": "b", "seen": ["str", "'b'"]},
    ]


def test_values_that_are_asked_for_go_through_the_parser(tmp_path: Path) -> None:
    text = "from pathlib import Path\nparser = argparse.ArgumentParser()\n"
    text += "parser.add_argument('--data', type=Path)\n"
    text += "parser.add_argument('--sizes', type=int, nargs='+')\n"
    text += "parser.add_argument('--mode', choices=['a', 'b'])\n"
    text += "parser.add_argument('--amp', action='store_true')\n"
    wanted = '{"data": "x", "sizes": [1, 2], "mode": "c", "amp": true}'
    ran = run(tmp_path, text + "parser.parse_args()\n", env={"JOBREADY_CANDIDATES": wanted})
    found = {a["dest"]: a for a in ran.parses[0].actions}
    seen = {name: [c["seen"] for c in a["candidates"]] for name, a in found.items()}
    assert seen["data"] == [["PosixPath", "PosixPath('x')"]]
    assert seen["sizes"] == [["list", "[1, 2]"]]
    assert seen["amp"] == [["bool", "True"]]
    assert "invalid choice: 'c'" in found["mode"]["refused"]


def test_a_sitecustomize_of_the_users_own_still_runs(tmp_path: Path) -> None:
    (tmp_path / "sitecustomize.py").write_text("import builtins\nbuiltins.OWN = 1\n")
    script = tmp_path / "train.py"
    script.write_text("print(OWN)\n")
    assert record(script, roots=[tmp_path], mode="disabled").stdout == "1\n"


def test_a_module_that_needs_stand_ins_is_started_as_python_does(tmp_path: Path) -> None:
    text = "import torch\nargs = options()\nprint(args.lr)\n"
    roots = [tmp_path]
    ran = run(tmp_path, text, stand_ins="missing", module="train", roots=roots)
    assert (ran.exit_code, ran.stand_ins) == (0, ("torch",)), ran.stderr
    assert [r.value for r in ran.reads] == ["0.25"]


def test_a_misspelt_module_of_wandb_gets_no_stand_in(tmp_path: Path) -> None:
    ran = run(tmp_path, "import wandb.no_such_part\n", stand_ins="missing")
    assert ran.error == "ModuleNotFoundError"


def test_what_wandb_reads_itself_is_no_read(tmp_path: Path) -> None:
    ran = run(tmp_path, "wandb.init(config=options())\nwandb.log({})\n")
    assert ran.reads == ()
    assert isinstance(ran, Recording)
    assert Read("lr", "float", "0.25", "train.py", 1).source == "namespace"


def test_a_tracker_and_a_file_that_nobody_has_are_stood_in_for(tmp_path: Path) -> None:
    text = """\
import gzip, pathlib, torch, yaml
from accelerate import Accelerator
words = gzip.open("words.txt.gz").read().decode("utf-8").split("\\n")
words += pathlib.Path("more.txt").read_text().split()
with open("sizes.yaml") as file:
    sizes = yaml.safe_load(file)
if torch.distributed.get_node() != 0 or sizes["large"] != 64:
    sys.exit("no run")
accelerator = Accelerator(log_with=["wandb"])
if accelerator.process_index or accelerator.num_processes != 1:
    sys.exit("no run")
accelerator.init_trackers("project", config=vars(options()))
model, data = accelerator.prepare(torch.nn.Linear(1, 1), [1, 2])
accelerator.log({"loss": 1})
"""
    ran = run(tmp_path, text, stand_ins="missing")
    assert (ran.ended, ran.config) == ("first-log", {"lr": 0.25}), ran.stderr
    assert ran.stand_ins == ("accelerate", "torch")


def test_a_callback_of_wandb_gets_the_library_that_it_is_for(tmp_path: Path) -> None:
    text = """\
from stable_baselines3 import PPO
from wandb.integration.sb3 import WandbCallback
run = wandb.init(config=options())
PPO("MlpPolicy").learn(8, callback=WandbCallback(verbose=1))
wandb.log({"loss": 1})
"""
    ran = run(tmp_path, text, stand_ins="missing")
    assert ran.ended == "first-log", ran.stderr
    assert ran.stand_ins == ("stable_baselines3",)
    alone = run(tmp_path, "import wandb.integration.sb3\n", stand_ins="missing")
    assert "No module named 'stable_baselines3'" in alone.stderr


def test_what_a_library_gives_a_run_for_its_name_is_text(tmp_path: Path) -> None:
    text = """\
import strategies
args = strategies.of(options()).args
run = wandb.init(project=args.project, name=args.name, config=vars(options()))
run.log({"loss": 1})
"""
    ran = run(tmp_path, text, stand_ins="missing")
    assert (ran.ended, ran.config) == ("first-log", {"lr": 0.25}), ran.stderr


def test_a_callback_of_lightning_starts_a_run(tmp_path: Path) -> None:
    text = """\
import pytorch_lightning as pl

class Start(pl.Callback):
    def on_train_batch_start(self, trainer, module, batch, batch_idx):
        if trainer.global_step == 0 and trainer.is_global_zero:
            trainer.own = wandb.init(config=vars(options()))

    def on_train_batch_end(self, trainer, module, outputs, batch, batch_idx):
        trainer.own.log({"loss": outputs})

pl.Trainer(callbacks=[Start()], max_epochs=1).fit(pl.LightningModule())
"""
    ran = run(tmp_path, text, stand_ins="missing")
    assert (ran.ended, ran.config) == ("first-log", {"lr": 0.25}), ran.stderr


def test_a_callback_of_mlx_lm_starts_a_run(tmp_path: Path) -> None:
    text = """\
from mlx_lm.tuner.callbacks import WandBCallback
callback = WandBCallback("project", "out", vars(options()), wrapped_callback=None)
callback.on_val_loss_report({"loss": 1})
"""
    ran = run(tmp_path, text, stand_ins="missing")
    assert (ran.ended, ran.config) == ("first-log", {"lr": 0.25}), ran.stderr


def test_a_parse_of_another_program_is_none_of_the_scripts(tmp_path: Path) -> None:
    (tmp_path / "library").mkdir()
    (tmp_path / "library" / "tool.py").write_text(
        "import argparse\nargparse.ArgumentParser('tool').parse_args([])\n"
    )
    text = "import subprocess\noptions()\n"
    text += "subprocess.run([sys.executable, sys.argv[1]], check=True)\n"
    script = tmp_path / "own" / "train.py"
    script.parent.mkdir()
    script.write_text(HEAD.replace("parse_args()", "parse_args([])") + text)
    ran = record(script, [str(tmp_path / "library" / "tool.py")], mode="disabled")
    assert [p.file for p in ran.parses] == [str(script)], ran.stderr


DATACLASSES = """\
from dataclasses import dataclass, field
from enum import Enum
from typing import Literal, Optional
import transformers
from transformers import HfArgumentParser, Trainer, TrainingArguments

class Kind(Enum):
    A = "a"
    B = "b"

@dataclass
class ModelArguments:
    model: str
    kind: Kind = Kind.A
    mode: Literal["one", "two"] = "one"
    deep: Optional[bool] = None
    fast: bool = True
    sizes: list[int] = field(default_factory=lambda: [1])

@dataclass
class Training(TrainingArguments):
    cache_dir: Optional[str] = field(default=None, metadata={"help": "where"})

parser = HfArgumentParser((ModelArguments, Training))
args, training = parser.parse_args_into_dataclasses()
print(args.model, args.kind, args.mode, args.deep, args.fast, args.sizes)
print(training.output_dir, training.cache_dir, training.no_such_thing)
trainer = Trainer(model=transformers.AutoModel.from_pretrained(args.model), args=training)
trainer.train()
"""


def test_dataclasses_are_filled_and_the_run_of_a_trainer_is_started(
    tmp_path: Path,
) -> None:
    words = "--model m --kind b --mode two --deep true --no_fast --sizes 1 2"
    words += " --output-dir out --seed 7"
    script = tmp_path / "train.py"
    script.write_text(DATACLASSES)
    ran = record(script, words.split(), mode="disabled", stand_ins="missing")
    assert ran.stdout == (
        "m b two True False [1, 2]\nout None <stand-in TrainingArguments.no_such_thing>\n"
    ), ran.stderr
    assert (ran.ended, ran.reached_init) == ("first-log", True)
    assert ran.config is not None
    assert {k: ran.config[k] for k in ("output_dir", "seed", "learning_rate")} == {
        "output_dir": "out",
        "seed": 7,
        "learning_rate": 5e-05,
    }
    assert [(r.name, r.value) for r in ran.reads if r.name in ("model", "output_dir")] == [
        ("model", "'m'"),
        ("output_dir", "'out'"),
        ("model", "'m'"),
    ]


def test_options_that_are_no_fields_come_behind_the_dataclasses(tmp_path: Path) -> None:
    script = tmp_path / "train.py"
    script.write_text(
        "from transformers import HfArgumentParser, TrainingArguments\n"
        "parser = HfArgumentParser(TrainingArguments)\n"
        "parser.add_argument('--method', default='lora')\n"
        "training, others, left = parser.parse_args_into_dataclasses(\n"
        "    return_remaining_strings=True)\n"
        "print(training.seed, others, left)\n"
    )
    words = ["--method=pt", "--seed=7", "--more"]
    ran = record(script, words, mode="disabled", stand_ins="missing")
    assert ran.stdout == "7 Namespace(method='pt') ['--more']\n", ran.stderr


def test_dataclasses_are_filled_from_files(tmp_path: Path) -> None:
    script = tmp_path / "train.py"
    script.write_text(
        "from transformers import HfArgumentParser, TrainingArguments\n"
        "parser = HfArgumentParser(TrainingArguments)\n"
        f"(own,) = parser.parse_yaml_file(yaml_file='{tmp_path}/own.yaml')\n"
        f"(other,) = parser.parse_json_file('{tmp_path}/other.json')\n"
        "print(own.seed, own.learning_rate, other.seed)\n"
    )
    (tmp_path / "own.yaml").write_text("seed: 7\nlearning_rate: 0.5\n")
    (tmp_path / "other.json").write_text('{"seed": 8, "more": 1}')
    ran = record(script, ["--seed=9"], mode="disabled", stand_ins="missing")
    assert ran.stdout == "7 0.5 8\n", ran.stderr


def test_a_trainer_that_reports_elsewhere_starts_no_run(tmp_path: Path) -> None:
    script = tmp_path / "train.py"
    script.write_text(DATACLASSES)
    words = ["--model", "m", "--report_to", "tensorboard"]
    ran = record(script, words, mode="disabled", stand_ins="missing")
    assert (ran.exit_code, ran.reached_init) == (0, False)
    ran = record(script, ["--seed", "1"], mode="disabled", stand_ins="missing")
    assert ran.exit_code == 2
    assert "the following arguments are required: --model" in ran.stderr


def test_the_arguments_of_a_trainer_are_as_it_has_them(tmp_path: Path) -> None:
    script = tmp_path / "train.py"
    script.write_text(
        "from transformers import Seq2SeqTrainingArguments, TrainingArguments\n"
        "from transformers.utils.logging import log_levels\n"
        "args = Seq2SeqTrainingArguments(output_dir='out', no_field=1)\n"
        "print(args.predict_with_generate, args.no_field, args.seed)\n"
        "print(isinstance(args, TrainingArguments), TrainingArguments().output_dir)\n"
        "print(log_levels['warning'] == args.get_process_log_level())\n"
    )
    ran = record(script, mode="disabled", stand_ins="missing")
    assert ran.stdout == "False 1 42\nTrue trainer_output\nTrue\n", ran.stderr


def test_the_arguments_of_a_trainer_of_trl_are_recorded(tmp_path: Path) -> None:
    script = tmp_path / "train.py"
    script.write_text(
        "from dataclasses import fields\nimport trl\n"
        "from trl.trainer.sft_config import SFTConfig\n"
        "args = SFTConfig(seed=7, max_length=64, peft=trl.peft)\n"
        "assert 'seed' in {f.name for f in fields(trl.SFTConfig)}\n"
        "from trl.experimental.orpo import ORPOConfig\n"
        "assert ORPOConfig is trl.ORPOConfig\n"
        "trl.SFTTrainer(model=None, args=args).train()\n"
    )
    ran = record(script, mode="disabled", stand_ins="missing")
    assert ran.config is not None, ran.stderr
    assert (ran.config["seed"], ran.config["max_length"]) == (7, 64)
    assert "peft" not in ran.config


def test_a_picture_of_a_stand_in_is_one_and_its_class_is_a_class(tmp_path: Path) -> None:
    text = """\
import torch
class Own(wandb.Histogram):
    def __init__(self, values):
        super().__init__(np_histogram=values)
print(wandb.Histogram(torch.tensor(1)), Own(torch.tensor(1)))
own = Own(([1, 2], [0, 1, 2]))
print(isinstance(own, wandb.Histogram), own.histogram)
"""
    ran = run(tmp_path, text, stand_ins="missing")
    said = "<stand-in wandb.Histogram()> <stand-in wandb.Histogram()>\nTrue [1, 2]\n"
    assert ran.stdout == said, ran.stderr


def test_a_library_is_stood_in_for_beside_a_folder_of_its_name(tmp_path: Path) -> None:
    (tmp_path / "datasets").mkdir()
    (tmp_path / "datasets" / "own.py").write_text("SIZE = 64\n")
    text = "from datasets import Dataset, own\nprint(own.SIZE, Dataset)\n"
    ran = run(tmp_path, text, stand_ins="missing", roots=[tmp_path])
    assert ran.stdout == "64 <stand-in datasets.Dataset>\n", ran.stderr
    assert ran.stand_ins == ("datasets",)


def test_a_module_means_a_library_beside_itself_and_in_a_package_of_many(
    tmp_path: Path,
) -> None:
    text = "import datasets, importlib.metadata\nfrom google.cloud import storage\n"
    text += (
        "print(datasets.load, storage.__name__, importlib.metadata.version('datasets'))\n"
    )
    (tmp_path / "project" / "datasets").mkdir(parents=True)
    (tmp_path / "project" / "__init__.py").touch()
    (tmp_path / "project" / "datasets" / "__init__.py").write_text(text)
    last = str(tmp_path / "project")
    env = {"JOBREADY_LAST_PATH": last}
    script = "import project.datasets\n"
    ran = run(tmp_path, script, stand_ins="missing", roots=[tmp_path], env=env)
    assert ran.stdout == "<stand-in datasets.load> google.cloud.storage 2.0.0\n"


def test_a_class_is_generic_and_has_a_metaclass_beside_that_of_a_library(
    tmp_path: Path,
) -> None:
    text = """\
from abc import ABC
from typing import Generic, Protocol, TypeVar
import torch

T = TypeVar("T")
class Meta(type): pass
class Sized(Protocol[T]): pass
class Own(torch.Dataset, Generic[T], ABC): pass
class Both(Sized[T], torch.Dataset): pass
class Registered(torch.nn.Module, metaclass=Meta): pass
class Indexed(torch.Dataset[T], ABC): pass
class Loaded(torch.Model):
    @classmethod
    def load(cls, name):
        return super().load(name)
    def forward(self):
        return super().forward()

class Texts(Own[str], Indexed[str]): pass
print(Texts.__parameters__, Both[int], isinstance(Registered, Meta))
print(Loaded.load("a"), Loaded().forward())
@Loaded.register(name="a")
class Named: pass
print(Named.__name__)
try:
    class Wrong(ABC, metaclass=Meta): pass
except TypeError:
    super(Meta, Meta)
    print("wrong")
"""
    ran = run(tmp_path, text, stand_ins="missing")
    assert ran.stdout.splitlines() == [
        "() __main__.Both[int] True",
        "<stand-in Loaded.load()> <stand-in Loaded.forward()>",
        "Named",
        "wrong",
    ], ran.stderr


def test_whoever_asks_whether_wandb_is_there_hides_no_run(tmp_path: Path) -> None:
    script = tmp_path / "train.py"
    script.write_text(
        "import importlib.util\nassert importlib.util.find_spec('wandb')\n"
        "import wandb\nwandb.init()\nwandb.log({})\n"
    )
    assert record(script, mode="disabled").reached_init


def test_a_part_of_a_package_is_no_library_by_its_last_name_alone(tmp_path: Path) -> None:
    for folder in ("project", "project/transformers", "project/data"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "__init__.py").write_text("SIZE = 8\n")
    script = tmp_path / "project" / "transformers" / "train.py"
    script.write_text(
        "import transformers, data\nfrom project.transformers import SIZE\n"
        "print(transformers.__file__, SIZE, data.SIZE)\n"
    )
    env = {"JOBREADY_LAST_PATH": str(tmp_path / "project")}
    roots = [tmp_path]
    ran = record(script, roots=roots, env=env, mode="disabled", stand_ins="missing")
    assert ran.stdout == "None 8 8\n", ran.stderr


def test_a_module_that_is_stood_in_for_gives_its_names_to_all(tmp_path: Path) -> None:
    (tmp_path / "models.py").write_text("import math, gone\nclass Net: pass\n1 / 0\n")
    ran = run(
        tmp_path,
        "from models import *\nprint(Net, math.floor(2.5))\n",
        stand_ins="missing",
        stood_in_for=("models",),
        roots=[tmp_path],
    )
    assert ran.stdout == "<stand-in models.Net> 2\n", ran.stderr


def test_what_is_read_of_a_dataclass_of_simple_parsing_is_seen(tmp_path: Path) -> None:
    pytest.importorskip("simple_parsing")
    text = (
        "from dataclasses import dataclass\nfrom simple_parsing import ArgumentParser\n"
        "@dataclass\nclass Args:\n    lr: float = 0.25\nparser = ArgumentParser()\n"
        "parser.add_arguments(Args, 'args')\nargs = parser.parse_args().args\nargs.lr\n"
    )
    recorded = run(tmp_path, text, argv=["--lr", "0.5"])
    assert [a["dest"] for a in recorded.parses[0].actions] == ["help", "lr"]
    assert ("lr", "0.5") in [(r.name, r.value) for r in recorded.reads]


def test_what_is_read_of_dataclasses_inside_others_is_seen(tmp_path: Path) -> None:
    pytest.importorskip("simple_parsing")
    text = (
        "from dataclasses import asdict, dataclass\nfrom typing import Union\n"
        "from simple_parsing import ArgumentParser\n"
        "@dataclass\nclass Opt:\n    lr: float = 0.25\n"
        "@dataclass\nclass Train:\n    opt: Opt\n    n: int = 1\n"
        "@dataclass\nclass Eval:\n    n: int = 2\n"
        "@dataclass\nclass Main:\n    command: Union[Train, Eval]\n"
        "parser = ArgumentParser()\nparser.add_arguments(Main, 'main')\n"
        "command = parser.parse_args().main.command\ncommand.opt.lr\n"
        "asdict(command)\n"
    )
    recorded = run(tmp_path, text, argv=["train", "--lr", "0.5"])
    (parsed,) = recorded.parses
    assert [a["dest"] for a in parsed.actions] == ["help", "command"]
    dests = {k: [a["dest"] for a in c["actions"]] for k, c in parsed.commands.items()}
    assert dests == {"train": ["help", "n", "opt.lr"], "eval": ["help", "n"]}
    assert ("opt.lr", "0.5") in [(r.name, r.value) for r in recorded.reads]
    assert {r.name for r in recorded.reads} <= {"main", "opt.lr", "n"}


def test_what_is_read_of_a_tap_is_seen(tmp_path: Path) -> None:
    text = "from tap import Tap\nclass Args(Tap):\n    lr: float = 0.25\n"
    text += "args = Args().parse_args()\nprint(args.lr)\n"
    seen = reads(run(tmp_path, text))
    assert [(name, value) for name, value, *_ in seen] == [("lr", "0.25")]


def test_a_module_in_c_that_nobody_built_is_stood_in_for(tmp_path: Path) -> None:
    (tmp_path / "ops").mkdir()
    (tmp_path / "ops" / "__init__.py").touch()
    (tmp_path / "ops" / "fast.pyx").touch()
    text = "from ops.fast import add\nprint(add)\nimport ops.faster\n"
    ran = run(tmp_path, text, stand_ins="missing", roots=[tmp_path])
    assert ran.stdout == "<stand-in ops.fast.add>\n", ran.stderr
    assert ran.error == "ModuleNotFoundError"


def test_stand_ins_take_a_parser_a_seed_and_a_place_among_bases(tmp_path: Path) -> None:
    text = """\
import random, deepspeed, sklearn
class Base(sklearn.Estimator): pass
class Own(sklearn.Mixin, Base): pass
random.seed(deepspeed.rank + 1)
assert random.sample([1], 3) == [1]
parser = deepspeed.add_config_arguments(argparse.ArgumentParser())
print(Own().fit(), parser.parse_args(), dict(lr=1, **sklearn.options()))
print(len(list(sklearn.options().keys())))
"""
    ran = run(tmp_path, text, stand_ins="missing")
    said = "<stand-in Own.fit()> Namespace() {'lr': 1}\n2\n"
    assert ran.stdout == said, ran.stderr


def test_a_file_that_nobody_has_is_missing_where_nothing_stands_in(tmp_path: Path) -> None:
    assert run(tmp_path, "open('sizes.yaml')\n").error == "FileNotFoundError"


def test_a_script_finds_the_files_of_where_it_is_started(tmp_path: Path) -> None:
    (tmp_path / "sizes").mkdir()
    (tmp_path / "sizes" / "large.txt").write_text("64")
    text = "print(open('sizes/large.txt').read())\nopen('new.txt', 'w')\n"
    ran = run(tmp_path, text, start=tmp_path)
    assert ran.stdout == "64\n", ran.stderr
    assert not (tmp_path / "new.txt").exists()


def test_a_module_is_real_if_only_the_script_knows_its_folder(tmp_path: Path) -> None:
    (tmp_path / "common").mkdir()
    (tmp_path / "common" / "sizes.py").write_text("LARGE = 64\n")
    env = {"JOBREADY_LAST_PATH": str(tmp_path / "common")}
    text = "sys.path.append('../common')\nimport sizes\nprint(sizes.LARGE)\n"
    ran = run(tmp_path, text, stand_ins="missing", env=env)
    assert (ran.stdout, ran.stand_ins) == ("64\n", ()), ran.stderr


def test_what_this_machine_and_this_wandb_do_not_have_is_no_obstacle(
    tmp_path: Path,
) -> None:
    text = """\
import resource
resource.setrlimit(resource.RLIMIT_NOFILE, (10**12, 10**12))
wandb.login()
assert len(wandb.util.generate_id()) == 8
settings = wandb.Settings(start_method="fork")
wandb.init(config=options(), mode="online", settings=settings)
wandb.log({"loss": 1})
"""
    ran = run(tmp_path, text, stand_ins="missing")
    assert (ran.ended, ran.config) == ("first-log", {"lr": 0.25}), ran.stderr


def test_reading_all_parameters_at_once_is_one_read_of_those_that_settle(
    tmp_path: Path,
) -> None:
    text = "args = argparse.Namespace(**{f'a{n}': n for n in range(10)})\n"
    text += "for _ in range(20):\n    vars(args)\nprint('on')\n"
    text += "for _ in range(60):\n    vars(args)\n"
    ran = run(tmp_path, text, settled=50)
    assert (ran.stdout, ran.ended) == ("on\n", "settled")


def test_a_script_that_does_nothing_new_is_ended_by_the_processors_time(
    tmp_path: Path,
) -> None:
    text = "wandb.init(config=options())\nwhile True: pass\n"
    ran = run(tmp_path, text, seconds=600, busy=2)
    assert (ran.ended, ran.config) == ("settled", {"lr": 0.25})
    ran = run(tmp_path, "while True: pass\n", seconds=600, busy=0.5)
    assert ran.ended == "time"


def test_a_script_that_failed_and_waits_for_its_children_is_ended(tmp_path: Path) -> None:
    text = (
        "import time\n"
        "def work(args):\n    print(args.lr, flush=True)\n    time.sleep(600)\n"
        "args = options()\n"
        "multiprocessing.Process(target=work, args=[args]).start()\n"
        "raise KeyError(args.lr)\n"
    )
    ran = run(tmp_path, text, seconds=600, busy=20)
    assert (ran.ended, ran.error) == ("settled", "KeyError")
    assert {r.process.partition(":")[0] for r in ran.reads} == {"main", "Process-1"}


def test_a_script_that_failed_ends_by_itself_where_no_child_is_left(tmp_path: Path) -> None:
    text = (
        "import atexit, time\n"
        "args = options()\n"
        "child = multiprocessing.Process(target=print, args=[args.lr])\n"
        "child.start()\n"
        "atexit.register(lambda: (time.sleep(7), print('done', flush=True)))\n"
        "raise KeyError(args.lr)\n"
    )
    ran = run(tmp_path, text, seconds=600, busy=20)
    assert (ran.ended, ran.error, ran.exit_code) == ("exit", "KeyError", 1)
    assert ran.stdout == "0.25\ndone\n"
