"""Options that well-known functions of libraries add to a parser."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from jobready.script.model import Expression, Parameter
from jobready.script.source.place import Place

# By function the switches, off by default, and the options of a text, None by default.
# deepspeed 0.3 to 0.17; those before 0.9 add --deepspeed_mpi too, a switch like the others.
OPTIONS: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "deepspeed.add_config_arguments": (
        ("deepspeed", "deepscale"),
        ("deepspeed_config", "deepscale_config"),
    ),
}
# Of Lightning 1.x, which has an option for each parameter of its Trainer. Their names are a
# matter of its version; all of them take one value, or none where that may be true or false
# (read in 1.0.8, 1.5.10 and 1.9.5; 2.0 has no such method).
OF_A_TRAINER = frozenset(
    f"{module}.Trainer.add_argparse_args"
    for module in ("pytorch_lightning", "pytorch_lightning.trainer", "lightning.pytorch")
)
# What these versions have between them, to know such a name where a run shows it.
NAMES_OF_A_TRAINER = frozenset(
    """
    accelerator accumulate_grad_batches amp_backend amp_level auto_lr_find
    auto_scale_batch_size auto_select_gpus automatic_optimization benchmark
    check_val_every_n_epoch checkpoint_callback default_root_dir detect_anomaly
    deterministic devices distributed_backend enable_checkpointing enable_model_summary
    enable_progress_bar fast_dev_run flush_logs_every_n_steps gpus gradient_clip_algorithm
    gradient_clip_val inference_mode ipus limit_predict_batches limit_test_batches
    limit_train_batches limit_val_batches log_every_n_steps log_gpu_memory logger max_epochs
    max_steps max_time min_epochs min_steps move_metrics_to_cpu multiple_trainloader_mode
    num_nodes num_processes num_sanity_val_steps overfit_batches precision
    prepare_data_per_node process_position profiler progress_bar_refresh_rate
    reload_dataloaders_every_epoch reload_dataloaders_every_n_epochs replace_sampler_ddp
    resume_from_checkpoint stochastic_weight_avg strategy sync_batchnorm terminate_on_nan
    tpu_cores track_grad_norm truncated_bptt_steps val_check_interval weights_save_path
    weights_summary
    """.split()  # noqa: SIM905 - a list of them takes a page
)
# By what they are called the type, its kind, and what an option is without a value.
_TRAINERS: Mapping[str, tuple[str, str, object]] = {
    "a switch of the Trainer": ("str_to_bool", "own", True),
    "a number of the Trainer": ("int", "number", None),
    "a text of the Trainer": ("str", "str", None),
    "a setting of the Trainer": ("_gpus_allowed_type", "own", None),
}


def names_behind(parameters: Iterable[Parameter]) -> frozenset[str]:
    """The names that a run may show of options that stand for others."""
    stands_in = any(p.name in _TRAINERS and not p.named for p in parameters)
    return NAMES_OF_A_TRAINER if stands_in else frozenset()


def are_known(function: str) -> bool:
    """Whether it is known what a function adds to a parser that it is given."""
    return function in OPTIONS or function in OF_A_TRAINER


def added_by(function: str, place: Place) -> Iterator[Parameter]:
    """The parameters that a known function adds to the parser it is given.

    ``place`` is that of the call. Each gets a column of its own there, since it is by
    their places that parameters are told from one another.
    """
    added = _of_trainer(place) if function in OF_A_TRAINER else _of(function, place)
    for index, parameter in enumerate(added):
        yield replace(parameter, place=replace(place, column=place.column + index))


def _of(function: str, place: Place) -> Iterator[Parameter]:
    switches, texts = OPTIONS[function]
    for name in (*switches, *texts):
        switch = name in switches
        yield Parameter(
            name=name,
            flags=(f"--{name}",),
            type=None if switch else "str",
            default=False if switch else None,
            required=False,
            choices=None,
            nargs=0 if switch else None,
            action="store_true" if switch else "store",
            help=None,
            const=True if switch else None,
            has_default=True,
            place=place,
            type_kind="none" if switch else "str",
        )


def _of_trainer(place: Place) -> Iterator[Parameter]:
    """One option of each kind, in place of all that a Trainer has."""
    for name, (type_, kind, const) in _TRAINERS.items():
        yield Parameter(
            name=name,
            flags=(name,),
            type=type_,
            default=Expression(f"the default of {name}"),
            required=False,
            choices=None,
            nargs="?" if const else None,
            action="store",
            help=None,
            const=const,
            has_default=True,
            place=place,
            type_kind=kind,
            named=False,
        )
