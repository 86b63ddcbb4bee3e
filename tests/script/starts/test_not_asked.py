"""Runs of a class of another file, which starts them where it is asked to."""

from __future__ import annotations

from pathlib import Path

import pytest

from jobready.script.files.library import Library
from jobready.script.linked import read_linked
from jobready.script.model import Script

TRAINER = """\
import os
import wandb

class Trainer:
    def __init__(self, epochs=1, track=False, rank=0):
        self.epochs = epochs
        self.track = track
        self.rank = rank

    def run(self):
        if self.track:
            wandb.init()
"""
TRAIN = """\
import argparse
import functools
import trainer
from trainer import Trainer

p = argparse.ArgumentParser()
p.add_argument("--epochs", type=int, default=1)
p.add_argument("--track", action="store_true")
args = p.parse_args()
"""


def starts(
    folder: Path, train: str, old: str = "", new: str = "", told: bool = False
) -> int:
    """How many runs train.py starts, after its own lines and a change of the class."""
    assert old in TRAINER
    (folder / ".git").mkdir()
    (folder / "trainer.py").write_text(TRAINER.replace(old, new) if old else TRAINER)
    path = folder / "train.py"
    path.write_text(TRAIN + train)
    runs = frozenset([(folder / "trainer.py").resolve()] if told else ())
    script = read_linked(path.read_text(), path.resolve(), Library(), runs=runs)
    assert isinstance(script, Script)
    return len(script.inits)


TEST, SET = "        if self.track:\n", "        self.track = track\n"
RUN = "Trainer(args.epochs).run()\n"


@pytest.mark.parametrize(
    ("train", "old", "new"),
    [
        ("Trainer().run()\n", "", ""),
        (RUN, "", ""),
        ("Trainer(epochs=args.epochs, track=False).run()\n", "", ""),
        ("trainer.Trainer(args.epochs, rank=1).run()\n", "", ""),
        (RUN + "Trainer(args.epochs, False).run()\n", "", ""),
        (RUN, "track=False", "track=None"),
        (RUN, TEST, "        if self.track and self.rank == 0:\n"),
        (RUN, TEST, "        if not self.track:\n            return\n        if True:\n"),
        (
            RUN,
            TEST,
            "        if self.rank or not self.track:\n            return\n"
            "        if True:\n",
        ),
        (RUN, SET, "        self.track = False\n"),
        (
            RUN,
            TEST,
            "        if self.track:\n            self.start()\n\n    def start(self):\n"
            "        if True:\n",
        ),
        # another script's, which this one doesn't get to
        (RUN, "import os\n", "def main(on):\n    Trainer(track=on).run()\n"),
    ],
)
def test_a_class_that_is_not_asked_to_track_starts_no_run(
    tmp_path: Path, train: str, old: str, new: str
) -> None:
    assert starts(tmp_path, train, old, new) == 0


