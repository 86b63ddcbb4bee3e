"""The ``config=`` that a ``wandb.init`` gets: which of the names in sight."""

from __future__ import annotations

import pytest

from jobready.outcome import Refused, Rewritten
from tests.edits.tools import CLEAN, NEEDY, migrated, shown_apart


def init_of(rest: str) -> str:
    """The line of a migrated script that starts its run."""
    outcome = migrated(NEEDY + rest)
    assert isinstance(outcome, Rewritten), outcome
    return next(x for x in outcome.text.splitlines() if "wandb.init(" in x).strip()


def refusal(rest: str) -> str:
    """The first reason why a script is left alone."""
    outcome = migrated(NEEDY + rest)
    assert isinstance(outcome, Refused), outcome
    return outcome.reasons[0].message


def doubt(rest: str) -> str:
    """Why it can't be told what the run's config shows."""
    return "; ".join(shown_apart(migrated(NEEDY + rest)))


STAGES = """
first = argparse.ArgumentParser(add_help=False)
first.add_argument("--preset")
a_stage, rest = first.parse_known_args()
parser.add_argument("--lr", type=float, default=0.1)
z_args = parser.parse_args(rest)
wandb.init()
print(z_args.lr)
"""
METHODS = """
class Trainer:
    def __init__(self):
        self.args = parser.parse_args()

    def fit(self):
        wandb.init()
        print(self.args.data)

Trainer().fit()
"""


def test_all_stages_are_shown() -> None:
    shown = "{**vars(a_stage), **vars(z_args)}"
    assert init_of(STAGES) == f"wandb.init(config={shown})"


def test_a_first_stage_that_has_no_name_of_its_own() -> None:
    stages = STAGES.replace("a_stage, rest = first.parse_known_args()", "rest = read()")
    stages = f"def read():\n    return first.parse_known_args()[1]\n{stages}"
    assert init_of(stages) == "wandb.init(config=z_args)"


def test_arguments_on_self() -> None:
    assert init_of(METHODS) == "wandb.init(config=self.args)"


def test_arguments_that_self_gets_too_late() -> None:
    late = METHODS.replace("__init__", "later")
    assert "no name there holds the parsed arguments" in refusal(late)


FIRST = METHODS.replace("self.args =", "self.fit()\n        self.args =")
BASE = """
class Base:
    def __init__(self):
        self.fit()
"""


@pytest.mark.parametrize(
    "rest",
    [
        FIRST,
        FIRST.replace("self.fit()", "start(self)") + "def start(it):\n    it.fit()\n",
        BASE
        + FIRST.replace("Trainer:", "Trainer(Base):").replace(
            "self.fit()", "super().__init__()"
        ),
    ],
)
def test_arguments_that_self_gets_when_the_run_has_started(rest: str) -> None:
    assert "no name there holds the parsed arguments" in refusal(rest)


def test_arguments_that_self_has_when_the_run_starts() -> None:
    after = METHODS.replace("parse_args()\n", "parse_args()\n        self.fit()\n", 1)
    assert init_of(after.replace("Trainer().fit()", "Trainer()")) == (
        "wandb.init(config=self.args)"
    )


STARTED = "args = parser.parse_args()\nrun = wandb.init()\nprint(args.data)\n"


@pytest.mark.parametrize(
    "later",
    [
        "wandb.config.data = args.data + '2'",
        "run.config['data'] = args.data + '2'",
        "run.config.update({'data': args.data + '2'})",
        "wandb.config.update(dict(data=args.data + '2'))",
    ],
)
def test_a_key_that_later_gets_another_value(later: str) -> None:
    assert "W&B refuses once it shows the parameter" in refusal(f"{STARTED}{later}\n")


@pytest.mark.parametrize(
    "later",
    [
        "wandb.config.size = len(args.data)",
        "run.config.update({'data': args.data + '2'}, allow_val_change=True)",
        "wandb.config.setdefaults({'data': args.data + '2'})",
        "other['data'] = args.data + '2'",
    ],
)
def test_a_key_that_may_get_another_value(later: str) -> None:
    assert init_of(f"{STARTED}{later}\n") == "run = wandb.init(config=args)"


