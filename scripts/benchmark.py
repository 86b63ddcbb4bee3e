"""Prints what jobready costs: start-up, a hook with nothing to do, one migration.

    python scripts/benchmark.py

Medians of several runs, in milliseconds, beside a bare ``python -c pass``.
"""

from __future__ import annotations

import platform
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

RUNS = 15
JOBREADY = [sys.executable, "-m", "jobready"]
PARAMETER = '    parser.add_argument("--option-{0}", type=int, default={0})\n'
FUNCTION = """

def layer_{0}(x):
    # A layer that does what layers do.
    y = x * {0}
    for i in range(3):
        y += i * x
    return y
"""
SCRIPT = '''\
"""A training script of about five hundred lines."""

import argparse

import wandb
{functions}

def main():
    parser = argparse.ArgumentParser()
{parameters}    parser.add_argument("--amp", action="store_true")
    parser.add_argument("--model", choices=["mlp", "cnn"], default="mlp")
    args = parser.parse_args()
    wandb.init(config=args)
    wandb.log({{"loss": args.option_1, "model": args.model}})


if __name__ == "__main__":
    main()
'''


def median(
    command: list[str],
    script: Path | None = None,
    text: str = "",
    cwd: Path | None = None,
) -> float:
    """The median wall time of a command in milliseconds, of `RUNS` after one more.

    Before each run ``script`` gets its text back.
    """
    times = []
    for _ in range(RUNS + 1):
        if script is not None:
            script.write_text(text)
        start = time.perf_counter()
        ran = subprocess.run(command, cwd=cwd, capture_output=True, check=False)
        times.append(1000 * (time.perf_counter() - start))
        if ran.returncode != 0:
            raise SystemExit(f"{' '.join(command)} failed:\n{ran.stderr.decode()}")
    return statistics.median(times[1:])


def make_repository(script: Path, text: str) -> None:
    """A repository with one script and its requirements, committed, and a remote."""
    script.parent.mkdir()
    script.write_text(text)
    script.with_name("requirements.txt").write_text("wandb\n")
    git = ["git", "-c", "user.name=me", "-c", "user.email=me@example.com"]
    for words in (
        ("init", "-q"),
        ("add", "."),
        ("commit", "-q", "-m", "first"),
        ("remote", "add", "origin", "https://github.com/acme/repo.git"),
    ):
        subprocess.run([*git, *words], cwd=script.parent, check=True)


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as folder:
        plain = Path(folder, "plain.py")
        plain.write_text('"""Nothing to do here."""\n\nprint("hello")\n')
        script = Path(folder, "train.py")
        text = SCRIPT.format(
            functions="".join(FUNCTION.format(i) for i in range(52)),
            parameters="".join(PARAMETER.format(i) for i in range(60)),
        )
        script.write_text(text)
        lines = len(text.splitlines())

        print(f"Python {platform.python_version()}, medians of {RUNS} runs")
        bare = median([sys.executable, "-c", "pass"])

        def show(name: str, taken: float) -> None:
            print(f"{name:32}{taken:8.0f} ms  (+{taken - bare:.0f})")

        show("python -c pass", bare)
        show("jobready --help", median([*JOBREADY, "--help"]))
        show("check, nothing to do", median([*JOBREADY, "check", str(plain)]))
        hook = [*JOBREADY, "migrate", "--refusals=warn", str(plain)]
        show("migrate hook, nothing to do", median(hook))
        named = Path(folder, "repository", "train.py")
        make_repository(named, text)
        name = [*JOBREADY, "name", "train.py"]
        show("name, in a repository", median(name, cwd=named.parent))
        migrate = [*JOBREADY, "migrate", str(script)]
        show(f"migrate, {lines} lines", median(migrate, script, text))
        if script.read_text() == text:
            raise SystemExit("the script was not migrated")
    modules = "import sys, jobready.cli; print('wandb' in sys.modules)"
    ran = subprocess.run(
        [sys.executable, "-c", modules], capture_output=True, text=True, check=True
    )
    print(f"jobready.cli imports wandb: {ran.stdout.strip()}")


if __name__ == "__main__":
    main()
