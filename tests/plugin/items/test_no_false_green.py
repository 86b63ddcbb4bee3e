"""Rewrites that look right and aren't: the rehearsal goes red, with the line."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.plugin.items.rehearsing import HEAD, line_of, red, rehearsals

DOCUMENTED = "wandb.init(config=args)\nargs = wandb.config\n"
LOG = "wandb.log({'loss': args.lr * args.epochs})\n"

# Each with the line that is to be named, and what is said of it.
STALE = {
    "a value that was copied out before init": (
        HEAD + "args = parser.parse_args()\nlr = args.lr\n" + DOCUMENTED + LOG,
        "lr = args.lr",
        "lr is 0.1 here, and should be 0.05",
    ),
    "a value that something was derived from": (
        HEAD + "args = parser.parse_args()\nsteps = args.epochs * 3\n" + DOCUMENTED + LOG,
        "steps = args.epochs",
        "epochs is 2 here, and should be 4",
    ),
    "wandb.config = args, which records nothing": (
        HEAD + "args = parser.parse_args()\nwandb.init(config=args)\n"
        "wandb.config = args\n" + LOG.replace("args", "wandb.config"),
        "wandb.log",
        "lr is 0.1 here, and should be 0.05",
    ),
    "a Namespace that nobody reads back": (
        HEAD + "args = parser.parse_args()\nwandb.init(config=args)\n" + LOG,
        "wandb.log",
        "epochs is 2 here, and should be 4",
    ),
    "the config as defaults, so that fixed arguments win": (
        HEAD + "import json, os\n"
        "parser.set_defaults(**json.loads(os.environ.get('WANDB_CONFIG', '{}')))\n"
        "args = parser.parse_args()\nwandb.init(config=args)\n" + LOG,
        "wandb.log",
        "lr is 0.1 here, and should be 0.05",
    ),
    "a gate for the main process only": (
        HEAD + "import multiprocessing\nargs = parser.parse_args()\n"
        "def work(rank, args):\n"
        "    if rank == 0:\n"
        "        wandb.init(config=args)\n"
        "        args = wandb.config\n"
        "    loss = args.lr * args.epochs\n"
        "    if rank == 0:\n"
        "        wandb.log({'loss': loss})\n"
        "if __name__ == '__main__':\n"
        "    fork = multiprocessing.get_context('fork')\n"
        "    other = fork.Process(target=work, args=(1, args))\n"
        "    other.start()\n    other.join()\n    work(0, args)\n",
        "loss = args.lr",
        "lr is 0.1 here, and should be 0.05 (in the process ForkProcess-1)",
    ),
}


@pytest.mark.rehearsals
@pytest.mark.parametrize("shape", STALE)
def test_a_stale_read_is_named(tmp_path: Path, shape: str) -> None:
    text, part, said = STALE[shape]
    found = red(rehearsals(tmp_path, text).overridden())
    assert f"train.py:{line_of(text, part)}: {said}" in found
    assert part in found
    assert "Traceback" not in found


def test_a_type_that_is_lost_is_named(tmp_path: Path) -> None:
    text = HEAD + "parser.add_argument('--out', type=Path, default=Path('runs'))\n"
    text += "args = parser.parse_args()\n" + DOCUMENTED
    text += LOG.replace("args.epochs", "len(str(args.out))")
    found = red(rehearsals(tmp_path, text).as_it_is())
    line = line_of(text, "wandb.log")
    said = "out is 'runs' (str) here, and should be PosixPath('runs') (PosixPath)"
    assert f"train.py:{line}: {said}" in found


@pytest.mark.rehearsals
def test_a_config_that_is_changed_like_a_namespace_is_named(tmp_path: Path) -> None:
    text = HEAD + "args = parser.parse_args()\n" + DOCUMENTED + "args.lr *= 2\n" + LOG
    found = red(rehearsals(tmp_path, text).as_it_is())
    assert f"train.py:{line_of(text, 'args.lr *= 2')}: ConfigError" in found


@pytest.mark.rehearsals
def test_a_required_option_that_no_job_gives_is_argparses_error(tmp_path: Path) -> None:
    text = HEAD + "parser.add_argument('--data', required=True)\n"
    text += "args = parser.parse_args()\n" + DOCUMENTED + LOG
    takes = rehearsals(tmp_path, text, args=("--data", "x"))
    found = red(takes.cloned())
    assert "without a command line, it never reaches wandb.init" in found
    assert "the following arguments are required: --data" in found


@pytest.mark.rehearsals
def test_a_gate_that_the_launch_does_not_open_is_named(tmp_path: Path) -> None:
    text = HEAD + "parser.add_argument('--track', action='store_true')\n"
    text += "args = parser.parse_args()\nif args.track:\n    wandb.init(config=args)\n"
    text += "    wandb.log({'loss': args.lr})\n"
    takes = rehearsals(tmp_path, text, args=("--track",))
    found = red(takes.cloned())
    assert f"train.py:{line_of(text, 'if args.track')}: the launched values don't" in found


@pytest.mark.rehearsals
def test_a_parameter_that_nothing_reads_is_never_green(tmp_path: Path) -> None:
    text = HEAD + "args = parser.parse_args()\n" + DOCUMENTED
    text += "wandb.log({'loss': args.lr})\nprint(args.epochs)\n"
    from tests.plugin.items.rehearsing import expected, facts

    verdict = rehearsals(tmp_path, text).overridden()
    said = expected(verdict)
    assert "1 of 2 parameters proven; not proven: epochs (nothing read it before" in said
    assert facts(verdict)["jobready_proven"] == "1"