DEFAULTS = """
parser.set_defaults(data="d")
shown = parser.parse_args([])
args = parser.parse_args()
wandb.init()
print(args.data, shown.data)
"""


def test_a_parse_of_no_words_only_shows_the_defaults() -> None:
    outcome = migrated(NEEDY + DEFAULTS)
    assert isinstance(outcome, Rewritten), outcome
    assert "shown = parser.parse_args([])\n" in outcome.text
    assert "wandb.init(config=args)" in outcome.text


NOTEBOOK = """
import sys
if "ipykernel" in __import__("os").environ:
    args = parser.parse_args([])
else:
    args = parser.parse_args()
wandb.init(config=args)
"""


def test_a_parse_for_a_notebook_is_launched_too() -> None:
    outcome = migrated(NEEDY + NOTEBOOK)
    assert isinstance(outcome, Rewritten), outcome
    assert "parse_args(job_args(parser))" in outcome.text


@pytest.mark.parametrize(
    "action", ['action="count", default=0', "type=json.loads, default={}"]
)
def test_a_group_that_excludes_what_no_words_give(action: str) -> None:
    group = f"""
import json
group = parser.add_mutually_exclusive_group()
group.add_argument("--quiet", action="store_true")
group.add_argument("--more", {action})
args = parser.parse_args()
wandb.init(config=args)
"""
    assert (
        refusal(group) == "--more excludes other options, and has values that no words give"
    )


def test_a_last_stage_with_no_more_parameters_than_the_first() -> None:
    stages = STAGES.replace('parser.add_argument("--lr", type=float, default=0.1)\n', "")
    shown = "{**vars(a_stage), **vars(z_args)}"
    found = init_of(stages.replace("z_args.lr", "z_args.data"))
    assert found == f"wandb.init(config={shown})"


@pytest.mark.parametrize(
    "copied",
    [
        "a = {k: v for k, v in vars(args).items() if v}",
        'a = dict(vars(args))\na["lr"] = 3',
        "defaults = parser.parse_args([])",
    ],
)
def test_a_copy_that_is_changed_or_lacks_some_is_not_shown(copied: str) -> None:
    rest = f"args = parser.parse_args()\n{copied}\nwandb.init()\nprint(args.data)\n"
    assert init_of(rest) == "wandb.init(config=args)"


FOR_MAIN = """
def train(lr):
    wandb.init()
    print(lr)

if __name__ == "__main__":
    args = parser.parse_args()
    train(args.data)
"""


def test_a_name_that_only_the_main_file_has() -> None:
    assert init_of(FOR_MAIN) == 'wandb.init(config={"data": lr})'  # not by args


def test_a_name_that_only_the_main_file_has_and_the_function_reads_already() -> None:
    rest = FOR_MAIN.replace("print(lr)", "print(lr, args.data)")
    assert init_of(rest) == "wandb.init(config=args)"


def test_a_config_that_may_be_a_runs() -> None:
    rest = "args = parser.parse_args()\nwandb.init()\ntracker().config.update(args)\n"
    assert "may get into the run's config here" in refusal(rest)


KEYWORDS = """
def complete(given):
    given["config"] = vars(args)

args = parser.parse_args()
keywords = {"project": "p"}
complete(keywords)
wandb.init(**keywords)
"""


@pytest.mark.parametrize(
    "change",
    [
        "complete(keywords)",
        "keywords = more(keywords)",
        "k = keywords\nk.update()",
        "keywords['config'] = {}\nkeywords['config']['lr'] = 1",
        "keywords['config'] = {'lr': 1}\nkeywords['config'].update(vars(args))",
    ],
)
def test_keywords_that_may_hold_a_config_by_then(change: str) -> None:
    rest = KEYWORDS.replace("complete(keywords)", change)
    assert "**keywords that are made elsewhere" in doubt(rest)


