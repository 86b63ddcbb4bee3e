"""``jobready migrate --run-in``: a run that starts in a file which the user names."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.cli.calling import jobready, report

TRAIN = """\
import argparse
import importlib

parser = argparse.ArgumentParser()
parser.add_argument("--lr", type=float, default=0.1)
parser.add_argument("--logger", default="tracking")
args = parser.parse_args()
importlib.import_module(args.logger).Logger({"kind": "own"})
"""
TRACKING = """\
import wandb


class Logger:
    def __init__(self, config):
        self.run = wandb.init(project="mine", config=config)
"""
UPDATE = """\
        self.run = wandb.init(project="mine", config=config)
        wandb.config.update(
            {
                f"args/{k}": v
                for k, v in json.loads(
                    os.environ.get("RUN_PARAMETERS " + sys.argv[0], "{}")
                ).items()
            },
            allow_val_change=True,
        )
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project whose script gets to its run by a name that only a run tells."""
    monkeypatch.chdir(tmp_path)
    Path("train.py").write_text(TRAIN)
    Path("tracking.py").write_text(TRACKING)
    return tmp_path


def outcomes(*arguments: str) -> dict[str, str]:
    found = report("migrate", *arguments)["files"]
    return {file["path"]: file["outcome"] for file in found}


def why(*arguments: str) -> str:
    """The reasons for which train.py is left as it is."""
    (found,) = (
        f for f in report("migrate", *arguments)["files"] if f["path"] == "train.py"
    )
    assert found["outcome"] in ("refused", "unchanged")
    assert Path("train.py").read_text() in (TRAIN, TRAINED)
    return " ".join(reason["message"] for reason in found["reasons"])


def test_the_option_is_named_where_no_run_is_seen(folder: Path) -> None:
    assert "--run-in FILE says where it starts" in why("train.py")


def test_the_script_and_the_file_are_rewritten(folder: Path) -> None:
    done = outcomes("--run-in", "tracking.py", "train.py")
    assert done == {"train.py": "rewritten", "tracking.py": "rewritten"}
    assert UPDATE in Path("tracking.py").read_text()
    assert "job_args(parser)" in Path("train.py").read_text()
    assert 'os.environ["RUN_PARAMETERS " + sys.argv[0]]' in Path("train.py").read_text()


@pytest.mark.parametrize("again", [("--run-in", "tracking.py", "train.py"), ("train.py",)])
def test_a_second_run_changes_nothing(folder: Path, again: tuple[str, ...]) -> None:
    jobready("migrate", "--run-in", "tracking.py", "train.py")
    before = {p.name: p.read_bytes() for p in folder.iterdir()}
    found = report("migrate", *again)["files"]
    assert {f["outcome"] for f in found} == {"unchanged"}
    said = {r["message"] for f in found if f["path"] == "train.py" for r in f["reasons"]}
    assert said == {"takes launched values already"}
    assert {p.name: p.read_bytes() for p in folder.iterdir()} == before
    assert jobready("check", ".").exit_code == 0


def test_two_scripts_with_one_run(folder: Path) -> None:
    Path("other.py").write_text(TRAIN.replace("lr", "rate"))
    words = ("--run-in", "tracking.py", "train.py", "other.py")
    assert set(outcomes(*words).values()) == {"rewritten"}
    assert Path("tracking.py").read_text().count("config.update") == 1
    assert set(outcomes(*words).values()) == {"unchanged"}


def test_a_function_in_the_function_that_imports_wandb(folder: Path) -> None:
    nested = "def start(config):\n    import wandb\n\n    def really():\n        "
    nested += "wandb.init(config=config)\n\n    really()\n"
    Path("tracking.py").write_text(nested)
    assert outcomes("--run-in", "tracking.py", "train.py")["tracking.py"] == "rewritten"


def test_a_link_to_the_file(folder: Path) -> None:
    try:
        Path("link.py").symlink_to("tracking.py")
    except OSError:  # Windows, without the right to
        os.link("tracking.py", "link.py")
    assert outcomes("--run-in", "link.py", "train.py")["train.py"] == "rewritten"


def test_the_command_for_more_files_names_it_too(folder: Path) -> None:
    options, _, rest = TRAIN.partition("args = ")
    getter = options + "\n\ndef get():\n    return parser.parse_args()\n"
    Path("options.py").write_text(getter)
    script = "import importlib\n\nfrom options import get\n\nargs = get()\n"
    script += rest.partition("\n")[2]
    Path("train.py").write_text(script)
    said = jobready("migrate", "--run-in", "tracking.py", "train.py").stdout
    command = "jobready migrate --run-in tracking.py train.py options.py"
    assert f"which was not given: {command}" in said
    assert set(outcomes(*command.split()[2:]).values()) == {"rewritten"}


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("import wandb\n\nrun = wandb.init()\n", "starts when the file is imported"),
        ("import wandb\n\nclass A:\n    run = wandb.init()\n", "when the file is imported"),
        ("def start():\n    pass\n", "no run is seen in it"),
        (
            'import wandb\n\nif __name__ == "__main__":\n    wandb.init()\n',
            "no run is seen",
        ),
        ("import wandb\n\ndef f(x):\n    return g(wandb.init())\n", "no name there holds"),
        (
            "import wandb\n\ndef f(x):\n    wandb.init(config=x)\n"
            "    return dict(wandb.config)\n",
            "the script reads the run's config",
        ),
    ],
)
def test_a_run_that_may_not_show_the_parameters(
    folder: Path, text: str, reason: str
) -> None:
    Path("tracking.py").write_text(text)
    assert reason in why("--run-in", "tracking.py", "train.py")
    assert Path("tracking.py").read_text() == text


def test_values_that_no_environment_takes(folder: Path) -> None:
    typed = TRAIN.replace("type=float, default=0.1", "type=complex")
    Path("train.py").write_text(typed)
    (found, _) = sorted(
        report("migrate", "--run-in", "tracking.py", "train.py")["files"],
        key=lambda f: str(f["outcome"]),
    )
    assert found["outcome"] == "refused"
    assert "no environment takes" in found["reasons"][0]["message"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--run-in", "tracking.py", "."), "--run-in goes with files"),
        (("--run-in", "tracking.py", "-"), "--run-in goes with files"),
        (("--run-in", "tracking.py", "--add-init", "train.py"), "without --add-init"),
        (("--run-in", "missing.py", "train.py"), "does not exist"),
        (("--run-in", ".", "train.py"), "is a directory"),
    ],
)
def test_what_it_doesnt_go_with(folder: Path, words: tuple[str, ...], said: str) -> None:
    result = jobready("migrate", *words)
    assert result.exit_code == 2
    assert said in result.stderr


def test_a_file_that_is_not_python(folder: Path) -> None:
    Path("tracking.py").write_text("import wandb\ndef f(:\n    wandb.init()\n")
    result = jobready("migrate", "--run-in", "tracking.py", "train.py")
    assert result.exit_code == 2
    assert "tracking.py: failed" in result.stderr
    assert "(line 2)" in result.stderr
    assert Path("train.py").read_text() == TRAIN


@pytest.mark.parametrize(
    "end",
    [
        'LOGGER = Logger({"kind": "own"})\n',
        'def start():\n    return Logger({"kind": "own"})\n\n\nRUN = start()\n',
        'class Runs:\n    first = Logger({"kind": "own"})\n',
    ],
)
def test_a_function_that_the_file_calls_itself(folder: Path, end: str) -> None:
    Path("tracking.py").write_text(f"{TRACKING}\n\n{end}")
    reason = why("--run-in", "tracking.py", "train.py")
    assert "the run starts when the file is imported" in reason


@pytest.mark.parametrize(
    "end",
    [
        'if __name__ == "__main__":\n    Logger({"kind": "own"})\n',
        "LOGGERS = {}\nLOGGERS.update(own=Logger)\n",
        'def start():\n    return Logger({"kind": "own"})\n',
    ],
)
def test_a_function_that_others_call(folder: Path, end: str) -> None:
    Path("tracking.py").write_text(f"{TRACKING}\n\n{end}")
    found = outcomes("--run-in", "tracking.py", "train.py")
    assert set(found.values()) == {"rewritten"}


TRAINED = """\
import importlib
from dataclasses import dataclass

