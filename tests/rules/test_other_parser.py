"""JR107: another library than argparse gives the parameters."""

from __future__ import annotations

import pytest

from tests.rules.tools import assert_clean, found

RUN = '    wandb.init(project="p", config={"lr": lr})\n    print(lr)\n'


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (
            "import click\n\n@click.command()\n@click.option('--lr')\ndef main(lr):\n",
            "click",
        ),
        ("import fire\n\nfire.Fire(train)\ndef train(lr):\n", "fire"),
        ("import typer\napp = typer.Typer()\n\n@app.command()\ndef main(lr):\n", "typer"),
        ("import tyro\nconf = tyro.cli(Config)\ndef main(lr):\n", "tyro"),
        ("import hydra\n\n@hydra.main(config_name='c')\ndef main(lr):\n", "hydra"),
        ("from pyrallis import wrap\n\n@wrap\ndef main(lr):\n", "pyrallis"),
        (
            "from absl import flags\nflags.DEFINE_float('lr', 1, '')\ndef main(lr):\n",
            "absl",
        ),
        (
            "import transformers\np = transformers.HfArgumentParser(A)\ndef f(lr):\n",
            "HfArgumentParser",
        ),
    ],
)
def test_a_library_that_job_values_do_not_get_to(text: str, name: str) -> None:
    ((_, _, message),) = found("JR107", "import wandb\n" + text + RUN)
    assert message.startswith(f"the parameters come from {name},")


def test_one_finding_for_all_options() -> None:
    text = "import click\nimport wandb\n@click.option('--lr')\n@click.option('--n')\n"
    assert len(found("JR107", text + "def main(lr, n):\n" + RUN)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "import click\n\nclick.echo('hello')\ndef main(lr):\n" + RUN,
        "import click\n\n@click.option('--lr')\ndef main(lr):\n    print(lr)\n",
        "import click\n@click.option('--lr')\ndef main(lr):\n"
        + RUN
        + "    wandb.config.lr\n",
        "from transformers import Trainer\ndef main(lr):\n" + RUN,
        "import hydra\nhydra.utils.instantiate(c)\ndef main(lr):\n" + RUN,
        "import argparse\nlr = argparse.ArgumentParser().parse_args().lr\nif lr:\n" + RUN,
        "from myproject import click\n@click.option('--lr')\ndef main(lr):\n" + RUN,
        "import click\n@click.option('--run')\ndef add(lr):\n"
        + RUN.replace("project", "id=lr, resume='must', project"),
        "from jsonargparse import CLI\ndef cli(*a):\n    return CLI(*a)\ndef f(lr):\n"
        + RUN,
        "from transformers import HfArgumentParser\np = HfArgumentParser(make())\n"
        "args = p.parse_args_into_dataclasses()\ndef f(lr):\n" + RUN,
    ],
    ids=[
        "echo",
        "no-run",
        "reads-config",
        "trainer",
        "instantiate",
        "argparse",
        "other-click",
        "resumes",
        "hands-on",
        "refused-by-jr101",
    ],
)
def test_a_script_whose_parameters_come_otherwise(text: str) -> None:
    assert_clean("JR107", "import wandb\n" + text)


LEFT_OVER = """\
import argparse

import hydra
import wandb


def options():
    parser = argparse.ArgumentParser()
    parser.add_argument("--lr", type=float, default=0.1)
    return parser.parse_args()


@hydra.main(config_name="c")
def main(cfg):
    wandb.init(project="p", config=dict(cfg))
    print(cfg.lr)


if __name__ == "__main__":
    main()
"""


def test_a_parse_that_nobody_calls_any_more_hides_nothing() -> None:
    (finding,) = found("JR107", LEFT_OVER)
    assert "the parameters come from hydra" in str(finding)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("    main()\n", "    args = options()\n    main()\n"),  # JR101 speaks of it
        ('if __name__ == "__main__":\n    main()\n', ""),  # others may import it
        ('@hydra.main(config_name="c")\n', ""),
    ],
)
def test_a_parse_that_somebody_may_call(old: str, new: str) -> None:
    assert old in LEFT_OVER
    assert_clean("JR107", LEFT_OVER.replace(old, new))