@pytest.mark.parametrize(
    "change", ["keywords['config'] = {}", "keywords.update(config=None)"]
)
def test_keywords_that_hold_an_empty_config_take_no_other(change: str) -> None:
    rest = KEYWORDS.replace("complete(keywords)", change)
    assert "given its config in **keywords" in doubt(rest)


@pytest.mark.parametrize(
    "use",
    [
        "print(keywords)",
        "run(**keywords)",
        "keywords['entity'] = args.data",
        "keywords['name'] = {}\nkeywords['name'].clear()",
    ],
)
def test_keywords_that_hold_none(use: str) -> None:
    rest = KEYWORDS.replace("complete(keywords)", use)
    assert init_of(rest) == "wandb.init(**keywords, config=args)"


@pytest.mark.parametrize(
    "rest",
    [
        'kw = {"config": seen}\nseen["data"] = 3\n',
        'if ODD:\n    kw = {"config": seen}\nelse:\n    del seen["data"]\n'
        '    kw = {"config": seen, "id": "a"}\n',
    ],
)
def test_a_config_that_changes_once_it_is_among_keywords(rest: str) -> None:
    start = f"args = parser.parse_args()\nseen = dict(vars(args))\n{rest}"
    outcome = migrated(f"{NEEDY}{start}wandb.init(**kw)\n")
    assert shown_apart(outcome)


def test_a_config_that_changes_once_the_run_has_started() -> None:
    start = "args = parser.parse_args()\nseen = dict(vars(args))\n"
    rest = f'{start}kw = {{"config": seen}}\nwandb.init(**kw)\nseen["data"] = 3\n'
    assert isinstance(migrated(NEEDY + rest), Rewritten)


BRANCHES = """
args = parser.parse_args()
if team():
    keywords = {"entity": team(), "config": args}
else:
    keywords = {"config": args}
keywords["name"] = args.data
wandb.init(**keywords)
"""


def test_keywords_that_each_branch_spells_out() -> None:
    outcome = migrated(NEEDY + BRANCHES)
    assert isinstance(outcome, Rewritten)
    assert "wandb.init(**keywords)\n" in outcome.text
    without = BRANCHES.replace(', "config": args', "").replace(
        '"config": args', '"id": "a"'
    )
    assert init_of(without) == "wandb.init(**keywords, config=args)"


@pytest.mark.parametrize(
    ("line", "instead"),
    [
        ('{"config": args}', '{"project": "p"}'),
        ('{"config": args}', '{"config": more()}'),
        ('{"config": args}', '{"config": {"data": args.data}}'),
        ('{"config": args}', '{**more(), "config": args}'),
        ('{"config": args}', '{key(): 1, "config": args}'),
        ('{"config": args}', "more()"),
        (
            '    keywords = {"config": args}',
            '    args = more()\n    keywords = {"config": args}',
        ),
        ('keywords["name"]', 'keywords["config"]'),
        ('keywords["name"]', "keywords[key()]"),
        ('keywords["name"] = args.data', "complete(keywords)"),
        ('keywords["name"] = args.data', "keywords.update(more())"),
        ('keywords["name"] = args.data', "for keywords in more():\n    break"),
    ],
)
def test_keywords_of_which_a_branch_may_give_another_config(
    line: str, instead: str
) -> None:
    assert line in BRANCHES
    assert "**keywords that are made elsewhere" in doubt(BRANCHES.replace(line, instead))


TRIALS = """
base = parser.parse_args()
for n in range(3):
    args = parser.parse_args(["--data", str(n)])
    wandb.init(config=args, reinit=True)
    print(args.data, base.data)
"""


def test_words_that_the_script_writes_one_by_one_stay_its_own() -> None:
    outcome = migrated(NEEDY + TRIALS)
    assert isinstance(outcome, Rewritten), outcome
    assert 'args = parser.parse_args(["--data", str(n)])' in outcome.text
    assert "base = parser.parse_args(sys.argv[1:] + job_args(parser))" in outcome.text


def test_words_that_hold_those_of_the_command_line() -> None:
    trials = TRIALS.replace('"--data", str(n)', "*sys.argv[1:]")
    outcome = migrated(f"import sys\n{NEEDY}{trials}")
    assert isinstance(outcome, Rewritten), outcome
    assert outcome.text.count("+ job_args(parser))") == 2