from transformers import HfArgumentParser, TrainingArguments


@dataclass
class Args:
    task: str = "ner"


parser = HfArgumentParser((Args, TrainingArguments))
args, training = parser.parse_args_into_dataclasses()
importlib.import_module(args.task).train(training)
"""
TRAINING = """\
from transformers import Trainer


def train(given):
    Trainer(args=given).train()
"""


def test_a_trainer_needs_no_word_of_a_run(folder: Path) -> None:
    Path("train.py").write_text(TRAINED)
    Path("ner.py").write_text(TRAINING)
    assert "no run is seen" in why("--check", "train.py")
    told = outcomes("--check", "--run-in", "ner.py", "train.py")
    assert told["train.py"] == "rewritten"
    Path("ner.py").write_text(TRAINING.replace("Trainer(args=given).train()", "pass"))
    assert "no run is seen in it" in why("--check", "--run-in", "ner.py", "train.py")


KEPT = """\
class Logger:
    def __init__(self, config):
        try:
            import wandb

            self.wandb = wandb
        except ModuleNotFoundError:
            raise
        self.config = config

    @property
    def run(self):
        return self.wandb.init(project="mine", config=self.config)
"""


def test_a_class_that_keeps_what_starts_the_run(folder: Path) -> None:
    Path("tracking.py").write_text(KEPT.replace("self.wandb.init", "self.start"))
    assert "no run is seen in it" in why("--check", "--run-in", "tracking.py", "train.py")
    Path("tracking.py").write_text(KEPT)
    told = outcomes("--check", "--run-in", "tracking.py", "train.py")
    assert told["train.py"] == "rewritten"
