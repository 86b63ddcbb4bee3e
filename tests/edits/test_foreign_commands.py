"""Scripts whose runs are started by a command of click or typer, and which parse, too."""

from __future__ import annotations

from pathlib import Path

import pytest

from jobready.edits.plan import Plan
from jobready.outcome import Refused
from tests.edits.test_across_files import decided
from tests.edits.tools import check_refused

COMMANDS = """\
import click


@click.group()
def cli():
    pass


@cli.command()
@click.argument("path")
def train(path):
    from loop import run

    run({"path": path})


@cli.command()
@click.option("--lr", default="0.1")
def sweep(lr):
    from mine import main

    main(["--lr", lr])


if __name__ == "__main__":
    cli()
"""
TYPED = """\
import typer

from loop import run
from mine import main

app = typer.Typer()


@app.command()
def train(path: str):
    run({"path": path})


@app.command()
def sweep(lr: str):
    main(["--lr", lr])


app()
"""
PARSING = """\
import argparse


def main(argv=None):
    parser = argparse.ArgumentParser()
    parser.add_argument("--lr", type=float, default=0.1)
    args = parser.parse_args(argv)
    print(args.lr)
    return args
"""
RUNNING = """\
import wandb


def run(config):
    wandb.init(config=config)
"""
ONE_FILE = """\
import argparse

import click
import wandb


@click.command()
def sweep():
    parser = argparse.ArgumentParser()
    parser.add_argument("--lr", type=float, default=0.1)
    print(parser.parse_args([]).lr)


@click.command()
@click.option("--lr", type=float)
def train(lr):
    wandb.init(config={"lr": lr})
"""


@pytest.mark.parametrize(
    ("script", "library", "line"), [(COMMANDS, "click", 11), (TYPED, "typer", 10)]
)
def test_a_run_of_another_command(
    script: str, library: str, line: int, tmp_path: Path
) -> None:
    _, refused = decided(tmp_path, script, mine=PARSING, loop=RUNNING)
    assert isinstance(refused, Refused)
    (reason,) = refused.reasons
    assert reason.message == f"parameters are read by {library}, which is not supported yet"
    assert reason.file is None
    assert reason.line == line


def test_a_run_that_no_command_is_seen_to_start(tmp_path: Path) -> None:
    script = COMMANDS.replace("run({", "globals()['run']({")
    script = script.replace("    from loop import run\n", "    import loop\n")
    running = RUNNING + "\n\nrun({})\n"
    _, refused = decided(tmp_path, script, mine=PARSING, loop=running)
    assert isinstance(refused, Refused)


def test_commands_of_one_file() -> None:
    check_refused(ONE_FILE, "parameters are read by click", 16)


def test_a_run_that_another_command_starts_too(tmp_path: Path) -> None:
    parsing = PARSING.replace("    return args\n", "    run(vars(args))\n")
    parsing = f"from loop import run\n{parsing}"
    _, refused = decided(tmp_path, COMMANDS, mine=parsing, loop=RUNNING)
    assert isinstance(refused, Refused)
    assert refused.reasons[0].line == 11


def test_the_only_run_is_of_the_command_that_parses(tmp_path: Path) -> None:
    script = COMMANDS.replace(
        '    from loop import run\n\n    run({"path": path})\n', "    print(path)\n"
    )
    parsing = PARSING.replace("    return args\n", "    run(vars(args))\n")
    parsing = f"from loop import run\n{parsing}"
    _, plan = decided(tmp_path, script, mine=parsing, loop=RUNNING)
    assert isinstance(plan, Plan), plan


def test_a_command_that_hands_on_what_it_parsed(tmp_path: Path) -> None:
    script = COMMANDS.replace(
        '    run({"path": path})', "    from mine import main\n\n    run(vars(main([])))"
    )
    _, plan = decided(tmp_path, script, mine=PARSING, loop=RUNNING)
    assert isinstance(plan, Plan), plan


def test_a_script_that_parses_by_itself(tmp_path: Path) -> None:
    script = "from loop import run\nfrom mine import main\n\nrun(vars(main()))\n"
    tools = COMMANDS.replace("    from loop import run\n\n    run", "    print")
    parsing = f"{PARSING}\n\n{tools.replace('from mine import main', 'pass')}"
    _, plan = decided(tmp_path, script, mine=parsing, loop=RUNNING)
    assert isinstance(plan, Plan), plan


def test_click_for_what_it_prints(tmp_path: Path) -> None:
    script = "import click\n\nfrom loop import run\nfrom mine import main\n\n"
    script += "args = main()\nclick.echo(args.lr)\nrun(vars(args))\n"
    _, plan = decided(tmp_path, script, mine=PARSING, loop=RUNNING)
    assert isinstance(plan, Plan), plan