OTHER_DEFAULTS = """
first = argparse.ArgumentParser(add_help=False)
first.add_argument("--seed", type=int, default=1)
early, _ = first.parse_known_args()
parser.add_argument("--seed", type=int, default=2)
args = parser.parse_args()
wandb.init(config=args)
"""


SAME = OTHER_DEFAULTS.replace("default=1", "default=2")


@pytest.mark.parametrize(
    "other",
    [
        OTHER_DEFAULTS,
        SAME.replace("type=int, default=2)\nearly", "default=2)\nearly"),
        SAME.replace("type=int, default=2)\nearly", "type=int, nargs=1, default=2)\nearly"),
        SAME.replace('first.add_argument("--seed"', 'first.add_argument("-s", dest="seed"'),
    ],
)
def test_two_parsers_with_other_parameters_of_one_name(other: str) -> None:
    message = "'seed' is another parameter in an earlier parse (line 9)"
    assert refusal(other) == message


def test_two_parsers_with_the_same_parameter() -> None:
    assert init_of(SAME) == "wandb.init(config=args)"
    assert (
        init_of(SAME.replace('"--seed"', '"--seed", "-s"', 1)) == "wandb.init(config=args)"
    )


TWICE = """
parser.add_argument("--on", dest="amp", action="store_true")
parser.add_argument("--off", dest="amp", action="store_false")
early, _ = parser.parse_known_args()
args = parser.parse_args()
wandb.init(config=args)
"""


def test_a_parser_that_parses_twice_has_the_same_parameters_both_times() -> None:
    assert init_of(TWICE) == "wandb.init(config=args)"


ELSEWHERE = """
parser.add_argument("--track", action="store_true")
args = parser.parse_args()
if args.track:
    start_run(config=vars(args))
else:
    wandb.init(mode="disabled")
print(args.data)
"""


def test_a_run_that_is_disabled_needs_no_config_and_no_gate() -> None:
    outcome = migrated(f"from runs import start_run\n{NEEDY}{ELSEWHERE}")
    assert isinstance(outcome, Rewritten), outcome
    assert '    wandb.init(mode="disabled")\n' in outcome.text
    assert not [r for r in outcome.reasons if "the run" in r.message]
    opened = migrated(f"from runs import start_run\n{NEEDY}{ELSEWHERE}", unsafe_fixes=True)
    assert opened == outcome


@pytest.mark.parametrize("required", ["", 'parser.set_defaults(data="d")'])
def test_a_run_that_is_resumed_keeps_its_config(required: str) -> None:
    resumed = 'wandb.init(id="a1", resume="must")'
    rest = f"{required}\nargs = parser.parse_args()\n{resumed}\nprint(args.data)\n"
    assert init_of(rest) == resumed
    outcome = migrated(NEEDY.replace(", required=True", "") + rest)
    assert isinstance(outcome, Rewritten), outcome
    assert outcome.forms == ("argv",)
    note = "note: the run that is resumed keeps its config, without these parameters"
    assert note in [r.message for r in outcome.reasons]


@pytest.mark.parametrize("resume", ['"allow"', "True", '"must" if args.data else None'])
def test_a_run_that_may_go_on_with_its_own_gets_the_config(resume: str) -> None:
    rest = f"args = parser.parse_args()\nwandb.init(resume={resume})\nprint(args.data)\n"
    assert init_of(rest) == f"wandb.init(resume={resume}, config=args)"


GOES_ON = """
args = parser.parse_args()
if args.data.startswith("run:"):
    {init}
else:
    wandb.init(config=args)
print(args.data)
"""


def test_a_run_that_another_init_has_begun_keeps_its_config() -> None:
    resumed = 'wandb.init(id=args.data[4:], resume="allow")'
    outcome = migrated(NEEDY + GOES_ON.format(init=resumed))
    assert isinstance(outcome, Rewritten), outcome
    assert resumed in outcome.text


