"""What the stand-in for Lightning's Trainer does with callbacks."""

from __future__ import annotations

from typing import Any

import pytest

from pytest_jobready.recorder.jobready_recorder import lightning
from pytest_jobready.recorder.jobready_recorder.lightning import Trainer
from pytest_jobready.recorder.jobready_recorder.stand_ins import (
    StandInModule,
    is_stand_in,
)

pl: Any = StandInModule("pytorch_lightning")


class Notes(pl.Callback):  # type: ignore[misc]
    """A callback of the user's that writes down how it is called."""

    def __init__(self) -> None:
        super().__init__()
        self.called: list[tuple[Any, ...]] = []

    def on_train_start(self, trainer: Any, module: Any) -> None:
        self.called.append((trainer, module))

    def on_train_batch_end(
        self, trainer: Any, module: Any, outputs: Any, batch: Any, batch_idx: int
    ) -> None:
        self.called.append((trainer.global_step, batch_idx, is_stand_in(batch)))

    def on_validation_end(self, trainer: Any, module: Any) -> None:
        raise AssertionError("it only trains")


def test_callbacks_are_called_up_to_the_first_step() -> None:
    notes = Notes()
    trainer = Trainer(callbacks=[pl.ModelCheckpoint(), notes], max_epochs=3)
    assert is_stand_in(trainer.fit("model", pl.loader))
    assert notes.called == [(trainer, "model"), (0, 0, True)]


def test_a_callback_that_fails_ends_nothing() -> None:
    class Early(Notes):
        def on_fit_start(self, trainer: Any, module: Any) -> None:
            raise ValueError("a stand-in is no such thing")

    early = Early()
    Trainer(callbacks=early).fit()
    assert len(early.called) == 2


def test_a_callback_that_ends_the_script_does() -> None:
    class Last(Notes):
        def on_fit_start(self, trainer: Any, module: Any) -> None:
            raise SystemExit(0)

    with pytest.raises(SystemExit):
        Trainer.from_argparse_args(None, callbacks=[Last()]).fit()


def test_a_trainer_has_its_logger_and_stand_ins_for_the_rest() -> None:
    logger = Notes()
    assert Trainer(logger=[logger, 3]).logger is logger
    assert is_stand_in(Trainer(logger=True).logger)
    assert is_stand_in(Trainer().fit())
    assert is_stand_in(Trainer(strategy="ddp").strategy.config["zero"])


def test_it_stands_where_scripts_look_for_it(monkeypatch: pytest.MonkeyPatch) -> None:
    known: dict[str, Any] = {}
    monkeypatch.setattr(lightning, "KNOWN", known)
    lightning.configure()
    assert known["lightning.Trainer"] is known["pytorch_lightning.Trainer"] is Trainer
