"""What a stand-in does that scripts ask of a library."""

from __future__ import annotations

import argparse
import inspect
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from jobready.script.parsers.launch_function import DOCSTRING
from pytest_jobready.recorder.jobready_recorder import dataclass_arguments
from pytest_jobready.recorder.jobready_recorder.missing_files import save
from pytest_jobready.recorder.jobready_recorder.reads import JOB_ARGS
from pytest_jobready.recorder.jobready_recorder.stand_ins import (
    StandIn,
    StandInModule,
    is_stand_in,
)
from pytest_jobready.recorder.jobready_recorder.trackers import LightningModule

torch: Any = StandInModule("torch")


class Encoder(torch.nn.Module):  # type: ignore[misc]
    """A class of the user's."""


def test_those_of_one_name_are_one_key() -> None:
    assert len({irrep.mul for irrep in torch.irreps}) == 1
    assert len({torch.a, torch.b}) == 2


def test_a_keyword_of_the_base_may_be_a_property_of_the_class() -> None:
    class Own(torch.Trainer):  # type: ignore[misc]
        @property
        def tokenizer(self) -> str:
            return "own"

    own = Own(tokenizer="given", model="given")
    assert (own.tokenizer, own.model) == ("own", "given")


def test_a_question_is_answered_and_may_be_a_tensor_too() -> None:
    assert torch.cuda.device_count() == 1
    assert torch.distributed.is_initialized() is False
    assert torch.strategy.is_rank_0() is True
    assert torch.trainer.is_main_rank() is False
    assert StandInModule("diffusers").utils.is_wandb_available() is True
    assert StandInModule("accelerate").state.deepspeed_plugin is None
    assert is_stand_in(torch.tensor(1).is_leaf.cpu())


def test_what_a_library_gives_may_be_of_the_users_class() -> None:
    wrapped = torch.compile(3)
    assert isinstance(wrapped, Encoder)
    assert issubclass(torch.nn.Linear, Encoder)
    assert not isinstance(3, Encoder)
    assert not issubclass(int, Encoder)


def test_functions_are_decorated_called_or_given_to_data() -> None:
    def loss() -> int:
        return 3

    assert torch.jit.script(loss) is loss
    assert torch.optim.Adam().step(loss) == 3
    for data in (
        torch.data().map(loss),
        torch.table().groupby("a").agg(loss),
        torch.strategy.distribute_datasets_from_function(loss),
    ):
        assert isinstance(data, StandIn)


def test_nothing_is_missing_in_data() -> None:
    assert not torch.isnan(torch.loss)
    assert not torch.table()["a"].isna().any()
    assert is_stand_in(torch.table().isnull().sum())


def test_keys_are_given_by_a_mapping_or_a_field_of_data() -> None:
    assert len(list(torch.model().state_dict().keys())) == 2
    assert dict(**torch.options()) == {}
    assert is_stand_in(torch.data().keys.input_ids)


def test_a_walk_through_a_module_ends() -> None:
    def walk(module: Any) -> int:
        return 1 + sum(walk(child) for child in module.children())

    assert walk(torch.model()) == 3
    assert torch.model()._modules == {}


def test_a_warning_can_be_filtered_and_an_exception_caught() -> None:
    assert issubclass(torch.VisibleDeprecationWarning, Warning)
    assert not issubclass(torch.OutOfMemoryError, Warning)


def test_a_checkpoint_leaves_a_file(tmp_path: Path) -> None:
    save({}, tmp_path / "model.pt")
    assert (tmp_path / "model.pt").exists()
    save({}, torch.buffer)  # which is no file


def test_a_lightning_module_keeps_its_parameters() -> None:
    class Model(LightningModule):
        def __init__(self, lr: float, layers: int = 2) -> None:
            super().__init__()
            self.save_hyperparameters()

    hparams = Model(0.5).hparams
    assert (hparams.lr, hparams["layers"]) == (0.5, 2)
    model = LightningModule()
    model.save_hyperparameters(argparse.Namespace(lr=0.1), {"layers": 3})
    assert (model.hparams.lr, model.hparams.get("layers")) == (0.1, 3)


def test_the_function_for_a_launch_is_known_by_its_docstring() -> None:
    assert JOB_ARGS == DOCSTRING


def test_the_only_process_keeps_what_it_broadcasts() -> None:
    found, error = torch.utils.broadcast_object_list(["folder", None])
    assert (found, error) == ("folder", None)


def test_a_version_is_text_or_what_has_it() -> None:
    assert torch.__version__.split(".")[0] == "2"
    assert (torch.backends.cudnn.version(), torch.version.cuda) == ("2.0.0", "2.0.0")
    # That of what is stood in for as it is in one version.
    dataclass_arguments.configure()
    assert StandInModule("transformers").__version__ == "4.57.0"


def test_a_stand_in_has_the_name_of_what_it_is() -> None:
    assert torch.nn.Linear.__name__ == torch.nn.Linear.__qualname__ == "Linear"
    assert is_stand_in(torch.nn.Linear.forward.__func__)
    assert is_stand_in(torch.model().__class__.forward)


def test_a_stand_in_takes_any_arguments() -> None:
    assert str(inspect.signature(torch.model().forward)) == "(*args, **kwargs)"


def test_help_is_made_of_the_types_of_models() -> None:
    transformers: Any = StandInModule("transformers")
    configs = list(transformers.MODEL_FOR_CAUSAL_LM_MAPPING.keys())
    assert ", ".join(c.model_type for c in configs) == "bert, bert"


def test_what_switches_something_off_is_read_as_such() -> None:
    transformers: Any = StandInModule("transformers")
    assert transformers.utils.strtobool("False") == 0
    assert transformers.utils.strtobool("on") == 1


def test_a_dataclass_calls_what_its_base_does_with_the_fields() -> None:
    @dataclass
    class Config(torch.LoraConfig):  # type: ignore[misc]
        alpha: int = 32

        def __post_init__(self) -> None:
            super().__post_init__()
            self.alpha *= 2

    assert Config().alpha == 64


def test_a_class_may_derive_from_two_trainers(monkeypatch: pytest.MonkeyPatch) -> None:
    known: dict[str, Any] = {}
    monkeypatch.setattr(dataclass_arguments, "KNOWN", known)
    dataclass_arguments.configure()
    bases = (known["trl.PPOTrainer"], known["transformers.Trainer"])
    assert type("Own", bases, {})(args=1).args == 1


def test_a_tokenizer_has_text_for_the_end() -> None:
    transformers: Any = StandInModule("transformers")
    tokenizer = transformers.AutoTokenizer.from_pretrained("gpt2")
    assert " ".join(["a", tokenizer.eos_token]) == "a </s>"
    assert transformers.load().generation_config.to_dict() == {}


def test_a_stand_in_is_a_number_to_a_real_numpy(monkeypatch: pytest.MonkeyPatch) -> None:
    class Numpy:
        @staticmethod
        def array(value: float, dtype: type | None) -> Any:
            return (dtype or float)(value)

    monkeypatch.setitem(sys.modules, "numpy", Numpy())
    assert torch.tensor(1).__array__(dtype=int) == 1
