"""Where scripts start their run, and what they show it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from hypothesis import strategies as st

from tests.generated.uses import Lines, Place, indented
from tests.generated.wanted import one_of

# How the run gets the parameters; the later ones are rarer.
CONFIGS = (
    *("the arguments", "their dict", "nothing", "an update"),
    *("other names", "more beside them", "a name for their dict", "something else", "some"),
)
SHAPES = ("inline", "bound", "with", "gated", "function", "lazy", "try")
IMPORTS = ("import wandb", "import wandb as wb", "from wandb import init", "guarded")


@dataclass(frozen=True)
class Shown:
    """What a run shows: the key of each parameter that has another name there."""

    renamed: dict[str, str]


@st.composite
def init_lines(
    draw: st.DrawFn,
    at: Place,
    imported: str,
    after: Sequence[str],
    wanted: str | None = None,
) -> tuple[Lines, Shown]:
    """The lines that start a run in place of `at`, those of ``after`` behind them.

    ``wanted`` is one of `CONFIGS`, None for any.
    """
    shape = draw(st.sampled_from(SHAPES[: 3 if at.clean else None]))
    module = {"import wandb as wb": "wb"}.get(imported, "wandb")
    by_name = imported == "from wandb import init"
    config = draw(one_of(wanted, CONFIGS[: 3 if at.clean else None]))
    if by_name and config == "an update":
        config = "the arguments"
    at.features.update((f"init {shape}", f"config: {config}", imported))
    inside = Place(at.parser, at.args, at.is_dict)
    if shape in ("function", "lazy") and not at.args.startswith("self."):
        inside.args = draw(st.sampled_from([at.args, "options", "args"]))
    before, given, behind, shown = _config(config, inside, module)
    extra = draw(_keywords(inside))
    called = f"{'init' if by_name else f'{module}.init'}({', '.join([*extra, *given])})"
    lines = [*before, called, *behind]
    if shape == "bound":
        lines = [*before, f"run = {called}", *behind, *after, "run.finish()"]
        return lines, shown
    if shape == "with":
        return [*before, f"with {called}:", *indented([*behind, *after] or ["pass"])], shown
    if shape == "gated":
        return [*_gate(at, lines, draw), *after], shown
    if shape == "try":
        lines = ["try:", *indented(lines), "finally:", *indented(['see("started", 1)'])]
        return [*lines, *after], shown
    if shape == "lazy" and imported == "import wandb":
        lines = ["import wandb", "", *lines]
    if shape in ("function", "lazy") and not at.args.startswith("self."):
        name = draw(st.sampled_from(["start", "track", "update"]))
        at.functions += [f"def {name}({inside.args}):", *indented(lines), "", ""]
        return [f"{name}({at.args})", *after], shown
    return [*lines, *after], shown


def _gate(at: Place, lines: Lines, draw: st.DrawFn) -> Lines:
    """The lines under a test: of a switch, a number or the import."""
    able = [p for p in at.always if at.read(p.dest)]
    switches = [p for p in able if p.kind.name in ("a switch", "a switch that is on")]
    tests = ["wandb is not None"] if "guarded" in at.features else []
    tests += [at.read(p.dest) for p in switches]
    tests += [f"not {at.read(p.dest)}" for p in switches]
    if not tests:
        return lines
    at.features.add("a gate")
    return [f"if {draw(st.sampled_from(tests))}:", *indented(lines)]


@st.composite
def _keywords(draw: st.DrawFn, at: Place) -> Lines:
    """Other arguments of the init, which may read parameters."""
    able = [p for p in at.always if at.read(p.dest)]
    kind = draw(st.sampled_from(["none", "project", "name"]))
    if kind == "name" and able:
        p = draw(st.sampled_from(able))
        return ['project="p"', f"name=str({at.read(p.dest)})"]
    return ['project="p"'] if kind == "project" else []


def _config(config: str, at: Place, module: str) -> tuple[Lines, Lines, Lines, Shown]:
    """Lines before, the ``config=`` argument, lines behind, and what is shown."""
    none = Shown({})
    if config == "the arguments":
        return [], [f"config={at.args}"], [], none
    if config == "their dict":
        return [], [f"config={at.whole}"], [], none
    if config == "an update":
        return [], [], [f"{module}.config.update({at.args})"], none
    if config == "more beside them":
        return [], [f'config={{**{at.whole}, "more": 1}}'], [], none
    if config == "a name for their dict":
        return [f"settings = {at.whole}"], ["config=settings"], [], none
    if config == "something else":
        return [], ['config={"more": 1}'], [], none
    if config in ("other names", "some"):
        able = [p for p in at.always if at.read(p.dest)]
        if config == "some":
            able = able[:1]
        renamed = {p.dest: f"the_{p.dest}" for p in able[:2]}
        if config == "some":
            renamed = {}
        items = [f'"{renamed.get(p.dest, p.dest)}": {at.read(p.dest)}' for p in able]
        return [], [f"config={{{', '.join(items)}}}"], [], Shown(renamed)
    return [], [], [], none