@pytest.mark.parametrize(
    "init",
    [
        'wandb.init(resume="allow")',
        "wandb.init(id=args.data)",
        'wandb.init(id="run-" + args.data, resume="allow")',
        'own = f"run-{args.data}"\n    wandb.init(id=own, resume="allow")',
        "wandb.init()",
    ],
)
def test_a_run_of_its_own_beside_another_gets_the_config(init: str) -> None:
    outcome = migrated(NEEDY + GOES_ON.format(init=init))
    assert isinstance(outcome, Rewritten), outcome
    assert outcome.text.count("config=args") == 2


FAMILY = """
base = argparse.ArgumentParser(add_help=False)
base.add_argument("--lr", type=float, default=0.1)
parser = argparse.ArgumentParser(parents=[base])
shown = argparse.ArgumentParser(parents=[base]).parse_args([])
early, rest = base.parse_known_args()
parser.set_defaults(**load(early))
args = parser.parse_args()
wandb.init(config=args)
"""


def test_parsers_that_share_a_parent() -> None:
    outcome = migrated(NEEDY + FAMILY)
    assert isinstance(outcome, Rewritten), outcome
    assert "(parents=[base]).parse_args([])" in outcome.text
    assert "args = parser.parse_args(sys.argv[1:] + job_args(parser))" in outcome.text


def test_a_parser_without_a_name_in_a_class() -> None:
    rest = "def make():\n    return parser\nclass A:\n    args = make().parse_args()\n"
    assert "leaves no room for one" in refusal(f"{rest}    wandb.init(config=args)\n")


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("**how(), config=args", "wandb.init(**how(), config=args)"),
        ("config=vars(args), **how()", "wandb.init(config=vars(args), **how())"),
        ("**how(), config={'n': 1}", "wandb.init(**how(), config={**vars(args), 'n': 1})"),
    ],
)
def test_keywords_that_are_not_known_beside_a_config(given: str, shown: str) -> None:
    rest = f"args = parser.parse_args()\nwandb.init({given})\nprint(args.data)\n"
    assert init_of(rest) == shown


def test_a_clean_script_with_keywords_that_are_not_known_is_no_form_config() -> None:
    outcome = migrated(
        f"{CLEAN}args = parser.parse_args()\nwandb.init(config=args, **how())\n"
    )
    assert isinstance(outcome, Rewritten), outcome
    assert outcome.forms == ("argv",)


@pytest.mark.parametrize("config", ["", "config=load(), "])
def test_keywords_that_are_not_known_where_the_config_is_not_either(config: str) -> None:
    text = doubt(f"args = parser.parse_args()\nwandb.init({config}**how())\n")
    assert "give it" in text


UPDATED = """
def start(args):
    {init}
    wandb.config.update(args)

start(parser.parse_args())
"""


@pytest.mark.parametrize(
    "init",
    ["wandb.init(**args.how)", "wandb.init(config=load())", "run = wandb.init(**how)"],
)
def test_whatever_a_run_shows_at_first_it_gets_all_arguments(init: str) -> None:
    assert init_of(UPDATED.format(init=init)) in init


@pytest.mark.parametrize(
    ("line", "instead"),
    [
        ("wandb.config.update(args)", "if args.data:\n        wandb.config.update(args)"),
        ("wandb.config.update(args)", "if late():\n        return\n    UPDATE"),
        ("wandb.config.update(args)", "for x in late():\n        break\n    UPDATE"),
        ("wandb.config.update(args)", "wandb.config.setdefaults(args)"),
        ("wandb.config.update(args)", "wandb.config.update({'a': 1})"),
        ("wandb.config.update(args)", "wandb.config.update(only(args))"),
        ("    {init}", "    if late():\n        {init}\n    else:\n        wandb.init()"),
    ],
)
def test_what_a_run_may_miss_of_the_arguments(line: str, instead: str) -> None:
    instead = instead.replace("UPDATE", "wandb.config.update(args)")
    rest = UPDATED.replace(line, instead).replace("{init}", "wandb.init(**how)")
    assert "**keywords that are made elsewhere" in doubt(rest)
