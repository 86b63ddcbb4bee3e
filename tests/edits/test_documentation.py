"""The example of W&B's documentation: what we write is what it says."""

from __future__ import annotations

from tests.edits.tools import check_noop, check_rewritten

# https://docs.wandb.ai/platform/launch: "Create a launch job", argparse.
DOCUMENTATION = """\
import argparse
import wandb

parser = argparse.ArgumentParser()
parser.add_argument("--learning_rate", type=float, default=0.01)
parser.add_argument("--batch_size", type=int, default=32)
args = parser.parse_args()

# Pass the arguments to wandb.init to store them in
# wandb.config and allow the launch agent to modify them.
wandb.init(config=args)

"""
READ_BACK_COMMENT = """\
# Use the values in wandb.config instead of args. This is where
# the values of the launch agent arrive.
"""
READ_BACK = "args = wandb.config\n"
READS = "print(args.learning_rate, args.batch_size)\n"


def without_comments_and_blanks(text: str) -> list[str]:
    lines = [line.rstrip() for line in text.splitlines()]
    return [line for line in lines if line and not line.startswith("#")]


def test_the_example_less_its_last_line_becomes_the_example() -> None:
    before = DOCUMENTATION + READS
    start = DOCUMENTATION.removesuffix("\n")
    outcome = check_rewritten(before, start + READ_BACK + "\n" + READS, "config")
    whole = DOCUMENTATION + READ_BACK_COMMENT + READ_BACK + READS
    assert without_comments_and_blanks(outcome.text) == without_comments_and_blanks(whole)


def test_the_documentations_example_is_unchanged() -> None:
    check_noop(DOCUMENTATION + READ_BACK_COMMENT + READ_BACK, "wandb.config")


def test_the_example_with_reads_behind_it_is_unchanged() -> None:
    check_noop(DOCUMENTATION + READ_BACK_COMMENT + READ_BACK + READS)


def test_the_documented_lines_in_a_function_are_unchanged() -> None:
    body = (DOCUMENTATION.partition("\n\n")[2] + READ_BACK + READS).splitlines()
    indented = "\n".join(f"    {line}" if line else "" for line in body)
    check_noop(f"import argparse\nimport wandb\n\n\ndef main():\n{indented}\n\n\nmain()\n")