@pytest.mark.parametrize(
    ("train", "old", "new"),
    [
        ("Trainer(track=True).run()\n", "", ""),
        ("Trainer(args.epochs, args.track).run()\n", "", ""),
        ("Trainer(track=args.track).run()\n", "", ""),
        ("Trainer(**vars(args)).run()\n", "", ""),
        ("Trainer(*[1, True]).run()\n", "", ""),
        (RUN + "Trainer(args.epochs, track=1).run()\n", "", ""),
        ("made = functools.partial(Trainer, track=True)\nmade().run()\n" + RUN, "", ""),
        ("Made = Trainer\nMade(track=True).run()\n" + RUN, "", ""),
        ("made = {'a': Trainer}\nmade['a'](track=True).run()\n" + RUN, "", ""),
        ("getattr(trainer, 'Trainer')(track=True).run()\n" + RUN, "", ""),
        ("t = Trainer()\nt.track = True\nt.run()\n", "", ""),
        ("t = Trainer()\nsetattr(t, 'track', True)\nt.run()\n", "", ""),
        ("t = Trainer()\nsetattr(t, input(), True)\nt.run()\n", "", ""),
        (
            "t = Trainer()\nfor k, v in vars(args).items():\n    setattr(t, k, v)\n"
            "t.run()\n",
            "",
            "",
        ),
        ("t = Trainer()\nt.__dict__.update(vars(args))\nt.run()\n", "", ""),
        ("t = Trainer()\nvars(t).update(vars(args))\nt.run()\n", "", ""),
        ("Trainer.track = True\nTrainer().run()\n", "", ""),
        ("class Own(Trainer):\n    pass\nOwn(track=True).run()\n" + RUN, "", ""),
        ("t = Trainer()\nt.__init__(track=True)\nt.run()\n", "", ""),
        ("t = Trainer()\nTrainer.__init__(t, track=True)\nt.run()\n", "", ""),
        ("t = Trainer()\ntype(t)(track=True).run()\n", "", ""),
        ("t = Trainer()\nt.__class__(track=True).run()\n", "", ""),
        ("with_it = [Trainer]\nwith_it[0](track=True).run()\n" + RUN, "", ""),
        ("import trainer as own\nown.Trainer(track=True).run()\n", "", ""),
        ("import wandb\nwandb.init()\n" + RUN, TEST, "        if not self.track:\n"),
        (RUN, "track=False", "track=True"),
        (RUN, TEST, "        if not self.track:\n"),
        (RUN, TEST, "        if self.track or self.rank == 0:\n"),
        (RUN, TEST, "        if self.track is False:\n"),
        (RUN, TEST, "        if self.track:\n            pass\n        else:\n"),
        (RUN, SET, "        self.track = track or os.getenv('TRACK')\n"),
        (RUN, SET, "        self.track = not track\n"),
        (RUN, SET, "        self.track = []\n        self.track.append(epochs)\n"),
        (RUN, SET, "        track = True\n        self.track = track\n"),
        (
            RUN,
            SET,
            "        if epochs:\n            track = True\n        self.track = track\n",
        ),
        (RUN, SET, "        self.track = track\n        self.track |= epochs > 1\n"),
        (RUN, SET, "        self.rank, self.track = rank, epochs\n"),
        (
            RUN,
            SET,
            "        self.__dict__.update(track=epochs)\n        self.track = track\n",
        ),
        (
            "Trainer.tracked().run()\n" + RUN,
            "    def run(",
            "    @classmethod\n    def tracked(cls):\n        return cls(track=True)\n\n"
            "    def run(",
        ),
        (
            "Trainer().tracked().run()\n",
            "    def run(",
            "    def tracked(self):\n        return type(self)(track=True)\n\n    def run(",
        ),
        (
            "t = Trainer()\nt.on()\nt.run()\n",
            "    def run(",
            "    def on(self):\n        self.track = True\n\n    def run(",
        ),
        (
            RUN,
            "    def run(",
            "    @property\n    def track(self):\n        return True\n\n"
            "    @track.setter\n    def track(self, value):\n        pass\n\n    def run(",
        ),
        (RUN, "class Trainer", "@functools.lru_cache\nclass Trainer"),
        (RUN, "    def __init__(", "    @functools.wraps(print)\n    def __init__("),
        (
            "def override(it, values):\n    for k, v in values.items():\n"
            "        setattr(it, k, v)\nt = Trainer()\noverride(t, vars(args))\nt.run()\n",
            "",
            "",
        ),
        (
            "from trainer import make\nmake(args.track).run()\n" + RUN,
            "import os\n",
            "def make(track):\n    return Trainer(track=track)\n",
        ),
        (
            RUN,
            "    def run(",
            "    def again(self, **kwargs):\n        return Trainer(**kwargs)\n\n"
            "    def run(",
        ),
    ],
)
def test_a_class_that_may_be_asked_to_track_starts_one(
    tmp_path: Path, train: str, old: str, new: str
) -> None:
    assert starts(tmp_path, train, old, new) >= 1


def test_a_file_that_is_said_to_start_the_run_starts_it(tmp_path: Path) -> None:
    assert starts(tmp_path, RUN, told=True) == 1
