"""Scripts of which the run isn't in sight: left alone, or refused where there is one."""

from __future__ import annotations

import pytest

from tests.edits.tools import CLEAN, check_noop, check_refused, migrated

PARSE = CLEAN + "args = parser.parse_args()\n"
LINE = PARSE.count("\n") + 1


@pytest.mark.parametrize(
    "start",
    [
        "start = partial(wandb.init, project='p')",
        "start = wandb.init",
        "retry(wandb.init, 3)",
    ],
)
def test_an_init_that_is_handed_on_is_refused(start: str) -> None:
    script = f"{PARSE}{start}\nstart(config=args)\n"
    check_refused(script, "wandb.init may start a run in a way that isn't followed", LINE)


@pytest.mark.parametrize(
    "line",
    ["wandb.login()", "parser.init = 3", "init = model.init", "print(init, wandb)"],
)
def test_what_is_only_called_alike_starts_no_run(line: str) -> None:
    check_noop(f"{PARSE}{line}\n", "no run is seen: --add-init would add one")


def test_an_init_that_is_called_too_is_followed() -> None:
    script = f"{PARSE}print(wandb.init)\nwandb.init(config=args)\nprint(args.lr)\n"
    assert "args = wandb.config" in getattr(migrated(script), "text", "")


def test_an_init_is_added_behind_a_name_with_a_type() -> None:
    typed = PARSE.replace("args = p", "args: object = p").replace("import wandb\n", "")
    text = getattr(migrated(typed, add_init=True), "text", "")
    assert "job_args(parser))\nwandb.init(config=args)\n" in text
